"""Front pages to measure: days of invented events, and three weeks of labelled articles; pairs of their stories.

`python tests/bench/front_pages.py sheets FOLDER` writes what two people label without sight of any ranking: pairs of
stories (which stands above?) and sentences (of the story's core?). `… keep KEYS ANSWERS` takes their answers into
`front_pairs.tsv` and `front_sentences.tsv`: numbers and ids, and no text that is not ours.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zlib import crc32

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from cache.front_page import Front, FrontStory, FrontWishes, StoryDetail  # noqa: E402
from cache.reading import LibraryReader  # noqa: E402
from cache.writes.store import Store  # noqa: E402
from fetch.article import Article, Paragraph, Span, Teaser  # noqa: E402
from fetch.source import Source  # noqa: E402
from tests.news_events import PAPERS, START, Newsroom, World  # noqa: E402

BENCH = Path(__file__).parent
CORPUS = ROOT.parent / "shared" / "corpora" / "related" / "dev.jsonl.gz"
PAIRS, SENTENCES = BENCH / "front_pairs.tsv", BENCH / "front_sentences.tsv"
WEEKS = (date(2018, 5, 12), date(2018, 8, 12), date(2018, 9, 12))
"""The first days of the weeks of the labelled articles in which most stories are told by several sources."""
SEEDS, EVENTS = (11, 12, 13), 90
LOOKED_AFTER = (10, 17, 24)
"""Hours after which the invented days are looked at, and …"""
DAYS_OF_WEEK = (3, 5, 7)
"""… days after which the weeks are."""
PAIRS_OF_EVENING = {3: 4, 5: 7, 7: 9}


@dataclass(frozen=True)
class Told:
    """A report as a labeller sees it, and how the truth names it; `copy` where it has the text of an earlier one."""

    key: str
    source: str
    headline: str
    when: str
    copy: bool = False


@dataclass(frozen=True)
class Scene:
    """A moment at which a front page is looked at: its name, the library of that moment, the true stories by name."""

    name: str
    at: datetime
    reader: LibraryReader
    stories: dict[str, tuple[Told, ...]]
    entries: dict[int, str]
    """By entry the name of its true story."""

    def front(self, **wishes: Any) -> Front:
        """Its front page."""
        span = "24h" if self.name.startswith("day") else "week"
        return self.reader.front(replace(FrontWishes(span=span, at=self.at, most=400, of_one_topic=0), **wishes))

    def detail(self, story: FrontStory) -> StoryDetail:
        """What the texts of a story on it say."""
        return self.reader.front_detail(story)


@contextmanager
def scenes() -> Iterator[Iterator[Scene]]:
    """All scenes, one after the other: a scene's library is there until the next is asked for."""
    yield (scene for several in (days(), weeks()) for scene in several)


def days() -> Iterator[Scene]:
    """The invented days, each looked at as it goes on."""
    for seed in SEEDS:
        world = World(EVENTS, seed=seed)
        with _library() as store:
            newsroom, landed = Newsroom(store), START - timedelta(hours=1)
            for hours in LOOKED_AFTER:
                at = START + timedelta(hours=hours)
                newsroom.land([one for one in world.reports if landed < one.at <= at], at)
                landed = at
                stories: dict[str, tuple[Told, ...]] = {}
                for one in world.reports:
                    if one.at <= at:
                        told = Told(one.url, PAPERS[one.paper], one.headline, f"{one.at:%a %H:%M}", one.is_copy)
                        stories[str(one.event)] = (*stories.get(str(one.event), ()), told)
                entries = {entry: str(event) for entry, event in newsroom.events.items()}
                yield Scene(f"day-{seed}-{hours}", at, LibraryReader(store.connection), stories, entries)


