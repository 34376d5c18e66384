"""Every command there is, by trigger: what the system can be asked."""

from casework.commands import assistance, deadlines, employment, review
from casework.commands.request import Command, Deadline


def _commands_of(*modules: object) -> dict[str, type[Command]]:
    found = [
        item
        for module in modules
        for item in vars(module).values()
        if isinstance(item, type) and issubclass(item, Command) and hasattr(item, "trigger")
    ]
    return {item.trigger: item for item in found}


COMMANDS: dict[str, type[Command]] = _commands_of(review, assistance, employment, deadlines)
"""trigger → command class, people's and deadlines' alike."""

__all__ = ["COMMANDS", "Command", "Deadline"]
