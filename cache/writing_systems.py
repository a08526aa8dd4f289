"""Scripts that are written without spaces between words, as ranges for a pattern's character class."""

from __future__ import annotations

HAN = "\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f"
UNSPACED = f"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff{HAN}"
"""Thai, Lao, Burmese, Khmer, Kana, Han. The search index cuts some more into pairs, for the endings they carry."""
