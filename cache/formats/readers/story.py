"""A story as another program kept it, before it is an article of ours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple

from cache.formats.article_form import incoming
from cache.formats.clean_articles import clean_article
from cache.formats.file_limits import LONGEST_LINE
from fetch.article import WHOLE_STORY
from fetch.errors import NewsError
from fetch.extract import extract_fragment
from fetch.links import absolute, canonical, is_home
from fetch.text import clean

if TYPE_CHECKING:
    from cache.formats.exchanged_articles import Incoming

OF_A_FEED = "as its feed carried it"
"""Why a text that a feed carried may lack something."""
DAMAGED = "damaged"
"""Why a story is not taken of which a part is missing."""
BREAKS_OFF = "it breaks off"
"""Why the rest of a file cannot be read that was cut."""
_LATEST = 4_102_444_800  # 2100: no moment of this kind is later, but one in thousandths is


class LeftStory(NamedTuple):
    """A story that is not taken: what it is called, and why, to stand behind its number: "without an address"."""

    name: str
    why: str


class Damage(NamedTuple):
    """Why the rest of a file cannot be read, behind stories that could."""

    why: str


@dataclass(frozen=True, slots=True)
class SavedStory:
    """A story of a file from elsewhere; moments are in seconds since 1970, 0 where it says none.

    `saved` is when its reader put it aside, None where that was not done; `is_wanted` asks the next refresh for its
    text. `html` is its text, whole where `is_whole`, else what a feed carried. `source` is the feed that listed it: its
    address, title and home. `highlights` are words with the note on each, and when.
    """

    url: str
    headline: str = ""
    authors: Sequence[str] = ()
    published: float | str = 0
    saved: float | None = None
    read: bool = False
    tags: Sequence[str] = ()
    note: str = ""
    summary: str = ""
    language: str = ""
    html: str = ""
    is_whole: bool = True
    is_wanted: bool = False
    source: tuple[str, str, str] = ("", "", "")
    highlights: Iterable[tuple[str, str, float]] = ()


def as_incoming(story: SavedStory) -> Incoming | LeftStory:
    """The story as an import takes it, every string through the gate; or why it is not taken."""
    url = canonical(absolute(story.url.encode("utf-8", "replace").decode(), ""))
    name = clean(story.headline) or clean(story.url)
    if not url.startswith(("http://", "https://")):
        return LeftStory(name, "without an address on the web")
    if is_home(url) and not story.html:
        return LeftStory(name, "the front page of a site")
    try:
        found = incoming(_row(story, url))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError):
        return LeftStory(name, DAMAGED)
    return _with_text(story, found, url)


def _with_text(story: SavedStory, found: Incoming, url: str) -> Incoming:
    """With the text that the file holds; what is too short to be one is a summary."""
    if not story.html.strip() or len(story.html) > LONGEST_LINE:
        return found
    try:
        body = extract_fragment(story.html, url)
    except NewsError:
        return found
    article = clean_article(replace(found.article, body=body))
    text = article.text
    if story.is_whole and text:
        return replace(found, article=article, entry=found.entry._replace(offline="full"))
    if len(text) >= WHOLE_STORY:
        article = replace(article, reason=OF_A_FEED)
        return replace(found, article=article, entry=found.entry._replace(offline="part", reason=OF_A_FEED))
    return replace(found, entry=found.entry._replace(summary=found.entry.summary or clean(text)))


def _row(story: SavedStory, url: str) -> dict[str, Any]:
    """The story in our own form."""
    saved, at = story.saved is not None, iso(story.saved or 0)
    feed, title, home = story.source
    acts = {"read": story.read, "saved": saved, "queued": story.is_wanted}
    return {
        "url": url,
        "headline": story.headline.strip() or url,
        "authors": [name for name in story.authors if name.strip()],
        "published": story.published if isinstance(story.published, str) else iso(story.published),
        "language": story.language,
        "summary": story.summary,
        "tags": list(dict.fromkeys(tag.strip() for tag in story.tags if tag.strip())),
        "note": story.note,
        **acts,
        "marked": {name: at for name, done in acts.items() if done and at},
        "seen": at,
        "listed_by": {"url": feed, "kind": "feed", "title": title or feed, "home": home} if feed else None,
        "highlights": [{"text": text, "note": note, "made": iso(when)} for text, note, when in story.highlights],
    }


def iso(seconds: float) -> str:
    """A moment as our form has it; "" where none is told."""
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat() if seconds > 0 else ""
    except (ValueError, OverflowError, OSError):
        return ""


def moment(said: object) -> float:
    """A moment as other programs write it, in seconds since 1970; 0 for what is none.

    They write numbers, of seconds, thousandths or millionths, or what ISO 8601 has.
    """
    try:
        seconds = float(str(said))
    except ValueError:
        return _written(str(said))
    if not isfinite(seconds):
        return 0.0
    while seconds > _LATEST:
        seconds /= 1000
    return seconds if seconds > 0 else 0.0


def _written(said: str) -> float:
    try:
        when = datetime.fromisoformat(said.strip())
    except ValueError:
        return 0.0
    return max(0.0, (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp())
