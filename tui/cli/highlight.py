"""`highlight`: what is highlighted in an article, one highlight more, or one less."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from cache.formats.citation import passages
from cache.formats.highlights import highlight_record
from cache.highlight import TextRange
from cache.library import Library, open_reading
from fetch.text import clean, drawable
from tui.cli.common import WrongUsage, reference, with_library
from tui.cli.options import amount, json_option, reference_option
from tui.cli.output import complain, say, say_json
from tui.typeset import wording

if TYPE_CHECKING:
    from cache.entry import Entry
    from cache.highlight import Highlight
    from fetch.article import Article

_GONE = "gone"
"""What stands in the place of a paragraph's number where the words are no longer in the text."""


def options(parser: ArgumentParser) -> None:
    """What `highlight` takes."""
    reference_option(parser)
    parser.add_argument("--paragraph", type=amount, metavar="N", help="its Nth paragraph, as JSON's text has them")
    parser.add_argument("--words", metavar="TEXT", help="these words of it, or of the paragraph")
    act = parser.add_mutually_exclusive_group()
    act.add_argument("--note", metavar="TEXT", help="keep this note on the highlight; an empty one takes it away")
    act.add_argument("--remove", action="store_true", help="take the highlight away, be its words in the text or not")
    json_option(parser)


def run(chosen: Namespace, home: str | None) -> int:
    """Highlight part of an article, or take that back, and print the highlights it then has; 1 where it cannot be."""
    asked = chosen.paragraph is not None or chosen.words is not None
    if not asked and (chosen.remove or chosen.note is not None):
        raise WrongUsage("Say what is meant: --paragraph N or --words TEXT.")
    if not asked:
        with open_reading(home) as library:
            entry = library.entry(reference(chosen.ref))
            _print(library.highlights(entry.id), entry, as_json=chosen.json)
        return 0
    return with_library(home, lambda library: _change(library, chosen))


async def _change(library: Library, chosen: Namespace) -> int:
    entry = library.entry(reference(chosen.ref))
    article = library.article(entry.id)
    wanted = _range(article, chosen) if article else None
    if chosen.remove:
        if not await library.withdraw(entry.id, _meant(library.highlights(entry.id), chosen, wanted)):
            complain("That is not highlighted.")
            return 1
    elif wanted is None:
        complain(_why_not(entry, article, chosen))
        return 1
    elif chosen.note is None:
        await library.highlight(entry.id, wanted)
    else:
        await library.annotate(entry.id, wanted, clean(chosen.note))
    _print(library.highlights(entry.id), entry, as_json=chosen.json)
    return 0


def _range(article: Article, chosen: Namespace) -> TextRange | None:
    """What is meant of an article's text; None where that is not in it."""
    text, held = article.text, passages(article)
    start, end = 0, len(text)
    if chosen.paragraph is not None:
        if chosen.paragraph > len(held):
            return None
        start = sum(len(each) + 1 for each in held[: chosen.paragraph - 1])
        end = start + len(held[chosen.paragraph - 1])
    if chosen.words is not None:
        words = clean(chosen.words)
        start = text.find(words, start, end) if words else -1
        end = start + len(words)
    return TextRange(text, start, end) if start >= 0 else None


def _meant(highlights: list[Highlight], chosen: Namespace, wanted: TextRange | None) -> list[Highlight]:
    """The highlights to take away: those that touch what is meant, or without a paragraph all of these words."""
    words = clean(chosen.words or "") if chosen.paragraph is None else ""
    return [each for each in highlights if (words and clean(each.text) == words) or (wanted and each.meets(wanted))]


def _why_not(entry: Entry, article: Article | None, chosen: Namespace) -> str:
    if article is None:
        return f"The text of {entry.url} is not on disk; `broadsheet show {entry.id}` fetches it."
    number = len(passages(article))
    if chosen.paragraph is not None and chosen.paragraph > number:
        return f"{entry.url} has {wording.count(number, 'paragraph')}."
    where = f"paragraph {chosen.paragraph}" if chosen.paragraph else "the text"
    return f"These words are not in {where} of {entry.url}."


def _print(highlights: list[Highlight], entry: Entry, *, as_json: bool) -> None:
    for each in highlights:
        if as_json:
            say_json({"id": str(entry.id), "url": entry.url, **highlight_record(each)})
            continue
        where = f"{each.place.paragraph:>6}" if each.place else f"{_GONE:>6}"
        note = f"  [{drawable(each.note)}]" if each.note else ""
        edited = "  (edited since)" if each.place and each.place.edited else ""
        say(f"{where}  {clean(each.text)}{edited}{note}")
    if not highlights and not as_json:
        say("Nothing is highlighted.")
