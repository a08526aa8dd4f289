"""What each verb takes: one function a verb, filling its parser."""

from __future__ import annotations

import re
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from datetime import date

from tui import amounts

FORMATS = ("opml", "markdown", "epub", "jsonl", "pack")


def size(text: str) -> int:
    """Bytes from what people write: 300k, 2M, 1.5M, 40000."""
    return _amount(amounts.octets, text)


def amount(text: str) -> int:
    """A whole number above zero."""
    return _amount(amounts.number, text)


def _amount(read: Callable[[str], int], text: str) -> int:
    try:
        return read(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error).rstrip(".")) from None


def since(text: str) -> str:
    """How far back, as the query language takes it."""
    wanted = text.strip().lower()
    if not re.fullmatch(r"\d{1,4}\s*(h|d|w|m|y|hours?|days?|weeks?|months?|years?)|today|yesterday", wanted):
        try:
            year, month, day = [*map(int, wanted.split("-")), 1, 1][:3]
            date(year, month, day)
        except ValueError:
            raise ArgumentTypeError(
                f"{text!r} is neither an age such as 24h or 7d nor a day such as 2026-11-01"
            ) from None
    return text.strip()


def add(parser: ArgumentParser) -> None:
    """Options of `add`."""
    parser.add_argument("urls", nargs="+", metavar="URL", help="a feed, a site, a section page or one article")
    _json(parser)


def sources(parser: ArgumentParser) -> None:
    """Options of `sources`."""
    _json(parser)


def remove(parser: ArgumentParser) -> None:
    """Options of `remove`."""
    parser.add_argument("source", metavar="SOURCE", help="its number, title or address")


def refresh(parser: ArgumentParser) -> None:
    """Options of `refresh`."""
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="only these; all that are due without")
    parser.add_argument("--max-bytes", type=size, metavar="N", help="stop after so many bytes, such as 300k or 5M")
    parser.add_argument("--force", action="store_true", help="ask also sources that are not due yet")
    parser.add_argument(
        "--scheduled", action="store_true", help="for cron: leave alone what was asked within the hour, or the day"
    )
    parser.add_argument("--teasers", action="store_true", help="headlines only; the texts come with a later refresh")
    parser.add_argument("--pages", type=amount, default=1, metavar="N", help="follow a section to its Nth page")
    _json(parser)


def listing(parser: ArgumentParser) -> None:
    """Options of `list`."""
    parser.add_argument("query", nargs="*", metavar="QUERY", help="search terms, such as is:failed or author:brandt")
    parser.add_argument("--unread", action="store_true", help="only what is not read yet")
    parser.add_argument("--saved", action="store_true", help="only what is saved")
    parser.add_argument("--source", metavar="S", help="only from this source: its number, title or address")
    parser.add_argument("--since", type=since, metavar="WHEN", help="not older than this: 24h, 7d, 2w or 2026-11-01")
    _limit(parser)
    _json(parser)


def show(parser: ArgumentParser) -> None:
    """Options of `show`."""
    _reference(parser)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON")
    form.add_argument("--markdown", action="store_true", help="print Markdown")
    view = parser.add_mutually_exclusive_group()
    view.add_argument("--story", action="store_true", help="its story as a timeline: what each report adds")
    view.add_argument("--changes", action="store_true", help="what its site changed in it since it was kept")
    parser.add_argument("--width", type=amount, metavar="N", help="columns; as wide as reads well without")


def extract(parser: ArgumentParser) -> None:
    """Options of `extract`."""
    parser.add_argument("page", metavar="FILE|URL", help="a saved page, an address, or - for standard input")
    parser.add_argument("--url", default="", metavar="URL", help="the address the saved page came from")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON")
    form.add_argument("--markdown", action="store_true", help="print Markdown")
    form.add_argument("--explain", action="store_true", help="say of each block why it was kept or dropped")
    parser.add_argument("--width", type=amount, metavar="N", help="columns; as wide as reads well without")


def search(parser: ArgumentParser) -> None:
    """Options of `search`."""
    parser.add_argument("query", nargs="*", metavar="QUERY", help='words, "phrases", -not, since:7d, is:unread …')
    _limit(parser, 20)
    _json(parser)


def related(parser: ArgumentParser) -> None:
    """Options of `related`."""
    _reference(parser)
    _limit(parser, 20)
    _json(parser)


