"""What a case remembers of its way between offices (转移): from where, to where, since when, and who took it over."""

from datetime import date

from casework.household import Facts


class Transfer(Facts):
    """One move to another office; every clock and due day stays as it was."""

    transfer_id: str
    from_office: str
    to_office: str
    ground: str
    on: date
    by: str
    received_on: date | None = None
    received_by: str | None = None
