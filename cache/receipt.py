"""The offline receipt: what is complete on disk, and why the rest is not, in one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_SAID = {
    "paywall": "paywalled",
    "robots": "closed to programs",
    "not an article": "no articles",
    "not found": "not found",
    "budget": "beyond the byte budget",
}


def sentence(counts: Mapping[str, Any]) -> str:
    """The counts of `Store.receipt` as a reader says them: "147 of 150 complete, 3 paywalled"."""
    reasons = dict(counts.get("reasons", {}))
    total = sum(counts[state] for state in ("full", "teaser", "failed"))
    parts = [f"{counts['full']:,} of {total:,} complete"]
    parts += [f"{count:,} {_SAID.get(reason, reason)}" for reason, count in reasons.items()]
    waiting = total - counts["full"] - sum(reasons.values())
    return ", ".join([*parts, f"{waiting:,} waiting"] if waiting > 0 else parts)
