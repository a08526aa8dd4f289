"""What stands between two marks is replaced, and what only begins is left alone."""

import pytest

from fetch.enclosed import COMMENT, replaced


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a<!-- b -->c", "a c"),
        ("<!--a--><!--b-->c", "  c"),
        ("a<!-- b", "a<!-- b"),
        ("a<!-- b -->c<!-- d", "a c<!-- d"),
        ("a-->b", "a-->b"),
        ("<!-- a <!-- b --> c -->", "  c -->"),
        ("", ""),
    ],
)
def test_comments(text: str, left: str) -> None:
    assert replaced(text, COMMENT, " ") == left
