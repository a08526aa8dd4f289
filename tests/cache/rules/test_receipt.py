from __future__ import annotations

import pytest

from cache.rules.receipt import sentence


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"full": 150, "part": 0, "teaser": 0, "failed": 0, "reasons": {}}, "150 of 150 complete"),
        ({"full": 147, "part": 0, "teaser": 3, "failed": 0, "reasons": {"paywall": 3}},
         "147 of 150 complete, 3 paywalled"),
        ({"full": 1, "part": 0, "teaser": 4, "failed": 2, "reasons": {"timed out": 2}},
         "1 of 7 complete, 2 timed out, 4 waiting"),
        ({"full": 0, "part": 0, "teaser": 0, "failed": 0, "reasons": {}}, "0 of 0 complete"),
        ({"full": 12_000, "part": 0, "teaser": 0, "failed": 1, "reasons": {"robots": 1}},
         "12,000 of 12,001 complete, 1 closed to programs"),
        ({"full": 3, "part": 2, "teaser": 1, "failed": 1, "reasons": {"not found": 1},
          "part_reasons": {"paywall": 1, "later pages missing": 1}},
         "3 of 7 complete, 2 in part (paywalled, later pages missing), 1 not found, 1 waiting"),
    ],
)  # fmt: skip
def test_the_receipt_says_what_is_complete_and_why_the_rest_is_not(counts: dict[str, object], said: str) -> None:
    assert sentence(counts) == said
