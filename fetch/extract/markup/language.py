"""The language a text is written in: by its script, and among those that share one by their commonest words."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain

from fetch.extract.markup.language_words import COMMON_WORDS

_READ = 1_200  # characters; more of a text says no more
_FEWEST_WORDS = 25
_CLEAR = 1.6  # times the runner-up
_SHARE = 0.10  # of all words must be common ones of the language

_SCRIPTS = (
    ("ja", re.compile("[\u3041-\u30fa]")),  # kana come first: Japanese is written with Chinese characters too
    ("ko", re.compile("[\uac00-\ud7a3]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("th", re.compile("[\u0e01-\u0e4e]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("hi", re.compile("[\u0904-\u0939]")),
)
_SOME_SCRIPT = re.compile("[\u0370-\u03ff\u05d0-\u0e4e\u3041-\u9fff\uac00-\ud7a3]")  # any of them
_OF_SCRIPT = 0.15  # of the characters

_SPOKEN_IN: dict[str, tuple[str, ...]] = {}
for _language, _words in COMMON_WORDS.items():
    for _word in set(_words.split()):
        _SPOKEN_IN[_word] = (*_SPOKEN_IN.get(_word, ()), _language)

_ALIKE = ({"no", "nb", "nn", "da"}, {"sr", "hr", "bs", "sh"}, {"id", "ms"}, {"fa", "prs"}, {"he", "iw"})


def language_of(text: str) -> str:
    """The language as a BCP 47 tag of two letters, "" where the text is short or does not say clearly."""
    text = text[:_READ]
    for language, script in _SCRIPTS if not text.isascii() and _SOME_SCRIPT.search(text) else ():
        if len(script.findall(text)) > _OF_SCRIPT * len(text) > 0:
            return language
    words = text.lower().split()
    if len(words) < _FEWEST_WORDS:
        return ""
    known = [_SPOKEN_IN[word] for word in words if word in _SPOKEN_IN]
    spoken = Counter(chain.from_iterable(known))
    (best, votes), (_, others) = [*spoken.most_common(2), ("", 0), ("", 0)][:2]
    return best if votes >= _SHARE * len(words) and votes >= _CLEAR * others else ""


def resolve_language(claimed: str, text: str) -> str:
    """The language a page claims, unless its text plainly is in another; the text's own where nothing is claimed."""
    first = claimed.partition("-")[0].lower()
    if first not in _KNOWN and first:
        return claimed
    written = language_of(text)
    if not written or written == first or any({written, first} <= alike for alike in _ALIKE):
        return claimed
    return written


_KNOWN = {*COMMON_WORDS, *(language for language, _ in _SCRIPTS), "nb", "nn"}
