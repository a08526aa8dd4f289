"""Files of other readers, a small one of each shape: what becomes of each story, and what is left, with the reason."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cache.errors import CacheError
from cache.formats.exchanged_articles import Incoming
from cache.formats.readers.kinds import kind_of, seems
from cache.formats.readers.reading import stories_in
from cache.formats.readers.story import LeftStory, iso, moment
from cache.formats.table import FORMATS, recognised

LONG = "The tide rose over the mole in the night, and the ferry stayed in the harbour. " * 15
POCKET = (
    "title,url,time_added,tags,status\n"
    '"Tide, high","https://paper.example/news/tide-high",1712000000,sea|harbour,unread\n'
    ",https://paper.example/news/ebb,1712010000,,archive\n"
    "No address,about:blank,1712010000,,unread\n"
    "Home,https://paper.example/,1712010000,,unread\n"
)
POCKET_PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>Pocket Export</title></head><body>
<h1>Unread</h1><ul>
<li><a href="https://paper.example/news/tide-high?a=1&amp;b=2" time_added="1712000000" tags="sea,harbour"
>Tide &amp; ebb</a></li>
</ul><h1>Read Archive</h1><ul>
<li><a href="https://paper.example/news/ebb" time_added="1712010000" tags="">Ebb</a></li></ul></body></html>"""
INSTAPAPER = (
    "URL,Title,Selection,Folder,Timestamp,Tags\n"
    'https://paper.example/news/a,A,"some words",Unread,1712000000,"[""sea""]"\n'
    "https://paper.example/news/b,B,,Archive,1712000001,[]\n"
    "https://paper.example/news/c,C,,Starred,1712000002,\n"
    "https://paper.example/news/d,D,,Essays,1712000003,\n"
)
READWISE = (
    "Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen\n"
    "A,https://paper.example/news/a,01a,\"['sea', 'harbour']\",2024-04-01 20:00:00+00:00,0.2,later,True\n"
    "B,https://paper.example/news/b,01b,[],2024-04-01 20:00:00+00:00,1.0,new,True\n"
    "C,https://paper.example/news/c,01c,[],2024-04-01 20:00:00+00:00,0,feed,False\n"
    "D,mailto:reader-forwarded-email/1,01d,[],2024-04-01 20:00:00+00:00,0,new,True\n"
)
BOOKMARKS = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE><H1>Bookmarks</H1>
<DL><p>
<DT><H3 ADD_DATE="1712000000" PERSONAL_TOOLBAR_FOLDER="true">Bookmarks bar</H3>
<DL><p>
<DT><A HREF="https://paper.example/news/tide" ADD_DATE="1712000000" TAGS="sea">Tide</A>
<DT><H3>Harbour</H3>
<DL><p><DT><A HREF="https://paper.example/news/mole" ADD_DATE="1712000001">Mole</A></DL><p>
<DT><A HREF="place:sort=8">Most visited</A>
</DL><p></DL>"""
WALLABAG = [
    {
        "is_archived": 1,
        "is_starred": 1,
        "tags": ["sea"],
        "id": 5,
        "title": "Tide",
        "url": "https://paper.example/news/tide",
        "content": f"<p>{LONG}</p><p>It <b>fell</b>.<script>alert(1)</script></p>",
        "created_at": "2024-04-01T20:00:00+0200",
        "published_at": "2024-03-31T08:00:00+0000",
        "published_by": ["Ann Mole"],
        "annotations": [{"quote": "the ferry stayed", "text": "why?", "created_at": "2024-04-02T00:00:00+0000"}],
        "language": "en_GB",
    },
    {"is_archived": 0, "is_starred": 0, "tags": [], "title": "Gone", "url": "", "content": None},
    {"is_archived": 0, "title": "Odd \ud800", "url": "https://paper.example/\ud800odd", "tags": ["\ud800"]},
]
OMNIVORE = [
    {
        "id": "1",
        "slug": "tide-1",
        "title": "Tide",
        "description": "It rose.",
        "author": "Ann Mole",
        "url": "https://paper.example/news/tide",
        "state": "Archived",
        "readingProgress": 100,
        "labels": ["sea"],
        "savedAt": "2024-04-01T20:00:00.000Z",
        "publishedAt": "2024-03-31T08:00:00.000Z",
    },
    {
        "id": "2",
        "slug": "../x",
        "title": "Ebb",
        "url": "https://paper.example/news/ebb",
        "state": "Active",
        "labels": [],
    },
]
STARRED = {
    "id": "user/-/state/com.google/starred",
    "title": "Starred",
    "items": [
        {
            "id": "tag:google.com,2005:reader/item/1",
            "categories": ["user/-/state/com.google/read", "user/-/state/com.google/starred", "user/-/label/sea"],
            "title": "Tide",
            "published": 1711872000,
            "crawlTimeMsec": "1712000000000",
            "canonical": [{"href": "https://paper.example/news/tide"}],
            "alternate": [{"href": "https://click.example/x", "type": "text/html"}],
            "author": "Ann Mole",
            "content": {"direction": "ltr", "content": f"<p>{LONG}</p>"},
            "origin": {
                "streamId": "feed/https://paper.example/feed",
                "title": "The Paper",
                "htmlUrl": "https://paper.example/",
            },
        },
        {"title": "Short", "alternate": [{"href": "https://paper.example/news/s"}], "summary": {"content": "Rose."}},
    ],
}
FEEDLY = {
    "id": "user/1/tag/global.saved",
    "items": [
        {
            "title": "Tide",
            "originId": "https://paper.example/news/tide",
            "published": 1711872000000,
            "actionTimestamp": 1712000000000,
            "unread": False,
            "tags": [{"id": "user/1/tag/x", "label": "sea"}],
            "origin": {"streamId": "feed/https://paper.example/feed", "title": "The Paper"},
        }
    ],
}
LINKS = (
    "# to read\n"
    "https://paper.example/2024/04/01/tide-rises-over-the-mole-in-the-night\n"
    "- [The ebb](https://paper.example/2024/04/02/ebb-leaves-the-ferry-in-the-mud)\n"
    "https://paper.example/2024/04/03/harbour-master-resigns-after-the-flood\n"
)


def newsboat(path: Path, items: str = "TABLE") -> Path:
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            "CREATE TABLE rss_feed (rssurl VARCHAR(1024) PRIMARY KEY NOT NULL, url VARCHAR(1024) NOT NULL,"
            " title VARCHAR(1024) NOT NULL, lastmodified INTEGER(11) NOT NULL DEFAULT 0);"
            "CREATE TABLE kept (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, guid, title, author, url, feedurl,"
            " pubDate, content, unread, enclosure_url, enclosure_type, enqueued, flags VARCHAR(52),"
            " deleted DEFAULT 0, base);"
            "INSERT INTO rss_feed (rssurl, url, title)"
            " VALUES ('https://paper.example/feed', 'https://paper.example/', 'The Paper');"
        )
        rows = [
            ("Tide", "Ann Mole", "https://paper.example/news/tide", 1711872000, f"<p>{LONG}</p>", 0, "ab", 0),
            ("Ebb", "", "https://paper.example/news/ebb", 1711872001, "It fell.", 1, "", 0),
            ("Gone", "", "https://paper.example/news/gone", 1711872002, "", 0, None, 1),
        ]
        database.executemany(
            "INSERT INTO kept (title, author, url, pubDate, content, unread, flags, deleted, feedurl)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'https://paper.example/feed')",
            rows,
        )
        database.execute("ALTER TABLE kept RENAME TO rss_item" if items == "TABLE" else items)
        database.commit()
    return path


def read(path: Path, content: object, kind: str) -> tuple[dict[str, Incoming], list[LeftStory]]:
    """The stories of a file of this content by the ends of their addresses, and what is left; it is of this kind."""
    if not isinstance(content, Path):
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, encoding="utf-8")
    assert kind_of(path.read_bytes()[:65_536]) == kind
    found = [each for some in stories_in(kind, path) for each in some]
    taken = {each.entry.url.rpartition("/")[2]: each for each in found if isinstance(each, Incoming)}
    return taken, [each for each in found if isinstance(each, LeftStory)]


def acts(story: Incoming) -> dict[str, object]:
    """What its reader did: the marks that are set, each with when, and the tags."""
    done: dict[str, object] = {act.mark: act.at for act in story.facts.acts if act.mark != "tag" and act.value}
    return done | {f"#{act.name}": True for act in story.facts.acts if act.mark == "tag"}


def test_pocket_as_csv(tmp_path: Path) -> None:
    taken, left = read(tmp_path / "part_000000.csv", POCKET, "pocket")
    high, ebb = taken["tide-high"], taken["ebb"]
    assert high.entry.headline == "Tide, high"
    assert acts(high) == {"saved": 1712000000.0, "queued": 1712000000.0, "#sea": True, "#harbour": True}
    assert (ebb.entry.headline, ebb.entry.read, high.entry.read) == ("https://paper.example/news/ebb", True, False)
    assert [each.why for each in left] == ["without an address on the web", "the front page of a site"]


def test_pocket_as_html(tmp_path: Path) -> None:
    taken, left = read(tmp_path / "ril_export.html", POCKET_PAGE, "bookmarks")
    assert left == []
    high, ebb = taken["tide-high?a=1&b=2"], taken["ebb"]
    assert high.entry.headline == "Tide & ebb"
    assert acts(high) == {"saved": 1712000000.0, "queued": 1712000000.0, "#sea": True, "#harbour": True}
    assert (high.entry.read, ebb.entry.read) == (False, True)


def test_instapaper(tmp_path: Path) -> None:
    taken, _ = read(tmp_path / "instapaper-export.csv", INSTAPAPER, "instapaper")
    assert acts(taken["a"]) == {"saved": 1712000000.0, "queued": 1712000000.0, "#sea": True}
    assert taken["a"].entry.summary == "some words"
    assert [taken[name].entry.read for name in "abcd"] == [False, True, False, False]
    assert acts(taken["c"]).keys() >= {"#starred"}
    assert acts(taken["d"]).keys() >= {"#Essays"}


def test_readwise_reader(tmp_path: Path) -> None:
    taken, left = read(tmp_path / "reader.csv", READWISE, "readwise")
    assert acts(taken["a"]) == {"saved": 1712001600.0, "queued": 1712001600.0, "#sea": True, "#harbour": True}
    assert [taken[name].entry.read for name in "abc"] == [False, True, False]
    assert [taken[name].entry.saved for name in "abc"] == [True, True, False]
    assert [each.name for each in left] == ["D"]


def test_bookmarks_of_a_browser(tmp_path: Path) -> None:
    taken, left = read(tmp_path / "bookmarks.html", BOOKMARKS, "bookmarks")
    assert acts(taken["tide"]) == {"saved": 1712000000.0, "queued": 1712000000.0, "#sea": True}
    assert acts(taken["mole"]) == {"saved": 1712000001.0, "queued": 1712000001.0, "#Harbour": True}
    assert left == [LeftStory("Most visited", "without an address on the web")]


def test_wallabag(tmp_path: Path) -> None:
    taken, left = read(tmp_path / "all.json", WALLABAG, "wallabag")
    tide = taken["tide"]
    assert acts(tide) == {"read": 1711994400.0, "saved": 1711994400.0, "#sea": True, "#starred": True}
    assert (tide.entry.offline, tide.article.authors, tide.article.language) == ("full", ("Ann Mole",), "en-GB")
    assert str(tide.article.published) == "2024-03-31 08:00:00+00:00"
    assert "It fell." in tide.article.text
    assert "alert" not in tide.article.text
    assert [(each.text, each.note) for each in tide.highlights] == [("the ferry stayed", "why?")]
    assert [each.name for each in left] == ["Gone"]


def test_omnivore_with_the_texts_beside_it(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "tide-1.html").write_text(f"<div><p>{LONG}</p></div>")
    (tmp_path / "x.html").write_text("<p>not to be read</p>")
    taken, _ = read(tmp_path / "metadata_0_to_20.json", OMNIVORE, "omnivore")
    assert acts(taken["tide"]) == {"read": 1712001600.0, "saved": 1712001600.0, "#sea": True}
    assert (taken["tide"].entry.offline, taken["ebb"].entry.offline) == ("full", "teaser")
    assert acts(taken["ebb"]).keys() == {"saved", "queued"}


def test_starred_stories_as_google_reader_had_them(tmp_path: Path) -> None:
    taken, _ = read(tmp_path / "starred.json", STARRED, "starred")
    tide = taken["tide"]
    assert acts(tide) == {"read": 1712000000.0, "saved": 1712000000.0, "#sea": True}
    assert (tide.entry.offline, tide.entry.reason) == ("part", "as its feed carried it")
    assert tide.facts.source is not None
    assert (tide.facts.source.url, tide.facts.source.title) == ("https://paper.example/feed", "The Paper")
    assert (taken["s"].entry.offline, taken["s"].entry.summary) == ("teaser", "Rose.")


def test_what_feedly_keeps(tmp_path: Path) -> None:
    taken, _ = read(tmp_path / "feedly.json", FEEDLY, "starred")
    assert acts(taken["tide"]) == {"read": 1712000000.0, "saved": 1712000000.0, "queued": 1712000000.0, "#sea": True}
    assert str(taken["tide"].entry.published) == "2024-03-31 08:00:00+00:00"


def test_a_list_of_links_is_one_of_stories_and_no_list_of_sources(tmp_path: Path) -> None:
    taken, left = read(tmp_path / "links.txt", LINKS, "links")
    assert len(taken) == 3
    assert left == []
    assert all(acts(each).keys() == {"queued"} for each in taken.values())
    assert taken["ebb-leaves-the-ferry-in-the-mud"].entry.headline == "The ebb"
    for listed in (
        b"https://paper.example/feed\nhttps://wire.example/rss.xml\n",
        b'https://paper.example/2024/04/01/tide-rises-over-the-mole "sea"\n',
        b"https://paper.example/\nhttps://wire.example/\n",
    ):
        assert kind_of(listed) == ""
        assert recognised(listed) is FORMATS["urls"]


def test_newsboat(tmp_path: Path) -> None:
    taken, left = read(newsboat(tmp_path / "cache.db"), tmp_path / "cache.db", "newsboat")
    tide, ebb = taken["tide"], taken["ebb"]
    assert acts(tide).keys() == {"read", "saved", "#flag-a", "#flag-b"}
    assert (ebb.entry.read, ebb.entry.saved, ebb.entry.queued, ebb.entry.summary) == (False, False, False, "It fell.")
    assert tide.entry.offline == "part"
    assert tide.facts.source is not None
    assert tide.facts.source.title == "The Paper"
    assert left == [LeftStory("Gone", "deleted in newsboat")]


@pytest.mark.parametrize(
    "items",
    [
        "CREATE VIEW rss_item AS SELECT * FROM kept",
        "CREATE TABLE rss_item (url, title AS (hex(zeroblob(9))), author, pubDate, unread, flags, deleted, content,"
        " feedurl, id)",
        "CREATE TABLE rss_item (url)",
    ],
)
def test_no_statement_of_a_strangers_database_is_run(tmp_path: Path, items: str) -> None:
    newsboat(tmp_path / "cache.db", items)
    with pytest.raises(CacheError, match=r"cache.db is a database of SQLite's, and not newsboat's cache.db\."):
        list(stories_in("newsboat", tmp_path / "cache.db"))


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("wallabag", b'[{"is_archived": 1, "url": '),
        ("starred", b'{"items": [{"alternate": ' + b"[" * 100_000),
        ("newsboat", b"SQLite format 3\0" + bytes(range(256)) * 20),
    ],
)
def test_what_is_not_sound_is_one_sentence(tmp_path: Path, kind: str, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    assert kind_of(content[:65_536]) == kind
    with pytest.raises(CacheError) as told:
        list(stories_in(kind, tmp_path / "file"))
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "It is empty."),
        (b"PK\x03\x04" + bytes(30), "It seems to be a ZIP archive: unpack it, and import the folder."),
        (b"%PDF-1.7 \xe2\xe3", "It seems to be of the kind PDF."),
        (b'[{"a": 1}]', "It seems to be JSON of a form that is not known here (with a)."),
        (
            b'{"name": "x", "version": {"major": 3}}',
            "It seems to be JSON of a form that is not known here (with name, version, major).",
        ),
        (
            b'{\n  "url": "https://x.example/",\n  "id": 1\n}\n',
            "It seems to be JSON of a form that is not known here (with url, id).",
        ),
        (b"{ Dear Ann }", "It seems to be JSON of a form that is not known here."),
        (b"name,age,town\nAnn,5,Arle\n", "It seems to be a table, whose columns (name, age, town) are not known here."),
        (b"Dear Ann\n", "It seems to be text."),
        (bytes(range(256)), "It seems to be no text."),
    ],
)
def test_a_file_of_no_kind_gets_a_sentence_on_what_it_seems_to_be(content: bytes, said: str) -> None:
    assert kind_of(content) == ""
    assert recognised(content) is None
    assert seems(content) == said


STORY = "https://paper.example/2024/04/0{}/the-tide-rises-over-the-mole-in-the-night"
STORIES = [STORY.format(number) for number in range(1, 6)]


@pytest.mark.parametrize(
    ("lines", "headlines", "left"),
    [
        (
            ["My reading list, of April", *STORIES],
            STORIES,
            [("My reading list, of April", "without an address on the web")],
        ),
        (
            ["Title;URL;Tags", *(f"Tide {n};{url};sea" for n, url in enumerate(STORIES))],
            [f"Tide {n}" for n in range(5)],
            [("Title;URL;Tags", "without an address on the web")],
        ),
        (
            [*STORIES, "The Paper https://paper.example/rss.xml"],
            STORIES,
            [("The Paper", "the address of a feed, which `add` takes")],
        ),
        ([f"The tide, and {n}: {url}" for n, url in enumerate(STORIES[:2])] + STORIES[2:], None, []),
    ],
)
def test_a_list_is_what_most_of_its_lines_are(
    tmp_path: Path, lines: list[str], headlines: list[str] | None, left: list[tuple[str, str]]
) -> None:
    _, others = read(tmp_path / "list.txt", "\n".join(lines) + "\n", "links")
    assert others == [LeftStory(*each) for each in left]
    found = [each for some in stories_in("links", tmp_path / "list.txt") for each in some if isinstance(each, Incoming)]
    assert [each.entry.url for each in found] == STORIES
    if headlines:
        assert [each.entry.headline for each in found] == headlines


@pytest.mark.parametrize("mark", [";", ","])
def test_a_table_of_feeds_is_one_of_sources_whose_columns_end_an_address(tmp_path: Path, mark: str) -> None:
    rows = ["Title,URL,Tags", "The Paper,https://paper.example/rss.xml,news", "Wire,https://wire.example/world,news"]
    (tmp_path / "list.csv").write_text("\n".join(rows).replace(",", mark))
    beginning = (tmp_path / "list.csv").read_bytes()
    assert kind_of(beginning) == ""
    assert recognised(beginning) is FORMATS["urls"]
    listed = FORMATS["urls"].codec.read(tmp_path / "list.csv").sources
    assert [(each.source.title, each.source.url) for each in listed] == [
        ("The Paper", "https://paper.example/rss.xml"),
        ("Wire", "https://wire.example/world"),
    ]


def test_moments_as_programs_write_them() -> None:
    seconds = 1712000000.0
    assert [moment(said) for said in (seconds, "1712000000", 1712000000000, "1712000000000000")] == [seconds] * 4
    assert moment("2024-04-01T19:33:20Z") == moment("2024-04-01 21:33:20+02:00") == seconds
    assert [moment(said) for said in ("", "soon", "-5", "nan", "1e999", None)] == [0.0] * 6
    assert iso(1e18) == iso(-1) == ""
