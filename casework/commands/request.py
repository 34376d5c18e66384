"""The envelope of every command (请求): who asks, under which key, and which open task it completes.

Subclasses carry ids and facts only.  A field of type `TextId` holds the id of a free text; at the edge people type
the text itself and the desk puts it on record first.
"""

from datetime import date
from typing import ClassVar

from pydantic import Field

from casework.household import Facts
from casework.states import SYSTEM, Actor


class Offline(Facts):
    """What somebody noted without a connection (离线登记): who and on which day; the step itself is taken later.

    Whoever takes it then answers for it; the one who noted it is named beside (scenario 81).
    """

    account: str = Field(max_length=40)
    on: date


class Command(Facts):
    """A request to take one step.  `trigger` is the step's name in the table."""

    trigger: ClassVar[str]
    title: ClassVar[str]
    from_desk: ClassVar[frozenset[str]] = frozenset()
    """Fields that nobody types: the desk fills them from the record."""

    command_id: str = Field(min_length=1, max_length=200)
    by: Actor
    task_id: str | None = Field(default=None, max_length=120)
    offline: Offline | None = None


class SystemCommand(Command):
    """A command of the system itself: no person's role may give it."""

    by: Actor = SYSTEM


class Deadline(SystemCommand):
    """A deadline falling due (时限届满): a command nobody typed."""

    about: str | None = None
    label: str = ""
