"""Damaged and odd files of other readers: what is whole of them is read, and no list is taken for another."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cache.errors import CacheError
from cache.formats.exchanged_articles import Incoming
from cache.formats.readers.kinds import kind_of
from cache.formats.readers.reading import stories_in
from cache.formats.readers.story import Damage, LeftStory
from tests.cache.formats.readers.test_other_readers import newsboat


def story_rows(number: int) -> list[str]:
    return [f"Story {each},https://paper.example/news/story-{each},1712000000,,unread\n" for each in range(number)]


def all_of(kind: str, path: Path) -> list[object]:
    return [each for some in stories_in(kind, path) for each in some]


def test_a_mark_of_quotation_that_nothing_closes_costs_one_line_of_a_table(tmp_path: Path) -> None:
    rows = story_rows(100)
    rows[40] = '"' + rows[40]
    (tmp_path / "p.csv").write_text("title,url,time_added,tags,status\n" + "".join(rows))
    found = all_of("pocket", tmp_path / "p.csv")
    assert [each.entry.headline for each in found if isinstance(each, Incoming)] == [f"Story {n}" for n in range(100)]


def test_words_on_several_lines_stay_one_field_of_a_table(tmp_path: Path) -> None:
    rows = story_rows(3)
    rows[1] = rows[1].replace("Story 1", '"Story\nof ""two"" lines"')
    (tmp_path / "p.csv").write_text("title,url,time_added,tags,status\n" + "".join(rows))
    found = all_of("pocket", tmp_path / "p.csv")
    assert [each.entry.headline for each in found if isinstance(each, Incoming)] == [
        "Story 0",
        'Story of "two" lines',
        "Story 2",
    ]


def test_a_field_too_long_costs_its_own_row(tmp_path: Path) -> None:
    rows = story_rows(9)
    rows[4] = f"{'x' * 1_100_000},https://paper.example/news/long\n"
    (tmp_path / "p.csv").write_text("title,url,time_added,tags,status\n" + "".join(rows))
    found = all_of("pocket", tmp_path / "p.csv")
    assert sum(isinstance(each, Incoming) for each in found) == 8
    assert [each for each in found if isinstance(each, LeftStory)] == [LeftStory("", "damaged")]


def test_a_table_of_nothing_but_open_quotes_is_given_up(tmp_path: Path) -> None:
    rows = "".join('"' + "".join(f'{row[:-1]},"\n') for row in story_rows(4000))
    (tmp_path / "p.csv").write_text("title,url,time_added,tags,status\n" + "".join(story_rows(5)) + rows)
    found = all_of("pocket", tmp_path / "p.csv")
    assert sum(isinstance(each, Incoming) for each in found) >= 5


def test_of_a_damaged_newsboat_database_what_is_whole_is_read(tmp_path: Path) -> None:
    path = newsboat(tmp_path / "cache.db")
    with closing(sqlite3.connect(path)) as database:
        names = "guid, title, author, feedurl, pubDate, content, enclosure_url, enclosure_type, flags, base"
        (row,) = database.execute(f"SELECT {names} FROM rss_item LIMIT 1")
        for number in range(900):
            database.execute(
                f"INSERT INTO rss_item ({names}, url) VALUES ({', '.join('?' * 11)})",
                (*row, f"https://paper.example/news/story-{number}"),
            )
        database.commit()
    body = bytearray(path.read_bytes())
    half = len(body) // 2
    body[half : half + 4096] = b"\xff" * 4096
    path.write_bytes(body)
    *found, damage = all_of("newsboat", path)
    assert len(found) > 100
    assert damage == Damage("damaged: a part of it was cut off or changed")
    path.write_bytes(body[:5000])
    with pytest.raises(CacheError, match=r"cache\.db is damaged: a part of it was cut off"):
        all_of("newsboat", path)


def test_a_comma_in_an_address_makes_no_list_of_sources_of_stories() -> None:
    listed = (
        b"https://paper.example/politik/die-flut-steigt-ueber-die-mole-in-der-nacht,5716203.html\n"
        b"https://paper.example/2024/04/02/ebb-leaves-the-ferry-in-the-mud\n"
    )
    assert kind_of(listed) == "links"
    assert kind_of(b"Tide,https://paper.example/2024/04/02/ebb-leaves-the-ferry-in-the-mud\n") == ""
    assert kind_of(b"https://paper.example/2024/04/02/ebb-leaves-the-ferry-in-the-mud, Tide\n") == ""
    assert kind_of(b"https://paper.example/2024/04/02/ebb-leaves-the-ferry-in-the-mud,Tide,1712000000\n") == ""
