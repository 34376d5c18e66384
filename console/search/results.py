"""What a search shows of each person it found (查找结果): the case, a masked name, and whether they are still there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from casework.states import State
from casework.times import in_words
from console.cases.case_list import CaseLine, case_lines
from console.listing import Column
from desk.desk import Caller
from records.engine import Reading
from records.person_search import Hit


@dataclass(frozen=True, slots=True)
class Result:
    """One person in one case."""

    hit: Hit = field(repr=False)
    case: CaseLine

    @property
    def standing(self) -> str:
        """Who the person is in the case, and what a reader would take for granted wrongly."""
        said = ["申请人" if self.hit.member_id == (self.case.row.applicant or "M1") else f"成员 {self.hit.member_id}"]
        if self.hit.left_on:
            said.append(f"已于{in_words(self.hit.left_on)}离开家庭")
        return "，".join(said)

    @property
    def tone(self) -> str:
        return "calm" if self.case.row.state is State.EXITED or self.hit.left_on else ""


COLUMNS: tuple[Column[Result], ...] = (
    Column("name", "姓名", lambda one: one.hit.name),
    Column("standing", "身份", lambda one: one.standing, tone=lambda one: one.tone),
    Column("case", "个案编号", lambda one: one.case.row.case_id, lambda one: f"/cases/{one.case.row.case_id}"),
    Column("state", "状态", lambda one: one.case.state, tone=lambda one: one.tone),
    Column("community", "社区", lambda one: one.case.who.community),
    Column("helper", "帮扶责任人", lambda one: one.case.helper),
    Column("opened", "申请日期", lambda one: in_words(one.case.row.opened_on)),
)


def results_of(work: Reading, caller: Caller, hits: Sequence[Hit], now: datetime) -> tuple[Result, ...]:
    """Return the lines of what was found, in order."""
    lines = case_lines(work, caller, [hit.case for hit in hits], now)
    return tuple(Result(hit, line) for hit, line in zip(hits, lines, strict=True))
