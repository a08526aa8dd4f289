"""Highlighted words are found again where a text was edited, by themselves and what stands about them."""

from __future__ import annotations

import pytest

from cache.highlight import Highlight, TextRange
from cache.rules.anchoring import CONTEXT, highlight_of, placed, touching

TEXT = (
    "The ferry left late.\nNobody on the quay of Port Elsewhere minded much.\n"
    "The ferry left late again, said the board."
)


def of(words: str, text: str = TEXT, *, nth: int = 0) -> Highlight:
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return highlight_of(TextRange(text, at, at + len(words)))


def found(text: str, *highlights: Highlight) -> list[str | None]:
    return [text[each.place.start : each.place.end] if each.place else None for each in placed(text, highlights)]


def test_words_are_kept_with_what_stands_about_them() -> None:
    made = of("minded much")
    assert (made.text, made.suffix) == ("minded much", ".\nThe ferry left late again, said"[:CONTEXT])
    assert made.prefix.endswith("Port Elsewhere ")
    assert highlight_of(TextRange("  a b  ", 0, 7)).text == "a b"


@pytest.mark.parametrize(
    "edited",
    [
        "A new lede.\n" + TEXT,
        TEXT.replace("The ferry", "The old ferry"),
        TEXT.replace("\n", "\n\n"),
        TEXT.replace("Nobody on", "Nobody  on"),
        TEXT.replace("minded much.", "minded much!"),
        TEXT.replace("quay of Port", "“quay” of port"),
    ],
)
def test_it_is_found_again_after_an_edit(edited: str) -> None:
    (there,) = found(edited, of("Nobody on the quay of Port Elsewhere minded much."))
    assert there is not None
    assert there.startswith("Nobody")
    assert there.rstrip(".!").endswith("much")


def test_of_the_same_words_in_two_places_the_surroundings_tell_which() -> None:
    first, second = of("The ferry left late"), of("The ferry left late", nth=1)
    edited = "An editor's note.\n" + TEXT
    places = [each.place.paragraph for each in placed(edited, [second, first]) if each.place]
    assert places == [2, 4]


def test_short_words_are_not_found_by_chance_elsewhere() -> None:
    assert found("Late again, they said; the ferry of another line.", of("late", nth=1)) == [None]
    assert found(TEXT.replace("said the board", "said the harbour board"), of("late", nth=1)) == ["late"]


def test_what_is_gone_comes_last() -> None:
    gone, kept = of("The ferry left late."), of("minded much")
    edited = "Nobody on the quay of Port Elsewhere minded much."
    assert found(edited, gone, kept) == ["minded much", None]
    assert found("", gone) == [None]


@pytest.mark.parametrize(
    "said", ["海峡の渡し船は遅れて出た。", "וַיְהִי הַיּוֹם", "***", "İstanbul’da ŞIK bir gün", "👩‍👩‍👧 a"]
)
def test_any_script_is_found(said: str) -> None:
    text = f"One.\n{said}\nTwo."
    assert found(text, of(said, text)) == [said]


def test_a_range_touches_what_shares_a_character_with_it() -> None:
    made = of("minded much")
    at = TEXT.index("minded much")
    assert touching([made], TextRange(TEXT, at + 10, at + 30)) == placed(TEXT, [made])
    assert touching([made], TextRange(TEXT, at + 11, at + 30)) == []
    assert touching([made], TextRange("other words", 0, 11)) == []
