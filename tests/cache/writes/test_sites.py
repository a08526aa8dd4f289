"""What a library knows of its sites: kept as articles come in, taught and taken back, and used when one is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cache.db import reads
from cache.db.sites import LATEST, LONGEST_BYLINE, bylines, host_key, rules, site_of
from cache.exporting import ExportWishes, export
from cache.library import open_library
from cache.rules.bylines import name_digest
from cache.site import SiteRule
from cache.writes import recovery, sites
from cache.writes.store import Store
from cache.writes.undo import UndoTrail
from cache.writes.undo_change import is_sound
from fetch.article import Article, Teaser
from fetch.source import Source

PROMPT = "Sign up for our weekly newsletter and never miss a story from the coast."
OUT = SiteRule("paper.example", PROMPT)


def told(store: Store, entry_id: int, url: str = "https://www.paper.example/a") -> int:
    return len(site_of(store.connection, entry_id, url).articles)


def test_the_latest_articles_of_a_site_are_remembered_and_no_more(store: Store, keep: Callable[..., int]) -> None:
    with store.batch():
        for number in range(LATEST + 6):
            sites.note_passages(store.connection, 1000 + number, "https://www.paper.example/a", b"\1\0\0\0")
    assert told(store, 0) == LATEST
    assert store.connection.value("SELECT min(entry_id) FROM site_passages") == 1006
    assert told(store, 0, "https://other.example/a") == 0
    size = store.connection.value(
        "SELECT sum(length(digests)) FROM site_passages WHERE host = ?", [host_key("paper.example")]
    )
    assert size <= 50_000


def test_the_handbook_is_on_no_site(store: Store) -> None:
    sites.note_passages(store.connection, 1, "broadsheet:handbook/keys", b"\1\0\0\0")
    assert store.connection.value("SELECT count(*) FROM site_passages") == 0


def test_reports_of_one_story_do_not_make_a_passage_recur(store: Store, keep: Callable[..., int]) -> None:
    ids = [keep(f"Harbour {name}", f"The {name} harbour opened.\n{PROMPT}") for name in ("north", "south", "east")]
    assert told(store, ids[0]) == 2
    for entry_id in ids:
        store.connection.run("INSERT OR REPLACE INTO reports (entry_id, story) VALUES (?, 7)", (entry_id,))
    assert told(store, ids[0]) == 0


def test_an_entry_that_goes_takes_its_passages_along(store: Store, keep: Callable[..., int]) -> None:
    first = keep("Harbour opens", f"The harbour opened.\n{PROMPT}")
    store.connection.run("DELETE FROM entry WHERE id = ?", (first,))
    assert store.connection.value("SELECT count(*) FROM site_passages") == 0


def test_rules_are_taught_once_taken_back_and_forgotten(store: Store) -> None:
    trail = UndoTrail()
    act = sites.teach(store.connection, [OUT])
    assert act is not None
    trail.remember(trail.store(store.connection, act), act)
    assert sites.teach(store.connection, [OUT]) is None
    assert rules(store.connection, "paper.example") == [OUT] == rules(store.connection)
    assert trail.undo(store.connection) == "paper.example is read as before"
    assert rules(store.connection) == []
    kept = SiteRule("paper.example", PROMPT, kept=True)
    sites.teach(store.connection, [OUT])
    sites.teach(store.connection, [kept])
    assert rules(store.connection) == [kept]
    assert sites.forget(store.connection, [kept]) is not None
    assert rules(store.connection) == []


def test_a_rule_takes_the_place_of_those_that_mean_the_same_passage(store: Store) -> None:
    trail = UndoTrail()
    sites.teach(store.connection, [OUT, SiteRule("paper.example", PROMPT, "begins")])
    kept = SiteRule("paper.example", PROMPT.upper() + "!", kept=True)
    act = sites.teach(store.connection, [kept])
    assert act is not None
    assert act.number == 1
    assert [rule for rule in rules(store.connection) if rule.how == "same"] == [kept]
    trail.remember(trail.store(store.connection, act), act)
    trail.undo(store.connection)
    assert [rule for rule in rules(store.connection) if rule.how == "same"] == [OUT]


def test_rules_that_gainsay_each_other_in_one_act_are_taken_back_whole(store: Store) -> None:
    act = sites.teach(store.connection, [OUT, replace(OUT, kept=True)])
    assert act is not None
    assert act.revert(store.connection)
    assert rules(store.connection) == []


@pytest.mark.parametrize("kept", ["two", b"\xff", 7.5, 7])
def test_an_odd_value_is_taken_for_a_yes_or_a_no_and_can_be_taken_back(store: Store, kept: object) -> None:
    values = ("paper.example", "same", PROMPT, kept, 0)
    store.connection.run("INSERT INTO site_rule VALUES (?, ?, ?, ?, ?)", values)
    act = sites.forget(store.connection, [OUT])
    assert act is not None
    trail = UndoTrail()
    trail.remember(trail.store(store.connection, act), act)
    assert UndoTrail().undo(store.connection) == "paper.example is read as before"
    assert [rule.text for rule in rules(store.connection)] == [PROMPT]


@pytest.mark.parametrize("kept", [[], {}, "0", 2, 0.5])
def test_an_odd_act_on_the_undo_trail_is_none(kept: object) -> None:
    assert not is_sound(["site rule", ["paper.example", "same", PROMPT], kept])


def test_a_repaired_library_knows_its_sites_and_what_its_reader_said_of_them(
    path: Path, keep: Callable[..., int], store: Store
) -> None:
    names = ("Lighthouse", "Orchard", "Quarry")
    ids = [keep(f"{name} votes", f"{name} voted.\nAll {name} members came.\n{PROMPT}") for name in names]
    sites.teach(store.connection, [OUT])
    before = store.connection.rows("SELECT * FROM site_passages ORDER BY 1")
    store.connection.run("INSERT INTO site_rule VALUES ('paper.example', 'begins', x'ff', x'00', 0)")
    store.close()
    with Store(path.with_name("new.db")) as new:
        told = recovery.salvage(path, new)
        assert (told.whole, " site rules and " in told.sentence) == (True, True)
        assert new.connection.rows("SELECT * FROM site_passages ORDER BY 1") == before
        assert OUT in rules(new.connection)
    assert len(before) == len(ids)


@pytest.mark.parametrize(
    "values",
    [
        (1, "x", b"", None, None),
        ("paper.example", "same", b"\xff", "two", 0.0),
        ("paper.example", "of old", "", 7, "x"),
    ],
)
def test_odd_values_in_the_rules_cost_no_article(
    store: Store, keep: Callable[..., int], values: tuple[object, ...]
) -> None:
    entry_id = keep("Harbour opens", f"The harbour opened.\n{PROMPT}")
    store.connection.run("INSERT INTO site_passages VALUES (77, ?, 'text')", (host_key("paper.example"),))
    store.connection.run("INSERT OR IGNORE INTO site_rule VALUES (?, ?, ?, coalesce(?, 0), coalesce(?, 0))", values)
    assert told(store, entry_id) == 0


@pytest.mark.parametrize("by", ["DROP TABLE site_rule", "DELETE FROM site_rule"])
def test_a_library_without_rules_has_lost_none(path: Path, keep: Callable[..., int], store: Store, by: str) -> None:
    keep("Harbour opens", f"The harbour opened.\n{PROMPT}")
    store.connection.run(by)
    store.close()
    with Store(path.with_name("new.db")) as new:
        told = recovery.salvage(path, new)
    assert (told.whole, "rule" in told.sentence) == (True, False)


async def test_an_article_is_read_without_what_recurs_and_exported_whole_where_it_is_to_come_back(
    tmp_path: Path, path: Path, keep: Callable[..., int], store: Store
) -> None:
    ids = [
        keep(
            f"{name} council votes",
            f"The {name} council voted on {day}.\nAll {name} members were there and spoke for an hour.\n{PROMPT}",
        )
        for name, day in (("Lighthouse", "Monday"), ("Orchard", "Tuesday"), ("Quarry", "Friday"))
    ]
    store.close()
    async with open_library(path.parent) as library:
        assert PROMPT not in str(library.article(ids[0]))
        assert [passage.why for passage in library.passages(ids[0])] == ["", "", "recurs"]
        assert await library.teach([SiteRule("paper.example", PROMPT, kept=True)]) == 1
        assert PROMPT in str(library.article(ids[0]))
        assert await library.undo() == "paper.example is read as before"
        assert PROMPT not in str(library.article(ids[0]))
        assert await library.teach([SiteRule("paper.example", "The Orchard council", "begins")]) == 1
        assert [passage.why for passage in library.passages(ids[1])] == ["told", "", "recurs"]
        await export(library.path, "jsonl", tmp_path / "all.jsonl", ExportWishes())
        await export(library.path, "markdown", tmp_path / "all", ExportWishes())
    assert PROMPT in (tmp_path / "all.jsonl").read_text()
    assert not any(PROMPT in file.read_text() for file in (tmp_path / "all").glob("*.md"))


def test_a_house_beside_everybodys_name_is_left_out_once_it_is_known(
    store: Store, write: Callable[..., Article]
) -> None:
    source = store.sources.add(Source("https://paper.example/feed", "feed", title="The Paper"))
    for number in range(10):
        url = f"https://www.paper.example/{number}"
        wanted = store.entries.store_teaser(source, Teaser(url, f"Story {number}", authors=("Paper Online",)), 1000.0)
        assert wanted is not None
        names = () if number == 9 else (f"Author Number{number}", "Paper Online")
        article = replace(write(f"Story {number}", f"The harbour opened {number} gates.", url=url), authors=names)
        store.articles.store_article(wanted.entry_id, article, 1000.0)
        store.articles.store_article(wanted.entry_id, article, 1001.0)
    authors = [entry.authors for entry in reads.entries(store.connection, list(range(1, 11)))]
    assert authors[7] == ("Author Number7", "Paper Online")
    assert authors[8:] == [("Author Number8",), ()]


def test_names_are_no_passages(store: Store, keep: Callable[..., int]) -> None:
    first = keep("Harbour opens", f"The harbour opened.\n{PROMPT}")
    sites.note_passages(store.connection, first, "https://www.paper.example/a", b"\1\1\0\0" * 2, ("Dunja Kest", ""))
    assert site_of(store.connection, 0, "https://www.paper.example/b").articles == ((257, 257),)
    found = bylines(store.connection, 0, "https://www.paper.example/b")
    assert found == [frozenset(map(name_digest, ("Dunja Kest", "")))]
    assert bylines(store.connection, first, "https://www.paper.example/b") == []


def test_of_a_long_list_of_names_the_first_are_remembered(store: Store, keep: Callable[..., int]) -> None:
    first = keep("Harbour opens", f"The harbour opened.\n{PROMPT}")
    names = [f"Name {number}" for number in range(500)]
    sites.note_passages(store.connection, first, "https://www.paper.example/a", b"\1\0\0\0" * 2, names)
    assert bylines(store.connection, 0, "https://www.paper.example/b") == [
        frozenset(map(name_digest, names[:LONGEST_BYLINE]))
    ]
