"""Text of scripts that are written from right to left, in the order in which its letters stand on the screen.

For terminals that draw letters as they come, the first one to the left. The order is that of the Unicode Bidirectional
Algorithm (UAX #9), by python-bidi, which loads with the first such text; marks upon a letter stay behind it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from unicodedata import bidirectional

from tui.typeset.cells import clusters
from tui.typeset.line import Line, Run
from tui.typeset.wrap import has_right_to_left, right_to_left

_CLASSES = frozenset("L R AL EN ES ET AN CS NSM S WS ON".split())
"""All but what would begin or end an embedding, an isolate or a paragraph, which the gate lets none of through."""
_NEUTRAL = "•"
_ENDS = re.compile(r"(^ +| +$)")
_DOTS = re.compile(r"(^ +| +$| · )")


def line_in_visual_order(line: Line) -> tuple[Run, ...]:
    """What a line is drawn as: of a paragraph written from right to left its text as a whole, else each of its runs."""
    if not any(has_right_to_left(run.text) for run in line.runs):
        return line.runs
    if (begin := line.right_to_left_from) is not None:
        return (*line.runs[:begin], *in_visual_order(line.runs[begin:], right_to_left=True))
    return tuple(run._replace(text=_by_itself(run)) for run in line.runs)


def text_in_visual_order(text: str) -> str:
    """What a title is drawn as: facts with dots between."""
    return _by_itself(Run(text, "meta"))


def _by_itself(run: Run) -> str:
    """What a run of no paragraph is drawn as: blanks at its ends stay there, facts with dots between in their order.

    What is said is a sentence of ours, whatever name it begins with.
    """
    if not has_right_to_left(run.text):
        return run.text
    pieces = _DOTS.split(run.text) if run.role == "meta" else _ENDS.split(run.text)
    ours = run.role == "notice"
    ordered = (
        in_visual_order([Run(each, run.role)], right_to_left=not ours and right_to_left(each)) for each in pieces
    )
    return "".join(each.text for runs in ordered for each in runs)


def in_visual_order(runs: Sequence[Run], *, right_to_left: bool) -> tuple[Run, ...]:
    """What a line of text is drawn as, from the left; `right_to_left` is the direction of the paragraph it is of."""
    if not any(has_right_to_left(run.text) for run in runs):
        return tuple(runs)
    return _ordered(tuple(runs), right_to_left)


@lru_cache(maxsize=1024)
def _ordered(runs: tuple[Run, ...], right_to_left: bool) -> tuple[Run, ...]:
    pieces = [(cluster, run) for run in runs for cluster in clusters(run.text)]
    found: list[Run] = []
    leading = "".join(_known(cluster[0]) for cluster, _ in pieces)
    for place, letter in _order(leading, right_to_left):
        cluster, run = pieces[place]
        text = cluster if letter == leading[place] else letter + cluster[1:]
        if found and (found[-1].role, found[-1].href) == (run.role, run.href):
            text = found.pop().text + text
        found.append(run._replace(text=text))
    return tuple(found)


def _known(character: str) -> str:
    """The character, or for one of a class that the algorithm is not to meet a sign without any direction."""
    return character if bidirectional(character) in _CLASSES else _NEUTRAL


def _order(text: str, right_to_left: bool) -> list[tuple[int, str]]:
    """The places of a text's characters from the left, each with its character, brackets turned round."""
    from bidi import algorithm

    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = (1, "R") if right_to_left else (0, "L")
    algorithm.get_embedding_levels(text, storage)
    for place, held in enumerate(storage["chars"]):
        held["place"] = place
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    algorithm.reorder_resolved_levels(storage, False)
    algorithm.apply_mirroring(storage, False)
    return [(held["place"], held["ch"]) for held in storage["chars"]]
