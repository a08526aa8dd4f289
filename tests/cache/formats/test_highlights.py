"""Highlights come back from a file as they went into it, so that none is there twice."""

from __future__ import annotations

import json

import pytest

from cache.errors import CacheError
from cache.formats.highlights import highlight_record, highlights_in
from cache.formats.jsonl import read_lines
from cache.highlight import TextRange
from cache.rules.anchoring import highlight_of

TEXTS = [
    "This is how:\ndef span(a, b):\n    # metres\n    if a > b:\n        return a - b\n    return b - a\nSo it is.",
    "A wide\u3000space and\u00a0a narrow one,   three, cafe\u0301 and 👩\u200d👧 at the end",
    "می\u200cخواهم به خانه\u200cها بروم و کتاب\u200cهای خود را در آن\u200cجا بخوانم",
    "قال مدير\u200f الميناء إن الجسر\nسيغلق\n\n\n  هنا",
]


@pytest.mark.parametrize("text", TEXTS)
def test_what_stands_about_the_words_stays_as_it_is(text: str) -> None:
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1, 3):
            made = highlight_of(TextRange(text, start, end))
            if made.text:
                (read,) = highlights_in({"highlights": json.loads(json.dumps([highlight_record(made)]))})
                assert read.quote == made.quote


def test_what_a_record_has_as_null_is_as_if_it_did_not_speak_of_it() -> None:
    names = ("note", "text", "dek", "tags", "highlights", "authors", "related", "reason", "published", "page_sha256")
    row = {"url": "https://gazette.example/mole", "headline": "Mole", **dict.fromkeys(names)}
    (found,) = read_lines([json.dumps(row)], "a file")
    assert (found.facts.acts, found.highlights, found.entry.offline) == ((), (), "teaser")
    assert (found.article.dek, found.article.body, found.article.authors) == ("", (), ())
    with pytest.raises(CacheError, match="Line 1 of a file is no article"):
        list(read_lines([json.dumps(row | {"headline": None})], "a file"))


def test_which_of_the_same_words_is_meant_comes_back_too() -> None:
    text = "\n".join(["Departures are delayed until further notice."] * 5)
    made = highlight_of(TextRange(text, 3 * 45, 3 * 45 + 44))
    assert made.occurrence > 0
    (read,) = highlights_in({"highlights": [json.loads(json.dumps(highlight_record(made)))]})
    assert read.quote == made.quote
    for odd in (0, -3, True, "2", None, 1.5, 10**30):
        (read,) = highlights_in({"highlights": [{"text": "a", "occurrence": odd}]})
        assert 0 <= read.occurrence < 2**31
