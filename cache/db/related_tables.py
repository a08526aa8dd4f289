"""The tables of the related-stories index of format 4; strings only, as every opening reads them.

Never edited: steps 1 and 4 run this. A later change of these tables is a step of its own in `cache.db.schema`.
"""

FORMAT_4 = """
CREATE TABLE IF NOT EXISTS related_vectors (
    entry_id INTEGER PRIMARY KEY, day INTEGER NOT NULL, source_id INTEGER NOT NULL, norm REAL NOT NULL,
    words BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS related_fresh (entry_id INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS related_words (word INTEGER PRIMARY KEY, entries INTEGER NOT NULL, weeks BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS related_postings (place INTEGER PRIMARY KEY, entries BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS related_links (
    page INTEGER NOT NULL, entry_id INTEGER NOT NULL, PRIMARY KEY (page, entry_id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reports (
    entry_id INTEGER PRIMARY KEY, story INTEGER NOT NULL, nearest BLOB NOT NULL DEFAULT x'');
CREATE INDEX IF NOT EXISTS reports_by_story ON reports (story);
"""
