"""Lines set to both edges: exactly as wide, without holes, and with the same words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fetch.article import Article, Paragraph, Span
from tests.tui.newsroom import NOW
from tui.typeset.article import TextSetting, lay_out
from tui.typeset.cells import cells
from tui.typeset.justify import justified
from tui.typeset.line import Run

PROSE = " ".join(f"{word} of the harbour office said on Monday that" for word in ("Orla", "Mira", "Tern", "Kestrel"))


def set_lines(*spans: Span, width: int = 40) -> list[str]:
    article = Article("https://x.example/", "H", (Paragraph(spans),))
    lines = [line.text for line in lay_out(article, width, now=NOW, setting=TextSetting(justify=True))]
    return lines[lines.index("─" * width) + 2 :]


def test_all_lines_but_the_last_go_to_both_edges() -> None:
    *full, last = set_lines(Span(PROSE))
    assert {len(text) for text in full} == {40}
    assert len(last) < 40
    assert " ".join(" ".join([*full, last]).split()) == PROSE


def test_spaces_are_spread_evenly_and_code_keeps_its_own() -> None:
    assert justified([Run("a b c d e", "text")], 11)[0].text == "a b  c d  e"
    code, text = justified([Run("a  b", "code"), Run(" and more", "text")], 15)
    assert (code.text, text.text) == ("a  b", "  and  more")


def test_a_line_that_would_be_full_of_holes_stays_as_it_is() -> None:
    runs = (Run("a word", "text"),)
    assert justified(runs, 20) == runs
    assert justified((Run("word", "text"),), 8) == (Run("word", "text"),)


RUNS = st.lists(st.tuples(st.text("ab  é東\u0301", max_size=12), st.sampled_from(["text", "code", "link"])))


@given(RUNS, st.integers(0, 60))
def test_any_line_is_as_wide_as_it_was_or_exactly_as_wide_as_wanted(parts: list[tuple[str, str]], width: int) -> None:
    runs = [Run(text, role) for text, role in parts]
    made = justified(runs, width)
    text, before = "".join(run.text for run in made), "".join(run.text for run in runs)
    assert text.split() == before.split()
    assert cells(text) in (width, cells(before))
