import time

import pytest

from cache.diff import Edit, Passage, compare, difference
from fetch.article import Article, Paragraph, Span


def article(headline: str, *paragraphs: str) -> Article:
    return Article("https://gazette.example/1", headline, tuple(Paragraph((Span(text),)) for text in paragraphs))


def marked(passage: Passage) -> str:
    signs = {"kept": "{}", "removed": "[-{}-]", "added": "[+{}+]"}
    return "".join(signs[edit.change].format(edit.text) for edit in passage.edits)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Two boats sank.", "Two boats sank.", "Two boats sank."),
        (
            "Two boats sank off the quay.",
            "Three boats sank off the quay.",
            "[-Two -][+Three +]boats sank off the quay.",
        ),
        ("The mayor will speak today.", "The mayor will not speak today.", "The mayor will [+not +]speak today."),
        ("It was, he said, a lie.", "It was a lie.", "It was [-, he said, -]a lie."),
        ("One two", "One two three four", "One two [+three four+]"),
        ("a b c d e", "a x c y e", "a [-b c d -][+x c y +]e"),
        ("", "New words", "[+New words+]"),
        ("Old words", "", "[-Old words-]"),
        ("", "", ""),
        ("防衛省は火曜日、計画が遅れる", "防衛省は水曜日、計画が遅れる", "防衛省は[-火-][+水+]曜日、計画が遅れる"),
    ],
)
def test_a_passage_word_by_word(old: str, new: str, expected: str) -> None:
    passage = compare(old, new)
    assert marked(passage) == expected
    assert "".join(edit.text for edit in passage.edits if edit.change != "removed").split() == new.split()
    assert "".join(edit.text for edit in passage.edits if edit.change != "added").replace(" ", "") == old.replace(
        " ", ""
    )


def test_an_article() -> None:
    old = article(
        "Fire at the mill", "The mill burns.", "Two people were hurt, the fire brigade said on Monday.", "More soon."
    )
    new = article(
        "Fire at the old mill",
        "The mill burns.",
        "Three people were hurt, the fire brigade said on Monday evening.",
        "The cause is not known.",
    )
    found = difference(old, new)
    assert marked(found.headline) == "Fire at the [+old +]mill"
    assert [passage.change for passage in found.passages] == ["kept", "rewritten", "added", "removed"]
    assert marked(found.passages[1]) == (
        "[-Two -][+Three +]people were hurt, the fire brigade said on Monday [+evening+]."
    )
    assert (found.added, found.removed) == (8, 3)


def test_paragraphs_that_came_and_went_around_one_that_stayed() -> None:
    found = difference(article("H", "a b c", "stays as it is"), article("H", "new first", "stays as it is", "new last"))
    assert [marked(passage) for passage in found.passages] == [
        "[+new first+]",
        "[-a b c-]",
        "stays as it is",
        "[+new last+]",
    ]


def test_nothing_changed() -> None:
    found = difference(article("H", "a"), article("H", "a"))
    assert (found.added, found.removed) == (0, 0)
    assert found.passages == (Passage((Edit("kept", "a"),)),)


def test_a_very_long_text_takes_no_time() -> None:
    started = time.process_time()
    old = article("H", *(f"paragraph {n} says this and that of it" for n in range(600)), "word " * 5000)
    new = article("H", *(f"paragraph {n} says this or that of it" for n in range(600)), "other " * 5000)
    assert difference(old, new).added == 600 + 5000
    assert time.process_time() - started < 5
