"""Which passages are the story."""

from __future__ import annotations

from fetch.extract.metadata import Facts
from fetch.extract.stream import Mark, Passage, Picture, Piece


def keep(pieces: list[Piece], known: Facts) -> set[int]:
    """The `id` of each passage and picture that belongs to the story."""
    kept = set()
    for piece in pieces:
        if (
            isinstance(piece, Passage)
            and piece.linked * 2 < len(piece.text)
            and piece.within not in ("figure", "figcaption")
        ):
            kept.add(id(piece))
    return kept
