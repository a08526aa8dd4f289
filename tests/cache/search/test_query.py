"""What people type is understood, and what is not gets one sentence."""

from datetime import UTC, datetime, timedelta

import pytest

from cache.search.query import Filter, Term, parse

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def test_words_phrases_and_what_must_not_be():
    query = parse('carrier "pearl harbor" -drill -"war game"')
    assert query.wanted == ((Term("carrier"),), (Term("pearl harbor", phrase=True),))
    assert query.unwanted == (Term("drill"), Term("war game", phrase=True))
    assert not query.errors


def test_either_of_two():
    assert parse("carrier OR destroyer fleet").wanted == ((Term("carrier"), Term("destroyer")), (Term("fleet"),))
    assert parse("OR carrier OR").wanted == ((Term("carrier"),),)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("is:unread", Filter("is", "unread")),
        ("-is:unread", Filter("is", "read")),
        ("-is:full", Filter("is", "partial")),
        ("IS:Starred", Filter("is", "saved")),
        ('source:"USNI News"', Filter("source", "USNI News")),
        ("source:7", Filter("source", "7")),
        ("lang:de", Filter("lang", "de")),
        ("tag:later", Filter("tag", "later")),
        ("since:7d", Filter("since", (NOW - timedelta(days=7)).timestamp())),
        ("since:24h", Filter("since", (NOW - timedelta(hours=24)).timestamp())),
    ],
)
def test_filters(typed, found):
    query = parse(typed, NOW)
    assert query.filters == (found,)
    assert not query.has_words
    assert not query.errors


def test_a_day_begins_at_the_readers_midnight():
    local = datetime(2024, 11, 1).astimezone()
    assert parse("before:2024-11-01").filters == (Filter("before", local.timestamp()),)
    assert parse("since:2024-11").filters == (Filter("since", local.timestamp()),)
    day = parse("on:2024-11-01").filters[0]
    assert day.value == f"{local.timestamp()} {datetime(2024, 11, 2).astimezone().timestamp()}"


def test_fields_of_words():
    assert parse("author:kim title:carrier").wanted == ((Term("kim", "authors"),), (Term("carrier", "headline"),))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("is:funny", "is:funny"),
        ("since:yore", "since:yore"),
        ("before:2024-13-01", "before:2024-13-01"),
        ("since:0000", "since:0000"),
        ("colour:red", "colour:"),
    ],
)
def test_an_error_is_one_sentence_and_the_rest_still_counts(typed, said):
    query = parse(f"carrier {typed} is:unread")
    assert len(query.errors) == 1
    assert said in query.errors[0]
    assert query.errors[0].endswith(".")
    assert query.wanted[0] == (Term("carrier"),)
    assert query.filters == (Filter("is", "unread"),)


def test_addresses_and_times_are_words_not_filters():
    assert not parse("https://paper.example/a 10:30").errors


@pytest.mark.parametrize("typed", ["", "   ", '"', '""', "-", '-"', "is:", "source:", "OR", "* ( ) : ^", "'", "\x00"])
def test_fragments_are_no_errors(typed):
    assert parse(typed) == parse("")


def test_the_last_word_is_a_beginning_only_while_typing():
    assert parse("big carr", typing=True).wanted == ((Term("big"),), (Term("carr", prefix=True, begun=True),))
    assert parse("big carr ", typing=True).wanted == ((Term("big"),), (Term("carr"),))
    assert parse("carr is:unread", typing=True).wanted == ((Term("carr"),),)
    assert parse("carr -dri", typing=True).wanted == ((Term("carr"),),)
    assert parse("carr*").wanted == ((Term("carr", prefix=True),),)


def test_far_dates_do_not_break():
    assert parse("since:9999y before:9999").filters
