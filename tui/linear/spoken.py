"""Rows and articles as sentences, in the order in which they are listened to: what it is, then what is known of it."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from cache.highlight import TextRange
from fetch.article import (
    Article,
    Block,
    Break,
    Code,
    Embed,
    Figure,
    Footnote,
    Heading,
    Omission,
    Paragraph,
    Points,
    Quote,
    Span,
    Spans,
    Table,
    Update,
    illustrations,
    lines,
    plain,
)
from tui.typeset import wording

if TYPE_CHECKING:
    from cache.entry import Entry, Offline
    from cache.found import Related
    from cache.highlight import Highlight
    from cache.related.timeline import Report
    from fetch.source import Candidate

_ON_DISK: dict[Offline, str] = {
    "full": "full text",
    "part": "a part of the text",
    "teaser": "teaser only",
    "failed": "no text",
}
_ENDS = (".", "!", "?", "…", ":", "。", "！", "？", "؟", "۔", "\u0964")
"""What ends a sentence; a quotation mark or bracket may follow."""
_NO_LETTERS = re.compile(r"[\W_]+")
_CLOSING = "\"'”’“»«›‹)]」』）"


class SpokenPassage(NamedTuple):
    """A passage of an article as it is read out; `text_offset`: the characters of the article's text before it.

    `text_range` is what of that text it says, empty where it says nothing of it.
    """

    text_offset: int
    said: str
    text_range: tuple[int, int] = (0, 0)


def sentences(*parts: str) -> str:
    """Parts as sentences one behind the other; those that are empty are left out."""
    return " ".join(part if part.rstrip(_CLOSING).endswith(_ENDS) else f"{part}." for part in parts if part)


def in_words(facts: str) -> str:
    """Facts that stand side by side on screen, as a sentence has them."""
    return facts.replace(" · ", ", ")


def row(entry: Entry, when: str) -> str:
    """An entry of a list: headline, source and when, and what state it is in."""
    where = ", ".join(part for part in (wording.paper(entry), when) if part)
    state = ["" if entry.read else "unread", "saved" if entry.saved else "", _on_disk(entry)]
    state += ["changed since" if entry.changed else "", _others(entry)]
    known = ", ".join(part for part in state if part)
    tags = f"tags {', '.join(entry.tags)}" if entry.tags else ""
    return sentences(entry.headline or wording.site(entry.url), where, known[:1].upper() + known[1:], tags)


def related_row(story: Related, when: str) -> str:
    """A related story: headline, source and when, and why it stands there."""
    where = ", ".join(part for part in (story.source, when) if part)
    return sentences(story.headline, where, f"{wording.GROUPS[story.group]}: {story.why}" if story.why else "")


def report_row(report: Report, at: datetime, *, first: bool) -> str:
    """A report of a story: when, by whom, its headline, and what it adds."""
    entry = report.entry
    when = wording.moment(entry.published, at) if entry.published else "date unknown"
    adds = "" if first else "A copy" if report.copy_of else "Adds nothing new"
    if report.adds and not first:
        adds = f"Adds: {' '.join(report.adds)}"
    return sentences(f"{when}, {entry.source}", entry.headline, adds)


def source_row(candidate: Candidate, at: datetime) -> str:
    """A source that could be added: its title, its kind and what it would give."""
    source = candidate.source
    facts = [wording.KINDS.get(source.kind, source.kind), *wording.preview(candidate, at), candidate.why]
    return sentences(source.title or wording.site(source.url), ", ".join(filter(None, facts)))


def opening(article: Article, entry: Entry | None, at: datetime, note: str = "") -> Iterator[str]:
    """What is said before the text: headline, dek, who, when and where, how long, and what the reader added."""
    yield sentences(article.headline or wording.site(article.url))
    if article.dek:
        yield sentences(article.dek)
    source = article.source or (entry.source if entry else "")
    when = wording.moment(article.published, at) if article.published else ""
    yield sentences(wording.byline(article.authors), ", ".join(part for part in (source, when) if part))
    if entry and entry.tags:
        yield sentences(f"Tags {', '.join(entry.tags)}")
    if note:
        yield sentences(f"Note: {note}")


def passages(article: Article) -> list[SpokenPassage]:
    """The body, passage by passage; what is no running text says what it is."""
    found: list[SpokenPassage] = []
    offset = 0
    for block in article.body:
        length = sum(len(line) + 1 for line in lines((block,)))
        before = 0
        ranges = _TextRanges(offset, block)
        for said in _block(block):
            at = offset + min(before, length - 1 if length else 0)
            found += [SpokenPassage(at, said, ranges.of(said))] if said.strip() else []
            before += len(said)
        offset += length
    if article.reason:
        found.append(SpokenPassage(offset, f"The text is not complete: {article.reason}."))
    if article.left_out:
        found.append(SpokenPassage(offset, wording.left_out(article.left_out)))
    return found


class _TextRanges:
    """Which line of a block's text each of the passages says that are read out of it, one after the other."""

    def __init__(self, offset: int, block: Block) -> None:
        self._left = deque(text for line in lines((block,)) for text in line.split("\n"))
        self._offset = offset

    def of(self, said: str) -> tuple[int, int]:
        """The range of the article's text that a passage says; empty where that is none of it."""
        while self._left and not _letters(self._left[0]):
            self._offset += len(self._left.popleft()) + 1
        if not self._left or not _letters(said).endswith(_letters(self._left[0])):
            return 0, 0
        start = self._offset
        end = start + len(self._left.popleft())
        self._offset = end + 1
        return start, end


