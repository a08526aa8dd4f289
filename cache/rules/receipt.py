"""The offline receipt: what is complete on disk, and why the rest is not, in one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_SAID = {
    "paywall": "paywalled",
    "robots": "closed to programs",
    "not an article": "no articles",
}


def sentence(counts: Mapping[str, Any]) -> str:
    """The counts of `FetchPlan.receipt` as a reader says them: "147 of 150 complete, 3 paywalled"."""
    reasons = dict(counts.get("reasons", {}))
    total = sum(counts[state] for state in ("full", "teaser", "failed"))
    parts = [f"{counts['full']:,} of {total:,} complete"]
    parts += [f"{count:,} {_SAID.get(reason, reason)}" for reason, count in reasons.items()]
    waiting = total - counts["full"] - sum(reasons.values())
    return ", ".join([*parts, f"{waiting:,} waiting"] if waiting > 0 else parts)


def of_asked(outcomes: Mapping[str, int]) -> str:
    """What became of the pages that the reader had asked for, by reason ("": it came), to follow the receipt."""
    came = outcomes.get("", 0)
    missed = [f"{count:,} {_SAID.get(reason, reason)}" for reason, count in outcomes.items() if reason and count]
    return "; of what you asked for: " + ", ".join([f"{came:,} came", *missed]) if came or missed else ""
