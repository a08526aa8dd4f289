import time

import pytest

from fetch.links import absolute, canonical, host

BASE = "https://gazette.example/world/index.html"


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/a/b", "https://gazette.example/a/b"),
        ("story-1", "https://gazette.example/world/story-1"),
        ("../x?y=1#z", "https://gazette.example/x?y=1#z"),
        ("//cdn.example/p", "https://cdn.example/p"),
        ("  https://other.example/a \n", "https://other.example/a"),
        ("https://other.example/a\n/b", "https://other.example/a/b"),
        ("/two words", "https://gazette.example/two%20words"),
        ("?page=2", "https://gazette.example/world/index.html?page=2"),
        ("HTTP://Other.example/", "HTTP://Other.example/"),
        ("", ""),
        ("javascript:void(0)", ""),
        ("mailto:a@b.example", ""),
        ("file:///etc/passwd", ""),
        ("data:text/html,hello", ""),
        ("http://[::1", ""),
        ("http://", ""),
        ("broadsheet:handbook/keys", "broadsheet:handbook/keys"),
        ("https://ada:pa55@other.example/x?a=b@c#d@e", "https://other.example/x?a=b@c#d@e"),
        ("//ada:pa:55@ward@other.example", "https://other.example"),
        ("https://other.example?mail=ada@b.example", "https://other.example?mail=ada@b.example"),
        ("https://other.example/@ada", "https://other.example/@ada"),
    ],
)
def test_a_link_is_made_absolute_or_refused(href: str, expected: str) -> None:
    assert absolute(href, BASE) == expected


@pytest.mark.parametrize(
    ("href", "base", "expected"),
    [
        ("handbook/keys", "broadsheet:handbook", "broadsheet:handbook/keys"),
        ("search", "broadsheet:handbook/keys", "broadsheet:handbook/search"),
        ("https://gazette.example/a", "broadsheet:handbook", "https://gazette.example/a"),
        ("//gazette.example/a", "broadsheet:handbook", ""),
        ("//[", "broadsheet:handbook", ""),
    ],
)
def test_links_inside_the_handbook(href: str, base: str, expected: str) -> None:
    assert absolute(href, base) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://Gazette.Example:80/A", "http://gazette.example/A"),
        ("https://gazette.example:443/a", "https://gazette.example/a"),
        ("https://gazette.example:8443/a", "https://gazette.example:8443/a"),
        ("https://gazette.example", "https://gazette.example/"),
        ("https://gazette.example/a#comments", "https://gazette.example/a"),
        ("https://gazette.example/a?utm_source=x&id=3&fbclid=y", "https://gazette.example/a?id=3"),
        ("https://gazette.example/a?UTM_Medium=rss", "https://gazette.example/a"),
        ("https://gazette.example/a?partner=rss&emc=rss", "https://gazette.example/a"),
        (
            "https://gazette.example/a?partner=7&atlas=2&pk=3&nsfw=1",
            "https://gazette.example/a?partner=7&atlas=2&pk=3&nsfw=1",
        ),
        ("https://gazette.example/a?", "https://gazette.example/a"),
        ("https://gazette.example/a;jsessionid=AB12?x=1", "https://gazette.example/a?x=1"),
        ("https://gazette.example/a?x=1&PHPSESSID=7f", "https://gazette.example/a?x=1"),
        ("https://gazette.example/a?ASPSESSIONIDAB=7&sid=4", "https://gazette.example/a?sid=4"),
        ("https://reader:secret@gazette.example/a", "https://gazette.example/a"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("https://gazette.example/%c3%a4/%7Ejo", "https://gazette.example/%C3%A4/~jo"),
        ("https://gazette.example/%zz100%", "https://gazette.example/%zz100%"),
        ("http://[2001:DB8::1]:80/a", "http://[2001:db8::1]/a"),
        ("broadsheet:handbook/keys#top", "broadsheet:handbook/keys"),
        ("mailto:a@b.example", ""),
        ("https://gazette.example:port/a", ""),
        ("nonsense", ""),
        ("", ""),
        ("https://www.google.com/amp/s/news.example/a?utm_source=x", "https://news.example/a"),
        ("https://google.co.uk/amp/s/news.example/a?id=4", "https://news.example/a?id=4"),
        ("https://news-example.cdn.ampproject.org/c/s/news.example/a.html", "https://news.example/a.html"),
        ("https://news-example.cdn.ampproject.org/v/s/news.example/amp/a?amp=1", "https://news.example/amp/a?amp=1"),
        ("https://www.google.com/amp/s/", "https://www.google.com/amp/s/"),
        ("https://news.example/amp/s/other.example/a", "https://news.example/amp/s/other.example/a"),
    ],
)
def test_one_form_names_a_story(url: str, expected: str) -> None:
    assert canonical(url) == expected


@pytest.mark.parametrize(
    "url", ["https://Gazette.example/ä?b=ü&utm_id=1#c", "http://x.example/%7e%2f%41?q=a+b%20c", "https://x.example/a b"]
)
def test_the_one_form_is_its_own_form(url: str) -> None:
    assert canonical(canonical(url)) == canonical(url) != ""


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://News.Gazette.example:8080/a", "news.gazette.example"),
        ("https://bücher.example/", "xn--bcher-kva.example"),
        ("http://[::1]:80/", "::1"),
        ("broadsheet:handbook", ""),
        ("http://[::1", ""),
    ],
)
def test_the_host_of_an_address(url: str, expected: str) -> None:
    assert host(url) == expected


def test_a_page_full_of_links_costs_little() -> None:
    started = time.process_time()
    for number in range(2000):
        assert canonical(absolute(f"/politik/artikel-{number}.html?utm_source=front&ref={number}", BASE))
    assert time.process_time() - started < 0.5


def test_a_hostile_address_costs_little() -> None:
    started = time.process_time()
    canonical("https://gazette.example/" + "%" * 100_000 + "?" + "utm_" * 50_000 + "&" * 50_000)
    absolute("../" * 50_000, BASE)
    assert time.process_time() - started < 1
