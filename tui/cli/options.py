"""Options that several verbs take, and the kinds of values they check; each verb adds its own beside its work."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable

from tui import amounts


def size(text: str) -> int:
    """Bytes from what people write: 300k, 2M, 1.5M, 40000."""
    return _amount(amounts.octets, text)


def amount(text: str) -> int:
    """A whole number above zero."""
    return _amount(amounts.number, text)


def span(text: str) -> int:
    """Seconds from what people write: 90m, 6h, 2d."""
    return _amount(amounts.seconds, text)


def _amount(read: Callable[[str], int], text: str) -> int:
    try:
        return read(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error).rstrip(".")) from None


def since(text: str) -> str:
    """How far back, as a term of the query language, which alone decides what is a time."""
    from cache.search.query import parse

    term = f'since:"{text.strip()}"'
    query = parse(term)
    if query.errors or query.has_words or len(query.filters) != 1:
        raise ArgumentTypeError(f"{text!r} is neither an age such as 24h or 7d nor a day such as 2026-11-01")
    return term


def reference_option(parser: ArgumentParser, *, many: bool = False) -> None:
    """The article or articles meant."""
    explained = "an article's number as `list` prints it, or its address"
    if many:
        parser.add_argument("refs", nargs="+", metavar="REF", help=explained)
    else:
        parser.add_argument("ref", metavar="REF", help=explained)


def source_option(parser: ArgumentParser) -> None:
    """The source meant."""
    parser.add_argument("source", metavar="SOURCE", help="its number, title or address")


def since_option(parser: ArgumentParser) -> None:
    """Nothing older than that; a term of the query language."""
    parser.add_argument("--since", type=since, metavar="WHEN", help="not older than this: 24h, 7d, 2w or 2026-11-01")


def width_option(parser: ArgumentParser) -> None:
    """The columns a text is set in."""
    parser.add_argument("--width", type=amount, metavar="N", help="columns; as wide as reads well without")


def limit_option(parser: ArgumentParser, default: int | None = None) -> None:
    """How many at most."""
    parser.add_argument("--limit", type=amount, default=default, metavar="N", help="at most so many")


def json_option(parser: ArgumentParser) -> None:
    """JSON in place of text."""
    parser.add_argument("--json", action="store_true", help="print JSON")
