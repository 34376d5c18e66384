"""The record keeps every policy a case lives by, and knows which cases still wait for an order."""

import json
from datetime import UTC, date, datetime

from policies.packs import load_pack
from policies.schema import Policy
from records.case_file import write_event
from records.engine import Record
from records.policies import keep_policy, policy_of, restored
from records.policy_orders import order, ordered_policy, orders, told, waiting_for
from tests.casework.test_policy_change import FIVE_DAYS, revised
from tests.make import Life

NOW = datetime(2026, 10, 9, 1, tzinfo=UTC)


def opened(record: Record, *days: str, pack: str = "jilin-2021") -> Life:
    life = Life(pack=pack)
    for day in days:
        life.do(day, "apply")
    with record.write() as work:
        for event in life.events:
            write_event(work, event)
    return life


def test_the_very_content_is_found_again(record: Record) -> None:
    life = opened(record, "2026-09-28")
    changed = Policy.model_validate(
        load_pack("jilin-2021").model_dump(mode="json") | {"name": "同一版本、内容被改过的办法"}
    )
    with record.write() as work:
        keep_policy(work, changed, NOW)
        keep_policy(work, load_pack("jilin-2021"), NOW)
        keep_policy(work, changed, NOW)
    with record.read() as work:
        assert policy_of(work, life.case) == load_pack("jilin-2021")
        other = life.case.model_copy(update={"pack_hash": changed.short_hash})
        assert policy_of(work, other) == changed


def test_a_case_that_nobody_kept_a_policy_for_lives_by_the_files(record: Record) -> None:
    life = opened(record, "2026-09-28", pack="test-anzhou@2")
    with record.read() as work:
        assert policy_of(work, life.case) == load_pack("test-anzhou@2")


def test_a_content_of_an_earlier_release_takes_new_terms_from_the_files() -> None:
    kept = FIVE_DAYS.model_dump(mode="json")
    del kept["reassist"]
    del kept["publicity"]["objection_sla"]
    kept["gone"] = {"term": {"value": 1, "basis": "不再有的项"}}
    policy = restored(json.dumps(kept), "jilin-2021", "1")
    assert str(policy.publicity.length.value) == "5wd"
    assert policy.publicity.objection_sla == load_pack("jilin-2021").publicity.objection_sla
    assert policy.reassist == load_pack("jilin-2021").reassist


def test_an_order_knows_who_gave_it_and_which_open_cases_wait(record: Record) -> None:
    life = opened(record, "2026-09-28")
    with record.write() as work:
        number = order(work, FIVE_DAYS, by="admin", area=None, now=NOW)
        assert waiting_for(work, FIVE_DAYS) == (life.case.case_id,)
        assert waiting_for(work, FIVE_DAYS, "22") == (life.case.case_id,)
        assert waiting_for(work, FIVE_DAYS, "2101") == ()
        assert waiting_for(work, revised({}, of=load_pack("liaoning-2006"))) == ()
        (given,) = orders(work)
        assert (given.number, given.ordered_by, given.waiting, given.label) == (number, "admin", 1, "jilin-2021@2")
        assert ordered_policy(work, given) == FIVE_DAYS
    event = life.adopt_policy("2026-10-09", FIVE_DAYS)
    with record.write() as work:
        write_event(work, event)
        told(work, number, FIVE_DAYS, done=1, failed=0, now=NOW)
        (given,) = orders(work, number)
        assert (given.done, given.waiting) == (1, 0)
        assert waiting_for(work, load_pack("jilin-2021")) == ()  # nobody goes back to what came before
        assert orders(work, 99) == ()


def test_a_successor_waits_for_the_cases_of_what_it_replaces(record: Record) -> None:
    life = opened(record, "2026-09-28")
    successor = FIVE_DAYS.model_copy(update={"pack_id": "jilin-2026", "version": "1", "replaces": "jilin-2021"})
    with record.read() as work:
        assert waiting_for(work, successor) == (life.case.case_id,)
    assert successor.effective_from == date(2026, 10, 9)
