"""Case stories at the desk (典型案例): made from a case, amended, published by another person, taken down again.

What people add is checked against the case's originals first; a finding tells the kind, never the value.
"""

from datetime import datetime
from secrets import token_bytes
from uuid import NAMESPACE_URL, uuid5

from casework.errors import Conflict, NotYourStep, SaidNo
from casework.states import Role
from desk.desk import Caller
from desk.errors import NotFound, or_not_found
from records import stories
from records.engine import Record
from records.scope import area_prefix
from records.stories import DRAFT, PUBLISHED, WITHDRAWN, KeptStory
from records.story_sources import source_of
from register.story_check import found_in
from register.story_typed import LEAST, found_in_typed
from register.story_writing import write_story

MAKERS = (Role.CASEWORKER, Role.REVIEWER, Role.SUPERVISOR)
LONGEST_TITLE, LONGEST_COMMENT = 60, 4000
CLAUSE = "内部规定：案例由没有参与写作（制作、修改）的督导人员核对后入库"


def make(record: Record, caller: Caller, case_id: str, key: str, now: datetime) -> str:
    """Write a story of a case and return its id; the same key makes one.  The secret of its disguise is not kept."""
    if caller.role not in MAKERS:
        raise NotYourStep("not_your_step", "典型案例由经办人、县级复核人员或督导人员制作。")
    story_id = str(uuid5(NAMESPACE_URL, f"wanjia:story:{caller.account}:{key}"))
    with record.read() as work:
        there = stories.get(work, caller.scope, story_id)
        source = or_not_found(source_of(work, caller.scope, case_id)) if there is None else None
    if source is not None:
        story = write_story(source.events, source.originals, token_bytes(32))
        office = source.events[-1].case.office
        with record.write() as work:
            stories.keep_draft(work, story_id, story, case_id=case_id, area=office, account=caller.account, now=now)
    return story_id


def amend(record: Record, caller: Caller, story_id: str, *, title: str | None, comment: str | None) -> None:
    """Give a draft another title and what it teaches.  Raises `SaidNo` when something of the case stands in it."""
    said, words = (title or "").strip(), (comment or "").strip()
    if not said or len(said) > LONGEST_TITLE:
        raise SaidNo("title_missing", f"请填写标题，最多{LONGEST_TITLE}字。", field="title")
    if len(words) > LONGEST_COMMENT:
        raise SaidNo("comment_long", f"点评最多{LONGEST_COMMENT}字。", field="comment")
    with record.read() as work:
        kept = _draft(or_not_found(stories.get(work, caller.scope, story_id), "案例"))
        if caller.account != kept.made_by and caller.role is not Role.SUPERVISOR:
            raise NotYourStep("not_your_story", "草稿由制作人或督导人员修改。")
        source = source_of(work, caller.scope, kept.case_id)
    if source is None:
        raise NotFound("案例")
    for name, text in (("title", said if said != kept.story.title else ""), ("comment", words)):
        if kinds := found_in_typed(text, source.originals):
            raise SaidNo("original_left", f"其中有本案的真实信息（{'、'.join(kinds)}），请改用代称。", field=name)
    with record.write() as work:
        changed = kept.story.model_copy(update={"title": said, "comment": words})
        if not stories.change(work, kept, changed, by=caller.account):
            raise Conflict("story_changed", "这篇案例刚被他人改动，请重新打开页面。")


def publish(record: Record, caller: Caller, story_id: str, now: datetime) -> None:
    """Put a draft into the library: by a supervisor who wrote nothing of it, once nothing of the case stands in it."""
    with record.read() as work:
        kept = _draft(or_not_found(stories.get(work, caller.scope, story_id), "案例"))
        source = source_of(work, caller.scope, kept.case_id)
    _require_decider(caller)
    if caller.account in kept.writers:
        wrote = "制作" if caller.account == kept.made_by else "修改"
        raise NotYourStep("own_story", f"您{wrote}过这篇案例，须由没有参与写作的督导人员核对入库。", clause=CLAUSE)
    if source is None:
        raise NotFound("案例")
    kinds = (
        *found_in(kept.story.title, source.originals, least=LEAST),
        *found_in_typed(kept.story.comment, source.originals),
    )
    if kinds:
        raise SaidNo("original_left", f"标题或点评中有本案的真实信息（{'、'.join(kinds)}），请先改用代称。")
    _decide(record, caller, kept, PUBLISHED, None, now)


def withdraw(record: Record, caller: Caller, story_id: str, reason: str | None, now: datetime) -> None:
    """Take a story down, or send a draft away, with a reason."""
    _require_decider(caller)
    if not (reason or "").strip() or len(reason or "") > LONGEST_COMMENT:
        raise SaidNo("reason_missing", "请写明为什么不采用或下架。", field="reason")
    with record.read() as work:
        kept = or_not_found(stories.get(work, caller.scope, story_id), "案例")
    if outside(caller, kept):
        raise NotYourStep("not_your_area", "这篇案例由其他地区入库，请由该地区的督导人员下架。")
    if kept.state == WITHDRAWN:
        raise Conflict("story_decided", "这篇案例已经处理，请重新打开页面。")
    _decide(record, caller, kept, WITHDRAWN, (reason or "").strip(), now)


def outside(caller: Caller, kept: KeptStory) -> bool:
    """Say whether the office of a story lies outside the caller's area."""
    return not kept.area.startswith(area_prefix(caller.area))


def _decide(record: Record, caller: Caller, kept: KeptStory, state: str, reason: str | None, now: datetime) -> None:
    with record.write() as work:
        done = stories.decide(
            work, kept.story_id, state, reason=reason, account=caller.account, now=now, version=kept.version
        )
    if not done:
        raise Conflict("story_changed", "这篇案例刚被他人处理，请重新打开页面。")


def _draft(kept: KeptStory) -> KeptStory:
    if kept.state != DRAFT:
        raise Conflict("story_decided", "这篇案例已经处理，不能再改。", clause=CLAUSE)
    return kept


def _require_decider(caller: Caller) -> None:
    if caller.role is not Role.SUPERVISOR:
        raise NotYourStep("not_your_step", "案例由督导人员核对入库或下架。", clause=CLAUSE)
