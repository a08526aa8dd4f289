"""What travels the road: teasers, articles and the blocks an article is made of.

Needs only the standard library, so that every package may name these types without loading anything else.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple, TypeAlias

from fetch.text import HAN_AND_KANA, SOUTH_EAST_ASIAN

When: TypeAlias = datetime | date
"""A moment, or a day where the page names no time; a datetime is always aware."""

WHOLE_STORY = 800
"""Characters from which on what a feed carries may be a whole story; what is shorter is taken for a teaser."""


def moment_of(when: When) -> datetime:
    """The moment itself, or the first one of the day (UTC)."""
    return when if isinstance(when, datetime) else datetime.combine(when, time(), UTC)


def lies_ahead(when: When, now: datetime) -> bool:
    """Whether a date lies more than a day after now, as no day of publication does."""
    return moment_of(when) > now + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text within a paragraph, with how it is set and where it leads."""

    text: str
    href: str = ""
    strong: bool = False
    emphasis: bool = False
    code: bool = False


Spans: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    spans: Spans


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the body; level 2 is the highest, as the headline is level 1."""

    level: int
    spans: Spans


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quotation, with who said it where the page marks that."""

    blocks: tuple[Block, ...]
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """A list: bullet points, or numbered from `start` when ordered; each point holds blocks, lists among them."""

    points: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; `columns` and `rows` are how many it spans."""

    spans: Spans
    header: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table of data, row by row."""

    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """Preformatted text, its line breaks kept."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture: absolute URL, the text that stands for it, caption and credit apart."""

    src: str
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Embed:
    """Something a terminal cannot show (video, map, post), as one labelled link; kind is "video", "map", "post" …"""

    kind: str
    href: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Update:
    """One entry of a live blog, with its time where the page gives it."""

    published: When | None
    headline: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote: the mark that stands in the text, and what it says."""

    mark: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Break:
    """A thematic break between two parts of the text."""


@dataclass(frozen=True, slots=True)
class Omission:
    """One line that says what stood here and could not be kept."""

    what: str


Block: TypeAlias = (
    Paragraph | Heading | Quote | Points | Table | Code | Figure | Embed | Update | Footnote | Break | Omission
)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that a feed hands out with an entry: its absolute URL, its media type, its size in bytes (0: unknown)."""

    url: str
    type: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Teaser:
    """A story as a list of stories names it: a feed entry, a front-page item, a related story.

    `summary` is plain text; `content` is the HTML of the full text where a feed carries it, not yet cleaned. `key` is
    what the source itself calls the entry (RSS guid, Atom id), `enclosures` are the files it hands out with it.
    """

    url: str
    headline: str
    summary: str = ""
    published: When | None = None
    dateline: str = ""
    authors: tuple[str, ...] = ()
    section: str = ""
    keywords: tuple[str, ...] = ()
    picture: Figure | None = None
    language: str = ""
    key: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    content: str = field(default="", repr=False)


