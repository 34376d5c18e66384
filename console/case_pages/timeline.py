"""The timeline of a case (经过): every event with who, when, why, what it opened and ended, texts and notices."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import STAFF, OurDesk
from casework.clock_changes import clock_changes
from casework.commands import COMMANDS
from casework.states import Role
from casework.tasks import TASK_KINDS, Task
from console.asking import Staff, for_roles
from console.case_pages.families import FAMILIES, FAMILY
from console.case_pages.in_path import CaseInPath
from console.case_pages.said import People
from console.rendering import page
from desk.errors import or_not_found
from desk.receipts import title_of
from records import case_files
from records.case_names import masked_names, staff_names
from records.texts import texts_of
from records.timeline import TimelineEvent, timeline

router = APIRouter()

FAMILY_KINDS: Mapping[str, str] = {f"family-{place}": words for place, (words, _) in enumerate(FAMILIES, 1)}


@dataclass(frozen=True, slots=True)
class Line:
    """One event as the page shows it."""

    event: TimelineEvent
    title: str
    who: str
    system: bool
    turn: str
    about: str
    texts: tuple[str, ...]
    opened: tuple[str, ...]
    closed: tuple[str, ...]
    clocks: tuple[str, ...]
    notices: tuple[str, ...]


KINDS: Mapping[str, tuple[str, Callable[[Line], bool]]] = {
    "people": ("工作人员办理的", lambda line: not line.system),
    "system": ("系统自动的", lambda line: line.system),
    "moves": ("改变状态的", lambda line: bool(line.turn)),
    "clocks": ("影响时限的", lambda line: bool(line.clocks)),
    "notices": ("发出通知的", lambda line: bool(line.notices)),
}


@router.get("/cases/{case_id}/timeline", **for_roles(STAFF))
def whole_timeline(
    request: Request, case_id: CaseInPath, caller: Staff, desk: OurDesk, kind: str = "", order: str = ""
) -> Response:
    """The newest first, or in the order in which it happened."""
    with desk.record.read() as work:
        events = or_not_found(timeline(work, caller.scope, case_id))
        case = or_not_found(case_files.full_case(work, caller.scope, case_id))
        texts = texts_of(work, caller.scope, case_id)
        accounts = {name for event in events for name in (event.by.account, event.by.acting_for)}
        people = People(case, masked_names(work, case_id), staff_names(work, accounts))
    clocks, opened = clock_changes(events), _titles(events)
    wanted = kind if kind in KINDS or kind in FAMILY_KINDS else ""
    every = [_line(event, people, texts, clocks.get(event.seq, ()), opened) for event in events]
    lines = [line for line in every if _wanted(line, wanted)]
    return page(
        request,
        "case_pages/timeline.html",
        title=f"经过 {case_id}",
        case_id=case_id,
        lines=lines if order == "first" else list(reversed(lines)),
        total=len(events),
        kind=wanted,
        order="first" if order == "first" else "",
        kinds=[(key, words) for key, (words, _) in KINDS.items()],
        families=_families(events),
    )


def _families(events: tuple[TimelineEvent, ...]) -> list[tuple[str, str]]:
    there = {FAMILY[event.trigger] for event in events}
    return [(key, words) for key, words in FAMILY_KINDS.items() if words in there]


def _wanted(line: Line, kind: str) -> bool:
    if kind in FAMILY_KINDS:
        return FAMILY[line.event.trigger] == FAMILY_KINDS[kind]
    return kind not in KINDS or KINDS[kind][1](line)


def _titles(events: tuple[TimelineEvent, ...]) -> dict[str, str]:
    """Return what each task of the case is called, by its id."""
    return {task.task_id: _task(task) for event in events for task in event.opened}


def _task(task: Task) -> str:
    return task.title or TASK_KINDS[task.kind].words


def _line(
    event: TimelineEvent, people: People, texts: dict[str, str], clocks: tuple[str, ...], titles: dict[str, str]
) -> Line:
    turned = event.source is not event.target
    about = people.about(event.about)
    return Line(
        event=event,
        title=COMMANDS[event.trigger].title,
        who=people.actor(event.by),
        system=event.by.role is Role.SYSTEM,
        turn=f"{event.source.words if event.source else '申请'} → {event.target.words}" if turned else "",
        about="" if about == event.about else about,
        texts=tuple(texts[text] for text in event.text_ids if text in texts),
        opened=tuple(_task(task) for task in event.opened),
        closed=tuple(_closed(event, titles)),
        clocks=clocks,
        notices=tuple(dict.fromkeys(title_of(notice.name) for notice in event.notices)),
    )


def _closed(event: TimelineEvent, titles: dict[str, str]) -> Iterator[str]:
    for task in event.closed:
        words = titles.get(task.task_id, TASK_KINDS[task.kind].words)
        yield words if task.done else f"{words}（取消）"
