"""The table of highlights, of format 14; strings only, as every opening reads them.

Never edited: step 14 runs this. A later change of this table is a step of its own in `cache.db.schema`.
"""

HIGHLIGHTS = """
CREATE TABLE highlight (
    id INTEGER PRIMARY KEY,
    entry_id INTEGER NOT NULL,
    name INTEGER NOT NULL,
    text TEXT NOT NULL,
    prefix TEXT NOT NULL DEFAULT '',
    suffix TEXT NOT NULL DEFAULT '',
    made REAL NOT NULL DEFAULT 0,
    withdrawn REAL,
    note TEXT NOT NULL DEFAULT '',
    note_at REAL NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX highlight_of_entry ON highlight (entry_id, name);
CREATE INDEX highlight_that_stands ON highlight (entry_id) WHERE withdrawn IS NULL;
CREATE TRIGGER entry_goes_with_its_highlights AFTER DELETE ON entry BEGIN
    DELETE FROM highlight WHERE entry_id = old.id;
END;
"""
