"""Highlighted words are found again where a text was edited, by themselves and what stands about them."""

from __future__ import annotations

import time

import pytest

from cache.highlight import Highlight, TextRange
from cache.rules.anchoring import CONTEXT, highlight_of, placed, touching
from cache.writing_systems import word_spans

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


def test_of_the_same_words_in_the_same_surroundings_each_is_found_by_its_number() -> None:
    line = "Departures are delayed until further notice by the harbour office."
    text = "\n".join([line] * 7)
    made = [of(line, text, nth=nth) for nth in range(7)]
    assert [each.place.paragraph for each in placed(text, reversed(made)) if each.place] == [1, 2, 3, 4, 5, 6, 7]
    assert made[1].occurrence == 0, "what stands before the second is not what stands before the first"
    fewer = "\n".join([line] * 4)
    assert [each.place.paragraph for each in placed(fewer, [made[5]]) if each.place] == [3], "the last there is"
    twice = [of("further", text, nth=nth) for nth in (2, 4)]
    assert [each.place.paragraph for each in placed(f"New.\n{text}", twice) if each.place] == [4, 6]


LONG = "Nobody on the quay of Port Elsewhere minded much, as teh next ferry was due within the hour."


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("teh next", "the next"),
        ("minded much, as", "minded, as"),
        ("the next ferry", "the very next ferry"),
        ("Nobody on", "Hardly anybody on"),
        ("within the hour.", "soon."),
    ],
)
def test_a_long_passage_is_found_where_a_few_words_were_changed(was: str, now: str) -> None:
    said = LONG if was in LONG else LONG.replace("teh", "the")
    text = f"The ferry left late.\n{said}\nThat said the board."
    edited = text.replace(was, now)
    (there,) = placed(edited, [of(said, text)])
    assert there.place is not None
    assert there.place.edited
    assert there.place.paragraph == 2
    assert there.text == said, "what was highlighted is what is kept"
    assert edited[there.place.start : there.place.end] in edited.split("\n")[1]
    assert edited[there.place.start : there.place.end].count(" ") >= said.count(" ") - 3


@pytest.mark.parametrize(
    "edited",
    [
        "Nobody at all was at the quay when the last ferry of the season left for Port Elsewhere.",
        "Ministers on the quay of Port Elsewhere said little, as no other ferry was due that week.",
        "Nobody",
        "",
    ],
)
def test_another_passage_with_some_of_the_words_is_not_taken_for_it(edited: str) -> None:
    text = f"The ferry left late.\n{LONG}\nThat said the board."
    assert found(text.replace(LONG, edited), of(LONG, text)) == [None]


def test_where_two_passages_are_about_as_like_it_none_is_taken_for_it() -> None:
    def line(number: int, word: str = "sentence") -> str:
        return f"The council voted on the bridge, {word} {number} of the report says, and went home at night."

    text = "\n".join(map(line, range(5)))
    assert found(text.replace(line(2), line(2, "phrase")), of(line(2), text)) == [None]


def test_a_passage_in_a_script_without_spaces_is_found_where_a_few_signs_were_changed() -> None:
    said = "海峡の渡し船は遅れて出たが、岸壁の客は誰も気にしなかった。次の船は一時間以内に来る予定だった。"
    text = f"港。\n{said}\n以上。"
    edited = text.replace("遅れて", "おくれて")
    (there,) = found(edited, of(said, text))
    assert there == said.replace("遅れて", "おくれて").rstrip("。")


def test_the_time_of_many_highlights_grows_with_their_number() -> None:
    def used(number: int) -> float:
        lines = [
            f"Passage {at} of the report tells of quay {at * at % 9973} and of all its boats." for at in range(number)
        ]
        text = "\n".join(lines)
        made, begins = [], 0
        for line in lines:
            context = text[max(0, begins - CONTEXT) : begins], text[begins + len(line) : begins + len(line) + CONTEXT]
            made.append(Highlight(line, *context))
            begins += len(line) + 1
        times = []
        for edited in (text, text.replace("boats", "barges"), "Gone.\n" * number):
            begun = time.process_time()
            placed(edited, made)
            times.append(time.process_time() - begun)
        return max(times)

    small = min(used(100) for _ in range(3))
    assert min(used(1000) for _ in range(2)) < 10 * 4 * small


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don’t pay €1,200.50 – e.g. to U.S. ports.", ["Don’t", "pay", "1,200.50", "e.g", "to", "U.S", "ports"]),
        ("海峡へ", ["海", "峡", "へ"]),
        ("ที่นี่", ["ที่", "นี่"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("וַיְהִי הַיּוֹם", ["וַיְהִי", "הַיּוֹם"]),
        ("_ – …", []),
    ],
)
def test_the_words_of_any_script(text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in word_spans(text)] == words
