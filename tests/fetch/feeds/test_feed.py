from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from fetch.feeds import parse_feed
from fetch.feeds.feed import read_feed, time_to_live
from tests.gazette import URL, XML, only, rss


def test_rss_2_with_everything() -> None:
    teaser = only(
        rss(
            "<title>Ferry &amp;amp; bridge &lt;i&gt;both&lt;/i&gt; closed</title>"
            "<link>https://gazette.example/a?utm_source=rss</link>"
            "<guid isPermaLink='false'>n-17</guid><pubDate>Tue, 19 May 2023 08:30:00 -0400</pubDate>"
            "<dc:creator>By Ida Quill and Otto Fenn</dc:creator>"
            "<category>Transport</category><category>Weather</category>"
            "<description>&lt;p&gt;The ferry is shut &amp;amp; so is the bridge.&lt;/p&gt;</description>"
            "<content:encoded><![CDATA[<p>Whole <a href='/b'>text</a>.</p>]]></content:encoded>"
            "<media:content url='https://gazette.example/p.jpg' medium='image'/>"
        )
    )
    assert teaser.headline == "Ferry & bridge both closed"
    assert teaser.url == "https://gazette.example/a"
    assert teaser.key == "n-17"
    assert teaser.published == datetime(2023, 5, 19, 8, 30, tzinfo=timezone(timedelta(hours=-4)))
    assert teaser.authors == ("Ida Quill", "Otto Fenn")
    assert teaser.keywords == ("Transport", "Weather")
    assert teaser.summary == "The ferry is shut & so is the bridge."
    assert "href='https://gazette.example/b'" in teaser.content
    assert teaser.picture is not None
    assert teaser.picture.src == "https://gazette.example/p.jpg"


def test_what_a_feed_says_of_itself() -> None:
    feed = read_feed(rss(head="<language>en-gb</language>"), XML, URL)
    assert (feed.title, feed.home, feed.language) == ("The Gazette & Herald", "https://gazette.example/", "en-gb")
    assert feed.teasers == []


def test_atom_with_relative_links_and_bases() -> None:
    teaser = only(
        b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://gazette.example/news/"><title>G</title>
        <entry xml:base="today/"><title type="html">A &lt;b&gt;bold&lt;/b&gt; move</title><link href="move.html"/>
        <id>urn:x:1</id><updated>2023-05-19T08:30:00Z</updated><author><name>Ida Quill</name></author>
        <summary type="text">5 &lt; 6</summary><content type="html">&lt;img src="p.png"&gt;</content></entry></feed>"""
    )
    assert teaser.url == "https://gazette.example/news/today/move.html"
    assert teaser.headline == "A bold move"
    assert teaser.published == datetime(2023, 5, 19, 8, 30, tzinfo=UTC)
    assert teaser.summary == "5 < 6"
    assert 'src="https://gazette.example/news/today/p.png"' in teaser.content
    assert teaser.picture is not None
    assert teaser.picture.src == "https://gazette.example/news/today/p.png"


def test_rdf() -> None:
    teaser = only(
        b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>G</title><link>https://gazette.example</link>
        </channel><item rdf:about="https://gazette.example/r"><title>Old but gold</title><link>https://gazette.example/r</link>
        <dc:date>2003-12-13</dc:date></item></rdf:RDF>"""
    )
    assert (teaser.headline, teaser.published) == ("Old but gold", date(2003, 12, 13))


def test_json_feed() -> None:
    teaser = only(
        b"""{"version":"https://jsonfeed.org/version/1.1","title":"G","home_page_url":"https://gazette.example/","language":"de",
        "items":[{"id":7,"url":"/j","title":"Q & <A>","content_text":"One.\\n\\nTwo & three.","summary":"Short",
        "date_published":"2023-05-19T08:30:00+02:00","authors":[{"name":"Ida Quill"}],"tags":["x"],
        "image":"i.png"}, "litter"]}""",
        "text/plain",
    )
    assert (teaser.url, teaser.headline, teaser.key) == ("https://gazette.example/j", "Q & <A>", "7")
    assert teaser.content == "<p>One.</p><p>Two &amp; three.</p>"
    assert (teaser.summary, teaser.language, teaser.authors, teaser.keywords) == ("Short", "de", ("Ida Quill",), ("x",))
    assert teaser.picture is not None
    assert teaser.picture.src == "https://gazette.example/i.png"


