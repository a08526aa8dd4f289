"""Markdown: an article as a text that any editor opens, its facts as front matter above it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from cache.db.unfinished import unfinished
from cache.errors import CacheError
from cache.formats.addresses import written
from cache.formats.blocks import set_blocks, set_spans
from cache.formats.clean_articles import clean_article
from cache.formats.exchanged_articles import ALONE
from cache.formats.highlights import standing
from cache.formats.record import drawable_json
from cache.formats.vault_names import VaultNames, is_mark
from fetch.article import Article, Cell, Code, Figure, Footnote, Span
from fetch.text import clean, clean_lines

if TYPE_CHECKING:
    from cache.entry import Entry
    from cache.formats.exchanged_articles import Companions, Outgoing
    from cache.highlight import Highlight

# What can begin something within a line, for any reader of Markdown: an entity, a template's braces, a table's cell.
# And what Obsidian makes of a text: tags, comments, marked passages, formulas, names of paragraphs.
# A dollar sign behind a space ends no formula, and where none ends, none begins; a caret names a paragraph at its end.
_SPECIAL = re.compile(r"([\\`*_\[\]<>{}|~]|&(?=#|\w)|(?<![\w&#])#(?=\w)|=(?==)|%(?=%)|(?<!\s)\$|(?<!\S)\^(?=[\w-]+$))")
_AT_START = re.compile(r"^(#{1,6}(?=\s|$)|[-+](?=\s|$)|=+\s*$|-{2,}|:)|^(\d{1,9})([.)])(?=\s|$)")
# A footnote of one word, which readers without footnotes take for the address of a link, and its mark for the link.
_DESTINATION = re.compile(r"\S+(\s+[\"'(].*)?")
_LANGUAGE = re.compile(r"[\w+#.-]{1,40}")
_NOTHING_BESIDE: Mapping[str, str] = {}
_LARGEST_NUMBER = 900_000_000  # of a list's first item; nine digits are the most that Markdown takes


def render(article: Article, entry: Entry | None = None, highlights: Sequence[Highlight] = ()) -> str:
    """The article as Markdown: front matter, headline, dek, body, what its reader highlighted."""
    return _rendered(article, entry, highlights)


def _rendered(
    article: Article,
    entry: Entry | None,
    highlights: Sequence[Highlight],
    note: str = "",
    beside: Mapping[str, str] = _NOTHING_BESIDE,
) -> str:
    """With its reader's note in front, and behind it the files of related articles and their headlines."""
    facts = {**_facts(clean_article(article), entry), "note": clean_lines(note).strip()}
    facts["related"] = [f"[[{name.removesuffix('.md')}]]" for name in beside]
    lines = "".join(f"{name}: {drawable_json(fact)}\n" for name, fact in facts.items() if fact)
    return f"---\n{lines}---\n\n{_body(article)}{_highlights(highlights)}{_links_beside(beside)}"


def _links_beside(headlines: Mapping[str, str]) -> str:
    """Related articles, by their files, as links that any reader of Markdown follows; front matter is Obsidian's."""
    rows = [f"- [{_plain(clean(headline)) or 'Untitled'}](<{name}>)" for name, headline in headlines.items()]
    return "\n" + "\n".join(["## Related", "", *rows]) + "\n" if rows else ""


def _highlights(highlights: Sequence[Highlight]) -> str:
    """What was highlighted, each with its note, under a heading of its own."""
    quoted = [_quoted(each.text) + (f"\n\n{as_text(each.note)}" if each.note else "") for each in standing(highlights)]
    return "\n" + "\n\n".join(["## Highlights", *quoted]) + "\n" if quoted else ""


def _quoted(text: str) -> str:
    return "\n>\n".join(f"> {as_text(part)}" for part in text.split("\n") if part.strip())


def _body(article: Article, entry: Entry | None = None, notes_begin: str = "") -> str:
    """Headline, dek and body; with the entry its source and day as well, which lead to its address.

    What its footnotes begin with tells them from another article's in the same text.
    """
    article = clean_article(article)
    lede = [f"# {_plain(article.headline)}"]
    if entry:
        day = article.published.isoformat()[:10] if article.published else ""
        said = ", ".join(filter(None, (article.source or entry.source, day))) or "Source"
        lede.append(_link(_plain(said), article.url))
    if article.dek:
        lede.append(f"*{_plain(article.dek)}*")
    notes = frozenset(f"[{block.mark}]" for block in article.body if isinstance(block, Footnote))
    return "\n\n".join([*lede, *set_blocks(article.body, _Markdown(notes, notes_begin))]) + "\n"


