"""The words of a story, as the index of related stories counts them.

No dictionary and no language model: words are cut at white space and folded, scripts written without spaces are cut
into pairs of characters, and a name is what stands capitalised inside a sentence. What an inflected word loses is told
by its script alone, as an article's language is often not told at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from zlib import crc32

from cache.related import stop_words
from cache.writing_systems import HAN, UNSPACED

_SIGNS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed" + "".join(
    sign for sign in map(chr, range(0x900, 0xE00)) if unicodedata.category(sign)[0] == "M"
)
"""Accents and vowel signs that stand on a letter as characters of their own, and belong to the word."""
_RUN = rf"[^\W_{UNSPACED}]+(?:[{_SIGNS}]+[^\W_{UNSPACED}]*)*"
_WORD = re.compile(rf"[A-Z]\.(?:[A-Z]\.)+|\d+(?:[.,]\d+)*|[{UNSPACED}]+|{_RUN}(?:['’]{_RUN})*")
_DIGITS = re.compile(r"\d(?<!\w\d)\d*(?:[.,]\d+)*(?!\w)")  # what stands before is looked at where a digit is
_UNSPACED_RUN = re.compile(f"[{UNSPACED}]")
_SAME_KIND = re.compile(f"[\u30a0-\u30ff]{{2,}}|[{HAN}]{{2,}}|[\u0e00-\u0eff]{{2,}}")
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
_ELIDED = re.compile(
    r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quelqu|un|gl|d?all|d?ell|nell|sull|quest)'(?=\w\w)", re.IGNORECASE
)
"""An article or pronoun that French and Italian write together with the word behind it."""
_CYRILLIC = re.compile("[\u0400-\u052f]{4,}")
_CYRILLIC_ENDING = re.compile(
    "(?<=...)(?:иями|иях|ями|ами|ого|его|ому|ему|ыми|ими|ость|ости|ией|иям|ием|ях|ах|ям|ам|ов|ев|еи|ои|ыи|ии|ая|яя|ое|ее"
    "|ые|ие|ом|ем|ую|юю|ия|ья|ью|ла|ло|ли|ет|ут|ют|ит|ат|ят|ть|[аяоеёыиуюьй])$"
)
_ARABIC = re.compile("[\u0600-\u06ff]{4,}")
_ARABIC_ENDS = re.compile("^(?:[وف]?(?:ال|بال|كال|لل)|و(?=...))(?=..)|(?<=..)(?:ات|ون|ين|ان|يه|ية|ها|ة|ه|ي|ا)$")
_SAME_ARABIC = str.maketrans("أإآٱىؤئ", "ااااييي")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_AROUND = "".join(sign for sign in map(chr, range(128)) if not sign.isalnum() and sign != "_")
"""What of ASCII may stand around a word and is no part of it."""
_LONG = 12
"""Characters between white spaces, on average, from which on they are no words that come again."""
STOP_WORDS = frozenset(f"{stop_words.ENGLISH} {stop_words.OTHERS}".split())


def fold(word: str) -> str:
    """The form in which words are compared: lower case, compatibility forms and accents gone, English endings light."""
    if not word.isascii():
        word = unicodedata.normalize("NFKD", word.replace("’", "'"))
        word = unicodedata.normalize("NFC", _MARKS.sub("", word)) or word
    word = word.casefold()
    if word[0].isdigit():
        return _numeral(word)
    if word[0] > "\u03ff":
        return _uninflected(word)
    if word[-1] == "." and len(word) > 2:
        return word.rstrip(".")
    if word.endswith("'s"):
        word = word[:-2]
    if len(word) > 3 and word[-1] == "s" and word[-2] not in "sui":
        return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
    return word


def _numeral(word: str) -> str:
    """A number as English writes it: "8,7" is 8.7, "12.000" 12,000, "٤٢" 42; what is joined otherwise stays."""
    if not word.isascii():
        word = "".join(str(unicodedata.decimal(digit, digit)) for digit in word)
    if _THOUSANDS.fullmatch(word):
        return word.replace(".", ",")
    return word.replace(",", ".") if word.count(",") == 1 and "." not in word and word[-4:-3] != "," else word


def _uninflected(word: str) -> str:
    """A word of a script by which its endings are known without the article or ending it bears; others as they are."""
    if _CYRILLIC.fullmatch(word):
        return _CYRILLIC_ENDING.sub("", word) or word
    if _ARABIC.fullmatch(word):
        return _ARABIC_ENDS.sub("", word.translate(_SAME_ARABIC)) or word
    return word


def terms(text: str) -> list[str]:
    """The words worth counting, folded, in order, stop words left out; unspaced scripts as pairs of characters."""
    return [term for word in _WORD.findall(text) for term in _counted(word)]


def numbers(text: str) -> list[int]:
    """The words worth counting as the index knows them: the CRC-32 of each, cut to 27 bits."""
    printed = text.split()  # no word goes on beyond white space
    known = _numbered if len(text) < _LONG * len(printed) else _numbered.__wrapped__
    return [*chain.from_iterable(map(known, printed))]


def numerals(text: str) -> set[int]:
    """The words that are written in digits, as the index knows them."""
    return {number(fold(digits)) for digits in _DIGITS.findall(text)}


def number(term: str) -> int:
    """A folded word as the index knows it."""
    return crc32(term.encode()) & 0x7FFFFFF


@lru_cache(maxsize=20_000)
def _numbered(printed: str) -> tuple[int, ...]:
    """The words in what stands between two white spaces, as the index knows them."""
    if printed.isascii() and (word := printed.strip(_AROUND)).isalpha():  # most are, and need none of the patterns
        return (number(fold(word)),) if len(word) > 1 and word.lower() not in STOP_WORDS else ()
    return tuple(number(term) for word in _WORD.findall(printed) for term in _counted(word))


def _counted(word: str) -> Sequence[str]:
    if _UNSPACED_RUN.match(word):
        return [pair for pair in pairs(word) if pair not in STOP_WORDS]
    if "'" in word or "’" in word:
        word = _ELIDED.sub("", word.replace("’", "'"), count=1)
    if (len(word) == 1 and not word.isdigit()) or word.casefold() in STOP_WORDS:
        return ()
    return (fold(word),)


def pairs(run: str) -> list[str]:
    """The overlapping pairs of characters in a run of an unspaced script; a single character stands for itself."""
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]


def unspaced(text: str) -> list[str]:
    """The runs of unspaced scripts in a text, each cut where the kind of character changes, as names are written."""
    return _SAME_KIND.findall(text) if _UNSPACED_RUN.search(text) else []
