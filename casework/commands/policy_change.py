"""A changed policy (办法修订), as a command of the system to every open case, ordered by an administrator.

No person's role may take this step.  What it changes, and what stays as it was, is in `casework/policy_change.py`.
"""

from typing import ClassVar

from pydantic import Field

from casework.commands.request import SystemCommand
from policies.schema import Policy


class AdoptPolicy(SystemCommand):
    """From now on this case lives under `policy`, a later version of its own or its successor (从旧兼从优)."""

    trigger: ClassVar[str] = "adopt_policy"
    title: ClassVar[str] = "改用新办法"

    policy: Policy
    ordered_by: str | None = Field(default=None, max_length=40)
