"""Sources on the command line: added, refreshed, kept, arranged and removed, with a real server behind them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Cli
from tests.tui.cli.gazette import STORIES, Press, done, fails, records
from tests.tui.pty_reader import PtyReader


def test_a_source_that_is_not_there_is_one_sentence(cli: Cli) -> None:
    for arguments in (("remove", "Nowhere Times"), ("refresh", "77"), ("list", "--source", "Nowhere Times")):
        fails(cli(*arguments))


def test_the_handbook_leaves_by_the_same_door_and_stays_away(cli: Cli) -> None:
    assert done(cli("remove", "1")).startswith("Removed ")
    assert done(cli("sources")) == ""
    assert done(cli("list")) == ""


def test_add_refresh_list_show_and_read_on_without_the_server(cli: Cli, paper: str) -> None:
    added = records(done(cli("add", paper, "--json")))[0]
    assert (added["kind"], added["url"], added["title"]) == ("feed", f"{paper}/feed.xml", "Tern Island Gazette")
    assert added["stories"] == 3
    *sources, last = records(done(cli("refresh", "--json")))
    gazette = next(each for each in sources if each["source"] == "Tern Island Gazette")
    assert (gazette["full"], gazette["failed"], gazette["error"]) == (3, 0, "")
    assert gazette["bytes"] > 1000
    assert {"full", "teaser", "failed", "bytes", "seconds"} <= set(last["summary"])
    listed = records(done(cli("list", "--source", "Tern Island Gazette", "--json")))
    assert [entry["offline"] for entry in listed] == ["full"] * 3
    told = [entry["story"] for entry in records(done(cli("list", "--source", "1", "--json"))) if entry["story"]]
    assert len(told) == len(set(told)), "articles of the handbook are no story of several reports"
    article = records(done(cli("show", f"{paper}/story/bridge", "--json")))[0]
    assert article["headline"] == "Harbour bridge [closed] for repairs"
    assert article["authors"] == ["Mira Olden"]
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202e]", done(cli("list")).replace("\n", ""))


def test_add_says_what_it_chose_and_goes_on_after_a_failure(cli: Cli, paper: str) -> None:
    code, out, err = cli("add", f"{paper}/nothing/here", f"{paper}/feed.xml")
    assert code == 1
    assert "Added Tern Island Gazette" in out
    assert "feed" in out
    assert err.count("\n") == 1


def test_all_of_a_list_of_subscriptions_is_added(cli: Cli, paper: str) -> None:
    added = records(done(cli("add", f"{paper}/list.opml", "--json")))
    assert [source["url"] for source in added] == [f"{paper}/{name}.xml" for name in STORIES]


def test_a_source_that_cannot_be_had_is_told_and_fails(cli: Cli, paper: str, tmp_path: Path) -> None:
    subscriptions = tmp_path / "gone.opml"
    subscriptions.write_text(
        '<opml version="2.0"><body><outline text="Gone" type="rss" xmlUrl="http://127.0.0.1:9/feed.xml"/></body></opml>'
    )
    done(cli("import", str(subscriptions)))
    code, out, err = cli("refresh", "Gone", "--json")
    assert code == 1
    assert err.splitlines() == [
        "broadsheet: Gone: http://127.0.0.1:9/feed.xml: nobody answers there.",
        "broadsheet: None of the sources asked could be had. What is on disk stays readable.",
    ]
    assert records(out)[0]["error"]


def test_a_source_is_kept_as_long_as_asked(cli: Cli) -> None:
    before = len(done(cli("list")).splitlines())
    assert "the newest 5 articles" in done(cli("keep", "1", "--count", "5"))
    assert str(before - 5) in done(cli("prune", "--dry-run"))
    assert len(done(cli("list")).splitlines()) == before
    assert str(before - 5) in done(cli("prune"))
    assert len(done(cli("list")).splitlines()) == 5
    assert "everything" in done(cli("keep", "1"))


def test_a_source_is_asked_as_arranged(cli: Cli, paper: str, monkeypatch: pytest.MonkeyPatch) -> None:
    done(cli("add", paper))
    asked: list[str] = []
    monkeypatch.setattr(Press, "log_message", lambda press, *_: asked.append(press.headers.get("X-Member", "")))
    assert "as arranged" in done(cli("arrange", "2", "--header", "X-Member: torvik", "--max-bytes", "1k"))
    first = records(done(cli("refresh", "2", "--json")))[0]
    assert set(asked) >= {"torvik"}
    assert first["teaser"] > 0
    assert "as any source" in done(cli("arrange", "2", "--plain"))
    asked.clear()
    assert records(done(cli("refresh", "2", "--json")))[0]["teaser"] == 0
    assert set(asked) == {""}


def test_a_source_has_its_own_number_of_articles_a_refresh(cli: Cli, paper: str) -> None:
    done(cli("add", paper))
    assert "as arranged" in done(cli("arrange", "2", "--most", "2"))
    summary = records(done(cli("refresh", "2", "--json")))[-1]["summary"]
    assert (summary["full"], summary["left"]) == (2, 1)
    assert cli("arrange", "2", "--most", "0")[0] == 2


def test_headlines_alone_are_fetched_when_asked(cli: Cli, paper: str) -> None:
    done(cli("add", paper))
    assert records(done(cli("refresh", "2", "--teasers", "--json")))[0]["full"] == 0
    assert [entry["offline"] for entry in records(done(cli("list", "--source", "2", "--json")))] == ["teaser"] * 3


def test_what_is_kept_stays_when_its_source_is_removed(cli: Cli) -> None:
    done(cli("mark", "1", "2", "--save"))
    done(cli("mark", "3", "--tag", "work"))
    assert "3 stories that you keep stay" in done(cli("remove", "1"))
    rows = records(done(cli("list", "--json")))
    assert {row["id"] for row in rows} == {"1", "2", "3"}
    assert {row["source"] for row in rows} == {"Broadsheet Handbook"}
    assert done(cli("show", "1"))
    assert done(cli("search", "tag:work")).count("\n")


def test_what_is_kept_goes_only_when_that_is_said_twice(cli: Cli) -> None:
    done(cli("mark", "1", "--save"))
    code, _, complaint = cli("remove", "1", "--with-kept")
    assert (code, complaint.count("\n")) == (2, 1)
    assert "--yes" in complaint
    assert "with 1 story that you kept" in done(cli("remove", "1", "--with-kept", "--yes"))
    assert done(cli("list", "--json")) == ""


def test_on_a_terminal_what_is_kept_is_asked_about(cli: Cli, tmp_path: Path) -> None:
    done(cli("mark", "1", "--save"))
    for answer, code, left in (("n", 1, 1), ("y", 0, 0)):
        terminal = PtyReader(tmp_path / "home", command=("-m", "tui", "remove", "1", "--with-kept"))
        terminal.until("with 1 story that you keep? [y/N]")
        terminal.press(f"{answer}\r")
        assert terminal.left() == code
        terminal.close()
        assert len(records(done(cli("list", "--saved", "--json")))) == left


def test_a_source_rests_comes_seldom_and_is_read_otherwise(cli: Cli, paper: str) -> None:
    done(cli("add", paper))
    done(cli("arrange", "2", "--pause", "--every", "6h", "--read-as", "section"))
    held = records(done(cli("sources", "--json")))[1]
    assert (held["paused"], held["asked_every"], held["kind"]) == (True, 21_600, "section")
    assert "paused" in done(cli("sources")).splitlines()[1]
    assert [each["source"] for each in records(done(cli("refresh", "--json")))[:-1]] == ["Broadsheet Handbook"]
    done(cli("arrange", "2", "--every", "0"))
    held = records(done(cli("sources", "--json")))[1]
    assert (held["paused"], held["asked_every"], held["kind"]) == (True, None, "section"), "the rest stays"
    done(cli("arrange", "2", "--resume", "--read-as", "feed"))
    assert len(records(done(cli("refresh", "--json")))[:-1]) == 2
    done(cli("arrange", "2", "--plain"))
    assert records(done(cli("sources", "--json")))[1]["asked_every"] is None
    for wrong in (("--every", "soon"), ("--read-as", "page"), ("--pause", "--resume")):
        assert cli("arrange", "2", *wrong)[0] == 2
    assert cli("arrange", "1", "--read-as", "feed")[0] == 2
