"""Which text blocks are the story: the weights of a block's features added up, then corrected by its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import log
from typing import NamedTuple

from fetch.extract.body.appeals import appeals_among
from fetch.extract.body.closing_quotes import closing_quotes, speakers
from fetch.extract.body.context import Context, byline_of
from fetch.extract.body.feature_groups import Features
from fetch.extract.body.feature_weights import BIAS, NEIGHBOUR_WEIGHTS
from fetch.extract.body.features import features_of
from fetch.extract.body.furniture_lines import furniture_lines
from fetch.extract.body.left_over import empty_headings, template_marks
from fetch.extract.body.lists_tables_code import wholes_among
from fetch.extract.body.metadata_features import is_byline
from fetch.extract.body.never_the_story import apart_ids
from fetch.extract.body.other_stories import other_stories
from fetch.extract.body.slideshows import slides_among
from fetch.extract.facts.metadata import Metadata
from fetch.extract.markup.live_coverage import says_live
from fetch.extract.markup.tokens import Boundary, OpenElement, TextBlock, Token

_MOST = 4.0  # as far as one block's own score counts
_RULED_OUT = -9.0


class Decision(NamedTuple):
    """A text block with its features, its score by these alone, and its score among its neighbours.

    With a score above 0 it belongs to the story.
    """

    text_block: TextBlock
    features: list[Features]
    own_score: float
    score: float


def kept_ids(tokens: Sequence[Token], metadata: Metadata) -> set[int]:
    """The `id` of each text block that belongs to the story, and of the pictures that stand among them."""
    tokens = story_tokens(tokens)
    context = Context(tokens, metadata)
    scores = _weigh(context).scores
    kept = {id(one) for one, score in zip(context.text_blocks, scores, strict=True) if score > 0}
    kept |= _tables(tokens, kept) | wholes_among(tokens, kept, context)
    kept |= closing_quotes(context.text_blocks, kept)
    kept |= speakers(context.text_blocks, kept)
    kept |= slides_among(tokens, kept, live=says_live(metadata.headline))
    kept -= template_marks(context.text_blocks) | appeals_among(context.text_blocks, kept)
    kept -= furniture_lines(context.text_blocks, kept)
    kept -= other_stories(context.text_blocks, metadata.headline)
    kept -= empty_headings(context.text_blocks, kept)
    return kept | _captions(context.text_blocks) | _media_among(tokens, kept)


def story_tokens(tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens without those that are never the story, so that these weigh nothing in what is."""
    apart = apart_ids(tokens)
    return [token for token in tokens if id(token) not in apart] if apart else tokens


def bylines_among(tokens: Sequence[Token], metadata: Metadata) -> set[int]:
    """The `id` of each text block that is a byline, once it is known who the authors are."""
    byline = byline_of(metadata.authors)
    return {id(token) for token in tokens if isinstance(token, TextBlock) and is_byline(token.text, byline)}


def _tables(tokens: Sequence[Token], kept: set[int]) -> set[int]:
    """The cells of tables with header cells or a caption, after kept text: a table is whole or it is nothing."""
    found: set[int] = set()
    cells: list[TextBlock] = []
    depth, headed, begun = 0, False, False
    for token in tokens:
        if isinstance(token, Boundary):
            if token.name == "table":
                depth += 1
            elif token.name == "/table":
                depth -= 1
                if depth == 0:
                    found |= {id(cell) for cell in cells} if headed and begun and _is_of_figures(cells) else set()
                    cells, headed = [], False
            elif depth and token.name in ("th", "caption"):
                headed = True
        elif isinstance(token, TextBlock):
            if depth:
                cells.append(token)
            else:
                begun = begun or id(token) in kept
    return found


def _is_of_figures(cells: Sequence[TextBlock]) -> bool:
    """Whether the cells hold words and numbers, and not links to elsewhere."""
    letters = sum([len(cell.text) for cell in cells])
    return len(cells) > 3 and 2 * sum([cell.linked for cell in cells]) < letters < 150 * len(cells)


def decide(context: Context) -> list[Decision]:
    """What the weights say of each text block, in order."""
    weighing = _weigh(context)
    return list(map(Decision, context.text_blocks, weighing.features, weighing.own_scores, weighing.scores))


class _Weighing(NamedTuple):
    """Of each text block, in order, what `Decision` has."""

    features: list[list[Features]]
    own_scores: list[float]
    scores: list[float]


