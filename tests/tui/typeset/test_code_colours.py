"""Code in colour: what the page calls its language, nothing lost, and no text that holds the screen up."""

from __future__ import annotations

import time

import pytest

from fetch.article import Article, Cell, Code, Footnote, Paragraph, Span, Table
from tests.tui.newsroom import NOW, paragraph
from tui.typeset.article import TextSetting, lay_out
from tui.typeset.cells import cells
from tui.typeset.code_colours import LEXERS, LONGEST_CODE, coloured
from tui.typeset.line import Line

PYTHON = 'def dawn(hours):  # by the clock\n    return "light" if hours > 6 else None\n'


def roles(text: str, language: str) -> dict[str, str]:
    return {run.text.strip(): run.role for runs in coloured(text, language) for run in runs if run.text.strip()}


@pytest.mark.parametrize("language", ["python", "Python", "py"])
def test_words_of_a_language_are_told_from_names_and_texts(language: str) -> None:
    found = roles(PYTHON, language)
    assert (found["def"], found["dawn"], found["# by the clock"]) == ("keyword", "name", "comment")
    assert found["6"] == "literal"
    assert "string" in found.values()


@pytest.mark.parametrize("language", ["", "text", "klingon", "python" * 40])
def test_code_in_no_known_language_has_one_colour(language: str) -> None:
    assert {run.role for runs in coloured(PYTHON, language) for run in runs} == {"code"}


@pytest.mark.parametrize("name", sorted(LEXERS))
def test_no_character_is_lost_and_no_line(name: str) -> None:
    for text in (PYTHON, "\n\n a\n\tb \n", "{'a': [1, 2]}\n<a b='c'>&amp;</a>", "海峡 = '新報'"):
        assert "\n".join("".join(run.text for run in runs) for runs in coloured(text, name)) == text
    assert all(coloured("a", called)[0][0].text == "a" for called in LEXERS[name].split())


@pytest.mark.wall_clock
@pytest.mark.parametrize("name", sorted(LEXERS))
def test_no_text_holds_the_screen_up(name: str) -> None:
    for part in ("(", '"', "'", "\\", " ", "a ", "/*", "<a ", "{", "$(", "`", "1e", "a=", "*", "[", "#"):
        text = (part * LONGEST_CODE)[:LONGEST_CODE]
        took = seconds(text, name)
        if took > 0.3:
            took = min(seconds(text, name) for _ in range(3))
        assert took < 0.3, part


def seconds(text: str, name: str) -> float:
    began = time.process_time()
    coloured(text, name)
    return time.process_time() - began


def test_code_too_long_for_a_moment_has_one_colour() -> None:
    assert {run.role for runs in coloured("def a(): pass\n" * LONGEST_CODE, "python") for run in runs} == {"code"}


def laid(*blocks: object, width: int = 30) -> list[Line]:
    article = Article("https://courier.example/a", "H", blocks)  # type: ignore[arg-type]
    return list(lay_out(article, width, now=NOW, setting=TextSetting(sliding=True)))


def test_code_that_fits_stands_still_and_wide_code_slides_as_a_whole() -> None:
    (narrow,) = [line for line in laid(Code("a = 1")) if "a = 1" in line.text]
    assert narrow.runs[0].role == "bar"
    wide = [line for line in laid(Code("short\n" + "long " * 20)) if line.text.startswith("▏")]
    assert [line.runs[0].role for line in wide] == ["slides", "slides"]
    assert cells(wide[1].text) > 90


def test_a_table_wider_than_the_page_keeps_its_columns() -> None:
    rows = (tuple(Cell((Span(f"column number {n}"),), header=True) for n in range(9)),)
    rows += (tuple(Cell((Span(f"{n}"),)) for n in range(9)),)
    table = [line for line in laid(Table(rows)) if line.runs and line.runs[0].role == "slides"]
    assert len(table) == 3
    assert [line.text.split() for line in table][2] == ["▏", *map(str, range(9))]


def test_marks_of_footnotes_lead_there_and_others_are_text() -> None:
    lines = laid(paragraph("Counted[1] by the board[2]."), Footnote("1", (paragraph("As in the statistics."),)))
    runs = [run for line in lines for run in line.runs]
    assert [(run.text, run.role) for run in runs if run.href == "#1"] == [("[1]", "noteref"), ("1   ", "note")]
    assert " by the board[2]." in [run.text for run in runs]


def test_a_paragraph_without_footnotes_is_one_run() -> None:
    (only,) = [line for line in laid(Paragraph((Span("a[1]"),))) if "a[1]" in line.text]
    assert [run.text for run in only.runs] == ["a[1]"]
