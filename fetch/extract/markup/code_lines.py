"""Code that a page sets without a <pre>, an element a line: its lines together."""

from __future__ import annotations

from collections.abc import Sequence

from fetch.extract.markup.tokens import CODE, OpenElement, TextBlock, Token

_LINES_OF = frozenset(("div", "p", "span"))
_FEWEST = 2  # lines


def with_joined_code(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, with text blocks beside each other that hold nothing but code as one block of code."""
    found: list[Token] = []
    lines: list[TextBlock] = []
    for token in tokens:
        is_line = isinstance(token, TextBlock) and _is_code(token)
        if lines and not (
            is_line and isinstance(token, TextBlock) and token.element.parent is lines[-1].element.parent
        ):
            found += _joined(lines)
            lines = []
        if is_line and isinstance(token, TextBlock):
            lines.append(token)
        else:
            found.append(token)
    return found + _joined(lines)


def _is_code(text_block: TextBlock) -> bool:
    return text_block.kind in _LINES_OF and all(run[1] & CODE or run[0].isspace() for run in text_block.runs)


def _joined(lines: Sequence[TextBlock]) -> list[Token]:
    if len(lines) < _FEWEST:
        return list(lines)
    block = TextBlock(OpenElement("pre", None, lines[0].element.parent))
    written = ["".join([run[0] for run in line.runs]).replace("\xa0", " ").strip("\n").rstrip() for line in lines]
    block.text = "\n".join(written)
    block.runs.append((block.text, 0, ""))
    block.length, block.linked = len(block.text), sum([line.linked for line in lines])
    return [block]
