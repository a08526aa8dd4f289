"""Which passages are the story: the weights of a passage's signs added up, then seen among its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import log
from operator import mul
from typing import NamedTuple

from fetch.extract.body.context import Context
from fetch.extract.body.feature_weights import AMONG, BIAS, WEIGHTS
from fetch.extract.body.features import Signs, signs_of
from fetch.extract.facts.metadata import Facts
from fetch.extract.markup.tokenizer import Holder, Mark, Passage, Piece

_MOST = 4.0
NOT_TEXT = frozenset(
    ("same:headline", "same:byline", "same:dek named", "lead", "above headline", "above headline prose")
)
# What stands above the headline; headline and byline said again; the dek, which is no text; and the lead that the first
# paragraph says again.
_NEVER = -9.0


class Verdict(NamedTuple):
    """A passage with its signs and what they came to; above 0 it belongs to the story."""

    passage: Passage
    signs: list[Signs]
    alone: float
    score: float


def keep(pieces: Sequence[Piece], known: Facts) -> set[int]:
    """The `id` of each passage that belongs to the story, and of the pictures that stand among them."""
    verdicts = weigh(pieces, known)
    kept = {id(verdict.passage) for verdict in verdicts if verdict.score > 0}
    kept |= _tables(pieces, kept)
    return kept | _captions(verdicts) | _among(pieces, kept)


def _tables(pieces: Sequence[Piece], kept: set[int]) -> set[int]:
    """The cells of tables with header cells or a caption, after kept text: a table is whole or it is nothing."""
    found: set[int] = set()
    cells: list[Passage] = []
    depth, headed, begun = 0, False, False
    for piece in pieces:
        if isinstance(piece, Mark):
            if piece.name == "table":
                depth += 1
            elif piece.name == "/table":
                depth -= 1
                if depth == 0:
                    found |= {id(cell) for cell in cells} if headed and begun and _is_of_figures(cells) else set()
                    cells, headed = [], False
            elif depth and piece.name in ("th", "caption"):
                headed = True
        elif isinstance(piece, Passage):
            if depth:
                cells.append(piece)
            else:
                begun = begun or id(piece) in kept
    return found


def _is_of_figures(cells: Sequence[Passage]) -> bool:
    """Whether the cells hold words and numbers, and not links to elsewhere."""
    letters = sum([len(cell.text) for cell in cells])
    return len(cells) > 3 and 2 * sum([cell.linked for cell in cells]) < letters < 150 * len(cells)


def weigh(pieces: Sequence[Piece], known: Facts) -> list[Verdict]:
    """What the weights say of each passage, in order."""
    passages = [piece for piece in pieces if isinstance(piece, Passage)]
    signs = signs_in(pieces, known)
    alone = [BIAS + sum(map(_weight, groups)) for groups in signs]
    verdicts = []
    for passage, groups, own, company in zip(passages, signs, alone, company_of(passages, alone), strict=True):
        score = _NEVER if any(map(_bars, groups[3:])) else _LEAN + sum(map(mul, _COMPANY_WEIGHTS, company))
        verdicts.append(Verdict(passage, groups, own, score))
    return verdicts


def signs_in(pieces: Sequence[Piece], known: Facts) -> list[list[Signs]]:
    """The signs of each passage, in order."""
    passages = [piece for piece in pieces if isinstance(piece, Passage)]
    return signs_of(passages, Context(pieces, known))


@lru_cache(maxsize=8192)
def _bars(signs: Signs) -> bool:
    return not NOT_TEXT.isdisjoint(signs)


@lru_cache(maxsize=32768)
def _weight(signs: Signs) -> float:
    return sum([WEIGHTS.get(sign, 0.0) for sign in signs])


COMPANY = ("alone", "before", "after", "group", "away", "length")
_LEAN = AMONG["bias"]
_COMPANY_WEIGHTS = tuple(AMONG[name] for name in COMPANY)


def company_of(passages: Sequence[Passage], alone: Sequence[float]) -> list[tuple[float, ...]]:
    """For each passage its own score, its neighbours', its holder's, its distance from the main run, and its length."""
    if not passages:
        return []
    clipped = [max(-_MOST, min(_MOST, score)) for score in alone]
    sizes = [min(len(passage.text) // 6, 60) + 3 for passage in passages]
    groups = _group_means(passages, clipped, sizes)
    start, end = _main_run(clipped, sizes)
    return [
        (
            score,
            before,
            after,
            groups[passage.holder.parent],
            0 if start <= at < end else min(5, max(start - at, at - end + 1)),
            log(1 + len(passage.text) / 6),
        )
        for at, (passage, before, score, after) in enumerate(
            zip(passages, [-2.0, *clipped[:-1]], clipped, [*clipped[1:], -2.0], strict=True)
        )
    ]


def _group_means(
    passages: Sequence[Passage], scores: Sequence[float], sizes: Sequence[int]
) -> dict[Holder | None, float]:
    sums: dict[Holder | None, float] = {}
    masses: dict[Holder | None, int] = {}
    for passage, score, size in zip(passages, scores, sizes, strict=True):
        group = passage.holder.parent
        sums[group] = sums.get(group, 0.0) + score * size
        masses[group] = masses.get(group, 0) + size
    return {group: total / masses[group] for group, total in sums.items()}


def _main_run(scores: Sequence[float], sizes: Sequence[int]) -> tuple[int, int]:
    """From where to where the passages add up to most."""
    best = current = 0.0
    start = best_start = best_end = 0
    for at, (score, size) in enumerate(zip(scores, sizes, strict=True)):
        if current <= 0:
            current, start = 0.0, at
        current += score * size
        if current > best:
            best, best_start, best_end = current, start, at + 1
    return best_start, best_end


_IN_FIGURES = frozenset(("figure", "figcaption", "credit"))


def _captions(verdicts: Sequence[Verdict]) -> set[int]:
    """Captions stay with their figures; they are no part of the text."""
    return {id(verdict.passage) for verdict in verdicts if verdict.passage.holder.within in _IN_FIGURES}


_ABOVE = 15  # pieces: a lead picture stands above the first paragraph


def _among(pieces: Sequence[Piece], kept: set[int]) -> set[int]:
    """The pictures and embeds from shortly above the first passage kept to the last."""
    places = [at for at, piece in enumerate(pieces) if id(piece) in kept]
    if not places:
        return set()
    start = max(0, places[0] - _ABOVE)
    return {id(piece) for piece in pieces[start : places[-1]] if not isinstance(piece, Passage)}
