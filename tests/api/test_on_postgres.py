"""The same way over HTTP with the record on PostgreSQL: what the API asks of the record holds on both databases."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from temporalio.client import Client

from desk.case_client import CaseClient
from notifications.gateways.file import FileGateway
from operations.demo_accounts import seed
from operations.drill_clock import DrillClock
from records.engine import Record
from tests.api import test_bad_input, test_same_key, test_tasks, test_who_sees
from tests.engine_stack import KEYS, EngineStack, start_server
from tests.installation import Installation, configured, serving
from worker import make_worker
from workflows.payload_codec import data_converter

pytestmark = [pytest.mark.engine, pytest.mark.postgres]

SAME = (
    test_same_key.test_a_repeated_form_is_one_case_with_one_answer,
    test_same_key.test_a_refused_step_keeps_nothing_and_its_key_may_be_used_again,
    test_same_key.test_the_key_with_another_body_is_409,
    test_tasks.test_scenario_82_of_two_who_complete_one_task_one_wins_and_the_other_learns_who,
    test_bad_input.test_scenario_76_two_brothers_of_one_booklet_are_one_household,
    test_who_sees.test_scenario_78_a_case_of_another_area_is_on_no_list,
    test_who_sees.test_people_are_masked_and_a_whole_view_is_logged,
    test_who_sees.test_scenario_93_the_public_board_shows_the_masked_minimum,
)


@pytest.fixture(scope="module")
async def on_postgres(own_postgres: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Installation]:
    """An installation with an engine of its own: two workers of different records must not share a queue."""
    home: Path = tmp_path_factory.mktemp("on-postgres")
    for address in start_server(home):
        record = Record(own_postgres, KEYS)
        client = await Client.connect(address, data_converter=data_converter(KEYS.engine_key))
        async with make_worker(client, record, FileGateway(home), drill=True):
            stack = EngineStack(client, record, home, CaseClient(client), DrillClock(client))
            staff = seed(record, datetime.now(UTC), home)
            async with serving(configured(address, own_postgres, home)) as base:
                installation = Installation(base, record, staff, home, stack)
                yield installation
                await installation.close()
        record.close()


@pytest.mark.parametrize("same", SAME, ids=lambda test: test.__name__)
async def test_on_postgres(on_postgres: Installation, same: object) -> None:
    await same(on_postgres)  # type: ignore[operator]
