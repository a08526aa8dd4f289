"""What a page's claims hold of its text: updates of a live blog with their times, a body, a price."""

from datetime import UTC, datetime

import pytest

from fetch.article import Paragraph, Span, Update
from fetch.extract.facts.jsonld_body import body_of, is_paid, updates_of


def test_the_updates_of_a_live_blog() -> None:
    claims = {
        "@type": "LiveBlogPosting",
        "liveBlogUpdate": [
            {"@type": "BlogPosting", "headline": "Mole closed &amp; guarded", "datePublished": "2024-03-05T10:00:00Z",
             "articleBody": "<p>The mole is closed.</p><p>Guards stand <b>there</b>.</p>"},
            {"datePublished": "2024-03-05T09:00:00+01:00", "articleBody": "Waves come over it."},
            {"datePublished": "2024-03-05T09:00:00+01:00", "articleBody": "Waves come over it."},
            {"headline": "Nothing to say"},
            "litter",
        ],
    }  # fmt: skip
    first, second = updates_of(claims)
    assert first == Update(
        datetime(2024, 3, 5, 10, tzinfo=UTC),
        "Mole closed & guarded",
        (Paragraph((Span("The mole is closed."),)), Paragraph((Span("Guards stand there."),))),
    )
    assert second.headline == ""
    assert second.published == datetime(2024, 3, 5, 8, tzinfo=UTC)


@pytest.mark.parametrize("claims", [{}, {"liveBlogUpdate": "x"}, {"liveBlogUpdate": [None, 3]}, {"liveBlogUpdate": {}}])
def test_no_updates(claims: dict) -> None:
    assert updates_of(claims) == ()


def test_a_body_line_by_line() -> None:
    assert [block.spans[0].text for block in body_of({"articleBody": "One &amp; one.\n\nTwo.\r\n Three. "})] == [
        "One & one.",
        "Two.",
        "Three.",
    ]
    assert body_of({"articleBody": ["no text"]}) == ()


@pytest.mark.parametrize(
    ("claimed", "paid"),
    [(False, True), ("False", True), ("false ", True), (True, False), ("true", False), (None, False)],
)
def test_what_costs_says_so(claimed: object, paid: bool) -> None:
    assert is_paid({"isAccessibleForFree": claimed}) is paid
    assert not is_paid({})
