"""Scripts that are written without spaces between words, as ranges for a pattern's character class."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fetch.text import SOUTH_EAST_ASIAN

# More than `fetch.text` has: rare characters too, as what is related and what has changed is told by every word. What
# the related index holds was found by these: they do not change.
HAN = "\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f"
UNSPACED = f"{SOUTH_EAST_ASIAN}\u3040-\u30ff{HAN}"
"""Thai, Lao, Burmese, Khmer, Kana, Han. The search index cuts some more into pairs, for the endings they carry."""
_MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff\u200c\u200d\ufe00-\ufe0f"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b4-\u17d3\u3099\u309a"
)
"""What stands upon a letter, or joins it to the next."""
_WORDS = re.compile(f"[{UNSPACED}][{_MARKS}]*|[^\\W_{UNSPACED}](?:['’.,·‑-]?[^\\W_{UNSPACED}]|[{_MARKS}])*")


def word_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the words of a text stand: letters and digits, with what joins them; of these scripts each character."""
    return (found.span() for found in _WORDS.finditer(text))
