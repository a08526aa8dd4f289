"""What the texts of a story say: the one sentence that most reports share, and the figures on which they differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cache.db import reads
from cache.errors import TextDamaged
from cache.front.dossiers import Dossiers
from cache.front.section_names import section_of
from cache.front.shared_sentence import HEARD, Telling, shared_sentence
from cache.front_page import Differing, SharedSentence, StoryDetail
from cache.related.index import Idf
from cache.related.sentences import first_and_counting
from cache.related.timeline import disputes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cache.db.connection import Connection
    from cache.entry import Entry
    from cache.front_page import FrontStory
    from cache.related.sentences import Sentence
    from cache.related.timeline import Dispute

_MOST_REPORTS = 12
"""Reports whose texts are read, the first and the last: what is shared and what differs is seen in so many."""
_OPINION = ("opinion:", "opinion |", "opinion -", "op-ed:", "editorial:", "analysis:", "commentary:", "letters:")
"""How headlines begin, folded, that say so of themselves."""
_MATTER = 0.3
"""Of the reports, those that must give a figure of one matter: what two of twelve count by the way is no difference."""
_ALL_APART = 3
"""Figures of one matter that may all differ, as the missing of a first hour do; of more, half are told twice: of what
nobody counts alike, each report counts something of its own."""
_MOST_FIGURES = 3
"""Matters that are told, those of most reports."""
_CHARACTERS = 3000
"""Of a text, those that are read: news says first what it is about."""


@dataclass(frozen=True, slots=True)
class StoryKnowledge:
    """What is known for one story and serves the next, as long as the library stands as it does: what words tell, most
    of which stories share, and storylines.
    """

    idf: Idf
    dossiers: Dossiers

    @classmethod
    def of(cls, connection: Connection) -> StoryKnowledge:
        """Nothing yet."""
        idf = Idf(connection.sql)
        return cls(idf, Dossiers(connection, idf))


def detail(connection: Connection, story: FrontStory, known: StoryKnowledge) -> StoryDetail:
    """The sentence and the figures of a story, and its place in a dossier."""
    chosen = _chosen(story)
    texts = [(entry, _text(connection, entry)) for entry in reads.entries(connection, chosen)]
    told = [(entry, [*first_and_counting(text or entry.headline, HEARD)]) for entry, text in texts]
    tellings = [_telling(*each, story, parts) for each, (_, parts) in zip(texts, told, strict=True) if each[1]]
    found = shared_sentence(tellings, known.idf)
    sources = {entry.id: entry.source for entry, _ in texts}
    quote = None
    if found:
        of_all = len(chosen) >= len({story.central, *story.originals})
        source = sources[found.entry_id]
        quote = SharedSentence(found.text, found.entry_id, source, found.shared_by, len(tellings), of_all)
    return StoryDetail(quote, _differing(told, sources), known.dossiers.place_of(story))


def _telling(entry: Entry, text: str, story: FrontStory, parts: Sequence[Sentence]) -> Telling:
    headline = entry.headline.casefold()
    is_opinion = headline.startswith(_OPINION) or section_of("", entry.section) == "Opinion"
    return Telling(entry.id, entry.headline, text, entry.id == story.central, is_opinion, parts)


def _chosen(story: FrontStory) -> list[int]:
    """The reports that are read: those that stand for themselves, the central one among them."""
    reports = [one for one in story.originals if one != story.central]
    half = (_MOST_REPORTS - 1) // 2
    some = reports if len(reports) < _MOST_REPORTS else reports[: _MOST_REPORTS - 1 - half] + reports[-half:]
    return [story.central, *some]


def _text(connection: Connection, entry: Entry) -> str:
    try:
        article = reads.article(connection, entry)
    except TextDamaged:
        article = None
    text = article.text if article else ""
    return (text or entry.summary)[:_CHARACTERS]


def _differing(told: Sequence[tuple[Entry, Sequence[Sentence]]], sources: dict[int, str]) -> tuple[Differing, ...]:
    least = max(2, len(told) * _MATTER)
    matters = (each for each in disputes(told) if len(each.quantities) >= least and _is_one_matter(each))
    found = sorted(matters, key=lambda each: -len(each.quantities))[:_MOST_FIGURES]
    return tuple(
        Differing(
            dispute.what, tuple((figure, number, sources.get(number, "")) for figure, number in dispute.quantities)
        )
        for dispute in found
    )


def _is_one_matter(dispute: Dispute) -> bool:
    figures = {figure for figure, _ in dispute.quantities}
    return len(figures) <= max(_ALL_APART, (len(dispute.quantities) + 1) // 2)
