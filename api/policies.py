"""Policies (办法) over HTTP: which there are, what one changes against another, whom it would touch, adopting it."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field, StringConstraints

from api.asking import READ_ERRORS, WRITE_ERRORS, Administrator, Now, OurDesk, who
from casework.household import Facts
from casework.states import Role
from desk.bodies import Body
from desk.calendar_runs import failed_in
from desk.desk import Desk, off_loop
from desk.policies import Affected, impact, installed, order_in_force
from desk.policy_runs import PolicyRuns
from policies.pack_diff import differences, heads
from policies.packs import pack_ids, policy_of, versions_of
from policies.schema import Policy
from records.policy_orders import Order, orders

router = APIRouter(prefix="/policies", tags=["办法"])

LISTED = 200
LABEL = r"^[a-z0-9]+(-[a-z0-9]+)*@[A-Za-z0-9.-]{1,40}$"
Label = Annotated[str, StringConstraints(pattern=LABEL)]
LabelAsked = Annotated[str, Query(pattern=LABEL, description="办法和版本", examples=["jilin-2021@2"])]
ADOPTION = {"policy": "jilin-2021@2"}


class PolicyLine(Facts):
    """一个版本."""

    policy: str = Field(description="办法编号@版本")
    name: str
    citation: str
    effective_from: date
    parent: str | None
    sha256: str


class OrderLine(Facts):
    """一次采用决定."""

    number: int
    policy: str
    ordered_by: str
    ordered_at: datetime
    area: str | None = Field(description="只改这一地区；空为全部")
    done: int = Field(description="已改用的户数")
    failed: int = Field(description="最近一次没有改成的户数")
    waiting: int = Field(description="还没有改用的户数")


class PoliciesAnswer(Facts):
    """全部办法和历次采用决定."""

    policies: tuple[PolicyLine, ...]
    adoptions: tuple[OrderLine, ...]
    running: bool = Field(description="true 表示正在改用")
    failed: dict[str, str] = Field(description="本次启动后最近一次没有改成的个案和原因")


class TermLine(Facts):
    """一项条款的变化."""

    key: str
    words: str
    before_basis: str | None = Field(description="原依据；空为原来没有这一项")
    after_basis: str | None = Field(description="新依据；空为不再有这一项")


class DifferenceAnswer(Facts):
    """两份办法的对照."""

    before: str
    after: str
    heads: tuple[str, ...] = Field(description="名称、文件、施行日期等的变化")
    terms: tuple[TermLine, ...]


class AffectedLine(Facts):
    """改用后的一户."""

    case_id: str
    office: str
    moves: tuple[str, ...] = Field(description="会改变的日期、次数或判断")
    keeps: tuple[str, ...] = Field(description="照旧办法不变的")
    refused: str | None = Field(description="不能改用的原因")


class ImpactAnswer(Facts):
    """试算的影响；什么也没有写入."""

    policy: str
    looked_at: int = Field(description="试算的未结束个案户数")
    changing: int = Field(description="日期或判断会改变的户数")
    refusing: int = Field(description="不能改用的户数")
    cases: tuple[AffectedLine, ...] = Field(description=f"会改变和不能改用的，最多列出{LISTED}户")


class Adoption(Body):
    """采用一个版本."""

    policy: Label = Field(description="办法编号@版本", examples=["jilin-2021@2"])


def the_runs(request: Request) -> PolicyRuns:
    runs: PolicyRuns = request.app.state.policy_runs
    return runs


@router.get(
    "", summary="办法和版本", operation_id="list_policies", responses=READ_ERRORS, openapi_extra=who(Role.ADMINISTRATOR)
)
def list_policies(request: Request, caller: Administrator, desk: OurDesk) -> PoliciesAnswer:
    """已装入的全部办法和版本，历次采用决定及其进展。"""
    with desk.record.read() as work:
        known = orders(work)
    runs = the_runs(request)
    return PoliciesAnswer(
        policies=tuple(_policy_line(policy_of(file)) for pack_id in pack_ids() for file in versions_of(pack_id)),
        adoptions=tuple(_order_line(each) for each in known),
        running=runs.running,
        failed=failed_in(runs.last.failed, caller.area) if runs.last else {},
    )


@router.get(
    "/differences",
    summary="两份办法的对照",
    operation_id="compare_policies",
    responses=READ_ERRORS,
    openapi_extra=who(Role.ADMINISTRATOR),
)
def compare_policies(_: Administrator, before: LabelAsked, after: LabelAsked) -> DifferenceAnswer:
    """逐项说明改了什么，原来和新的依据各是什么。"""
    old, new = installed(before, "before"), installed(after, "after")
    terms = tuple(
        TermLine(
            key=each.key,
            words=each.words,
            before_basis=each.before.basis if each.before else None,
            after_basis=each.after.basis if each.after else None,
        )
        for each in differences(old, new)
    )
    return DifferenceAnswer(before=old.label, after=new.label, heads=heads(old, new), terms=terms)


@router.get(
    "/adoptions",
    summary="试算采用的影响",
    operation_id="preview_adoption",
    responses=READ_ERRORS,
    openapi_extra=who(Role.ADMINISTRATOR),
)
def preview_adoption(caller: Administrator, desk: OurDesk, now: Now, policy: LabelAsked) -> ImpactAnswer:
    """辖区内还没有改用的未结束个案，改用后哪些日期或判断会改变（从旧兼从优）；什么也不写入。"""
    found = impact(desk.record, installed(policy, "policy"), now, area=caller.area)
    shown = (*found.changing, *found.refusing)[:LISTED]
    return ImpactAnswer(
        policy=found.policy.label,
        looked_at=found.looked_at,
        changing=len(found.changing),
        refusing=len(found.refusing),
        cases=tuple(_affected_line(each) for each in shown),
    )


@router.post(
    "/adoptions",
    status_code=202,
    summary="采用新版本",
    operation_id="adopt_policy_version",
    responses=WRITE_ERRORS,
    openapi_extra={
        **who(Role.ADMINISTRATOR),
        "requestBody": {"content": {"application/json": {"examples": {"例": {"value": ADOPTION}}}}},
    },
)
async def adopt_policy_version(
    request: Request, body: Adoption, caller: Administrator, desk: OurDesk, now: Now
) -> OrderLine:
    """把采用决定记入记录，随即让辖区内的未结束个案逐户改用；进展见 GET /api/v1/policies。再次提交即接着办理。"""
    policy = installed(body.policy, "policy")
    number = await off_loop(order_in_force, desk, caller, policy, now)
    the_runs(request).start(number)
    return _order_line((await off_loop(_orders, desk, number))[0])


def _orders(desk: Desk, number: int) -> tuple[Order, ...]:
    with desk.record.read() as work:
        return orders(work, number)


def _policy_line(policy: Policy) -> PolicyLine:
    fields = {name: getattr(policy, name) for name in PolicyLine.model_fields if name != "policy"}
    return PolicyLine(policy=policy.label, **fields)


def _order_line(order: Order) -> OrderLine:
    fields = {name: getattr(order, name) for name in OrderLine.model_fields if name != "policy"}
    return OrderLine(policy=order.label, **fields)


def _affected_line(each: Affected) -> AffectedLine:
    return AffectedLine(**{name: getattr(each, name) for name in AffectedLine.model_fields})