def _weigh(context: Context) -> _Weighing:
    features = features_of(context.text_blocks, context)
    weighed = list(map(_weighed, features))
    own_scores = [own for own, _ in weighed]
    alone, before, after, group, away, length = _WEIGHTS_IN_ORDER
    scores = [
        _RULED_OUT if out else _LEAN + alone * a + before * b + after * c + group * d + away * e + length * f
        for (_, out), (a, b, c, d, e, f) in zip(
            weighed, neighbour_features(context.text_blocks, own_scores), strict=True
        )
    ]
    return _Weighing(features, own_scores, scores)


def _weighed(groups: Sequence[Features]) -> tuple[float, bool]:
    """What groups of features weigh together, and whether one of them rules the block out."""
    weight, out = BIAS, False
    for group in groups:
        weight += group.weight
        if group.rules_out:
            out = True
    return weight, out


def features_in(tokens: Sequence[Token], metadata: Metadata) -> list[list[Features]]:
    """The features of each text block, in order."""
    context = Context(tokens, metadata)
    return features_of(context.text_blocks, context)


NEIGHBOUR_FEATURES = ("alone", "before", "after", "group", "away", "length")
_LEAN = NEIGHBOUR_WEIGHTS["bias"]
_WEIGHTS_IN_ORDER = tuple(NEIGHBOUR_WEIGHTS[name] for name in NEIGHBOUR_FEATURES)


def neighbour_features(text_blocks: Sequence[TextBlock], own_scores: Sequence[float]) -> list[tuple[float, ...]]:
    """For each text block: own score, neighbours' scores, mean of its group, distance from the main run, length."""
    if not text_blocks:
        return []
    clipped = [-_MOST if score < -_MOST else min(score, _MOST) for score in own_scores]
    sizes = [min(len(text_block.text) // 6, 60) + 3 for text_block in text_blocks]
    groups = _group_means(text_blocks, clipped, sizes)
    start, end = _main_run(clipped, sizes)
    away = [start - at for at in range(start)] + [0] * (end - start) + [*range(1, len(clipped) - end + 1)]
    return list(
        zip(
            clipped,
            [-2.0, *clipped[:-1]],
            [*clipped[1:], -2.0],
            [groups[text_block.element.parent] for text_block in text_blocks],
            [distance if distance < _FARTHEST else _FARTHEST for distance in away],
            [_weight_of_length(len(text_block.text)) for text_block in text_blocks],
            strict=True,
        )
    )


_FARTHEST = 5  # text blocks from the main run


@lru_cache(maxsize=4096)
def _weight_of_length(letters: int) -> float:
    return log(1 + letters / 6)


def _group_means(
    text_blocks: Sequence[TextBlock], scores: Sequence[float], sizes: Sequence[int]
) -> dict[OpenElement | None, float]:
    sums: dict[OpenElement | None, float] = {}
    masses: dict[OpenElement | None, int] = {}
    for text_block, score, size in zip(text_blocks, scores, sizes, strict=True):
        group = text_block.element.parent
        sums[group] = sums.get(group, 0.0) + score * size
        masses[group] = masses.get(group, 0) + size
    return {group: total / masses[group] for group, total in sums.items()}


def _main_run(scores: Sequence[float], sizes: Sequence[int]) -> tuple[int, int]:
    """From where to where the text blocks add up to most."""
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


def _captions(text_blocks: Sequence[TextBlock]) -> set[int]:
    """Captions stay with their figures; they are no part of the text."""
    return {id(text_block) for text_block in text_blocks if text_block.element.within in _IN_FIGURES}


_ABOVE = 15  # tokens: a lead picture stands above the first paragraph


def _media_among(tokens: Sequence[Token], kept: set[int]) -> set[int]:
    """The pictures and embeds from shortly above the first text block kept to the last, and figures right below it."""
    first = next((at for at, token in enumerate(tokens) if id(token) in kept), None)
    if first is None:
        return set()
    start, end = max(0, first - _ABOVE), len(tokens) - 1
    while id(tokens[end]) not in kept:
        end -= 1
    while end < len(tokens) and (id(tokens[end]) in kept or _is_of_figure(tokens[end])):
        end += 1
    return {id(token) for token in tokens[start:end] if not isinstance(token, TextBlock)}


def _is_of_figure(token: Token) -> bool:
    """Whether a token may stand in a row of pictures, such as ends a story."""
    return isinstance(token, Boundary) or token.element.within in _IN_FIGURES
