"""The ledger (台账) as a list: members, measures, employment and policies of an area as on any day, and as a file.

A small ledger is downloaded at once; a large one is made in the background (`files.py`).  Names are masked.
"""

import os
from datetime import date
from pathlib import Path as FilePath
from tempfile import mkstemp
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from api.asking import STAFF, Now, OurDesk
from casework.states import ExitReason, Role, State
from casework.times import in_words
from console.asking import Staff, for_roles
from console.ledger.asked import CHANNEL_WORDS, FILTERS, PATH, PEOPLE_WORDS, STATE_WORDS, asked_of
from console.ledger.files import FILES, MEDIA
from console.listing import SIZE, Column, Listing
from console.rendering import page
from console.sending_on import go
from console.words import yuan
from desk.ledger_files import NAMED
from desk.ledger_sheet import cells_of, write_sheet
from policies.groups_subsidies import CHANNELS
from records.ledger_names import helper_names, office_names
from records.ledger_pages import LedgerLine, ledger_count, ledger_page
from records.ledger_rows import ledger_rows
from records.offices import offices_in
from records.queue import communities_in

router = APIRouter()

AT_ONCE = 20_000
"""Lines of a ledger that is downloaded at once: some two seconds."""

MOST_OFFICES = 400
EMPTY = "这一天的台账里没有家庭。个案建立后自动列入台账，不用另行登记。"
NARROWED = "这一天的台账里没有符合这些条件的成员。请放宽条件，或换一个日期。"


def _standing(line: LedgerLine) -> str:
    of = line.of
    state = State(of.state).words
    if of.exit_reason:
        return f"{state}（{ExitReason(of.exit_reason).words}）"
    return f"{state}，{in_words(of.eliminated_on)}消除" if of.eliminated_on else state


def _person(line: LedgerLine) -> str:
    of = line.of
    words = f"{line.name}，{of.relation}，{of.sex}，{of.birth_year}年生，{of.status}"
    return words + ("，需援助" if of.base else "")


def _measures(line: LedgerLine) -> str:
    of = line.of
    counted = (("职业指导", of.guidance), ("培训信息", of.training), ("岗位推荐", of.referrals))
    words = [f"{name}{number}次" for name, number in counted if number]
    if of.plan_signed_on:
        words.insert(0, "帮扶方案已签")
    return "，".join(words) or "—"


def _job(line: LedgerLine) -> str:
    of = line.of
    if of.channel is None:
        return "—"
    insured = "已参保" if of.insured else "未参保"
    return (
        f"{CHANNELS.get(of.channel, of.channel)}，{in_words(of.employed_on)}起，月收入{yuan(of.income_fen)}，{insured}"
    )


def _policies(line: LedgerLine) -> str:
    words = [line.policies] if line.policies else []
    words += ["低保"] if line.of.dibao else []
    words += ["失业保险金"] if line.of.unemployment_insurance else []
    return "；".join(words) or "—"


def columns(offices: dict[str, str]) -> tuple[Column[LedgerLine], ...]:
    """Return the columns of the page; the files have each fact in a column of its own."""
    return (
        Column("case", "个案编号", lambda line: line.case_id, lambda line: f"/cases/{line.case_id}"),
        Column("office", "机构", lambda line: offices.get(line.of.office, line.of.office)),
        Column("state", "家庭状态", _standing),
        Column("who", "成员", _person),
        Column("measures", "援助措施", _measures),
        Column("job", "就业", _job),
        Column("policies", "享受政策", _policies),
    )


@router.get(PATH, **for_roles(STAFF))
def ledger(request: Request, desk: OurDesk, caller: Staff, now: Now) -> Response:
    with desk.record.read() as work:
        asked = asked_of(request, work, desk, caller, now)
        total, homes = ledger_count(work, caller.scope, asked.narrowed)
        lines = ledger_page(work, caller.scope, asked.narrowed, offset=asked.wanted.offset, limit=SIZE)
        wide = caller.role in (Role.REVIEWER, Role.SUPERVISOR)
        offices = offices_in(work, caller.area) if wide else ()
        names = office_names(work)
        communities = communities_in(work, caller.scope)
    empty = NARROWED if asked.wanted.filters else EMPTY
    listing = Listing("ledger", PATH, columns(names), lines, total, asked.wanted, empty, exports=total <= AT_ONCE)
    return page(
        request,
        "ledger/list.html",
        title="台账",
        listing=listing,
        asked=asked,
        homes=homes,
        large=total > AT_ONCE,
        named=caller.role in NAMED,
        files_address=Listing("ledger", FILES, (), (), total, asked.wanted, "").address(page=1),
        states=STATE_WORDS,
        channels=CHANNEL_WORDS,
        people=PEOPLE_WORDS,
        communities=[(name, name) for name in communities],
        offices=[(office.office, office.name) for office in offices] if len(offices) <= MOST_OFFICES else [],
        kept={name: value for name, value in asked.wanted.filters.items() if name in FILTERS},
    )


@router.get(PATH + "/export.{kind}", **for_roles(STAFF))
def export(
    request: Request, desk: OurDesk, caller: Staff, now: Now, kind: Annotated[str, Path(pattern="^(csv|xlsx)$")]
) -> Response:
    """Return exactly what is filtered; a large ledger is asked for (`files.py`)."""
    with desk.record.read() as work:
        asked = asked_of(request, work, desk, caller, now)
        total, _ = ledger_count(work, caller.scope, asked.narrowed)
        if total > AT_ONCE:
            return go(Listing("ledger", FILES, (), (), total, asked.wanted, "").address(page=1))
        offices, helpers = office_names(work), helper_names(work)
        lines = ledger_rows(work, caller.scope, asked.narrowed)
        rows = (cells_of(line, offices, helpers) for line in lines)
        handle, name = mkstemp(suffix=f".{kind}")
        os.close(handle)
        write_sheet(FilePath(name), kind, asked.narrowed.day, rows)
    return a_file(FilePath(name), kind, asked.narrowed.day, passing=True)


def a_file(path: FilePath, kind: str, day: date, *, passing: bool) -> FileResponse:
    """Return a file of the ledger of a day; one that is only passing is removed when it is sent."""
    gone = BackgroundTask(path.unlink, missing_ok=True) if passing else None
    return FileResponse(path, media_type=MEDIA[kind], filename=f"ledger-{day}.{kind}", background=gone)
