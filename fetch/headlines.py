"""Headlines compared: the same but for how they are set, and what tells an entry that has nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fetch.article import Teaser

_WORD = re.compile(r"\w+")


def plainest(headline: str) -> str:
    """The words of a headline, without case and punctuation."""
    return " ".join(_WORD.findall(headline.casefold()))


def alike(one: str, other: str) -> bool:
    """Whether two headlines are the same but for case, punctuation, and a site's name behind one of them."""
    shorter, longer = sorted((plainest(one), plainest(other)), key=len)
    return bool(shorter) and (shorter == longer or (" " in shorter and longer.startswith(f"{shorter} ")))


def words(headline: str) -> set[str]:
    """The words of a headline, without case."""
    return set(_WORD.findall(headline.casefold()))


def title_and_day(teaser: Teaser) -> str:
    """What an entry is that has no address and no name of its own: its title, or the file it hands out, and its day."""
    day = teaser.published.isoformat()[:10] if teaser.published else ""
    file = teaser.enclosures[0].url.partition("?")[0] if teaser.enclosures and not teaser.headline else ""
    return f"called {teaser.headline or file}\n{day}"