def mark(parser: ArgumentParser) -> None:
    """Options of `mark`."""
    parser.add_argument(
        "refs", nargs="+", metavar="REF", help="an article's number as `list` prints it, or its address"
    )
    read = parser.add_mutually_exclusive_group()
    read.add_argument("--read", action="store_true", default=None, help="it is read")
    read.add_argument("--unread", action="store_false", dest="read", default=None, help="it is unread")
    saved = parser.add_mutually_exclusive_group()
    saved.add_argument("--save", action="store_true", dest="saved", default=None, help="save it for later, with a star")
    saved.add_argument("--let-go", action="store_false", dest="saved", default=None, help="save it no longer")
    parser.add_argument("--tag", action="append", default=[], metavar="NAME", help="give it this tag, too")
    parser.add_argument("--untag", action="append", default=[], metavar="NAME", help="take this tag away")
    parser.add_argument("--note", metavar="TEXT", help="keep this note on it; an empty one takes it away")


def searches(parser: ArgumentParser) -> None:
    """Options of `searches`."""
    change = parser.add_mutually_exclusive_group()
    change.add_argument("--keep", nargs=2, metavar=("NAME", "QUERY"), help="keep a search as a section of this name")
    change.add_argument("--drop", metavar="NAME", help="keep it no longer")
    _json(parser)


def import_(parser: ArgumentParser) -> None:
    """Options of `import`."""
    parser.add_argument("file", metavar="FILE", help="OPML, a pack, or JSON Lines; - for standard input")


def export(parser: ArgumentParser) -> None:
    """Options of `export`."""
    parser.add_argument("format", choices=FORMATS, metavar="FORMAT", help=", ".join(FORMATS))
    parser.add_argument("--query", default="", metavar="QUERY", help="which articles; all without")
    parser.add_argument("--since", type=since, metavar="WHEN", help="not older than this: 24h, 7d, 2w or 2026-11-01")
    parser.add_argument("--max-bytes", type=size, metavar="N", help="of a pack: stop at this size, best first")
    parser.add_argument("--output", default="-", metavar="FILE", help="where to write; standard output without")


def header(text: str) -> tuple[str, str]:
    """A request header as people write it: `Name: value`."""
    name, colon, value = text.partition(":")
    if not colon or not re.fullmatch(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+", name.strip()) or not value.strip().isprintable():
        raise ArgumentTypeError(f"{text!r} is not a header such as 'Accept-Language: ja'")
    return name.strip(), value.strip()


def arrange(parser: ArgumentParser) -> None:
    """Options of `arrange`."""
    parser.add_argument("source", metavar="SOURCE", help="its number, title or address")
    parser.add_argument("--max-bytes", type=size, metavar="N", help="at most so many bytes a refresh, such as 300k")
    parser.add_argument("--proxy", metavar="URL", help="ask it through this proxy")
    parser.add_argument("--header", type=header, action="append", default=[], metavar="'NAME: VALUE'", help="send this")
    parser.add_argument(
        "--secret", action="append", default=[], metavar="NAME", help="send this header; its value goes to the keyring"
    )
    parser.add_argument("--plain", action="store_true", help="take all of this away")


def keep(parser: ArgumentParser) -> None:
    """Options of `keep`."""
    parser.add_argument("source", metavar="SOURCE", help="its number, title or address")
    parser.add_argument("--days", type=amount, metavar="N", help="no longer than so many days; for ever without")
    parser.add_argument("--count", type=amount, metavar="N", help="no more than so many; all without")


def prune(parser: ArgumentParser) -> None:
    """Options of `prune`."""
    parser.add_argument("--dry-run", action="store_true", help="only say what would be removed")


def sync(parser: ArgumentParser) -> None:
    """Options of `sync`: any, as it can do nothing yet."""
    parser.add_argument("rest", nargs="*", metavar="…")


def doctor(parser: ArgumentParser) -> None:
    """Options of `doctor`."""
    parser.add_argument("--repair", action="store_true", help="repair the library, keeping the damaged file aside")
    _json(parser)


def _reference(parser: ArgumentParser) -> None:
    parser.add_argument("ref", metavar="REF", help="an article's number as `list` prints it, or its address")


def _limit(parser: ArgumentParser, default: int | None = None) -> None:
    parser.add_argument("--limit", type=amount, default=default, metavar="N", help="at most so many")


def _json(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")