def as_text(text: str) -> str:
    """Text on a line, in which nothing is markup by accident."""
    return _AT_START.sub(_escaped_start, _plain(text))


def write(path: Path, articles: Iterable[Outgoing], *, as_folder: bool = False, companions: Companions = ALONE) -> int:
    """Writes all articles into one file, or into a folder a file for each that leads to the others; how many."""
    if as_folder:
        return _write_vault(path, articles, companions)
    with path.open("w", encoding="utf-8") as file:
        return _write_one_behind_the_other(file, articles)


def _write_vault(folder: Path, articles: Iterable[Outgoing], companions: Companions) -> int:
    """Writes a file for each article; one that is there is written over, whatever it is called now; how many.

    Raises CacheError where it goes no further, with how many are written.
    """
    number = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        names = VaultNames.in_folder(folder)
        with unfinished(folder / "vault") as part:  # so that a file that was there is whole, the old one or the new one
            for entry, article, note, highlights, *_ in articles:
                beside = {names.of(each): each.headline for each in companions.related(entry.id)}
                text = _rendered(article, entry, highlights, note, beside)
                part.write_text(text, encoding="utf-8")
                part.replace(folder / names.of(entry, article.url))
                number += 1
    except OSError as error:
        if not number:
            raise
        reason = (error.strerror or str(error)).lower()
        raise CacheError(
            f"{folder} cannot be written to its end: {reason}. {number:,} of its files are new."
        ) from error
    return number


def _write_one_behind_the_other(file: TextIO, articles: Iterable[Outgoing]) -> int:
    """Writes articles into one text, only the first with front matter, as there is none further down; how many."""
    number = 0
    for number, (entry, article, note, highlights, *_) in enumerate(articles, 1):
        if number == 1:
            text = _rendered(article, entry, (), note)
        else:
            text = f"\n---\n\n{_body(article, entry, f'{number}-')}{_marks(entry, note)}"
        file.write(text + _highlights(highlights))
    return number


def _marks(entry: Entry, note: str) -> str:
    """What front matter says of what the reader did, where there is none."""
    tags = ", ".join(_plain(tag) for tag in entry.tags)
    noted = as_text(clean_lines(note))
    said = [
        f"Note: {noted}" if noted else "",
        f"Tags: {tags}" if tags else "",
        "Saved" * entry.saved,
        "Read" * entry.read,
    ]
    rows = [f"- {each}" for each in said if each]
    return "\n" + "\n".join(["## Marks", "", *rows]) + "\n" if rows else ""


def _facts(article: Article, entry: Entry | None) -> dict[str, object]:
    """Front matter, each value as JSON, which YAML reads as it is; what is empty is left out."""
    return {
        "title": article.headline,
        "url": article.url,
        "listed_as": entry.url if entry and entry.url != article.url else "",
        "source": article.source or (entry.source if entry else ""),
        "authors": list(article.authors),
        "published": article.published.isoformat() if article.published else "",
        "modified": article.modified.isoformat() if article.modified else "",
        "dateline": article.dateline,
        "section": article.section,
        "language": article.language,
        "keywords": list(article.keywords),
        "fetched": entry.fetched.isoformat() if entry and entry.fetched else "",
        "sha256": article.page_sha256,
        "tags": [_as_tag(tag) for tag in entry.tags] if entry else [],
        "saved": bool(entry and entry.saved),
        "read": bool(entry and entry.read),
        "incomplete": article.reason,
    }


def _as_tag(tag: str) -> str:
    """A tag as Obsidian takes it, which knows no spaces in one."""
    return "".join(each if each.isalnum() or each in "_-/" or is_mark(each) else "-" for each in tag)


