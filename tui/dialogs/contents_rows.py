"""What there is to go to, as a tree: the usual views, tags, kept searches, and sources under their groups."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cache.front_page import FOLLOWED_SECTION
from cache.source_entry import SourceEntry
from fetch.letters import natural_order
from tui import amounts, sections
from tui.keymap import verbatim
from tui.local_time import now
from tui.panes.choices import Choice
from tui.sections import Section
from tui.settings import FEW_SOURCES, SECTION_NAMES
from tui.typeset import wording

if TYPE_CHECKING:
    from cache.library import Library

SEARCHES = "searches"
TOPICS = "topics"
TAGS = "tags"
FAILED = "failed"
SOURCES = "sources"
GROUP = "group:"
_TODAY = Section("Today", "since:today", "Nothing was published today so far.\n\nPress {main.refresh|r} to refresh.")
_QUEUE = Section("Queue", "is:queued", "Nothing waits to be fetched.\n\nWhat you open offline comes here.")
_FAILED = Section(
    "Failed", "is:failed", "Every article could be had.\n\nWhat a site does not give stands here, with the reason."
)
_TAGGED = Section("Tagged", "is:tagged", "Nothing is tagged.\n\nPress {main.tags|T} on an article.")
_NOTED = Section("With a note", "is:noted", "There is no note.\n\nPress {main.note|e} on an article.")
_HIGHLIGHTED = Section(
    "Highlights",
    "has:highlight",
    "Nothing is highlighted.\n\nPress {main.passage|p} in an article, then {passage.highlight|enter}.",
)
_FOLLOWED = Section(
    FOLLOWED_SECTION, "is:followed", "Nothing is there of what you follow.\n\nWhat comes in of it stands here."
)
_BY_NAME = sections.BY_NAME | {
    "today": _TODAY,
    "queue": _QUEUE,
    "noted": _NOTED,
    "passages": _HIGHLIGHTED,
    "single": sections.SINGLE,
}
_OPEN, _SHUT = "▾", "▸"
_DEEPEST = 6  # steps that a row is set in


class Destination(NamedTuple):
    """Where the page is left for: a section, and the article to open in it, 0 for none."""

    section: Section
    entry_id: int = 0


class ContentsRow(NamedTuple):
    """A row: the section it leads to, if any, and what to say of it; of a source, that.

    `heads` is the key of the branch it is the heading of, "" for a leaf; `within` are those of the branches it is in.
    """

    title: str
    section: Section | None
    detail: str = ""
    source: SourceEntry | None = None
    heads: str = ""
    within: tuple[str, ...] = ()

    @property
    def source_id(self) -> int:
        """The number of the source, 0 where it is of none."""
        return self.source.id if self.source else 0

    @property
    def key(self) -> tuple[object, ...]:
        """By which it is the same row after counts have changed."""
        name = "" if self.source else self.title  # two kept searches may look for the same
        return self.heads, self.source_id, self.within, self.section and self.section.query, name

    def is_again(self, other: ContentsRow) -> bool:
        """Whether it is the same row, or the same source filed elsewhere."""
        return self.key == other.key or 0 < self.source_id == other.source_id

    @property
    def names(self) -> str:
        """What it is found by."""
        source = self.source
        return " ".join([self.title, *((source.url, *source.groups) if source else ())])

    def choice(self, *, folded: bool = False, marked: bool = False) -> Choice:
        """The row as it is offered."""
        sign = (_SHUT if folded else _OPEN) + " " if self.heads else "  " if self.within else ""
        failed = self.source is not None and bool(self.source.error)
        mark = f"{' !' if failed else ''}{' ✓' if marked else ''}"
        set_in = "  " * min(max(len(self.within) - 1, 0) if not self.heads else len(self.within), _DEEPEST)
        before = f"{set_in}{sign}"
        return Choice(f"{before}{self.title}", self.detail, mark=mark, is_heading=bool(self.heads), lead=len(before))


def contents(library: Library, shown: Sequence[str] = SECTION_NAMES) -> list[ContentsRow]:
    """What there is to go to: the sections of these names, kept searches, topics that are followed, then sources under
    their groups.
    """
    usual = _usual(library)
    named = [row for name in shown for row in _of_name(name, library, usual)]
    return [*named, *_searches(library), *_topics(library), *_of_sources(library.sources())]


def visible(rows: Sequence[ContentsRow], words: str, folded: Collection[str]) -> list[ContentsRow]:
    """The rows to show: what begins like the words typed, under its headings; else what stands in no folded branch."""
    from tui.dialogs.picker import says

    typed = words.casefold().split()
    if not typed:
        return [row for row in rows if not any(key in folded for key in row.within)]
    found = [row for row in rows if says(row.names, typed)]
    branches = {key for row in found for key in row.within}
    kept = {row.key for row in found}
    return [row for row in rows if row.key in kept or row.heads in branches]


def about(row: ContentsRow, said: Callable[[str], str]) -> tuple[list[str], str]:
    """Facts of a row, a source's kind, address and last answer, and what helps where it failed.

    `said` puts keys into a sentence.
    """
    source = row.source
    if source is None:
        return ([f"Lists {row.section.query}"] if row.section and row.section.query else []), ""
    kind = wording.KINDS.get(source.kind, source.kind)
    asked = f" · every {amounts.span(source.every)}" if source.every else ""
    facts = [f"{kind} · {source.url}", f"{wording.last_answer(source, now())}{asked}"]
    return facts, said(what_to_do(source.error))


def _usual(library: Library) -> dict[Section, int]:
    """The sections whose entries the library has counted already."""
    status = library.status()
    numbers = (status.total, status.unread, status.saved, status.total - status.full, status.failed)
    return dict(zip((*sections.VIEWS, _FAILED), numbers, strict=True))


def _of_name(name: str, library: Library, usual: Mapping[Section, int]) -> Iterator[ContentsRow]:
    if name == "tags":
        yield from _tags(library)
    elif name == "front":
        if len(library.sources()) >= FEW_SOURCES:
            yield ContentsRow(sections.FRONT.title, sections.FRONT)
    elif name == "failed":
        yield from _failed(library, usual[_FAILED])
    else:
        view = _BY_NAME[name]
        yield ContentsRow(view.title, view, f"{usual[view]:,}" if view in usual else _number(library, view.query))


def _failed(library: Library, number: int) -> Iterator[ContentsRow]:
    reasons = library.failures()
    heads = FAILED if reasons else ""
    yield ContentsRow(_FAILED.title, _FAILED, f"{number:,}", heads=heads)
    for reason, times in reasons.items():
        section = Section(f"Failed: {reason}", f'is:failed reason:"{_quoted(reason)}"', _FAILED.empty)
        yield ContentsRow(reason, section, f"{times:,}", within=(FAILED,))


def _tags(library: Library) -> Iterator[ContentsRow]:
    tags = library.tags()
    yield ContentsRow(_TAGGED.title, _TAGGED, "" if tags else "0", heads=TAGS if tags else "")
    for name, number in tags.items():
        section = Section(f"# {name}", f'tag:"{_quoted(name)}"', _TAGGED.empty)
        yield ContentsRow(f"# {name}", section, f"{number:,}", within=(TAGS,))


def _searches(library: Library) -> Iterator[ContentsRow]:
    kept = library.searches()
    if kept:
        yield ContentsRow("Searches", None, heads=SEARCHES)
    for each in kept:
        section = Section(
            each.name, each.query, f"Nothing found for “{verbatim(each.query)}”.\n\nWhat comes in and fits stands here."
        )
        yield ContentsRow(each.name, section, _number(library, each.query), within=(SEARCHES,))


def _topics(library: Library) -> Iterator[ContentsRow]:
    """The topics that are followed, by the headlines they were chosen by, with what is unread of each."""
    followed = library.topics()
    if followed:
        yield ContentsRow(_FOLLOWED.title, _FOLLOWED, _unread(library, _FOLLOWED.query), heads=TOPICS)
    for topic in followed:
        title = topic.headline or "A story that is gone"
        section = Section(title, f"topic:{topic.report}", _FOLLOWED.empty)
        yield ContentsRow(title, section, _unread(library, section.query), within=(TOPICS,))


def topic_of(section: Section) -> int:
    """The report that a followed topic is known by, of its section."""
    return int(section.query.partition(":")[2])


def _unread(library: Library, query: str) -> str:
    return f"{_number(library, f'{query} is:unread')} unread"


def _of_sources(sources: Sequence[SourceEntry]) -> Iterator[ContentsRow]:
    """Sources by group and in their order, each group under those it is in, with what is unread and failed in it."""
    placed = [(group, source) for source in sources for group in source.groups or ("",)]
    placed.sort(key=lambda each: ([*map(natural_order, each[0].split("/"))], each[0], place_of(each[1])))
    within: dict[str, dict[int, SourceEntry]] = {}
    for group, source in placed:
        for path in paths(group):
            within.setdefault(path, {})[source.id] = source
    headed = set[str]()
    for group, source in placed:
        branches = paths(group)
        for path in branches:
            if path not in headed:
                headed.add(path)
                yield _heading(path, within[path].values())
        keys = tuple(GROUP + path if path else SOURCES for path in branches)
        title = title_of(source)
        yield ContentsRow(title, sections.of_source(source.id, title), _counts(source), source, within=keys)


def paths(group: str) -> list[str]:
    """A group and those it is in, from the outermost: "Sea", "Sea/Harbours"."""
    parts = group.split("/")
    return ["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]


def place_of(source: SourceEntry) -> tuple[bool, int, list[str | int]]:
    """By which sources of a group are in order: the places they were given, then their titles."""
    return source.place is None, source.place or 0, natural_order(title_of(source))


def title_of(source: SourceEntry) -> str:
    """What a source is called."""
    return source.title or wording.site(source.url)


def _heading(path: str, sources: Collection[SourceEntry]) -> ContentsRow:
    unread, failed = sum(each.unread for each in sources), sum(bool(each.error) for each in sources)
    said = [f"{unread:,} unread" if unread else "", f"{failed:,} failed" if failed else ""]
    detail = " · ".join(filter(None, said))
    if not path:
        return ContentsRow("Sources", None, detail, heads=SOURCES)
    section = Section(
        path.replace("/", " / "),
        f'group:"{_quoted(path)}"',
        "No source of this group has an article.\n\nPress {main.refresh|r} to refresh.",
    )
    name = path.rpartition("/")[2]
    return ContentsRow(
        name, section, detail, heads=GROUP + path, within=tuple(GROUP + each for each in paths(path)[:-1])
    )


def _counts(source: SourceEntry) -> str:
    counts = f"{source.unread:,} of {source.total:,}" if source.unread else wording.stories(source.total)
    if source.error:
        return f"{source.unread:,} of {source.total:,} · {wording.last_answer(source, now())}"
    said = ("paused" if source.paused else "", wording.LISTS_MORE if source.is_cut else "")
    return " · ".join([counts, *filter(None, said)])


def _quoted(text: str) -> str:
    """Text as it may stand between quotes in a query, which has no way to quote those."""
    return text.replace('"', "")


def _number(library: Library, query: str) -> str:
    counted = library.counted(query)
    return f"{counted.number:,}{'' if counted.whole else ' or more'}"


_ADVICE = (
    ("no network", "Comes with the next refresh, when there is a network."),
    ("no such host", "The name is wrong, or the site is gone: {main.add|a} and the paper's name looks for it."),
    ("in time", "Its server is slow or busy: {contents.refresh|r} asks again."),
    ("certificate", "Its server is not set up well; it is asked again with each refresh."),
    ("robots", "Its site asks programs to stay away from this page; {main.add|a} and its address may find a feed."),
    ("come again later", "Its server wants a pause, which is kept."),
    ("HTTP 404", "It has moved or is gone: {main.add|a} and its site finds where to; {contents.remove|d} removes it."),
    ("HTTP 410", "It is gone for good: {contents.remove|d} removes it, and what you keep of it stays."),
    ("HTTP 401", "It wants a login: broadsheet arrange --secret sends one."),
    ("HTTP 402", "It wants to be paid: broadsheet arrange --secret sends a subscriber's login."),
    ("HTTP 403", "It lets no program in; {contents.arrange|E} sets a proxy or a header."),
    ("is not a feed", "Its address shows something else now: {contents.arrange|E} has it read as that."),
    ("proxy", "{contents.arrange|E} sets the proxy, or takes it away."),
)
"""Words of an error, and what can be done about it."""


def what_to_do(error: str) -> str:
    """What can be done about what went wrong with a source, keys in it as {id|usual}; "" where nothing did."""
    if not error:
        return ""
    said, again = error.casefold(), "{contents.refresh|r} asks it again."
    return next((advice for words, advice in _ADVICE if words.casefold() in said), again)
