"""A list shows a story once, and none of what one paper prints twice is left out."""

from cache.db import reads
from cache.search import lists


def test_a_story_is_folded_to_the_source_that_stands_first(store, keep):
    ids = [keep(f"Carrier {name} leaves", "The carrier left the harbour.") for name in ("A", "B", "C")]
    other = keep("Bakers strike", "Bread was short.")
    store.connection.sql.executemany("UPDATE reports SET story = ? WHERE entry_id = ?", [(ids[0], id_) for id_ in ids])
    store.connection.run("UPDATE reports SET story = ? WHERE entry_id = ?", (other, other))
    entries = reads.entries(store.connection, [*ids, other])
    assert [(entry.story, entry.reports) for entry in entries] == [(ids[0], 3)] * 3 + [(0, 1)]
    assert list(lists.fold(store.connection, [other, *reversed(ids)])) == [other, *reversed(ids)]
    store.connection.run("UPDATE entry SET source_id = 9 WHERE id = ?", (ids[1],))
    assert list(lists.fold(store.connection, [other, *reversed(ids)])) == [other, ids[2], ids[0]]
    assert list(lists.fold(store.connection, ids * 400))[:2] == [ids[0], ids[2]]
    assert list(lists.fold(store.connection, [])) == []


def test_a_list_is_ordered_by_time_source_or_the_number_of_reports(store, keep):
    ids = [keep(f"Carrier {name} leaves", "The carrier left the harbour.") for name in ("A", "B", "C", "D")]
    for at, (entry_id, moment) in enumerate(zip(ids, (40, 10, 30, 20), strict=True)):
        store.connection.run("UPDATE entry SET at = ?, source_id = ? WHERE id = ?", (moment, 50 + at % 2, entry_id))
    for number, title in ((50, "Amber 10"), (51, "amber 9")):
        store.connection.run(
            "INSERT INTO source (id, url, kind, title) VALUES (?, ?, 'feed', ?)", (number, title, title)
        )
    store.connection.sql.executemany("UPDATE reports SET story = ? WHERE entry_id = ?", [(9, ids[1]), (9, ids[3])])
    a, b, c, d = ids
    for by, expected in {
        "newest": [a, c, d, b],
        "oldest": [b, d, c, a],
        "source": [b, d, a, c],
        "reports": [b, d, a, c],
    }.items():
        assert list(lists.ordered(store.connection, ids, by)) == expected, by
