"""The tables of what is synced with servers, of format 16; strings only, as every opening reads them.

Never edited: step 16 runs this. A later change of these tables is a step of its own in `cache.db.schema`.
"""

SYNC = """
CREATE TABLE sync_account (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL,
    user TEXT NOT NULL,
    protocol TEXT NOT NULL,
    server TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT '{}',
    synced REAL,
    error TEXT NOT NULL DEFAULT '',
    UNIQUE (url, user)
);
CREATE TABLE sync_source (
    account_id INTEGER NOT NULL,
    remote TEXT NOT NULL,
    source_id INTEGER NOT NULL,
    url TEXT NOT NULL,
    title TEXT NOT NULL DEFAULT '',
    section TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (account_id, remote)
) WITHOUT ROWID;
CREATE TABLE sync_entry (
    account_id INTEGER NOT NULL,
    remote TEXT NOT NULL,
    entry_id INTEGER NOT NULL,
    base INTEGER NOT NULL DEFAULT 0,
    tags TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (account_id, remote)
) WITHOUT ROWID;
CREATE INDEX sync_entry_here ON sync_entry (entry_id);
CREATE TRIGGER entry_goes_from_sync AFTER DELETE ON entry BEGIN
    UPDATE sync_entry SET entry_id = 0 WHERE entry_id = old.id;
END;
"""
