"""`front` and `brief` over a library of invented news."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from cache.paths import places
from cache.writes.store import Store
from tests.news_events import GROUPS, Event, Newsroom, Report, World
from tests.tui.cli.conftest import Cli
from tests.tui.cli.gazette import done, records

ODD = "<b>Grain & “ships” [no](x) *now*</b> \x1b[31m\u202e #1"


def news(**changes: str) -> list[Report]:
    """Three events of the last hours: of five papers, of two with three copies, of two."""
    world, begun = World(0, seed=5), datetime.now(UTC).replace(microsecond=0) - timedelta(hours=2)
    sizes = (("ferry", 5, 0), ("court", 2, 3), ("comet", 2, 0))
    found = [
        report
        for number, (kind, own, copies) in enumerate(sizes)
        for report in world.reports_of(Event(number, kind, begun, world.facts(), own, copies, 0.5))
    ]
    return [replace(found[0], **changes), *found[1:]]


@pytest.fixture
def keep(tmp_path: Path) -> Callable[[list[Report]], Newsroom]:
    """Takes reports into the library that the command line opens."""

    def kept(reports: list[Report]) -> Newsroom:
        path = places(tmp_path / "home").library
        path.parent.mkdir(parents=True, exist_ok=True)
        with Store(path) as store:
            newsroom = Newsroom(store)
            newsroom.land(reports, datetime.now(UTC))
        return newsroom

    return kept


def test_a_story_without_a_headline_says_so(cli: Cli, keep: Callable[[list[Report]], Newsroom]) -> None:
    keep([replace(report, headline="") for report in news()])
    assert done(cli("front")).count("A story without a headline") == 3


def test_the_front_page_tells_who_says_so_and_why(cli: Cli, keep: Callable[[list[Report]], Newsroom]) -> None:
    newsroom = keep(news())
    said = done(cli("front", "--why"))
    first, second, third = re.split(r"\n\n", said.strip())
    assert "5 sources" in first
    assert "Above the next by" in first
    assert re.search("“.*” \\(.*, as [345] of 5 reports say\\)", " ".join(first.split()))
    assert "2 sources" in second
    assert "3 copies of a report not counted" in " ".join(f"{second} {third}".split())
    assert "2 sources" in third
    found = records(done(cli("front", "--json")))
    assert [(each["sources"], each["copies"]) for each in found] in ([(5, 0), (2, 3), (2, 0)], [(5, 0), (2, 0), (2, 3)])
    assert {newsroom.events[int(one)] for one in found[0]["reports"]} == {0}
    assert len(records(done(cli("front", "--json", "--stories", "2")))) == 2


def test_looking_is_noted_where_that_is_asked(cli: Cli, keep: Callable[[list[Report]], Newsroom]) -> None:
    keep(news())
    assert len(records(done(cli("front", "--json", "--since", "looked")))) == 3
    done(cli("front", "--looked"))
    keep([replace(news()[0], event=9, at=datetime.now(UTC))])
    new = [each["new"] for each in records(done(cli("front", "--json")))]
    assert sum(map(len, new)) >= 1
    assert cli("front", "--since", "sometime")[0] == 2


def test_what_more_is_asked_of_stands_higher_and_what_less_lower(
    cli: Cli, keep: Callable[[list[Report]], Newsroom], tmp_path: Path
) -> None:
    newsroom = keep(news())
    places_of = []
    for said in ('more = ["comet"]\nless = ["ferry passengers"]', 'less = ["comet", "probe"]'):
        (tmp_path / "home" / "config.toml").write_text(f"[front]\n{said}\n", encoding="utf-8")
        found = {newsroom.events[int(each["id"])]: each for each in records(done(cli("front", "--json")))}
        places_of.append([*found])
        comet = found[2]
        assert comet["points"]["own"] == (1 if "more" in said else -1), "once, however many find it"
        assert f"you ask for {said[:4]} of “comet”" in comet["why"]
        assert found[0]["points"].get("own", 0) == (-1 if "ferry" in said else 0)
    assert [order.index(2) < order.index(1) for order in places_of] == [True, False]


def test_what_is_read_much_stands_a_little_higher_where_that_is_set(
    cli: Cli, keep: Callable[[list[Report]], Newsroom], tmp_path: Path
) -> None:
    told, before, world = news(), datetime.now(UTC) - timedelta(days=3), World(0, seed=77)
    older = [world.reports_of(Event(20 + at, "strike", before, world.facts(), 1, 0, 1.0))[0] for at in range(4)]
    newsroom = keep([*(replace(one, paper=told[0].paper, at=before) for one in older), *told])
    with Store(places(tmp_path / "home").library) as store:
        for one in (entry for (event, _), entry in newsroom.entries.items() if event >= 20):
            read = (one, before.timestamp())
            store.connection.run("INSERT OR REPLACE INTO mark (id, read, read_at, scroll) VALUES (?, 1, ?, 9)", read)
    assert not [each for each in records(done(cli("front", "--json"))) if "learnt" in each["points"]]
    (tmp_path / "home" / "config.toml").write_text("[front]\nlearn = true\n", encoding="utf-8")
    for form in (("front", "--json"), ("brief", "--json")):
        found = records(done(cli(*form)))
        stories = found if form[0] == "front" else [one for of in found[0]["sections"] for one in of["stories"]]
        assert [each for each in stories if "learnt" in each["points"] and "you read much of" in each["why"]]


def test_a_brief_is_text_markdown_html_and_json(cli: Cli, keep: Callable[[list[Report]], Newsroom]) -> None:
    keep(news(headline=ODD))
    text = done(cli("brief"))
    assert "Broadsheet, " in text
    assert "\x1b[31m" not in text
    assert "\u202e" not in text
    markdown = done(cli("brief", "--markdown"))
    assert r"\<b\>Grain & “ships” \[no\](x) \*now\*\</b\>" in markdown
    assert "](https://paper" in markdown
    html = done(cli("brief", "--html"))
    assert "&lt;b&gt;Grain &amp; “ships”" in html
    assert (
        ElementTree.fromstring(html.replace("<!doctype html>\n", "").replace('<meta charset="utf-8">', "")).tag
        == "html"
    )
    (brief,) = records(done(cli("brief", "--json")))
    stories = [story for section in brief["sections"] for story in section["stories"]]
    assert len(stories) == 3
    assert all(story["told_by"] for story in stories)
    sections = {section["section"] for section in brief["sections"]}
    assert set(re.findall(r"^## (.*)$", markdown, re.MULTILINE)) == sections


def test_an_edition_has_the_articles_behind_it_and_every_link_inside_leads_somewhere(
    cli: Cli, keep: Callable[[list[Report]], Newsroom], tmp_path: Path
) -> None:
    newsroom = keep(news(headline=ODD))
    file = tmp_path / "edition.epub"
    assert "9 articles written" in done(cli("brief", "--epub", "--output", str(file)))
    with zipfile.ZipFile(file) as book:
        names = book.namelist()
        assert names[0] == "mimetype"
        pages = {name.removeprefix("book/"): book.read(name).decode() for name in names if name.endswith(".xhtml")}
        package = book.read("book/book.opf").decode()
    for page in pages.values():
        ElementTree.fromstring(page)
    links = {link for page in pages.values() for link in re.findall(r'href="([^":]+\.xhtml)"', page)}
    assert links <= pages.keys()
    assert {name for name in pages if name != "contents.xhtml"} <= set(re.findall(r'href="(.*?)"', package))
    assert set(re.findall(r"<span>(.*?)</span><ol>", pages["contents.xhtml"])) <= set(GROUPS)
    ferry = [one for one, event in newsroom.events.items() if event == 0]
    for one in ferry:
        others = {f"{other}.xhtml" for other in ferry if other != one}
        assert others <= set(re.findall(r'href="(.*?)"', pages[f"{one}.xhtml"])), "the same story, linked inside"
    assert cli("brief", "--epub")[0] == 2


def test_a_brief_is_the_same_for_one_library_and_moment(
    cli: Cli, keep: Callable[[list[Report]], Newsroom], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(news())
    at = datetime.now(UTC)
    monkeypatch.setattr("tui.cli.front.now", lambda: at)
    monkeypatch.setattr("tui.cli.brief.now", lambda: at)
    for form in ("--markdown", "--html", "--json"):
        assert done(cli("brief", form)) == done(cli("brief", form))
    books = []
    for name in ("one.epub", "two.epub"):
        done(cli("brief", "--epub", "--output", str(tmp_path / name)))
        books.append((tmp_path / name).read_bytes())
    assert books[0] == books[1]


def test_a_library_without_news_has_an_empty_page(cli: Cli, tmp_path: Path) -> None:
    done(cli("list"))
    assert done(cli("front", "--since", "1h")) == ""
    assert records(done(cli("brief", "--since", "1h", "--json")))[0]["sections"] == []
    done(cli("brief", "--since", "1h", "--epub", "--output", str(tmp_path / "empty.epub")))
    with zipfile.ZipFile(io.BytesIO((tmp_path / "empty.epub").read_bytes())) as book:
        assert "book/front.xhtml" in book.namelist()


def test_a_brief_goes_to_a_file_whole_or_not_at_all(
    cli: Cli, keep: Callable[[list[Report]], Newsroom], tmp_path: Path
) -> None:
    keep(news())
    done(cli("brief", "--json", "--output", str(tmp_path / "brief.json")))
    assert len(json.loads((tmp_path / "brief.json").read_text(encoding="utf-8"))["sections"]) > 0
    code, _, err = cli("brief", "--html", "--output", str(tmp_path / "nowhere" / "brief.html"))
    assert (code, err.count("\n")) == (1, 1)
    code, _, err = cli("brief", "--epub", "--output", str(tmp_path / "home" / "library.db"))
    assert code == 1, "not over the library"


def test_a_story_is_followed_or_muted_by_one_of_its_articles(
    cli: Cli, keep: Callable[[list[Report]], Newsroom]
) -> None:
    newsroom = keep(news())
    ferry = next(one for one, event in newsroom.events.items() if event == 0)
    assert done(cli("front", "--mute", str(ferry))) == "The story is muted.\n"
    assert len(records(done(cli("front", "--json")))) == 2
    assert "1 muted." in done(cli("front"))
    assert records(done(cli("front", "--mute", str(ferry), "--json"))) == [{"muted": False}]
    assert records(done(cli("front", "--follow", str(ferry), "--json"))) == [{"followed": True}]
    assert [each["followed"] for each in records(done(cli("front", "--json")))] == [True, False, False]
    assert done(cli("brief", "--markdown")).split("\n")[2] == "## Followed"
    assert cli("front", "--follow", "4711")[0] == 1


@pytest.fixture
def floods(keep: Callable[[list[Report]], Newsroom]) -> None:
    """A flood every third day in one region, the last today; and other news of today."""
    world, now = World(0, seed=8), datetime.now(UTC).replace(microsecond=0)
    shared = {key: fact for key, fact in world.facts().items() if key in ("other", "person", "person2")}
    told: list[Report] = []
    for number in range(4):
        begun = now - timedelta(days=9 - 3 * number, hours=1)
        flood = world.reports_of(Event(10 + number, "flood", begun, world.facts() | shared, 2, 0, 1.0))
        told += [replace(report, at=begun) for report in flood]
    keep([*told, *news()])


@pytest.mark.usefixtures("floods")
def test_a_story_of_a_dossier_says_which_day_of_it_and_how_many_events_in_every_form(cli: Cli, tmp_path: Path) -> None:
    said = "day 10 · 4 events"
    book = tmp_path / "brief.epub"
    done(cli("brief", "--epub", "--output", str(book)))
    with zipfile.ZipFile(book) as inside:
        front_page = inside.read("book/front.xhtml").decode()
    for text in (front_page, *(done(cli(*form)) for form in (("front",), ("brief",), ("brief", "--html")))):
        assert text.count(said) == 1, text
    assert done(cli("brief", "--markdown")).count(said) == 1
    stories = records(done(cli("front", "--json")))
    (brief,) = records(done(cli("brief", "--json")))
    for found in (stories, [story for section in brief["sections"] for story in section["stories"]]):
        (dossier,) = (story["dossier"] for story in found if story["dossier"])
        assert (dossier["day"], dossier["events"]) == (10, 4)
    (listed,) = records(done(cli("front", "--dossiers", "--json")))
    assert (listed["dossier"], listed["days"], len(listed["events"])) == (dossier["dossier"], 10, 4)


def test_a_story_of_several_days_says_on_how_many_it_was_told(
    cli: Cli, keep: Callable[[list[Report]], Newsroom]
) -> None:
    first, *rest = news()
    yesterday = [replace(one, at=first.at - timedelta(days=one.event == 0)) for one in rest]
    keep([first, *yesterday])
    stories = records(done(cli("front", "--json", "--since", "week")))
    found = {story["sources"]: story["days"] for story in stories}
    assert found[5] == 2
    assert done(cli("front", "--since", "week")).count(" · 2 days") == 1


@pytest.mark.parametrize(
    "command",
    [["front", "--follow"], ["front", "--mute"], ["show"], ["cite"], ["mark", "--read"], ["related"]],
)
@pytest.mark.parametrize("empty", ["", " "])
def test_an_empty_name_of_an_article_is_none(
    cli: Cli, keep: Callable[[list[Report]], Newsroom], command: list[str], empty: str
) -> None:
    keep(news())
    code, out, err = cli(*command, empty)
    assert (code, out) == (1, "")
    assert "An article is named by its number or its address; an empty name names none." in err


@pytest.mark.parametrize("command", ["remove", "keep"])
def test_an_empty_name_of_a_source_is_none(cli: Cli, keep: Callable[[list[Report]], Newsroom], command: str) -> None:
    keep(news())
    code, out, err = cli(command, "")
    assert (code, out) == (1, "")
    assert "A source is named by its number, its address or its title; an empty name names none." in err


def test_a_brief_goes_to_no_file_without_a_name_and_a_dash_is_standard_output(
    cli: Cli, keep: Callable[[list[Report]], Newsroom], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(news())
    monkeypatch.chdir(tmp_path)
    code, out, err = cli("brief", "--markdown", "--output", "")
    assert (code, out) == (1, "")
    assert err == "broadsheet: The name of the file is empty.\n"
    assert done(cli("brief", "--markdown", "--output", "-")).startswith("# Broadsheet")
    assert not (tmp_path / "-").exists()
    assert cli("brief", "--epub", "--output", "-")[0] == 2
