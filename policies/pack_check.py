"""Check a pack before anybody lives by it (办法检查): what is wrong, what looks odd, each with file, line and words.

`packs.py` refuses what the rules could not use; here are also the things that are possible and yet a mistake.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from policies.errors import Finding, PolicyError
from policies.pack_diff import terms_of
from policies.pack_files import PACKS, PackFile, chosen, pack_ids, read_file, split_label
from policies.packs import chain_of, load_pack, policy_of
from policies.schema import Policy
from policies.term_words import called
from policies.terms import Unit
from policies.toml_lines import line_of

A_BASIS = re.compile(r"内部规定：.{4,}|.*〔\d{4}〕\d+号|《.+》|.{1,20}法(典)?第")
"""The office's own rule with its reason, or a document by its number, its title, or the law's article."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a check: the policy when it can be used, mistakes, and hints that stop nobody."""

    file: PackFile | None
    policy: Policy | None
    chain: tuple[PackFile, ...]
    errors: tuple[Finding, ...]
    hints: tuple[Finding, ...] = ()


def named(name: str, directory: Path = PACKS) -> PackFile:
    """Return the file that a person names: a path, or a pack's id with or without a version.  Raises PolicyError."""
    if "/" not in name and not name.endswith(".toml"):
        pack_id, version = split_label(name)
        return chosen(pack_id, directory, version=version)
    path = Path(name)
    if not path.is_file():
        raise PolicyError("unknown_pack", f"没有这个文件，或它不是普通文件：{path}", key="pack_id")
    return read_file(path)


def parents_of(name: str, directory: Path = PACKS) -> Path:
    """Return where the parents of a named file are looked for: beside it when it has them there, else in the packs."""
    folder = Path(name).parent
    if "/" not in name and not name.endswith(".toml"):
        return directory
    try:
        return folder if len(chain_of(named(name, directory), folder)) > 1 else directory
    except PolicyError:
        return directory


def policy_named(name: str, directory: Path = PACKS) -> Policy:
    """Return the whole policy that a person names.  Raises PolicyError."""
    return policy_of(named(name, directory), parents_of(name, directory))


def check(name: str, directory: Path = PACKS) -> Checked:
    """Check a file or a pack; whatever is wrong is in the answer, nothing is raised."""
    file = None
    try:
        file = named(name, directory)
        where = parents_of(name, directory)
        chain = chain_of(file, where)
        policy = policy_of(file, where)
    except PolicyError as error:
        whole = Finding(error.file or name, error.key or "（整个文件）", error.message, error.line)
        return Checked(file, None, (), error.findings or (whole,))
    return Checked(file, policy, chain, _errors(policy, chain), _hints(policy, chain, where))


def _errors(policy: Policy, chain: tuple[PackFile, ...]) -> tuple[Finding, ...]:
    found = [
        _finding(key, chain, "依据应以“内部规定：”加理由开头，或写明文件（文号、书名号）和条款")
        for key, term in terms_of(policy)
        if term is not None and not A_BASIS.match(term.basis)
    ]
    refusal, contact = policy.refusal, policy.contact
    if refusal.warning_at.value >= refusal.threshold.value:
        found.append(_finding("refusal.warning_at", chain, "须小于拒绝次数（threshold），否则来不及提醒"))
    if contact.min_channels.value > contact.threshold.value:
        found.append(_finding("contact.min_channels", chain, "多于未联系上的次数（threshold），永远达不到"))
    return tuple(found)


def _hints(policy: Policy, chain: tuple[PackFile, ...], directory: Path) -> tuple[Finding, ...]:
    found = []
    promise = policy.promise
    by_days = promise.length.value.unit is not Unit.WORKING_DAYS
    if by_days and not promise.rolls:
        found.append(_finding("promise.roll", chain, "承诺按日或按月计算，最后一日遇休息日一般顺延，应写 following"))
    if not by_days and promise.rolls:
        found.append(_finding("promise.roll", chain, "承诺按工作日计算，不会在休息日届满，写 none 即可"))
    before = promise.remind_before.value
    if list(before) != sorted(set(before), reverse=True):
        found.append(_finding("promise.remind_before", chain, "应由早到晚排列，如 [5, 2]"))
    found += _repeated(policy, chain, directory)
    for other in pack_ids(directory):
        if other == policy.pack_id or other == policy.replaces:
            continue
        shared = sorted(set(policy.areas) & set(load_pack(other, directory).areas))
        if shared:
            found.append(_finding("areas", chain, f"与 {other} 都写了 {'、'.join(shared)}；取代它的应写 replaces"))
    return tuple(found)


def _repeated(policy: Policy, chain: tuple[PackFile, ...], directory: Path) -> list[Finding]:
    """Return the terms of the file that say word for word what is above it anyway."""
    if len(chain) < 2:
        return []
    above = dict(terms_of(policy_of(chain[1], directory)))
    own = dict(terms_of(policy))
    return [
        _finding(f"{group}.{name}", chain, f"与 {chain[1].label} 完全相同，可以不写")
        for group, terms in chain[0].raw.items()
        if isinstance(terms, dict)
        for name in terms
        if own.get(f"{group}.{name}") == above.get(f"{group}.{name}")
    ]


def _finding(key: str, chain: tuple[PackFile, ...], reason: str) -> Finding:
    """Say where a term is written: in the nearest file that has it."""
    group, _, name = key.partition(".")
    for file in chain:
        terms = file.raw.get(group)
        if name and isinstance(terms, dict) and name in terms:
            return Finding(file.file, key, f"{called(key)}：{reason}", line_of(file.text, (group, name)))
    return Finding(chain[0].file, key, reason, line_of(chain[0].text, tuple(key.split("."))))


def check_lines(checked: Checked) -> tuple[str, ...]:
    """Return the answer in lines for a person."""
    lines = []
    if checked.policy is not None:
        policy, terms = checked.policy, [(k, t) for k, t in terms_of(checked.policy) if t is not None]
        day = policy.effective_from
        lines.append(f"{policy.label}　{policy.name}，自{day.year}年{day.month}月{day.day}日起施行")
        written = [f"{file.label} {count}项" for file, count in _sources([key for key, _ in terms], checked.chain)]
        internal = sum(term.internal for _, term in terms)
        lines.append(f"共{len(terms)}项：{'，'.join(written)}；其中内部规定{internal}项，其余都有文件依据。")
    lines += [f"错误　{finding.words}" for finding in checked.errors]
    lines += [f"提示　{finding.words}" for finding in checked.hints]
    lines.append(f"有{len(checked.errors)}处错误，不能使用。" if checked.errors else "检查通过，可以使用。")
    return tuple(lines)


def _sources(keys: list[str], chain: tuple[PackFile, ...]) -> list[tuple[PackFile, int]]:
    """Return how many terms come from each file, the nearest first."""
    counts = {file.label: 0 for file in chain}
    raws = [(file.label, file.raw) for file in chain]
    for key in keys:
        group, _, name = key.partition(".")
        label = next((one for one, raw in raws if name in (raw.get(group) or {})), chain[-1].label)
        counts[label] += 1
    return [(file, counts[file.label]) for file in chain]
