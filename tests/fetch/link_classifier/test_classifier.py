"""Whether a link leads to a story, by its words and its address."""

from __future__ import annotations

import pytest

from fetch.link_classifier.classifier import is_story

HEADLINE = "Harbor Watch rescues crew of stranded trawler"


@pytest.mark.parametrize(
    ("text", "url", "expected"),
    [
        (
            HEADLINE,
            "https://www.harbor.example/News/Article/3100/harbor-watch-rescues-crew-of-stranded-trawler/",
            True,
        ),
        ("Mayor opens the old bridge again", "/2024/03/01/mayor-opens-old-bridge", True),
        ("Bürgermeisterin öffnet die alte Brücke", "/politik/buergermeisterin-oeffnet-alte-bruecke-1234567.html", True),
        ("Sports", "/sports/", False),
        ("About us", "https://www.harbor.example/about-us", False),
        ("Subscribe", "https://subscribe.harbor.example/?offer=3", False),
        ("Ida Quill", "/author/ida-quill/", False),
        ("", "http://[half", False),
        (HEADLINE, "https://www.harbor.example/2026/10/02/crew-of-trawler.jpg", False),
        (HEADLINE, "https://www.harbor.example/2026/10/02/crew-of-trawler.html", True),
    ],
)
def test_is_story(text: str, url: str, expected: bool) -> None:
    assert is_story(text, url) is expected
