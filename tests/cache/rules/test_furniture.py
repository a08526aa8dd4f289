"""Which passages are a site's furniture: told by how often they stand under its stories, and where."""

from __future__ import annotations

from random import Random
from time import perf_counter

import pytest

from cache.rules.furniture import passages, without_furniture
from cache.site import Site, SiteRule
from fetch.article import Article, Block, Break, Footnote, Heading, Paragraph, Span
from fetch.passages import digests_of

PROMPT = "Sign up for our weekly newsletter and never miss a story from the coast."
BIOGRAPHY = "Jane Doe covers ports and shipping for the Harbour Gazette. She lives in Kiel."
BACKGROUND = (
    "The dispute over the harbour began eleven years ago, when the council sold the quay to an investor whose plans for"
    " offices, a hotel and a marina have been before the courts ever since, and whose owners say that they will not"
    " give up what they have paid for, whatever any council decides; the last ruling gave neither side what it wanted."
)
WORDS = "quay ferry council vote pilots storm strike bridge fishing winter budget rail court mayor depot timber".split()


def sentence(seed: int, place: int) -> str:
    chosen = Random(seed * 100 + place)
    return f"On day {seed} the {' '.join(chosen.choices(WORDS, k=14))} came before {chosen.choice(WORDS)} again."


def story(seed: int, *around: str, before: tuple[str, ...] = (), middle: tuple[str, ...] = ()) -> Article:
    told = [sentence(seed, place) for place in range(6)]
    return article(*before, *told[:3], *middle, *told[3:], *around)


def article(*texts: str) -> Article:
    return Article("https://gazette.example/a", "Headline", tuple(map(block, texts)))


def block(text: str) -> Block:
    if text == "---":
        return Break()
    if text.startswith("^"):
        return Footnote(text[1:], (Paragraph((Span("The council's own words."),)),))
    return Heading(2, (Span(text[2:]),)) if text.startswith("# ") else Paragraph((Span(text),))


def site(*articles: Article, rules: tuple[SiteRule, ...] = ()) -> Site:
    return Site(tuple(digests_of(each.body) for each in articles), rules)


def left_out(read: Article, known: Site) -> list[str]:
    kept = without_furniture(read, known)
    return [line for line in read.text.split("\n") if line not in kept.text.split("\n")]


def test_what_stands_under_every_story_is_left_out_from_the_third_on() -> None:
    read = story(1, PROMPT)
    assert left_out(read, site(story(2, PROMPT))) == []
    assert left_out(read, site(story(2, PROMPT), story(3, PROMPT))) == [PROMPT]


def test_a_prompt_between_paragraphs_is_left_out_where_half_of_all_stories_have_it() -> None:
    read = story(1, middle=(PROMPT,))
    with_it, without = [story(seed, middle=(PROMPT,)) for seed in (2, 3)], [story(seed) for seed in (4, 5, 6)]
    assert left_out(read, site(*with_it, *without[:2])) == [PROMPT]
    assert left_out(read, site(*with_it, *without)) == []


def test_a_biography_at_the_end_is_left_out_though_few_stories_have_it_and_its_heading_goes_with_it() -> None:
    read = story(1, "# About the author", BIOGRAPHY)
    known = site(story(2, BIOGRAPHY), story(3, BIOGRAPHY), *[story(seed) for seed in range(4, 40)])
    assert left_out(read, known) == ["About the author", BIOGRAPHY]


def test_what_stands_behind_a_break_or_before_a_footnote_stands_at_the_end_and_one_break_is_left() -> None:
    read, others = story(1, "---", PROMPT, "---", BIOGRAPHY, "^1"), [story(seed) for seed in range(4, 40)]
    known = site(*[story(seed, PROMPT, "---", BIOGRAPHY) for seed in (2, 3)], *others)
    kept = without_furniture(read, known)
    assert kept.body == (*read.body[:7], read.body[-1])


def test_a_break_that_parts_two_texts_is_left() -> None:
    read = article(sentence(1, 1), "---", PROMPT, "---", sentence(1, 2), "---", sentence(1, 3))
    told = site(rules=(SiteRule("gazette.example", PROMPT),))
    assert without_furniture(read, told).body == tuple(read.body[place] for place in (0, 1, 4, 5, 6))
    first = article(PROMPT, "---", sentence(1, 1))
    assert without_furniture(first, told).body == first.body[2:]


def test_the_background_that_stories_of_one_matter_share_stays() -> None:
    others = [story(seed) for seed in range(4, 40)]
    inside, behind = (story(1, middle=(BACKGROUND,)), story(1, BACKGROUND))
    for read in (inside, behind):
        known = site(story(2, BACKGROUND), story(3, middle=(BACKGROUND,)), *others)
        assert left_out(read, known) == []


