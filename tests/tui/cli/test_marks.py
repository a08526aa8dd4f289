"""Marks and kept searches on the command line."""

from __future__ import annotations

from tests.tui.cli.conftest import Cli
from tests.tui.cli.gazette import done, fails, records


def test_an_article_is_marked_as_asked(cli: Cli) -> None:
    assert "★" in done(
        cli("mark", "1", "2", "--save", "--read", "--tag", "Later", "--tag", "#harbour", "--note", "Look")
    )
    first = records(done(cli("list", "tag:later", "is:noted", "--saved", "--json")))[-1]
    assert (first["id"], first["read"], first["saved"], first["tags"]) == ("1", True, True, ["harbour", "later"])
    assert "#harbour\n" in done(cli("mark", "1", "--unread", "--let-go", "--untag", "LATER", "--note", ""))
    assert [entry["id"] for entry in records(done(cli("list", "is:noted", "--json")))] == ["2"]
    assert cli("mark", "1")[0] == 2
    assert cli("mark", "1", "--read", "--unread")[0] == 2
    assert "no article 99" in fails(cli("mark", "99", "--read"))


def test_a_search_is_kept_as_a_section_with_its_count(cli: Cli) -> None:
    assert "Kept the search “Bills”" in done(cli("searches", "--keep", "Bills", "paywall"))
    (kept,) = records(done(cli("searches", "--json")))
    assert (kept["name"], kept["query"]) == ("Bills", "paywall")
    assert kept["count"] == len(records(done(cli("list", "paywall", "--json"))))
    assert f"{kept['count']}  Bills  paywall" in done(cli("searches"))
    assert "no search" in fails(cli("searches", "--drop", "Other"))
    done(cli("searches", "--drop", "Bills"))
    assert done(cli("searches")) == ""


def test_notes_and_tags_are_in_every_json_of_an_article(cli: Cli) -> None:
    (marked,) = records(done(cli("mark", "1", "--tag", "harbour", "--note", "Look", "--json")))
    assert (marked["id"], marked["tags"], marked["note"]) == ("1", ["harbour"], "Look")
    for line in ("list tag:harbour", "search tag:harbour", "show 1"):
        (found,) = records(done(cli(*line.split(), "--json")))
        assert (found["tags"], found["note"]) == (["harbour"], "Look"), line
    (other,) = records(done(cli("show", "2", "--json")))
    assert (other["tags"], other["note"]) == ([], "")
