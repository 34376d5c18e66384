"""Handing visits of a survey round over (改派走访): one household, or what is left of a community."""

from sqlalchemy import update

from records.engine import Writing
from records.survey_visits import SETTLED, Visit
from records.tables_surveys import survey_shares, survey_visits


def hand_visit(work: Writing, visit: Visit, to: str) -> bool:
    """Give a visit to somebody else; False when it was told of or handed over since it was read."""
    at = (survey_visits.c.visit_id == visit.visit_id, survey_visits.c.version == visit.version)
    values = {"assignee": to, "version": visit.version + 1}
    return work.connection.execute(update(survey_visits).where(*at).values(values)).rowcount == 1


def hand_community(work: Writing, round_id: str, community: str, to: str) -> int:
    """Give a community with all that is left to visit in it to somebody; return how many households."""
    share = (survey_shares.c.round_id == round_id, survey_shares.c.community == community)
    work.connection.execute(update(survey_shares).where(*share).values(assignee=to))
    left = (
        survey_visits.c.round_id == round_id,
        survey_visits.c.community == community,
        survey_visits.c.state.not_in(SETTLED),
        survey_visits.c.assignee != to,
    )
    values = {"assignee": to, "version": survey_visits.c.version + 1}
    return work.connection.execute(update(survey_visits).where(*left).values(values)).rowcount
