"""The values that options check: sizes, numbers, times."""

from __future__ import annotations

from argparse import ArgumentTypeError

import pytest

from tui.cli.options import amount, since, size


@pytest.mark.parametrize(
    ("text", "octets"), [("300k", 300_000), ("2M", 2_000_000), ("1.5m", 1_500_000), ("40", 40), ("7kB", 7000)]
)
def test_sizes_as_people_write_them(text: str, octets: int) -> None:
    assert size(text) == octets


def test_options_refuse_what_they_do_not_understand() -> None:
    wrong = ((size, "lots"), (size, "nanM"), (size, "1e999"), (amount, "-1"), (amount, "²"), (since, "soon"))
    for kind, text in wrong:
        with pytest.raises(ArgumentTypeError):
            kind(text)


def test_an_age_or_a_day_becomes_a_term_of_the_query_language() -> None:
    for text in ("24h", "7 days", "today", "2026-11", "2026-11-01"):
        assert since(text) == f'since:"{text}"'
    for text in ("", '7d" is:"saved', "2026-13-45", "7d is:saved"):
        with pytest.raises(ArgumentTypeError):
            since(text)
