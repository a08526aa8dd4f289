"""What came of a sync."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Synced:
    """The sentence to show, a line for each further thing; `counts` are how many did what, by names for a script.

    `is_whole`: all was exchanged; where it is not, the sentence says what is left and why.
    """

    sentence: str
    is_whole: bool = True
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def leaves_to_fetch(self) -> bool:
        """Whether it brought what a refresh fetches more of: entries without a text, sources that were not asked."""
        return any(self.counts.get(name) for name in ("new", "sources_added"))
