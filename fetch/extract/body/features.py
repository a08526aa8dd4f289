"""The named features of a text block, by which the story is told from what stands around it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from fetch.dates import MAY_BE_FIGURES
from fetch.extract.body.context import ABOVE, BELOW, NO_SHARE, Context, share_of
from fetch.extract.body.feature_groups import Features, grouped
from fetch.extract.body.metadata_features import SENTENCE_ENDS, is_headline, metadata_features
from fetch.extract.markup.boilerplate import (
    is_attributed,
    is_boilerplate_heading,
    tells,
    without_told,
    wordings_in,
)
from fetch.extract.markup.class_hints import BIT
from fetch.extract.markup.tokens import OpenElement, TextBlock

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
_LONGEST_WORDING = 600
_LONG = 300  # letters; of a longer text its beginning and its end tell what it is
_DIGIT, _DIGIT_OF_ASCII = re.compile(f"[{MAY_BE_FIGURES}]"), re.compile("[0-9]")
_DATED = re.compile(
    r"\d{1,2}[./ -](?:\d{1,2}|[^\W\d]{3,9}\.?)[./ -]+\d{2,4}|[^\W\d]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}"
    r"|\d{4}[-/.年]\d{1,2}|\d{1,2}:\d{2}"
)


def features_of(text_blocks: Sequence[TextBlock], context: Context) -> list[list[Features]]:
    """The features of each text block, in order, in groups that many text blocks share."""
    positions = _Positions(text_blocks, context)
    found = [_features(text_block, at, positions, context) for at, text_block in enumerate(text_blocks)]
    for at in positions.leads:
        found[at].append(_LEAD)
    return found


def _full_stops(text: str) -> int:
    """How many sentences end in the text, 3 for more."""
    count = int(text[-1] in ".!?")
    if "." in text:
        count += text.count(". ")
    if count < 2:
        if "?" in text:
            count += text.count("? ")
        if "!" in text:
            count += text.count("! ")
        if "。" in text:
            count += text.count("。")
    return count if count < 3 else 3


_SAY_MORE = 2.5  # times what a Latin letter says
_HAN_AND_KANA = re.compile("[\u3040-\U0010ffff]")


def letters_of(text: str) -> int:
    """How long a text is, in letters of an alphabet: Chinese and Japanese say as much in fewer characters."""
    length = len(text)
    if text.isascii() or 2 * len(_HAN_AND_KANA.findall(text, 0, 40)) < min(length, 40):
        return length
    return int(_SAY_MORE * length)


_MOST_ABOVE = 0.15  # a "headline" below more text than this is a link or a form's title


class _Positions:
    """Where the prose begins and ends, where the headline stands, and what has gone by so far.

    Of each text block `stops` are its sentences, `letters` its length in letters, `prose` is whether it is running
    text.
    """

    def __init__(self, text_blocks: Sequence[TextBlock], context: Context) -> None:
        self.stops: list[int] = []
        self.letters: list[int] = []
        self.prose: list[bool] = []
        for text_block in text_blocks:
            self._measure(text_block)
        prose = self.prose
        self.first = prose.index(True) if True in prose else len(prose)
        self.after = len(prose) - (prose[::-1].index(True) if True in prose else len(prose))
        self.top = self._top_of(text_blocks, context)
        self.passed = 0
        self.settings: dict[tuple[OpenElement | None, str, int], _Setting] = {}
        self.seen: dict[str, int] = {}
        self.leads: list[int] = []
        self.heading: TextBlock | None = None
        self.over = ""

    def _measure(self, text_block: TextBlock) -> None:
        text = text_block.text
        stops, letters = _full_stops(text), letters_of(text)
        self.stops.append(stops)
        self.letters.append(letters)
        self.prose.append(
            stops > 0 and letters > 60 and text_block.linked * 3 < len(text) and text_block.kind[0] != "h"
        )

    def _top_of(self, text_blocks: Sequence[TextBlock], context: Context) -> int:
        """Where the headline stands, 0 where it stands nowhere, or below too much text."""
        headlines = (at for at, one in enumerate(text_blocks) if is_headline(one.text, context))
        top = next(headlines, 0) if context.headline else 0
        above = sum([len(one.text) for one, good in zip(text_blocks[:top], self.prose, strict=False) if good])
        return 0 if above > _MOST_ABOVE * context.total else top


class _Setting(NamedTuple):
    """What the features of a block need to know of the element that holds it: the same for all of one kind beside it.

    `group` is the share of the page's text that stands beside it. `hints` is what its names say, for prose and for what
    is none; `shapes` and `standings` are the features of blocks that stand so, as far as they have been asked for.
    """

    kind: str
    group: str
    hints: tuple[Features, Features]
    shapes: _Shapes
    standings: _Standings


def _setting_of(text_block: TextBlock, positions: _Positions, context: Context) -> _Setting:
    element = text_block.element
    key = (element.parent, element.name, element.own)
    setting = positions.settings.get(key)
    if setting is None:
        own, around = element.own & context.telling, element.around & context.telling
        kind, group = _KINDS.get(element.name, "div"), context.groups.get(element.parent, NO_SHARE)
        within = element.within if element.within != context.within else ""
        setting = positions.settings[key] = _Setting(
            kind,
            group,
            hints=(_hint_group(own, around, False), _hint_group(own, around, True)),
            shapes=_shapes(kind, group, context.same_names.get((element.name, element.own), NO_SHARE)),
            standings=_standings(
                kind, within, context.is_of_another(element), context.paths.get(element.path, NO_SHARE)
            ),
        )
    return setting


def _features(text_block: TextBlock, at: int, positions: _Positions, context: Context) -> list[Features]:
    text, good, letters = text_block.text, positions.prose[at], positions.letters[at]
    length = len(text)
    setting = _setting_of(text_block, positions, context)
    hints = setting.hints[good]
    found = [
        setting.shapes[
            bisect_right(_SIZES, letters),
            share_of(text_block.linked / length) if text_block.linked else NO_SHARE,
            _ENDS.get(text[-1], "-"),
            positions.stops[at],
        ],
        setting.standings[text_block.styled >= 0.9 * length, letters >= 80, good],
        hints,
        _position_features(text_block, at, setting.kind, positions, context),
    ]
    if length < _LONGEST_WORDING and (
        not good
        or length <= 200
        or hints.names
        or setting.group in _LITTLE
        or positions.passed >= _MOST_PASSED * context.total
    ):
        wordings = wordings_in(text if length < _LONG else f"{text[:150]} {text[-150:]}")
        if wordings and (wordings := without_told(wordings, text, linked=text_block.linked)):
            found.append(grouped(*wordings) if length < 160 else _long(wordings))
    if pictures := context.near_pictures.get(id(text_block)):
        found.append(_picture_group(pictures, bisect_right(_SIZES, letters), good))
    if length < 90:
        if length < 80 and _is_dated(text) and not (positions.stops[at] == 1 and _tells_when(text)):
            found.append(_DATE)
        if length > 3 and text.isupper():
            found.append(_CAPITALS)
    if compared := metadata_features(text_block, setting.kind, setting.group, context):
        found.append(grouped(*compared))
    return found


def _is_dated(text: str) -> bool:
    return bool((_DIGIT_OF_ASCII if text.isascii() else _DIGIT).search(text)) and _DATED.search(text) is not None


def _tells_when(text: str) -> bool:
    """Whether a text with a day or an hour is a sentence of a story, as of somebody who left at 9:14."""
    if text[-1] != "." or not text[0].isupper() or text.count(" ") < _FEWEST_SPACES:
        return False
    return is_attributed(text) or (_NO_DATELINE.issuperset(wordings_in(text)) and tells(text))


_FEWEST_SPACES = 6
_NO_DATELINE = frozenset(("contact",))  # wordings that lines with the day of a story have not
_MOST_PASSED = 0.8  # of the text; what follows may be about it
_ENDS = {**dict.fromkeys(SENTENCE_ENDS, "."), ":": ":", "：": ":"}
_LITTLE = ("0", "<.05")
_DATE, _CAPITALS, _LEAD = grouped("date"), grouped("capitals"), grouped("lead")


class _Shapes(dict[tuple[int, str, str, int], Features]):
    """The features of a block itself, by its size, its share of links, its end and its sentences, found when asked."""

    def __init__(self, kind: str, group: str, like: str) -> None:
        self.kind, self.others = kind, (f"group {group}", f"like {like}")

    def __missing__(self, shape: tuple[int, str, str, int]) -> Features:
        kind, (size, links, end, stops) = self.kind, shape
        if len(self) > _MOST_SHAPES:
            self.clear()
        self[shape] = found = grouped(
            kind,
            f"{kind} {size}",
            f"links {links} {'short' if size < 4 else 'long'}",
            f"links {links} {kind}",
            f"end {end} {kind}",
            f"end {end} {min(size, 4)}",
            f"stops {stops} {kind}",
            *self.others,
        )
        return found


_MOST_SHAPES = 200  # of one kind in one place that are remembered; pages have some 25


class _Standings(dict[tuple[bool, bool, bool], Features]):
    """The features of the elements a block stands in, by whether it is styled, long and prose, found when asked."""

    def __init__(self, kind: str, within: str, other: bool, path: str) -> None:
        self.kind, self.within, self.other, self.path = kind, within, other, path

    def __missing__(self, block: tuple[bool, bool, bool]) -> Features:
        styled, long, prose = block
        suffix = " prose" if prose else ""
        found = [f"path {self.path}{suffix}"]
        if self.within:
            found.append(f"within:{self.within}{suffix}")
        if styled:
            found.append(f"styled {self.kind} {'long' if long else 'short'}")
        if self.other:
            found.append(f"other article{suffix}")
        self[block] = features = Features(tuple(found))
        return features


_shapes = lru_cache(maxsize=1024)(_Shapes)
_standings = lru_cache(maxsize=1024)(_Standings)


@lru_cache(maxsize=64)
def _picture_group(pictures: int, size: int, prose: bool) -> Features:
    kind = f"{'short' if size < 4 else 'long' if size > 5 else 'middling'}{' prose' if prose else ''}"
    below, above = pictures & BELOW, pictures & ABOVE
    return Features((f"below picture {kind}",) * bool(below) + (f"above picture {kind}",) * bool(above))


@lru_cache(maxsize=8192)
def _hint_group(own: int, around: int, prose: bool) -> Features:
    suffix = " prose" if prose else ""
    names = [f"own:{name}{suffix}" for name, bit in BIT.items() if own & bit]
    return Features((*names, *[f"in:{name}{suffix}" for name, bit in BIT.items() if around & bit]))


@lru_cache(maxsize=4096)
def _long(wordings: tuple[str, ...]) -> Features:
    return Features(tuple(f"{name} long" for name in wordings))


def _position_features(text_block: TextBlock, at: int, kind: str, positions: _Positions, context: Context) -> Features:
    """What stands before and after it, how much of the text has gone by, and what the heading above it says."""
    text, prose = text_block.text, positions.prose
    good = prose[at]
    before = "p" if at and prose[at - 1] else "-"
    after = "p" if at + 1 < len(prose) and prose[at + 1] else "-"
    edge = "head" if at < positions.first else f"tail {min(at - positions.after, 5)}" if at >= positions.after else ""
    passed = bisect_left(_PASSED, positions.passed / context.total)
    if len(text) > 40:
        positions.passed += max(0, len(text) - 2 * text_block.linked)
    under = ""
    if kind == "h":
        positions.heading = text_block
        boiler = is_boilerplate_heading(text) and not is_headline(text, context)
        positions.over = under = "boiler" if boiler else "linked" if text_block.linked >= 0.9 * len(text) else ""
    elif positions.over and positions.heading is not None:
        under = f"{positions.over} {'near' if _inside(text_block.element, positions.heading.element.parent) else 'far'}"
    again = ""
    if text in positions.seen:
        again = "again"
        if good and positions.seen[text] == at - 1:
            again = "lead"
            positions.leads.append(at - 1)
    positions.seen[text] = at
    return _position_group((kind, before + after, edge, passed, under, again, good, at < positions.top))


_PASSED = (0.0, 0.1, 0.5, 0.9, 0.999)


@lru_cache(maxsize=16384)
def _position_group(place: tuple[str, str, str, int, str, str, bool, bool]) -> Features:
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
    return Features(tuple(found))


def _inside(element: OpenElement | None, above: OpenElement | None) -> bool:
    while element is not None:
        if element is above:
            return True
        element = element.parent
    return False