def test_a_boilerplate_opening_is_left_out_where_a_third_of_the_stories_have_it() -> None:
    read = story(1, before=(PROMPT,))
    known = [story(seed, before=(PROMPT,)) for seed in (2, 3)]
    assert left_out(read, site(*known, *[story(seed) for seed in (4, 5, 6)])) == [PROMPT]
    assert left_out(read, site(*known, *[story(seed) for seed in range(4, 12)])) == []


def test_a_story_that_was_changed_is_no_other_story() -> None:
    read = story(1, "The vote was put off.")
    again = [
        article(*read.text.split("\n")[:-1], f"The vote is on {day} now, say the council.") for day in ("Monday",) * 4
    ]
    assert left_out(read, site(*again)) == []


def test_most_of_a_text_is_never_left_out_for_recurring() -> None:
    said = [PROMPT, BIOGRAPHY, *[f"{sentence(9, place)}" for place in range(3)]]
    read = article(sentence(1, 0), sentence(1, 1), *said)
    known = site(*[article(*[sentence(seed, place) for place in range(9)], *said) for seed in (2, 3)])
    assert left_out(read, known) == []


def test_headings_pictures_and_short_lines_never_recur() -> None:
    read = article("# What we like", sentence(1, 1), "Read more", "# The verdict", sentence(1, 2))
    known = site(*[article("# What we like", sentence(seed, 1), "Read more", "# The verdict") for seed in (2, 3, 4)])
    assert left_out(read, known) == []


def test_what_the_reader_says_goes_before_what_recurs() -> None:
    read, others = story(1, PROMPT), (story(2, PROMPT), story(3, PROMPT))
    kept = SiteRule("gazette.example", PROMPT, kept=True)
    assert left_out(read, site(*others, rules=(kept,))) == []
    out = SiteRule("gazette.example", sentence(1, 2).upper())
    assert left_out(read, site(rules=(out,))) == [sentence(1, 2)]
    assert left_out(story(2), site(rules=(out,))) == []


def test_a_beginning_means_all_that_begin_so_and_one_passage_s_rule_goes_first() -> None:
    more = ["Read more: the ferry is late again today", "Read more: why the council waits for the court"]
    read = story(1, *more)
    begins = SiteRule("gazette.example", "Read more:", "begins")
    assert left_out(read, site(rules=(begins,))) == more
    kept = SiteRule("gazette.example", more[1], kept=True)
    assert left_out(read, site(rules=(begins, kept))) == more[:1]
    assert left_out(read, site(rules=(SiteRule("gazette.example", "…", "begins"),))) == []


def test_the_longest_beginning_goes_first_and_words_it_only_starts_with_are_another_s() -> None:
    more = ["Read more: the ferry is late again today", "Read more: why the council waits", "Read more than this"]
    said = (
        SiteRule("gazette.example", "Read more:", "begins"),
        SiteRule("gazette.example", "Read more: why", "begins", kept=True),
    )
    for rules in (said, said[::-1]):
        assert left_out(story(1, *more), site(rules=rules)) == more[:1]


def test_what_only_its_numbers_make_news_stays() -> None:
    closed = [f"The shares closed at {price} crowns in the evening, the exchange says." for price in (12, 13, 15)]
    read, *others = [story(seed, said) for seed, said in enumerate(closed)]
    assert left_out(read, site(*others)) == []


@pytest.mark.wall_clock
def test_thousands_of_rules_cost_an_article_no_more_than_a_moment() -> None:
    rules = [SiteRule("gazette.example", f"Number {'x' * (n % 90)} {n:x} is out", "begins") for n in range(5000)]
    rules += [SiteRule("gazette.example", f"The notice {n:x} of the harbour is over") for n in range(5000)]
    read, known = article(*[sentence(1, place) for place in range(200)]), site(rules=tuple(rules))
    took = []
    for _ in range(3):
        begun = perf_counter()
        without_furniture(read, known)
        took.append(perf_counter() - begun)
    assert min(took) < 0.5


def test_each_passage_is_told_with_why_it_is_left_out() -> None:
    read = story(1, BIOGRAPHY, PROMPT)
    known = site(story(2, PROMPT), story(3, PROMPT), rules=(SiteRule("gazette.example", BIOGRAPHY),))
    assert [passage.why for passage in passages(read, known)] == [*[""] * 6, "told", "recurs"]
    assert [passage.place for passage in passages(read, known)] == list(range(8))
