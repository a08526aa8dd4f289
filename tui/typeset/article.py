"""An article and a width become lines: pure typesetting, the same for the reader and for `broadsheet show`.

A line is runs of text, each in a role ("headline", "quote", "link" …); what a role looks like is decided where lines
are drawn. Lines come one after the other, so that the top of a long article is ready before its end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

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
    Table,
    Update,
    lines,
    plain,
)
from fetch.letters import letters_only
from tui.typeset import wording
from tui.typeset.cells import cells, clusters, head
from tui.typeset.line import BLANK, Line, Run, behind, cuts, line
from tui.typeset.picture_place import PicturePlace, PictureRow
from tui.typeset.table import SLIDES, set_table
from tui.typeset.wrap import break_lines, clip, pad, right_to_left, wrap, wrap_evenly

if TYPE_CHECKING:
    from tui.typeset.hyphenation import Hyphenate

_LEAST = 12  # cells a column keeps, however deep lists and quotes are nested
_LONGEST_MARK = 8  # cells of what a footnote is called
_ENOUGH = 20  # characters for each cell: of a letter with its marks, of an emoji with its parts
_MARKS = ("•", "◦", "▪")
_EMBEDS = {"video": "Video", "audio": "Audio", "map": "Map", "post": "Post", "gallery": "Gallery"}


@dataclass(frozen=True, slots=True)
class Annotations:
    """What the library and the reader add to an article.

    `source` stands in where the page names none; `notice` is a sentence from the library set above the text ("Only the
    teaser is on disk …"); `tags` and `note` are the reader's own; `words` is the body's number of words where they have
    been counted already, 0 where it is no whole text to be read.
    """

    source: str = ""
    notice: str = ""
    tags: Sequence[str] = ()
    note: str = ""
    words: int | None = None


@dataclass(frozen=True, slots=True)
class TextSetting:
    """How lines are set.

    Where they are `sliding`, code is in colour, and lines of code and tables may be wider: those begin with the role
    SLIDES. `justify` sets paragraphs to both edges, `hyphenate` parts words in them; `picture` gives the place of the
    picture from an address in a column of so many cells, None where there is none.
    """

    sliding: bool = False
    justify: bool = False
    hyphenate: Hyphenate | None = None
    picture: Callable[[str, int], PicturePlace | None] | None = None


_NOTHING_ADDED = Annotations()
_AS_PRINTED = TextSetting()


def lay_out(
    article: Article,
    width: int,
    *,
    now: datetime,
    annotations: Annotations = _NOTHING_ADDED,
    setting: TextSetting = _AS_PRINTED,
) -> Iterator[Line]:
    """The article as lines no wider than `width` cells, one after the other as they are asked for."""
    words, notice = annotations.words, annotations.notice
    notes = frozenset(block.mark for block in article.body if isinstance(block, Footnote))
    dek = letters_only(article.dek).casefold()
    setter = Typesetter(width, now, article.words if words is None else words, notes, setting, dek=dek)
    yield from setter.head(article, annotations)
    if notice:
        yield from setter.notice(notice)
    yield from setter.blocks(article.body)
    if article.reason and not notice:
        yield BLANK
        yield from setter.notice(f"The text is not complete: {article.reason}.")
    if article.left_out:
        yield BLANK
        yield from setter.notice(wording.left_out(article.left_out))
    yield from setter.references()


@dataclass(slots=True)
class Typesetter:
    """Sets one article, and numbers its links and passages in the order they come."""

    width: int
    now: datetime
    words: int
    notes: frozenset[str] = frozenset()
    setting: TextSetting = _AS_PRINTED
    links: dict[str, int] = field(default_factory=dict)
    passages: int = 0
    """Lines of the article's text that have been set."""
    dek: str = ""
    """The letters of its dek: a picture has no caption that says the same below it."""

    def head(self, article: Article, added: Annotations) -> Iterator[Line]:
        """Section, headline, dek, byline, where and when, what the reader added; ruled off from the text."""
        if article.section:
            yield line(clip(article.section.upper(), self.width), "section")
        for text in wrap_evenly(article.headline or wording.site(article.url), self.width):
            yield self._aligned(text, "headline")
        if article.dek:
            yield BLANK
            yield from (self._aligned(text, "dek") for text in wrap(article.dek, self.width))
        yield BLANK
        if by := wording.byline(article.authors):
            yield from (line(text, "byline") for text in wrap(by, self.width))
        facts = " · ".join(
            fact if cells(fact) > self.width else fact.replace(" ", "\xa0")  # else it would be broken within a word
            for fact in self._facts(article, article.source or added.source)
        )
        for text in wrap(facts, self.width):
            yield line(text.replace("\xa0", " ").removesuffix(" ·").removeprefix("· "), "meta")
        if added.tags:
            yield from (line(text, "star") for text in wrap("  ".join(f"# {tag}" for tag in added.tags), self.width))
        if added.note:
            note = (line(text, "star") for text in wrap(added.note, self.width - 6))
            yield from _hung(note, Run("Note: ", "star"), 6)
        yield line("─" * self.width, "rule")
        lead = article.image
        again = lead and any(isinstance(block, Figure) and block.src == lead.src for block in article.body)
        told = lead and ((lead.caption and self._caption(lead)) or lead.credit)
        if lead and (told or (not again and self._place(lead, self.width))):
            yield BLANK
            yield from self._figure(lead, self.width)

    def notice(self, sentence: str) -> Iterator[Line]:
        """A sentence of ours between head and text."""
        yield BLANK
        yield from (line(text, "notice") for text in wrap(sentence, self.width))

    def blocks(self, blocks: Iterable[Block]) -> Iterator[Line]:
        """The blocks, each after an empty line."""
        for block in blocks:
            if isinstance(block, Figure) and not self._is_seen(block):
                continue
            yield BLANK
            if isinstance(block, Heading) and block.level <= 2:
                yield BLANK
            yield from self._block(block, self.width)

    def references(self) -> Iterator[Line]:
        """Where the numbered links lead."""
        if not self.links:
            return
        yield BLANK
        yield line("─" * min(12, self.width), "rule")
        for href, number in self.links.items():
            label = f"[{number}] "
            yield Line((Run(label, "mark", href), Run(clip(href, self.width - len(label)), "reference", href)))

    def _facts(self, article: Article, source: str) -> Iterator[str]:
        if source:
            yield source
        if article.published:
            yield wording.moment(article.published, self.now)
        if article.dateline:
            yield article.dateline
        if article.published and article.modified and wording.is_notably_later(article.modified, article.published):
            yield f"updated {wording.moment(article.modified, self.now)}"
        if length := wording.reading_time(self.words):
            yield length

    def _block(self, block: Block, width: int, depth: int = 0) -> Iterator[Line]:  # noqa: C901
        width = max(width, _LEAST)
        match block:
            case Paragraph(spans):
                yield from self._passage((plain(spans),), self._spans(spans, width, "text"))
            case Heading(level, spans):
                role = "heading" if level <= 2 else "subheading"
                yield from self._passage((plain(spans),), self._spans(spans, width, role))
            case Quote():
                yield from self._quote(block, width, depth)
            case Points():
                yield from self._points(block, width, depth)
            case Table():
                yield from self._passage(lines((block,)), set_table(block, width, sliding=self.setting.sliding))
            case Code():
                laid = self._sliding_code(block, width) if self.setting.sliding else self._code(block.text, width)
                yield from self._passage((block.text,), laid)
            case Figure():
                yield from self._figure(block, width)
            case Embed():
                yield from self._embed(block, width)
            case Update():
                yield from self._update(block, width, depth)
            case Footnote(mark, inner):
                shown = pad(clip(mark, _LONGEST_MARK), 3) + " "
                hang = cells(shown)
                yield from _hung(self._inner(inner, width - hang, depth), Run(shown, "note", f"#{mark}"), hang)
            case Break():
                yield line("·   ·   ·".center(width), "rule")
            case Omission(what):
                yield from (line(text, "omission") for text in wrap(what, width))

    def _passage(self, texts: Iterable[str], laid: Iterable[Line]) -> Iterator[Line]:
        """The lines of a passage, which know its number; `texts` are what the article's text has for it."""
        held = sum(text.count("\n") + 1 for text in texts)
        number = self.passages + 1 if held else 0
        self.passages += held
        return (each._replace(passage=number) for each in laid)

    def _inner(self, blocks: Iterable[Block], width: int, depth: int, *, gap: bool = True) -> Iterator[Line]:
        for at, block in enumerate(blocks):
            if at and gap:
                yield BLANK
            yield from self._block(block, width, depth)

    def _spans(self, spans: Iterable[Span], width: int, base: str) -> Iterator[Line]:
        runs = [run for span in spans for run in self._runs(span, base)]
        text = "".join(run.text for run in runs)
        lead = len(text) - len(text.lstrip())
        flush_right = right_to_left(text)
        if self.setting.hyphenate and base == "text" and not flush_right:
            yield from self._hyphenated(runs, lead, width, self.setting.hyphenate)
            return
        places = ((start + lead, end + lead) for start, end in break_lines(text.lstrip(), width))
        parts = cuts(runs, places)
        if flush_right:
            yield from (_pushed_right(part, width) for part in parts)
        elif self.setting.justify and base == "text":
            yield from _justified(list(parts), width)
        else:
            yield from map(Line, parts)

    def _hyphenated(self, runs: Sequence[Run], lead: int, width: int, hyphenate: Hyphenate) -> Iterator[Line]:
        from tui.typeset.hyphenation import break_with_hyphens

        text = "".join(_without_words(run.text) if run.role == "code" else run.text for run in runs)
        lines = break_with_hyphens(text[lead:], width, hyphenate)
        parts = list(cuts(runs, ((start + lead, end + lead) for start, end, _ in lines)))
        for at, (_, _, parted) in enumerate(lines):
            if parted:
                *others, last = parts[at]
                parts[at] = (*others, last._replace(text=f"{last.text}-"))
        set_lines = _justified(parts, width) if self.setting.justify else map(Line, parts)
        yield from (laid._replace(parted=parted) for laid, (_, _, parted) in zip(set_lines, lines, strict=True))

    def _runs(self, span: Span, base: str) -> Iterator[Run]:
        role = "code" if span.code else "strong" if span.strong else "emphasis" if span.emphasis else base
        if not span.href:
            yield from self._with_notes(span.text, role)
            return
        number = self.links.setdefault(span.href, len(self.links) + 1)
        text = span.text.rstrip()
        yield Run(text, "link", span.href)
        yield Run(f"[{number}]", "mark", span.href)
        if len(text) < len(span.text):
            yield Run(span.text[len(text) :], role)

    def _with_notes(self, text: str, role: str) -> Iterator[Run]:
        """The text, with the marks of footnotes in it as runs that lead there."""
        end = 0
        for found in re.finditer(r"\[([^\[\]]+)\]", text) if self.notes and "[" in text else ():
            if found[1] in self.notes:
                yield Run(text[end : found.start()], role)
                yield Run(found[0], "noteref", f"#{found[1]}")
                end = found.end()
        yield Run(text[end:], role)

    def _quote(self, quote: Quote, width: int, depth: int) -> Iterator[Line]:
        for inner in self._inner(quote.blocks, width - 2, depth):
            yield behind(Run("┃ ", "bar"), _recast(inner, "text", "quote"))
        if quote.attribution:
            for text in wrap(f"— {quote.attribution.lstrip('—– ')}", width - 2):
                yield Line((Run("┃ ", "bar"), Run(text, "attribution")))

    def _points(self, points: Points, width: int, depth: int) -> Iterator[Line]:
        last = points.start + len(points.points) - 1
        indent = len(str(last)) + 2 if points.ordered else 2
        airy = any(len(point) > 1 and isinstance(point[1], Paragraph) for point in points.points)
        for number, point in enumerate(points.points, points.start):
            if airy and number > points.start:
                yield BLANK
            mark = f"{number}.".rjust(indent - 1) + " " if points.ordered else f"{_MARKS[depth % len(_MARKS)]} "
            body = self._inner(point, width - indent, depth + 1, gap=airy)
            yield from _hung(body, Run(mark, "bullet"), indent)

    def _code(self, text: str, width: int) -> Iterator[Line]:
        for source_line in text.rstrip("\n").split("\n"):
            place = 0
            while place < len(source_line) or not place:
                near = source_line[place : place + _ENOUGH * width]
                part = near if cells(near) <= width - 2 else _head_of(near, width - 2)
                yield Line((Run("▏ ", "bar"), Run(part, "code")))
                place += len(part) or 1

    def _sliding_code(self, code: Code, width: int) -> Iterator[Line]:
        from tui.typeset.code_colours import coloured

        lines = coloured(code.text.rstrip("\n"), code.language)
        wide = any(cells("".join(run.text for run in runs)) > width - 2 for runs in lines)
        for runs in lines:
            yield Line((Run("▏ ", SLIDES if wide else "bar"), *(runs or (Run("", "code"),))))

    def _figure(self, figure: Figure, width: int) -> Iterator[Line]:
        if place := self._place(figure, width):
            blank = (Run(" " * place.columns, "picture"),)
            yield from (Line(blank, picture=PictureRow(place, row)) for row in range(place.rows))
        caption = self._caption(figure)
        said, role = (caption, "caption") if caption else (figure.credit, "credit")
        yield from _hung((line(text, role) for text in wrap(said, width - 2) if text), Run("▨ ", "bar"), 2)
        if caption and figure.credit:
            yield from (line(f"  {text}", "credit") for text in wrap(figure.credit, width - 2))

    def _caption(self, figure: Figure) -> str:
        """What a picture shows; "" where the dek has said it in the same words."""
        words = figure.caption or figure.alt or "Picture without a caption."
        return "" if self.dek and letters_only(words).casefold() == self.dek else words

    def _is_seen(self, figure: Figure) -> bool:
        return bool(self._caption(figure) or figure.credit or self._place(figure, self.width))

    def _place(self, figure: Figure, width: int) -> PicturePlace | None:
        return self.setting.picture(figure.src, width) if self.setting.picture else None

    def _embed(self, embed: Embed, width: int) -> Iterator[Line]:
        kind = _EMBEDS.get(embed.kind, embed.kind.capitalize() or "Embedded")
        words = f"{kind}: {embed.title or wording.site(embed.href)}"
        spans = (Span("▸ "), Span(words, href=embed.href)) if embed.href else (Span(f"▸ {words}"),)
        yield from self._spans(spans, width, "caption")

    def _update(self, update: Update, width: int, depth: int) -> Iterator[Line]:
        if update.published:
            yield line(wording.moment(update.published, self.now), "time")
        headline = (line(text, "subheading") for text in wrap(update.headline, width) if text)
        yield from self._passage((update.headline,) if update.headline else (), headline)
        yield from self._inner(update.blocks, width, depth)

    def _aligned(self, text: str, role: str) -> Line:
        return _pushed_right((Run(text, role),), self.width) if right_to_left(text) else line(text, role)


def _without_words(code: str) -> str:
    """As much text as the code, with nothing in it that could be parted."""
    return re.sub("[A-Za-z]", "0", code)


def _justified(lines: Sequence[tuple[Run, ...]], width: int) -> Iterator[Line]:
    """The lines of a paragraph, all but the last set to both edges."""
    from tui.typeset.justify import justified

    yield from (Line(justified(runs, width)) for runs in lines[:-1])
    yield from map(Line, lines[-1:])


def as_text(laid: Iterable[Line]) -> str:
    """The lines as plain text, without trailing space, as `broadsheet show` prints them; addresses stand whole."""
    return "\n".join("".join(map(in_full, laid_line.runs)).rstrip() for laid_line in laid)


def in_full(run: Run) -> str:
    """A run's text as it is printed: of a reference, the address that it stands for."""
    return run.href if run.role == "reference" else run.text


def quoted(teaser: str) -> tuple[Block, ...]:
    """A teaser's summary as a body of one paragraph."""
    return (Paragraph((Span(teaser),)),) if teaser and plain((Span(teaser),)) else ()


def _pushed_right(runs: tuple[Run, ...], width: int) -> Line:
    space = width - sum(cells(run.text) for run in runs)
    return Line((Run(" " * space, "text"), *runs), 1) if space > 0 else Line(runs, 0)


def _recast(laid: Line, old: str, new: str) -> Line:
    return laid._replace(runs=tuple(Run(run.text, new, run.href) if run.role == old else run for run in laid.runs))


def _hung(body: Iterable[Line], mark: Run, indent: int) -> Iterator[Line]:
    """The lines behind a mark, the ones after the first indented as far."""
    space = Run(" " * indent, "text")
    for at, laid in enumerate(body):
        yield laid if at and not laid.runs else behind(space if at else mark, laid)


def _head_of(text: str, width: int) -> str:
    """As much of the text as fits in `width` cells, one cluster at least."""
    return head(text, width) or next(clusters(text), "")
