"""Lists of sources in the forms that other programs write, and in the states that they are found in."""

import time
from pathlib import Path

import pytest

from cache.entry import SavedSearch
from cache.errors import CacheError
from cache.formats import opml, urls
from cache.formats.source_list import ListedSource, SourceList, told
from cache.formats.table import recognised
from cache.library import open_library
from cache.source_entry import SourceEntry
from fetch.source import Source

HEAD = '<?xml version="1.0" encoding="utf-8"?><opml version="2.0"><head><title>x</title></head><body>'
END = "</body></opml>"
MOLE = '<outline type="rss" text="Mole" xmlUrl="https://mole.example/feed"/>'
TIDE = '<outline type="rss" text="Tide" xmlUrl="https://tide.example/feed"/>'


def read(tmp_path: Path, content: str | bytes, codec: str = "utf-8") -> SourceList:
    """The list in a file, in the format that it is recognised as."""
    path = tmp_path / "list"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(codec))
    found = recognised(path.read_bytes()[:4096])
    assert found is not None
    return found.codec.read(path)


def addresses(found: SourceList) -> list[str]:
    return [listed.source.url for listed in found.sources]


@pytest.mark.parametrize(
    ("outlines", "expected"),
    [
        ('<outline text="A & B" xmlUrl="https://q.example/f?a=1&b=2"/>', "https://q.example/f?a=1&b=2"),
        ('<outline text="Caf&eacute;&nbsp;x" xmlUrl="https://q.example/f"/>', "https://q.example/f"),
        ('<outline text="the "late" tide" xmlUrl="https://q.example/f"/>', "https://q.example/f"),
        ("<outline text='the keeper's lamp' xmlUrl='https://q.example/f'/>", "https://q.example/f"),
        ('<outline text="a < b" xmlUrl="https://q.example/f"/>', "https://q.example/f"),
        ('<outline text="bell\x07" xmlUrl="https://q.example/f"/>', "https://q.example/f"),
        ("<outline text=Mole xmlUrl=https://q.example/f />", "https://q.example/f"),
        ('<outline text="Mole" xmlUrl="https://q.example/f">', "https://q.example/f"),
        ('<outline text="Mole" checked xmlUrl="https://q.example/f"/>', "https://q.example/f"),
        ('<OUTLINE TEXT="Mole" XMLURL="https://q.example/f"></OUTLINE>', "https://q.example/f"),
    ],
)
def test_what_is_not_sound_is_read_as_it_is_meant(tmp_path: Path, outlines: str, expected: str) -> None:
    assert addresses(read(tmp_path, f"{HEAD}{outlines}{TIDE}{END}")) == [expected, "https://tide.example/feed"]


@pytest.mark.parametrize(
    ("content", "title"),
    [
        (f"\n\n  {HEAD}{MOLE}{END}".encode(), "Mole"),
        (f"{HEAD}{MOLE}{END}".encode().replace(b"Mole", b"M\xf6le ?"), "M�le ?"),
        (f"{HEAD}{MOLE}{END}".replace("Mole", "Möle").encode().replace(b"?>", b"?> \xff", 1), "Möle"),
        (f"{HEAD}{MOLE}{END}".replace("Mole", "Möle").replace("utf-8", "utf-16").encode("utf-16"), "Möle"),
        (f"{HEAD}{MOLE}{END}".replace("Mole", "Möle").replace(' encoding="utf-8"', "").encode("latin-1"), "Möle"),
        (f"{HEAD}{MOLE}{END}".replace("Mole", "Möle").replace("utf-8", "klingon").encode(), "Möle"),
        (f"\ufeff{HEAD}{MOLE}{END}".replace("Mole", "Möle").encode(), "Möle"),
        (f"{HEAD}{MOLE}".encode(), "Mole"),
        (f"{HEAD}{MOLE}<outline text='Cu".encode(), "Mole"),
        (f"<opml><body>{MOLE}".encode(), "Mole"),
        (f"<body>{MOLE}</body>".encode(), "Mole"),
        (f"Notice: Undefined index in export.php on line 3\n{HEAD}{MOLE}{END}".encode(), "Mole"),
        (f"<br />\n<b>Warning</b>: in export.php<br />\n{HEAD}{MOLE}{END}".encode(), "Mole"),
    ],
)
def test_bytes_before_within_and_after(tmp_path: Path, content: bytes, title: str) -> None:
    assert [listed.source.title for listed in read(tmp_path, content).sources] == [title]


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("feed:https://q.example/f", "https://q.example/f"),
        ("feed://q.example/f", "http://q.example/f"),
        ("q.example/f", "https://q.example/f"),
        ("//q.example/f", "https://q.example/f"),
        (" https://q.example/f\n", "https://q.example/f"),
        ("HTTPS://Q.example/F?A=1", "https://q.example/F?A=1"),
        ("feed:https//q.example/f", "https://q.example/f"),
        ("feed:://q.example/f", "http://q.example/f"),
        ("pcast://q.example/f", "http://q.example/f"),
        ("itpc://Q.example/f", "http://q.example/f"),
        ("https:/q.example/f", "https://q.example/f"),
        ("/f", "https://home.example/f"),
        ("./f", "https://home.example/sub/f"),
    ],
)
def test_addresses_in_any_form(tmp_path: Path, written: str, url: str) -> None:
    outline = f'<outline text="Q" xmlUrl="{written}" htmlUrl="https://home.example/sub/"/>'
    assert addresses(read(tmp_path, f"{HEAD}{outline}{END}")) == [url]


