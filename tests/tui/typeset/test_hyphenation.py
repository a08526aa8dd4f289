"""Words parted at the ends of lines: by their language's rules, with nothing lost, and found as if whole."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fetch.article import Article, Code, Heading, Paragraph, Quote, Span
from tests.tui.newsroom import NOW
from tui.panes.page_find import find, matches
from tui.typeset.article import TextSetting, as_text, lay_out
from tui.typeset.cells import cells
from tui.typeset.hyphenation import break_with_hyphens, hyphenator
from tui.typeset.line import Line

PROSE = "Die Hafenverwaltung veröffentlichte gestern Untersuchungsergebnisse zur Schifffahrtsgesellschaft der Inseln. "


def every_second(word: str) -> list[int]:
    return list(range(2, len(word) - 2, 2))


def set_lines(*blocks: object, width: int = 30, justify: bool = False) -> list[Line]:
    article = Article("https://x.example/", "H", blocks, language="de")  # type: ignore[arg-type]
    lines = list(lay_out(article, width, now=NOW, setting=TextSetting(False, justify, hyphenator("de"))))
    return lines[next(at for at, line in enumerate(lines) if line.text == "─" * width) + 2 :]


def whole(lines: list[Line]) -> str:
    return "".join(line.text[:-1] if line.parted else line.text + " " for line in lines)


@pytest.mark.parametrize(
    ("language", "word", "parts"),
    [
        ("de", "Schifffahrtsgesellschaft", "Schiff-fahrts-ge-sell-schaft"),
        ("de-AT", "Hafen", "Ha-fen"),
        ("en", "newspaper", "news-pa-per"),
        ("en_GB", "analysis", "ana-lysis"),
        ("fr-CA", "information", "in-for-ma-tion"),
        ("no", "avisene", "avi-sene"),
    ],
)
def test_words_are_parted_by_the_rules_of_their_language(language: str, word: str, parts: str) -> None:
    hyphenate = hyphenator(language)
    assert hyphenate is not None
    points = [0, *hyphenate(word), len(word)]
    assert "-".join(word[start:end] for start, end in pairwise(points)) == parts


@pytest.mark.parametrize("language", ["", "ja", "zh-Hans", "ar", "xx", "-", "../de", "de" * 400])
def test_a_language_without_rules_parts_nothing(language: str) -> None:
    assert hyphenator(language) is None


def test_a_word_whose_parts_change_their_letters_stays_whole_there() -> None:
    hyphenate = hyphenator("hu")
    assert hyphenate is not None
    assert 3 not in hyphenate("asszonnyal"), "asz-szony-nyal"
    assert list(hyphenate("İİİİİİ")) == []


@pytest.mark.parametrize("justify", [False, True])
@pytest.mark.parametrize("width", [12, 20, 30, 44, 70])
def test_lines_are_fuller_and_say_the_same(width: int, justify: bool) -> None:
    lines = set_lines(
        Paragraph((Span(PROSE * 3, strong=True), Span(PROSE, href="https://x.example/"))), width=width, justify=justify
    )
    text = lines[: next(at for at, line in enumerate(lines) if not line.runs)]
    assert any(line.parted for line in text)
    assert all(cells(line.text) <= width for line in lines)
    assert whole(text).replace(" ", "") == (PROSE * 4).replace(" ", "") + "[1]"
    plain = list(lay_out(Article("https://x.example/", "H", (Paragraph((Span(PROSE * 4),)),)), width, now=NOW))
    assert len(text) <= len(plain)


def test_code_headings_and_addresses_stay_whole_and_quotations_do_not() -> None:
    code = "Untersuchungsergebnisse(Hafenverwaltung) " * 3
    lines = set_lines(
        Heading(2, (Span(PROSE),)),
        Paragraph((Span("Es folgt "), Span(code, code=True))),
        Paragraph((Span("Siehe hafenverwaltung.gesellschaft.example/untersuchung, presse@hafenverwaltung.example"),)),
        Code(code, ""),
        width=28,
    )
    assert not any(line.parted for line in lines)
    assert any(line.parted for line in set_lines(Quote((Paragraph((Span(PROSE * 2),)),))))


def test_no_more_than_three_lines_in_a_row_end_in_a_hyphen() -> None:
    ends = [parted for _, _, parted in break_with_hyphens("abcdefghijklm " * 60, 18, every_second)]
    assert any(ends)
    assert not any(all(ends[at : at + 4]) for at in range(len(ends) - 3))


@given(st.text(st.sampled_from("abc ñ’-—夜\u0301[1]@/."), max_size=80), st.integers(1, 30))
def test_any_text_is_kept_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = break_with_hyphens(text.strip(), width, every_second)
    kept = "".join(text.strip()[start:end] for start, end, _ in lines)
    assert kept.replace(" ", "") == text.replace(" ", "")
    for start, end, parted in lines:
        assert cells(text.strip()[start:end]) + parted <= max(width, 2)
        assert not parted or (text.strip()[end - 1].isalpha() and text.strip()[end].isalpha())


def test_a_word_longer_than_any_is_broken_as_it_was() -> None:
    assert len(break_with_hyphens("a" * 200_000, 20, every_second)) == 10_000


def test_find_in_page_finds_parted_words_also_behind_the_bars_of_a_quotation() -> None:
    texts = ["┃ die Ver-", "┃ waltung des", "  Hafens"]
    assert [hit.parts for hit in find("verwaltung des hafens", texts, {0})] == [((0, 6, 9), (1, 2, 13), (2, 0, 8))]
    assert [hit.parts for hit in find("waltung", texts, {0})] == [((1, 2, 9),)]
    assert find("ver-waltung", texts, {0}) == []
    assert find("verwaltung", texts) == []


def test_what_a_search_found_is_marked_on_both_lines() -> None:
    before, after = set_lines(Paragraph((Span("Gestern die Hafenverwaltungsgesellschaft"),)), width=30)[:2]
    assert before.parted
    word = "hafenverwaltungsgesellschaft"

    def matcher(text: str) -> list[tuple[int, int]]:
        at = text.casefold().find(word)
        return [(at, at + len(word))] if at >= 0 else []

    nothing = Line()
    marked = [
        (line, matches(line, matcher, *around))
        for line, around in ((before, (nothing, after)), (after, (before, nothing)))
    ]
    assert (
        "".join(line.text[start:end] for line, spans in marked for start, end in spans).replace("-", "").casefold()
        == word
    )


def test_what_is_printed_is_never_parted() -> None:
    article = Article("https://x.example/", "H", (Paragraph((Span(PROSE),)),), language="de")
    assert "-" not in as_text(lay_out(article, 30, now=NOW))
