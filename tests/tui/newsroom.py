"""An invented edition for the tests of the screen: plainly made-up places, people and papers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from pathlib import Path

from cache.paths import places
from cache.writes.marks import set_setting
from cache.writes.sources import VisitRecord
from cache.writes.store import Store
from fetch.article import (
    Article,
    Block,
    Break,
    Cell,
    Code,
    Embed,
    Figure,
    Footnote,
    Heading,
    Omission,
    Paragraph,
    Points,
    Quote,
    Span,
    Table,
    Teaser,
)
from fetch.source import Source

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=timezone(timedelta(hours=1)))
"""Sunday morning, when the tests' paper is read."""


def paragraph(text: str) -> Paragraph:
    """A paragraph of plain text."""
    return Paragraph((Span(text),))


def _row(*texts: str, header: bool = False) -> tuple[Cell, ...]:
    return tuple(Cell((Span(text),), header) for text in texts)


def _plain(*texts: str) -> tuple[Block, ...]:
    return tuple(paragraph(text) for text in texts)


PILOTS = Article(
    url="https://courier.example/harbour/pilots-agree",
    headline="Harbour pilots of three islands agree on one rule for the night passage",
    section="Harbours",
    dek="The rule begins in spring. Two ports still object, and the ferry company wants its own lights first.",
    authors=("Mara Lindqvist", "Tomas Okafor"),
    published=NOW - timedelta(hours=2, minutes=10),
    dateline="PORT ELSEWHERE",
    source="The Island Courier",
    language="en",
    image=Figure(
        "https://courier.example/quay.jpg",
        caption="Pilots on the quay of Port Elsewhere after the vote on Saturday night.",
        credit="Photo by A. Nyman",
    ),
    body=(
        paragraph(
            "The pilots of three islands have agreed on a single rule for ships that pass the narrows at night, "
            "after a winter in which two freighters ran aground within sight of each other."
        ),
        Paragraph(
            (
                Span(
                    "From the first of March no vessel above 300 tonnes may enter between dusk and dawn without a "
                    "pilot of either side, according to "
                ),
                Span("the text of the agreement", href="https://courier.example/harbour/text"),
                Span(". Until now each island asked for its own, and a ship that called at all three changed pilots "),
                Span("five times", strong=True),
                Span(" in one night."),
            )
        ),
        Quote(
            _plain("We have argued about this since my father’s time. The sea did not wait for us to finish."),
            "Captain Ines Varga, pilot since 1994",
        ),
        Heading(2, (Span("What the rule says"),)),
        Points(
            (
                _plain("One pilot stays on board for the whole passage, whichever island he or she comes from."),
                (
                    paragraph("The pilot boats keep watch by turns:"),
                    Points((_plain("Elsewhere on even days,"), _plain("Far Rock on odd ones."))),
                ),
                _plain("Fees are shared by the tonnage each port handles."),
            ),
            ordered=True,
        ),
        Table(
            (
                _row("Port", "Calls a year", "Night passages", "Share", header=True),
                _row("Port Elsewhere", "4,120", "1,310", "52 %"),
                _row("Far Rock", "2,480", "905", "31 %"),
                _row("Saint Orla", "1,300", "214", "17 %"),
            ),
            "Traffic through the narrows last year",
        ),
        paragraph(
            "The ferry company Northline, which carries most of the islands’ passengers, says it will join when the "
            "new leading lights are in place. The harbour board expects that to take until autumn."
        ),
        Embed("video", "https://video.example/night-passage", "The night passage, seen from a pilot boat"),
        Heading(2, (Span("Two ports object"),)),
        Paragraph(
            (
                Span("Saint Orla and the free port at Cape Wend fear for the jobs of their own pilots. Both had "),
                Span("asked for a year’s delay", href="https://gazette.example/delay"),
                Span(", which the board refused on Friday."),
            )
        ),
        Code("NARROWS  58.2104N 003.4471W\nVHF 12   WATCH 1800-0600"),
        Omission("An interactive map stood here."),
        Break(),
        Footnote("1", _plain("Tonnage is counted as in the harbour statistics of the board.")),
    ),
)

