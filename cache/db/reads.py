"""Reads of single things: an entry, its article, a source, a setting, the counts of the library. Nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cache.db.connection import raising_damage
from cache.db.rows import ENTRY_COLUMNS, FAILED, IS_KEPT, SOURCE_COLUMNS, address_key, to_entry, to_moment, to_source
from cache.db.values import integer, text
from cache.entry import Entry, SavedSearch, Status
from cache.errors import NoSuchEntry, TextDamaged

if TYPE_CHECKING:
    from cache.db.connection import Connection
    from cache.source_entry import SourceEntry
    from fetch.article import Article

_STARTS = ("https://", "https://www.", "http://", "http://www.")
# What begins with an address and "#" lies before the same with "$"; each range is one search in the index.
_AT_PAGE = "SELECT id FROM entry WHERE instr(url, ':~:entry=') > 0 AND url >= ? AND url < ?"
_WORDS = {"true": True, "false": False, "null": None}
_AT_ONCE = 500
"""Rows asked for in one query."""


def entries(connection: Connection, ids: Sequence[int]) -> list[Entry]:
    """The rows of these ids in their order; those that are gone are left out."""
    found: dict[int, Entry] = {}
    for start in range(0, len(ids), _AT_ONCE):
        chunk = ids[start : start + _AT_ONCE]
        with raising_damage(connection.path):
            found |= {row[0]: _entry(row) for row in connection.rows(_entries_query(len(chunk)), chunk)}
    return [found[entry_id] for entry_id in ids if entry_id in found]


def entry(connection: Connection, ref: str | int) -> Entry:
    """An entry by number or address; raises NoSuchEntry."""
    found = entries(connection, [entry_id(connection, ref)])
    if not found:
        raise _no_article(ref)
    return found[0]


def entry_id(connection: Connection, ref: str | int) -> int:
    """The number behind a REF, which is a number or an address; raises NoSuchEntry."""
    if isinstance(ref, int):
        return ref
    if ref.isascii() and ref.isdigit() and len(ref) < 19:
        return int(ref)
    found = _newest_at(connection, ref, find(connection, ref))
    if found is None:
        raise _no_article(ref)
    return found


def find(connection: Connection, url: str) -> int | None:
    """The entry on the lists that has this address, or once had it."""
    found: int | None = connection.value(
        "SELECT shelf.id FROM address JOIN shelf ON shelf.id = entry_id WHERE name = ?", (address_key(url),)
    )
    return found


def _newest_at(connection: Connection, url: str, found: int | None) -> int | None:
    """Of the entries that share one address, each with the text its feed has for it, the newest; or the one found."""
    from fetch.links import canonical, is_of_a_feed

    rest = canonical(url).partition("://")[2].removeprefix("www.").rstrip("/")
    if is_of_a_feed(url) or not rest:
        return found
    beginnings = [f"{start}{rest}{end}" for start in _STARTS for end in ("", "/")]
    newest: int | None = connection.value(
        f"SELECT id FROM shelf WHERE id = ? OR id IN ({' UNION ALL '.join([_AT_PAGE] * len(beginnings))})"
        " ORDER BY at DESC, id DESC LIMIT 1",
        (found, *(bound for beginning in beginnings for bound in (f"{beginning}#", f"{beginning}$"))),
    )
    return newest


def find_any(connection: Connection, url: str) -> int | None:
    """The entry that has this address, or once had it, be it on the lists or thrown away."""
    found: int | None = connection.value("SELECT entry_id FROM address WHERE name = ?", (address_key(url),))
    return found


def article(connection: Connection, entry: Entry) -> Article | None:
    """The article of an entry, or None while its text is not on disk."""
    packed = connection.value("SELECT packed FROM article WHERE id = ?", (entry.id,))
    if packed is None:
        return None
    from cache.db.codec import decode

    return decode(packed, entry)


def article_at(connection: Connection, entry_id: int) -> Article | None:
    """The article with this number, be its entry on the lists or thrown away; None while its text is not on disk."""
    row = connection.row(
        f"SELECT {ENTRY_COLUMNS}, article.packed FROM entry JOIN article USING (id) LEFT JOIN shelf USING (id)"
        " LEFT JOIN source ON source.id = entry.source_id WHERE entry.id = ?",
        (entry_id,),
    )
    if row is None:
        return None
    from cache.db.codec import decode

    return decode(row[-1], to_entry(row[:-1]))


def readable_article_at(connection: Connection, entry_id: int) -> Article | None:
    """The same; None, too, where the text is damaged."""
    try:
        return article_at(connection, entry_id)
    except TextDamaged:
        return None


def feed_content(connection: Connection, entry_id: int) -> str:
    """The HTML that a feed carried for an entry whose page is not on disk; empty if none."""
    kept = connection.value("SELECT content FROM pending WHERE id = ?", (entry_id,))
    if not kept:
        return ""
    from cache.db.codec import inflate

    return inflate(kept)


def note(connection: Connection, entry_id: int) -> str:
    """The reader's note on an entry; empty if there is none."""
    return text(connection.value("SELECT note FROM mark WHERE id = ?", (entry_id,)))


def is_read_by_nobody(connection: Connection, entry_id: int) -> bool:
    """Whether an entry counts as read though nobody marked it: it repeated what was there when it came."""
    return connection.value("SELECT 1 FROM mark WHERE id = ? AND read = 1 AND read_at = 0", (entry_id,)) is not None