class KeptByRule(NamedTuple):
    """A block that stands in an article by its reader's word: its place in the body, and the rule's `KeptPassages`."""

    at: int
    how: str
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """A news article (schema.org NewsArticle), without headline, byline and dek in its body.

    `url` is canonical, `also_at` are the addresses where its page says that the same story stands (rel=canonical,
    rel=amphtml); `source` is the publisher's name as the page gives it; `reason` says in a word why the text is not
    whole ("paywall"), and is empty when it is; `left_out` is the number of passages that a library shows it without,
    `by_rule` are the blocks that stand in it by its reader's word, where the page alone would not have been read so;
    `page_sha256` the digest of the (first) page's bytes, as they came but for their coding, in hexadecimal, or "".
    """

    url: str
    headline: str
    body: tuple[Block, ...] = ()
    authors: tuple[str, ...] = ()
    published: When | None = None
    modified: When | None = None
    dateline: str = ""
    dek: str = ""
    section: str = ""
    source: str = ""
    language: str = ""
    keywords: tuple[str, ...] = ()
    image: Figure | None = None
    related: tuple[Teaser, ...] = ()
    reason: str = ""
    also_at: tuple[str, ...] = ()
    left_out: int = 0
    by_rule: tuple[KeptByRule, ...] = ()
    page_sha256: str = field(default="", compare=False)

    @property
    def text(self) -> str:
        """The body as plain text, a paragraph a line; captions, embeds and omissions are not part of it."""
        return "\n".join(lines(self.body))

    @property
    def own_text(self) -> str:
        """The same without what stands in it by its reader's word: only this can be edited by its site."""
        if not self.by_rule:
            return self.text
        by_rule = {kept.at for kept in self.by_rule}
        return "\n".join(lines(tuple(block for at, block in enumerate(self.body) if at not in by_rule)))

    @property
    def words(self) -> int:
        """How many words the body holds."""
        return count_words(self.text)

    @property
    def images(self) -> tuple[Figure, ...]:
        """The lead image and then the body's figures, each once."""
        found = ([self.image] if self.image else []) + list(figures(self.body))
        return tuple({figure.src: figure for figure in reversed(found)}.values())[::-1]


_LETTERS_OF_WORDS = (
    (re.compile(f"[{HAN_AND_KANA}]"), 2),
    (re.compile(f"[{SOUTH_EAST_ASIAN}]"), 5),
)
"""How many letters make a word, where none are parted by spaces: Chinese and Japanese; Thai, Lao, Burmese, Khmer."""

_ASCII = bytes(range(128))


def count_words(text: str) -> int:
    """How many words a text holds: parted at white space, and reckoned from the letters in scripts that use none."""
    count = 0
    beyond_ascii = text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")
    for letters, of_a_word in _LETTERS_OF_WORDS:
        if letters.search(beyond_ascii):
            text, found = letters.subn(" ", text)
            count += -(-found // of_a_word)
    return count + len(text.split())


def plain(spans: Spans) -> str:
    """The spans' text, without its setting."""
    return spans[0].text if len(spans) == 1 else "".join([span.text for span in spans])


def lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    """The text of the blocks, a paragraph a line, in reading order."""
    for block in blocks:
        if isinstance(block, (Paragraph, Heading)):  # nearly all are; a pattern takes five times as long
            yield plain(block.spans)
        else:
            yield from _lines_in(block)


def _lines_in(block: Block) -> Iterator[str]:
    """The text of a block that is no paragraph of its own."""
    match block:
        case Quote(inner) | Update(_, _, inner) | Footnote(_, inner):
            if isinstance(block, Update) and block.headline:
                yield block.headline
            yield from lines(inner)
        case Points(points):
            for point in points:
                yield from lines(point)
        case Table(rows):
            for row in rows:
                yield " ".join([plain(cell.spans) for cell in row])
        case Code(text):
            yield text


def without_blocks(article: Article, out: Collection[int]) -> Article:
    """The article without the blocks at these places of its body; those by a rule of its reader are still known."""
    left = [at for at in range(len(article.body)) if at not in out]
    now = {at: number for number, at in enumerate(left)}
    by_rule = tuple(kept._replace(at=now[kept.at]) for kept in article.by_rule if kept.at in now)
    return replace(article, body=tuple(article.body[at] for at in left), by_rule=by_rule)


def figures(blocks: tuple[Block, ...]) -> Iterator[Figure]:
    """The figures in the blocks, in reading order, those inside quotes, points and updates too."""
    for block in blocks:
        match block:
            case Figure():
                yield block
            case Quote(inner) | Update(_, _, inner) | Footnote(_, inner):
                yield from figures(inner)
            case Points(points):
                for point in points:
                    yield from figures(point)


def illustrations(article: Article) -> list[Figure]:
    """The figures of an article, the one it opens with first; of two from one address, that in the text."""
    inner = {figure.src: figure for figure in figures(article.body)}
    lead = [article.image] if article.image and article.image.src not in inner else []
    return [*lead, *inner.values()]
