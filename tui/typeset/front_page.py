"""What is said of a story on the front page, on screen and on paper: counts, what is new, the sentence, the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.typeset import wording

if TYPE_CHECKING:
    from datetime import datetime

    from cache.front_page import Differing, Front, FrontStory, InDossier, SharedSentence

_NAMED = 3
"""Sources that are named for a figure."""
REST = "Other news"
"""What the stories without a section stand under."""


def headline_of(story: FrontStory) -> str:
    """Its headline, or that it has none."""
    return story.headline or "A story without a headline"


def counted(story: FrontStory, page: Front, now: datetime, dossier: InDossier | None = None) -> str:
    """How many say so, what is new and since when, whether it grew, and how long it runs: "7 sources · 4 new …"; of a
    story of a dossier, how long that runs and in how many events: "day 12 · 9 events".
    """
    facts = [wording.count(story.sources, "source")]
    new = len({*story.new} & {*story.originals})  # as the sources are counted: a copy is none
    if new and story.grew:
        since = wording.clock_or_day(page.new_since, now)
        facts += [f"{new} new since {since}", "grew"]
    elif new and page.new_since > page.since:
        facts.append("new")
    if dossier:
        facts += [f"day {dossier.day}", wording.count(dossier.events, "event")]
    elif story.days > 1:
        facts.append(f"{story.days} days")
    facts += ["followed"] if story.followed else []
    facts += [story.came_back] if story.came_back else []
    return " · ".join(facts)


def quoted(quote: SharedSentence) -> str:
    """The sentence as its report's own, and how many say so."""
    return f"“{quote.text}” ({quoted_by(quote)})"


def quoted_by(quote: SharedSentence) -> str:
    """Whose a sentence is, and how many say so: "Courier, as 4 of 5 reports say"."""
    compared = "reports" if quote.of_all else "compared reports"
    shared = f", as {quote.shared_by} of {quote.reports} {compared} say" if quote.shared_by > 1 else ""
    return f"{quote.source or 'one report'}{shared}"


def differing(found: Differing) -> str:
    """The figures of one matter, each with who gives it: "passengers: 52 passengers (Courier, Post); 55 …"."""
    by_figure: dict[str, list[str]] = {}
    for figure, _, source in found.figures:
        by_figure.setdefault(figure, []).append(source)
    return f"{found.what}: {'; '.join(f'{figure} ({_named(sources)})' for figure, sources in by_figure.items())}"


def differing_briefly(found: Differing) -> str:
    """The figures of one matter without who gives them: "21 workers, 24 workers"."""
    return ", ".join(dict.fromkeys(figure for figure, _, _ in found.figures))


def _named(sources: list[str]) -> str:
    names = [*dict.fromkeys(filter(None, sources))]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
