"""The desk (办理台): what every act of a person needs at hand, and who the person is.

One function per thing a person may do lives in the other files of this room; nothing here decides anything.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar
from weakref import WeakValueDictionary

from casework.review_facts import Source
from casework.states import Actor, Role
from connectors.port import Connector
from desk.case_client import CaseClient, EngineUnavailable
from documents.evidence_store import EvidenceStore
from documents.press import Press
from notifications.gateways.failover import Gateways
from records.accounts import Account
from records.engine import Record
from records.scope import Scope
from records.standing_in import Standing

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, from the session: never from the request's body.

    `wants_to_act_for` is the colleague in whose stead the caller says it acts, where it might as well act for itself;
    `as_of` is the day by which absences are looked at, in a drill.
    """

    person: Account
    scope: Scope
    wants_to_act_for: str | None = None
    as_of: date | None = None

    @property
    def account(self) -> str:
        return self.person.account

    @property
    def role(self) -> Role:
        return self.person.role

    @property
    def area(self) -> str:
        return self.person.area

    @property
    def actor(self) -> Actor:
        """The caller in its own right; for whom it acts in a case is said in `acting.py`."""
        return Actor(account=self.account, role=self.role)


def caller_for(person: Account, standing: Standing, now: datetime, as_of: date | None) -> Caller:
    """Return a caller with its own rights and those it has in the stead of colleagues, now or (in a drill) on a day."""
    stands_in, away = standing.stand_ins(now, as_of), standing.absences(now, as_of)
    return Caller(person, replace(person.scope, stands_in=stands_in, away=away), as_of=as_of)


class Desk:
    """The services behind every act.  `drill` allows a clock and a pack of one's own when a case is opened.

    `connectors` are the sources that can be asked about people; one that is not there is not available.  `evidence` is
    the store of what people hand in and of issued papers, which `press` makes; by `gateways`, under `sign`, somebody at
    the public's door is told at once.
    """

    def __init__(
        self,
        record: Record,
        cases: CaseClient,
        *,
        evidence: EvidenceStore,
        press: Press | None = None,
        gateways: Gateways | None = None,
        sign: str = "",
        drill: bool = False,
        connectors: Mapping[Source, Connector] | None = None,
    ) -> None:
        self.record = record
        self.cases = cases
        self.drill = drill
        self.connectors = connectors or {}
        self.evidence = evidence
        self.press = press
        self.gateways = gateways
        self.sign = sign
        self._doubtful = False
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def turn(self, key: str) -> AsyncIterator[None]:
        """Let the same request wait for itself, so that a repeat never meets a half-done first."""
        lock = self._turns.get(key)
        if lock is None:
            lock = self._turns[key] = asyncio.Lock()
        async with lock:
            yield

    async def require_engine(self) -> None:
        """Refuse before anything is written while the engine is known to be away."""
        if self._doubtful:
            if not await self.cases.available():
                raise EngineUnavailable
            self._doubtful = False

    def engine_failed(self) -> None:
        """Remember that the engine did not answer; the next act asks it first."""
        self._doubtful = True


async def off_loop(work: Callable[..., T], *args: object) -> T:
    """Run a piece of record work in a thread, away from the event loop."""
    return await asyncio.to_thread(work, *args)
