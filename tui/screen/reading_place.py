"""Where a reader is in a text into which a passage was put above, or out of which one was taken."""

from __future__ import annotations

from fetch.article import Article, lines
from tui.typeset.line import letters_and_digits


def place_in(after: Article, before: Article, letters: int) -> int:
    """So many letters of a text, as many as lead to the same place in another state of it, which has passages more."""
    return letters if before.by_rule == after.by_rule else _of_all(after, _of_own(before, letters))


def _of_own(article: Article, letters: int) -> int:
    """How many of an article's first letters are its site's."""
    by_rule, own = {kept.at for kept in article.by_rule}, 0
    for at, block in enumerate(article.body):
        here = min(letters, letters_and_digits(" ".join(lines((block,)))))
        own += 0 if at in by_rule else here
        letters -= here
    return own + letters


def _of_all(article: Article, own: int) -> int:
    """How many letters of an article lead to where so many of its site's do."""
    by_rule, found = {kept.at for kept in article.by_rule}, 0
    for at, block in enumerate(article.body):
        if own <= 0:
            break
        here = letters_and_digits(" ".join(lines((block,))))
        found += here if at in by_rule else min(own, here)
        own -= 0 if at in by_rule else here
    return found + max(0, own)
