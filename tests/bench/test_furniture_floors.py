"""A remembered site in an invented world: what is left of its furniture, and what is lost of its stories."""

from __future__ import annotations

from tests.bench.furniture import measured


def test_furniture_goes_once_a_site_is_known_and_hardly_any_story_with_it() -> None:
    found = measured(4, 24)
    assert found.left_alone > found.furniture * 0.9, "page by page it cannot be told: else this measures nothing"
    assert found.left <= found.furniture * 0.02
    assert (found.lost_alone, found.lost <= found.story * 0.01) == (0, True)
