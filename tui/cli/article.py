"""An article on standard output, as text, Markdown or JSON: what `show` and `extract` share."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from cache.entry import Entry
from cache.formats.record import article_record
from fetch.article import Article
from fetch.text import drawable
from tui.cli.json import added
from tui.cli.output import page_width, say_json, say_lines, say_set, styled
from tui.local_time import now
from tui.typeset.article import Annotations, in_full, lay_out
from tui.typeset.line import Line

if TYPE_CHECKING:
    from argparse import _MutuallyExclusiveGroup
    from collections.abc import Sequence

    from cache.highlight import Highlight

_CODES = dict.fromkeys(("headline", "heading", "subheading", "strong", "tablehead"), "1") | {"emphasis": "3"}
"""The terminal's styles of roles: bold and italic; all else of a page looks like text."""


def form_options(parser: ArgumentParser) -> _MutuallyExclusiveGroup:
    """The forms an article is printed in, one at a time."""
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON")
    form.add_argument("--markdown", action="store_true", help="print Markdown")
    return form


def print_article(
    chosen: Namespace, article: Article, entry: Entry | None, note: str = "", highlights: Sequence[Highlight] = ()
) -> None:
    """Print it in the form and the width that were chosen, with what its reader added to it."""
    if chosen.json:
        say_json({**article_record(article, entry), **added(note, highlights)})
    elif chosen.markdown:
        from cache.formats.markdown import render

        say_lines(render(article, entry, highlights))
    else:
        print_text(chosen, article, entry.source if entry else "")


def print_text(chosen: Namespace, article: Article, source: str) -> None:
    """Print it as text; `source` stands in where the page names none."""
    lines = lay_out(article, page_width(chosen.width), now=now(), annotations=Annotations(source))
    for each in lines:
        say_set(_styled(each))


def _styled(line: Line) -> str:
    """The line as it is printed: each run past the gate, then in its style."""
    runs = [*line.runs]
    while runs and not in_full(runs[-1]).strip():
        runs.pop()
    last = len(runs) - 1
    texts = [drawable(in_full(run).rstrip() if place == last else in_full(run)) for place, run in enumerate(runs)]
    return "".join(
        styled(text, _CODES[run.role]) if run.role in _CODES and text.strip() else text
        for run, text in zip(runs, texts, strict=True)
    )
