"""What there is to go to: the usual views, sources in the tree of their groups, and kept searches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cache.source_entry import SourceEntry
from tui import sections
from tui.local_time import now
from tui.panes.choices import Choice
from tui.sections import Section
from tui.typeset import wording

if TYPE_CHECKING:
    from cache.library import Library

SEARCHES = "Searches"
_LOOSE = "Sources"
_FURTHER = (
    sections.SINGLE,
    Section("Today", "since:today", "Nothing was published today so far."),
    Section("Asked for offline", "is:queued", "Nothing waits to be fetched.\n\nWhat you open offline comes here."),
    Section("Failed", "is:failed", "Every article could be had."),
    Section("Tagged", "is:tagged", "Nothing is tagged.\n\nPress T on an article."),
    Section("With a note", "is:noted", "There is no note.\n\nPress e on an article."),
)
_ADVICE = (
    ("no network", "Comes with the next refresh, when there is a network."),
    ("no such host", "The name is wrong, or the site is gone: a and the paper's name looks for it."),
    ("in time", "Its server is slow or busy: r asks again."),
    ("certificate", "Its server is not set up well; it is asked again with each refresh."),
    ("robots", "Its site asks programs to stay away from this page; a and the site's address may find a feed."),
    ("come again later", "Its server wants a pause, which is kept."),
    ("HTTP 404", "It has moved or is gone: a and the site's address finds where to; d removes this one."),
    ("HTTP 410", "It is gone for good: d removes it, and what you keep of it stays."),
    ("HTTP 401", "It wants a login: broadsheet arrange --secret sends one."),
    ("HTTP 402", "It wants to be paid: broadsheet arrange --secret sends a subscriber's login."),
    ("HTTP 403", "It lets no program in; E sets a proxy, broadsheet arrange a header."),
    ("is not a feed", "Its address shows something else now: a and the site's address finds the feed."),
    ("proxy", "E sets the proxy, or takes it away."),
)
"""Words of an error, and what can be done about it."""


class ContentsRow(NamedTuple):
    """A row: its group, the section, what to say of it, the source or None, and what stands at its right."""

    group: str
    section: Section
    detail: str
    source: SourceEntry | None = None
    mark: str = ""

    @property
    def source_id(self) -> int:
        """The number of the source, 0 where it is of none."""
        return self.source.id if self.source else 0

    @property
    def names(self) -> str:
        """What it is found by."""
        source = self.source
        return " ".join([self.section.title, *((source.url, *source.groups) if source else (self.group,))])

    @property
    def choice(self) -> Choice:
        """The row as it is offered."""
        return Choice(self.section.title, self.detail, self.group, self.mark)


def contents(library: Library) -> list[ContentsRow]:
    """All there is to go to: the usual views, then sources by group, then kept searches."""
    status = library.status()
    numbers = (status.total, status.unread, status.saved, status.total - status.full)
    rows = [ContentsRow("", view, f"{number:,}") for view, number in zip(sections.VIEWS, numbers, strict=True)]
    rows += [ContentsRow("", view, _number(library, view.query)) for view in _FURTHER]
    rows += _of_sources(library.sources())
    for kept in library.searches():
        section = Section(kept.name, kept.query, f"Nothing found for “{kept.query}”.")
        rows.append(ContentsRow(SEARCHES, section, _number(library, kept.query)))
    return rows


def about(row: ContentsRow) -> str:
    """What there is to know of a row: a source's kind, address and last answer, and what helps where it failed."""
    source = row.source
    if source is None:
        return row.section.query and f"Lists {row.section.query}"
    kind = wording.KINDS.get(source.kind, source.kind)
    facts = [f"{kind} · {source.url}", wording.last_answer(source, now())]
    return "\n".join([*facts, what_to_do(source.error)])


def what_to_do(error: str) -> str:
    """What can be done about what went wrong with a source; "" where nothing did."""
    if not error:
        return ""
    said = error.casefold()
    return next((advice for words, advice in _ADVICE if words.casefold() in said), "r asks it again.")


def _of_sources(sources: Sequence[SourceEntry]) -> Iterator[ContentsRow]:
    placed = [(group, source) for source in sources for group in source.groups or ("",)]
    placed.sort(key=lambda each: (each[0].casefold().split("/"), _title(each[1]).casefold()))
    headings = {group: _heading(group, placed) for group, _ in placed}
    for group, source in placed:
        counts = f"{source.unread:,} of {source.total:,}" if source.unread else wording.stories(source.total)
        if source.error:
            counts = f"{source.unread:,} of {source.total:,} · {wording.last_answer(source, now())}"
        detail = f"{counts} · {wording.LISTS_MORE}" if source.is_cut and not source.error else counts
        section = sections.of_source(source.id, _title(source))
        yield ContentsRow(headings[group], section, detail, source, " !" if source.error else "")


def _heading(group: str, placed: Sequence[tuple[str, SourceEntry]]) -> str:
    """A group under those it is in, with what of it and of the groups in it is unread, and how many failed."""
    within = {source.id: source for path, source in placed if path == group or (group and path.startswith(f"{group}/"))}
    unread, failed = sum(each.unread for each in within.values()), sum(bool(each.error) for each in within.values())
    name = f"{'  ' * group.count('/')}{group.replace('/', ' / ')}" if group else _LOOSE
    said = [name, f"{unread:,} unread" if unread else "", f"{failed:,} failed" if failed else ""]
    return " · ".join(filter(None, said))


def _title(source: SourceEntry) -> str:
    return source.title or wording.site(source.url)


def _number(library: Library, query: str) -> str:
    counted = library.counted(query)
    return f"{counted.number:,}{'' if counted.whole else ' or more'}"