def weeks() -> Iterator[Scene]:
    """The weeks of labelled articles, each looked at on some evenings; nothing where they are not at hand."""
    if not CORPUS.exists():
        return
    with gzip.open(CORPUS, "rt", encoding="utf-8") as rows:
        articles = [row for row in map(json.loads, rows) if row["set"] == "full"]
    for first in WEEKS:
        inside = [row for row in articles if first <= _day(row) < first + timedelta(days=7)]
        inside.sort(key=lambda row: (_day(row), row["id"]))
        with _library() as store:
            entries: dict[int, str] = {}
            landed = first - timedelta(days=1)
            for number in DAYS_OF_WEEK:
                last = first + timedelta(days=number - 1)
                at = datetime(last.year, last.month, last.day, 20, tzinfo=UTC)
                entries |= _land(store, [row for row in inside if landed < _day(row) <= last], at)
                landed = last
                stories: dict[str, tuple[Told, ...]] = {}
                for row in (row for row in inside if _day(row) <= last):
                    told = Told(row["id"], _source(row), row["title"], f"{_day(row):%a %d %b}")
                    stories[_story(row)] = (*stories.get(_story(row), ()), told)
                yield Scene(f"week-{first}-{number}", at, LibraryReader(store.connection), stories, dict(entries))


def _day(row: dict[str, Any]) -> date:
    return date.fromisoformat(row["published"][:10])


def _source(row: dict[str, Any]) -> str:
    return str(row["source"] or "Wire").partition(" - ")[0]


def _story(row: dict[str, Any]) -> str:
    return str(row["story"] or row["id"])


@contextmanager
def _library() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "library.db") as store:
        yield store


def _land(store: Store, rows: Sequence[dict[str, Any]], now: datetime) -> dict[int, str]:
    """Articles taken in at a moment and sorted into stories; by their entries the names of their true ones."""
    found = {}
    with store.batch():
        for row in rows:
            title = _source(row)
            source = store.sources.add(Source(f"https://{crc32(title.encode())}.example/feed", "feed", title=title))
            url, when = f"https://{row['id']}.example/", _day(row)
            wanted = store.entries.store_teaser(source, Teaser(url, row["title"], published=when), now.timestamp())
            assert wanted is not None
            body = tuple(Paragraph((Span(line),)) for line in row["text"].split("\n") if line.strip())
            article = Article(url=url, headline=row["title"], body=body, published=when)
            store.articles.store_article(wanted.entry_id, article, now.timestamp())
            found[wanted.entry_id] = _story(row)
    store.stories.assign_all()
    return found


def chosen_pairs() -> list[tuple[Scene, str, str]]:
    """The pairs to label: 90 of the days, 60 of the weeks, in no order; of two single reports there are few."""
    chance = random.Random(4)
    found: list[tuple[Scene, str, str]] = []
    with scenes() as each:
        for scene in each:
            wanted = 10 if scene.name.startswith("day") else PAIRS_OF_EVENING[int(scene.name.rpartition("-")[2])]
            several = [name for name, told in scene.stories.items() if len(told) > 1]
            single = [name for name, told in scene.stories.items() if len(told) == 1]
            chosen: set[frozenset[str]] = set()
            while len(chosen) < wanted:
                one = chance.choice(several or single)
                other = chance.choice(several if len(several) > wanted and chance.random() < 0.75 else single)
                if one != other and frozenset((one, other)) not in chosen:
                    chosen.add(frozenset((one, other)))
                    pair = [one, other]
                    chance.shuffle(pair)
                    found.append((scene, pair[0], pair[1]))
    days_, weeks_ = found[:90], found[90:150]
    both = [*days_, *weeks_]
    chance.shuffle(both)
    return both


_PAIRS_HEAD = """\
Pairs of stories: which stands above on a front page?

You are the night editor. For each pair you see the moment of looking, and of two stories, A and B, all reports that had
come in by then, oldest first: when, in which paper, under which headline. "(same text)" says that a report prints
another's text word for word: a wire report in several papers. Say which story should stand higher on the front page of
a reader who wants to know what happened, how many newsrooms say so in words of their own, and what is new; go by what
you see, not by which subject you like. There is no tie.
Write one line a pair: its number, a space, A or B. Work alone.
"""


