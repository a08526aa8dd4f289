"""The quick reader of feeds beside the careful one: how many feeds it takes, and whether both say the same.

    python tests/bench/feed_paths.py [MUTATIONS]

Over the feeds of the corpora, and spoilt copies of them: elements left out, doubled, exchanged, renamed, emptied.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpora" / "feeds" / "feed-rs"
sys.path.insert(0, str(ROOT))

from fetch.errors import NotASource  # noqa: E402
from fetch.feeds.entry import Feed  # noqa: E402
from fetch.feeds.fast_xml import read_quickly  # noqa: E402
from fetch.feeds.feedparser_adapter import read_leniently  # noqa: E402
from fetch.feeds.xml_text import decoded, document_in  # noqa: E402
from fetch.feeds.xml_tree import IllFormed, parse_xml  # noqa: E402

MUTATIONS = 200
LARGEST = 60_000  # bytes of a feed that is spoilt: the careful reader takes a second for the largest
_URL = "https://gazette.example/feed"
_ROOTS = ("rss", "rdf", "feed")
_ELEMENT = re.compile(r"<([A-Za-z:]+)(\s[^<>]*)?>([^<>]*|<!\[CDATA\[.*?\]\]>)</\1>", re.DOTALL)


@dataclass(frozen=True)
class Compared:
    """A well-formed feed: whether the quick reader takes it, and if so, whether it says what the careful one says."""

    name: str
    quick: bool
    equal: bool = True


def texts() -> Iterator[tuple[str, str]]:
    """Name and text of each well-formed feed of the corpus."""
    for path in sorted(CORPUS.glob("*.xml")):
        text, root = document_in(decoded(path.read_bytes()))
        if root in _ROOTS and _is_sound(text):
            yield path.name, text


def of_the_corpus() -> list[Compared]:
    """Each well-formed feed of the corpus."""
    return [compared(name, text) for name, text in texts()]


def of_mutations(number: int = MUTATIONS, seed: int = 14) -> list[Compared]:
    """So many spoilt copies that are well-formed still and that the quick reader takes."""
    chance = random.Random(seed)
    sound = [(name, text) for name, text in texts() if len(text) < LARGEST]
    found: list[Compared] = []
    while len(found) < number:
        name, text = chance.choice(sound)
        spoilt = _spoilt(text, chance)
        if _is_sound(spoilt) and (one := compared(name, spoilt)).quick:
            found.append(one)
    return found


def compared(name: str, text: str) -> Compared:
    """One feed, read both ways."""
    quick = read_quickly(parse_xml(text), text, _URL)
    return Compared(name, quick is not None, quick is None or quick == _carefully(text))


def _carefully(text: str) -> Feed | None:
    try:
        return read_leniently(text, _URL)
    except NotASource:
        return None


def _is_sound(text: str) -> bool:
    try:
        parse_xml(text)
    except IllFormed:
        return False
    return True


def _spoilt(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 4)):
        elements = list(_ELEMENT.finditer(text))
        if not elements:
            break
        one, other = chance.choice(elements), chance.choice(elements)
        name, said, inner = one[1], one[2] or "", one[3]
        replacement = chance.choice(
            (
                "",
                one[0] * 2,
                f"<{name}{said}></{name}>",
                f"<{other[1]}{said}>{inner}</{other[1]}>",
                f"<{name}{other[2] or ''}>{other[3]}</{name}>",
                other[0],
            )
        )
        text = text[: one.start()] + replacement + text[one.end() :]
    return text


def main() -> None:
    """Prints what the quick reader takes, and where the two differ."""
    corpus, spoilt = of_the_corpus(), of_mutations(int(sys.argv[1]) if sys.argv[1:] else MUTATIONS)
    taken = sum(one.quick for one in corpus)
    print(f"{taken} of {len(corpus)} well-formed feeds are read quickly; left to feedparser:")
    print("  " + ", ".join(one.name for one in corpus if not one.quick))
    differing = [one.name for one in (*corpus, *spoilt) if not one.equal]
    print(f"of these and {len(spoilt)} mutations {len(differing)} differ: {', '.join(differing)}")


if __name__ == "__main__":
    main()
