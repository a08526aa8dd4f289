"""One form of an article for JSON Lines and packs: all that a library keeps of it, with the fields of `show --json`.

A record that says `"format": "broadsheet/2"` holds, beside those fields, its blocks as they are (`body`, `image`), who
listed it (`listed_by`), when it was first seen, and when each mark was set or withdrawn. Older records, and those that
others write, lack some of it, which then stays empty.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from math import isfinite
from typing import TYPE_CHECKING, Any, cast, get_args

from cache.db.acts import KeptFacts, Mark, TimedAct
from cache.db.codec import body_from, body_rows
from cache.db.revisions import MOST_REVISIONS, Revision
from cache.db.rows import to_when
from cache.entry import Entry
from cache.formats.clean_articles import clean_article
from cache.formats.exchanged_articles import Incoming
from cache.formats.file_limits import LONGEST_LINE
from cache.formats.highlights import highlight_records, highlights_in, withdrawn_records
from cache.formats.record import Record, article_record, time_record
from fetch.article import Article, Enclosure, Figure, KeptByRule, Paragraph, Span, Teaser
from fetch.links import absolute, canonical
from fetch.passages import How
from fetch.source import Kind, Source
from fetch.text import clean, clean_lines

if TYPE_CHECKING:
    from cache.formats.exchanged_articles import Outgoing
    from fetch.picture import Picture

FORM = "broadsheet/2"
"""What a record says of itself that holds everything."""
MALFORMED = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)
"""What reading a record raises that is none, or has something of another kind in a field."""
_SHA256 = re.compile("[0-9a-f]{64}")
_MARKS: tuple[Mark, ...] = ("read", "saved", "queued", "note")
_KINDS: tuple[Kind, ...] = get_args(Kind)
_HOW: tuple[How, ...] = get_args(How)
_MOST_TAGS = 1000
_LAST_PLACE = 1e11
"""Seconds since 1970; what stands behind in a reading list was put there by no clock."""


def record_of(outgoing: Outgoing) -> Record:
    """An article as a record that holds everything; what is empty stands in it, where `show --json` has it."""
    entry, article, note, highlights, facts, revisions = outgoing
    row = {"format": FORM, **article_record(article, entry), "note": note, "highlights": highlight_records(highlights)}
    if outgoing.has_text:
        row |= _text_of(article, entry)
    more = {
        "listed_by": _source_record(facts),
        "seen": _time(facts.seen),
        "listed": _time(facts.listed) if facts.listed != facts.seen else None,
        **_mark_times(facts.acts),
        "place": facts.place,
        "scroll": facts.scroll,
        "withdrawn_highlights": withdrawn_records(highlights),
    }
    row |= {name: value for name, value in more.items() if value}
    return row | {"revisions": list(map(_revision_record, revisions))} if revisions else row


_OF_A_REVISION = ("headline", "modified", "source", "dek", "keywords", "related", "page_sha256")


def fitting(outgoing: Outgoing) -> Sequence[Revision]:
    """Of what an article said before as much, the latest first, as leaves a line that is read again."""
    room = LONGEST_LINE - len(json.dumps(record_of(outgoing._replace(revisions=()))))
    for number, each in enumerate(outgoing.revisions):
        room -= len(json.dumps(_revision_record(each))) + len(',"revisions":[]')
        if room < 0:
            return outgoing.revisions[:number]
    return outgoing.revisions


def _revision_record(revision: Revision) -> Record:
    article = revision.article
    shown = article_record(article)
    record = {"fetched": time_record(revision.fetched), **{name: shown[name] for name in _OF_A_REVISION}}
    record |= {"article_url": article.url, **_not_shown(article), "body": body_rows(article)}
    return {name: value for name, value in record.items() if value}


def _text_of(article: Article, entry: Entry) -> Record:
    """What the fields of `show --json` leave out of a text."""
    plain_text = tuple(Paragraph((Span(line),)) for line in article.text.split("\n") if line)
    more = {
        "article_url": article.url if article.url != entry.url else "",
        "body": None if article.body == plain_text else body_rows(article),
        **_not_shown(article),
    }
    return {name: value for name, value in more.items() if value or (name == "body" and value is not None)}


def _not_shown(article: Article) -> Record:
    image, pictures = article.image, any(teaser.picture for teaser in article.related)
    return {
        "image": _figure(image) if image else None,
        "related_images": [_figure(each.picture) if each.picture else None for each in article.related]
        if pictures
        else None,
        "by_rule": [list(kept) for kept in article.by_rule],
    }


def _figure(figure: Figure) -> list[str]:
    return [figure.src, figure.alt, figure.caption, figure.credit]


def _source_record(facts: KeptFacts) -> Record:
    source = facts.source
    if source is None:
        return {}
    row = {
        "url": source.url,
        "kind": source.kind,
        "title": source.title,
        "home": source.home,
        "language": source.language,
        "groups": [name for name in facts.group.split("\n") if name],
    }
    return {name: value for name, value in row.items() if value}


def _mark_times(acts: Iterable[TimedAct]) -> Record:
    """When marks were set or withdrawn, as far as that is known; whether they are set stands where lists have it."""
    times, tagged, untagged = dict[str, object](), dict[str, object](), dict[str, object]()
    for act in acts:
        if act.mark != "tag":
            times[act.mark] = _time(act.at)
        elif act.value:
            tagged[act.name] = _time(act.at)
        else:
            untagged[act.name] = _time(act.at)
    return {
        "marked": {name: at for name, at in times.items() if at},
        "tagged": {name: at for name, at in tagged.items() if at},
        "untagged": untagged,
    }


def incoming(row: Mapping[str, Any], *, pictured: bool = False) -> Incoming:
    """The article in a record, every string through the gate; `pictured`: its pictures are decoded, too.

    What of its earlier versions is none is left out, and counted. Raises MALFORMED for a record that is none.
    """
    row = _without_nulls(row)
    article = _article(row)
    entry = _entry(row, article)
    facts = _facts(row)
    if facts.source:
        entry = entry._replace(source=facts.source.title)
    pictures = _pictures(row["pictures"], article) if pictured and "pictures" in row else ()
    highlights = highlights_in(cast("dict[str, Any]", row))
    said = row.get("revisions", [])
    records = said[:MOST_REVISIONS] if isinstance(said, list) else [said]
    revisions = tuple(filter(None, (_revision(each, entry.url) for each in records)))
    lost = len(records) - len(revisions)
    return Incoming(entry, article, facts, highlights, pictures, revisions, lost, _story(row))


def _story(row: Mapping[str, Any]) -> int | None:
    said = row.get("story", 0)
    return said if isinstance(said, int) and said >= 0 and row.get("format") == FORM else None


def _revision(record: Any, url: str) -> Revision | None:
    """What an article said before; None for what is no version of one."""
    try:
        said = _without_nulls(record)
        fetched = to_when(said.get("fetched"))
        article = _article({"url": url, **said, "format": FORM})
    except MALFORMED:
        return None
    if not (article.headline or article.body):
        return None
    return Revision(fetched if isinstance(fetched, datetime) else None, article)


def _pictures(records: object, article: Article) -> tuple[tuple[str, Picture], ...]:
    from cache.formats.pictures import pictures_in

    return pictures_in(records, article)


def _entry(row: Mapping[str, Any], article: Article) -> Entry:
    fetched = to_when(row.get("fetched"))
    offline = _offline(row, article)
    url = canonical(absolute(str(row["url"]), ""))
    return Entry(
        0,
        url,
        article.headline if row.get("format") == FORM else article.headline or url,  # that form says that it has none
        authors=article.authors,
        published=article.published,
        fetched=fetched if isinstance(fetched, datetime) else None,
        dateline=article.dateline,
        section=article.section,
        language=article.language,
        summary=clean(str(row.get("summary", "" if row.get("format") == FORM else article.dek))),
        read=row.get("read") is True,
        saved=row.get("saved") is True,
        offline=offline,
        reason=article.reason,
        queued=row.get("queued") is True,
        changed=row.get("changed") is True,
        enclosures=tuple(_enclosures(row.get("enclosures", ()))),
    )


def _offline(row: Mapping[str, Any], article: Article) -> Any:
    """What of a text is here: what the record says, but never a text where there is none."""
    said = row.get("offline")
    if row.get("format") == FORM and said in ("full", "part", "teaser", "failed"):
        return said
    if article.body:
        return "part" if article.reason else "full"
    return "failed" if said == "failed" else "teaser"


def _article(row: Mapping[str, Any]) -> Article:
    url = canonical(absolute(str(row["url"]), ""))
    if not url:
        raise ValueError("an article without an address")
    text = str(row.get("text", "")).split("\n")
    if not isinstance(row.get("body", []), list):
        raise TypeError("a body that is no list of blocks")
    body = body_from(row["body"]) if "body" in row else tuple(Paragraph((Span(line),)) for line in text if line)
    article = Article(
        url=canonical(absolute(str(row.get("article_url", "")), "")) or url,
        headline=str(row.get("headline", "") if row.get("format") == FORM else row["headline"]),
        body=body,
        authors=tuple(_strings(row.get("authors", ()))),
        published=to_when(row.get("published")),
        modified=to_when(row.get("modified")),
        dateline=str(row.get("dateline", "")),
        dek=str(row.get("dek", "")),
        section=str(row.get("section", "")),
        source=str(row.get("source", "")),
        language=str(row.get("language", "")),
        keywords=tuple(_strings(row.get("keywords", ()))),
        image=_picture(row.get("image")),
        related=tuple(_related(row)),
        reason=str(row.get("reason", "")),
        page_sha256=digest if _SHA256.fullmatch(digest := str(row.get("page_sha256", ""))) else "",
    )
    return replace(clean_article(article), by_rule=tuple(_kept_by_rule(body, row.get("by_rule", ()))))


def _strings(said: Any) -> Iterator[str]:
    """Names in a list, or a single one, as other programs write it; of a person or thing its name."""
    for each in [said] if isinstance(said, str | dict) else said:
        yield str(each.get("name", "")) if isinstance(each, dict) else str(each)


def _kept_by_rule(body: tuple[object, ...], rows: Iterable[Any]) -> Iterator[KeptByRule]:
    for at, how, said in rows:
        if not isinstance(at, int) or not 0 <= at < len(body) or how not in _HOW:
            raise ValueError("no such block is in the body")
        yield KeptByRule(at, how, clean_lines(str(said)))


def _related(row: Mapping[str, Any]) -> Iterator[Teaser]:
    teasers = list(row.get("related", ()))
    pictures = [*row.get("related_images", ()), *[None] * len(teasers)]
    for each, picture in zip(teasers, pictures, strict=False):
        yield _teaser(_without_nulls(each), picture)


def _teaser(row: Mapping[str, Any], picture: Any) -> Teaser:
    return Teaser(
        url=str(row["url"]),
        headline=str(row.get("headline", "")),
        summary=str(row.get("teaser", "")),
        published=to_when(row.get("published")),
        dateline=str(row.get("dateline", "")),
        picture=_picture(picture),
    )


def _picture(row: Any) -> Figure | None:
    if not row:
        return None
    src, alt, caption, credit = map(str, row)
    return Figure(src, alt, caption, credit)


def _enclosures(rows: Iterable[Mapping[str, Any]]) -> Iterator[Enclosure]:
    for row in rows:
        size = row.get("size")
        if url := absolute(str(row["url"]), ""):
            kind = clean(str(row.get("type") or "")).replace(" ", "")
            yield Enclosure(url, kind, size if isinstance(size, int) and 0 <= size < 10**15 else 0)


def _facts(row: Mapping[str, Any]) -> KeptFacts:
    listed_by = row.get("listed_by")
    source, group = _source(listed_by) if isinstance(listed_by, dict) else (None, "")
    seen = int(_moment(row.get("seen")))
    place, scroll = row.get("place"), row.get("scroll")
    return KeptFacts(
        source,
        group,
        seen,
        int(_moment(row.get("listed"))) or seen,
        tuple(_acts(row)),
        float(place) if isinstance(place, int | float) and 0 < place < _LAST_PLACE else 0.0,
        scroll if isinstance(scroll, int) and 0 < scroll < 10**9 else 0,
    )


def _source(row: Mapping[str, Any]) -> tuple[Source | None, str]:
    row = _without_nulls(row)
    url, kind = absolute(str(row["url"]), ""), row.get("kind")
    if not url or kind not in _KINDS:
        return None, ""
    title, language = clean(str(row.get("title", ""))), clean(str(row.get("language", "")))
    groups = filter(None, (clean(str(name)) for name in row.get("groups", ())))
    return Source(url, kind, title, absolute(str(row.get("home", "")), ""), language), "\n".join(groups)


def _acts(row: Mapping[str, Any]) -> Iterator[TimedAct]:
    """What the sender did, each with when, 0 where nobody knows: that fills what is empty, and overrides nothing."""
    times = row.get("marked", {})
    values = {mark: row.get(mark) is True for mark in ("read", "saved", "queued")}
    said: dict[str, bool | str] = {**values, "note": clean_lines(str(row.get("note", ""))).strip()}
    for mark in _MARKS:
        if (at := _moment(times.get(mark))) or said[mark]:
            yield TimedAct(mark, said[mark], at)
    tagged, untagged = row.get("tagged", {}), row.get("untagged", {})
    for name in list(_strings(row.get("tags", ())))[:_MOST_TAGS]:
        yield TimedAct("tag", True, _moment(tagged.get(name)), clean(name))
    for name in list(untagged)[:_MOST_TAGS]:
        yield TimedAct("tag", False, _moment(untagged[name]), clean(name))


def _without_nulls(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """A record without what it says is not known, which is as if it did not speak of it."""
    return {name: value for name, value in row.items() if value is not None}


def _time(seconds: float) -> str | None:
    """A moment as JSON has it; None where nobody knows it."""
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat() if seconds else None
    except (ValueError, OverflowError, OSError):  # no moment of any calendar
        return None


def _moment(said: object) -> float:
    """Seconds since 1970; 0 where nobody knows."""
    when = to_when(said)
    if not isinstance(when, datetime):
        return 0.0
    seconds = when.timestamp()
    return seconds if isfinite(seconds) and seconds > 0 else 0.0
