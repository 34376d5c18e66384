"""What people paste and type at the counter is kept as on paper; mistakes stand in the page's order."""

import pytest

from casework.place_names import community_name
from casework.written_names import person_name
from console.questions.pages import BOOKLETS
from console.questions.reading import read_page
from desk.phone_codes import mobile


def test_what_is_wrong_is_listed_in_the_order_of_the_page() -> None:
    _, wrong = read_page("person/m1", {"name": "张3", "phone": "12345"})
    assert [m.field for m in wrong] == ["name", "id_number", "phone", "hukou", "marital"]


@pytest.mark.parametrize(
    "typed", ["+86 138-0431-5566", "0086 13804315566", "（+86）138 0431 5566", "１３８０４３１５５６６"]
)
def test_a_phone_may_be_pasted_from_a_list_of_contacts(typed: str) -> None:
    assert mobile(typed) == "13804315566"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" 张　三 ", "张三"),
        ("吐尔逊 • 买买提", "吐尔逊·买买提"),
        ("吐尔逊.买买提", "吐尔逊·买买提"),
        ("吐尔逊·买买提", "吐尔逊·买买提"),
        ("John Smith", "John Smith"),
        ("José Ángel", "José Ángel"),
        ("Иван Петров", "Иван Петров"),
        ("𠮷 野", "𠮷野"),
    ],
)
def test_a_name_is_kept_as_on_the_id_card(typed: str, kept: str) -> None:
    assert person_name(typed) == kept


def test_one_community_is_not_kept_under_two_names() -> None:
    assert {community_name(typed) for typed in ("向阳 第２社区", "向阳第2社区", "向阳　第2 社区")} == {"向阳第2社区"}


def test_a_household_of_six_booklets_can_be_typed() -> None:
    assert len(dict(BOOKLETS)) == 6
