"""PageLayout an article: every block as lines, links numbered, widths held."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from rich.cells import cell_len

from fetch.article import Article, Block, Cell, Code, Figure, Heading, Paragraph, Points, Quote, Span, Table, Update
from tests.tui.newsroom import NOW, PILOTS, edition, long_article, paragraph
from tui.typeset.article import as_text, lay_out


def text_of(*blocks: Block, width: int = 40) -> str:
    laid = list(lay_out(Article("https://courier.example/a", "H", blocks), width, now=NOW))
    rule = next(at for at, line in enumerate(laid) if line.text.startswith("─"))
    return as_text(laid[rule + 1 :]).strip("\n")


@pytest.mark.parametrize("width", [20, 44, 70])
def test_no_line_is_wider_than_the_page(width: int) -> None:
    for article in edition():
        assert all(cell_len(line.text) <= width for line in lay_out(article, width, now=NOW))


def test_the_head_tells_who_where_and_when() -> None:
    text = as_text(lay_out(PILOTS, 70, now=NOW))
    assert text.startswith("HARBOURS\nHarbour pilots of three islands agree")
    assert "By Mara Lindqvist and Tomas Okafor" in text
    assert "The Island Courier · 22 November, 06:20 · PORT ELSEWHERE" in text


def test_a_fact_wider_than_the_page_is_broken_between_two_words() -> None:
    name = "The Observer of the Outer Islands and of the Harbours on the Far Side of the Strait"
    text = as_text(lay_out(replace(PILOTS, source=name), 48, now=NOW))
    assert "\nThe Observer of the Outer Islands and of the\nHarbours on the Far Side of the Strait\n" in text
    assert "22 November, 06:20" in text, "one that has room stays whole"


@pytest.mark.parametrize("width", range(40, 60))
def test_no_line_of_facts_begins_or_ends_with_the_dot_between_two(width: int) -> None:
    """Also where a fact fills the line, and leaves no room for a dot behind it."""
    head = as_text(
        lay_out(replace(PILOTS, source="Paper 185 of the far South with a rather long name"), width, now=NOW)
    )
    lines = [line.strip() for line in head.partition("───")[0].splitlines()]
    assert not [line for line in lines if line.startswith("·") or line.endswith("·")]


def test_a_day_without_a_time_stays_a_day() -> None:
    text = as_text(lay_out(replace(PILOTS, published=date(2024, 10, 29)), 70, now=NOW))
    assert "29 October 2024 ·" in text


def test_links_are_numbered_once_each_and_listed() -> None:
    first, second = "https://courier.example/1", "https://courier.example/2"
    spans = (Span("See "), Span("one", first), Span(", "), Span("two", second), Span(", "), Span("one", first))
    text = text_of(Paragraph(spans), width=60)
    assert text.startswith("See one[1], two[2], one[1]")
    assert text.endswith(f"[1] {first}\n[2] {second}")


def test_a_quote_has_a_bar_and_says_who() -> None:
    assert text_of(Quote((paragraph("The sea did not wait."),), "Captain Varga")) == (
        "┃ The sea did not wait.\n┃ — Captain Varga"
    )


def test_lists_nest_and_count_from_their_start() -> None:
    inner = Points(((paragraph("deep"),),))
    points = Points(((paragraph("nine"),), (paragraph("ten"), inner)), ordered=True, start=9)
    assert text_of(points) == " 9. nine\n10. ten\n    ◦ deep"


def test_a_table_is_fitted_and_its_figures_flush_right() -> None:
    rows = (
        (Cell((Span("Port"),), True), Cell((Span("Calls"),), True)),
        (Cell((Span("Far Rock"),)), Cell((Span("2,480"),))),
        (Cell((Span("Saint Orla"),)), Cell((Span("300"),))),
    )
    assert text_of(Table(rows)).split("\n") == [
        "Port        Calls",
        "──────────  ─────",
        "Far Rock    2,480",
        "Saint Orla    300",
    ]


def test_a_table_too_wide_for_the_page_becomes_records() -> None:
    words = ["incomprehensible", "unpronounceable", "unbelievable"]
    rows = tuple(tuple(Cell((Span(f"{word}{at}"),), at == 0) for word in words) for at in range(3))
    text = text_of(Table(rows), width=24)
    assert "incomprehensible0:" in text
    assert "unbelievable2" in text


def test_code_keeps_its_lines() -> None:
    assert text_of(Code("a  b\n\nc")) == "▏ a  b\n▏\n▏ c"


def test_a_figure_is_its_caption_and_credit() -> None:
    assert text_of(Figure("https://x.example/p.jpg", "alt", "On the quay.", "A. Nyman")) == "▨ On the quay.\n  A. Nyman"


def test_a_picture_whose_caption_the_dek_has_said_has_none() -> None:
    dek = "The ferry – late again – leaves the quay."
    again = Figure("https://x.example/p.jpg", caption="The ferry, late again, leaves the quay", credit="A. Nyman")
    told = Article(
        "https://x.example/", "Late", (paragraph("It left."), replace(again, credit="")), dek=dek, image=again
    )
    text = as_text(lay_out(told, 60, now=NOW))
    assert text.count("late again") == 1
    assert text.split("─\n")[1].splitlines() == ["", "▨ A. Nyman", "", "It left."]
    other = replace(told, dek="The ferry")
    assert as_text(lay_out(other, 60, now=NOW)).count("late again") == 2


def test_live_updates_have_their_time() -> None:
    text = text_of(Update(NOW, "Talks resume", (paragraph("They are back."),)), Heading(3, (Span("Earlier"),)))
    assert text == "22 November, 08:30\nTalks resume\nThey are back.\n\nEarlier"


def test_arabic_is_set_flush_right() -> None:
    line = text_of(paragraph("اتفق مرشدو الموانئ"), width=40)
    assert line.startswith(" ")
    assert cell_len(line) == 40


def test_a_reason_for_missing_text_is_told() -> None:
    assert "The text is not complete: paywall." in as_text(lay_out(replace(PILOTS, reason="paywall"), 60, now=NOW))


def test_the_top_of_a_long_article_is_there_before_its_end_is_set() -> None:
    lines = lay_out(long_article(5000), 60, now=NOW)
    assert next(lines).text == "A long winter on the quay"
    assert next(line for line in lines if line.text.startswith("1. ")).text


def test_an_address_in_plain_text_stands_whole() -> None:
    href = f"https://courier.example/{'a-long-way-' * 9}off"
    article = Article("https://courier.example/a", "H", (Paragraph((Span("There", href=href),)),))
    laid = list(lay_out(article, 40, now=NOW))
    assert as_text(laid).endswith(f"[1] {href}")
    assert all(cell_len(line.text) <= 40 for line in laid)


def test_a_narrow_column_is_not_broken_where_a_wide_one_can_give() -> None:
    keys = tuple(Cell((Span(text),)) for text in ("down up or j k", "move in the list, and scroll in the article " * 2))
    assert "down up or j k  move in the list" in text_of(Table((keys,)), width=50)
