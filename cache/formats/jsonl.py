"""JSON Lines: an article a line, in the form that the command line prints; what was written can be taken in again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cache.db.codec import body_from
from cache.db.rows import to_when
from cache.errors import CacheError
from cache.formats.clean_articles import clean_article
from cache.formats.exchanged_articles import Incoming
from cache.formats.file_limits import MOST_ARTICLES, bounded_lines
from cache.formats.highlights import highlight_records, highlights_in, withdrawn_records
from cache.formats.record import article_record, drawable_json
from fetch.article import Article, Figure, Paragraph, Span, Teaser
from fetch.bounded_json import parse_json
from fetch.links import absolute, canonical
from fetch.text import clean, clean_lines

if TYPE_CHECKING:
    from cache.formats.exchanged_articles import Outgoing
    from fetch.picture import Picture

_SHA256 = re.compile("[0-9a-f]{64}")


def write(path: Path, articles: Iterable[Outgoing]) -> int:
    """Writes a line for each article, with the reader's note and highlights; how many."""
    number = 0
    with path.open("w", encoding="utf-8") as lines:
        for entry, article, note, highlights in articles:
            row = {**article_record(article, entry), "note": note, "highlights": highlight_records(highlights)}
            if gone := withdrawn_records(highlights):
                row["withdrawn_highlights"] = gone
            lines.write(drawable_json(row) + "\n")
            number += 1
    return number


def read(path: Path) -> Iterator[Incoming]:
    """The articles in a file; raises CacheError at the first line that is no article."""
    with path.open(encoding="utf-8", errors="replace") as lines:
        yield from read_lines(bounded_lines(lines, str(path)), str(path))


def read_lines(lines: Iterable[str], where: str, *, pictured: bool = False) -> Iterator[Incoming]:
    """The articles in these lines, every string through the gate; `where` names them in an error. Raises CacheError.

    `pictured`: their pictures are decoded, too.
    """
    for number, line in enumerate(lines, 1):
        if number > MOST_ARTICLES:
            raise CacheError(f"{where} holds more than {MOST_ARTICLES:,} articles.")
        if line.strip():
            try:
                yield _incoming(_without_nulls(parse_json(line)), pictured=pictured)
            except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
                raise CacheError(f"What stands in line {number} of {where} is no article.") from error


def _incoming(row: dict[str, Any], *, pictured: bool) -> Incoming:
    article = _article(row)
    return Incoming(
        article,
        read=row.get("read") is True,
        saved=row.get("saved") is True,
        tags=tuple(clean(str(tag)) for tag in row.get("tags", ())),
        note=clean_lines(str(row.get("note", ""))).strip(),
        fetched=at.timestamp() if isinstance(at := to_when(row.get("fetched")), datetime) else 0.0,
        highlights=highlights_in(row),
        pictures=_pictures(row["pictures"], article) if pictured and "pictures" in row else (),
    )


def _pictures(records: object, article: Article) -> tuple[tuple[str, Picture], ...]:
    from cache.formats.pictures import pictures_in

    return pictures_in(records, article)


def _article(row: dict[str, Any]) -> Article:
    url = canonical(absolute(str(row["url"]), ""))
    if not url:
        raise ValueError("an article without an address")
    text = str(row.get("text", "")).split("\n")
    article = Article(
        url=url,
        headline=str(row["headline"]),
        body=body_from(row["body"]) if "body" in row else tuple(Paragraph((Span(line),)) for line in text if line),
        authors=tuple(map(str, row.get("authors", ()))),
        published=to_when(row.get("published")),
        modified=to_when(row.get("modified")),
        dateline=str(row.get("dateline", "")),
        dek=str(row.get("dek", "")),
        section=str(row.get("section", "")),
        source=str(row.get("source", "")),
        language=str(row.get("language", "")),
        keywords=tuple(map(str, row.get("keywords", ()))),
        image=Figure(*map(str, row["image"])) if row.get("image") else None,
        related=tuple(map(_teaser, row.get("related", ()))),
        reason=str(row.get("reason", "")),
        page_sha256=digest if _SHA256.fullmatch(digest := str(row.get("page_sha256", ""))) else "",
    )
    return clean_article(article)


def _without_nulls(row: dict[str, Any]) -> dict[str, Any]:
    """A record without what it says is not known, which is as if it did not speak of it."""
    return {name: value for name, value in row.items() if value is not None}


def _teaser(row: dict[str, Any]) -> Teaser:
    row = _without_nulls(row)
    return Teaser(
        url=str(row["url"]),
        headline=str(row.get("headline", "")),
        summary=str(row.get("teaser", "")),
        published=to_when(row.get("published")),
        dateline=str(row.get("dateline", "")),
    )