def test_what_a_list_declares_is_passed_over(tmp_path: Path) -> None:
    kind = '<!DOCTYPE opml [<!ENTITY nbsp "&#160;"><!ENTITY a "&b;&b;"> ] >'
    content = f"{HEAD.replace('<opml', kind + '<opml')}{MOLE.replace('Mole', 'The&nbsp;Mole &a;')}{END}"
    assert [listed.source.title for listed in read(tmp_path, content).sources] == ["The Mole &a;"]


def test_what_freshrss_reads_in_its_own_ways_is_told_and_the_rest_taken(tmp_path: Path) -> None:
    head = HEAD.replace("<opml", '<opml xmlns:frss="https://freshrss.org/opml"')
    found = read(
        tmp_path,
        f'{head}<outline text="J" type="JSONFeed" xmlUrl="https://j.example/feed.json"/>'
        f'<outline text="D" frss:opmlUrl="https://d.example/list.opml">{MOLE}</outline>'
        f'<outline text="X" type="JSON+DotNotation" xmlUrl="https://x.example/api"/>{END}',
    )
    assert addresses(found) == ["https://j.example/feed.json", "https://mole.example/feed"]
    assert found.sources[1].folders == "D"
    assert [each.split()[0] for each in told(found)] == ["D", "X"]


@pytest.mark.parametrize(
    "content",
    [
        "Mole: https://mole.example/feed\nTide https://tide.example/feed\n",
        "# Mine\n\n- [Mole](https://mole.example/feed)\n- [Tide](https://tide.example/feed)\n",
        "* <https://mole.example/feed> Mole\n* <https://tide.example/feed> Tide\n",
        "title,url,folder\nMole,https://mole.example/feed,Sea\nTide,https://tide.example/feed,Sea\n",
        "| Mole | https://mole.example/feed |\n| Tide | https://tide.example/feed |\n",
    ],
)
def test_lists_of_links_and_tables(tmp_path: Path, content: str) -> None:
    found = read(tmp_path, content)
    assert addresses(found) == ["https://mole.example/feed", "https://tide.example/feed"]
    assert {listed.source.title for listed in found.sources} == {"Mole", "Tide"}


def test_a_letter_with_an_address_in_it_is_no_list() -> None:
    assert recognised(b"Dear reader,\n\nsee https://mole.example/ for all of it.\n\nYours") is None


def test_folders_and_categories_are_paths_and_what_lies_in_a_source_is_a_source(tmp_path: Path) -> None:
    inside = MOLE.replace("/>", f">{TIDE}</outline>")
    found = read(
        tmp_path,
        f'{HEAD}<outline text="News"><outline text="Sea">{inside}</outline></outline>'
        f'<outline text="Lamp" xmlUrl="https://lamp.example/f" category="/Harbour/Light,/Other"/>'
        f'<outline text="Again">{MOLE}</outline>{END}',
    )
    assert {listed.source.title: listed.folders for listed in found.sources} == {
        "Mole": "News/Sea\nAgain",
        "Tide": "News/Sea",
        "Lamp": "Harbour/Light\nOther",
    }
    assert found.left == ()


