"""Checks phrases against the text itself: the index knows which words an article holds, not in which order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from cache.search.index import whole_text
from cache.search.normalize import ends_in_lone_character, normalized, phrase_pattern, query_words

if TYPE_CHECKING:
    from cache.db.connection import Connection
    from cache.search.query import Query, Term


class PhraseCheck:
    """The phrases that a query wants, and those it does not."""

    def __init__(self, connection: Connection, query: Query) -> None:
        self._connection = connection
        self._wanted = [phrases for terms in query.wanted if (phrases := _phrases(terms))]
        self._unwanted = _phrases(term for term in query.unwanted if len(query_words(term.text)) > 1 and not term.field)
        self.needed = bool(self._wanted or self._unwanted)

    def passes(self, entry_id: int) -> bool:
        """Whether the entry's own text holds one of each choice, and none that is unwanted."""
        text = normalized(whole_text(self._connection, entry_id))
        return all(_holds(text, phrases) for phrases in self._wanted) and not _holds(text, self._unwanted)


def _phrases(terms: Iterable[Term]) -> list[re.Pattern[str]]:
    """What the text must hold one of, where the words alone do not decide; empty where they do."""
    found = [(query_words(term.text), term) for term in terms]
    if not any(len(phrase) > 1 and not term.field for phrase, term in found):
        return []
    return [
        phrase_pattern(phrase, prefix=term.prefix or ends_in_lone_character(phrase)) for phrase, term in found if phrase
    ]


def _holds(text: str, phrases: Iterable[re.Pattern[str]]) -> bool:
    return any(phrase.search(text) for phrase in phrases)