class _Markdown:
    """Each kind of block in Markdown; `notes` are the marks of the article's footnotes as its text has them: [1], which
    begin with `notes_begin` in Markdown.
    """

    def __init__(self, notes: frozenset[str] = frozenset(), notes_begin: str = "") -> None:
        self.notes = notes
        self.notes_begin = notes_begin

    def span(self, span: Span) -> str:
        core = " ".join(span.text.split())
        if not core:
            return " " if span.text else ""
        before, after = " " * span.text[0].isspace(), " " * span.text[-1].isspace()
        if core in self.notes:
            return f"{before}[^{self.notes_begin}{_plain(core[1:-1])}]{after}"
        set_in = _code(core) if span.code else _plain(core)
        set_in = f"*{set_in}*" if span.emphasis else set_in
        set_in = f"**{set_in}**" if span.strong else set_in
        return f"{before}{_link(set_in, span.href)}{after}"

    def run(self, parts: Sequence[str]) -> str:
        """So that no two of them are a third thing together: a picture, or a footnote's mark that is a link."""
        beside = list[str]()
        for part in parts:
            if beside and part.startswith("[") and beside[-1].endswith("!"):
                beside[-1] = f"{beside[-1][:-1]}\\!"
            leads_on = bool(beside) and part[0] in "(:" and beside[-1].endswith("]")
            beside.append(f"\\{part}" if leads_on else part)
        return "".join(beside)

    def paragraph(self, spans: str) -> str:
        return _AT_START.sub(_escaped_start, spans.strip())

    def heading(self, depth: int, spans: str) -> str:
        return f"{'#' * depth} {spans.strip()}"

    def quote(self, inner: Sequence[str], attribution: str) -> str:
        said = "\n\n".join([*inner, *([f"— {_plain(attribution)}"] if attribution else [])])
        return _indented(said, "> ", "> ")

    def points(self, points: Sequence[Sequence[str]], start: int | None) -> str:
        start = None if start is None else min(max(0, start), _LARGEST_NUMBER)
        marks = ("- " if start is None else f"{start + place}. " for place in range(len(points)))
        rows = (_indented("\n\n".join(point), mark, " " * len(mark)) for mark, point in zip(marks, points, strict=True))
        return "\n".join(rows)

    def table(self, rows: Sequence[Sequence[Cell]], caption: str) -> str:
        return "\n\n".join(filter(None, (_plain(caption), _table(rows))))

    def code(self, code: Code) -> str:
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", code.text)), default=0))
        language = code.language if _LANGUAGE.fullmatch(code.language) else ""
        return f"{fence}{language}\n{code.text}\n{fence}"

    def figure(self, figure: Figure) -> str:
        picture = f"!{_link(_plain(figure.alt), figure.src)}" if written(figure.src) else ""
        caption = " ".join(filter(None, (_plain(figure.caption), _plain(figure.credit))))
        return "\n\n".join(filter(None, (picture, caption)))

    def embed(self, href: str, title: str) -> str:
        return _link(_plain(title), href) or _plain(title)

    def update(self, title: str, inner: Sequence[str]) -> str:
        return "\n\n".join([*([f"### {_plain(title)}"] if title else []), *inner])

    def footnote(self, mark: str, inner: Sequence[str]) -> str:
        first, *others = "\n\n".join(inner).split("\n")
        first += " &nbsp;" * bool(_DESTINATION.fullmatch(first))
        return _indented("\n".join([first, *others]), f"[^{self.notes_begin}{_plain(mark)}]: ", "    ")

    def break_(self) -> str:
        return "---"

    def omission(self, what: str) -> str:
        return f"*[{_plain(what)}]*"


_MARKUP = _Markdown()


def _table(rows: Sequence[Sequence[Cell]]) -> str:
    """A pipe table; a cell that spans several columns or rows leaves empty ones beside it and below."""
    opened = list(_opened(rows))
    width = max(map(len, opened), default=0)
    if not width:
        return ""
    lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in opened]
    return "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]])


def _opened(rows: Sequence[Sequence[Cell]]) -> Iterator[list[str]]:
    """The texts of each row, one for each column."""
    covered: dict[int, int] = {}  # column → rows that a cell above still covers
    for row in rows:
        texts: list[str] = []
        below: dict[int, int] = {}
        for cell in row:
            while covered.get(len(texts)):
                texts.append("")
            if cell.rows > 1:
                below |= dict.fromkeys(range(len(texts), len(texts) + cell.columns), cell.rows - 1)
            texts += [_cell(cell), *[""] * (cell.columns - 1)]
        while covered.get(len(texts)):
            texts.append("")
        covered = {column: left - 1 for column, left in covered.items() if left > 1} | below
        yield texts


def _cell(cell: Cell) -> str:
    # A bar within code would end the cell, and leave half the code as text: such code is written as text.
    spans = tuple(replace(span, code=span.code and "|" not in span.text) for span in cell.spans)
    return set_spans(spans, _MARKUP)


def _plain(text: str) -> str:
    """Text on a line in which nothing is markup by accident."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _escaped_start(start: re.Match[str]) -> str:
    return f"\\{start[1]}" if start[1] else f"{start[2]}\\{start[3]}"


def _code(text: str) -> str:
    """Code within a line, between more backticks than it holds itself."""
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"


def _link(text: str, href: str) -> str:
    """The text, already set, leading to an address where that is one."""
    address = written(href)
    return f"[{text}](<{address}>)" if address else text


def _indented(text: str, first: str, further: str) -> str:
    lines = text.split("\n")
    return "\n".join([first + lines[0], *((further + line).rstrip() for line in lines[1:])])
