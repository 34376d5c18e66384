"""The record is the truth: a case of which the engine lost an event asks the record before a no is final."""

import pytest

from casework.commands import COMMANDS
from casework.decide import decide
from casework.states import Actor, Role
from policies.calendars import load_calendar
from policies.packs import load_pack
from records.case_file import write_event
from records.case_files import last_event
from tests.installation import CASES, CLERK, Installation

pytestmark = pytest.mark.engine


async def test_a_step_is_taken_that_only_the_record_allows(api: Installation) -> None:
    """The acceptance stands on record alone, as after the death of engine and worker together."""
    case_id = await api.open()
    case = api.stack.case(case_id)
    accept = COMMANDS["accept_application"].model_validate(
        {"command_id": "lost-by-the-engine", "by": Actor(account=CLERK, role=Role.CASEWORKER)}
    )
    with api.record.read() as reading:
        before = last_event(reading, case_id)
    assert before is not None
    event = decide(case, accept, load_pack(case.pack_id), load_calendar(), before.at)
    with api.record.write() as work:
        write_event(work, event)
    visited = {"compared_online": True, "visited_on": before.on.isoformat()}
    passed = await api.step(CLERK, case_id, "reviews/first-pass", visited)
    assert passed["seq"] == 3
    events = (await api.get(CLERK, f"{CASES}/{case_id}/timeline"))["events"]
    assert [e["trigger"] for e in events] == ["apply", "accept_application", "pass_first_review"]
