"""Code keeps its lines and its indentation, however a page sets them."""

import pytest

from fetch.article import Code
from fetch.extract import extract
from tests.pages import LINES, URL, story

PROGRAM = "for gull in harbour:\n    if gull.hungry:\n\n        gull.steal(chips)\n    rest()"
ROWS = PROGRAM.split("\n")


def spaced(line: str) -> str:
    return line.replace(" ", "&nbsp;")


def codes(markup: str) -> list[Code]:
    article = extract(story(markup), URL)
    assert [line for line in article.text.split("\n") if line in LINES] == list(LINES)
    return [block for block in article.body if isinstance(block, Code)]


@pytest.mark.parametrize(
    "markup",
    [
        f"<pre>{PROGRAM}</pre>",
        f"<pre><code>{PROGRAM}</code></pre>",
        f"<div class=highlight><div><pre><span></span>{PROGRAM}\n</pre></div></div>",
        "<pre><code>" + "".join(f'<span style="display: block">{row}</span>' for row in ROWS) + "</code></pre>",
        "<pre><code>" + "\n".join(f"<span class=line>{row}</span>" for row in ROWS) + "</code></pre>",
        "<pre><code>" + "".join(f"<div>{row}</div>" for row in ROWS) + "</code></pre>",
        "<pre>" + "".join(f"<p>{row or '<br>'}</p>" for row in ROWS) + "</pre>",
        "<pre>" + "".join(f"<code>{row}</code>" for row in ROWS) + "</pre>",
        "<pre><ol>" + "".join(f"<li><span>{row}</span></li>" for row in ROWS) + "</ol></pre>",
        "<p><code>" + "<br>".join(map(spaced, ROWS)) + "</code></p>",
        "<p><code>" + "<br/>\n".join(map(spaced, ROWS)) + "</code></p>",
        "<code>" + "<br>".join(map(spaced, ROWS)) + "</code>",
        f"<figure class=highlight><figcaption>gull.py</figcaption><pre><code>{PROGRAM}</code></pre></figure>",
        "<pre>" + "<br>".join(ROWS) + "</pre>",
        # Rouge
        "<div class=highlight><pre class=highlight><code><table class=rouge-table><tbody><tr>"
        f"<td class='rouge-gutter gl'><pre class=lineno>1\n2\n3\n4\n5\n</pre></td>"
        f"<td class=rouge-code><pre>{PROGRAM}\n</pre></td></tr></tbody>"
        "</table></code></pre></div>",
        # Pygments
        "<table class=highlighttable><tr><td class=linenos><div class=linenodiv><pre>1\n2\n3\n4\n5</pre></div></td>"
        f"<td class=code><div class=highlight><pre>{PROGRAM}\n</pre></div></td></tr></table>",
        # Gist
        "<div class='gist'><div class=gist-data><div class='blob-wrapper data'><table class=highlight><tbody>"
        + "".join(
            f"<tr>\n<td id=L{at} class='blob-num js-line-number' data-line-number={at}></td>\n"
            f"<td class='blob-code js-file-line'>{row}</td>\n</tr>\n"
            for at, row in enumerate(ROWS, start=1)
        )
        + "</tbody></table></div></div></div>",
        # SyntaxHighlighter
        "<div class='syntaxhighlighter js'><table><tbody><tr><td class=gutter>"
        + "".join(f"<div class='line number{at}'>{at}</div>" for at in range(1, 6))
        + "</td><td class=code><div class=container>"
        + "".join(f"<div class='line alt{at % 2}'><code>{spaced(row)}</code></div>" for at, row in enumerate(ROWS))
        + "</div></td></tr></tbody></table></div>",
    ],
)
def test_the_lines_of_a_program(markup: str) -> None:
    assert [code.text for code in codes(markup)] == [PROGRAM]


def test_a_line_of_code_in_a_sentence_is_no_block() -> None:
    assert codes("<p>The keeper types <code>run 4</code> and waits for the board to turn.</p>") == []


@pytest.mark.parametrize(
    "markup",
    [
        "<pre><code class=language-toml>sail = 2</code></pre>",
        "<div class='highlight highlight-source-toml'><pre>sail = 2</pre></div>",
        "<pre class='brush: toml'>sail = 2</pre>",
        "<pre data-lang=toml>sail = 2</pre>",
    ],
)
def test_the_language_a_page_names(markup: str) -> None:
    assert codes(markup) == [Code("sail = 2", "toml")]


def test_a_pre_that_was_never_closed_is_a_story() -> None:
    assert codes("<pre><h2>On the islands</h2>") == []
