"""What an error says on a page: nothing that only a program can do, such as repeating a request's key."""

import pytest

from casework.errors import CaseworkError, SaidNo
from console.errors import BY_STATUS, UNAVAILABLE
from console.forms import ON_PAGES, mistakes_of, words_of
from desk.case_client import AcceptedNotRecorded, EngineUnavailable
from records.errors import RecordUnavailable
from records.requests import key_used_for_another


@pytest.mark.parametrize(
    "error",
    [EngineUnavailable(), AcceptedNotRecorded(), RecordUnavailable(), key_used_for_another()],
    ids=lambda error: error.code,
)
def test_nobody_at_a_page_is_told_of_request_keys(error: CaseworkError) -> None:
    assert "请求号" in error.message
    assert "请求号" not in words_of(error)
    assert [mistake.words for mistake in mistakes_of(error)] == [words_of(error)]


def test_all_other_errors_say_their_own_words() -> None:
    assert words_of(SaidNo("odd", "请填写姓名。")) == "请填写姓名。"


def test_the_pages_of_errors_do_not_either() -> None:
    said = [*ON_PAGES.values()]
    for problem in (*BY_STATUS.values(), *UNAVAILABLE.values()):
        said += [problem.heading, problem.happened, *problem.now]
    assert [words for words in said if "请求号" in words] == []
