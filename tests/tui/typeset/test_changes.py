from datetime import UTC, datetime

from cache.diff import difference
from fetch.article import Article, Paragraph, Span
from tui.typeset.changes import lay_out_changes, summary

NOW = datetime(2026, 3, 2, 18, tzinfo=UTC)
SINCE = datetime(2026, 3, 2, 12, tzinfo=UTC)


def article(headline: str, *paragraphs: str) -> Article:
    return Article("https://gazette.example/1", headline, tuple(Paragraph((Span(text),)) for text in paragraphs))


OLD = article("Fire at the mill", "Two people were hurt, they said.", "a a a", "b b b", "c c c", "Soon more on this.")
NEW = article("Fire at the old mill", "Three people were hurt, they said.", "a a a", "b b b", "c c c")
FOUND = difference(OLD, NEW, SINCE)


def test_removed_and_added_words_have_roles() -> None:
    lines = list(lay_out_changes([FOUND], 40, now=NOW))
    assert [(run.text, run.role) for run in lines[0].runs] == [
        ("Fire at the ", "headline"),
        ("old ", "added"),
        ("mill", "headline"),
    ]
    rewritten = next(line for line in lines if "people" in line.text)
    assert [(run.text, run.role) for run in rewritten.runs] == [
        ("Two ", "removed"),
        ("Three ", "added"),
        ("people were hurt, they said.", "text"),
    ]
    assert lines[-1].runs[0].role == "removed"


def test_what_stayed_is_summed_up() -> None:
    texts = [line.text for line in lay_out_changes([FOUND], 60, now=NOW)]
    assert "… 3 paragraphs unchanged …" in texts
    assert "b b b" not in texts


def test_brackets_for_those_who_see_no_roles() -> None:
    texts = [line.text for line in lay_out_changes([FOUND], 60, now=NOW, bracketed=True)]
    assert texts[0] == "Fire at the {+old+} mill"
    assert "[-Two-] {+Three+} people were hurt, they said." in texts
    assert texts[-1] == "[-Soon more on this.-]"


def test_every_step_is_laid_out_the_latest_first() -> None:
    earlier = difference(article("Mill on fire", "Two people."), OLD, SINCE)
    texts = [line.text for line in lay_out_changes([FOUND, earlier], 60, now=NOW)]
    assert sum(text.startswith("Changed on its site") for text in texts) == 2
    assert texts.index("Fire at the old mill") < next(at for at, text in enumerate(texts) if "Mill on fire" in text)


def test_no_line_is_too_wide_and_no_word_is_lost() -> None:
    long = difference(article("H", "old " * 80 + "end"), article("H", "new " * 80 + "end"))
    lines = list(lay_out_changes([long], 20, now=NOW, bracketed=True))
    assert max(len(line.text) for line in lines) <= 20
    words = " ".join(line.text for line in lines)
    assert (words.count("old"), words.count("new")) == (80, 80)


def test_the_sentence() -> None:
    assert summary(FOUND, NOW).endswith(": 2 words added, 5 words removed.")
    assert summary(difference(OLD, NEW), NOW) == "Changed on its site: 2 words added, 5 words removed."
