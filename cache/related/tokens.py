"""The words of a story, as the index of related stories counts them.

No dictionary and no language model: words are cut at white space and folded, scripts written without spaces are cut
into pairs of characters, and a name is what stands capitalised inside a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from zlib import crc32

from cache.writing_systems import HAN, UNSPACED

_WORD = re.compile(rf"[A-Z]\.(?:[A-Z]\.)+|\d+(?:[.,]\d+)*|[{UNSPACED}]+|[^\W_{UNSPACED}]+(?:['’][^\W_]+)*")
_DIGITS = re.compile(r"\d(?<!\w\d)\d*(?:[.,]\d+)*(?!\w)")  # what stands before is looked at where a digit is
_UNSPACED_RUN = re.compile(f"[{UNSPACED}]")
_SAME_KIND = re.compile(f"[\u30a0-\u30ff]{{2,}}|[{HAN}]{{2,}}|[\u0e00-\u0eff]{{2,}}")
_MARKS = re.compile("[\u0300-\u036f]")
_LONG = 12
"""Characters between white spaces, on average, from which on they are no words that come again."""

_UNCOUNTED = """
a about above according across after again against ago ahead all almost along already also although always am
amid among an and another any anyone anything are aren't around as asked at away back be became because become
been before began behind being below best better between both but by called came can can't cannot come could
couldn't day days did didn't do does doesn't doing don't done down during each early either else end enough even
ever every far few first five for former four friday from full further gave get gets getting give given go goes
going gone good got great had hadn't half has hasn't have haven't having he he'd he'll he's her here herself
high him himself his hour hours how however i i'd i'll i'm i've if in including indeed into is isn't it it's its
itself just keep kept know known last late later least left less let let's like likely little long look made
make makes making many may maybe me might million monday more morning most mr mrs ms much must my myself near
need needs never new next night no nor not nothing now of off often old on once one only or other others our out
over own part people per percent perhaps place put quite rather really recent right said same saturday saw say
saying says second see seen several shall she she'd she'll she's should shouldn't show since six so some someone
something soon still such sunday take taken takes taking tell ten than that that's the their theirs them
themselves then there there's these they they'd they'll they're they've thing things think third this those
though three through thursday thus time times to today together told tomorrow too took toward towards tuesday
turn two under until up upon us use used using very via want wanted wants was wasn't way we we'd we'll we're
we've wednesday week weeks well went were weren't what what's when where whether which while who who's whole
whom whose why will with within without won't work would wouldn't year years yes yesterday yet you you'd you'll
you're you've your yours
der die das und den dem des ein eine einer eines ist nicht mit von für auf im zu sich auch als wie nach bei aus
um le la les du un une et est dans que qui pour sur par plus pas au aux avec ce cette ses son el los las del una
y en es por con para se su al lo como más pero il di che non della dei delle nel sono o os uma e não com na da
dos ao em de het een van op te dat met voor niet zijn и в во не на что он как по это из за от для с к но
"""
STOP_WORDS = frozenset(_UNCOUNTED.split())


def fold(word: str) -> str:
    """The form in which words are compared: lower case, compatibility forms and accents gone, English endings light."""
    if not word.isascii():
        word = unicodedata.normalize("NFKD", word.replace("’", "'"))
        word = unicodedata.normalize("NFC", _MARKS.sub("", word))
    word = word.casefold()
    if word[-1] == "." and len(word) > 2:
        return word.rstrip(".")
    if word.endswith("'s"):
        word = word[:-2]
    if len(word) > 3 and word[-1] == "s" and word[-2] not in "sui":
        return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
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
    return tuple(number(term) for word in _WORD.findall(printed) for term in _counted(word))


def _counted(word: str) -> Sequence[str]:
    if _UNSPACED_RUN.match(word):
        return pairs(word)
    if (len(word) == 1 and not word.isdigit()) or word.casefold().replace("’", "'") in STOP_WORDS:
        return ()
    return (fold(word),)


def pairs(run: str) -> list[str]:
    """The overlapping pairs of characters in a run of an unspaced script; a single character stands for itself."""
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]


def unspaced(text: str) -> list[str]:
    """The runs of unspaced scripts in a text, each cut where the kind of character changes, as names are written."""
    return _SAME_KIND.findall(text) if _UNSPACED_RUN.search(text) else []
