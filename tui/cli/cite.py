"""`cite`: an article, or a passage of it, with whose it is, where it stands, and the digest of its page."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from cache.formats.citation import citation, passages
from cache.formats.record import time_record
from cache.library import open_reading
from tui.cli.common import reference
from tui.cli.options import amount, json_option, reference_option
from tui.cli.output import complain, say_json, say_lines
from tui.typeset import wording


def options(parser: ArgumentParser) -> None:
    """What `cite` takes."""
    reference_option(parser)
    parser.add_argument("--paragraph", type=amount, metavar="N", help="with its Nth paragraph, as JSON's text has them")
    json_option(parser)


def run(chosen: Namespace, home: str | None) -> int:
    """Print a citation in Markdown; 1 where the text, or that paragraph, is not there."""
    with open_reading(home) as library:
        entry = library.entry(reference(chosen.ref))
        article = library.article(entry.id)
    if article is None:
        complain(f"The text of {entry.url} is not on disk; `broadsheet show {entry.id}` fetches it.")
        return 1
    held = passages(article)
    if chosen.paragraph and chosen.paragraph > len(held):
        complain(f"{entry.url} has {wording.count(len(held), 'paragraph')}.")
        return 1
    passage = held[chosen.paragraph - 1] if chosen.paragraph else ""
    text = citation(article, entry, passage)
    if not chosen.json:
        say_lines(text)
        return 0
    say_json(
        {
            "id": str(entry.id),
            "url": article.url,
            "headline": article.headline,
            "authors": list(article.authors),
            "source": article.source or entry.source,
            "published": time_record(article.published),
            "fetched": time_record(entry.fetched),
            "page_sha256": article.page_sha256 or None,
            "paragraph": chosen.paragraph,
            "passage": passage,
            "citation": text,
        }
    )
    return 0
