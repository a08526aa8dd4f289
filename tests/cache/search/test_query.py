"""What people type is understood, and what is not gets one sentence."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cache.search.query import LONGEST_QUERY, MOST_PIECES, NOTHING, Filter, Term, parse

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
QUERY_PIECES = [
    *(
        "a",
        "word ",
        " ",
        "-",
        '"',
        ":",
        "|",
        "OR ",
        "*",
        "\x00",
        "\n",
        "is:",
        "is:unread ",
        "-is:x ",
        "since:",
        "7d",
        "9999y ",
    ),
    *("on:2024-02-30 ", "before:0001-01-01 ", "since:9999-12 ", "source:", "headline:", "x:y ", "https://a.example/ "),
    *("'", "(", ")", "NEAR(", "AND ", "{a}", "^", "é", "語", "\ud800", "\u202e", "-- ", ";", "%", "_", "&", "on:0000 "),
]


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
        ("-is:full", Filter("is", "incomplete")),
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


BEGINNINGS = ['"', '""', "-", '-"', "is:", "is:un", "source:", "-tag:", "OR", "since:7"]


@pytest.mark.parametrize("typed", ["", "   ", "\x00"])
def test_what_is_blank_asks_for_everything(typed):
    assert parse(typed) == parse("") == parse(typed, typing=True)
    assert parse("").filters == ()


@pytest.mark.parametrize("typed", BEGINNINGS)
def test_a_beginning_finds_everything_while_it_is_typed_and_nothing_once_it_is_not(typed):
    assert not parse(typed, typing=True).filters
    assert parse(typed).filters == (NOTHING,)
    assert len(parse(typed).errors) == 1


@pytest.mark.parametrize("typed", ["((((", "* ( ) : ^", "'", "---", "!?", "(((( ))))", "-((", "…", "🙂"])
def test_what_holds_nothing_to_look_for_finds_nothing_and_says_so(typed):
    for typing in (False, True):
        query = parse(typed, typing=typing)
        assert query.filters == (NOTHING,)
        assert len(query.errors) == 1
        assert typed in query.errors[0]
    assert not parse(f"{typed} ferry").errors


def test_a_filter_not_understood_is_no_list_of_everything():
    for typed in ("is:funny", "since:yore", "is:funny since:yore"):
        assert parse(typed).filters == (NOTHING,)
        assert "nothing that can be looked for" not in parse(typed).errors[0]


def test_a_mistyped_filter_is_said_and_searched_as_a_phrase():
    query = parse("sinse:7d x", NOW)
    assert query.wanted == ((Term("sinse 7d", phrase=True),), (Term("x"),))
    assert query.filters == ()
    assert query.errors[0].startswith(
        "There is no filter “sinse:” (did you mean “since:”?), so “sinse 7d” is searched; there are source, "
    )
    assert "did you mean" not in parse("colour:red").errors[0]
    left_out = parse("x -sinse:7d", NOW)
    assert left_out.unwanted == (Term("sinse 7d", phrase=True),)
    assert ", so what says “sinse 7d” is left out; there are source, " in left_out.errors[0]


@pytest.fixture
def berlin(monkeypatch):
    """A reader where clocks went back in the night to 25 October 2026 and forward in the night to 29 March."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("at", "typed", "first", "after"),
    [
        ("2026-10-25T11:00+01:00", "today", "2026-10-25T00:00+02:00", "2026-10-26T00:00+01:00"),
        ("2026-10-25T11:00+01:00", "yesterday", "2026-10-24T00:00+02:00", "2026-10-25T00:00+02:00"),
        ("2026-10-26T11:00+01:00", "yesterday", "2026-10-25T00:00+02:00", "2026-10-26T00:00+01:00"),
        ("2026-10-25T00:30+00:00", "today", "2026-10-25T00:00+02:00", "2026-10-26T00:00+01:00"),
        ("2026-03-29T11:00+02:00", "today", "2026-03-29T00:00+01:00", "2026-03-30T00:00+02:00"),
        ("2026-03-30T11:00+02:00", "yesterday", "2026-03-29T00:00+01:00", "2026-03-30T00:00+02:00"),
    ],
)
def test_days_are_the_readers_own_when_clocks_change(berlin, at, typed, first, after):
    (found,) = parse(f"on:{typed}", datetime.fromisoformat(at)).filters
    expected = [datetime.fromisoformat(moment).timestamp() for moment in (first, after)]
    assert list(map(float, str(found.value).split())) == expected
    assert parse(f"since:{typed}", datetime.fromisoformat(at)).filters == (Filter("since", expected[0]),)


def test_the_last_word_is_a_beginning_only_while_typing():
    assert parse("big carr", typing=True).wanted == ((Term("big"),), (Term("carr", prefix=True, begun=True),))
    assert parse("big carr ", typing=True).wanted == ((Term("big"),), (Term("carr"),))
    assert parse("carr is:unread", typing=True).wanted == ((Term("carr"),),)
    assert parse("carr -dri", typing=True).wanted == ((Term("carr"),),)
    assert parse("carr*").wanted == ((Term("carr", prefix=True),),)


def test_far_dates_do_not_break():
    assert parse("since:9999y before:9999").filters


@pytest.mark.parametrize(
    "piece", ["word ", "-word ", "word OR ", "headline:x ", '"two words" ', "since:7d ", "x:y ", "w*"]
)
def test_of_what_is_long_only_the_beginning_is_searched_and_that_is_said(piece):
    query = parse(piece * 5000, NOW, typing=True)
    assert len(query.filters) + len(query.unwanted) + sum(map(len, query.wanted)) <= MOST_PIECES
    assert query.errors[0].startswith("This is long: only its beginning is searched")


def test_what_is_just_not_too_long_is_searched_whole():
    assert len(parse(" ".join(["word"] * MOST_PIECES)).wanted) == MOST_PIECES
    assert not parse(" ".join(["word"] * MOST_PIECES) + "  ").errors
    assert parse("x" * LONGEST_QUERY).wanted[0][0].text == "x" * LONGEST_QUERY
    assert not parse("x" * LONGEST_QUERY).errors


@given(st.one_of(st.text(), st.lists(st.sampled_from(QUERY_PIECES)).map("".join)), st.booleans())
def test_property_any_string_is_a_query(text, typing):
    query = parse(text, NOW, typing=typing)
    assert all(isinstance(error, str) for error in query.errors)
    if text.replace("\x00", " ").strip() and not typing:
        assert query.wanted or query.unwanted or query.filters, (
            "what holds nothing to look for must not find everything"
        )


@pytest.mark.wall_clock
@pytest.mark.parametrize("piece", [piece for piece in QUERY_PIECES if piece])
def test_the_time_it_takes_grows_with_the_text(piece):
    few, many = (piece * (size // len(piece)) for size in (50_000, 800_000))
    quick = min(_seconds(few) for _ in range(5))
    assert min(_seconds(many) for _ in range(3)) < max(100 * quick, 0.05)  # 16 times as long; with its square, 256


def _seconds(text):
    began = time.perf_counter()
    parse(text, NOW)
    return time.perf_counter() - began
