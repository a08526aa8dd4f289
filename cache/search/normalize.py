"""How words are written in the index: folded, so that what people type finds what papers print; pure.

Case, diacritics and compatibility forms go; scripts without spaces between words (Han, Kana, Hangul, Thai …) are cut
into overlapping pairs of characters. Nothing is stemmed in the index, so no name is hurt: `forms` widens a word when
it is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from unicodedata import normalize

PAIRED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17d3\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003134f"
)
"""Thai to Khmer, Kana, Han, Hangul: written without spaces, or with endings glued to the word.

An entry leaves the index by the words it came in with: a range changed here needs a migration that indexes anew.
"""

_PAIRED_RUN = re.compile(f"[{PAIRED}]+")
MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u200c\u200d"
"""What is written upon or within a word and not looked for, as ranges for a character class."""
_MARKS = re.compile(f"[{MARKS}]")
_APART = re.compile("[^\\w\\s\u0900-\u0963\u0970-\u109f\u1780-\u17d3]")
_BETWEEN = "[\\s_\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]"
_INSIDE = f"[^{_BETWEEN[1:]}"
_WORD = re.compile(f"{_INSIDE}+")
_LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ħ": "h"}
_LETTER = re.compile(f"[{''.join(_LETTERS)}]")
_SIGNS = "£€" + "".join(map(chr, range(0x2010, 0x2027)))
"""What English papers set beside ASCII: quotation marks, dashes, currencies."""
_DOUBLES = re.compile("^[^aeiou]*[aeiou][bdgklmnprt]$")
_NO_PLURAL = frozenset(
    ("news", "does", "less", "ours", "this", "thus", "always", "perhaps", "yours", "series", "species")
)


def normalized(text: str, cut: Callable[[re.Match[str]], str] | None = None) -> str:
    """The text as the index holds it; its words are then what ASCII punctuation and space leave apart."""
    if (english := as_ascii(text)) is not None:
        return english.lower().replace("\x00", " ")
    text = _MARKS.sub("", normalize("NFKD", text.casefold()))
    text = _LETTER.sub(lambda found: _LETTERS[found[0]], normalize("NFC", text))
    text = _APART.sub(" ", text)
    return _PAIRED_RUN.sub(cut or _pairs, text).replace("\x00", " ")


def as_ascii(text: str) -> str | None:
    """English as papers set it, each quotation mark and dash a space; None where there is more to fold."""
    if text.isascii():
        return text
    for sign in _SIGNS:
        if sign in text:
            text = text.replace(sign, " ")
    return text if text.replace("\u00a0", "").isascii() else None


def words(text: str) -> list[str]:
    """The words of a text as they stand in the index."""
    return _WORD.findall(normalized(text))


def query_words(text: str) -> list[str]:
    """The words that must be there for a typed text to be found: of a run cut into pairs those, and no lone end."""
    return _WORD.findall(normalized(text, _whole_pairs))


def is_paired(word: str) -> bool:
    """Whether a normalized word is from a script that is cut into pairs."""
    return bool(_PAIRED_RUN.match(word))


def ends_in_lone_character(found: Sequence[str]) -> bool:
    """Whether asked words end with a lone character of an unspaced script, which is found as a pair's beginning."""
    return bool(found) and len(found[-1]) == 1 and is_paired(found[-1])


def phrase_pattern(found: Iterable[str], *, prefix: bool = False) -> re.Pattern[str]:
    """A pattern that finds these normalized words next to each other in a normalized text."""
    first, *others = map(re.escape, found)
    # The first word stands first in the pattern, so that the search leaps from one to the next.
    begins = f"{first}(?<!{_INSIDE}{first})"
    run = f"{_BETWEEN}+".join([begins, *others])
    return re.compile(run if prefix else f"{run}(?!{_INSIDE})")


def forms(word: str, *, wide: bool = False) -> list[str]:
    """The word first, then other forms of the English noun or verb it may be: plurals, and endings put on.

    `wide` takes -ed and -ing off, too: that finds "sail" for "sailing", but also "hard" for the name Harding.
    """
    found = [word]
    if word.isascii() and word.isalpha() and len(word) > 2:
        stem = _singular(word)
        found += _inflected(stem)
        for base in _bases(stem) if wide else ():
            found += _inflected(base)
    return list(dict.fromkeys(found))


def _inflected(stem: str) -> list[str]:
    if stem in _NO_PLURAL or len(stem) < 3:
        return []
    if stem.endswith("y") and stem[-2] not in "aeiou":
        return [stem, f"{stem[:-1]}ies", f"{stem[:-1]}ied", f"{stem}ing"]
    if stem.endswith("e"):
        return [stem, f"{stem}s", f"{stem}d", f"{stem[:-1]}ing"]
    ending = "es" if stem.endswith(("s", "x", "z", "ch", "sh")) else "s"
    verb = f"{stem}{stem[-1]}" if _DOUBLES.search(stem) else stem
    return [stem, f"{stem}{ending}", f"{verb}ed", f"{verb}ing"]


def _singular(word: str) -> str:
    """The word without a plural ending."""
    if word in _NO_PLURAL or not word.endswith("s") or word.endswith(("ss", "us", "is", "as", "os")) or len(word) < 5:
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("sses", "xes", "ches", "shes", "zes")) else word[:-1]


def _bases(word: str) -> list[str]:
    """What a verb may be without -ed or -ing; some of it is no word, and finds nothing."""
    ending = next((ending for ending in ("ied", "ing", "ed") if word.endswith(ending)), "")
    stem = word.removesuffix(ending)
    if not ending or len(stem) < 3:
        return []
    if ending == "ied":
        return [f"{stem}y"]
    doubled = [stem[:-1]] if stem[-1] == stem[-2] and len(stem) > 3 else []
    return [stem, f"{stem}e", *doubled]


def _pairs(run: re.Match[str]) -> str:
    """Each character with its next, and the last alone, so that one character is found as a beginning."""
    text = run[0]
    return f" {' '.join(text[at : at + 2] for at in range(len(text)))} "


def _whole_pairs(run: re.Match[str]) -> str:
    text = run[0]
    return f" {' '.join(text[at : at + 2] for at in range(max(1, len(text) - 1)))} "
