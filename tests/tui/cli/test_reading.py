"""The verbs that read: what each prints, for people and for programs."""

from __future__ import annotations

import pytest

from tests.tui.cli.conftest import Cli
from tests.tui.cli.gazette import STORIES, done, fails, records

LIST_KEYS = {"id", "url", "source", "headline", "authors", "dateline", "published", "language", "section", "words"}
LIST_KEYS |= {"read", "saved", "offline", "reason", "fetched"}
ARTICLE_KEYS = LIST_KEYS | {"modified", "keywords", "dek", "text", "images", "related"}
RELATED_KEYS = {"url", "headline", "source", "published", "group", "why", "offline"}


def test_a_new_library_holds_the_handbook(cli: Cli) -> None:
    listed = records(done(cli("list", "--json")))
    assert len(listed) >= 14
    assert all(entry["offline"] == "full" and not entry["read"] for entry in listed)
    assert set(listed[0]) >= LIST_KEYS
    assert [entry["published"] for entry in listed] == sorted((entry["published"] for entry in listed), reverse=True)
    (source,) = records(done(cli("sources", "--json")))
    assert (source["kind"], source["url"], source["total"]) == ("bundled", "broadsheet:handbook", len(listed))


def test_list_for_people_and_its_options(cli: Cli) -> None:
    assert len(done(cli("list", "--limit", "3")).splitlines()) == 3
    assert done(cli("list", "--saved")) == ""
    assert done(cli("list", "--unread", "--source", "1", "--limit", "1")) == done(cli("list", "--limit", "1"))
    assert done(cli("list", "--since", "1990-01-01", "--limit", "1")) != ""
    assert "Three hundred kilobytes" in done(cli("list", "satellite", "--limit", "2"))


def test_show_prints_text_json_and_markdown(cli: Cli) -> None:
    first = records(done(cli("list", "--limit", "1", "--json")))[0]
    shown = done(cli("show", first["id"], "--width", "50"))
    assert first["headline"] in shown
    assert max(map(len, shown.splitlines())) <= 50
    article = records(done(cli("show", first["url"], "--json")))[0]
    assert set(article) >= ARTICLE_KEYS
    assert (article["id"], article["headline"]) == (first["id"], first["headline"])
    assert article["text"].count("\n") > 5
    assert done(cli("show", first["url"], "--markdown")).count(first["headline"]) >= 1


def test_search_marks_where_the_words_stand(cli: Cli) -> None:
    hits = records(done(cli("search", "paywall", "--limit", "4", "--json")))
    assert 0 < len(hits) <= 4
    for hit in hits:
        assert all("paywall" in hit["snippet"][start:end].lower() for start, end in hit["matches"])
    assert any(hit["matches"] for hit in hits)
    assert done(cli("search", "paywall")).count("\n") >= len(hits)
    code, out, err = cli("search", "zyzzogeton", "--json")
    assert (code, out) == (0, "")
    assert "Nothing found" in err
    without = {hit["id"] for hit in records(done(cli("search", "paywall", "-robots", "--json")))}
    assert without < {hit["id"] for hit in records(done(cli("search", "paywall", "--limit", "50", "--json")))}


def test_a_term_not_understood_is_named_and_the_rest_searches(cli: Cli) -> None:
    code, out, err = cli("search", "paywall is:purple", "--json")
    assert code == 0
    assert records(out)
    assert err.count("\n") == 1


def test_related_gives_groups_and_reasons(cli: Cli) -> None:
    found = records(done(cli("related", "broadsheet:handbook/offline", "--limit", "6", "--json")))
    assert 0 < len(found) <= 6
    assert all(set(each) >= RELATED_KEYS for each in found)
    assert {each["group"] for each in found} <= {"page", "story", "earlier", "later"}
    assert all(each["why"] for each in found)
    assert found[0]["group"] == "page"
    assert done(cli("related", "broadsheet:handbook/offline"))


@pytest.mark.parametrize("verb", ["show", "related"])
def test_an_article_that_is_not_there_is_one_sentence(cli: Cli, verb: str) -> None:
    assert "424242" in fails(cli(verb, "424242"))


def test_what_a_site_changed_is_shown_word_by_word(cli: Cli, paper: str, monkeypatch: pytest.MonkeyPatch) -> None:
    done(cli("add", paper))
    done(cli("refresh", "--json"))
    bridge = f"{paper}/story/bridge"
    assert "Nothing has changed" in fails(cli("show", bridge, "--changes"))
    headline, lede = STORIES["bridge"]
    monkeypatch.setitem(STORIES, "bridge", (f"{headline}, again", lede.replace("Monday", "Friday")))
    done(cli("refresh", "--force", "--json"))
    change = records(done(cli("show", bridge, "--changes", "--json")))[0]
    assert ["added", "Friday"] in [[kind, text.strip(" ,")] for passage in change["passages"] for kind, text in passage]
    assert "{+" in done(cli("show", bridge, "--changes"))


def test_show_fetches_what_is_not_on_disk_and_queues_it_offline(cli: Cli, paper: str) -> None:
    assert "ferry" in done(cli("show", f"{paper}/story/ferry")).lower()
    assert records(done(cli("list", "--json")))
    nowhere = "http://127.0.0.1:9/story"
    assert "queue" in fails(cli("show", nowhere))
    assert nowhere in done(cli("list", "is:queued", "--json"))


def test_words_that_must_not_stand_there_are_enough_to_search(cli: Cli) -> None:
    total = len(records(done(cli("list", "--json"))))
    for words in (("-receipt",), ("--", "-receipt")):
        assert 0 < len(records(done(cli("search", *words, "--limit", "50", "--json")))) < total
    assert cli("search")[0] == 2
    assert cli("list", "--since", "2026-13-45")[0] == 2
