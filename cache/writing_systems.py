"""Scripts that are written without spaces between words, as ranges for a pattern's character class."""

from __future__ import annotations

from fetch.text import SOUTH_EAST_ASIAN

# More than `fetch.text` has: rare characters too, as what is related and what has changed is told by every word. What
# the related index holds was found by these: they do not change.
HAN = "\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f"
UNSPACED = f"{SOUTH_EAST_ASIAN}\u3040-\u30ff{HAN}"
"""Thai, Lao, Burmese, Khmer, Kana, Han. The search index cuts some more into pairs, for the endings they carry."""
