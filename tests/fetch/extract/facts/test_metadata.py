import pytest

from fetch.extract import extract

URL = "https://paper.example/news/snow"
TEXT = "".join(f"<p>Snow fell on Port Elba on day {day}, and the ships stayed where they were.</p>" for day in range(9))


def meta(name: str, picture: str) -> str:
    return f'<meta property="{name}" content="{picture}">'


def claim(picture: str) -> str:
    article = f'{{"@type": "NewsArticle", "headline": "Snow", "image": "{picture}"}}'
    return f'<script type="application/ld+json">{article}</script>'


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (meta("og:image", "/snow.jpg"), "https://paper.example/snow.jpg"),
        (meta("og:image", "/small.gif") + meta("og:image:secure_url", "/large.jpg"), "https://paper.example/large.jpg"),
        (meta("twitter:image", "/t.jpg") + meta("og:image", "/snow.jpg"), "https://paper.example/snow.jpg"),
        (claim("/claimed.jpg"), "https://paper.example/claimed.jpg"),
        (meta("og:image", "javascript:alert(1)"), None),
        ("", None),
    ],
)
def test_the_picture_an_article_is_shown_with(head: str, expected: str | None) -> None:
    page = f"<html><head>{head}</head><body><article><h1>Snow</h1>{TEXT}</article></body></html>"
    image = extract(page.encode(), URL).image
    assert (image.src if image else None) == expected
