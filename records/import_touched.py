"""What people did since with what an import wrote (导入后的办理): asked before it is taken back.

A household that stands on a list of visits has been planned with or visited; a case has more to it than its events:
files, papers, plans and measures are kept beside them.  The versions of households are in `import_households.py`.
"""

from sqlalchemy import exists, or_, select

from records.engine import Reading
from records.survey_rounds import TO_VISIT
from records.tables import cases
from records.tables_papers import papers
from records.tables_public import evidence
from records.tables_subsidies import insured_months, member_marks, member_measures
from records.tables_surveys import survey_rounds, survey_visits
from records.tables_vacancies import plans

_BESIDE = (evidence, papers, plans, member_measures, member_marks, insured_months)


def untouched_case(work: Reading, case_id: str) -> bool:
    """Say whether a case is still as it was opened: applied, with its first event alone, and nothing beside it."""
    there = or_(*(exists().where(table.c.case_id == case_id) for table in _BESIDE))
    asked = select(cases.c.case_id).where(
        cases.c.case_id == case_id, cases.c.state == "applied", cases.c.seq == 1, ~there
    )
    return work.connection.execute(asked).first() is not None


def to_be_visited(work: Reading, household_id: str) -> bool:
    """Say whether a household stands on a list of visits: of a round that is open, or somebody was there."""
    v = survey_visits.c
    open_round = exists().where(survey_rounds.c.round_id == v.round_id, survey_rounds.c.closed_on.is_(None))
    asked = select(v.visit_id).where(v.household_id == household_id, or_(v.state != TO_VISIT, open_round))
    return work.connection.execute(asked.limit(1)).first() is not None
