"""Breaking lines: widths held, words whole, wide scripts and long words broken where they may be."""

from __future__ import annotations

import random

import pytest
from rich.cells import cell_len

from tui.typeset.cells import cells
from tui.typeset.wrap import break_lines, clip, pad, right_to_left, wrap, wrap_evenly

TEXTS = {
    "plain": "The pilots met on the quay at Port Elsewhere and spoke until the lamps were lit.",
    "long word": "See https://courier.example/harbour/pilots-agree-on-one-rule-for-the-night-passage for it.",
    "dashes": "Nobody minded—much—and the ferry, late as ever – waited.",
    "quotes": "“We have argued,” she said, “since my father’s time…”",
    "japanese": "三島の水先人、夜間航行の統一規則で合意。「海は待ってくれない」と船長は語った。NATO も同様だ。",
    "korean": "세 섬의 도선사들이 야간 통항 규칙에 합의했다고 항만 당국이 밝혔다.",
    "arabic": "اتفق مرشدو الموانئ في الجزر الثلاث على قاعدة واحدة للمرور الليلي",
    "emoji": "The ferry 🚢 came late 👩‍👩‍👧 again ⚓️ and again.",
    "marks": "Cafe\u0301 and naïve Vie\u0323\u0302t text with marks of its own.",
}


@pytest.mark.parametrize("width", [7, 12, 33, 70])
@pytest.mark.parametrize("name", TEXTS)
def test_no_line_is_wider_than_it_may_be(name: str, width: int) -> None:
    assert all(cell_len(line) <= width for line in wrap(TEXTS[name], width))


@pytest.mark.parametrize("name", TEXTS)
def test_nothing_is_lost_but_spaces_at_the_ends(name: str) -> None:
    text = TEXTS[name]
    assert "".join(wrap(text, 12)).replace(" ", "") == text.replace(" ", "")


def test_words_stay_whole_where_they_fit() -> None:
    assert wrap(TEXTS["plain"], 20) == [
        "The pilots met on",
        "the quay at Port",
        "Elsewhere and spoke",
        "until the lamps were",
        "lit.",
    ]


def test_a_word_that_fits_to_the_last_cell_is_not_pushed_down() -> None:
    assert wrap("abc defg hi", 8) == ["abc defg", "hi"]


def test_no_line_of_japanese_begins_with_what_may_not_begin_one() -> None:
    for width in range(8, 40):
        assert not any(line[0] in "、。」" for line in wrap(TEXTS["japanese"], width))


def test_two_ways_of_breaking_agree_on_plain_text() -> None:
    from tui.typeset.wrap import _by_characters, _by_pieces

    chance = random.Random(7)
    for _ in range(300):
        words = ["x" * chance.randint(1, 14) + chance.choice(["", "", ",", "—", "–y"]) for _ in range(30)]
        text, width = " ".join(words), chance.randint(5, 30)
        assert _by_characters(text, width, width) == _by_pieces(text, width, width)


def test_the_first_line_may_be_narrower() -> None:
    assert [end - start for start, end in break_lines("aa bb cc dd", 8, first=2)] == [2, 8]


def test_empty_text_is_one_empty_line() -> None:
    assert wrap("", 10) == [""]
    assert wrap("   ", 10) == [""]


def test_a_headline_is_set_in_lines_of_about_equal_length() -> None:
    first, second = wrap_evenly("Harbour pilots of three islands agree on one rule for the night passage", 66)
    assert abs(len(first) - len(second)) < 12


def test_clip_and_pad_hold_the_width_of_wide_characters() -> None:
    assert clip("三島の水先人", 7) == "三島の…"
    assert cells(pad("三島", 7)) == 7
    assert pad("abcdef", 4) == "abc…"
    assert clip("abc", 0) == ""


def test_a_combining_mark_stays_on_its_letter() -> None:
    assert wrap("e\u0301" * 5, 2) == ["e\u0301" * 2, "e\u0301" * 2, "e\u0301"]


def test_the_direction_is_that_of_the_first_letter() -> None:
    assert right_to_left("123 اتفق")
    assert not right_to_left("The اتفق")
    assert not right_to_left("123")


@pytest.mark.parametrize("text", [*TEXTS.values(), "≡ – ! ↓ ★ ● ▌ ▏ · … ═ ▐ “ ” ’"])
def test_cells_are_those_of_the_screen_library(text: str) -> None:
    assert cells(text) == cell_len(text)


def test_a_word_wider_than_a_line_ends_it_behind_its_hyphen() -> None:
    assert wrap("Continental-Beschäftigte aus Wetzlar", 20) == ["Continental-", "Beschäftigte aus", "Wetzlar"]
    assert wrap("a-" + "b" * 30, 20) == ["a-" + "b" * 18, "b" * 12], "not where the line would be all but empty"
    assert wrap("courier.example/harbour/pilots", 18) == ["courier.example/", "harbour/pilots"]
    assert "".join(wrap("-/" * 40, 7)) == "-/" * 40


def test_what_ends_in_dots_is_cut_with_no_others() -> None:
    assert clip("Who is it? … Nobody", 13) == "Who is it?…"


@pytest.mark.parametrize("width", range(8, 20))
def test_brackets_round_figures_stay_with_them(width: int) -> None:
    for text in ("岩本絹子容疑者（78）＝東京都江戸川区", "約1億2000万円を「NATO」（12日）、支払わせた。"):
        lines = wrap(text, width)
        assert "".join(lines) == text
        assert not any(line[0] in "）」、。" or line[-1] in "（「" for line in lines), lines


@pytest.mark.parametrize("width", range(14, 40))
def test_a_sign_that_stands_apart_begins_no_line(width: int) -> None:
    text = "Comment l'expliquer ? Il dit : « Jamais ! » ; et pourquoi, au fond, pas « un jour » ?"
    lines = wrap(text, width)
    assert " ".join(lines) == text
    assert not any(line[0] in "?!:;»" or line[-1] == "«" for line in lines), lines
