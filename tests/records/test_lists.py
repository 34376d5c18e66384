"""Lists and single reads: each role sees its own, claims are given once, overdue is what an event wrote."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from casework.errors import Conflict
from casework.states import Role, State
from records import case_files
from records.case_files import CaseFilter
from records.engine import Record
from records.scope import Scope, area_prefix
from records.timeline import messages_of, running_clocks, timeline
from records.vacancies import set_vacancy, vacancies_in, vacancy_of
from records.worklists import claim, my_tasks, overdue_promises, overdue_tasks, release, task, tasks_of
from register.vacancy import Vacancy
from tests.records.made import (
    ADMIN,
    AT,
    CASE,
    CITY,
    CLERK,
    COUNTY,
    ELSEWHERE,
    HELPER,
    OFFICE,
    a_case,
    a_closed,
    a_promise,
    a_task,
    an_event,
    an_exit,
)
from tests.records.test_case_file import write

OTHER_STREET, OTHER_COUNTY, OTHER_CITY = "220302005", "220303001", "220402001"
TASK = f"{CASE}/1-first_review"


def four_cases(record: Record) -> list[str]:
    """One case each in four offices; the first is the helper's and has a task."""
    ids = []
    for office in (OFFICE, OTHER_STREET, OTHER_COUNTY, OTHER_CITY):
        ids.append(f"{office}-2026-00001")
        helper = "h07" if office == OFFICE else None
        write(record, an_event(1, a_case(1, ids[-1], office=office, helper=helper, tasks=(a_task(1),))))
    return ids


@pytest.mark.parametrize(
    ("scope", "seen"),
    [
        (CLERK, [0]),
        (ELSEWHERE, [1]),
        (COUNTY, [0, 1]),
        (CITY, [0, 1, 2]),
        (Scope("p", Role.SUPERVISOR, "22"), [0, 1, 2, 3]),
        (Scope("s", Role.SUPERVISOR, "220302000"), [0, 1]),
        (Scope("n", Role.SUPERVISOR, "000000"), []),
        (Scope("n", Role.SUPERVISOR, ""), []),
        (Scope("r", Role.REVIEWER, "2203"), []),
        (Scope("r", Role.REVIEWER, "220300"), []),
        (HELPER, [0]),
        (Scope("h08", Role.HELPER, OFFICE), []),
        (ADMIN, []),
        (Scope("system", Role.SYSTEM, "22"), []),
    ],
)
def test_each_role_sees_its_own_cases_on_every_read(record: Record, scope: Scope, seen: list[int]) -> None:
    """情景78：别的街道的个案，对其等于不存在."""
    ids = four_cases(record)
    mine = [ids[n] for n in seen]

    with record.read() as work:
        page = case_files.page(work, scope)
        assert ([row.case_id for row in page.rows], page.total) == (mine, len(mine))
        assert sum(case_files.counts_by_state(work, scope).values()) == len(mine)
        assert {t.case_id for t in my_tasks(work, scope)} <= set(mine)
        for case_id in ids:
            there = case_id in mine
            assert (case_files.get(work, scope, case_id) is not None) is there
            assert (case_files.full_case(work, scope, case_id) is not None) is there
            assert (timeline(work, scope, case_id) is not None) is there
            assert (running_clocks(work, scope, case_id) is not None) is there
            assert (messages_of(work, scope, case_id) is not None) is there
            assert (tasks_of(work, scope, case_id) is not None) is there
            assert (task(work, scope, f"{case_id}/1-first_review") is not None) is there
    with record.write() as work:
        for case_id in set(ids) - set(mine):
            assert claim(work, scope, f"{case_id}/1-first_review", AT) is None
            assert release(work, scope, f"{case_id}/1-first_review") is None


def test_an_area_is_cut_at_its_level() -> None:
    cut = {"220000": "22", "220300": "2203", "222400": "2224", "220110": "220110", "222000": "2220", "2203": "2203"}

    assert {area: area_prefix(area) for area in cut} == cut
    assert area_prefix("220302004000") == "220302004"
    assert area_prefix("220302000") == "220302"


def test_a_list_is_filtered_and_paged(record: Record) -> None:
    ids = four_cases(record)
    write(record, an_exit(2))

    with record.read() as work:
        province = Scope("p", Role.SUPERVISOR, "22")

        def found(**wanted: object) -> list[str]:
            return [r.case_id for r in case_files.page(work, province, CaseFilter(**wanted)).rows]  # type: ignore[arg-type]

        assert found(state=State.EXITED) == ids[:1]
        assert found(office=OTHER_STREET) == ids[1:2]
        assert found(area="220300") == ids[:3]
        assert found(helper="nobody") == []
        assert found(promise_overdue=True) == []
        assert found(opened_from=date(2026, 9, 19)) == []
        assert found(opened_from=date(2026, 9, 18), opened_to=date(2026, 9, 18)) == ids
        first = case_files.page(work, province, limit=3)
        second = case_files.page(work, province, limit=3, after=first.next_after)
        assert [r.case_id for r in first.rows + second.rows] == ids
        assert (first.total, second.total, second.next_after) == (4, 4, None)


