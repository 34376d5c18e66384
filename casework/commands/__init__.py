"""Every command there is, by trigger: what the system can be asked."""

from casework.commands import (
    assistance,
    calendar_change,
    deadlines,
    employment,
    exits,
    hardship,
    household,
    monitoring,
    objections,
    policy_change,
    promise,
    review,
    transfer,
    verification,
)
from casework.commands.request import Command, Deadline, SystemCommand


def _commands_of(*modules: object) -> dict[str, type[Command]]:
    found = [
        item
        for module in modules
        for item in vars(module).values()
        if isinstance(item, type) and issubclass(item, Command) and hasattr(item, "trigger")
    ]
    return {item.trigger: item for item in found}


COMMANDS: dict[str, type[Command]] = _commands_of(
    review,
    verification,
    objections,
    assistance,
    promise,
    hardship,
    employment,
    exits,
    deadlines,
    calendar_change,
    policy_change,
    household,
    monitoring,
    transfer,
)
"""trigger → command class, people's, deadlines' and the system's alike."""

OPENINGS: tuple[str, ...] = ("apply", "open_monitoring")
"""The triggers that open a case: there is none before."""

OF_PEOPLE: tuple[str, ...] = tuple(t for t, kind in COMMANDS.items() if not issubclass(kind, SystemCommand))
"""The triggers of the steps that people take."""

__all__ = ["COMMANDS", "OF_PEOPLE", "OPENINGS", "Command", "Deadline", "SystemCommand"]