def test_the_teasers_of_afpims() -> None:
    first, second, third = parse_feed(
        rss(
            "<title>Lighthouse crews rehearse rescue</title><link>https://base.example/Article/1/x/</link>"
            "<guid isPermaLink='false'>https://base.example/Article/1/x/</guid><dc:creator>Unit Desk</dc:creator>"
            "<description>19 May 2023 Lighthouse crews rehearse rescue PORT ELBA, Norland -- Crews met at dawn."
            "&lt;br/&gt; &lt;img src='https://media.example/t.JPG' alt='Crews wave' /&gt; &lt;br /&gt;</description>"
            "<enclosure url='https://media.example/full.JPG' type='image/jpeg'/>",
            "<title>Storm season opens</title><guid isPermaLink='false'>https://base.example/Article/2/y/</guid>"
            "<description>March 11, 2025 - NORTHERN SEA - As midnight struck, the fleet sailed.</description>",
            "<title>No place</title><link>https://base.example/3</link>"
            "<description>A plain sentence - with a dash.</description>",
        ),
        XML,
        URL,
    )
    assert first.summary == "Crews met at dawn."
    assert (first.dateline, first.published) == ("PORT ELBA, Norland", date(2023, 5, 19))
    assert first.picture is not None
    assert first.picture.src == "https://media.example/full.JPG"
    assert second.url == "https://base.example/Article/2/y/"
    assert (second.dateline, second.published) == ("NORTHERN SEA", date(2025, 3, 11))
    assert second.summary == "As midnight struck, the fleet sailed."
    assert (third.dateline, third.summary) == ("", "A plain sentence - with a dash.")


def test_a_picture_only_in_the_description_is_kept_apart_and_counters_are_not_pictures() -> None:
    teaser = only(
        rss(
            "<title>T</title><link>https://gazette.example/1</link>"
            "<description>&lt;img width='1' height='1' src='/count.gif'&gt;"
            "&lt;img src='/real.jpg' alt='A gull'&gt;Words.</description>"
        )
    )
    assert teaser.picture is not None
    assert (teaser.picture.src, teaser.picture.alt) == ("https://gazette.example/real.jpg", "A gull")
    assert teaser.summary == "Words."


def test_one_story_twice_is_one_teaser_and_the_order_is_the_feeds() -> None:
    teasers = parse_feed(
        rss(
            "<title>B</title><link>https://gazette.example/b</link>",
            "<title>A</title><link>https://gazette.example/a#top</link>",
            "<title>B again</title><link>https://GAZETTE.example/b?utm_medium=feed</link>",
            "<title>Leads nowhere</title>",
        ),
        XML,
        URL,
    )
    assert [teaser.headline for teaser in teasers] == ["B", "A", "Leads nowhere"]


def test_what_has_no_headline_gets_its_first_words() -> None:
    teaser = only(
        rss("<link>https://gazette.example/n</link><description>Gulls took the quay this morning.</description>")
    )
    assert teaser.headline == "Gulls took the quay this morning."


def test_a_long_description_is_the_story() -> None:
    story = "<p>" + "Long words stand here. " * 120 + "</p>"
    teaser = only(
        rss(f"<title>T</title><link>https://gazette.example/l</link><description><![CDATA[{story}]]></description>")
    )
    assert teaser.content == story
    assert len(teaser.summary) < 700
    assert teaser.summary.endswith(" …")


def test_authors_are_names() -> None:
    teaser = only(
        rss("<title>T</title><link>https://gazette.example/1</link><author>ida@gazette.example (Ida Quill)</author>")
    )
    assert teaser.authors == ("Ida Quill",)


def test_a_counted_link_gives_way_to_the_storys_own() -> None:
    teaser = only(
        rss(
            "<title>T</title><link>https://count.example/~r/1</link>"
            "<feedburner:origLink>https://gazette.example/own</feedburner:origLink>"
        )
    )
    assert teaser.url == "https://gazette.example/own"


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("", 0),
        ("<ttl>60</ttl>", 3600),
        ("<ttl> 15 </ttl><sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 1800),
        ("<sy:updatePeriod> daily </sy:updatePeriod>", 86400),
        ("<sy:updatePeriod>weekly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 7 * 86400),
        ("<ttl>soon</ttl><sy:updatePeriod>often</sy:updatePeriod>", 0),
        ("<ttl>-5</ttl>", 0),
        ("<ttl>999999999</ttl>", 365 * 86400),
    ],
)
def test_how_often_a_feed_wants_to_be_asked(said: str, seconds: int) -> None:
    assert time_to_live(f"<rss><channel><title>x</title>{said}<item><ttl>1</ttl></item></channel></rss>") == seconds
