"""Lists, tables and code among the kept text: each is the story's as a whole, or not at all."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from fetch.extract.body.context import Context
from fetch.extract.markup.class_hints import BIT
from fetch.extract.markup.tokens import Boundary, OpenElement, TextBlock, Token

_GROUPS = frozenset(("ul", "ol", "dl", "table"))
_OF_OTHERS = sum(BIT[name] for name in ("related", "nav", "share", "promo", "tags", "author", "comment", "hidden"))
_WRAPPERS = 2  # elements between a group and what holds the paragraphs: div.highlight, figure, div.table-wrap
_LONGEST_ROW = 150  # letters; more in a cell is a column of text


@dataclass(slots=True)
class _Part:
    """All text blocks of a list, a table or a program; `name` is what holds them."""

    name: str
    element: OpenElement | None
    text_blocks: list[TextBlock]


def wholes_among(tokens: Sequence[Token], kept: Collection[int], context: Context) -> set[int]:
    """The `id` of each text block in a list, table or program that belongs to the story.

    It does where it stands between two kept texts that the page sets beside it, or below one that announces it, and
    does not lead elsewhere.
    """
    found: set[int] = set()
    notes: set[str] | None = None  # once there is a list that may hold some
    before: TextBlock | None = None
    waiting: list[tuple[_Part, TextBlock | None]] = []  # groups, each with the text above it, until one below is met
    for part in (*_parts_of(tokens), None):
        if isinstance(part, _Part):
            waiting.append((part, before))
            if _is_begun(part, kept) and (names := _names_of_points(part)):
                notes = _noted(tokens, kept) if notes is None else notes
                found.update([id(one) for one in part.text_blocks] if not names.isdisjoint(notes) else ())
            continue
        for group, above in waiting:
            if (
                above is not None
                and id(above) in kept
                and _is_content(group, context)
                and _belongs(group, above, part, kept)
            ):
                found.update([id(text_block) for text_block in group.text_blocks])
        waiting.clear()
        before = part
    return found


def _noted(tokens: Sequence[Token], kept: Collection[int]) -> set[str]:
    """The names (`id`) of the elements on the page that the kept text refers to, as to its notes."""
    return {
        run[2][1:]
        for token in tokens
        if isinstance(token, TextBlock) and token.linked and id(token) in kept
        for run in token.runs
        if run[2][:1] == "#"
    }


def _is_begun(part: _Part, kept: Collection[int]) -> bool:
    return any(id(text_block) in kept for text_block in part.text_blocks)


def _names_of_points(part: _Part) -> set[str]:
    if part.name not in ("ol", "ul"):
        return set()
    points = {next((above for above in one.element.upwards() if above.name == "li"), None) for one in part.text_blocks}
    return {point.attributes.get("id") or "" for point in points if point is not None} - {""}


def _belongs(part: _Part, before: TextBlock, after: TextBlock | None, kept: Collection[int]) -> bool:
    """Whether a group stands where the story goes on beneath it, or is what the text above it announces."""
    if not _beside(part, before):
        return False
    if before.kind[0] == "h" or before.text.rstrip()[-1:] in (":", "："):
        return True
    if after is None or not _beside(part, after):
        return part.name in ("ul", "ol") and not any(one.linked for one in part.text_blocks)
    return id(after) in kept


def _beside(part: _Part, text_block: TextBlock) -> bool:
    """Whether the page sets a group and a text block beside each other, the group perhaps in a wrapper of its own."""
    holder = text_block.element.parent
    element = part.element
    for _ in range(1 + _WRAPPERS):
        element = element.parent if element is not None else None
        if element is None or element is holder:
            break
    return element is not None and element is holder


def _is_content(part: _Part, context: Context) -> bool:
    """Whether a group holds words of its own, and not links to elsewhere."""
    blocks = part.text_blocks
    letters = sum([len(block.text) for block in blocks])
    linked = sum([block.linked for block in blocks])
    first = blocks[0].element
    if (first.own | first.around) & context.telling & _OF_OTHERS:
        return False
    if context.within != "form" and any(above.name == "form" for above in first.upwards()):
        return False
    if part.name == "table":
        return len(blocks) > 3 and 2 * linked < letters < _LONGEST_ROW * len(blocks)
    return part.name == "pre" or 2 * linked < letters


def _parts_of(tokens: Sequence[Token]) -> Iterator[_Part | TextBlock]:
    """The groups, and the text blocks between them."""
    group: _Part | None = None
    depth = 0
    for token in tokens:
        if isinstance(token, Boundary):
            if token.name in _GROUPS:
                depth += 1
                group = group or _Part(token.name, token.element, [])
            elif group is not None and token.name[1:] in _GROUPS:
                depth -= 1
                if depth == 0:
                    if group.text_blocks:
                        yield group
                    group = None
        elif isinstance(token, TextBlock):
            if group is not None:
                group.text_blocks.append(token)
            else:
                yield _Part("pre", token.element, [token]) if token.kind == "pre" else token
