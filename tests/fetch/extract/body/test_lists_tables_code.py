"""Lists, tables and code are the story's as a whole, or not at all."""

from fetch.article import Code, Points, Table, lines
from fetch.extract import extract
from tests.pages import LINES, URL, story


def blocks(markup: str, kind: type) -> list[object]:
    return [block for block in extract(story(markup), URL).body if isinstance(block, kind)]


def test_a_list_of_short_points_is_kept_as_it_nests() -> None:
    packed = "<ul><li>Rope</li><li>Tea<ul><li>Black</li><li>Green</li></ul></li></ul>"
    packed += "<ol start=4><li>Oil</li><li>Salt</li></ol>"
    first, second = blocks(packed, Points)
    assert isinstance(first, Points)
    assert isinstance(second, Points)
    assert list(lines((first, second))) == ["Rope", "Tea", "Black", "Green", "Oil", "Salt"]
    assert isinstance(first.points[1][1], Points)
    assert (second.ordered, second.start) == (True, 4)


def test_a_closing_list_that_is_announced_is_kept() -> None:
    page = story().replace(
        b"</article>", b"<p>The ferry carries:</p><ul><li>12 cars</li><li>90 people</li></ul></article>"
    )
    assert extract(page, URL).text.split("\n")[-2:] == ["12 cars", "90 people"]


def test_a_closing_list_after_a_sentence_is_kept_unless_it_leads_elsewhere() -> None:
    for points, kept in (
        ("<li>12 cars</li><li>90 people</li>", True),
        ("<li><a href=/t/1>Ferries</a></li><li>Ice</li>", False),
    ):
        page = story().replace(b"</article>", f"<ul>{points}</ul></article>".encode())
        assert (len(extract(page, URL).text.split("\n")) > len(LINES)) is kept


def test_terms_stand_before_what_is_said_of_them() -> None:
    text = extract(
        story("<h2>The boats</h2><dl><dt>Eider</dt><dd>since 1988</dd><dt>Alk</dt><dd>new</dd></dl>"), URL
    ).text
    assert text.split("\n")[2:7] == ["The boats", "Eider", "since 1988", "Alk", "new"]


def test_a_table_without_a_header_is_kept() -> None:
    assert blocks("<table><tr><td>Eider</td><td>12</td></tr><tr><td>Alk</td><td>40</td></tr></table>", Table)


def test_a_line_of_code_is_kept() -> None:
    assert blocks("<div class=box><pre>sail 2</pre></div>", Code) == [Code("sail 2")]


def test_a_list_of_what_can_be_done_with_a_page_is_dropped() -> None:
    assert extract(story("<ul class=share><li>Print</li><li>Send</li></ul>"), URL).text.split("\n") == list(LINES)
