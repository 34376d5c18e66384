"""Rows of a case that goes to another office (转移)."""

from casework.states import Role
from casework.step import DESK, OPEN, RECOGNISED, Step

WHO = (Role.CASEWORKER, Role.SUPERVISOR)
TOLD = ("case_transferred", "case_transferred_staff", "case_transferred_away")

# fmt: off
TRANSFER: tuple[Step, ...] = (
    Step("transfer_case", RECOGNISED, None, WHO, "A28 A40 J17", "helper_left_behind",
         opens=("receive_transfer", "assign_helper"), notices=TOLD),
    Step("transfer_case", OPEN, None, WHO, "A28 A40", opens=("receive_transfer",), notices=TOLD),
    Step("receive_transfer", OPEN, None, DESK, "A40", closes=("receive_transfer",)),
)
# fmt: on