_OTHERS: tuple[tuple[str, str, str, str, float, str, tuple[str, ...]], ...] = (
    (
        "gazette",
        "The Far Rock Gazette",
        "Saint Orla’s pilots say the new night rule will cost forty jobs",
        "Work",
        3.2,
        "SAINT ORLA",
        ("Piet Hansom",),
    ),
    (
        "courier",
        "The Island Courier",
        "Second freighter refloated from the Wend sandbank after nine days",
        "Harbours",
        9,
        "CAPE WEND",
        ("Mara Lindqvist",),
    ),
    (
        "observer",
        "Orla Observer",
        "[Exclusive] Ferry company knew of faulty leading lights, letters show",
        "Inquiry",
        14,
        "",
        ("Ewa Brandt", "Jo Tamm"),
    ),
    (
        "signal",
        "Signal & Noise",
        "A cheap buoy that listens: how three students track ships by their hum",
        "Science",
        20,
        "",
        ("R. Adeyemi",),
    ),
    (
        "gazette",
        "The Far Rock Gazette",
        "Council votes to keep the old lighthouse lit, at least until the centenary",
        "Town",
        26,
        "FAR ROCK",
        (),
    ),
    (
        "courier",
        "The Island Courier",
        "The market hall reopens with half its stalls and all of its noise",
        "Town",
        30,
        "PORT ELSEWHERE",
        ("Lena Morrow",),
    ),
    (
        "signal",
        "Signal & Noise",
        "Why the tide tables were wrong by eleven minutes for a century",
        "Science",
        47,
        "",
        ("R. Adeyemi", "Kim Sorley"),
    ),
    ("kaiho", "海峡新報", "三島の水先人、夜間航行の統一規則で合意 来年三月から適用へ", "港湾", 52, "", ("佐伯 未来",)),
    (
        "observer",
        "Orla Observer",
        "Night passage talks collapse again as two ports walk out",
        "Harbours",
        75,
        "SAINT ORLA",
        ("Ewa Brandt",),
    ),
    (
        "courier",
        "The Island Courier",
        "Pilot boat crews train in fog for the first time since the new radar",
        "Harbours",
        100,
        "PORT ELSEWHERE",
        ("Tomas Okafor",),
    ),
    (
        "gazette",
        "The Far Rock Gazette",
        "Obituary: Anselm Roake, who mapped the narrows with a lead line",
        "People",
        130,
        "FAR ROCK",
        ("Piet Hansom",),
    ),
    (
        "signal",
        "Signal & Noise",
        "Seagrass is coming back, and nobody is quite sure why",
        "Science",
        190,
        "",
        ("Kim Sorley",),
    ),
    ("observer", "Orla Observer", "Letters: what the ferry timetable says about us", "Opinion", 240, "", ()),
    (
        "courier",
        "The Island Courier",
        "First freighter of the winter runs aground in the narrows",
        "Harbours",
        380,
        "THE NARROWS",
        ("Mara Lindqvist",),
    ),
)


def _other(
    paper: str, name: str, headline: str, section: str, age: float, dateline: str, who: tuple[str, ...], number: int
) -> Article:
    lede = f"{headline.removeprefix('[Exclusive] ')}: what is known so far, and what people here make of it."
    return Article(
        url=f"https://{paper}.example/{number}",
        headline=headline,
        section=section,
        authors=who,
        published=NOW - timedelta(hours=age),
        dateline=dateline,
        source=name,
        language="ja" if paper == "kaiho" else "en",
        body=_plain(
            lede,
            "The harbour board met behind closed doors until midnight. Members spoke of a calm discussion about "
            "pilots, lights and the night passage, and of one door that was slammed.",
            "A decision is expected before the end of the month. Until then everything stays as it was.",
        ),
    )


def shelve(home: Path, articles: Iterable[Article] | None = None) -> None:
    """Put articles (the whole edition when None) into a library at `home`, as a refresh would store them."""
    articles = edition() if articles is None else list(articles)
    with Store(places(home).library) as store:
        sources: dict[str, int] = {}
        for article in reversed(articles):
            if article.source not in sources:
                url = article.url.rpartition("/")[0] + "/feed"
                sources[article.source] = store.sources.add(Source(url, "feed", article.source), section="Islands")
            when = article.published
            summary = article.dek or article.text[:200]
            teaser = Teaser(article.url, article.headline, summary, when, authors=article.authors)
            now = when.timestamp() + 60 if isinstance(when, datetime) else 0
            wanted = store.entries.store_teaser(sources[article.source], teaser, now)
            assert wanted
            if article.body:
                store.articles.store_article(wanted.entry_id, article, now)
        set_setting(store.connection, "front.open", False)  # its reader has gone from the front page to the list before
        for source_id in sources.values():
            store.sources.record_visit(source_id, VisitRecord(NOW.timestamp() - 720, "", NOW.timestamp() + 3600))


def edition() -> list[Article]:
    """The articles of the edition, newest first."""
    return [PILOTS, *(_other(*told, number=number) for number, told in enumerate(_OTHERS, 1))]


def long_article(paragraphs: int = 60) -> Article:
    """An article of so many paragraphs, for the timing of long ones."""
    text = (
        "The ferry left late and the pilots waited for it on the quay, as they do every evening in November, when the "
        "light goes early and the talk turns to lamps, fees and the weather beyond the cape. Nobody minded much. "
    )
    return Article(
        url=f"https://courier.example/long/{paragraphs}",
        headline="A long winter on the quay",
        published=NOW - timedelta(hours=1),
        source="The Island Courier",
        body=_plain(*(f"{number}. {text * 3}" for number in range(1, paragraphs + 1))),
    )
