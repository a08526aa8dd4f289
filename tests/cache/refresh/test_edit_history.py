"""A site rewrites a story: over real HTTP, the next refresh keeps the old text and can tell what was changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from cache.db import reads
from cache.db.revisions import changes
from cache.writes.store import open_store
from tests.loopback import Loopback
from tests.newsroom import RSS, feed, headline, page, refresh, subscribe, text

pytestmark = pytest.mark.anyio
SLUG = "eastern-mole"


async def test_a_rewritten_story_is_kept_as_it_was_and_as_it_is(tmp_path: Path) -> None:
    library = tmp_path / "library.db"
    with Loopback() as site:
        site.put("/feed.xml", feed(site.url("").rstrip("/"), [SLUG]), kind=RSS)
        site.put(f"/news/{SLUG}", page(SLUG))
        subscribe(library, site.url("/feed.xml"))
        await refresh(library)

        corrected = text(SLUG).replace("two of the nine caissons", "three of the nine caissons")
        told = feed(site.url("").rstrip("/"), [SLUG]).replace(headline(SLUG), f"Corrected: {headline(SLUG)}")
        site.put("/feed.xml", told, kind=RSS)
        site.put(f"/news/{SLUG}", page(SLUG, corrected))
        with open_store(library) as store:
            store.connection.run("UPDATE source SET due = 0")
        await refresh(library)

    with open_store(library) as store:
        (entry,) = reads.entries(store.connection, [1])
        (found,) = changes(store.connection, entry)
    assert entry.changed
    edits = [edit for passage in found.passages for edit in passage.edits if edit.change != "kept"]
    assert {(edit.change, edit.text.strip()) for edit in edits} == {("removed", "two"), ("added", "three")}
    assert found.since is not None
