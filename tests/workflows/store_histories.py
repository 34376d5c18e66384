"""`python -m tests.workflows.store_histories`: play every life on a real server and keep its histories for replays.

Run it once for a release, after which its files stay as they are: `life-N.C.json` is chapter C of life N of `lives.py`,
sealed as in production but with the test key of `tests/engine_stack.py`, and `life-N.dues.json` is what fell due.
"""

import asyncio
import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.engine_stack import running, start_server
from tests.workflows.dues import HISTORIES, dues_of, stem
from tests.workflows.histories_of import histories_of
from tests.workflows.lives import LIVES
from tests.workflows.people import put_household, put_staff
from tests.workflows.playing import play_on_engine


async def store(address: str, folder: Path) -> None:
    """Play all lives and write their files."""
    HISTORIES.mkdir(exist_ok=True)
    async with running(address, folder) as stack:
        put_staff(stack.record)
        for life in LIVES:
            case_id = put_household(stack.record, life.household)
            played = await play_on_engine(stack, life, case_id)
            dues = json.dumps(dues_of(played.events), ensure_ascii=False, indent=0)
            (HISTORIES / f"{stem(life)}.dues.json").write_text(dues + "\n", "utf-8")
            for number, history in enumerate(await histories_of(stack.client, case_id), 1):
                # Who played them, a process of some machine, is nobody's business.
                whole = re.sub(r'"\d+@[^"]*"', '"worker"', history.to_json())
                (HISTORIES / f"{stem(life)}.{number}.json").write_text(whole + "\n", "utf-8")


if __name__ == "__main__":
    with TemporaryDirectory() as made:
        for server in start_server(Path(made)):
            asyncio.run(store(server, Path(made)))
