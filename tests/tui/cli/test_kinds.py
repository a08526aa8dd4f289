"""What stands at an address, or in a file, is said where it is no article: in show, extract, add and refresh."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.loopback import Loopback
from tests.newsroom import RSS, feed, headline, page, text
from tests.tui.cli.conftest import Cli
from tests.tui.cli.gazette import done, fails, records

NOISE = random.Random(3).randbytes(30_000)
FILES = {
    "report.pdf": (b"%PDF-1.6\n" + NOISE, "text/html", "not text (PDF)"),
    "talk.mp3": (b"ID3\x03" + NOISE, "", "not text (MP3)"),
    "data.bin": (NOISE, "application/octet-stream", "not text"),
    "atlas.epub": (b"PK\x03\x04" + NOISE, "text/plain", "not text (ZIP)"),
    "chart.png": (b"\x89PNG\r\n\x1a\n" + NOISE, "image/png", "not text (PNG)"),
}
LISTS = {
    "/feed": "feed", "/atom": "feed", "/feed.json": "feed", "/utf16": "feed", "/sitemap.xml": "sitemap",
    "/index.xml": "sitemap", "/harbour": "section page", "/list.opml": "list of sources",
    "/doctype": "feed", "/warned": "feed", "/warned-atom": "feed", "/in-lines": "file of JSON data",
    "/in-rows": "section page", "/in-points": "section page",
}  # fmt: skip
SLUGS = ("mole-repair-begins", "tide-tables-printed-anew", "quay-closed-for-a-week", "ferry-sails-at-night",
         "lighthouse-sold-to-town", "pilots-ask-for-boats", "market-hall-reopens", "dredger-finds-anchor")  # fmt: skip


@pytest.fixture
def site() -> Iterator[Loopback]:
    with Loopback() as running:
        for name, (body, kind, _) in FILES.items():
            running.put(f"/files/{name}", body, kind=kind)
        base = running.url("")
        running.put("/feed", feed(base, SLUGS), kind=RSS)
        running.put("/utf16", feed(base, SLUGS).encode("utf-16"), kind="text/html")
        running.put("/atom", "<!-- ours --><feed xmlns='http://www.w3.org/2005/Atom'><title>Harbour</title></feed>")
        entries = [{"id": slug, "url": f"{base}/news/{slug}", "content_text": "x"} for slug in SLUGS]
        running.put("/feed.json", json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": entries}))
        urls = "".join(f"<url><loc>{base}/news/{slug}</loc></url>" for slug in SLUGS)
        running.put("/sitemap.xml", f'<?xml version="1.0"?>\n<urlset>{urls}</urlset>', kind="text/plain")
        running.put("/index.xml", "<sitemapindex><sitemap><loc>https://a.example/</loc></sitemap></sitemapindex>")
        warning = "<br />\n<b>Warning</b>: no such index in <b>/feed.php</b> on line <b>3</b><br />\n"
        rss = feed(base, SLUGS).partition("?>")[2]
        running.put("/doctype", f'<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "rss.dtd">\n{rss}', kind=RSS)
        running.put("/warned", warning + rss, kind="text/html")
        atom = "".join(
            f"<entry><title>{slug}</title><summary>{'It was said. ' * 9}</summary></entry>" for slug in SLUGS
        )
        running.put("/warned-atom", f"{warning}<feed xmlns='http://www.w3.org/2005/Atom'>{atom}</feed>")
        running.put("/in-lines", "\n".join(map(json.dumps, entries * 9)), kind="text/plain")
        running.put("/in-rows", listed(SLUGS * 3, "<table>{}</table>", "<tr><td>{} <td>{}</tr>"))
        running.put("/in-points", listed(SLUGS * 3, "<ul>{}</ul>", "<li>{} <span>{}</span></li>"))
        running.put("/list.opml", '<?xml version="1.0"?><opml version="2.0"><body/></opml>')
        running.put("/harbour", section(SLUGS))
        for slug in SLUGS:
            running.put(f"/news/{slug}", page(slug))
        yield running


def section(slugs: tuple[str, ...]) -> str:
    """A section page as a small paper's site would serve it: headlines, each with what its story says."""
    cards = "".join(
        f"<article><h2><a href='/news/{slug}'>{headline(slug)}</a></h2>"
        f"<p>The harbour board was told on Monday what the matter is with the {slug.replace('-', ' ')}.</p></article>"
        for slug in slugs
    )
    return f"<html lang=en><head><title>Harbour</title></head><body><main><h1>Harbour</h1>{cards}</main></body></html>"


