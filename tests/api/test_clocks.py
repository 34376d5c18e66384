"""The clocks of a case over HTTP: each tells its story, those that ended too, and the timeline shows each change."""

import pytest

from tests.installation import CASES, CLERK, ELSEWHERE, Installation

pytestmark = pytest.mark.engine


async def test_scenario_1_the_clocks_of_a_case_explain_themselves(api: Installation) -> None:
    case_id = await api.in_publicity()
    answer = await api.get(CLERK, f"{CASES}/{case_id}/clocks")
    publicity = next(c for c in answer["clocks"] if c["kind"] == "publicity")

    assert publicity["story"]["counted"] == ["2026-10-08", "2026-10-09", "2026-10-10"]
    assert publicity["story"]["started_by"] == "张贴公示"
    assert publicity["sentences"][0] == "公示期到2026年10月10日24时止。"
    assert publicity["says"].startswith("公示期自2026年9月30日起算")  # the old fields stay
    assert answer["finished"] == []

    await api.until(case_id, "2026-10-11")
    answer = await api.get(CLERK, f"{CASES}/{case_id}/clocks")
    ended = next(c for c in answer["finished"] if c["kind"] == "publicity")
    assert (ended["story"]["running"], ended["story"]["ended_by"]) == (False, "公示期满")
    told = {e["trigger"]: e["clocks"] for e in (await api.get(CLERK, f"{CASES}/{case_id}/timeline"))["events"]}
    assert told["post_publicity"] == ["公示期开始，到2026年10月10日。"]
    assert told["publicity_ended"] == ["公示期结束。"]
    assert (await api.ask(ELSEWHERE, "GET", f"{CASES}/{case_id}/clocks")).status_code == 404
