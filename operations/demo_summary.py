"""The summary of the demo (小结), read through the HTTP API as the province's supervisor sees it; where to look next.

Every number is counted from what the API answers; nothing is remembered from the play itself.
"""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from rich.console import Console
from rich.markup import escape

from casework.breach import CAUSE_WORDS
from casework.messages import MessageState
from casework.states import Role, State
from casework.times import SHANGHAI
from notifications.quiet_hours import send_after
from operations.api_client import Json, LogIn, StaffClient
from operations.demo_accounts import LIST_FILE, PROVINCE, DemoStaff, supervisor
from operations.demo_staff import DemoCase
from operations.drill_stack import DrillStack
from operations.settings import Settings
from policies.citations import cited

SETTLED_WITHIN = 60.0
"""Seconds for the last messages to go out; what still waits then is shown as waiting."""

READERS = 8
DELIVERED = (MessageState.SENT, MessageState.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Summary:
    """What the API says of all cases of the demo."""

    cases: tuple[Json, ...]
    causes: Counter[str]
    messages: tuple[Json, ...]
    overdue: Json

    @property
    def by_state(self) -> dict[State, int]:
        counted = Counter(case["state"] for case in self.cases)
        return {state: counted[state.value] for state in State}

    @property
    def exits(self) -> Counter[str]:
        return Counter(str(case["exit_reason_words"]) for case in self.cases if case["state"] == State.EXITED.value)

    @property
    def promises(self) -> dict[str, int]:
        """Return how the promises of the certified cases stand; a restored case counts with its latest."""
        counted = Counter(_promise(case) for case in self.cases if case["promise_due_on"])
        return {words: counted[words] for words in ("兑现", "超期", "进行中", "因退出终止")}

    @property
    def sent(self) -> int:
        return sum(_state(message) in DELIVERED for message in self.messages)

    @property
    def failed(self) -> int:
        return sum(_state(message) is MessageState.FAILED for message in self.messages)

    @property
    def waiting(self) -> int:
        return sum(_state(message).open for message in self.messages)

    @property
    def suppressed(self) -> int:
        return sum(_state(message) is MessageState.SUPPRESSED for message in self.messages)

    @property
    def after_the_night(self) -> int:
        """Return how many fell into the quiet hours and went out when these ended."""
        return sum(_state(message) in DELIVERED and _waited_for_morning(message) for message in self.messages)


def province(stack: DrillStack, staff: DemoStaff) -> StaffClient:
    """Return the client of the province's supervisor."""
    return stack.api.staff(LogIn(supervisor(PROVINCE), staff.password))


def when_messages_are_out(stack: DrillStack, staff: DemoStaff, cases: Sequence[DemoCase]) -> None:
    """Wait until no message is due any more: business time stands in the afternoon, so none has to wait."""
    until = time.monotonic() + SETTLED_WITHIN
    while any(_state(m).open for m in _messages(province(stack, staff), cases)) and time.monotonic() < until:
        time.sleep(0.5)


def summary_of(client: StaffClient, cases: Sequence[DemoCase]) -> Summary:
    """Read everything the summary tells."""
    lines = tuple(client.cases())
    broken = [line["case_id"] for line in lines if line["promise_overdue_on"]]
    causes = Counter(_cause(client.case(case_id)["promise"]) for case_id in broken)
    return Summary(lines, causes, _messages(client, cases), client.overdue())


def show_summary(stack: DrillStack, staff: DemoStaff, cases: Sequence[DemoCase], console: Console) -> None:
    """Print the summary."""
    client = province(stack, staff)
    summary = summary_of(client, cases)
    console.rule("小结")
    for line in lines_of(summary):
        console.print(escape(line))
    _show_overdue(summary.overdue, console)
    told = next((case for case in cases if case.part.title.startswith("就业后失业")), cases[0])
    _show_timeline(told, client.timeline(told.case_id), console)
    _show_next(stack.settings, staff, told, console)


def lines_of(summary: Summary) -> Iterator[str]:
    """Yield the numbers, one subject a line."""
    yield f"个案 {len(summary.cases)} 户：" + _listed({s.words: n for s, n in summary.by_state.items()})
    yield f"退出 {sum(summary.exits.values())} 户：" + _listed(summary.exits)
    promises = summary.promises
    yield f"承诺 {sum(promises.values())} 项：" + _listed(promises)
    if summary.causes:
        yield "超期原因：" + _listed(summary.causes)
    yield (
        f"短信 {len(summary.messages)} 条：已发 {summary.sent}，失败 {summary.failed}，待发 {summary.waiting}，"
        f"不再需要 {summary.suppressed}；其中夜间不打扰、次日8时发出 {summary.after_the_night}"
    )


def _listed(counts: dict[str, int] | Counter[str]) -> str:
    return "，".join(f"{words} {number}" for words, number in counts.items() if number) or "无"


def _promise(case: Json) -> str:
    if case["promise_overdue_on"]:
        return "超期"
    if case["promise_met_on"]:
        return "兑现"
    return "因退出终止" if case["state"] == State.EXITED.value else "进行中"


def _cause(promise: Json) -> str:
    words = CAUSE_WORDS.get(promise["cause"] or "", "未拟定")
    return words if promise["cause_confirmed_by"] else f"{words}（待督导确认）"


def _state(message: Json) -> MessageState:
    return MessageState(message["state"])


def _waited_for_morning(message: Json) -> bool:
    planned = datetime.fromisoformat(message["planned_at"])
    morning = send_after(planned)
    return morning > planned and datetime.fromisoformat(message["settled_at"]) >= morning


def _messages(client: StaffClient, cases: Sequence[DemoCase]) -> tuple[Json, ...]:
    with ThreadPoolExecutor(READERS) as readers:
        found = readers.map(lambda case: client.messages(case.case_id), cases)
        return tuple(message for messages in found for message in messages)


def _show_overdue(overdue: Json, console: Console) -> None:
    console.print(
        f"督导人员的超期清单：承诺超期仍未就业 {len(overdue['promises'])} 户，超期待办 {len(overdue['tasks'])} 项。"
    )
    for line in overdue["promises"]:
        helper = line["helper"] or "未指定"
        told = f"{line['promise_due_on']} 到期，{line['promise_overdue_on']} 起超期"
        console.print(escape(f"  {line['case_id']}  {told}，帮扶责任人 {helper}"))


def _show_timeline(case: DemoCase, events: Sequence[Json], console: Console) -> None:
    console.rule(f"一户的全过程：{case.case_id}（{case.part.title}）")
    for event in events:
        at, why = datetime.fromisoformat(event["at"]).astimezone(SHANGHAI), event["why"]
        who = "时限" if event["role"] == Role.SYSTEM.value else event["account"]
        console.print(f"[bold]{at:%Y-%m-%d %H:%M}  {event['title']}[/bold]  {who} → {event['target_words']}")
        console.print(escape(f"    {why['says']}"))
        for fact in why["facts"]:
            console.print(escape(f"      {fact['label']}：{fact['value']}"), style="dim")
        console.print(escape(f"      依据：{cited(why['clause'])}"), style="dim")


def _show_next(settings: Settings, staff: DemoStaff, case: DemoCase, console: Console) -> None:
    home = settings.wanjia_home
    for inbox in settings.inbox.glob(f"*{case.helper}.txt"):
        last = inbox.read_text(encoding="utf-8").strip().split("\n\n")[-1]
        console.print(escape(f"帮扶责任人收到的最后一条短信（{inbox}）："), style="bold")
        console.print(escape("\n".join(f"  {line}" for line in last.splitlines())))
    for line in (
        "接着看：",
        f"  make run（或 wanjia run，WANJIA_HOME={home}）再次启动，数据不变。启动后：",
        f"  办理台网页 {settings.api_url}/ ，如用 {case.helper} 登录，密码 {staff.password}",
        f"  接口说明 {settings.api_url}/api/v1/openapi.json",
        f"  全部演练账号和密码：{home / LIST_FILE}",
        f"  流程引擎网页 http://127.0.0.1:{settings.wanjia_ui_port} ，每户一条流程，名为 household-case/个案编号",
        f"  短信收件箱 {settings.inbox}，每个收件人一个文件",
    ):
        console.print(escape(line))
