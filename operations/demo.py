"""`wanjia demo`: a survey sheet becomes households helped, on a real server, over two months of drill time in minutes.

Starts the stack on a drill home, imports the sample sheet, files a case for each eligible household over HTTP, lets
simulated staff live through the days, and ends with the summary of `demo_summary.py`.  Any step that fails ends it:
exit code 1, or 2 when a setting has to be changed first.
"""

import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from types import FrameType
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from casework.commands import COMMANDS
from casework.eligibility import Outcome
from casework.errors import CaseworkError
from casework.times import local_date
from operations.assess import OUTCOME_WORDS
from operations.children import ROOT, ChildDied
from operations.demo_accounts import seed as seed_accounts
from operations.demo_acts import END, Act
from operations.demo_cast import Part, cast
from operations.demo_progress import DemoProgress
from operations.demo_staff import DemoCase, DemoFailed
from operations.demo_summary import show_summary, when_messages_are_out
from operations.drill_home import clear, is_marked, mark, settle_mode
from operations.drill_stack import DrillStack
from operations.ports import PortTaken
from operations.settings import Settings, SettingsError, load_settings
from policies.packs import load_pack
from register.survey import Survey
from register.survey_judging import judge
from register.survey_sheet import read_survey

SHEET = ROOT / "samples" / "survey-jilin.csv"
PACK = "jilin-2021"
AT_ONCE = 12
"""Households that move at the same time; two cores are busy with fewer, the rest wait for answers."""

FAILED, WRONG_SETTINGS = 1, 2


@dataclass(frozen=True, slots=True)
class Told:
    """Where the demo says what it does."""

    console: Console

    def __call__(self, line: str) -> None:
        self.console.print(escape(line))


def demo(
    households: Annotated[int | None, typer.Option("--households", min=1, help="最多多少户；不写为全部")] = None,
    seed: Annotated[int, typer.Option("--seed", help="同一个数，每户的经历每次相同")] = 2026,
) -> int:
    """演示：导入摸底表，符合条件的逐户建档，模拟人员在真实服务上办理两个月，几分钟看完一户的全过程。

    数据留在 WANJIA_HOME（默认 var），结束后用 wanjia run 查看。再次演示会清空上次演示的数据；正式数据不会被清空。
    """
    console = Console(highlight=False, soft_wrap=True)
    began = time.monotonic()
    signal.signal(signal.SIGTERM, _interrupted)
    try:
        settings = _drill_settings(Told(console))
        with DrillStack(settings, say=Told(console)) as stack:
            staff = seed_accounts(stack.record, datetime.now(UTC), settings.wanjia_home)
            survey = _imported(console)
            parts = _parts(survey, seed, households, console)
            cases = [DemoCase(part, stack, staff, place) for place, part in enumerate(parts)]
            _live(cases, stack, console)
            when_messages_are_out(stack, staff, cases)
            show_summary(stack, staff, cases, console)
    except (SettingsError, PortTaken) as error:
        return _complain(str(error), WRONG_SETTINGS)
    except (DemoFailed, ChildDied) as error:
        return _complain(f"演示没有走完：{error}", FAILED)
    except CaseworkError as error:
        return _complain(f"演示没有走完：{error.message}［{error.code}］", FAILED)
    except KeyboardInterrupt:
        return _complain("已中止，整套系统已停下。", FAILED)
    console.print(f"整套系统已停下，用时 {time.monotonic() - began:.0f} 秒。")
    return 0


def _drill_settings(say: Callable[[str], None]) -> Settings:
    """Return the settings of a drill home without an earlier demo in it."""
    settings = load_settings()
    if settings.temporal_address:
        say("演示要推移时间，使用内置的流程引擎，不用 TEMPORAL_ADDRESS。")
        settings = settings.model_copy(update={"temporal_address": ""})
    if is_marked(settings):
        say(f"清空上次演练的数据：{settings.wanjia_home}")
        clear(settings)
    mark(settings)
    return settle_mode(settings.model_copy(update={"wanjia_drill": True}), say)


def _imported(console: Console) -> Survey:
    survey = read_survey(SHEET.read_bytes(), SHEET.name)
    if survey.bad_cells:
        raise DemoFailed(f"摸底表 {SHEET.name} 有错误行，第{survey.bad_cells[0].line}行{survey.bad_cells[0].reason}")
    console.print(f"导入摸底表 {SHEET.relative_to(ROOT)}：{len(survey.households)} 户。")
    return survey


def _parts(survey: Survey, seed: int, most: int | None, console: Console) -> tuple[Part, ...]:
    policy = load_pack(PACK)
    outcomes = {each.number: judge(each, policy).assessment.outcome for each in survey.households}
    counts = Counter(outcomes.values())
    words = "，".join(f"{word} {counts[outcome]}" for outcome, word in OUTCOME_WORDS.items())
    eligible = [each for each in survey.households if outcomes[each.number] is Outcome.ELIGIBLE]
    parts = cast(eligible, policy, seed, most)
    console.print(f"按《{policy.name}》判断：{words}。为 {len(parts)} 户符合条件的家庭建档。")
    return parts


def _live(cases: Sequence[DemoCase], stack: DrillStack, console: Console) -> None:
    """Open all cases, then live through the days together: all acts of a day, then the next day."""
    days: dict[object, list[tuple[DemoCase, list[Act]]]] = defaultdict(list)
    for case in cases:
        acts: dict[object, list[Act]] = defaultdict(list)
        for act in case.part.acts:
            acts[local_date(act.at)].append(act)
        for day, mine in acts.items():
            days[day].append((case, mine))
    total = sum(len(case.part.acts) + 1 for case in cases)
    with DemoProgress(total, console) as progress, ThreadPoolExecutor(AT_ONCE, thread_name_prefix="staff") as people:
        _all(people, stack, [partial(_opened, case, progress) for case in cases])
        progress.day("提出申请", Counter({"提出申请": len(cases)}), len(cases))
        for day in sorted(days, key=str):
            work = days[day]
            _all(people, stack, [partial(_lived, case, acts, progress) for case, acts in work])
            done = Counter(COMMANDS[act.do].title for _, acts in work for act in acts)
            progress.day(str(day), done, len(work))
        _all(people, stack, [partial(case.move, END) for case in cases])
        progress.day(str(local_date(END)), Counter(), len(cases))


def _opened(case: DemoCase, progress: DemoProgress) -> None:
    case.open()
    progress.step()


def _lived(case: DemoCase, acts: Sequence[Act], progress: DemoProgress) -> None:
    for act in acts:
        case.take(act)
        progress.step()


def _all(people: ThreadPoolExecutor, stack: DrillStack, work: Sequence[Callable[[], None]]) -> None:
    """Do all of it at once; the first failure, or the death of a part of the stack, ends it."""
    waiting: set[Future[None]] = {people.submit(each) for each in work}
    try:
        while waiting:
            done, waiting = wait(waiting, timeout=1.0, return_when=FIRST_EXCEPTION)
            for each in done:
                each.result()
            stack.check_alive()
    except BaseException:
        stack.api.give_up()
        for each in waiting:
            each.cancel()
        raise


def _interrupted(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt


def _complain(text: str, code: int) -> int:
    sys.stderr.write(f"{text}\n")
    return code