def scroll(connection: Connection, entry_id: int) -> int:
    """How far an article was read: the characters of its text above the screen, 0 at its beginning."""
    return integer(connection.value("SELECT scroll FROM mark WHERE id = ?", (entry_id,)))


def sources(connection: Connection) -> list[SourceEntry]:
    """The sources kept, in the order the reader filed them, with their counts."""
    rows = connection.rows(
        f"SELECT {SOURCE_COLUMNS} FROM source LEFT JOIN tally ON tally.source_id = source.id"
        " WHERE removed IS NULL ORDER BY section, place IS NULL, place, source.id"
    )
    return [to_source(row) for row in rows]


def source(connection: Connection, ref: str | int) -> SourceEntry:
    """A source by number, address, or title in any case; raises NoSuchEntry."""
    wanted = str(ref).strip()
    kept = sources(connection)
    for name in ("id", "url", "home", "title"):
        for found in kept:
            if wanted and str(getattr(found, name)).casefold() == wanted.casefold():
                return found
    if not str(wanted).strip():
        raise NoSuchEntry("A source is named by its number, its address or its title; an empty name names none.")
    raise NoSuchEntry(f"There is no source {wanted} in the library.")


def kept_of(connection: Connection, source_id: int) -> int:
    """How many entries of a source the reader keeps: saved, tagged, noted, queued."""
    return int(connection.value(f"SELECT count(*) FROM shelf WHERE source_id = ? AND {IS_KEPT}", (source_id,)))


def tags(connection: Connection) -> dict[str, int]:
    """The reader's tags by name, each with how many entries on the lists have it."""
    rows = connection.rows(
        "SELECT name, count(*) FROM tag JOIN shelf ON shelf.id = entry_id GROUP BY name ORDER BY name"
    )
    return {text(name): integer(number) for name, number in rows}


def failures(connection: Connection) -> dict[str, int]:
    """Why texts could not be had, each reason with how many entries it is that of, the most frequent first."""
    rows = connection.rows(
        f"SELECT reason, count(*) FROM shelf JOIN entry USING (id) WHERE shelf.offline = {FAILED} AND reason <> ''"
        " GROUP BY reason ORDER BY 2 DESC, 1"
    )
    return {text(reason): integer(number) for reason, number in rows}


def never_had_a_source(connection: Connection) -> bool:
    """Whether the library is new: not even the handbook was ever in it."""
    return connection.value("SELECT 1 FROM source LIMIT 1") is None


def saved_searches(connection: Connection) -> list[SavedSearch]:
    """The saved searches by name."""
    rows = connection.rows("SELECT id, name, query FROM saved_search ORDER BY name")
    return [SavedSearch(number, text(name), text(query)) for number, name, query in rows]


def status(connection: Connection) -> Status:
    """The library at a glance."""
    row = connection.row(
        "SELECT total(total), total(unread), total(saved), total(whole), total(failed), total(queued) FROM tally"
    )
    total, unread, saved, full, failed, queued = map(integer, row or [0] * 6)
    answered = connection.value("SELECT max(answered) FROM source WHERE removed IS NULL AND kind <> 'bundled'")
    return Status(total, unread, saved, full, failed, queued, to_moment(answered), setting(connection, "notice", ""))


def setting(connection: Connection, name: str, default: Any) -> Any:
    """A setting as it was set; the default for what is not set, cannot be read, or is of another kind than that."""
    kept = connection.value("SELECT value FROM setting WHERE name = ?", (name,))
    if kept is None:
        return default
    said = text(kept)
    if said in _WORDS:  # what a start asks for is mostly one of these, and needs no parser to be loaded
        found: Any = _WORDS[said]
    else:
        import json

        try:
            found = json.loads(said)
        except (ValueError, RecursionError):
            return default
    return found if default is None or _is_like(found, default) else default


def _is_like(found: object, default: object) -> bool:
    """Whether a setting is of its default's kind; whole numbers and others are one."""
    return isinstance(found, int | float if isinstance(default, float) else type(default))


def _no_article(ref: str | int) -> NoSuchEntry:
    if not str(ref).strip():
        return NoSuchEntry("An article is named by its number or its address; an empty name names none.")
    return NoSuchEntry(f"There is no article {ref} in the library.")


def _entries_query(count: int) -> str:
    return (
        f"SELECT {ENTRY_COLUMNS}, (SELECT group_concat(name, '\n') FROM tag WHERE entry_id = entry.id), reports.story,"
        " iif(reports.story, (SELECT count(*) FROM reports AS others WHERE others.story = reports.story), 0)"
        " FROM entry JOIN shelf USING (id) LEFT JOIN source ON source.id = entry.source_id"
        f" LEFT JOIN reports ON reports.entry_id = entry.id WHERE entry.id IN ({','.join('?' * count)})"
    )


def _entry(row: tuple[Any, ...]) -> Entry:
    *columns, names, numbered, told = row
    story, reports = integer(numbered), integer(told)
    if not story or reports < 2:  # what a single entry reports is no story, and a number under 0 is not yet known
        story, reports = 0, 1
    return to_entry(tuple(columns), story, _tags(names), reports)


def _tags(names: object) -> tuple[str, ...]:
    return tuple(sorted(text(names).split("\n"))) if names else ()
