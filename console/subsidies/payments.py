"""Payment lists (发放名册): looked over, made, read, paid; with accounts only for a reason and a line in the log."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import CaseworkError
from casework.states import Role
from casework.times import in_words, local_date, month_in_words
from console.asking import Posted, Reviewer, for_roles
from console.case_pages.reasons import choices, reason_in
from console.export import MOST_ROWS, exported
from console.forms import Form, Mistake, mistakes_of
from console.listing import SIZE, Column, Listing, wanted
from console.rendering import page
from console.sending_on import go
from console.subsidies.paying import Payer
from console.subsidies.shown import BY_WORDS, MONTH, IdInPath, tabs
from console.typed_values import day_or_none
from console.words import yuan
from desk import subsidy_lists
from desk.desk import Caller, Desk
from desk.errors import or_not_found
from desk.subsidy_lists import Whole
from records.case_names import masked_people
from records.scope import COUNTY
from records.subsidy_payments import Payment, PaymentList, due_in, held_in, lines_of, lists_of, one_list
from register.subsidies import kind_words
from register.subsidy_months import ONCE, month_of

router = APIRouter()

HERE = "/subsidies/payments"
PAYERS = (Role.REVIEWER, Role.SUPERVISOR)
ONLY_REVIEWERS = (Role.REVIEWER,)

Named = tuple[Payment, str]

COLUMNS: tuple[Column[Named], ...] = (
    Column("case", "个案", lambda x: x[0].applied.case_id, link=lambda x: f"/cases/{x[0].applied.case_id}/subsidies"),
    Column("who", "成员", lambda x: x[1]),
    Column("kind", "补贴", lambda x: kind_words(x[0].applied.kind)),
    Column("by", "领取", lambda x: BY_WORDS[x[0].applied.claimed_by]),  # type: ignore[index]
    Column("month", "月份", lambda x: "一次性" if x[0].month == ONCE else month_in_words(x[0].month)),
    Column("fen", "金额", lambda x: yuan(x[0].fen), number=True),
)


def _of(column: Column[Named]) -> Column[Whole]:
    return Column(column.key, column.title, lambda x: column.text((x.payment, x.payee)))


WHOLE: tuple[Column[Whole], ...] = (
    *(_of(column) for column in COLUMNS),
    Column("id", "公民身份号码", lambda x: x.id_number),
    Column("account", "账号", lambda x: x.bank_account or ""),
)


@router.get(HERE, **for_roles(PAYERS))
def lists(request: Request, desk: OurDesk, now: Now, caller: Payer, month: str = "") -> Response:
    return _page(request, desk, caller, now, Form.with_values({"month": month}), ())


@router.post(HERE, **for_roles(ONLY_REVIEWERS))
def make(request: Request, desk: OurDesk, now: Now, caller: Reviewer, form: Posted) -> Response:
    """Make the list of a month."""
    month = form.text("month") or ""
    if not MONTH.fullmatch(month):
        mistakes: tuple[Mistake, ...] = (Mistake("month", "请填写月份，写作 2026-11"),)
        return _page(request, desk, caller, now, form, mistakes)
    try:
        made = subsidy_lists.make(desk, caller, month, key=form.key, now=now)
    except CaseworkError as error:
        return _page(request, desk, caller, now, form, mistakes_of(error, ("month",)))
    return go(f"{HERE}/{made}")


@router.get(f"{HERE}/{{list_id}}", **for_roles(PAYERS))
def one(request: Request, desk: OurDesk, caller: Payer, list_id: IdInPath, done: str = "") -> Response:
    return _one(request, desk, caller, list_id, Form(), (), done=done)


@router.get(f"{HERE}/{{list_id}}/export.{{kind}}", **for_roles(PAYERS))
def export(desk: OurDesk, caller: Payer, list_id: IdInPath, kind: str) -> Response:
    """The list as on the page: masked, without accounts."""
    made, found = _lines(desk, caller, list_id, 0, MOST_ROWS)
    return exported(f"subsidies-{made.area}-{made.month}-{made.number}", COLUMNS, found, kind)


@router.post(f"{HERE}/{{list_id}}/check", **for_roles(PAYERS))
def check(request: Request, desk: OurDesk, now: Now, caller: Payer, list_id: IdInPath, form: Posted) -> Response:
    """Go over a list as the second pair of eyes."""
    try:
        subsidy_lists.check(desk, caller, list_id, now=now)
    except CaseworkError as error:
        return _one(request, desk, caller, list_id, form, mistakes_of(error, ("check",)))
    return go(f"{HERE}/{list_id}?done=checked")


@router.post(f"{HERE}/{{list_id}}/paid", **for_roles(ONLY_REVIEWERS))
def paid(request: Request, desk: OurDesk, now: Now, caller: Reviewer, list_id: IdInPath, form: Posted) -> Response:
    """Write down the day on which finance paid."""
    on = day_or_none(form.text("paid_on"))
    if on is None:
        return _one(request, desk, caller, list_id, form, (Mistake("paid_on", "请填写发放日期，写作 2026-09-30"),))
    try:
        subsidy_lists.paid(desk, caller, list_id, on=on, now=now)
    except CaseworkError as error:
        return _one(request, desk, caller, list_id, form, mistakes_of(error, ("paid_on",)))
    return go(f"{HERE}/{list_id}?done=paid")


@router.post(f"{HERE}/{{list_id}}/whole", **for_roles(ONLY_REVIEWERS))
async def whole(
    request: Request, desk: OurDesk, now: Now, caller: Reviewer, list_id: IdInPath, form: Posted
) -> Response:
    """The file for the bank, with names and accounts: who asks and why is logged for every household of it."""
    reason, mistakes = reason_in(form, caller.role)
    if mistakes:
        return await run_in_threadpool(_one, request, desk, caller, list_id, form, mistakes)
    return await run_in_threadpool(_whole, request, desk, caller, list_id, reason, now, form)


def _whole(request: Request, desk: Desk, caller: Caller, list_id: str, reason: str, now: Now, form: Form) -> Response:
    kind = "csv" if form.text("file") == "csv" else "xlsx"
    try:
        made, found = subsidy_lists.whole(desk, caller, list_id, reason=reason, now=now, most=MOST_ROWS)
    except CaseworkError as error:
        return _one(request, desk, caller, list_id, form, mistakes_of(error, ("chosen",)))
    answer = exported(f"subsidies-{made.area}-{made.month}-{made.number}-bank", WHOLE, found, kind)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _lines(desk: Desk, caller: Caller, list_id: str, offset: int, limit: int) -> tuple[PaymentList, list[Named]]:
    with desk.record.read() as work:
        made = or_not_found(one_list(work, caller.scope, list_id), "发放名册")
        found = lines_of(work, caller.scope, list_id, offset=offset, limit=limit)
        names = masked_people(work, (line.applied.case_id for line in found))
    return made, [(line, names.get((line.applied.case_id, line.applied.member), "")) for line in found]


def _page(
    request: Request, desk: Desk, caller: Caller, now: Now, form: Form, mistakes: tuple[Mistake, ...]
) -> Response:
    month = form.text("month") or ""
    makes = caller.role is Role.REVIEWER and len(caller.area) >= COUNTY
    with desk.record.read() as work:
        known = lists_of(work, caller.scope)
        looked = makes and bool(MONTH.fullmatch(month)) and month <= month_of(local_date(now))
        due = due_in(work, caller.area[:COUNTY], month) if looked else ()
        held = held_in(work, caller.area[:COUNTY], month) if looked else 0
    return page(
        request,
        "subsidies/payments.html",
        title="补贴发放名册",
        status=422 if mistakes else 200,
        tabs=tabs(caller.role, HERE),
        lists=known,
        makes=makes,
        asked=bool(month),
        month=month if looked else "",
        month_words=month_in_words(month) if looked else "",
        this_month=month_of(local_date(now)),
        due=len(due),
        held=held,
        due_fen=sum(line.fen for line in due),
        said=in_words,
        named=month_in_words,
        form=form,
        mistakes=mistakes,
    )


def _one(
    request: Request,
    desk: Desk,
    caller: Caller,
    list_id: str,
    form: Form,
    mistakes: tuple[Mistake, ...],
    *,
    done: str = "",
) -> Response:
    asked = wanted(request, sorts=(), filters=())
    made, found = _lines(desk, caller, list_id, asked.offset, SIZE)
    with desk.record.read() as work:
        not_mine = subsidy_lists.not_for(work, caller, made) if made.checked_on is None else None
    address = f"{HERE}/{list_id}"
    return page(
        request,
        "subsidies/payment_list.html",
        title=f"发放名册 {made.month}",
        status=422 if mistakes else 200,
        tabs=tabs(caller.role, HERE),
        made=made,
        month_words=month_in_words(made.month),
        listing=Listing(
            f"subsidies-{made.month}", address, COLUMNS, found, made.lines, asked, "名册里没有您范围内的家庭。"
        ),
        pays=caller.role is Role.REVIEWER,
        not_mine=not_mine,
        reasons=choices(caller.role),
        done=done,
        form=form,
        mistakes=mistakes,
    )