def listed(slugs: tuple[str, ...], form: str, row: str) -> str:
    """A section page without cards: a link and what its story says, a row each."""
    rows = (
        row.format(
            f"<a href='/news/2026/{slug}-{number}'>{headline(slug)}, report {number}</a>",
            f"The harbour board was told on Monday what the matter is with the {slug.replace('-', ' ')} {number}.",
        )
        for number, slug in enumerate(slugs)
    )
    return (
        f"<html lang=en><head><title>News</title></head><body><h1>News</h1>{form.format(''.join(rows))}</body></html>"
    )


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_text_is_refused_everywhere(cli: Cli, site: Loopback, tmp_path: Path, name: str) -> None:
    body, _, reason = FILES[name]
    address = site.url(f"/files/{name}")
    (tmp_path / name).write_bytes(body)
    for command in (("show", address), ("extract", address), ("add", address), ("extract", str(tmp_path / name))):
        err = fails(cli(*command))
        assert f"is {reason}." in err
    assert address not in done(cli("list"))
    assert "files" not in done(cli("sources"))


def test_a_feed_of_files_has_them_as_failed_and_why(cli: Cli, site: Loopback) -> None:
    items = "".join(
        f"<item><title>{name}</title><link>{site.url(f'/files/{name}')}</link><description>A note.</description></item>"
        for name in FILES
    )
    site.put("/files.xml", f"<rss version='2.0'><channel><title>Files</title>{items}</channel></rss>", kind=RSS)
    done(cli("add", site.url("/files.xml")))
    code, out, _ = cli("refresh", "--json")
    assert code == 0
    summary = records(out)[-1]["summary"]
    assert (summary["full"], summary["failed"]) == (0, len(FILES))
    listed = records(done(cli("list", "--source", "Files", "--json")))
    assert {one["headline"]: (one["offline"], one["reason"]) for one in listed} == {
        name: ("failed", reason) for name, (_, _, reason) in FILES.items()
    }
    assert "not text (PDF)" in done(cli("list", "reason:pdf"))


