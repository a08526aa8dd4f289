"""An article's body ↔ the bytes it is kept in: compact JSON, deflated with a preset dictionary."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from cache.db.rows import from_when, to_when
from cache.db.zlib_words import DICTIONARY_1
from cache.entry import Entry
from cache.errors import LibraryDamaged, TextDamaged
from fetch.article import (
    Article,
    Block,
    Break,
    Cell,
    Code,
    Embed,
    Figure,
    Footnote,
    Heading,
    KeptByRule,
    Omission,
    Paragraph,
    Points,
    Quote,
    Span,
    Spans,
    Table,
    Teaser,
    Update,
    count_words,
    lines,
)
from fetch.enclosures import with_enclosures
from fetch.passages import digests_of, to_bytes

_DICTIONARIES = {1: DICTIONARY_1}
_CURRENT = 1
_LEVEL = 5
"""How hard zlib tries: one more takes a third more time and leaves a hundredth less."""


def deflate(text: str, dictionary: int = _CURRENT) -> bytes:
    """The text as kept bytes: the number of the preset dictionary, then raw deflate."""
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, _DICTIONARIES[dictionary])
    return bytes([dictionary]) + compressor.compress(text.encode()) + compressor.flush()


def inflate(encoded: bytes) -> str:
    """The text from its kept bytes."""
    with _raising_damage():
        decompressor = zlib.decompressobj(-15, _DICTIONARIES[encoded[0]])
        text = decompressor.decompress(memoryview(encoded)[1:]).decode()
        if not decompressor.eof or decompressor.unused_data:
            raise ValueError("the bytes end too early, or go on")
        return text


@contextmanager
def _raising_damage() -> Iterator[None]:
    """Damaged bytes can decode to any value: whatever reading them raises is LibraryDamaged."""
    try:
        yield
    except (zlib.error, LookupError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise TextDamaged("This article's text is damaged on disk; broadsheet doctor --repair mends it.") from error


class SearchText(NamedTuple):
    """What of an article can be found, beside its headline and authors."""

    source: str
    dek: str
    text: str
    keywords: tuple[str, ...]


def search_text(article: Article) -> SearchText:
    """What an article says."""
    return SearchText(article.source, article.dek, article.text, article.keywords)


def decode_search_text(encoded: bytes) -> SearchText:
    """What an article says, from its kept bytes."""
    with _raising_damage():
        kept = _loaded(encoded)
        text = "\n".join(_kept_lines(kept.get("body", ())))
        keywords = tuple(map(_str, kept.get("keywords", ())))
        return SearchText(_str(kept.get("source", "")), _str(kept.get("dek", "")), text, keywords)


def _kept_lines(rows: Iterable[Any]) -> Iterator[str]:
    """The text of kept blocks; a plain paragraph is kept as its text, and needs no block made of it."""
    for row in rows:
        if isinstance(row, str):
            yield row
        else:
            yield from lines((_to_block(row),))


def readable_search_text(encoded: object) -> SearchText | None:
    """What an article says; None where its bytes are damaged, which costs a search no more than this text."""
    try:
        return decode_search_text(encoded) if isinstance(encoded, bytes) else None
    except LibraryDamaged:
        return None


def is_inflatable(encoded: object) -> bool:
    """Whether these are the bytes of a text."""
    try:
        return isinstance(encoded, bytes) and inflate(encoded) is not None
    except LibraryDamaged:
        return False


def is_decodable(encoded: object) -> bool:
    """Whether these are the bytes of an article."""
    try:
        return isinstance(encoded, bytes) and bool(decode(encoded, Entry(0, "", "")))
    except LibraryDamaged:
        return False


PACKED_COLUMNS = (
    ("article", "id", "packed", is_decodable),
    ("revision", "entry_id", "packed", is_decodable),
    ("pending", "id", "content", is_inflatable),
)
"""Where packed texts stand: the table, its column with the entry's number, the text's, and what tells a sound one."""


class WeighedWords(NamedTuple):
    """The words of a text and of the headline over it, weighed and packed as the index of related stories has them."""

    headline: str
    packed: bytes


class PackedText(NamedTuple):
    """What is kept of an article's text, its body as bytes; what can be found in it, and where it leads.

    `passages` are the digests of its blocks (`fetch.passages`), as bytes; `own_text` is what its site can edit of it,
    None for all; `weighed` is what related stories know it by, None where that is yet to be found.
    """

    body: bytes
    searchable: SearchText
    words: int
    links: tuple[str, ...]
    passages: bytes
    own_text: str | None = None
    weighed: WeighedWords | None = None


def packed_text(article: Article) -> PackedText:
    """What is kept of an article's text."""
    searchable = search_text(article)
    passages = to_bytes(digests_of(article.body))
    own_text, links = article.own_text if article.by_rule else None, tuple(links_in(article))
    return PackedText(encode(article), searchable, count_words(searchable.text), links, passages, own_text)


