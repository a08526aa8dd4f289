"""What only repeats an earlier report is nothing new to read."""

from datetime import UTC, datetime

from cache.db import reads
from cache.writes import marks
from fetch.article import Teaser
from fetch.source import Source

NOW = datetime(2026, 3, 2, tzinfo=UTC).timestamp()


def test_what_only_repeats_a_report_lands_read_unless_the_reader_has_marked_it(store, write):
    text = " ".join(f"The pilots of pier {number} kept the ferry at the quay until evening." for number in range(12))
    ids = []
    for place, name in enumerate(("One", "Two", "Three", "Four")):
        source = store.sources.add(Source(f"https://{name.lower()}.example/feed", "feed", title=name))
        url = f"https://{name.lower()}.example/ferry"
        wanted = store.entries.store_teaser(
            source, Teaser(url, "Ferry kept at the quay", published=datetime(2026, 3, 1, 12, tzinfo=UTC)), NOW + place
        )
        said = text if name != "Four" else text.replace("pier 3", "pier 33")
        store.articles.store_article(
            wanted.entry_id,
            write("Ferry kept at the quay", said, url=url, published=datetime(2026, 3, 1, 12, tzinfo=UTC)),
            NOW + place,
        )
        ids.append(wanted.entry_id)
    marks.set_scroll(store.connection, ids[2], 4)
    store.stories.assign_all()
    assert [entry.read for entry in reads.entries(store.connection, ids)] == [False, True, False, False]