SHAPES = {
    "Miniflux": (
        f'{HEAD}<outline text="All"><outline title="Mole" text="Mole" xmlUrl="https://mole.example/feed" '
        f'htmlUrl="https://mole.example" description="" type="rss"></outline></outline>{END}',
        [("https://mole.example/feed", "All")],
        [],
    ),
    "FreshRSS": (
        '<?xml version="1.0"?><opml xmlns:frss="https://freshrss.org/opml" version="2.0"><body><outline text="Sea">'
        '<outline text="Mole" type="rss" xmlUrl="https://mole.example/feed" frss:priority="important"/>'
        '<outline text="Board" type="HTML+XPath" xmlUrl="https://board.example/" frss:xPathItem="//li"/>'
        "</outline></body></opml>",
        [("https://mole.example/feed", "Sea")],
        ["Board is read by a recipe of FreshRSS, not as a feed."],
    ),
    "Feedly": (
        f'{HEAD}<outline text="Sea" title="Sea"><outline type="rss" text="Mole" title="Mole" '
        f'xmlUrl="https://mole.example/feed" htmlUrl="https://mole.example"/></outline>{END}',
        [("https://mole.example/feed", "Sea")],
        [],
    ),
    "Inoreader": (
        f'{HEAD}<outline text="Sea" title="Sea"><outline text="Mole" title="Mole" type="rss" '
        f'xmlUrl="https://mole.example/feed" htmlUrl="https://mole.example"/></outline>'
        f'<outline text="Light" title="Light"><outline text="Mole" xmlUrl="https://mole.example/feed"/></outline>{END}',
        [("https://mole.example/feed", "Sea\nLight")],
        [],
    ),
    "NetNewsWire": (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!-- OPML generated by NetNewsWire -->\n<opml version="1.1"><body>'
        '<outline text="Sea" title="Sea"><outline text="Mole" title="Mole" description="" type="rss" version="RSS" '
        'htmlUrl="" xmlUrl="https://mole.example/feed"/></outline></body></opml>',
        [("https://mole.example/feed", "Sea")],
        [],
    ),
    "Liferea": (
        f'{HEAD}<outline title="Sea" text="Sea" type="folder" sortColumn="time"><outline title="Mole" text="Mole" '
        f'type="rss" xmlUrl="https://mole.example/feed" updateInterval="60"/><outline title="Own" text="Own" '
        f'type="rss" xmlUrl="|~/own.sh"/></outline><outline title="Unread" text="Unread" type="vfolder" '
        f'sortColumn="time"/>{END}',
        [("https://mole.example/feed", "Sea")],
        [
            "Own is a command to run, which a list from elsewhere may not do (|~/own.sh).",
            "Unread names no address.",
        ],
    ),
    "Thunderbird": (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="1.0" xmlns:fz="urn:forumzilla:"><body>'
        '<outline title="Sea"><outline type="rss" title="Mole" text="Mole" version="RSS" fz:quickMode="true" '
        'xmlUrl="https://mole.example/feed" htmlUrl="https://mole.example"/></outline></body></opml>',
        [("https://mole.example/feed", "Sea")],
        [],
    ),
    "NewsBlur": (
        f'{HEAD}<outline text="Sea" title="Sea"><outline htmlUrl="https://mole.example" text="Mole" title="Mole" '
        f'type="rss" version="RSS" xmlUrl="https://mole.example/feed"/></outline>'
        f'<outline htmlUrl="https://board.example/news/" text="Board" title="Board" type="rss" version="RSS"/>{END}',
        [("https://mole.example/feed", "Sea"), ("https://board.example/news/", "")],
        [],
    ),
    "newsboat": (
        '# my list\nhttps://mole.example/feed sea light "~The Mole"\nhttps://tide.example/feed\n'
        '"exec:~/own.sh" sea\nfilter:cat:https://q.example/f\n'
        '"query:Lamps:unread = \\"yes\\" and title =~ \\"lamp\\""\n'
        '"query:Odd:age between 0:7"\n',
        [("https://mole.example/feed", "sea\nlight"), ("https://tide.example/feed", "")],
        [
            "exec:~/own.sh is a command to run, which a list from elsewhere may not do.",
            "filter:cat:https://q.example/f is a command to run, which a list from elsewhere may not do.",
            "Odd is a query we cannot ask (age between 0:7).",
        ],
    ),
    "addresses": (
        "\nhttps://mole.example/feed\n\nhttps://tide.example/feed\nmole\n",
        [("https://mole.example/feed", ""), ("https://tide.example/feed", "")],
        ["mole is no address."],
    ),
}


