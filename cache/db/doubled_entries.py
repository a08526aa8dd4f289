"""What step 8 runs: the columns for what sources call their entries, and the joining of entries that are one story.

Strings only, as every opening reads them. Never edited: a later change is a step of its own in `cache.db.schema`.
"""

KEYS = """
ALTER TABLE entry ADD COLUMN key INTEGER NOT NULL DEFAULT 0;
ALTER TABLE entry ADD COLUMN enclosures TEXT NOT NULL DEFAULT '';
CREATE INDEX address_entry ON address (entry_id);
CREATE INDEX entry_of_feed ON entry (url) WHERE instr(url, ':~:entry=') > 0;
CREATE TABLE doubled (id INTEGER PRIMARY KEY, kept INTEGER NOT NULL);
CREATE INDEX doubled_kept ON doubled (kept);
"""

UNDER_ONE_HEADLINE = """
INSERT INTO doubled SELECT id, kept FROM (
    SELECT id, first_value(id) OVER (same ORDER BY offline = 1 DESC, offline = 3 DESC, id) AS kept,
        min(gap) OVER same AS nearest, min(whole) OVER same AS shortest, max(whole) OVER same AS longest
    FROM (
        SELECT id, source_id, headline, published, offline, iif(offline = 1, words, NULL) AS whole,
            seen - lag(seen) OVER (PARTITION BY source_id, headline, published ORDER BY seen) AS gap
        FROM entry WHERE source_id > 0 AND headline NOT IN ('', url) AND published LIKE '%T__:__:__%'
        AND published NOT LIKE '%T00:00:00%' AND instr(url, ':~:entry=') = 0 AND id IN (SELECT id FROM shelf)
    ) WINDOW same AS (PARTITION BY source_id, headline, published)
) WHERE id <> kept AND nearest > 0 AND (longest IS NULL OR shortest * 10 >= longest * 7);
"""
"""What was there at one visit is several stories, however alike; so is what has texts of other lengths."""

AT_ONE_ADDRESS = """
INSERT INTO doubled SELECT id, kept FROM (
    SELECT id, first_value(id) OVER (
        PARTITION BY rtrim(iif(host LIKE 'm.%', substr(host, 3), iif(host LIKE 'amp.%', substr(host, 5),
            iif(host LIKE 'www.%', substr(host, 5), host))), '/'), headline
        ORDER BY offline = 1 DESC, offline = 3 DESC, id
    ) AS kept
    FROM (SELECT id, headline, offline, substr(url, instr(url, '://') + 3) AS host FROM entry
        WHERE url LIKE 'http%://%' AND headline NOT IN ('', url) AND instr(url, ':~:entry=') = 0
        AND id IN (SELECT id FROM shelf))
) WHERE id <> kept;
"""

JOIN = """
INSERT OR IGNORE INTO mark (id) SELECT id FROM doubled UNION SELECT kept FROM doubled;
CREATE TEMP TABLE told AS SELECT doubled.kept, mark.* FROM doubled JOIN mark USING (id);
INSERT INTO told SELECT id, mark.* FROM mark WHERE id IN (SELECT kept FROM doubled);
CREATE INDEX temp.told_kept ON told (kept);
UPDATE mark SET
    (read, read_at) = (SELECT read, read_at FROM told WHERE told.kept = mark.id
        ORDER BY read_at DESC, read DESC LIMIT 1),
    (saved, saved_at) = (SELECT saved, saved_at FROM told WHERE told.kept = mark.id
        ORDER BY saved_at DESC, saved IS NOT NULL DESC LIMIT 1),
    (queued, queued_at) = (SELECT queued, queued_at FROM told WHERE told.kept = mark.id
        ORDER BY queued_at DESC, queued DESC LIMIT 1),
    (note, note_at) = (SELECT coalesce(group_concat(note, char(10, 10)), ''), coalesce(max(at), 0) FROM (
        SELECT note, max(note_at) AS at FROM told WHERE told.kept = mark.id AND note <> '' GROUP BY note ORDER BY at))
WHERE id IN (SELECT kept FROM doubled);
DROP TABLE temp.told;
INSERT INTO tag (entry_id, name, at) SELECT kept, name, max(at) FROM doubled JOIN tag ON entry_id = id
    WHERE true GROUP BY kept, name ON CONFLICT (name, entry_id) DO UPDATE SET at = max(at, excluded.at);
INSERT INTO withdrawn_tag (entry_id, name, at)
    SELECT kept, name, max(at) FROM doubled JOIN withdrawn_tag ON entry_id = id
    WHERE true GROUP BY kept, name ON CONFLICT (entry_id, name) DO UPDATE SET at = max(at, excluded.at);
DELETE FROM withdrawn_tag WHERE entry_id IN (SELECT kept FROM doubled) AND EXISTS (
    SELECT 1 FROM tag WHERE tag.entry_id = withdrawn_tag.entry_id AND tag.name = withdrawn_tag.name
    AND tag.at >= withdrawn_tag.at);
DELETE FROM tag WHERE entry_id IN (SELECT id FROM doubled) OR (entry_id IN (SELECT kept FROM doubled) AND EXISTS (
    SELECT 1 FROM withdrawn_tag WHERE tag.entry_id = withdrawn_tag.entry_id AND tag.name = withdrawn_tag.name));
UPDATE address SET entry_id = (SELECT kept FROM doubled WHERE id = entry_id)
    WHERE entry_id IN (SELECT id FROM doubled);
INSERT INTO revision (entry_id, fetched, headline, packed)
    SELECT doubled.kept, other.fetched, other.headline, packed FROM doubled
    JOIN entry AS other ON other.id = doubled.id JOIN entry AS kept ON kept.id = doubled.kept
    JOIN article ON article.id = doubled.id WHERE other.words <> kept.words;
UPDATE revision SET entry_id = (SELECT kept FROM doubled WHERE id = entry_id)
    WHERE entry_id IN (SELECT id FROM doubled);
UPDATE entry SET url = (SELECT url FROM entry AS other WHERE other.id IN (
        SELECT id FROM doubled WHERE kept = entry.id UNION SELECT entry.id) ORDER BY other.id DESC LIMIT 1)
    WHERE id IN (SELECT kept FROM doubled);
UPDATE mark SET saved = NULL, queued = 0, note = '', gone = CAST(strftime('%s', 'now') AS REAL),
    gone_at = CAST(strftime('%s', 'now') AS REAL) WHERE id IN (SELECT id FROM doubled);
DELETE FROM doubled;
"""
"""What was kept of a doubled entry goes over to the other, and it leaves the lists as what is thrown away does."""
