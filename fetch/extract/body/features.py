"""What can be seen of a passage that tells the story from what stands around it, as named signs."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeAlias

from fetch.extract.body.context import ABOVE, BELOW, Context, squeezed
from fetch.extract.markup.boilerplate_phrases import is_boiler, wordings_in
from fetch.extract.markup.class_hints import BIT
from fetch.extract.markup.tokenizer import Holder, Passage

_KINDS = {
    "p": "p",
    "li": "li",
    "td": "td",
    "th": "td",
    "pre": "pre",
    "figcaption": "caption",
    "caption": "caption",
    "credit": "caption",
}
_KINDS |= {f"h{level}": "h" for level in range(1, 7)} | {"dd": "li", "dt": "li"}
_SIZES = (12, 25, 45, 80, 140, 250, 500)
_SENTENCE_ENDS = frozenset(".!?…”\"'’»。！？」』।؟")
_LONGEST_WORDING = 600
_FIGURE = re.compile(r"\d")
_DATED = re.compile(
    r"\d{1,2}[./ -](?:\d{1,2}|[^\W\d]{3,9}\.?)[./ -]+\d{2,4}|[^\W\d]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}"
    r"|\d{4}[-/.年]\d{1,2}|\d{1,2}:\d{2}"
)


Signs: TypeAlias = tuple[str, ...]


def signs_of(passages: Sequence[Passage], context: Context) -> list[list[Signs]]:
    """The signs of each passage, in order, in groups that many passages share."""
    places = _Places(passages, context)
    found = [_signs(passage, at, places, context) for at, passage in enumerate(passages)]
    for at in places.leads:
        found[at].append(_LEAD)
    return found


def _full_stops(text: str) -> int:
    """How many sentences end in the text, 3 for more."""
    count = text.count(". ") + (text[-1] in ".!?")
    if count < 2:
        count += text.count("? ") + text.count("! ") + text.count("。")
    return min(3, count)


def _is_prose(passage: Passage, stops: int, letters: int) -> bool:
    return stops > 0 and letters > 60 and passage.linked * 3 < len(passage.text) and passage.kind[0] != "h"


_SAY_MORE = 2.5  # times what a Latin letter says
_HAN_AND_KANA = re.compile("[\u3040-\U0010ffff]")


def letters_of(text: str) -> int:
    """How long a text is, in letters of an alphabet: Chinese and Japanese say as much in fewer signs."""
    length = len(text)
    if text.isascii() or 2 * len(_HAN_AND_KANA.findall(text, 0, 40)) < min(length, 40):
        return length
    return int(_SAY_MORE * length)


_MOST_ABOVE = 0.15  # a "headline" below more text than this is a link or a form's title


class _Places:
    """Where the prose begins and ends, where the headline stands, and what has gone by so far."""

    def __init__(self, passages: Sequence[Passage], context: Context) -> None:
        self.stops = [_full_stops(passage.text) for passage in passages]
        self.letters = [letters_of(passage.text) for passage in passages]
        self.prose = prose = list(map(_is_prose, passages, self.stops, self.letters))
        self.first = next((at for at, good in enumerate(prose) if good), len(prose))
        self.after = len(prose) - next((at for at, good in enumerate(reversed(prose)) if good), len(prose))
        size = len(context.headline)
        self.top = next((at for at, passage in enumerate(passages) if size and _is_headline(passage.text, context)), 0)
        above = sum([len(passage.text) for passage, good in zip(passages[: self.top], prose, strict=False) if good])
        if above > _MOST_ABOVE * context.total:
            self.top = 0
        self.passed = 0
        self.seen: dict[str, int] = {}
        self.leads: list[int] = []
        self.heading: Passage | None = None
        self.over = ""


def _signs(passage: Passage, at: int, places: _Places, context: Context) -> list[Signs]:
    text, holder, good = passage.text, passage.holder, places.prose[at]
    length = len(text)
    kind = _KINDS.get(passage.kind, "div")
    group = _share(context.groups.get(holder.parent, 0) / context.total)
    hinted = _hinted(holder.own & context.telling, holder.around & context.telling, good)
    found = [*_looks(passage, at, group, places, context), hinted, _placed(passage, at, kind, places, context)]
    sure = good and length > 200 and places.passed < 0.8 * context.total and not hinted and group not in _LITTLE
    if not sure and length < _LONGEST_WORDING and (wordings := wordings_in(text)):
        found.append(wordings if length < 160 else _long(wordings))
    if pictures := context.beside.get(id(passage)):
        found.append(_pictured(pictures, bisect_right(_SIZES, places.letters[at]), good))
    if length < 80 and _FIGURE.search(text) and _DATED.search(text):
        found.append(_DATE)
    if 3 < length < 90 and text.isupper():
        found.append(_CAPITALS)
    if known := _known(passage, kind, group, context):
        found.append(known)
    return found


def _looks(passage: Passage, at: int, group: str, places: _Places, context: Context) -> tuple[Signs, Signs]:
    """What it is like itself, and what stands in elements of the same names."""
    text, holder = passage.text, passage.holder
    kind, length, letters = _KINDS.get(passage.kind, "div"), len(text), places.letters[at]
    end = "." if text[-1] in _SENTENCE_ENDS else ":" if text[-1] in ":：" else "-"
    size, linked = bisect_right(_SIZES, letters), _share(passage.linked / length)
    like = _share(context.likes.get((passage.kind, holder.own), 0) / context.total)
    path = _share(context.paths.get(holder.path, 0) / context.total)
    within = holder.within if holder.within != context.within else ""
    styled, other = passage.styled >= 0.9 * length, context.article not in (None, holder.article)
    return (
        _shape((kind, size, linked, end, places.stops[at], group, like)),
        _setting((kind, within, styled, letters >= 80, places.prose[at], other, path)),
    )


_LITTLE = ("0", "<.05")
_DATE, _CAPITALS, _LEAD = ("date",), ("capitals",), ("lead",)


@lru_cache(maxsize=16384)
def _shape(form: tuple[str, int, str, str, int, str, str]) -> Signs:
    kind, size, links, end, stops, group, like = form
    return (
        kind,
        f"{kind} {size}",
        f"links {links} {'short' if size < 4 else 'long'}",
        f"links {links} {kind}",
        f"end {end} {kind}",
        f"end {end} {min(size, 4)}",
        f"stops {stops} {kind}",
        f"group {group}",
        f"like {like}",
    )


@lru_cache(maxsize=1024)
def _setting(setting: tuple[str, str, bool, bool, bool, bool, str]) -> Signs:
    kind, within, styled, long, prose, other, path = setting
    suffix = " prose" if prose else ""
    found = [f"path {path}{suffix}"]
    if within:
        found.append(f"within:{within}{suffix}")
    if styled:
        found.append(f"styled {kind} {'long' if long else 'short'}")
    if other:
        found.append(f"other article{suffix}")
    return tuple(found)


@lru_cache(maxsize=64)
def _pictured(pictures: int, size: int, prose: bool) -> Signs:
    kind = f"{'short' if size < 4 else 'long' if size > 5 else 'middling'}{' prose' if prose else ''}"
    below, above = pictures & BELOW, pictures & ABOVE
    return (f"below picture {kind}",) * bool(below) + (f"above picture {kind}",) * bool(above)


@lru_cache(maxsize=8192)
def _hinted(own: int, around: int, prose: bool) -> Signs:
    suffix = " prose" if prose else ""
    names = [f"own:{name}{suffix}" for name, bit in BIT.items() if own & bit]
    return tuple(names + [f"in:{name}{suffix}" for name, bit in BIT.items() if around & bit])


@lru_cache(maxsize=4096)
def _long(wordings: Signs) -> Signs:
    return tuple(f"{name} long" for name in wordings)


def _placed(passage: Passage, at: int, kind: str, places: _Places, context: Context) -> Signs:
    """What stands before and after it, how much of the text has gone by, and what the heading above it says."""
    text, prose = passage.text, places.prose
    good = prose[at]
    before = "p" if at and prose[at - 1] else "-"
    after = "p" if at + 1 < len(prose) and prose[at + 1] else "-"
    edge = "head" if at < places.first else f"tail {min(at - places.after, 5)}" if at >= places.after else ""
    passed = bisect_left(_PASSED, places.passed / context.total)
    if len(text) > 40:
        places.passed += max(0, len(text) - 2 * passage.linked)
    under = ""
    if kind == "h":
        places.heading = passage
        places.over = under = "boiler" if is_boiler(text) else "linked" if passage.linked >= 0.9 * len(text) else ""
    elif places.over and places.heading is not None:
        under = f"{places.over} {'near' if _inside(passage.holder, places.heading.holder.parent) else 'far'}"
    again = ""
    if text in places.seen:
        again = "again"
        if good and places.seen[text] == at - 1:
            again = "lead"
            places.leads.append(at - 1)
    places.seen[text] = at
    return _place((kind, before + after, edge, passed, under, again, good, at < places.top))


_PASSED = (0.0, 0.1, 0.5, 0.9, 0.999)


@lru_cache(maxsize=16384)
def _place(place: tuple[str, str, str, int, str, str, bool, bool]) -> Signs:
    kind, around, edge, passed, under, again, prose, above = place
    suffix = " prose" if prose else ""
    found = [f"around:{around} {kind}", f"passed {passed}"]
    if edge:
        found.append(f"place:{edge}")
    if under:
        found.append(f"heading:{under}" if kind == "h" else f"under:{under}{suffix}")
    if again:
        found.append("said twice" if again == "lead" else f"again{suffix}")
    if above:
        found.append(f"above headline{suffix}")
    return tuple(found)


def _inside(holder: Holder | None, above: Holder | None) -> bool:
    while holder is not None:
        if holder is above:
            return True
        holder = holder.parent
    return False


_LIMITS = (0.05, 0.25, 0.6, 0.9)
_SHARES = ("<.05", "<.25", "<.6", "<.9", "1")


def _share(share: float) -> str:
    return _SHARES[bisect_right(_LIMITS, share)] if share else "0"


def _is_headline(text: str, context: Context) -> bool:
    return -3 < len(text) - len(context.headline) < 40 and squeezed(text) == context.headline


def _known(passage: Passage, kind: str, group: str, context: Context) -> Signs:
    """How the passage compares with what the page's head says: articleBody, headline, description, authors."""
    found = []
    text = passage.text
    length = len(text)
    if context.claimed:
        probe = squeezed(text[:60])[:40]
        said = probe in context.claimed or (length > 100 and squeezed(text[-60:])[-40:] in context.claimed)
        found.append(f"claimed {'yes' if said else 'no'} {'long' if length > 30 else 'short'} {kind}")
    if length < 140 and context.byline and _is_byline(text, context):
        found.append("same:byline")
    if context.headline and _is_headline(text, context):
        found.append("same:headline")
    if length > 30 and context.dek and context.dek.startswith(text[:-3][:120]):
        named = (passage.holder.own | passage.holder.around) & context.telling & _DEK_NAMES
        found.append(f"same:dek {'named' if named else group}")
    return tuple(found)


_DEK_NAMES = BIT["dek"] | BIT["header"]
_BY_WORDS = re.compile(
    r"by|from|von|par|por|di|da|af|av|door|text|story|written|posted|and|und|et|y|e|och|og|автор|作者|記者|记者|文"
)


def _is_byline(text: str, context: Context) -> bool:
    """Whether a text holds the authors' names and only the words of a byline besides, or opens with "By" and a name."""
    folded = text.casefold()
    if not any(word in folded for word in context.telltales):
        return False
    key, names = squeezed(folded), context.byline
    rest = key
    for name in names:
        rest = rest.replace(name, "")
    if rest == key:
        return False
    opens = bool(_BY_WORD.match(key)) and any(_BY_WORD.sub("", key, count=1).startswith(name) for name in names)
    return not _BY_WORDS.sub("", rest) or (opens and text[-1] not in _SENTENCE_ENDS)


_BY_WORD = re.compile(r"by|from|von|par|por|di|door|text|story|words")
