"""A news world of invented events, each of known size and speed, as many papers report them: with wire copies, siblings
of one kind, figures that change, and single reports. The same seed gives the same world.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cache.writes.store import Store
from fetch.article import Article, Paragraph, Span, Teaser
from fetch.source import Source

START = datetime(2031, 3, 3, 6, tzinfo=UTC)
PAPERS = (
    "Harbour Gazette", "Northern Courier", "Evening Herald", "City Tribune", "Valley Post", "Coast Observer",
    "Daily Mercury", "Upland Echo", "Market Chronicle", "Island Argus", "River Sentinel", "Capital Dispatch",
    "Morning Ledger", "Southern Star", "Lake Reporter", "Border Journal",
)  # fmt: skip
GROUPS = ("World", "Business", "Local", "Science")
_OWN = (
    "{a} {b}, who keeps a shop nearby, told the {paper} about {c}.",
    "The {paper} has seen a letter by {a} {b} in which {c} is named twice.",
    "“{c} is not what it was,” said {a} {b}, aged {x}.",
    "At {c}, {x} kilometres away, {a} {b} heard of it on the radio.",
    "A table of {x} rows, drawn up by {a} {b} of {c}, lay on the desk.",
    "Photographs by {a} {b} show {c} at dusk.",
    "In {y} something like it had happened at {c}, wrote {a} {b} in a pamphlet.",
    "{a} {b} of the {c} institute reckons with {x} weeks.",
    "Over at {c} nobody had slept, as {a} {b} put it.",
    "{x} letters reached this paper, one from {a} {b} of {c}.",
)
"""What a paper has of its own, with names that stand nowhere else."""
_ONSETS = "b br d dr f g gr h j k kr l m n p r s sk st t tr v w z".split()
_VOWELS = "a e i o u ai ei ou".split()
_CODAS = "l n r s k m nd rt lm st".split()


@dataclass(frozen=True)
class Kind:
    """What events of one kind are told by: headlines, the core of it in several words, details, what people say."""

    section: str
    headlines: tuple[str, ...]
    cores: tuple[str, ...]
    details: tuple[str, ...]


KINDS = {
    "ferry": Kind(
        "World",
        (
            "Ferry {name} sinks off {place}, {n} missing",
            "{n} missing as ferry {name} goes down near {place}",
            "Search goes on for {n} after {name} sinks off {place}",
            "{place}: passenger ferry {name} capsizes in storm",
        ),
        (
            "The passenger ferry {name} sank off {place} on {day} with {m} people aboard, and {n} are missing.",
            "A ferry, the {name}, went down near {place} on {day}; of {m} people aboard, {n} passengers are missing.",
            "{n} passengers are missing after the ferry {name}, with {m} people aboard, sank off {place} on {day}.",
        ),
        (
            "Lifeboats from {other} searched the water through the night.",
            "The master, {person}, had reported water in the car deck before the radio fell silent.",
            "Fishermen from {other} took the first survivors aboard.",
            "The owner of the {name} said that the vessel had passed its inspection in January.",
            "Waves of four metres and a falling tide kept divers from the hull.",
            "{person2} of the coast guard said that the search would not be called off before dark.",
            "Relatives waited in the fish hall of {place} for a list of names.",
            "The transport ministry ordered ferries of the same class to stay in port.",
        ),
    ),
    "fire": Kind(
        "Local",
        (
            "Fire destroys {name} works in {place}",
            "{place}: {name} factory burns, {n} injured",
            "{n} hurt in blaze at {name} plant, {place}",
            "Blaze at {name} factory forces {place} to keep windows shut",
        ),
        (
            "A fire destroyed the {name} works in {place} on {day} and injured {n} workers.",
            "{n} workers were injured on {day} when fire destroyed the {name} works in {place}.",
            "The {name} works in {place} burned down on {day}; {n} workers were injured.",
        ),
        (
            "Smoke drifted over {other}, where schools closed at noon.",
            "{person}, who leads the fire brigade, said that the roof had fallen in before the crews arrived.",
            "The plant makes varnish and employs {m} people.",
            "Foam was brought from the airfield at {other}.",
            "The cause is unknown, and the insurers have sent an assessor.",
            "Neighbours were told to keep doors and windows shut until evening.",
            "{person2}, a shop steward, said that sprinklers had been out of order for weeks.",
        ),
    ),
    "court": Kind(
        "World",
        (
            "{name} loses appeal over {place} dam",
            "Court rules against {name} in {place} dam case",
            "{place} dam: judges side with farmers against {name}",
            "Judges stop {name} dam at {place}",
        ),
        (
            "The court of appeal ruled on {day} that {name} must halt its dam at {place} and compensate {n} farmers.",
            "{name} must halt its dam at {place} and compensate {n} farmers, the court of appeal ruled on {day}.",
            "Judges of the court of appeal told {name} on {day} to halt the dam at {place} and compensate {n} farmers.",
        ),
        (
            "Judge {person} read the verdict for an hour.",
            "The company had argued that its licence of 2019 covered the upper reservoir.",
            "Lawyers for the farmers of {other} embraced in the corridor.",
            "{person2}, who heads the company, said that an appeal was being considered.",
            "The reservoir would have flooded {m} hectares of orchards.",
            "The energy ministry said that the grid could do without the turbines for two winters.",
        ),
    ),
    "merger": Kind(
        "Business",
        (
            "{name} to buy {other} Foods for ${n} million",
            "{other} Foods accepts ${n} million bid from {name}",
            "{name} swallows {other} Foods in ${n} million deal",
            "Dairy group {name} agrees takeover of {other} Foods",
        ),
        (
            "The dairy group {name} agreed on {day} to buy {other} Foods for ${n} million in cash and shares.",
            "{other} Foods is to be bought by the dairy group {name} for ${n} million, both said on {day}.",
            "{name}, a dairy group, will pay ${n} million in cash and shares for {other} Foods, it said on {day}.",
        ),
        (
            "Shares of both rose before trading was halted.",
            "{person}, chief executive, promised that no creamery in {place} would close.",
            "The competition authority has until summer to object.",
            "Together they would employ {m} people and bottle a third of the country's milk.",
            "Unions in {place} asked for a seat on the new board.",
            "{person2}, an analyst, called the price full but not foolish.",
        ),
    ),
    "comet": Kind(
        "Science",
        (
            "Probe {name} lands on comet {other}",
            "{name} touches down on comet {other}",
            "Landing on {other}: {name} sends first pictures",
            "Comet {other} gets a visitor as {name} lands",
        ),
        (
            "The probe {name} landed on comet {other} on {day} and sent {n} pictures to the station at {place}.",
            "{name}, a probe steered from {place}, touched down on comet {other} on {day} and sent {n} pictures.",
            "Engineers at {place} cheered on {day} as the probe {name} landed on comet {other} and sent {n} pictures.",
        ),
        (
            "Harpoons held it to the ice at the second attempt.",
            "{person}, who leads the mission, said that the surface was softer than feared.",
            "A drill is to take the first sample within {m} hours.",
            "The batteries last for two weeks, and after that the sun must do.",
            "Signals take half an hour to reach the antenna.",
            "{person2}, a geologist, hopes for salts that are older than the planets.",
        ),
    ),
    "strike": Kind(
        "Local",
        (
            "Bus drivers in {place} begin strike over rosters",
            "{place}: {name} bus strike leaves {n} stranded",
            "Strike halts {name} buses in {place}",
            "No buses in {place} as {name} drivers walk out",
        ),
        (
            "Bus drivers of {name} in {place} went on strike on {day} over new rosters, stranding {n} commuters.",
            "{n} commuters were stranded on {day} as bus drivers of {name} in {place} went on strike over new rosters.",
            "A strike over new rosters by bus drivers of {name} in {place} stranded {n} commuters on {day}.",
        ),
        (
            "Pickets stood at the depot in {other} from four in the morning.",
            "{person}, of the drivers' union, said that nobody could work eleven days in a row.",
            "The company offered talks if the buses ran again.",
            "Schools let pupils come late, and taxis doubled their fares.",
            "{m} of the drivers had voted, nearly all of them for the strike.",
            "The mayor, {person2}, asked both sides to come to the town hall.",
        ),
    ),
    "flood": Kind(
        "World",
        (
            "Flood cuts off {place}, {n} homes under water",
            "{n} homes flooded as the {name} bursts its banks at {place}",
            "River {name} bursts its banks, {place} cut off",
            "{place} evacuated after dyke on the {name} fails",
        ),
        (
            "The river {name} burst its banks at {place} on {day} and flooded {n} homes.",
            "{n} homes at {place} were flooded on {day} when the river {name} burst its banks.",
            "Water from the river {name} flooded {n} homes at {place} on {day} after a dyke had failed.",
        ),
        (
            "Soldiers filled sandbags on the bridge to {other}.",
            "{person}, the governor, declared a state of emergency for the district.",
            "About {m} people spent the night in gymnasiums.",
            "The peak is expected within a day, the water office said.",
            "A farmer at {other} lost his whole herd.",
            "{person2}, an engineer, had warned of the dyke two years ago.",
        ),
    ),
    "vaccine": Kind(
        "Science",
        (
            "{name} vaccine halves cases of {place} fever in trial",
            "{place} fever: trial of {name} shot succeeds",
            "Trial says {name} vaccine works against {place} fever",
            "Hope against {place} fever as {name} vaccine passes trial",
        ),
        (
            "A vaccine by {name} halved cases of {place} fever in a trial with {n} volunteers, it was said on {day}.",
            "In a trial with {n} volunteers a vaccine by {name} halved cases of {place} fever, it was said on {day}.",
            "Cases of {place} fever were halved by a vaccine of {name} among {n} volunteers, a trial showed on {day}.",
        ),
        (
            "{person}, who led the trial at {other}, spoke of a good day for the tropics.",
            "One dose was given in spring and a second before the rains.",
            "Side effects were mild, a sore arm and a day of fever.",
            "The regulator may decide within {m} weeks.",
            "{person2}, who was not part of the work, asked to see how long it protects.",
            "The fever is carried by midges and has no cure.",
        ),
    ),
}


@dataclass(frozen=True)
class Report:
    """A report: its event and paper by number, when it was published, and whether it prints the wire's text."""

    event: int
    paper: int
    at: datetime
    headline: str
    text: str
    is_copy: bool = False

    @property
    def url(self) -> str:
        """Its address."""
        return f"https://paper{self.paper}.example/{self.event}"


