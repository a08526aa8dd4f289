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
    """The counts of `FetchPlan.receipt` as said to a reader: "147 of 150 complete, 2 in part (paywalled), 1 gone"."""
    reasons = dict(counts.get("reasons", {}))
    total = sum(counts[state] for state in ("full", "part", "teaser", "failed"))
    said = [f"{counts['full']:,} of {total:,} complete"]
    if counts["part"]:
        why = ", ".join(_said(reason) for reason in counts.get("part_reasons", {}))
        said.append(f"{counts['part']:,} in part" + (f" ({why})" if why else ""))
    said += [f"{count:,} {_said(reason)}" for reason, count in reasons.items()]
    waiting = total - counts["full"] - counts["part"] - sum(reasons.values())
    return ", ".join([*said, f"{waiting:,} waiting"] if waiting > 0 else said)


def of_asked(outcomes: Mapping[str, int]) -> str:
    """What became of the pages that the reader had asked for, by reason ("": it came); "" where there were none."""
    came = outcomes.get("", 0)
    missed = [f"{count:,} {_said(reason)}" for reason, count in outcomes.items() if reason and count]
    return "of what you asked for: " + ", ".join([f"{came:,} came", *missed]) if came or missed else ""


def _said(reason: str) -> str:
    """A reason as it follows a number of articles."""
    return _SAID.get(reason, reason)
