"""Topics that are followed: what is told late of one is found, and how much else is; see floors.toml."""

from __future__ import annotations

import tempfile
import tomllib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from cache.front.followed import of_topics
from cache.writes.store import Store
from tests.news_events import KINDS, START, Event, Newsroom, Report, World

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text())["front"]
NOON = START + timedelta(hours=6)
LATE = (
    "Prosecutors arrested the inspector Tavik Morrelund over {name} and accuse him of having sold a certificate.",
    "Prosecutors arrested the harbour inspector Tavik Morrelund over the sinking of the {name} and accuse him of "
    "having sold its certificate.",
)
DENIED = "The inspector denied everything before a judge at {place}."


def late(one: Report, wording: int, facts: dict[str, str]) -> Report:
    """What is told days later: an arrest, and little of what it is about."""
    told = [LATE[wording].format(**facts), *one.text.split("\n")[-2:], DENIED.format(**facts)]
    headline = f"Inspector Morrelund arrested over {facts['name']}"
    at = one.at + timedelta(days=3)
    return replace(one, event=500 + wording, headline=headline, text="\n".join(told), at=at)


def followed(kind: str, seed: int) -> tuple[list[bool], list[bool]]:
    """Of what is told late whether it is of the topic, and of other events of that kind."""
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "library.db") as store:
        newsroom, before, world = Newsroom(store), START - timedelta(days=10), World(0, seed=seed)
        earlier = World(24, seed=4).reports
        newsroom.land([replace(one, event=1000 + one.event, at=before) for one in earlier], before)
        event = Event(0, kind, START + timedelta(hours=4), world.facts(), 6, 0, 1.0)
        reports = world.reports_of(event)
        topic = newsroom.land(reports[:5], NOON)[0]
        arrests = [late(one, wording, event.facts) for wording, one in enumerate(reports[4:])]
        told = newsroom.land(arrests, NOON + timedelta(days=3))
        others = World(40, seed=seed + 50, start=START + timedelta(days=2))
        beside = newsroom.land(
            [replace(one, event=2000 + one.event) for one in others.reports], NOON + timedelta(days=3, hours=1)
        )
        alike = [one for one in beside if others.events[newsroom.events[one] - 2000].kind == kind]
        found = {*of_topics(store.connection.sql, [topic], [*told, *alike]).get(topic, ())}
        return [one in found for one in told], [one in found for one in alike]


def test_what_is_told_late_of_a_topic_is_found_and_other_events_of_its_kind_no_more_than_before() -> None:
    runs = [followed(kind, seed) for kind in KINDS for seed in (1, 2, 3)]
    told, beside = ([one for run in runs for one in run[which]] for which in (0, 1))
    assert sum(told) / len(told) >= FLOORS["followed_late"], sum(told) / len(told)
    assert sum(beside) / len(beside) <= FLOORS["followed_beside"], sum(beside) / len(beside)