@dataclass(frozen=True)
class Event:
    """An event: its kind, when it broke, the facts, how many papers tell it in their own words, and how many copy."""

    number: int
    kind: str
    begun: datetime
    facts: dict[str, str]
    own: int
    copies: int
    hours: float
    """In which the reports come: few for a story that grows fast."""


class World:
    """Events and their reports; `events` in all, from `start` on over so many hours."""

    def __init__(self, events: int, *, seed: int = 1, start: datetime = START, hours: float = 24.0) -> None:
        self._random = random.Random(seed)
        self.start = start
        self.events = [self._event(number, hours) for number in range(events)]
        self.reports = sorted((one for event in self.events for one in self.reports_of(event)), key=_by_time)

    def _event(self, number: int, hours: float) -> Event:
        chance = self._random
        own = min(len(PAPERS), max(1, round(chance.paretovariate(0.9))))
        copies = chance.choice((0, 0, 0, 2, 3, 5)) if own < len(PAPERS) - 5 else 0
        begun = self.start + timedelta(minutes=round(chance.uniform(0, hours * 60 - 45)))
        spread = chance.choice((1.5, 4.0, 10.0, 20.0))
        kind = [*KINDS][number % len(KINDS)]
        return Event(number, kind, begun, self.facts(), own, copies, spread)

    def facts(self) -> dict[str, str]:
        """Names and numbers of an event, which no other has."""
        chance = self._random
        names = {key: self._name() for key in ("name", "place", "other")}
        people = {key: f"{self._name()} {self._name()}" for key in ("person", "person2")}
        return {**names, **people, "n": str(chance.randrange(12, 90)), "m": str(chance.randrange(120, 900))}

    def _name(self) -> str:
        chance = self._random
        parts = [chance.choice(_ONSETS) + chance.choice(_VOWELS) for _ in range(2)]
        return ("".join(parts) + chance.choice(_CODAS)).capitalize()

    def reports_of(self, event: Event) -> list[Report]:
        """The reports of an event, each by another paper, in the order of time."""
        return [*self._reports(event)]

    def _reports(self, event: Event) -> Iterator[Report]:
        papers = self._random.sample(range(len(PAPERS)), event.own + event.copies)
        times = sorted(self._random.betavariate(1, 2) * event.hours for _ in papers)
        times[0] = 0.0
        wire = self._text(event, papers[0], event.begun)
        first = self._headline(event)
        places = {0, *self._random.sample(range(1, len(papers)), event.copies)} if event.copies else set[int]()
        for place, (paper, hours) in enumerate(zip(papers, times, strict=True)):
            at = event.begun + timedelta(minutes=round(hours * 60))
            if place in places:  # the wire itself, and those who print it
                yield Report(event.number, paper, at, first, wire, is_copy=place > 0)
            else:
                yield Report(event.number, paper, at, self._headline(event), self._text(event, paper, at))

    def _headline(self, event: Event) -> str:
        return self._random.choice(KINDS[event.kind].headlines).format(**event.facts)

    def _text(self, event: Event, paper: int, at: datetime) -> str:
        """The core in some words, perhaps behind a scene, and details, not all; late reports know a higher number."""
        kind, facts = KINDS[event.kind], dict(event.facts)
        if at - event.begun > timedelta(hours=3):
            facts["n"] = str(int(facts["n"]) + 3)
        facts["day"] = f"{event.begun:%A}"
        core = self._random.choice(kind.cores)
        details = self._random.sample(kind.details, self._random.randrange(3, len(kind.details)))
        opening = [details.pop()] if self._random.random() < 0.25 else []
        told = [line.format(**facts) for line in [*opening, core, *details]]
        own = [self._own(paper) for _ in range(self._random.randrange(3, 6))]
        return "\n".join([*told[:2], *own[:1], *told[2:], *own[1:]])

    def _own(self, paper: int) -> str:
        chance = self._random
        names = {key: self._name() for key in "abc"}
        years = {"x": chance.randrange(2, 99), "y": chance.randrange(1900, 2030)}
        return chance.choice(_OWN).format(paper=PAPERS[paper], **names, **years)


