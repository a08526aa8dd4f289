"""What is meant by what was typed or pasted: nearly an address, several, or one in a sentence."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fetch.discovery.typed_addresses import addresses_meant, possible_urls
from fetch.errors import NotASource


@pytest.mark.parametrize(
    ("typed", "tried"),
    [
        ("usni.example", ["https://usni.example/", "http://usni.example/", "https://www.usni.example/"]),
        ("www.usni.example/news", ["https://www.usni.example/news", "http://www.usni.example/news"]),
        (
            "feed://usni.example/rss",
            ["https://usni.example/rss", "http://usni.example/rss", "https://www.usni.example/rss"],
        ),
        ("feed:https://usni.example/rss", ["https://usni.example/rss"]),
        ("127.0.0.1:8080", ["http://127.0.0.1:8080/", "https://127.0.0.1:8080/"]),
        ("https://usni.example", ["https://usni.example/"]),
        (" https://usni.example/ ", ["https://usni.example/"]),
        ("broadsheet:handbook", ["broadsheet:handbook"]),
        ("HTTPS://usni.example/News", ["https://usni.example/News"]),
        ("Http:usni.example", ["http://usni.example/"]),
        ("FEED:HTTPS://usni.example/rss", ["https://usni.example/rss"]),
        ("localhost:8080", ["http://localhost:8080/", "https://localhost:8080/"]),
        ("127.1:8080/feed", ["http://127.1:8080/feed", "https://127.1:8080/feed"]),
    ],
)
def test_what_may_be_meant_by_what_was_typed(typed: str, tried: list[str]) -> None:
    assert possible_urls(typed) == tried


@pytest.mark.parametrize("typed", ["file:///etc/passwd", "FILE:feeds.opml", "file:/tmp/feeds.opml"])
def test_a_file_that_was_typed_is_told_where_it_goes(typed: str) -> None:
    with pytest.raises(NotASource, match="is a file on this machine: `broadsheet import`"):
        possible_urls(typed)


@pytest.mark.parametrize(
    "typed", ["ftp://harbour.example/feed", "javascript:alert(1)", "mailto:desk@harbour.example", "data:text/html,x",
              "gopher://harbour.example", "gemini://harbour.example/", "about:blank", "chrome-extension://x/y"],
)  # fmt: skip
def test_what_is_not_on_the_web_has_its_own_sentence(typed: str) -> None:
    with pytest.raises(NotASource, match="asks only for what begins with https: or http:"):
        possible_urls(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "htp://harbour.example/feed", "htpp://harbour.example/feed", "hhttp://harbour.example/feed",
        "ttps://harbour.example/feed", "htps:/harbour.example/feed", "https//harbour.example/feed",
        "http;//harbour.example/feed", "http//harbour.example/feed", "httsp://harbour.example/feed",
    ],
)  # fmt: skip
def test_a_scheme_that_is_nearly_one_is_left_to_be_found_out(typed: str) -> None:
    assert possible_urls(typed)[:2] == ["https://harbour.example/feed", "http://harbour.example/feed"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("http:/harbour.example/a", "http://harbour.example/a"),
        ("http:\\\\harbour.example\\a", "http://harbour.example/a"),
        ("http://https://harbour.example/a", "https://harbour.example/a"),
        ("feed:http://harbour.example/a", "http://harbour.example/a"),
        ("feed:://https://harbour.example/a", "https://harbour.example/a"),
        ("rss:https://harbour.example/a", "https://harbour.example/a"),
        ("<https://harbour.example/a>", "https://harbour.example/a"),
        ("“https://harbour.example/a”", "https://harbour.example/a"),
    ],
)
def test_what_is_nearly_an_address_is_one(typed: str, meant: str) -> None:
    assert possible_urls(typed) == [meant]


@pytest.mark.parametrize("typed", ["~/feeds.opml", "./feeds.opml", "/srv/feeds", "C:\\feeds.opml"])
def test_the_name_of_a_file_is_told_where_it_goes(typed: str) -> None:
    with pytest.raises(NotASource, match="is a file on this machine"):
        possible_urls(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("https://a.example/ https://b.example/feed", ["https://a.example/", "https://b.example/feed"]),
        (
            "https://a.example/\nhttps://b.example/feed\nhttps://a.example/",
            ["https://a.example/", "https://b.example/feed"],
        ),
        ("a.example, b.example/feed", ["a.example", "b.example/feed"]),
        ("Do read https://a.example/feed, it is good.", ["https://a.example/feed"]),
        ("their news (https://a.example/Lock_(canal)) is good", ["https://a.example/Lock_(canal)"]),
        ("The feed is at harbour.example/feed.xml!", ["harbour.example/feed.xml"]),
        ("[The feed](https://a.example/f) of the harbour", ["https://a.example/f"]),
        ("harbour news", ["harbour news"]),
        ("  https://a.example/  ", ["https://a.example/"]),
        ("", [""]),
    ],
)
def test_the_addresses_in_what_was_typed(typed: str, meant: list[str]) -> None:
    assert addresses_meant(typed) == meant


@pytest.mark.parametrize("scheme", ["feed://", "feed:", "pcast://", "itpc:", "podcast://"])
def test_an_address_for_a_program_that_reads_feeds_is_one(scheme: str) -> None:
    assert possible_urls(f"{scheme}harbour.example/a")[:2] == ["https://harbour.example/a", "http://harbour.example/a"]


@pytest.mark.parametrize("typed", ["[2J", "[::1", "http://[::1", "[", "a]b", "feed:[", "a\u2100b", "\uff0f", "x:[::"])
def test_what_is_no_address_in_any_way_is_tried_or_refused(typed: str) -> None:
    assert possible_urls(typed)


@given(st.text(st.sampled_from("a1.:/[]@?#%~ \\\u2100\uff0fé") | st.characters(), max_size=20))
def test_property_whatever_is_typed_is_tried_or_refused(typed: str) -> None:
    with suppress(NotASource):
        assert all(isinstance(url, str) for meant in addresses_meant(typed) for url in possible_urls(meant))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("harbour.example,", ["harbour.example"]),
        ("(https://harbour.example/a)", ["https://harbour.example/a"]),
        ("https://harbour.example/a_(b)", ["https://harbour.example/a_(b)"]),
        ("https://harbour.example/a;https://wire.example/b", ["https://harbour.example/a", "https://wire.example/b"]),
        ('<a href="https://harbour.example/a">Harbour</a>', ["https://harbour.example/a"]),
        ("harbour[.]example", ["harbour.example"]),
        ("ｈｔｔｐｓ：／／ｈａｒｂｏｕｒ．ｅｘａｍｐｌｅ／ａ", ["https://harbour.example/a"]),
        ("harbour。example", ["harbour.example"]),
        ("[::1]:8080", ["[::1]:8080"]),
    ],
)
def test_marks_round_an_address_and_between_two_are_none_of_theirs(typed: str, meant: list[str]) -> None:
    assert addresses_meant(typed) == meant


def test_a_handle_is_the_page_of_who_has_it() -> None:
    assert possible_urls("@ida.quill@harbour.example") == ["https://harbour.example/@ida.quill"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "No address"), ("ida@harbour.example", "an address of mail"), ("feeds.opml", "a file on this machine")],
)
def test_what_is_no_address_of_a_site_is_told(typed: str, said: str) -> None:
    with pytest.raises(NotASource, match=said):
        possible_urls(typed)
