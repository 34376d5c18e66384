"""The page of a case (个案页面): one address for everything about a household that may be seen, and where to go on."""

from datetime import timedelta

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import STAFF, Now, OurDesk
from api.people import LOOKERS
from casework.clock_story import PROMISES
from casework.clocks import Clock
from casework.commands import COMMANDS
from casework.ruling import Setting
from casework.starting import CLOCK_WORDS
from console.asking import Staff, for_roles
from console.case_pages.banners import banners_of, unread_banner
from console.case_pages.happenings import happenings_of
from console.case_pages.help_given import help_of
from console.case_pages.in_path import COMPARERS, WATCHERS, CaseInPath
from console.case_pages.members import household_of
from console.case_pages.messages import STATE_TONES
from console.case_pages.process import process_of
from console.case_pages.promise import promises_of
from console.case_pages.said import People
from console.case_pages.work import work_of
from console.rendering import page
from console.words import Due, due
from desk.errors import or_not_found
from records.case_pages import CaseSeen, case_seen
from records.public_objections import unread_objections

router = APIRouter()

FAR = timedelta(days=366)


@router.get("/cases/{case_id}", **for_roles(STAFF))
def case_page(request: Request, case_id: CaseInPath, caller: Staff, desk: OurDesk, now: Now) -> Response:
    """Everything about one household, in the order in which it is asked for."""
    with desk.record.read() as work:
        seen = or_not_found(case_seen(work, caller.scope, case_id, now))
        unread = unread_objections(work, case_id)
    case, people = seen.case, People.of(seen)
    setting = Setting(seen.policy, seen.calendar, seen.at, former=case.former_terms)
    return page(
        request,
        "case_pages/overview.html",
        title=f"个案 {case_id}",
        seen=seen,
        case=case,
        people=people,
        process=process_of(case.state, seen.moves, case.exit.reason if case.exit else None),
        promises=promises_of(case, seen.today, seen.calendar, people),
        banners=(*unread_banner(unread, caller.role), *banners_of(case, people)),
        work=work_of(seen, caller.actor, people, setting),
        household=household_of(case, seen.policy, people),
        help=help_of(seen, people, setting),
        tables=happenings_of(seen, people),
        clocks=_clocks(seen, people),
        notices=[(state.words, STATE_TONES[state], number) for state, number in seen.messages.items()],
        recent=_recent(seen, people),
        opened=caller.role in LOOKERS,
        watches=caller.role in WATCHERS,
        compares=caller.role in COMPARERS,
    )


def _clocks(seen: CaseSeen, people: People) -> list[tuple[str, object, Clock, str]]:
    """Return the running clocks, the earliest due first; the promises are told beside them."""
    shown = [clock for clock in seen.case.clocks if clock.kind not in PROMISES]
    running = sorted(shown, key=lambda clock: (clock.paused, clock.due_on, clock.key))
    return [
        (
            CLOCK_WORDS.get(clock.kind, clock.kind) + _about(clock, people),
            _due(clock, seen),
            clock,
            "；放假安排未公布，日期暂定" if clock.provisional else "",
        )
        for clock in running
    ]


def _due(clock: Clock, seen: CaseSeen) -> Due:
    """Say a limit in working days, one that is years away by its day alone."""
    if clock.due_on - seen.today > FAR:
        return Due("一年以后", "calm", "")
    return due(clock.due_on, seen.today, seen.calendar, paused=clock.paused)


def _about(clock: Clock, people: People) -> str:
    about = people.about(clock.about)
    return f"：{about}" if about else ""


def _recent(seen: CaseSeen, people: People) -> list[tuple[object, str, str, str, str]]:
    return [
        (
            each.at,
            COMMANDS[each.trigger].title,
            people.actor(each.by),
            each.says,
            f"{each.source.words} → {each.target.words}" if each.source and each.source is not each.target else "",
        )
        for each in seen.recent
    ]
