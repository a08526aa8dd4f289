"""`show`: one article as text, its story as a timeline, or what its site changed in it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from cache.entry import Entry, Reading
from cache.errors import NoSuchEntry
from cache.highlight import Highlight
from cache.library import Library, open_reading
from fetch.article import Article
from fetch.enclosures import with_enclosures
from tui.cli.article import form_options, print_article, print_text
from tui.cli.common import is_address, reference, with_library
from tui.cli.json import added, teaser_only
from tui.cli.options import reference_option, width_option
from tui.cli.output import complain, say_json
from tui.typeset.article import quoted


def options(parser: ArgumentParser) -> None:
    """What `show` takes."""
    reference_option(parser)
    form_options(parser)
    view = parser.add_mutually_exclusive_group()
    view.add_argument("--story", action="store_true", help="its story as a timeline: what each report adds")
    view.add_argument("--changes", action="store_true", help="what its site changed in it since it was kept")
    width_option(parser)


def run(chosen: Namespace, home: str | None) -> int:
    """Print an article, fetched first where it is not on disk; 1 where only its teaser could be had."""
    if chosen.story:
        from tui.cli.show_story import print_story

        return print_story(chosen, home)
    if chosen.changes:
        from tui.cli.show_changes import print_changes

        return print_changes(chosen, home)
    reading = _on_disk(chosen, home)
    if reading.article is None:
        reading = _fetched(chosen, home)
    if reading.article is not None:
        print_article(chosen, reading.article, reading.entry, *_added(chosen, home, reading.entry))
        return 0
    if reading.entry is not None and (reading.entry.source_id or reading.entry.summary):
        _print_teaser(chosen, reading.entry, *_added(chosen, home, reading.entry))
    complain(reading.notice or "The text of this article could not be had.")
    return 1


def _added(chosen: Namespace, home: str | None, entry: Entry | None) -> tuple[str, list[Highlight]]:
    """The reader's note on an entry, and what is highlighted in it, where that is printed."""
    if not (chosen.json or chosen.markdown) or entry is None:
        return "", []
    with open_reading(home) as library:
        return library.note_of(entry.id), library.highlights(entry.id)


def _on_disk(chosen: Namespace, home: str | None) -> Reading:
    ref = reference(chosen.ref)
    with open_reading(home) as library:
        try:
            return Reading(library.entry(ref), library.article(ref))
        except NoSuchEntry:
            if not is_address(chosen.ref):
                raise
            return Reading(None, None)


def _fetched(chosen: Namespace, home: str | None) -> Reading:
    async def work(library: Library) -> Reading:
        return await library.read(reference(chosen.ref))

    return with_library(home, work)


def _print_teaser(chosen: Namespace, entry: Entry, note: str, highlights: list[Highlight]) -> None:
    if chosen.json:
        say_json({**teaser_only(entry), **added(note, highlights)})
        return
    body = with_enclosures(quoted(entry.summary), entry.enclosures)
    teaser = Article(entry.url, entry.headline, body, entry.authors, entry.published)
    print_text(chosen, teaser, entry.source)
