import pytest

from fetch.article import Article, Paragraph, Span, count_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("Snow fell on Port Elba.", 5),
        ("Der Schnee fiel über Elba.", 5),
        ("下雪了下雪了", 3),
        ("雪がPort Elbaに降った", 5),
        ("눈이 항구에 내렸다", 3),
        ("หิมะตกที่ท่าเรือ", 4),
    ],
)
def test_words_are_counted_in_every_script(text: str, expected: int) -> None:
    assert count_words(text) == expected
    assert count_words(f"{text} \ud800") == expected + 1


def test_an_article_counts_the_words_of_its_body() -> None:
    body = (Paragraph((Span("Snow fell."),)), Paragraph((Span("下雪了。"),)))
    assert Article("https://paper.example/snow", "Snow", body).words == 5