@pytest.mark.parametrize("program", SHAPES)
def test_the_lists_of_other_programs(tmp_path: Path, program: str) -> None:
    content, sources, left = SHAPES[program]
    found = read(tmp_path, content)
    assert [(listed.source.url, listed.folders) for listed in found.sources] == sources
    assert list(told(found)) == left


def test_what_newsboat_says_of_titles_and_queries(tmp_path: Path) -> None:
    found = read(tmp_path, SHAPES["newsboat"][0])
    assert found.sources[0].source.title == "The Mole"
    assert found.searches == (("Lamps", "is:unread headline:lamp"),)


def test_an_address_of_a_site_without_a_feed_is_taken_as_a_section(tmp_path: Path) -> None:
    found = read(tmp_path, SHAPES["NewsBlur"][0])
    assert [listed.source.kind for listed in found.sources] == ["feed", "section"]


def test_our_own_list_comes_back_as_it_was(tmp_path: Path) -> None:
    sources = [
        SourceEntry(
            1, "https://mole.example/feed", "feed", "Mole & co", "https://mole.example/", ("News/Sea", "Again")
        ),
        SourceEntry(2, "https://tide.example/map.xml", "sitemap", "Tide", groups=("News",), max_bytes=5_000_000),
        SourceEntry(3, "https://lamp.example/news/", "section", "Lamp", proxy="socks5h://127.0.0.1:9050", most=50),
        SourceEntry(
            4, "https://quay.example/story", "page", "Quay", keep_days=30, keep_count=200, every=21_600, paused=True
        ),
        SourceEntry(5, "broadsheet:handbook", "bundled", "Handbook"),
    ]
    path = tmp_path / "out.opml"
    assert opml.write(path, sources, searches=[SavedSearch(1, "Lamps", "is:unread lamp")]) == 4
    found = opml.read(path)
    assert sorted(found.sources, key=lambda listed: listed.source.url) == [
        ListedSource(
            Source("https://lamp.example/news/", "section", "Lamp"), proxy="socks5h://127.0.0.1:9050", most=50
        ),
        ListedSource(
            Source("https://mole.example/feed", "feed", "Mole & co", "https://mole.example/"), "News/Sea\nAgain"
        ),
        ListedSource(
            Source("https://quay.example/story", "page", "Quay"),
            keep_days=30,
            keep_count=200,
            every=21_600,
            paused=True,
        ),
        ListedSource(Source("https://tide.example/map.xml", "sitemap", "Tide"), "News", max_bytes=5_000_000),
    ]
    assert found.searches == (("Lamps", "is:unread lamp"),)
    assert not found.left


def test_a_list_of_addresses_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "out.urls"
    urls.write(
        path, [SourceEntry(1, "https://kim:pw@mole.example/feed", "feed", 'The "Mole"', groups=("Sea", "Light"))]
    )
    assert urls.read(path).sources == (
        ListedSource(Source("https://mole.example/feed", "feed", 'The "Mole"'), "Sea\nLight"),
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html><body>no list</body></html>", "is a web page, but not OPML"),
        (
            b"<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><DT><A HREF='https://mole.example/'>Mole</A></DL>",
            "is a browser's bookmarks, but not OPML",
        ),
        (b"<rss><channel/></rss>", "is a feed, but not OPML"),
        (b"<x/>", "is XML, but not OPML"),
        (b"<opml><body>", "not sound OPML"),
    ],
)
def test_what_holds_no_outline_is_one_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(CacheError, match=said):
        read(tmp_path, content)


@pytest.mark.anyio
async def test_the_reader_is_told_what_was_left(tmp_path: Path) -> None:
    (tmp_path / "urls").write_text(SHAPES["newsboat"][0])
    async with open_library(tmp_path / "home") as library:
        imported = await library.import_file(tmp_path / "urls")
        assert imported.sentence.startswith("2 sources added; 1 kept search; 3 left out or changed.\nexec:")
        assert [search.query for search in library.searches()] == ["is:unread headline:lamp"]


@pytest.mark.wall_clock
def test_a_broken_list_takes_time_in_proportion_to_its_length(tmp_path: Path) -> None:
    def seconds(number: int) -> float:
        content = HEAD + '<outline text="the "late" tide" xmlUrl="https://q.example/f"/>' * number
        begun = time.process_time()
        read(tmp_path, content)
        return time.process_time() - begun

    # The least of three: on a busy machine one run takes as long as it likes.
    few, many = (min(seconds(number) for _ in range(3)) for number in (2000, 8000))
    assert many < 8 * max(few, 0.005)