def encode(article: Article) -> bytes:
    """What the entry's row does not already say of an article, as kept bytes."""
    kept = {
        "source": article.source,
        "url": article.url,
        "dek": article.dek,
        "modified": from_when(article.modified),
        "page_sha256": article.page_sha256,
        "keywords": article.keywords,
        "image": _from_block(article.image) if article.image else None,
        "related": [_from_teaser(teaser) for teaser in article.related],
        "body": [_from_block(block) for block in article.body],
        "by_rule": article.by_rule,
    }
    filled = {name: value for name, value in kept.items() if value}
    return deflate(json.dumps(filled, ensure_ascii=False, separators=(",", ":")))


def decode(encoded: bytes, entry: Entry) -> Article:
    """The article from its kept bytes and its entry; raises LibraryDamaged."""
    with _raising_damage():
        return _decoded(_loaded(encoded), entry)


def _decoded(kept: dict[str, Any], entry: Entry) -> Article:
    return Article(
        url=_str(kept.get("url", entry.url)),
        headline=entry.headline,
        body=with_enclosures(tuple(map(_to_block, kept.get("body", ()))), entry.enclosures),
        authors=entry.authors,
        published=entry.published,
        modified=to_when(kept.get("modified")),
        dateline=entry.dateline,
        dek=_str(kept.get("dek", "")),
        section=entry.section,
        source=_str(kept.get("source", "")),
        language=entry.language,
        keywords=tuple(map(_str, kept.get("keywords", ()))),
        image=Figure(*map(_str, kept["image"][1:])) if "image" in kept else None,
        related=tuple(map(_to_teaser, kept.get("related", ()))),
        reason=entry.reason,
        by_rule=tuple(_to_kept(*row, blocks=len(kept["body"])) for row in kept.get("by_rule", ())),
        page_sha256=_str(kept.get("page_sha256", "")),
    )


def _to_kept(at: Any, how: Any, said: Any, *, blocks: int) -> KeptByRule:
    if not 0 <= _int(at) < blocks:
        raise ValueError("no such block is kept")
    return KeptByRule(at, _str(how), _str(said))


def _loaded(encoded: bytes) -> dict[str, Any]:
    kept = json.loads(inflate(encoded))
    if not isinstance(kept, dict):
        raise TypeError("an article is kept as an object")
    return kept


def _str(value: Any) -> str:
    """The text; raises TypeError for anything else, which nothing that sets or searches an article could take."""
    if not isinstance(value, str):
        raise TypeError("text is kept as text")
    return value


def _int(value: Any) -> int:
    """The number; raises TypeError for anything else."""
    if not isinstance(value, int):
        raise TypeError("a number is kept as a number")
    return value


def _from_teaser(teaser: Teaser) -> list[object]:
    return [
        teaser.url,
        teaser.headline,
        teaser.summary,
        from_when(teaser.published),
        teaser.dateline,
        _from_block(teaser.picture) if teaser.picture else None,
    ]


def _to_teaser(row: list[Any]) -> Teaser:
    url, headline, summary, published, dateline, picture = row
    return Teaser(
        _str(url),
        _str(headline),
        _str(summary),
        to_when(published),
        _str(dateline),
        picture=Figure(*map(_str, picture[1:])) if picture else None,
    )


def _from_spans(spans: Spans) -> object:
    """Plain text as a string; else a list of strings and [text, style, href] with strong 1, emphasis 2, code 4."""
    rows: list[object] = []
    for span in spans:
        style = span.strong + 2 * span.emphasis + 4 * span.code
        rows.append([span.text, style, span.href] if style or span.href else span.text)
    return rows[0] if len(rows) == 1 and isinstance(rows[0], str) else rows


def _to_spans(kept: str | list[Any]) -> Spans:
    if isinstance(kept, str):
        return (Span(kept),)
    return tuple(Span(run) if isinstance(run, str) else _styled_span(*run) for run in kept)


