"""What a section page states for programs, where its links are not there to be read."""

from __future__ import annotations

import json

from fetch.sections import find_teasers

URL = "https://www.harbor.example/News/"
SLUGS = ("crew-of-stranded-trawler-rescued", "tide-tables-for-northern-approaches-published", "about-us")


def test_a_list_of_bare_addresses_is_called_what_they_say() -> None:
    members = [{"@type": "ListItem", "position": place, "url": f"/news/{slug}"} for place, slug in enumerate(SLUGS)]
    stated = json.dumps({"@context": "https://schema.org", "@type": "ItemList", "itemListElement": members})
    page = f'<!doctype html><title>News</title><script type="application/ld+json">{stated}</script><div id="app"></div>'
    assert [(teaser.headline, teaser.url) for teaser in find_teasers(page.encode(), URL)] == [
        ("Crew of stranded trawler rescued", f"https://www.harbor.example/news/{SLUGS[0]}"),
        ("Tide tables for northern approaches published", f"https://www.harbor.example/news/{SLUGS[1]}"),
    ]
