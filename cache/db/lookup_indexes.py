"""Indexes for what is asked often, and counts that hold for whatever stands in a mark: SQL of version 10."""

INDEXES = """
CREATE INDEX entry_changed ON entry (id) WHERE changed = 1;
CREATE INDEX entry_source ON entry (source_id);
CREATE INDEX mark_noted ON mark (id) WHERE note <> '';
CREATE INDEX mark_gone ON mark (gone) WHERE gone IS NOT NULL;
CREATE INDEX mark_saved ON mark (saved) WHERE saved IS NOT NULL;
CREATE INDEX mark_unread ON mark (id) WHERE read = 0 AND read_at > 0;
CREATE INDEX buried_source ON buried (source_id);
CREATE INDEX related_links_entry ON related_links (entry_id);
"""

COUNTS = """
DROP TRIGGER shelf_comes;
DROP TRIGGER shelf_goes;
DROP TRIGGER shelf_is_read;
DROP TRIGGER shelf_is_queued;
DROP TRIGGER shelf_moves;
CREATE TRIGGER shelf_comes AFTER INSERT ON shelf BEGIN
    INSERT INTO tally (source_id)
    SELECT new.source_id WHERE NOT EXISTS (SELECT 1 FROM tally WHERE source_id = new.source_id);
    UPDATE tally SET total = total + 1, unread = unread + (new.read = 0),
        saved = saved + (new.saved IS NOT NULL), whole = whole + (new.offline = 1),
        failed = failed + (new.offline = 2), queued = queued + (new.queued = 1)
    WHERE source_id = new.source_id;
END;
CREATE TRIGGER shelf_goes AFTER DELETE ON shelf BEGIN
    UPDATE tally SET total = total - 1, unread = unread - (old.read = 0),
        saved = saved - (old.saved IS NOT NULL), whole = whole - (old.offline = 1),
        failed = failed - (old.offline = 2), queued = queued - (old.queued = 1)
    WHERE source_id = old.source_id;
END;
CREATE TRIGGER shelf_is_read AFTER UPDATE OF read ON shelf WHEN (old.read = 0) <> (new.read = 0) BEGIN
    UPDATE tally SET unread = unread + (new.read = 0) - (old.read = 0) WHERE source_id = old.source_id;
END;
CREATE TRIGGER shelf_is_queued AFTER UPDATE OF queued ON shelf WHEN (old.queued = 1) <> (new.queued = 1) BEGIN
    UPDATE tally SET queued = queued + (new.queued = 1) - (old.queued = 1) WHERE source_id = old.source_id;
END;
CREATE TRIGGER shelf_moves AFTER UPDATE OF source_id ON shelf WHEN old.source_id <> new.source_id BEGIN
    INSERT INTO tally (source_id)
    SELECT new.source_id WHERE NOT EXISTS (SELECT 1 FROM tally WHERE source_id = new.source_id);
    UPDATE tally SET total = total - 1, unread = unread - (new.read = 0),
        saved = saved - (new.saved IS NOT NULL), whole = whole - (new.offline = 1),
        failed = failed - (new.offline = 2), queued = queued - (new.queued = 1)
    WHERE source_id = old.source_id;
    UPDATE tally SET total = total + 1, unread = unread + (new.read = 0),
        saved = saved + (new.saved IS NOT NULL), whole = whole + (new.offline = 1),
        failed = failed + (new.offline = 2), queued = queued + (new.queued = 1)
    WHERE source_id = new.source_id;
END;
DELETE FROM tally;
INSERT INTO tally
SELECT source_id, count(*), total(read = 0), count(saved), total(offline = 1), total(offline = 2), total(queued = 1)
FROM shelf GROUP BY source_id;
"""
