"""What the texts of a story on the front page say: the sentence that most share, the figures that differ."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest

from cache.front.shared_sentence import Telling, shared_sentence
from cache.related import sentences as related_sentences
from cache.related.index import Idf
from tests.cache.front.conftest import NOON
from tests.news_events import PAPERS


class Even:
    """All words tell the same."""

    def load(self, words):
        """Knows them all."""

    def __getitem__(self, word):
        return 1.0


def shared(*texts, headlines="Ferry Vestra sinks off Orlan"):
    return shared_sentence([Telling(number, headlines, text) for number, text in enumerate(texts, 1)], Even())


def test_the_sentence_stands_in_the_report_it_is_quoted_from(newsroom, page, reader, events):
    for kind in ("ferry", "court", "vaccine"):
        (reports,) = events(5, kind=kind, seed=len(kind))
        newsroom.land([replace(one, event=len(kind)) for one in reports], NOON)
    stories = page().stories
    assert len(stories) >= 3
    for story in stories:
        quote = reader.front_detail(story).quote
        assert quote.text in reader.article(quote.entry_id).text
        assert quote.source == reader.entry(quote.entry_id).source
        assert quote.entry_id in story.reports
        assert len(story.originals) / 2 < quote.shared_by <= quote.reports == len(story.originals)


def test_each_text_is_cut_into_sentences_once_and_words_are_looked_up_once_a_page(
    newsroom, page, reader, events, monkeypatch
):
    for number, told in enumerate(events(12, 12, kind="ferry")):
        newsroom.land([replace(one, event=number) for one in told], NOON)
    stories = page().stories
    assert [len(story.originals) for story in stories] == [12, 12]
    cut, asked, cuts, load = Counter(), Counter(), related_sentences._cut, Idf.load
    monkeypatch.setattr(related_sentences, "_cut", lambda text: cut.update([text]) or cuts(text))
    monkeypatch.setattr(
        Idf, "load", lambda idf, words: asked.update(set(words) - idf._known.keys()) or load(idf, words)
    )
    for story in stories:
        reader.front_detail(story)
    assert sum(cut.values()) == 24
    assert max(asked.values()) == 1


def test_the_sentence_is_the_first_that_most_share_in_substance():
    found = shared(
        "Fog lay over the bay all morning long. The ferry Vestra sank off Orlan on Monday with 84 people aboard.",
        "With 84 people aboard the ferry Vestra sank off Orlan on Monday. Its owner lives in Port Maren and has a dog.",
        "The ferry Vestra sank off Orlan on Monday. Nobody knows why. Divers go down today.",
    )
    assert found.shared_by == 3
    assert "Vestra sank off Orlan on Monday" in found.text


def test_reports_that_share_nothing_have_no_sentence(newsroom, page, reader, events):
    one = Telling(1, "Ferry sinks", "The ferry Vestra sank near Orlan on Monday.")
    other = Telling(2, "Painter dies", "A painter of Port Maren has died aged ninety.")
    assert shared_sentence([one, other], Even()) is None
    (reports,) = events(4)
    newsroom.land(reports, NOON)
    (story,) = page().stories
    newsroom.store.connection.run("DELETE FROM article")
    assert reader.front_detail(story).quote is None


@pytest.mark.parametrize(
    "leaning",
    [
        "But it sank on Monday off Orlan, the ferry Vestra.",
        "“The ferry Vestra sank off Orlan,” said the owner of it.",
        "They say that the ferry Vestra sank off Orlan.",
        "Did the ferry Vestra sink off Orlan on Monday?",
        "Ferry Vestra sinks off Orlan",
    ],
)
def test_a_sentence_that_does_not_stand_by_itself_is_not_the_one(leaning):
    told = "The ferry Vestra sank on Monday off Orlan with its crew."
    assert shared(f"{leaning}\n{told}", f"{leaning}\n{told}").text == told


def test_a_single_report_has_its_own_sentence():
    assert (
        shared("Fog. The ferry Vestra sank off Orlan on Monday.").text == "The ferry Vestra sank off Orlan on Monday."
    )


@pytest.mark.parametrize("odd", ["", " ", "\n\n", "…", "。" * 50, "x" * 5000, "\x00\ud800", "1 2 3 4 5.\n" * 400])
def test_odd_texts_are_no_sentence_and_no_trouble(odd):
    found = shared(odd, odd, odd)
    assert found is None or found.text in odd
    assert shared_sentence([], Even()) is None


def test_a_text_without_blanks_between_words_has_its_sentence():
    text = "客船「暁」が月曜日に折蘭沖で沈没し、乗客八十四人が行方不明になっている。捜索は夜通し続いた。"
    found = shared(text, text + "原因は不明である。", headlines="客船「暁」が折蘭沖で沈没")
    assert found.text.startswith("客船「暁」が月曜日に折蘭沖で沈没し")


def test_figures_that_differ_are_told_with_their_sources(newsroom, page, reader, events):
    (reports,) = events(5, kind="ferry")
    number = re.search(r"(\d+) passengers are missing|(\d+) are missing", reports[0].text)
    missing = number[1] or number[2]
    changed = [replace(one, text=one.text.replace(f"{missing} ", "99 ")) for one in reports[:2]]
    newsroom.land([*changed, *reports[2:]], NOON)
    (story,) = page().stories
    differing = [each for each in reader.front_detail(story).differing if "99" in str(each.figures)]
    assert differing
    figures = {figure.split()[0] for figure, _, _ in differing[0].figures}
    assert {"99", missing} <= figures
    assert {source for _, _, source in differing[0].figures} <= set(PAPERS)


@pytest.mark.parametrize(("counted", "differ"), [((3, 5, 8), True), ((3, 5, 8, 9, 11), False), ((3, 3, 8, 8, 9), True)])
def test_what_every_report_counts_otherwise_is_no_difference(newsroom, page, reader, events, counted, differ):
    (reports,) = events(len(counted), kind="ferry")
    line = "\nThe ferryman at Orlan, {} leagues away, had heard of it on the radio."
    newsroom.land([replace(one, text=one.text + line.format(n)) for one, n in zip(reports, counted, strict=True)], NOON)
    (story,) = page().stories
    assert ("leagues" in {each.what for each in reader.front_detail(story).differing}) == differ
