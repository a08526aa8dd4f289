"""A batch is one transaction."""

from datetime import UTC, datetime

import pytest

from cache.db.connection import Connection

NOW = datetime(2026, 3, 2, tzinfo=UTC).timestamp()


def test_a_batch_is_all_or_nothing(store, source_id, teasers):
    def broken_off():
        with store.batch():
            store.entries.store_listing(source_id, teasers(2), NOW)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert store.connection.value("SELECT count(*) FROM entry") == 0
    with store.batch():
        store.entries.store_listing(source_id, teasers(2), NOW)
        with Connection(store.connection.path, reading=True) as other:
            assert other.value("SELECT count(*) FROM entry") == 0
    assert store.connection.value("SELECT count(*) FROM entry") == 2
