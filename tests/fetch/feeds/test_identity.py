"""Which entries of a feed are one story and which are several."""

import json

import pytest

from fetch.article import Enclosure, Teaser
from fetch.feeds import parse_feed
from fetch.links import canonical, is_of_a_feed
from tests.gazette import URL, XML, only, rss

STATUS = "<link>https://gazette.example/status/</link>"


def notice(number: int, rest: str = STATUS) -> str:
    return (
        f"<title>Lamp {number} is out</title><guid isPermaLink='false'>lamp-{number}</guid>{rest}"
        f"<description>The lamp on mole {number} is out since noon.</description>"
    )


def teasers_of(*entries: str, head: str = "") -> list[Teaser]:
    return parse_feed(rss(*entries, head=head), XML, URL)


def test_entries_of_one_address_are_several_by_their_guid_and_keep_their_own_text() -> None:
    teasers = teasers_of(notice(1), notice(2), notice(3))
    assert [teaser.headline for teaser in teasers] == ["Lamp 1 is out", "Lamp 2 is out", "Lamp 3 is out"]
    assert len({teaser.url for teaser in teasers}) == 3
    assert all(teaser.url.startswith("https://gazette.example/status/#") for teaser in teasers)
    assert all(is_of_a_feed(teaser.url) for teaser in teasers)
    assert "mole 2 is out since noon" in teasers[1].content
    assert [teaser.key for teaser in teasers] == ["lamp-1", "lamp-2", "lamp-3"]


def test_the_address_of_such_an_entry_is_the_same_at_every_visit() -> None:
    before = teasers_of(notice(1), notice(2))
    after = teasers_of(notice(3), notice(2).replace("since noon", "again"), notice(1))
    assert before[1].url == after[1].url
    assert before[0].url == after[2].url
    assert canonical(before[0].url) == before[0].url


def test_an_entry_without_an_address_is_a_story_of_the_feed() -> None:
    with_key, without = teasers_of(
        notice(1, ""), "<title>Crane out of use</title><description>Until Friday.</description>"
    )
    assert with_key.url.startswith("https://gazette.example/#")
    assert without.url.startswith("https://gazette.example/#")
    assert with_key.url != without.url
    assert without.content == "<p>Until Friday.</p>"


def test_a_home_page_is_no_address_of_a_story() -> None:
    teaser = only(rss(notice(1, "<link>https://gazette.example</link>")))
    assert is_of_a_feed(teaser.url)


def test_addresses_that_differ_after_the_hash_are_several() -> None:
    teasers = teasers_of(
        *(f"<title>Entry {n}</title><link>https://gazette.example/log#e{n}</link>" for n in (1, 2)),
    )
    assert [teaser.url.partition(":~:")[0] for teaser in teasers] == [
        "https://gazette.example/log#e1",
        "https://gazette.example/log#e2",
    ]


def test_a_lone_fragment_is_dropped() -> None:
    assert only(rss(notice(1, "<link>https://gazette.example/a#top</link>"))).url == "https://gazette.example/a"


def test_one_story_said_twice_is_one_whatever_its_guids() -> None:
    again = notice(1).replace("lamp-1", "lamp-1-copy")
    assert len(teasers_of(notice(1), again)) == 1


def test_one_guid_is_one_story_whatever_its_address() -> None:
    teasers = teasers_of(
        notice(1, "<link>https://gazette.example/a</link>"), notice(1, "<link>https://gazette.example/a-again</link>")
    )
    assert [teaser.url for teaser in teasers] == ["https://gazette.example/a"]


def test_a_guid_that_all_entries_share_is_none() -> None:
    teasers = teasers_of(
        *(
            f"<title>Story {n}</title><guid isPermaLink='false'>0</guid><link>https://gazette.example/{n}</link>"
            for n in (1, 2, 3)
        )
    )
    assert [teaser.url for teaser in teasers] == [f"https://gazette.example/{n}" for n in (1, 2, 3)]


def test_entries_that_their_feed_calls_nothing_are_several_at_a_home_page() -> None:
    home = "<link>https://gazette.example/</link><pubDate>Tue, 10 Nov 2026 08:30:00 GMT</pubDate>"
    first, second = f"<title>Lamp 1</title>{home}", f"<title>Lamp 2</title>{home}"
    alone, both = teasers_of(first), teasers_of(second, first)
    assert [teaser.headline for teaser in both] == ["Lamp 2", "Lamp 1"]
    assert both[1].url == alone[0].url
    assert len({teaser.url for teaser in both}) == 2


def test_an_address_that_several_headlines_have_is_no_entrys_own() -> None:
    page = "<guid isPermaLink='false'>N/A</guid><link>https://gazette.example/notes</link>"
    teasers = teasers_of(*(f"<title>Version {n}</title>{page}" for n in "ABC"))
    assert [teaser.headline for teaser in teasers] == ["Version A", "Version B", "Version C"]
    assert all(teaser.url.startswith("https://gazette.example/notes#") for teaser in teasers)


