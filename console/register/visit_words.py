"""How visits of a round are said (走访结果的说法), and how far a round has come in numbers. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from records.survey_visits import CHANGED, MOVED, NOBODY, REFUSED, SAME, SETTLED, TO_VISIT, Covered

STATES = {
    TO_VISIT: ("待走访", "calm"),
    SAME: ("已走访，情况未变", "good"),
    CHANGED: ("已走访，情况有变", "good"),
    MOVED: ("已搬走", "info"),
    NOBODY: ("无人在家，待再访", "warn"),
    REFUSED: ("拒访", "warn"),
}
KINDS = {"known": "底册家庭", "case": "重点监控家庭", "new": "新发现"}
BY_PAGE = (
    (SAME, "见到了，情况未变"),
    (NOBODY, "无人在家"),
    (MOVED, "已搬走"),
    (REFUSED, "拒访"),
)


@dataclass(frozen=True, slots=True)
class Done:
    """One line of a coverage table."""

    name: str
    total: int = 0
    settled: int = 0
    nobody: int = 0
    eligible: int = 0
    opened: int = 0
    monitored: int = 0

    @property
    def left(self) -> int:
        return self.total - self.settled

    @property
    def percent(self) -> str:
        return f"{self.settled * 100 // self.total}%" if self.total else "—"

    def plus(self, one: Covered) -> "Done":
        return Done(
            self.name,
            self.total + one.visits,
            self.settled + (one.visits if one.state in SETTLED else 0),
            self.nobody + (one.visits if one.state == NOBODY else 0),
            self.eligible + one.eligible,
            self.opened + one.opened,
            self.monitored + one.monitored,
        )


def added_up(name: str, parts: Iterable[Covered]) -> Done:
    done = Done(name)
    for part in parts:
        done = done.plus(part)
    return done


def grouped(parts: Iterable[Covered], by: Callable[[Covered], str], also: Iterable[str] = ()) -> tuple[Done, ...]:
    """Return a line for each group, by name; `also` are groups without a visit."""
    groups = {name: Done(name) for name in also}
    for part in parts:
        groups[by(part)] = groups.get(by(part), Done(by(part))).plus(part)
    return tuple(groups[name] for name in sorted(groups))
