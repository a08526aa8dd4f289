"""Whether a page is a section, told from a story's own page, which lists other stories too."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from fetch.article import Article, Teaser
from fetch.errors import NotNews
from fetch.link_classifier.classifier import is_story
from fetch.sections.section import teasers_on

LEAST = 4
"""Stories that a section lists; what a story's own page lists beside it may be as many."""
_MOSTLY = 0.8  # of the letters
_NAMING = 0.4  # of the lines: in a table every other one tells what the story of the one before says
_SAMPLE = 20_000  # characters of a text that are looked at, and the stories that so many of them can name
_STORIES = 200
_SHORT = 15  # characters: of a headline that is a word of the language, and of what may stand before one in its row


def is_section_page(page: bytes, url: str, article: Article | None = None) -> bool:
    """Whether a page is a list of stories; `article` is what was found on it.

    It is where nothing was found and stories are listed, where what was found is no more than what is said of those,
    row by row, or where the page is the front page of a site. A page with a story's headline at a story's address is
    none.
    """
    if article is not None and is_story(article.headline, url):
        return False
    stories = _stories_on(page, url)
    if len(stories) < LEAST or article is None:
        return len(stories) >= LEAST
    is_front = bool(url) and urlsplit(url).path in ("", "/")
    return (is_front and len(stories) >= 2 * LEAST) or _is_of(stories, article.text)


def _stories_on(page: bytes, url: str) -> Sequence[Teaser]:
    try:
        return teasers_on(page, url)
    except NotNews:
        return ()


def _is_of(stories: Sequence[Teaser], text: str) -> bool:
    """Whether a text is the headlines and summaries of stories, by its letters, or most of its lines name a story."""
    lines = [line.strip().casefold() for line in text[:_SAMPLE].split("\n")]
    said = "\n".join(part.casefold() for story in stories for part in (story.headline, story.summary) if part)
    if sum(len(line) for line in lines if line in said) >= _MOSTLY * (sum(map(len, lines)) or 1):
        return True
    headlines = {story.headline.casefold() for story in stories[:_STORIES] if len(story.headline) > _SHORT}
    naming = sum(any(0 <= line.find(headline) <= _SHORT for line in lines) for headline in headlines)
    return naming >= max(2 * LEAST, _NAMING * len(lines))
