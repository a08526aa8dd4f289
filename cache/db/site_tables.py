"""The tables of what is known of sites, of format 12; strings only, as every opening reads them.

Never edited: step 12 runs this. A later change of these tables is a step of its own in `cache.db.schema`.
"""

SITES = """
CREATE TABLE site_passages (entry_id INTEGER PRIMARY KEY, host INTEGER NOT NULL, digests BLOB NOT NULL);
CREATE INDEX site_passages_of_host ON site_passages (host, entry_id);
CREATE TABLE site_rule (
    host TEXT NOT NULL, how TEXT NOT NULL, text TEXT NOT NULL, kept INTEGER NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (host, how, text)) WITHOUT ROWID;
CREATE TRIGGER entry_goes_with_its_passages AFTER DELETE ON entry BEGIN
    DELETE FROM site_passages WHERE entry_id = old.id;
END;
"""
