"""A case as a teaching case (典型案例): its parts, its tags, and how it reads as Markdown.  Pure.

Nothing in it names anybody: it is written by `story_writing.py` from facts under invented names and shifted days, and
checked by `story_check.py`.
"""

from datetime import date

from casework.household import Facts
from casework.times import in_words
from policies.citations import cited

NOTE = (
    "本案例由真实个案改写：姓名、社区、机构和单位都是代称，没有证件号、电话和住址，收入只写约数；"
    "所有日期提前了相同的整周数，星期和间隔天数不变，因此工作日的先后仍可对照，但放假安排以原来的日期为准，可能与故事里的日期对不上。"
)

CHANNELS = {
    "public_welfare_post": "公益性岗位",
    "employer": "单位吸纳",
    "own_business": "自主创业",
    "flexible": "灵活就业",
    "labour_export": "劳务输出",
    "none": "没有就业",
}
DIFFICULTIES = {
    "overdue": "承诺超期",
    "refused": "拒绝岗位",
    "unreachable": "联系困难",
    "hardship": "特别困难",
    "relapse": "再次失业",
    "special": "特殊情形",
    "objection": "有异议",
    "suspended": "承诺暂停",
    "relocated": "棚改回迁",
    "monitored": "重点监控",
    "false_report": "虚报瞒报",
}
OUTCOMES = {
    "stable": "稳定就业后结案",
    "eliminated": "已消除零就业",
    "helping": "仍在帮扶",
    "left": "退出",
    "not_recognised": "没有认定",
    "revoked": "撤销认定",
}


class Moment(Facts):
    """One thing that happened: so many days after the application, on a shifted day, by a role."""

    day: int
    on: date
    title: str
    by: str
    turn: str | None = None
    says: str | None = None
    clause: str


class Story(Facts):
    """The whole of a story.  `told` are paragraphs by heading; `comment` is what its maker adds for teaching."""

    title: str
    channel: str
    difficulties: tuple[str, ...]
    outcome: str
    told: tuple[tuple[str, tuple[str, ...]], ...]
    moments: tuple[Moment, ...]
    comment: str = ""

    @property
    def tags(self) -> tuple[str, ...]:
        """What it is found by, in words."""
        hard = tuple(DIFFICULTIES.get(code, code) for code in self.difficulties)
        return (CHANNELS.get(self.channel, self.channel), *hard, OUTCOMES.get(self.outcome, self.outcome))

    @property
    def text(self) -> str:
        """Everything that can be read in it."""
        return markdown(self)


def markdown(story: Story) -> str:
    """Return a story as a file."""
    lines = [f"# {story.title}", "", f"> {NOTE}", "", f"标签：{'、'.join(story.tags)}", ""]
    for heading, paragraphs in story.told:
        lines += [f"## {heading}", "", *(line for words in paragraphs for line in (words, ""))]
    lines += ["## 经过和每一步的理由", ""]
    for moment in story.moments:
        turn = f"（{moment.turn}）" if moment.turn else ""
        lines.append(f"- **第{moment.day}天，{in_words(moment.on)}，{moment.title}**{turn}，{moment.by}")
        if moment.says:
            lines.append(f"  - {moment.says}")
        lines.append(f"  - 依据：{cited(moment.clause)}")
    if story.comment:
        lines += ["", "## 点评", "", story.comment]
    return "\n".join(lines) + "\n"
