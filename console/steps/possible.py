"""Which steps somebody may take in a case just now (现在可以办理的): what the rules hold back is left out.

What stands in the way of the others is told on the page of the case (`console/case_pages/work.py`).
"""

from datetime import datetime, timedelta

from api.step_paths import STEP_PATHS
from casework.case import Case
from casework.commands import COMMANDS
from casework.held_back import held_back
from casework.ruling import Setting
from casework.states import Actor
from casework.table import allowed_steps
from console.steps.fields import Options
from policies.calendar_model import WorkCalendar
from policies.schema import Policy


def setting_of(case: Case, policy: Policy, calendar: WorkCalendar, now: datetime) -> Setting:
    """Return what the rules ask of: the case's own instant, never before what has happened in it."""
    here = now + timedelta(seconds=case.clock_offset)
    return Setting(policy, calendar, max(here, case.last_at or here), former=case.former_terms)


def address_of(case_id: str, trigger: str, task: str | None = None) -> str:
    """Return the address of a step's page."""
    return f"/cases/{case_id}/steps/{trigger}" + (f"?task={task}" if task else "")


def possible_steps(case: Case, me: Actor, setting: Setting) -> Options:
    """Return the steps somebody may take now, each with its address."""
    return tuple(
        (address_of(case.case_id, trigger), COMMANDS[trigger].title)
        for trigger in allowed_steps(case.state, me.role)
        if trigger in STEP_PATHS and held_back(case, trigger, me, setting) is None
    )
