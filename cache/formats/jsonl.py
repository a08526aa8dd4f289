"""JSON Lines: an article a line, in the form that the command line prints; what was written can be taken in again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cache.errors import CacheError
from cache.records import article_record
from cache.rows import to_when
from fetch.article import Article, Paragraph, Span, Teaser
from fetch.links import canonical
from fetch.text import clean

if TYPE_CHECKING:
    from cache.entry import Entry


def write(path: Path, articles: Iterable[tuple[Entry, Article]]) -> int:
    """Writes a line for each article; how many."""
    number = 0
    with path.open("w", encoding="utf-8") as lines:
        for entry, article in articles:
            lines.write(json.dumps(article_record(article, entry), ensure_ascii=False) + "\n")
            number += 1
    return number


def read(path: Path) -> Iterator[tuple[Article, bool, bool]]:
    """Each article of a file, whether it was read, and whether it was saved; raises CacheError."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _taken_in(line, f"line {number} of {path}")


def _taken_in(line: str, where: str) -> tuple[Article, bool, bool]:
    try:
        row = json.loads(line)
        article = Article(
            url=canonical(str(row["url"])),
            headline=clean(str(row["headline"])),
            body=tuple(Paragraph((Span(text),)) for text in map(clean, str(row.get("text", "")).split("\n")) if text),
            authors=tuple(clean(str(author)) for author in row.get("authors", ())),
            published=to_when(row.get("published")),
            modified=to_when(row.get("modified")),
            dateline=clean(str(row.get("dateline", ""))),
            dek=clean(str(row.get("dek", ""))),
            section=clean(str(row.get("section", ""))),
            source=clean(str(row.get("source", ""))),
            language=clean(str(row.get("language", ""))),
            keywords=tuple(clean(str(word)) for word in row.get("keywords", ())),
            related=tuple(_teaser(teaser) for teaser in row.get("related", ())),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CacheError(f"What stands in {where} is no article.") from error
    if not article.url:
        raise CacheError(f"The article in {where} has no address.")
    return article, bool(row.get("read")), bool(row.get("saved"))


def _teaser(row: dict[str, Any]) -> Teaser:
    return Teaser(
        canonical(str(row["url"])),
        clean(str(row.get("headline", ""))),
        clean(str(row.get("teaser", ""))),
        to_when(row.get("published")),
        clean(str(row.get("dateline", ""))),
    )
