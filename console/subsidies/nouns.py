"""The pages of subsidies (补贴), in the order in which their routes are tried."""

from types import ModuleType

from console.subsidies import (
    application,
    applications,
    applying,
    continuation,
    coordination,
    entering,
    graduates,
    of_a_case,
    payments,
    renewing,
    rights,
)

OF_SUBSIDIES: tuple[ModuleType, ...] = (
    *(rights, applications, application, renewing, payments, coordination, continuation, graduates),
    *(of_a_case, applying, entering),
)
