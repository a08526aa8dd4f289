"""When each act of a reader's was done, of format 7; strings only, as every opening reads them.

Never edited: step 7 runs this. A later change of these tables is a step of its own in `cache.db.schema`.
"""

TIMES = """
ALTER TABLE mark ADD COLUMN read_at REAL NOT NULL DEFAULT 0;
ALTER TABLE mark ADD COLUMN saved_at REAL NOT NULL DEFAULT 0;
ALTER TABLE mark ADD COLUMN queued_at REAL NOT NULL DEFAULT 0;
ALTER TABLE mark ADD COLUMN gone_at REAL NOT NULL DEFAULT 0;
ALTER TABLE mark ADD COLUMN note_at REAL NOT NULL DEFAULT 0;
ALTER TABLE tag ADD COLUMN at REAL NOT NULL DEFAULT 0;
CREATE TABLE withdrawn_tag (
    entry_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    at REAL NOT NULL,
    PRIMARY KEY (entry_id, name)
) WITHOUT ROWID;
CREATE TABLE undo (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at REAL NOT NULL,
    sentence TEXT NOT NULL,
    changes TEXT NOT NULL
);
UPDATE mark SET saved_at = coalesce(saved, 0), gone_at = coalesce(gone, 0);
UPDATE mark SET read_at = 0.001
WHERE read = 0 AND scroll = 0 AND saved IS NULL AND gone IS NULL AND queued = 0 AND note = '';
DELETE FROM buried WHERE source_id NOT IN (SELECT id FROM source);
CREATE TRIGGER entry_goes_untagged AFTER DELETE ON entry BEGIN
    DELETE FROM withdrawn_tag WHERE entry_id = old.id;
END;
"""