def _styled_span(text: str, style: int, href: str) -> Span:
    return Span(_str(text), _str(href), bool(style & 1), bool(style & 2), bool(style & 4))


def _from_blocks(blocks: Iterable[Block]) -> list[object]:
    return [_from_block(block) for block in blocks]


def _to_blocks(kept: Iterable[Any]) -> tuple[Block, ...]:
    return tuple(map(_to_block, kept))


def _from_block(block: Block) -> object:
    match block:
        case Paragraph(spans):
            return kept if isinstance(kept := _from_spans(spans), str) else ["p", kept]
        case Heading(level, spans):
            return ["h", level, _from_spans(spans)]
        case Quote(blocks, attribution):
            return ["q", _from_blocks(blocks), attribution]
        case Points(points, ordered, start):
            return ["l", [_from_blocks(point) for point in points], int(ordered), start]
        case Table(rows, caption):
            return ["t", [[_from_cell(cell) for cell in row] for row in rows], caption]
        case Update(published, headline, blocks):
            return ["u", from_when(published), headline, _from_blocks(blocks)]
        case Footnote(mark, blocks):
            return ["n", mark, _from_blocks(blocks)]
    return _from_leaf(block)


def _from_leaf(block: Code | Figure | Embed | Break | Omission) -> list[object]:
    match block:
        case Code(text, language):
            return ["c", text, language]
        case Figure(src, alt, caption, credit):
            return ["f", src, alt, caption, credit]
        case Embed(kind, href, title):
            return ["e", kind, href, title]
        case Omission(what):
            return ["o", what]
        case Break():
            return ["b"]


def _from_cell(cell: Cell) -> object:
    spans = _from_spans(cell.spans)
    if isinstance(spans, str) and not cell.header and cell.columns == cell.rows == 1:
        return spans
    return [spans, int(cell.header), cell.columns, cell.rows]


def _to_cell(kept: Any) -> Cell:
    if isinstance(kept, str):
        return Cell((Span(kept),))
    spans, header, columns, rows = kept
    return Cell(_to_spans(spans), bool(header), _int(columns), _int(rows))


def _to_block(kept: Any) -> Block:
    if isinstance(kept, str):
        return Paragraph((Span(kept),))
    block: Block = _READERS[kept[0]](*kept[1:])
    return block


_READERS: dict[str, Any] = {
    "p": lambda spans: Paragraph(_to_spans(spans)),
    "h": lambda level, spans: Heading(_int(level), _to_spans(spans)),
    "q": lambda blocks, attribution: Quote(_to_blocks(blocks), _str(attribution)),
    "l": lambda points, ordered, start: Points(tuple(map(_to_blocks, points)), bool(ordered), _int(start)),
    "t": lambda rows, caption: Table(tuple(tuple(map(_to_cell, row)) for row in rows), _str(caption)),
    "u": lambda published, headline, blocks: Update(to_when(published), _str(headline), _to_blocks(blocks)),
    "n": lambda mark, blocks: Footnote(_str(mark), _to_blocks(blocks)),
    "c": lambda *texts: Code(*map(_str, texts)),
    "f": lambda *texts: Figure(*map(_str, texts)),
    "e": lambda *texts: Embed(*map(_str, texts)),
    "o": lambda what: Omission(_str(what)),
    "b": Break,
}


def links_in(article: Article) -> list[str]:
    """Where an article leads: the stories its page names, then the links of its text."""
    inner = [span.href for block in article.body for span in _spans_of(block) if span.href]
    return list(dict.fromkeys([teaser.url for teaser in article.related] + inner))


def _spans_of(block: Block) -> Spans:
    match block:
        case Paragraph(spans) | Heading(_, spans):
            return spans
        case Quote(blocks) | Update(_, _, blocks) | Footnote(_, blocks):
            return tuple(span for inner in blocks for span in _spans_of(inner))
        case Points(points):
            return tuple(span for point in points for inner in point for span in _spans_of(inner))
    return ()


def body_rows(article: Article) -> list[object]:
    """The body as rows that JSON can hold, for files that carry it elsewhere."""
    return _from_blocks(article.body)


def body_from(rows: Iterable[Any]) -> tuple[Block, ...]:
    """The body from such rows; raises what malformed rows raise: TypeError, KeyError, IndexError, ValueError."""
    return _to_blocks(rows)