def _by_time(report: Report) -> tuple[datetime, int, int]:
    return report.at, report.event, report.paper


class Newsroom:
    """A library in which reports land as if their papers were asked at a moment."""

    def __init__(self, store: Store, papers: Sequence[str] = PAPERS) -> None:
        self.store = store
        self.sources = [
            store.sources.add(
                Source(f"https://paper{number}.example/feed", "feed", title=paper), section=GROUPS[number % len(GROUPS)]
            )
            for number, paper in enumerate(papers)
        ]
        self.entries: dict[tuple[int, int], int] = {}
        """By event and paper the entry."""
        self.events: dict[int, int] = {}
        """By entry its event."""

    def land(self, reports: Sequence[Report], now: datetime) -> list[int]:
        """Takes reports in at a moment, and sorts them into stories; their entries."""
        with self.store.batch():
            landed = [self._keep(report, now.timestamp()) for report in reports]
        self.store.stories.assign_all()
        return landed

    def _keep(self, report: Report, now: float) -> int:
        teaser = Teaser(report.url, report.headline, published=report.at)
        wanted = self.store.entries.store_teaser(self.sources[report.paper], teaser, now)
        assert wanted is not None
        body = tuple(Paragraph((Span(line),)) for line in report.text.split("\n"))
        article = Article(url=report.url, headline=report.headline, body=body, published=report.at)
        self.store.articles.store_article(wanted.entry_id, article, now)
        self.entries[report.event, report.paper] = wanted.entry_id
        self.events[wanted.entry_id] = report.event
        return wanted.entry_id
