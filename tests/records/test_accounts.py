"""Accounts, passwords, sessions and repeated requests."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from casework.errors import CaseworkError
from casework.states import Role
from records.accounts import (
    FAILURES_ALLOWED,
    LOCKED_FOR,
    Account,
    account_of,
    accounts_in,
    any_account,
    check_password,
    create_account,
    disable_account,
    set_password,
    supervisors_of,
)
from records.engine import Record
from records.requests import remember
from records.sessions import IDLE, LASTS, end_session, session_of, start_session, touch
from records.tables_people import accounts, sessions
from tests.records.made import AT, OFFICE

PASSWORD = "correct horse"


def an_account(record: Record, account: str = "clerk", role: Role = Role.CASEWORKER, area: str = OFFICE) -> Account:
    return create_account(
        record, account=account, password=PASSWORD, role=role, area=area, name="李敏", phone="13900000007", now=AT
    )


def no(record: Record, password: str, at: timedelta = timedelta(), account: str = "clerk") -> str:
    with pytest.raises(CaseworkError) as refused:
        check_password(record, account, password, AT + at)
    return refused.value.code


def test_the_right_password_opens_the_account(record: Record) -> None:
    made = an_account(record)

    assert check_password(record, "clerk", PASSWORD, AT) == made
    with record.read() as work:
        assert any_account(work)
        assert account_of(work, "clerk") == made
        assert PASSWORD not in str(work.connection.execute(select(accounts)).all())
    assert (made.scope.account, made.scope.role, made.scope.area) == ("clerk", Role.CASEWORKER, OFFICE)


def test_a_wrong_password_and_an_unknown_account_sound_alike(record: Record) -> None:
    an_account(record)

    assert no(record, "wrong") == no(record, PASSWORD, account="nobody") == "login_failed"


def test_five_failures_lock_and_time_unlocks(record: Record) -> None:
    an_account(record)
    for _ in range(FAILURES_ALLOWED):
        assert no(record, "wrong") == "login_failed"

    assert no(record, PASSWORD) == "login_locked"
    assert check_password(record, "clerk", PASSWORD, AT + LOCKED_FOR)
    assert no(record, "wrong", LOCKED_FOR) == "login_failed"


def test_a_success_forgets_earlier_failures(record: Record) -> None:
    an_account(record)
    for _ in range(2):
        for _ in range(FAILURES_ALLOWED - 1):
            no(record, "wrong")
        assert check_password(record, "clerk", PASSWORD, AT)


def test_an_old_hash_is_renewed_at_log_in(record: Record) -> None:
    an_account(record)
    weak = PasswordHasher(time_cost=1, memory_cost=1024).hash(PASSWORD)
    with record.write() as work:
        work.connection.execute(update(accounts).values(password_hash=weak))

    check_password(record, "clerk", PASSWORD, AT)

    with record.read() as work:
        assert work.connection.execute(select(accounts.c.password_hash)).scalar_one() != weak
    assert check_password(record, "clerk", PASSWORD, AT)


def test_an_account_name_is_taken_once_and_a_short_password_refused(record: Record) -> None:
    an_account(record)

    with pytest.raises(CaseworkError) as refused:
        an_account(record)
    assert refused.value.code == "account_exists"
    with pytest.raises(CaseworkError) as refused:
        set_password(record, "clerk", "short")
    assert refused.value.code == "password_too_short"


def test_a_session_ends_by_time_idleness_log_out_or_disabling(record: Record) -> None:
    an_account(record)
    with record.write() as work:
        token = start_session(work, "clerk", AT)
        fresh = session_of(work, token, AT)
        assert fresh is not None
        assert (fresh.account.account, fresh.touch_due) == ("clerk", False)
        assert session_of(work, token + "x", AT) is None
        assert session_of(work, token, AT + IDLE) is None
        for minutes in range(20, 12 * 60, 20):
            touch(work, token, AT + timedelta(minutes=minutes))
        used = session_of(work, token, AT + LASTS - timedelta(minutes=1))
        assert used is not None
        assert used.touch_due
        assert session_of(work, token, AT + LASTS) is None
        end_session(work, token)
        assert session_of(work, token, AT + LASTS - timedelta(minutes=1)) is None

        token = start_session(work, "clerk", AT)
        assert token not in str(work.connection.execute(select(sessions)).all())
        disable_account(work, "clerk")
        assert session_of(work, token, AT) is None
    assert no(record, PASSWORD) == "login_failed"


def test_a_new_password_ends_the_sessions(record: Record) -> None:
    an_account(record)
    with record.write() as work:
        token = start_session(work, "clerk", AT)

    set_password(record, "clerk", "another horse")

    with record.read() as work:
        assert session_of(work, token, AT) is None
    assert no(record, PASSWORD) == "login_failed"
    assert check_password(record, "clerk", "another horse", AT)


def test_accounts_are_listed_by_area_and_supervisors_by_nearness(record: Record) -> None:
    an_account(record)
    for name, area in (("province", "220000"), ("city", "220300"), ("county", "220302")):
        an_account(record, name, Role.SUPERVISOR, area)

    with record.read() as work:
        assert [a.account for a in accounts_in(work, "220302")] == ["clerk", "county"]
        assert [a.account for a in accounts_in(work, "220300", Role.SUPERVISOR)] == ["city", "county"]
        assert supervisors_of(work, OFFICE) == ("county",)
        assert supervisors_of(work, "220303001") == ("city",)
        assert supervisors_of(work, "220100") == ("province",)
        assert supervisors_of(work, "210000") == ()


def test_a_request_is_first_then_the_same_or_different(record: Record) -> None:
    def asked(request_hash: str, account: str = "clerk") -> tuple[str, str | None]:
        with record.write() as work:
            seen = remember(work, account=account, key="k", request_hash=request_hash, now=AT, case_id="c1")
            return seen.what, seen.case_id

    assert [asked("a"), asked("a"), asked("b"), asked("b", "other")] == [
        ("first", "c1"),
        ("same", "c1"),
        ("different", "c1"),
        ("first", "c1"),
    ]
