"""What a review that must be done again forgets (重新初审): who passed it, the publicity it led to (A9, A40)."""

from casework.case import Case
from casework.case_facts import Reviews
from casework.ruling import Setting


def back_to_review(case: Case, setting: Setting) -> Case:
    """Return the case as before its first review; a notice that is up comes down and does not count."""
    notice = case.publicity
    if notice is not None and notice.up:
        notice = notice.model_copy(update={"taken_down_on": setting.today, "over": False})
    return case.model_copy(update={"reviews": Reviews(), "publicity": notice})
