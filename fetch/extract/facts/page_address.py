"""A page's address as evidence: where it stands, and the words in its path."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit

_KEPT = re.compile(r"https?://[^/]+/.*?(https?://.+)")
_KEPT_SINCE = re.compile(
    r"https?://[^/]+/(?:[^?#]*/)?\d{14}(?:[a-z]{2}_)?/([\w-]+(?:\.[\w-]+)+/.*)"
)  # the moment it was kept
_WORD = re.compile(r"[^\W_]+")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "æ": "ae", "ł": "l"})
_MOST_LETTERS = 400


@lru_cache(maxsize=16)
def own_address(url: str) -> str:
    """The address at which a page came out, where an archive keeps it under its own."""
    if kept := _KEPT.match(url):
        return kept[1]
    kept = _KEPT_SINCE.match(url)
    return f"http://{kept[1]}" if kept else url


def address_words(url: str) -> frozenset[str]:
    """The words in an address behind its host, as `plain_words` writes them."""
    parts = urlsplit(own_address(url))
    return frozenset(plain_words(f"{parts.path} {parts.query}"))


def plain_words(text: str) -> set[str]:
    """The words and numbers of a text as addresses write them: small, without accents; no single letters."""
    text = text[:_MOST_LETTERS].lower()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_UMLAUTS))
        text = "".join([letter for letter in text if not unicodedata.combining(letter)])
    return {word for word in _WORD.findall(text) if len(word) > 1 or word.isdigit()}
