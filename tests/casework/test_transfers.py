"""A case that goes to another office (A28, A40): the office changes, nothing else does."""

from datetime import date

import pytest

from casework.errors import CaseworkError
from casework.states import Role
from tests.make import CLERK, HELPER, Life

THERE = "220302005"


def moved(life: Life, day: str, to: str = THERE, **more: object) -> None:
    life.do(day, "transfer_case", to_office=to, ground="moved", **more)


def test_every_clock_task_and_count_stays() -> None:
    life = Life().assisted()
    life.contact("2026-09-21")
    before = life.case
    moved(life, "2026-09-22")
    after = life.case

    assert after.office == THERE
    assert after.clocks == before.clocks
    assert (after.state, after.contacts, after.promise, after.helper) == (
        before.state,
        before.contacts,
        before.promise,
        before.helper,
    )
    assert life.open_tasks == ["receive_transfer"]
    [row] = after.transfers
    assert (row.from_office, row.to_office, row.on) == ("220302004", THERE, date(2026, 9, 22))


def test_a_helper_out_of_the_new_offices_area_stays_behind_and_a_new_one_is_named() -> None:
    life = Life().assisted()
    moved(life, "2026-09-22", keeps_helper=False)
    assert life.case.helper is None
    assert life.open_tasks == ["assign_helper", "receive_transfer"]
    life.do("2026-09-23", "assign_helper", helper="helper2")
    assert life.open_tasks == ["receive_transfer"]


def test_both_sides_are_told() -> None:
    life = Life().assisted()
    moved(life, "2026-09-22")
    told = {(n.name, n.role, n.recipient) for n in life.events[-1].notices}

    assert ("case_transferred", None, "M1") in told
    assert ("case_transferred_staff", Role.HELPER, "helper1") in told
    assert ("case_transferred_staff", Role.CASEWORKER, THERE) in told
    assert ("case_transferred_away", Role.SUPERVISOR, "220302004") in told


@pytest.mark.parametrize("state", ["applied", "in_publicity", "assisted", "employed"])
def test_in_every_open_state(state: str) -> None:
    life = Life()
    if state == "applied":
        life.do("2026-09-18", "apply")
    elif state == "in_publicity":
        life.publicised("2026-09-18")
    else:
        life.assisted()
    if state == "employed":
        life.employed("2026-09-21")
    moved(life, "2026-09-22")
    life.do("2026-09-23", "receive_transfer")
    assert life.case.state == state
    assert life.case.transfers[0].received_on == date(2026, 9, 23)


@pytest.mark.parametrize(("to", "code"), [("220302004", "office_unchanged"), ("210102001", "office_of_another_policy")])
def test_where_it_cannot_go(to: str, code: str) -> None:
    with pytest.raises(CaseworkError) as no:
        moved(Life().assisted(), "2026-09-22", to)
    assert no.value.code == code


def test_who_may_not_hand_it_over_and_what_cannot_be_received() -> None:
    life = Life().assisted()
    with pytest.raises(CaseworkError) as no:
        life.do("2026-09-22", "transfer_case", HELPER, to_office=THERE, ground="moved")
    assert no.value.code == "role_not_allowed"
    with pytest.raises(CaseworkError) as no:
        life.do("2026-09-22", "receive_transfer", CLERK)
    assert no.value.code == "nothing_to_receive"
