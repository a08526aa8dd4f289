"""`brief`: the front page as text, Markdown, HTML or JSON for a mail or a printer, or as an e-book with articles."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from cache.library import Library, open_reading
from tui.cli.common import WrongUsage, complain_of_nothing, require_file_names
from tui.cli.front import page_options, wishes_of
from tui.cli.front_json import brief_json
from tui.cli.output import page_width, put_out, say, say_json, say_styled
from tui.local_time import now
from tui.typeset import brief as printed

if TYPE_CHECKING:
    from cache.front_page import Brief


def options(parser: ArgumentParser) -> None:
    """What `brief` takes."""
    page_options(parser, "24h", 12)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--markdown", action="store_true", help="print Markdown")
    form.add_argument("--html", action="store_true", help="print an HTML page, complete in itself")
    form.add_argument("--json", action="store_true", help="print JSON")
    form.add_argument("--epub", action="store_true", help="write an e-book, the articles behind; needs --output")
    parser.add_argument("--output", metavar="FILE", help="write to this file, not to standard output")


def run(chosen: Namespace, home: str | None) -> int:
    """Print the brief, or write it."""
    require_file_names(chosen.output)
    path = None if chosen.output in (None, "-") else Path(chosen.output)
    if chosen.epub and path is None:
        raise WrongUsage("An e-book needs a file: broadsheet brief --epub --output FILE.")
    with open_reading(home) as library:
        brief = library.brief(wishes_of(chosen))
        if path and chosen.epub:
            say(_book(library, brief, path))
        elif path:
            library.write_text(path, _text(brief, chosen))
        elif chosen.json:
            say_json(brief_json(brief))
        elif chosen.markdown or chosen.html:
            put_out(_text(brief, chosen).encode("utf-8", "replace"))
        else:
            complain_of_nothing(brief.sections)
            _print(brief)
    return 0


def _book(library: Library, brief: Brief, path: Path) -> str:
    at = brief.page.at.astimezone(now().tzinfo)
    title = printed.title(brief.page, at)
    return library.write_edition(path, brief, title, lambda address: printed.html_body(brief, at, address)).sentence


def _text(brief: Brief, chosen: Namespace) -> str:
    at = brief.page.at.astimezone(now().tzinfo)
    if chosen.json:
        from json import dumps

        return f"{dumps(brief_json(brief), ensure_ascii=False)}\n"
    if chosen.markdown or chosen.html:
        return printed.html(brief, at) if chosen.html else printed.markdown(brief, at)
    return "\n".join(line for line, _ in printed.lines(brief, at, page_width(None))) + "\n"


def _print(brief: Brief) -> None:
    at = brief.page.at.astimezone(now().tzinfo)
    for line, kind in printed.lines(brief, at, page_width(None)):
        if kind in ("title", "section", "headline"):
            say_styled(line)
        else:
            say(line)
