"""Damaged and odd files of other readers: what is whole of them is read, and no list is taken for another."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from cache.errors import CacheError
from cache.formats.exchanged_articles import Incoming
from cache.formats.readers.kinds import is_unknown_table, kind_of, seems
from cache.formats.readers.reading import stories_in
from cache.formats.readers.story import Damage, LeftStory
from cache.formats.readers.whole_objects import whole_objects
from tests.cache.formats.readers.test_other_readers import BOOKMARKS, POCKET_PAGE, newsboat


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


@pytest.mark.parametrize(
    "table",
    [
        "Tide,https://paper.example/2024/04/02/ebb-leaves-the-ferry-in-the-mud\n",
        "https://paper.example/2024/04/02/ebb-leaves-the-ferry-in-the-mud, Tide\n",
        "https://paper.example/2024/04/02/ebb-leaves-the-ferry-in-the-mud,Tide,1712000000\n",
        "name,link\nTide,https://paper.example/2024/04/02/ebb-leaves-the-ferry-in-the-mud\n",
        "a,b,c,d,e\n" + "".join(story_rows(9)).replace("story-", "2024/04/02/the-ferry-stays-"),
    ],
)
def test_a_table_of_stories_that_nobody_here_knows_makes_no_sources_of_them(table: str) -> None:
    assert kind_of(table.encode()) == ""
    assert is_unknown_table(table.encode())
    first = table.split("\n", 1)[0].split(",", maxsplit=1)[0]
    assert seems(table.encode()).startswith(f"It seems to be a table, whose columns ({first}, ")


def wallabag_rows(number: int) -> list[dict[str, object]]:
    words = 'It rose; \\ {"url": 1} and "so" {'
    return [
        {
            "id": each,
            "title": f"Story {each}",
            "url": f"https://paper.example/news/story-{each}",
            "is_archived": 0,
            "tags": [{"id": 1, "label": "sea"}, {"id": 2, "label": "mole {"}],
            "content": f"<p>{words * 2}</p>",
            "annotations": [{"quote": "rose", "text": "why?", "ranges": [{"start": "/p[1]"}]}],
        }
        for each in range(number)
    ]


def omnivore_rows(number: int) -> list[dict[str, object]]:
    return [
        {name: row[name] for name in ("id", "title", "url")}
        | {"slug": f"story-{row['id']}", "savedAt": "2024-04-01T20:00:00.000Z", "labels": [{"name": "sea"}]}
        for row in wallabag_rows(number)
    ]


def starred_stream(number: int) -> dict[str, object]:
    rows = [
        {
            "title": row["title"],
            "alternate": [{"href": row["url"], "type": "text/html"}],
            "origin": {"streamId": "feed/https://paper.example/feed", "title": "Paper"},
            "content": {"content": row["content"]},
        }
        for row in wallabag_rows(number)
    ]
    return {"id": "user/-/state/com.google/starred", "items": rows, "updated": 5}


def feedly_stream(number: int) -> dict[str, object]:
    rows = [
        {"title": row["title"], "originId": row["url"], "tags": [{"label": "sea"}]} for row in wallabag_rows(number)
    ]
    return {"id": "user/1/tag/global.saved", "items": rows}


EXPORTS = {
    "wallabag": (wallabag_rows, "wallabag"),
    "omnivore": (omnivore_rows, "omnivore"),
    "starred": (starred_stream, "starred"),
    "feedly": (feedly_stream, "starred"),
}


def headlines(found: list[object]) -> list[str]:
    return [each.entry.headline for each in found if isinstance(each, Incoming)]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("shape", EXPORTS)
def test_of_json_that_was_cut_the_whole_stories_are_read_and_the_last_is_named(
    tmp_path: Path, shape: str, indent: int | None
) -> None:
    make, kind = EXPORTS[shape]
    text = json.dumps(make(9), indent=indent)
    (tmp_path / "f.json").write_text(text[: text.index("Story 6") + 9])
    assert kind_of((tmp_path / "f.json").read_bytes()) == kind
    *found, left, damage = all_of(kind, tmp_path / "f.json")
    assert headlines(found) == [f"Story {number}" for number in range(6)]
    assert left == LeftStory("Story 6", "damaged")
    assert damage == Damage("it breaks off")


@pytest.mark.parametrize("shape", EXPORTS)
def test_a_flipped_byte_of_json_costs_its_own_story(tmp_path: Path, shape: str) -> None:
    make, kind = EXPORTS[shape]
    text = json.dumps(make(7))
    begin, end = (text.index(f'"Story {number}"') for number in (3, 4))
    for at in range(begin, end):
        (tmp_path / "f.json").write_text(text[:at] + chr(ord(text[at]) ^ 1) + text[at + 1 :])
        found = all_of(kind, tmp_path / "f.json")
        names = headlines(found)
        assert {f"Story {number}" for number in (0, 1, 2, 5, 6)} <= {*names}
        missing = [each for each in found if isinstance(each, LeftStory)]
        assert len(names) + len(missing) >= 7, text[at - 20 : at + 20]
        assert all(each.name for each in missing if each.why == "damaged")


def test_a_story_that_is_lost_without_a_name_is_told_by_what_stands_before_it(tmp_path: Path) -> None:
    text = json.dumps(wallabag_rows(4)).replace('"title": "Story 2"', '"title" "Story 2"')
    (tmp_path / "f.json").write_text(text.replace('"url": "https://paper.example/news/story-2"', "url"))
    found = all_of("wallabag", tmp_path / "f.json")
    assert headlines(found) == ["Story 0", "Story 1", "Story 3"]
    assert [each for each in found if isinstance(each, LeftStory)] == [
        LeftStory("what stands behind Story 1", "damaged")
    ]


@pytest.mark.parametrize(
    "piece", ['{"', '{"a":', '{"a":"', '{"a":[', '{"title":"\\"', '{"a":1} x ', "[{", '{"url":1,"title":2},{']
)
def test_what_no_end_of_damage_costs_grows_with_the_file(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        begun = time.process_time()
        for _ in whole_objects(text, 0, lambda row: "url" in row):
            pass
        return time.process_time() - begun

    small = min(seconds(100_000) for _ in range(3))
    assert seconds(800_000) < 24 * small + 0.2


BROKEN_OFF = Damage("it breaks off")


@pytest.mark.parametrize("page", [BOOKMARKS, POCKET_PAGE], ids=["browser", "pocket"])
def test_bookmarks_that_were_cut_say_so_wherever_that_was(tmp_path: Path, page: str) -> None:
    path = tmp_path / "b.html"
    path.write_text(page)
    whole = all_of("bookmarks", path)
    assert BROKEN_OFF not in whole
    first, last = page.lower().index("</a>") + 4, len(page.rstrip()) - 1
    for end in range(first, last):
        path.write_text(page[:end])
        found = all_of("bookmarks", path)
        assert found[-1] == BROKEN_OFF, page[:end][-40:]
        taken = [each for each in found if isinstance(each, Incoming)]
        assert [each.entry for each in taken] == [
            each.entry for each in whole[: len(taken)] if isinstance(each, Incoming)
        ]


def test_a_link_within_which_a_file_was_cut_is_named(tmp_path: Path) -> None:
    (tmp_path / "b.html").write_text(POCKET_PAGE[: POCKET_PAGE.index("Ebb") + 2])
    *_, left, damage = all_of("bookmarks", tmp_path / "b.html")
    assert (left, damage) == (LeftStory("Eb", "damaged"), BROKEN_OFF)


@pytest.mark.parametrize("end", ["</DL>", "</DL><p>\n", "</dl></dl>"])
def test_bookmarks_whose_lists_are_all_closed_are_whole(tmp_path: Path, end: str) -> None:
    link = '<DT><A HREF="https://paper.example/news/tide" ADD_DATE="1712000000">Tide</A>\n'
    (tmp_path / "b.html").write_text(f"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>{link}<p>{link}{end}")
    assert len(headlines(all_of("bookmarks", tmp_path / "b.html"))) == 2
    assert BROKEN_OFF not in all_of("bookmarks", tmp_path / "b.html")


QUOTED = "title,url,time_added,tags,status\n" + "".join(
    f'"Story {each}, of the ferry",https://paper.example/news/story-{each},1712000000,,"unread"\n' for each in range(6)
)


def test_a_table_that_was_cut_says_so_and_takes_no_address_of_which_a_part_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text(QUOTED)
    whole = all_of("pocket", path)
    begin = QUOTED.index('"Story 5')
    for end in range(begin + 1, len(QUOTED) - len('"unread"\n')):
        path.write_text(QUOTED[:end])
        found = all_of("pocket", path)
        told = QUOTED[begin:end].count(",") < 5  # with its last field begun, and no more, a row can be whole
        assert (found[-1] == BROKEN_OFF) is told, QUOTED[begin:end]
        taken = [each.entry for each in found if isinstance(each, Incoming)]
        assert taken[:5] == [each.entry for each in whole[:5] if isinstance(each, Incoming)]
        assert len(taken) == (5 if told else 6)
    path.write_text(QUOTED[: -len('ad"\n')])
    assert all_of("pocket", path)[-1] == BROKEN_OFF


@pytest.mark.parametrize(
    "table",
    [
        QUOTED.rstrip("\n"),
        QUOTED.replace("\n", "\r\n"),
        QUOTED + "\n\n",
        QUOTED.replace(',1712000000,,"unread"', "").rstrip("\n"),
        QUOTED.replace("of the ferry", 'of ""the\nferry""').rstrip("\n"),
    ],
    ids=["no last line end", "CRLF", "empty lines", "short rows", "lines in fields"],
)
def test_a_table_that_ends_as_its_rows_do_is_whole(tmp_path: Path, table: str) -> None:
    (tmp_path / "p.csv").write_text(table, newline="")
    found = all_of("pocket", tmp_path / "p.csv")
    assert len(headlines(found)) == len(found) == 6
