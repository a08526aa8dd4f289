"""What the reader does on the front page: looks at it, follows a story, mutes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.db import reads
from cache.db.topics import FOLLOWED
from cache.front.choices import MUTED, SET_ASIDE, chosen, most_chosen, turned
from cache.front.span import LOOKED
from cache.related import stories
from cache.writes import topics
from cache.writes.marks import set_setting
from cache.writes.undo import Undo

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cache.db.connection import Connection


_SENTENCES = {
    (FOLLOWED, True): "The story is followed no longer.",
    (FOLLOWED, False): "The story is followed again.",
    (MUTED, True): "The story is on the front page again.",
    (MUTED, False): "The story is muted again.",
}
"""What is true once a choice is taken back."""


def look(connection: Connection, at: float) -> None:
    """Keeps when the reader looked; an earlier look than the one that is kept changes nothing."""
    with connection.batch():
        if at > reads.setting(connection, LOOKED, 0.0):
            set_setting(connection, LOOKED, at)


def toggle_followed(connection: Connection, entry_id: int) -> bool:
    """Follows the story of an entry, or no longer; whether it is followed now."""
    return choose(connection, FOLLOWED, entry_id).sentence == _SENTENCES[FOLLOWED, True]


def toggle_muted(connection: Connection, entry_id: int) -> Undo | None:
    """Mutes the story of an entry until something else happens in it, or no longer mutes it."""
    story = stories.same_story(connection.sql, entry_id) | {entry_id}
    with connection.batch():
        before = {name: chosen(connection, name) for name in (MUTED, SET_ASIDE)}
        away = {name: [one for one in kept if one in story] for name, kept in before.items()}
        if not any(away.values()):
            return mute(connection, [entry_id])
        for name, gone in away.items():
            set_setting(connection, name, [one for one in before[name] if one not in gone])
    return Undo(_SENTENCES[MUTED, False], tuple(["front choice", name, gone, []] for name, gone in away.items()), 1)


def is_muted(connection: Connection, entry_id: int) -> bool:
    """Whether the story of an entry is muted, whatever has happened in it since."""
    story = stories.same_story(connection.sql, entry_id) | {entry_id}
    return any(one in story for name in (MUTED, SET_ASIDE) for one in chosen(connection, name))


def mute(connection: Connection, entry_ids: Iterable[int]) -> Undo | None:
    """Mutes the stories of entries, each until something else happens in it."""
    told = [stories.same_story(connection.sql, one) | {one} for one in entry_ids]
    with connection.batch():
        before = chosen(connection, SET_ASIDE)
        last = dict.fromkeys(max(story) for story in told)
        rest = [one for one in before if not any(one in story for story in told)]
        now = [*rest, *last][-most_chosen(SET_ASIDE) :]
        set_setting(connection, SET_ASIDE, now)
    back = [one for one in before if one not in now]
    away = [one for one in now if one not in before]
    if not back and not away:
        return None
    said = f"{len(told)} stories are on the front page again." if len(told) > 1 else _SENTENCES[MUTED, True]
    return Undo(said, (["front choice", SET_ASIDE, back, away],), len(told))


def unfollow(connection: Connection, report: int) -> Undo | None:
    """Follows a topic no longer that is followed by a report."""
    with connection.batch():
        before = chosen(connection, FOLLOWED)
        if report not in before:
            return None
        set_setting(connection, FOLLOWED, [one for one in before if one != report])
    return Undo(_SENTENCES[FOLLOWED, False], (["front choice", FOLLOWED, [report], []],), 1)


def choose(connection: Connection, name: str, entry_id: int) -> Undo:
    """Follows or mutes the story of an entry, or no longer; its way back."""
    of_topic = topics.begun(connection, entry_id) if name == FOLLOWED else {}
    with connection.batch():
        before = chosen(connection, name)
        now = turned(before, stories.same_story(connection.sql, entry_id), entry_id)
        set_setting(connection, name, now[-most_chosen(name) :])
        if entry_id in now:
            topics.keep(connection, of_topic)
    back = [one for one in before if one not in now]
    away = [one for one in now if one not in before]
    return Undo(_SENTENCES[name, entry_id in now], (["front choice", name, back, away],), 1)