def write_sheets(folder: Path) -> None:
    """The sheets to label, without any ranking in them."""
    folder.mkdir(parents=True, exist_ok=True)
    lines, keys = [_PAIRS_HEAD], []
    for number, (scene, one, other) in enumerate(chosen_pairs(), 1):
        if number % 30 == 1:
            lines.append(f"===== chunk {number // 30 + 1}: pairs {number} to {number + 29} =====\n")
        week = scene.name.startswith("week")
        lines.append(
            f"--- {number} --- looked at on {scene.at:%A %d %B %Y, %H:%M}; the last {'week' if week else '24 hours'}"
        )
        for letter, name in (("A", one), ("B", other)):
            lines.append(f"{letter}:")
            lines += [
                f"   {told.when}  {told.source}: {told.headline}{' (same text)' if told.copy else ''}"
                for told in scene.stories[name]
            ]
        lines.append("")
        keys.append(f"{number}\t{scene.name}\t{one}\t{other}")
    (folder / "pairs.txt").write_text("\n".join(lines), encoding="utf-8")
    (folder / "pairs.key").write_text("\n".join(keys) + "\n", encoding="utf-8")


@dataclass(frozen=True)
class ChosenSentence:
    """A sentence to label: the scene and true story, the reports' headlines, the sentence and its source."""

    scene: str
    story: str
    headlines: tuple[str, ...]
    text: str
    source: str


def chosen_sentences() -> list[ChosenSentence]:
    """The sentences to label: of stories of several reports at the end of each day and week."""
    chance = random.Random(5)
    found: list[ChosenSentence] = []
    with scenes() as each:
        for scene in each:
            if int(scene.name.rpartition("-")[2]) in (LOOKED_AFTER[-1], DAYS_OF_WEEK[-1]):
                several = [story for story in scene.front().stories if story.sources > 1]
                some = several if scene.name.startswith("week") else chance.sample(several, 12)
                found += [one for story in some if (one := _sentence(scene, story))]
    chance.shuffle(found)
    return found[:60]


def _sentence(scene: Scene, story: FrontStory) -> ChosenSentence | None:
    quote = scene.detail(story).quote
    if quote is None:
        return None
    headlines = tuple(f"{entry.source}: {entry.headline}" for entry in scene.reader.entries(story.reports))
    return ChosenSentence(scene.name, scene.entries[quote.entry_id], headlines, quote.text, quote.source)


_SENTENCES_HEAD = """\
Sentences: is each of its story's core?

For each story you see the headlines of its reports and one sentence that a program chose from one of them. Is the
sentence of the story's core: does it say what happened, so that who reads it alone knows what the story is about?
Answer y or n: a line each, its number, a space, y or n. Work alone.
"""


def write_sentences(folder: Path) -> None:
    """The sentences to label."""
    lines, keys = [_SENTENCES_HEAD], []
    for number, one in enumerate(chosen_sentences(), 1):
        lines += [f"--- {number} ---", *(f"   {headline}" for headline in one.headlines)]
        lines += [f"sentence ({one.source}): {one.text}", ""]
        keys.append(f"{number}\t{one.scene}\t{one.story}\t{crc32(one.text.encode())}")
    (folder / "sentences.txt").write_text("\n".join(lines), encoding="utf-8")
    (folder / "sentences.key").write_text("\n".join(keys) + "\n", encoding="utf-8")


def keep(keys: Path, labels: Path) -> None:
    """Takes two people's answers in: a row a pair, or sentence, with its key and both answers."""
    for kind, target in (("pairs", PAIRS), ("sentences", SENTENCES)):
        prefix = "" if kind == "pairs" else "sentence-"
        both = [_answers(labels / f"{prefix}labels-{number}.txt") for number in (1, 2)]
        rows = [row.split("\t") for row in (keys / f"{kind}.key").read_text(encoding="utf-8").splitlines()]
        lines = ["\t".join([*row[1:], both[0][row[0]], both[1][row[0]]]) for row in rows]
        target.write_text("\n".join([_HEADS[kind], *lines, ""]), encoding="utf-8")


_HEADS = {
    "pairs": "# Scene, story A, story B, and which stands above, as two people say, each alone, without a ranking.",
    "sentences": "# Scene, story, CRC-32 of the sentence, whether it is of the story's core, as two people say alone.",
}


def _answers(path: Path) -> dict[str, str]:
    return dict(line.split()[:2] for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def rows_of(path: Path) -> list[list[str]]:
    """The labelled rows of a file."""
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["sheets", folder]:
            write_sheets(Path(folder))
            write_sentences(Path(folder))
        case ["keep", keys, labels]:
            keep(Path(keys), Path(labels))
