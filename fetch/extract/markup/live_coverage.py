"""What live blogs and tickers are called, in headlines and in the classes of their markup."""

from __future__ import annotations

import re

_LIVE = re.compile(
    r"\blive\b|live-?(?:blog|ticker)|ticker|en[ -]direct|en[ -]vivo|minuto[ -]a[ -]minuto|ao[ -]vivo|in[ -]diretta",
    re.IGNORECASE,
)


def says_live(words: str) -> bool:
    """Whether a headline, or the names of a class with hyphens between, speak of live coverage."""
    return _LIVE.search(words) is not None
