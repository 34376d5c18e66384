"""Policies (办法) of the record: every content that a case ever lived by, under its pack, version and hash.

The data files of a release may change; a case is explained, and started again, by the very content it was opened under
or has adopted.  A content of an earlier release lacks the terms that came later: those are taken from the files.
"""

import json
from datetime import datetime
from functools import lru_cache
from typing import Any

from pydantic import ValidationError
from sqlalchemy import bindparam, select

from casework.case import Case
from policies.errors import PolicyError
from policies.packs import load_pack
from policies.schema import Policy
from records.engine import Reading, Writing
from records.tables_policies import policies
from records.upsert import insert_into

NOBODY = "system"
"""Who uses a policy first when a case is opened; an adopted one is used by whoever ordered it."""


def keep_policy(work: Writing, policy: Policy, now: datetime, by: str = NOBODY) -> None:
    """Remember a policy because a case is about to live by it; one that is known stays as it is."""
    row = {
        "pack_id": policy.pack_id,
        "version": policy.version,
        "hash": policy.short_hash,
        "sha256": policy.sha256,
        "effective_from": policy.effective_from,
        "content": policy.model_dump_json(),
        "first_used": now,
        "used_by": by,
    }
    known = select(policies.c.hash).where(
        policies.c.pack_id == policy.pack_id,
        policies.c.version == policy.version,
        policies.c.hash == policy.short_hash,
    )
    if work.connection.execute(known).first() is None:
        work.connection.execute(insert_into(work.connection, policies).on_conflict_do_nothing(), row)


_KEPT = (
    select(policies.c.hash, policies.c.content)
    .where(policies.c.pack_id == bindparam("pack_id"), policies.c.version == bindparam("version"))
    .order_by(policies.c.first_used.desc())
)


def policy_of(work: Reading, case: Case) -> Policy:
    """Return the policy a case lives by: its own content, else that of the same version, else the data file's.

    Raises PolicyError (`unknown_pack`, `unknown_version`) when neither the record nor the files know it.
    """
    rows = work.connection.execute(_KEPT, {"pack_id": case.pack_id, "version": case.pack_version}).all()
    found = next((r for r in rows if r.hash == case.pack_hash), rows[0] if rows else None)
    if found is None:
        return _of_the_release(case.pack_id, case.pack_version)
    return restored(found.content, case.pack_id, case.pack_version)


@lru_cache(maxsize=64)
def _of_the_release(pack_id: str, version: str) -> Policy:
    """Return a data file's policy; the files of a release stay as they are while it runs."""
    return load_pack(pack_id, version=version)


@lru_cache(maxsize=64)
def restored(content: str, pack_id: str, version: str) -> Policy:
    """Return a kept content as a policy of this release: what it does not say yet, the files say."""
    try:
        return Policy.model_validate_json(content)
    except ValidationError:
        return Policy.model_validate(_over(_from_files(pack_id, version), _parsed(content)))


def _from_files(pack_id: str, version: str) -> dict[str, Any]:
    try:
        policy = load_pack(pack_id, version=version)
    except PolicyError:
        policy = load_pack("national-2007")
    return policy.model_dump(mode="json")


def _parsed(content: str) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(content)
    return parsed


def _over(below: dict[str, Any], kept: dict[str, Any]) -> dict[str, Any]:
    """Put the kept terms over those of the files; terms that this release does not know any more are left out."""
    merged = dict(below)
    for name in below.keys() & kept.keys():
        one, other = below[name], kept[name]
        whole = "value" in other if isinstance(other, dict) else True
        merged[name] = other if whole or not isinstance(one, dict) else _over(one, other)
    return merged