def test_two_headlines_of_different_dates_at_one_address_are_two_stories() -> None:
    page = "<link>https://gazette.example/status</link><pubDate>Tue, 1{0} Nov 2026 08:30:00 GMT</pubDate>"
    teasers = teasers_of(*(f"<title>Lamp {n} is out</title>{page.format(n)}" for n in (1, 2)))
    assert [teaser.headline for teaser in teasers] == ["Lamp 1 is out", "Lamp 2 is out"]


def test_a_headline_said_twice_at_one_address_is_one_story() -> None:
    page = "<link>https://gazette.example/pier</link>"
    headlines = ("The pier is closed", "The pier is closed – Harbour Gazette")
    assert [teaser.url for teaser in teasers_of(*(f"<title>{each}</title>{page}" for each in headlines))] == [
        "https://gazette.example/pier"
    ]


def test_files_without_title_and_address_are_several() -> None:
    teasers = teasers_of(*(f"<enclosure url='/audio/{n}.mp3?t={n}' type='audio/mpeg'/>" for n in (1, 2)))
    assert [teaser.headline for teaser in teasers] == ["1.mp3", "2.mp3"]
    assert len({teaser.url for teaser in teasers}) == 2
    folders = teasers_of(*(f"<enclosure url='/{n}/lamp%20talk.mp3' type='audio/mpeg'/>" for n in (1, 2)))
    assert [teaser.headline for teaser in folders] == ["lamp talk.mp3"] * 2


def test_an_entry_of_a_link_alone_is_a_story_and_one_of_nothing_is_none() -> None:
    teasers = teasers_of("<link>/news/a-lamp-is-out-again</link>", "<link>https://gazette.example/</link>", "")
    assert [(teaser.url, teaser.headline) for teaser in teasers] == [
        ("https://gazette.example/news/a-lamp-is-out-again", "A lamp is out again")
    ]


def test_an_episode_without_a_page_leads_to_its_file() -> None:
    teaser = only(
        rss(
            "<title>Episode 7</title><guid isPermaLink='false'>ep7</guid>"
            "<enclosure url='/audio/seven.mp3' type='audio/mpeg' length='1234567'/>"
        )
    )
    assert teaser.enclosures == (Enclosure("https://gazette.example/audio/seven.mp3", "audio/mpeg", 1234567),)
    assert teaser.content == (
        '<p><a href="https://gazette.example/audio/seven.mp3">Audio: seven.mp3 (audio/mpeg, 1.2 MB)</a></p>'
    )


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>G</title><author><name>Ida Quill</name></author>
<entry><title>One</title><id>urn:1</id><link href="https://gazette.example/1"/>
<link rel="enclosure" href="/one.ogg" type="audio/ogg" length="12"/></entry>
<entry><title>Two</title><id>urn:2</id><link href="https://gazette.example/2"/><author><name>Otto Fenn</name></author>
</entry></feed>"""


@pytest.mark.parametrize(
    "body", [ATOM, ATOM.replace("<title>G", "<title xml:lang='en'>G").replace("<feed", "<feed xml:lang='de'")]
)
def test_the_author_of_an_atom_feed_is_that_of_entries_that_name_none(body: str) -> None:
    one, two = parse_feed(body.encode(), "", URL)
    assert (one.authors, two.authors) == (("Ida Quill",), ("Otto Fenn",))
    assert one.enclosures == (Enclosure("https://gazette.example/one.ogg", "audio/ogg", 12),)


def json_feed(**more: object) -> bytes:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "G", **more}).encode()


@pytest.mark.parametrize("said", [{"authors": [{"name": "Ida Quill"}]}, {"author": {"name": "Ida Quill"}}])
def test_the_author_of_a_json_feed_is_that_of_items_that_name_none(said: dict[str, object]) -> None:
    item = {"id": "1", "url": "https://gazette.example/1", "title": "One"}
    items = [item, {**item, "id": "2", "url": "https://gazette.example/2", "authors": [{"name": "Otto Fenn"}]}]
    assert [teaser.authors for teaser in parse_feed(json_feed(items=items, **said), "", URL)] == [
        ("Ida Quill",),
        ("Otto Fenn",),
    ]


def test_a_json_feed_without_items_is_an_empty_feed() -> None:
    assert parse_feed(json_feed(), "application/feed+json", URL) == []
    assert parse_feed(json_feed(items=None), "application/feed+json", URL) == []


def test_the_attachments_of_a_json_feed() -> None:
    file = {"url": "/seven.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 1234567}
    teaser = only(json_feed(items=[{"id": "7", "title": "Episode 7", "attachments": [file]}]))
    assert teaser.enclosures == (Enclosure("https://gazette.example/seven.mp3", "audio/mpeg", 1234567),)
    assert "Audio: seven.mp3" in teaser.content


def test_items_beside_the_channel() -> None:
    body = rss(notice(1)).replace(b"<item>", b"</channel><item>").replace(b"</channel></rss>", b"</rss>")
    assert only(body).headline == "Lamp 1 is out"