@pytest.mark.parametrize("path", LISTS)
def test_a_list_is_said_to_be_one_and_kept_as_no_article(cli: Cli, site: Loopback, tmp_path: Path, path: str) -> None:
    address = site.url(path)
    saved = tmp_path / "saved"
    body = site.routes[path].body  # type: ignore[union-attr]
    saved.write_bytes(body)
    for command in (("show", address), ("extract", address), ("extract", str(saved), "--url", address)):
        err = fails(cli(*command))
        assert f"{address} is a {LISTS[path]}, not an article" in err
        assert (f"; `broadsheet add {address}` keeps" in err) is (path != "/in-lines")
    assert address not in done(cli("list"))


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("prices.json", b'{"prices": [1, 2, 3], "note": "' + b"The price of a berth rose. " * 40 + b'"}', "JSON"),
        ("tide.xml", b'<?xml version="1.0"?><tides><p>' + b"High water at noon. " * 40 + b"</p></tides>", "XML"),
    ],
)  # fmt: skip
def test_data_is_no_article(cli: Cli, tmp_path: Path, name: str, body: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(body)
    assert f"The file is a file of {said} data, not an article." in fails(cli("extract", str(tmp_path / name)))


STYLE = "body > main { color: red; }\n.mole, .quay { margin: 0 auto; }\n" * 40
SCRIPT = '"use strict";\n' + "function repair(mole) { return mole + 1; }\n" * 200 + 'write("<div>" + repair(1));'
BERTHS = "quay,boats,length\n" + "east,12,4.50\nwest,7,11.25\n" * 40
MEETING = "BEGIN:VEVENT\nSUMMARY:The harbour board meets\nDESCRIPTION:It will hear how the repair goes.\nEND:VEVENT\n"


@pytest.mark.parametrize(
    ("kind", "body", "said"),
    [
        ("text/css", STYLE, "file of CSS data"),
        ("text/javascript; charset=utf-8", SCRIPT, "file of JavaScript data"),
        ("application/x-javascript", SCRIPT, "file of JavaScript data"),
        ("text/csv", BERTHS, "file of CSV data"),
        ("text/plain", f"BEGIN:VCALENDAR\nVERSION:2.0\n{MEETING * 9}END:VCALENDAR\n", "calendar"),
        ("text/html", "\ufeffBEGIN:VCARD\nFN:Ada\nNOTE:" + "She rows. " * 60 + "\nEND:VCARD\n", "file of contacts"),
        ("", "#EXTM3U\n" + "#EXTINF:10,\nhttps://harbour.example/a.ts\n" * 60, "playlist"),
        (
            "text/html",
            '<svg viewBox="0 0 9 9"><text>' + "The mole from above. " * 60 + "</text></svg>",
            "file of XML data",
        ),
    ],
)
def test_data_that_is_text_is_no_article(cli: Cli, site: Loopback, kind: str, body: str, said: str) -> None:
    site.put("/data", body, kind=kind)
    for verb in ("show", "extract"):
        assert f"{site.url('/data')} is a {said}, not an article." in fails(cli(verb, site.url("/data")))
    assert "/data" not in done(cli("list"))


def test_a_page_is_one_whatever_its_server_calls_it(cli: Cli, site: Loopback) -> None:
    site.put("/mole", page("mole"), kind="text/css")
    assert "Ilsabe Torvik" in done(cli("show", site.url("/mole")))


@pytest.mark.parametrize(
    "made",
    [
        lambda whole: whole,
        lambda whole: "<?xml version='1.0' encoding='utf-8'?>\n" + whole,
        lambda whole: "<!-- <rss> --> " + whole,
        lambda whole: whole.replace("</main>", section(SLUGS)[60:-20] + "</main>"),
        lambda whole: "{{ template }}" + whole,
    ],
)
def test_a_story_stays_one_whatever_stands_beside_it(cli: Cli, tmp_path: Path, made: object) -> None:
    saved = tmp_path / "page.html"
    saved.write_text(made(page("mole-repair-begins-in-spring")))  # type: ignore[operator]
    out = done(cli("extract", str(saved), "--url", "https://gazette.example/news/2026/mole-repair-begins-in-spring"))
    assert "Ilsabe Torvik" in out


def test_an_address_nobody_answers_at_is_a_wish_and_no_news(cli: Cli, site: Loopback) -> None:
    with Loopback() as gone:
        address, other = gone.url("/news/mole"), gone.url("/news/mole-2")
    for wished in (address, other):
        code, out, err = cli("show", wished)
        assert (code, out) == (1, "")
        assert err.count("\n") == 1
        assert "It is queued for the next refresh." in err
    assert cli("show", address, "--json")[:2] == (1, "")
    done(cli("add", site.url("/feed")))
    done(cli("refresh"))
    listed = [one["url"] for one in records(done(cli("list", "--json")))]
    assert set(listed[-2:]) == {address, other}, "below all news"
    assert {one["url"] for one in records(done(cli("list", "is:queued", "--json")))} == {address, other}
    assert {one["story"] for one in records(done(cli("list", "is:queued", "--json")))} == {0}
    assert done(cli("related", address)) == ""
    assert "No other report" in done(cli("show", address, "--story"))
    assert address not in done(cli("list", "--since", "24h"))


@pytest.mark.parametrize(("path", "said"), [("/news/lost", "has no such page"), ("/empty", "holds no article")])
def test_an_address_where_nothing_is_leaves_no_row(cli: Cli, site: Loopback, path: str, said: str) -> None:
    site.put("/empty", "<p>Nothing.</p>")
    before = done(cli("list"))
    assert said in fails(cli("show", site.url(path)))
    assert done(cli("list")) == before


def test_a_wish_that_came_stands_among_the_news(cli: Cli, site: Loopback) -> None:
    done(cli("show", site.url("/news/ferry-sails-at-night")))
    assert "ferry sails at night" in done(cli("list", "--since", "24h"))
    assert text("ferry-sails-at-night")[3:40] in done(cli("show", site.url("/news/ferry-sails-at-night")))


PLAIN = "East mole mended at last\n\nBy Ilsabe Torvik\n\n" + "\n\n".join(
    f"In week {week} the harbour board met\nto hear how the repair of the mole is going." for week in range(5)
)


def test_plain_text_is_an_article_in_show_extract_add_and_refresh(cli: Cli, site: Loopback, tmp_path: Path) -> None:
    for slug in ("mole", "quay"):
        site.put(f"/{slug}.txt", PLAIN.replace("mole", slug), kind="text/plain; charset=utf-8")
    (tmp_path / "mole.txt").write_text(PLAIN)
    items = f"<item><title>Quay</title><link>{site.url('/quay.txt')}</link></item>"
    site.put("/plain.xml", f"<rss version='2.0'><channel><title>Plain</title>{items}</channel></rss>", kind=RSS)
    shown = [done(cli("extract", page, "--json")) for page in (site.url("/mole.txt"), str(tmp_path / "mole.txt"))]
    shown += [done(cli("show", site.url("/mole.txt"), "--json"))]
    assert f"a single page at {site.url('/mole.txt')}" in done(cli("add", site.url("/mole.txt")))
    done(cli("add", site.url("/plain.xml")))
    done(cli("refresh"))
    shown += [done(cli("show", site.url("/quay.txt"), "--json")).replace("quay", "mole")]
    for article in map(json.loads, shown):
        assert (article["headline"].lower(), article["offline"]) == ("east mole mended at last", "full")
        assert (article["authors"], article["text"].count("\n")) == (["Ilsabe Torvik"], 4)
        assert article["text"].startswith(
            "In week 0 the harbour board met to hear how the repair of the mole is going."
        )