def passage(spoken: SpokenPassage, highlights: Sequence[Highlight]) -> str:
    """A passage, and what of it is highlighted."""
    start, end = spoken.text_range
    met = [each for each in highlights if start < end and each.meets(TextRange("", start, end))]
    if not met:
        return spoken.said
    whole = any(each.place and each.place.start <= start and end <= each.place.end for each in met)
    words = "" if whole else ": " + "; ".join(" ".join(each.text.split()) for each in met)
    notes = (f"Note: {each.note}" for each in met if each.note)
    return sentences(spoken.said, f"Highlighted{words}", *notes)


def highlight_row(highlight: Highlight) -> str:
    """A highlight in the list of them: its words, what has become of them, the note on it."""
    gone = "No longer in the text" if highlight.place is None else "Edited since" if highlight.place.edited else ""
    note = f"Note: {highlight.note}" if highlight.note else ""
    return sentences(" ".join(highlight.text.split()), gone, note)


def links(article: Article) -> list[tuple[str, str]]:
    """The addresses that the text leads to, each once and in its order, with the words that do."""
    found: dict[str, str] = {}
    for spans in _spans(article.body):
        for span in spans:
            if span.href:
                found[span.href] = found.get(span.href, "") + span.text
    return [(href, text.strip()) for href, text in found.items()]


def _spans(blocks: tuple[Block, ...]) -> Iterator[Spans]:
    for block in blocks:
        match block:
            case Paragraph(spans) | Heading(_, spans):
                yield spans
            case Quote(inner) | Update(_, _, inner) | Footnote(_, inner):
                yield from _spans(inner)
            case Points(points):
                for point in points:
                    yield from _spans(point)
            case Table(rows):
                yield from (cell.spans for cells in rows for cell in cells)
            case Embed(kind, href, title):
                yield (Span(title or kind, href),)
            case _:
                pass


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(spans):
            yield plain(spans)
        case Heading(_, spans):
            yield sentences(f"Heading: {plain(spans)}")
        case Quote(blocks, attribution):
            yield from _named("Quote", blocks)
            if attribution:
                yield sentences(f"Said by {attribution}")
        case Points(points):
            for number, point in enumerate(points, block.start):
                yield from _named(f"{number}" if block.ordered else "Point", point)
        case Update(published, headline, blocks):
            when = published.strftime("%H:%M") if isinstance(published, datetime) else ""
            yield sentences("Update" + (f" of {when}" if when else ""), headline)
            yield from _each(blocks)
        case Footnote(mark, blocks):
            yield from _named(f"Footnote {mark}", blocks)
        case _:
            yield from _apart(block)


def _apart(block: Block) -> Iterator[str]:
    """What is no running text."""
    match block:
        case Table(rows, caption):
            yield sentences(f"Table of {wording.count(len(rows), 'row')}", caption)
            yield from ("; ".join(plain(cell.spans) for cell in cells) for cells in rows)
        case Code(text, language):
            yield f"Code{f' in {language}' if language else ''}:"
            yield from text.split("\n")
            yield "End of code."
        case Figure(_, alt, caption, credit):
            yield sentences(f"Picture: {caption or alt}" if caption or alt else "", credit and f"Credit: {credit}")
        case Embed(kind, _, title):
            yield sentences(f"{kind[:1].upper()}{kind[1:]}, not shown here", title)
        case Omission(what):
            yield sentences(what)
        case Break():
            yield "Break."


def pictures(article: Article) -> list[str]:
    """What each picture of an article shows, a sentence or two each."""
    shown = illustrations(article)
    return [
        sentences(
            f"Picture {at} of {len(shown)}: {figure.caption or figure.alt or 'without a caption'}",
            figure.credit and f"Credit: {figure.credit}",
        )
        for at, figure in enumerate(shown, 1)
    ]


def _each(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        yield from _block(block)


def _named(name: str, blocks: tuple[Block, ...]) -> Iterator[str]:
    """Passages of which the first says what they are."""
    for at, said in enumerate(_each(blocks)):
        yield said if at else f"{name}: {said}"


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text)


def _on_disk(entry: Entry) -> str:
    return f"{_ON_DISK[entry.offline]}{f': {entry.reason}' if entry.reason and entry.offline != 'full' else ''}"


def _others(entry: Entry) -> str:
    return f"{wording.count(entry.reports - 1, 'other report')}" if entry.reports > 1 else ""