def test_tasks_are_listed_for_the_role_that_does_them(record: Record) -> None:
    late = a_task(1, "handle_overdue", role=Role.SUPERVISOR, overdue=True)
    later = a_task(1, "seal", role=Role.REVIEWER, due_on=None)
    sooner = a_task(1, "county_recheck", role=Role.REVIEWER)
    follow = a_task(1, "follow_up", role=Role.HELPER)
    write(record, an_event(1, a_case(helper="h07", tasks=(late, later, sooner, follow))))

    with record.read() as work:
        kinds = {s.account: [t.kind for t in my_tasks(work, s)] for s in (CLERK, COUNTY, CITY, HELPER)}
        assert kinds == {
            "clerk": [],
            "county": ["county_recheck", "seal"],
            "city": ["handle_overdue"],
            "h07": ["follow_up"],
        }
        assert [t.kind for t in overdue_tasks(work, COUNTY)] == ["handle_overdue"]


def test_a_claimed_task_is_not_given_twice_and_can_be_given_back(record: Record) -> None:
    four_cases(record)
    colleague = Scope("clerk2", Role.CASEWORKER, OFFICE)
    with record.write() as work:
        first = claim(work, CLERK, TASK, AT)
        again = claim(work, CLERK, TASK, AT)
    assert first is not None
    assert (first.claimed_by, first.claimed_at) == ("clerk", AT)
    assert again == first

    for taken in (lambda w: claim(w, colleague, TASK, AT), lambda w: release(w, colleague, TASK)):
        with pytest.raises(Conflict) as refused, record.write() as work:
            taken(work)
        assert (refused.value.code, refused.value.details["by"]) == ("task_claimed", "clerk")
        assert "clerk" in refused.value.message
        assert "10:00" in refused.value.message

    with record.write() as work:
        assert release(work, CLERK, TASK) is not None
        taken_over = claim(work, colleague, TASK, AT)
    assert taken_over is not None
    assert (taken_over.claimed_by, taken_over.version) == ("clerk2", 4)


def test_of_many_claims_at_once_one_wins(record: Record) -> None:
    """情景82：两人同时办同一待办，一人办成，另一人得知是谁."""
    four_cases(record)

    def try_claim(n: int) -> str:
        try:
            with record.write() as work:
                claim(work, Scope(f"c{n}", Role.CASEWORKER, OFFICE), TASK, AT)
            return f"c{n}"
        except Conflict as refused:
            return str(refused.details["by"])

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(try_claim, range(8)))) == 1


def test_a_task_that_is_done_tells_by_whom_and_when(record: Record) -> None:
    four_cases(record)
    closing = an_event(2, a_case(2), closed=(a_closed(a_task(1)),))
    write(record, closing)

    with pytest.raises(Conflict) as refused, record.write() as work:
        claim(work, CLERK, TASK, AT)

    assert refused.value.code == "task_closed"
    assert refused.value.details == {"by": "clerk", "at": closing.at.isoformat(), "seq": "2"}


def test_a_supervisor_sees_the_promises_an_event_called_overdue(record: Record) -> None:
    four_cases(record)
    overdue = a_promise(overdue_on=date(2026, 10, 23))
    write(record, an_event(2, a_case(2, promise=a_promise())))
    with record.read() as work:
        assert overdue_promises(work, CITY) == ()

    write(record, an_event(3, a_case(3, promise=overdue)))
    with record.read() as work:
        (row,) = overdue_promises(work, CITY)
        assert (row.case_id, row.promise_due_on, row.promise_overdue_on) == (
            CASE,
            date(2026, 10, 22),
            date(2026, 10, 23),
        )
        assert overdue_promises(work, Scope("x", Role.SUPERVISOR, "220400")) == ()

    write(record, an_event(4, a_case(4, promise=a_promise(date(2026, 10, 23), date(2026, 10, 26)))))
    with record.read() as work:
        assert overdue_promises(work, CITY) == ()


def test_vacancies_are_kept_by_id(record: Record) -> None:
    cook = Vacancy("v1", "某饭店", "厨工", 280000, "220302", date(2026, 10, 31))
    dearer = Vacancy("v1", "某饭店", "厨工", 300000, "220302", date(2026, 10, 31))
    with record.write() as work:
        set_vacancy(work, cook)
        set_vacancy(work, dearer)

    with record.read() as work:
        assert vacancy_of(work, "v1") == dearer
        assert vacancy_of(work, "v2") is None
        assert vacancies_in(work, "220300", date(2026, 10, 31)) == (dearer,)
        assert vacancies_in(work, "220300", date(2026, 11, 1)) == ()
