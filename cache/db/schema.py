"""The tables, and the steps that bring an older library up to date.

`entry`, `article`, `revision` and `pending` hold what was published, `mark`, `tag`, `highlight` and `undo` what the
reader did. An
act of the reader's changes no row of the former; a refresh changes `mark` only where a wish has come true (it leaves
the queue) or a story of a removed source is listed by another (it is back). `source` holds both: how it answered, and
how the reader wants it asked. `shelf` holds what lists are made of; triggers derive it from both, so that every
filter is one covering index, and a row the reader threw away is simply not on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.db.act_times import TIMES
from cache.db.doubled_entries import AT_ONE_ADDRESS, JOIN, KEYS, UNDER_ONE_HEADLINE
from cache.db.highlight_tables import HIGHLIGHTS
from cache.db.lookup_indexes import COUNTS, INDEXES
from cache.db.related_tables import FORMAT_4
from cache.db.site_tables import SITES
from cache.db.sync_tables import SYNC

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable


_FIRST = """
CREATE TABLE source (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    title TEXT NOT NULL DEFAULT '',
    home TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT '',
    section TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT '',
    due REAL NOT NULL DEFAULT 0,
    refreshed REAL,
    error TEXT NOT NULL DEFAULT '',
    received INTEGER NOT NULL DEFAULT 0,
    unpacked INTEGER NOT NULL DEFAULT 0,
    max_bytes INTEGER,
    headers TEXT NOT NULL DEFAULT '',
    proxy TEXT NOT NULL DEFAULT '',
    keep_days INTEGER,
    keep_count INTEGER,
    removed REAL
);
CREATE TABLE entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL,
    source_id INTEGER NOT NULL,
    headline TEXT NOT NULL,
    authors TEXT NOT NULL DEFAULT '',
    published TEXT,
    at INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    fetched INTEGER,
    dateline TEXT NOT NULL DEFAULT '',
    section TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT '',
    summary TEXT NOT NULL DEFAULT '',
    words INTEGER NOT NULL DEFAULT 0,
    offline INTEGER NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT '',
    changed INTEGER NOT NULL DEFAULT 0,
    reach TEXT NOT NULL DEFAULT '',
    teaser INTEGER NOT NULL DEFAULT 0,
    stale INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0,
    retry REAL NOT NULL DEFAULT 0
);
CREATE INDEX entry_stale ON entry (id) WHERE stale = 1;
CREATE TABLE address (
    name INTEGER PRIMARY KEY,
    entry_id INTEGER NOT NULL
);
CREATE TABLE article (
    id INTEGER PRIMARY KEY,
    packed BLOB NOT NULL
);
CREATE TABLE revision (
    id INTEGER PRIMARY KEY,
    entry_id INTEGER NOT NULL,
    fetched INTEGER,
    headline TEXT NOT NULL,
    packed BLOB NOT NULL
);
CREATE INDEX revision_entry ON revision (entry_id);
CREATE TABLE pending (
    id INTEGER PRIMARY KEY,
    content BLOB NOT NULL
);
CREATE TABLE buried (
    name INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL
);
CREATE TABLE mark (
    id INTEGER PRIMARY KEY,
    read INTEGER NOT NULL DEFAULT 0,
    saved REAL,
    queued INTEGER NOT NULL DEFAULT 0,
    gone REAL,
    scroll INTEGER NOT NULL DEFAULT 0,
    note TEXT NOT NULL DEFAULT ''
);
CREATE TABLE tag (
    entry_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (name, entry_id)
) WITHOUT ROWID;
CREATE INDEX tag_entry ON tag (entry_id);
CREATE TABLE saved_search (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    query TEXT NOT NULL
);
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
CREATE VIRTUAL TABLE headline_index USING fts5 (
    headline, authors, source, content='', tokenize='ascii', prefix='1 2 3'
);
CREATE VIRTUAL TABLE text_index USING fts5 (
    text, content='', columnsize=0, detail=none, tokenize='ascii'
);
"""

_SHELF = """
CREATE TABLE shelf (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    source_id INTEGER NOT NULL,
    offline INTEGER NOT NULL,
    read INTEGER NOT NULL DEFAULT 0,
    saved REAL,
    queued INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX shelf_all ON shelf (at);
CREATE INDEX shelf_read ON shelf (read, at);
CREATE INDEX shelf_source ON shelf (source_id, at);
CREATE INDEX shelf_source_unread ON shelf (source_id, at) WHERE read = 0;
CREATE INDEX shelf_offline ON shelf (offline, at);
CREATE INDEX shelf_saved ON shelf (at) WHERE saved IS NOT NULL;
CREATE INDEX shelf_queued ON shelf (at) WHERE queued = 1;
CREATE TRIGGER entry_comes AFTER INSERT ON entry BEGIN
    INSERT INTO shelf (id, at, source_id, offline) VALUES (new.id, new.at, new.source_id, new.offline);
END;
CREATE TRIGGER entry_moves AFTER UPDATE OF at, source_id, offline ON entry
WHEN old.at <> new.at OR old.source_id <> new.source_id OR old.offline <> new.offline BEGIN
    UPDATE shelf SET at = new.at, source_id = new.source_id, offline = new.offline WHERE id = new.id;
END;
CREATE TRIGGER entry_goes AFTER DELETE ON entry BEGIN
    DELETE FROM shelf WHERE id = old.id;
    DELETE FROM mark WHERE id = old.id;
    DELETE FROM tag WHERE entry_id = old.id;
    DELETE FROM article WHERE id = old.id;
    DELETE FROM pending WHERE id = old.id;
    DELETE FROM revision WHERE entry_id = old.id;
END;
CREATE TRIGGER mark_comes AFTER INSERT ON mark BEGIN
    UPDATE shelf SET read = new.read, saved = new.saved, queued = new.queued WHERE id = new.id;
    DELETE FROM shelf WHERE id = new.id AND new.gone IS NOT NULL;
END;
CREATE TRIGGER mark_changes AFTER UPDATE OF read, saved, queued ON mark
WHEN old.read <> new.read OR old.saved IS NOT new.saved OR old.queued <> new.queued BEGIN
    UPDATE shelf SET read = new.read, saved = new.saved, queued = new.queued WHERE id = new.id;
END;
CREATE TRIGGER mark_throws_away AFTER UPDATE OF gone ON mark WHEN old.gone IS NULL AND new.gone IS NOT NULL BEGIN
    DELETE FROM shelf WHERE id = new.id;
END;
CREATE TRIGGER mark_brings_back AFTER UPDATE OF gone ON mark WHEN old.gone IS NOT NULL AND new.gone IS NULL BEGIN
    INSERT INTO shelf (id, at, source_id, offline, read, saved, queued)
    SELECT id, at, source_id, offline, new.read, new.saved, new.queued FROM entry WHERE id = new.id;
END;
"""


_TALLY = """
CREATE TABLE tally (
    source_id INTEGER PRIMARY KEY,
    total INTEGER NOT NULL DEFAULT 0,
    unread INTEGER NOT NULL DEFAULT 0,
    saved INTEGER NOT NULL DEFAULT 0,
    whole INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    queued INTEGER NOT NULL DEFAULT 0
);
INSERT INTO tally
SELECT source_id, count(*), sum(read = 0), count(saved), sum(offline = 1), sum(offline = 2), sum(queued)
FROM shelf GROUP BY source_id;
CREATE TRIGGER shelf_comes AFTER INSERT ON shelf BEGIN
    INSERT INTO tally (source_id)
    SELECT new.source_id WHERE NOT EXISTS (SELECT 1 FROM tally WHERE source_id = new.source_id);
    UPDATE tally SET total = total + 1, unread = unread + (new.read = 0),
        saved = saved + (new.saved IS NOT NULL), whole = whole + (new.offline = 1),
        failed = failed + (new.offline = 2), queued = queued + new.queued
    WHERE source_id = new.source_id;
END;
CREATE TRIGGER shelf_goes AFTER DELETE ON shelf BEGIN
    UPDATE tally SET total = total - 1, unread = unread - (old.read = 0),
        saved = saved - (old.saved IS NOT NULL), whole = whole - (old.offline = 1),
        failed = failed - (old.offline = 2), queued = queued - old.queued
    WHERE source_id = old.source_id;
END;
CREATE TRIGGER shelf_changes AFTER UPDATE OF source_id, offline, read, saved, queued ON shelf BEGIN
    INSERT INTO tally (source_id)
    SELECT new.source_id WHERE NOT EXISTS (SELECT 1 FROM tally WHERE source_id = new.source_id);
    UPDATE tally SET total = total - 1, unread = unread - (old.read = 0),
        saved = saved - (old.saved IS NOT NULL), whole = whole - (old.offline = 1),
        failed = failed - (old.offline = 2), queued = queued - old.queued
    WHERE source_id = old.source_id;
    UPDATE tally SET total = total + 1, unread = unread + (new.read = 0),
        saved = saved + (new.saved IS NOT NULL), whole = whole + (new.offline = 1),
        failed = failed + (new.offline = 2), queued = queued + new.queued
    WHERE source_id = new.source_id;
END;
"""

_ONE_BY_ONE = """
DROP TRIGGER shelf_changes;
CREATE TRIGGER shelf_is_read AFTER UPDATE OF read ON shelf WHEN old.read <> new.read BEGIN
    UPDATE tally SET unread = unread + old.read - new.read WHERE source_id = old.source_id;
END;
CREATE TRIGGER shelf_is_saved AFTER UPDATE OF saved ON shelf WHEN (old.saved IS NULL) <> (new.saved IS NULL) BEGIN
    UPDATE tally SET saved = saved + (old.saved IS NULL) - (new.saved IS NULL) WHERE source_id = old.source_id;
END;
CREATE TRIGGER shelf_is_queued AFTER UPDATE OF queued ON shelf WHEN old.queued <> new.queued BEGIN
    UPDATE tally SET queued = queued + new.queued - old.queued WHERE source_id = old.source_id;
END;
CREATE TRIGGER shelf_is_offline AFTER UPDATE OF offline ON shelf WHEN old.offline <> new.offline BEGIN
    UPDATE tally SET whole = whole + (new.offline = 1) - (old.offline = 1),
        failed = failed + (new.offline = 2) - (old.offline = 2)
    WHERE source_id = old.source_id;
END;
CREATE TRIGGER shelf_moves AFTER UPDATE OF source_id ON shelf WHEN old.source_id <> new.source_id BEGIN
    INSERT INTO tally (source_id)
    SELECT new.source_id WHERE NOT EXISTS (SELECT 1 FROM tally WHERE source_id = new.source_id);
    UPDATE tally SET total = total - 1, unread = unread - (new.read = 0),
        saved = saved - (new.saved IS NOT NULL), whole = whole - (new.offline = 1),
        failed = failed - (new.offline = 2), queued = queued - new.queued
    WHERE source_id = old.source_id;
    UPDATE tally SET total = total + 1, unread = unread + (new.read = 0),
        saved = saved + (new.saved IS NOT NULL), whole = whole + (new.offline = 1),
        failed = failed + (new.offline = 2), queued = queued + new.queued
    WHERE source_id = new.source_id;
END;
CREATE INDEX entry_language ON entry (language);
CREATE INDEX entry_section ON entry (section);
"""


def create(connection: sqlite3.Connection) -> None:
    """Version 1: all that a first library needs."""
    _run(connection, _FIRST)
    _run(connection, _SHELF)
    _run(connection, FORMAT_4)


def count(connection: sqlite3.Connection) -> None:
    """Version 2: counts that are kept, not counted, so that the status line costs nothing at any size."""
    _run(connection, _TALLY)


def count_one_by_one(connection: sqlite3.Connection) -> None:
    """Version 3: a mark changes one count, not all twice; languages and sections are looked up, not walked to."""
    _run(connection, _ONE_BY_ONE)


def renew_reports(connection: sqlite3.Connection, version: int) -> None:
    """No step: makes the stories' table anew where the first libraries lack likenesses, which step 4 counts on."""
    columns = [row[1] for row in connection.execute("PRAGMA table_info(reports)")]
    if 0 < version < 4 and "nearest" not in columns:
        told = connection.execute("SELECT entry_id FROM reports").fetchall()
        connection.execute("DROP TABLE reports")
        _run(connection, FORMAT_4)
        connection.executemany("INSERT INTO reports (entry_id, story) VALUES (?, 0)", told)


def assign_stories_anew(connection: sqlite3.Connection) -> None:
    """Version 4: what is known of stories is found again with every link between pages, a few at each refresh."""
    _run(connection, "UPDATE reports SET story = 0, nearest = x'';")
    _run(connection, FORMAT_4)


def tell_parts(connection: sqlite3.Connection) -> None:
    """Version 5: of what text there is some is only a part, which was a teaser or a failure before."""
    _run(connection, "UPDATE entry SET offline = 3 WHERE offline <> 1 AND id IN (SELECT id FROM article);")


def note_answers(connection: sqlite3.Connection) -> None:
    """Version 6: when a source last answered, beside when it was last asked."""
    _run(
        connection,
        "ALTER TABLE source ADD COLUMN answered REAL;\n"
        "UPDATE source SET answered = iif(error = '', refreshed,"
        " iif(json_valid(state), nullif(json_extract(state, '$.whole'), 0), NULL));\n",
    )


def time_the_acts(connection: sqlite3.Connection) -> None:
    """Version 7: every mark says when it was made or withdrawn, 0 where nobody knows; undo outlives the program.

    A mark that says nothing else was "unread by choice": that nobody knows when is a moment after nobody marked it.
    """
    _run(connection, TIMES)


def name_by_source(connection: sqlite3.Connection) -> None:
    """Version 8: an entry is what its source calls it, whatever becomes of its address; what was doubled is joined.

    Told as doubled is what one source listed under one headline as of one second, at visits that lie apart, and what
    stands at one address but for www., m. or amp. before it; of the two the one with the whole text stays.
    """
    _run(connection, KEYS)
    for rule in (UNDER_ONE_HEADLINE, AT_ONE_ADDRESS):
        _run(connection, rule)
        _run(connection, JOIN)
    _run(connection, "DROP TABLE doubled;")


def remember_unreadable(connection: sqlite3.Connection) -> None:
    """Version 9: what could not be read, by its address (hashed) and its bytes (their digest), and why."""
    _run(
        connection,
        "CREATE TABLE unreadable (name INTEGER PRIMARY KEY, digest BLOB NOT NULL, sentence TEXT NOT NULL);\n",
    )


def index_what_is_asked(connection: sqlite3.Connection) -> None:
    """Version 10: what is asked often is looked up; a mark neither read nor unread is counted as the lists have it."""
    _run(connection, INDEXES)
    _run(connection, COUNTS)


def limit_articles(connection: sqlite3.Connection) -> None:
    """Version 11: how many articles of a source one refresh fetches, where its reader has set a number."""
    _run(connection, "ALTER TABLE source ADD COLUMN most INTEGER;")


def know_sites(connection: sqlite3.Connection) -> None:
    """Version 12: by what the passages of a site's latest articles are known, and what its reader says of them."""
    _run(connection, SITES)


def pace_sources(connection: sqlite3.Connection) -> None:
    """Version 13: which sources rest, how many seconds lie between two visits, and in which order a reader has them."""
    _run(
        connection,
        "ALTER TABLE source ADD COLUMN paused INTEGER NOT NULL DEFAULT 0;\n"
        "ALTER TABLE source ADD COLUMN every INTEGER;\n"
        "ALTER TABLE source ADD COLUMN place INTEGER;\n",
    )


def keep_highlights(connection: sqlite3.Connection) -> None:
    """Version 14: words of articles that their reader highlighted, each with when it was made or withdrawn."""
    _run(connection, HIGHLIGHTS)


def tell_the_same_words_apart(connection: sqlite3.Connection) -> None:
    """Version 15: of several places with the same words and the same about them, which one is highlighted."""
    _run(connection, "ALTER TABLE highlight ADD COLUMN occurrence INTEGER NOT NULL DEFAULT 0;")


def remember_servers(connection: sqlite3.Connection) -> None:
    """Version 16: accounts on servers, what each has of sources and entries, and how it had them at the last sync."""
    _run(connection, SYNC)


STEPS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    create,
    count,
    count_one_by_one,
    assign_stories_anew,
    tell_parts,
    note_answers,
    time_the_acts,
    name_by_source,
    remember_unreadable,
    index_what_is_asked,
    limit_articles,
    know_sites,
    pace_sources,
    keep_highlights,
    tell_the_same_words_apart,
    remember_servers,
)
"""One function a version, each from the version before it; a library is as old as its `user_version`, and
`cache.db.identity.VERSION` says how many there are.

What a step runs never changes again: it stands in the step, and in no table or function that goes on being edited.
"""


def _run(connection: sqlite3.Connection, script: str) -> None:
    """The statements of a script inside the caller's transaction, which `executescript` would commit."""
    from sqlite3 import complete_statement

    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if statement.strip() and complete_statement(statement):
            connection.execute(statement)
            statement = ""
