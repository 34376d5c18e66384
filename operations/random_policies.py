"""A later version of a policy, made by dice: some of the terms that a case meets, each with a basis that says so."""

from datetime import date, timedelta
from random import Random
from typing import Any

from policies.schema import Policy

BASIS = "《随机所设的办法修订》，不是真实文件"

CHOICES: dict[str, tuple[Any, ...]] = {
    "publicity.length": ("2wd", "3wd", "5wd", "7d"),
    "promise.length": ("10wd", "15wd", "20wd", "30wd", "20d", "1mo"),
    "promise.start": ("seal", "discovery"),
    "services.guidance": (1, 2),
    "services.referrals": (2, 3, 4),
    "refusal.threshold": (3, 4),
    "refusal.window": ("14d", "1mo", "2mo"),
    "refusal.scope": ("any_member", "all_members"),
    "refusal.reason_period": ("2wd", "5wd", "8wd"),
    "contact.threshold": (2, 3, 4),
    "contact.window": ("14d", "1mo", "3mo"),
    "contact.counting": ("within", "lasting"),
    "contact.distinct_days": (True, False),
    "exit.response_period": ("3wd", "5wd", "10wd"),
    "exit.on": ("one_employed", "stable"),
    "stable.after": ("3mo", "6mo", "9mo"),
    "review.first_review": ("3wd", "5wd", "8wd"),
    "review.recheck": ("3wd", "5wd", "8wd"),
    "eligibility.mixed_hukou": ("special_review", "urban"),
    "eligibility.income_test": ("none", "no_business_or_investment"),
}


def later_version(rng: Random, policy: Policy, day: date) -> Policy:
    """Return the next version of a policy, in force since a day or a few days before it, and never before the last."""
    raw = policy.model_dump(mode="json")
    for key in rng.sample(sorted(CHOICES), rng.randint(1, 6)):
        group, name = key.split(".")
        raw[group] |= {name: {"value": rng.choice(CHOICES[key]), "basis": BASIS}}
    since = max(policy.effective_from + timedelta(days=1), day - timedelta(days=rng.choice((0, 0, 3, 20))))
    number = int(policy.version.partition("-")[2] or "0") + 1
    raw |= {"version": f"{policy.version.partition('-')[0]}-{number}", "effective_from": since.isoformat()}
    return Policy.model_validate(raw)
