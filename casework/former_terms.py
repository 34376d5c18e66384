"""The terms a case lived under before its policy changed (旧办法), and which terms hold for a day (A36).

What is counted against a household is judged by the rule valid on the day of each event; a count that spans a change is
full only when it is full under every rule that was valid on one of its days, which is the better one for the citizen.
What was promised to the household (services) stays promised while the promise runs.
"""

from collections.abc import Iterable
from datetime import date

from casework.household import Facts
from policies.groups import Contact, Promise, Publicity, Refusal, Services, Stable
from policies.groups_exits import Exit
from policies.schema import Policy


class FormerTerms(Facts):
    """The terms of a policy that this case was under: in law through `until`, in this case until `adopted_on`."""

    pack_id: str
    version: str
    until: date
    adopted_on: date
    publicity: Publicity
    promise: Promise
    services: Services
    refusal: Refusal
    contact: Contact
    exit: Exit
    stable: Stable

    @property
    def label(self) -> str:
        return f"{self.pack_id}@{self.version}"


Terms = Policy | FormerTerms
"""Whatever has the groups that counting asks for."""


def ended(policy: Policy, new: Policy, adopted_on: date) -> FormerTerms:
    """Return what a case remembers of a policy that another one takes the place of."""
    return FormerTerms(
        pack_id=policy.pack_id,
        version=policy.version,
        until=date.fromordinal(new.effective_from.toordinal() - 1),
        adopted_on=adopted_on,
        publicity=policy.publicity,
        promise=policy.promise,
        services=policy.services,
        refusal=policy.refusal,
        contact=policy.contact,
        exit=policy.exit,
        stable=policy.stable,
    )


def terms_on(former: tuple[FormerTerms, ...], policy: Policy, day: date) -> Terms:
    """Return the terms valid on a day: the earliest former ones that held then, else those of the present policy."""
    return next((terms for terms in former if day <= terms.until), policy)


def terms_under(former: tuple[FormerTerms, ...], policy: Policy, label: str) -> Terms:
    """Return the terms under which something runs that a change of policy left as it was; "" is the present policy."""
    return next((terms for terms in former if terms.label == label), policy)


def terms_over(former: tuple[FormerTerms, ...], policy: Policy, days: Iterable[date]) -> tuple[Terms, ...]:
    """Return the different terms valid on some days, in the order of the days."""
    found: list[Terms] = []
    for day in sorted(days):
        terms = terms_on(former, policy, day)
        if all(terms is not known for known in found):
            found.append(terms)
    return tuple(found)


def services_owed(former: tuple[FormerTerms, ...], policy: Policy, promised_on: date | None) -> Services:
    """Return the services the household may ask for: the most of what was in force while its promise ran."""
    owed = policy.services
    for terms in former if promised_on is not None else ():
        if promised_on is not None and terms.adopted_on >= promised_on:
            owed = _more(owed, terms.services)
    return owed


def _more(one: Services, other: Services) -> Services:
    update = {
        name: getattr(other, name)
        for name in ("guidance", "training_info", "referrals")
        if getattr(other, name).value > getattr(one, name).value
    }
    if one.per.value == "household" and other.per.value == "member":
        update["per"] = other.per
    return one.model_copy(update=update)
