"""What does not go along by a folder stays on each machine, as the handbook says."""

from __future__ import annotations

from pathlib import Path

import pytest

from cache.library import open_library
from cache.site import SiteRule
from cache.sync.folder import sync_folder

pytestmark = pytest.mark.anyio
PIER = "https://harbour.example/pier"


async def test_reading_places_searches_and_site_rules_stay_on_each_machine(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    async with open_library(tmp_path / "one") as one, open_library(tmp_path / "two") as two:
        for each in (one, two):
            await each.queue(PIER)
        pier = one.id_of(PIER)
        await one.set_scroll(pier, 700)
        await one.keep_search("Sea", "harbour")
        await one.teach([SiteRule("harbour.example", "Read more")])
        await one.mark_read([pier])
        for each in (one, two):
            await sync_folder(each, shared)
        assert two.entry(PIER).read, "what goes along has come"
        assert (two.scroll(two.id_of(PIER)), two.searches(), two.site_rules()) == (0, [], [])
