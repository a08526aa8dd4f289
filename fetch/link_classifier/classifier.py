"""Whether a link leads to a story, judged by its words and its address alone.

Each feature a link has adds its weight (link_weights); the sum is the logarithm of the odds. Words that name a part of
a site rather than a story are few and much the same on every site, so they are written down (link_words).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from math import exp
from urllib.parse import unquote, urlsplit

from fetch.link_classifier.link_weights import BIAS, WEIGHTS
from fetch.link_classifier.link_words import (
    LISTS,
    MENU_WORDS,
    PLATFORMS,
    SECTION_NAMES,
    SIDE_HOSTS,
    SPONSORED_PATHS,
    STORIES,
    UTILITIES,
)
from fetch.text import HAN_AND_KANA, SOUTH_EAST_ASIAN, clean

_LIST, _UTILITY, _SECTION, _STORY = (frozenset(words.split()) for words in (LISTS, UTILITIES, SECTION_NAMES, STORIES))
_SPONSORED_PATHS = frozenset(SPONSORED_PATHS.split())
_MENU_WORD, _PLATFORM, _SIDE_HOST = (frozenset(words.split()) for words in (MENU_WORDS, PLATFORMS, SIDE_HOSTS))
_KINDS = (("a list", _LIST), ("a utility", _UTILITY), ("sold", _SPONSORED_PATHS), ("says story", _STORY))
_SPONSORED = frozenset(("sponsored", "advertisement", "promoted", "anzeige", "shop", "coupon", "subscribe"))
_SERVICES = frozenset(
    ("subscribe", "newsletter", "newsletters", "donate", "contact", "privacy", "submit", "sign", "copyright")
)
_PUNCTUATION = frozenset("?!:;“”‘’\"'…")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_WITHOUT_SPACES = re.compile(f"[{SOUTH_EAST_ASIAN}{HAN_AND_KANA}]")
_NOT_LATIN = re.compile("[\u0370-\u1cff\u2e80-\ud7ff]")
_DATE_IN_PATH = re.compile(
    r"/(?:19|20)\d{2}[/-]?(?:0?[1-9]|1[0-2]|[a-z]{3})(?:[/-]?(?:[0-2]?\d|3[01]))?(?=\D|$)|(?:19|20)\d{6}"
)
_FULL_DATE = re.compile(
    r"/(?:19|20)\d{2}[/-]?(?:0?[1-9]|1[0-2]|[a-z]{3})[/-]?(?:[0-2]?\d|3[01])(?=\D|$)|(?:19|20)\d{6}"
)
_LONG_NUMBER = re.compile(r"\d{5,}")
_KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}|[0-9a-z]{20,}|(?=(?:\D*\d){4})(?=\d*\D)(?<![^/_-])[0-9a-z]{8,}(?![^._-])")
_EXTENSION_ONLY = re.compile(r"html?|php|aspx?|shtml|\d+")
_EXTENSION = re.compile(r"\.([a-z]{2,5})$")
_QUERY_ID = re.compile(
    r"(?:^|&)(?:p|a|art|story|article|item|entry|\w*(?:id|no|idx|seq|num|code)\w{0,2})=[\w-]*\d{2}", re.IGNORECASE
)
_READ_MORE = re.compile(
    r"(?:(?:read|learn|see|find out|show|continue|view|click|watch|listen|full)\b.{0,28}|more\b.{0,12}|"
    r"comments?\b.{0,12}|\d+ (?:comments?|shares?)|shares?|[\d\s:.,]*|weiter\w*.{0,12}|mehr\b.{0,12}|lire\b.{0,16}|"
    r"leer m\w+|ver m\w+|leia mais|continua\b.{0,12}|details?|here|link|photos?|video|play|[\W_]*)",
    re.IGNORECASE,
)
_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/\d+(?:[a-z]{2}_)?/(?=https?:)", re.IGNORECASE)
_SAYS_SPONSORED = re.compile(
    r"\W*(?:(?:sponsored|promoted|paid|partner)(?: content| post)?|advertisement|advertorial|anzeige|werbung|"
    r"publicidad|patrocinado|publicité|sponsorisé|annonce)\s*(?:[:|–—]|- |by\b|$)",
    re.IGNORECASE,
)
_LONGEST, _LONGEST_PATH = 300, 2000  # characters; what is longer says nothing more, and would cost
_POSSESSIVE = re.compile("['’]s?$")
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?|mp[34]|m4[av]|webm|mov|avi|ogg|wav|pdf|docx?|xlsx?|pptx?|odt|epub|zip|"
    r"ics|exe|apk|dmg)",
    re.IGNORECASE,
)
_FOLDER = re.compile(r"(?:index|default|home)\.\w{2,5}")
_MINUTES = re.compile(r"\d{1,2}:\d{2}")


def is_story(text: str, url: str) -> bool:
    """Whether a link of this text to this address leads to a story."""
    return likelihood(text, url) > 0.5 and not is_file(url)


def is_file(url: str) -> bool:
    """Whether an address is by its name a picture, a film or another file that holds no page."""
    path = url.partition("?")[0].partition("#")[0]
    return bool(_FILE.fullmatch(path[path.rfind(".") :])) and path.count("/") > 2


def is_prompt(text: str) -> bool:
    """Whether a link only says what to do ("Read more", "Watch 3:16", "Comments"), or nothing."""
    return bool(_READ_MORE.fullmatch(text.strip()))


def is_sponsored(text: str, url: str) -> bool:
    """Whether a link or its address says that somebody paid for what is there."""
    return bool(_SAYS_SPONSORED.match(text)) or not _SPONSORED_PATHS.isdisjoint(_segments(urlsplit(url).path))


def identifies_story(path: str) -> bool:
    """Whether a path names one story without the query that follows it."""
    last = path[-_LONGEST_PATH:].rstrip("/").rpartition("/")[2]
    return last.count("-") > 2 or bool(_LONG_NUMBER.search(last)) or bool(_FULL_DATE.search("/" + path[:_LONGEST_PATH]))


def shared_words(text: str, url: str) -> int:
    """How many of the words of the wordiest part of an address a text has."""
    return len(
        {_POSSESSIVE.sub("", word.lower()) for word in _WORD.findall(text)} & set(_slug(_segments(urlsplit(url).path)))
    )


def headline_from(url: str) -> str:
    """The words of an address as a headline, for a story that is named in no other way; empty if it has but two."""
    words = [word for word in _slug(_segments(urlsplit(url).path)) if word]
    words = words[:-1] if words and _EXTENSION_ONLY.fullmatch(words[-1]) else words
    return clean(" ".join(words).capitalize()) if len(words) > 2 else ""


@lru_cache(maxsize=4096)
def likelihood(text: str, url: str) -> float:
    """How likely a link leads to a story, 0 to 1."""
    odds = BIAS + sum(WEIGHTS.get(feature, 0.0) for feature in features(text, url))
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))


def features(text: str, url: str) -> Iterator[str]:
    """The features of a link, by the names that the table of weights has them under."""
    text = text[:_LONGEST]
    try:
        parts = urlsplit(_ARCHIVED.sub("", url.strip()))
        host = parts.hostname or ""
    except ValueError:
        yield "address: none"
        return
    words = _WORD.findall(text)
    segments = _segments(parts.path)
    slug = _slug(segments)
    yield from _of_text(text, words)
    yield from _of_host(parts.scheme, host)
    yield from _of_path(parts.path[:_LONGEST_PATH].lower(), segments)
    yield from _of_slug(segments, slug)
    yield from _of_query(parts.query[:_LONGEST_PATH], parts.fragment, segments)
    yield from _of_both(words, slug, segments)


def path_pattern(url: str) -> str:
    """What addresses of one kind have in common: which parts of the path are numbers, words or many words."""
    try:
        parts = urlsplit(_ARCHIVED.sub("", url))
    except ValueError:
        return ""
    return "/".join([parts.netloc, *map(_kind, _segments(parts.path))])


def _kind(segment: str) -> str:
    """A part of a path as its kind: a section's name as itself, a number, a slug of many words, or any word."""
    if segment in _SECTION or segment in _LIST or segment in _UTILITY or segment in _STORY:
        return segment
    if segment.isdecimal():
        return "number" if len(segment) > 4 else "figures"
    kind = "slug" if segment.count("-") + segment.count("_") > 2 else "word"
    return kind + ("+number" if _LONG_NUMBER.search(segment) else "")


def _segments(path: str) -> list[str]:
    """The parts of a path, less one that only says "the page of this folder"."""
    parts = [part[:_LONGEST] for part in unquote(path[:_LONGEST_PATH]).lower().split("/") if part]
    return parts[:-1] if parts and _FOLDER.fullmatch(parts[-1]) else parts


def _slug(segments: list[str]) -> list[str]:
    """The words of the wordiest part of a path."""
    return max((re.split(r"[-_+. ]+", segment) for segment in segments), key=len, default=[])


def _of_text(text: str, words: list[str]) -> Iterator[str]:
    count = max(len(words), len(_WITHOUT_SPACES.findall(text)) // 2)
    yield from _steps("text", count, (1, 2, 3, 4, 5, 7, 10, 20), "words")
    lowered = [word.lower() for word in words]
    calls = sum(word in _MENU_WORD for word in lowered)
    if calls and calls * 2 >= count:
        yield "text: calls of the page"
    if calls and count <= 3:
        yield "text: short call of the page"
    if not _SERVICES.isdisjoint(lowered) or "©" in text:
        yield "text: a service"
    if not _SPONSORED.isdisjoint(lowered[:3]):
        yield "text: sold"
    if count <= 2 and lowered and lowered[0] in _SECTION:
        yield "text: a section's name"
    if _MINUTES.search(text):
        yield "text: minutes"
    yield from _of_letters(text, words, count)


def _of_letters(text: str, words: list[str], count: int) -> Iterator[str]:
    if count > 3 and len(_NOT_LATIN.findall(text)) * 2 > len(text.replace(" ", "")):
        yield "text: long in another script"
    if text.isupper() and count > 1:
        yield "text: capitals"
    if not _PUNCTUATION.isdisjoint(text):
        yield "text: punctuation of a sentence"
    if words and count >= 4 and sum(word[0].islower() for word in words) * 2 > count:
        yield "text: mostly lower case"
    if count >= 3 and all(word[0].isupper() or not word[0].isalpha() for word in words):
        yield "text: title case"


def _of_host(scheme: str, host: str) -> Iterator[str]:
    if scheme and scheme not in ("http", "https"):
        yield "host: no web address"
    if not host:
        yield "host: same"
        return
    labels = host.removeprefix("www.").split(".")
    if ".".join(labels[-2:]) in _PLATFORM or host in _PLATFORM:
        yield "host: a platform"
    if labels[0] in _SIDE_HOST:
        yield "host: beside the news"


def _of_path(path: str, segments: list[str]) -> Iterator[str]:
    yield from _steps("path", len(segments), (1, 2, 3, 4, 5, 6), "parts")
    for kind, names in _KINDS:
        if not names.isdisjoint(segments):
            yield f"path: {kind}"
    if len(segments) > 1 and segments[-2] in _LIST:
        yield "path: one of a list"
    if any(segment.startswith(("article_", "article-", "story-")) for segment in segments):
        yield "path: says story inside"
    if segments and segments[-1] in _SECTION:
        yield "path: ends in a section"
    if len(segments) > 1 and segments[0] in _SECTION:
        yield "path: begins with a section"
    if segments and all(segment in _SECTION or segment in _LIST for segment in segments):
        yield "path: sections only"
    if _FULL_DATE.search(path):
        yield "path: a day"
    elif _DATE_IN_PATH.search(path):
        yield "path: a month"


def _of_slug(segments: list[str], slug: list[str]) -> Iterator[str]:
    last = segments[-1] if segments else ""
    yield from _steps("slug", len(slug), (1, 2, 3, 4, 5, 7, 10), "words")
    last_words = re.split(r"[-_+. ]+", last)
    yield from _steps("end", len(last_words), (2, 3, 4, 6), "words")
    yield from _steps("end", len(last), (4, 8, 12, 18, 25, 40, 60), "characters")
    if _LONG_NUMBER.search(last):
        yield "end: a long number"
    elif any(_LONG_NUMBER.search(segment) for segment in segments[:-1]):
        yield "path: a long number"
    if last.isdecimal():
        yield "end: only a number"
    if _KEY.search(last[-_LONGEST:]):
        yield "end: a key"
    if slug and sum(word in _UTILITY or word in _LIST for word in slug) * 2 >= len(slug):
        yield "slug: utility words"
    if found := _EXTENSION.search(last):
        yield f"extension: {found[1]}" if found[1] in _EXTENSIONS else "extension: other"


_EXTENSIONS = frozenset("html htm php aspx asp pdf xml jpg png shtml jsp cms ece".split())


def _of_query(query: str, fragment: str, segments: list[str]) -> Iterator[str]:
    if _QUERY_ID.search(query):
        yield "query: names a story"
    elif query:
        yield "query: some"
    if fragment and not segments:
        yield "fragment: only"
    elif fragment.startswith("comment") or fragment == "disqus_thread":
        yield "fragment: comments"


def _of_both(words: list[str], slug: list[str], segments: list[str]) -> Iterator[str]:
    spoken = {word.lower() for word in words if len(word) > 2}
    written = {word for word in slug if len(word) > 2}
    shared = len(spoken & written)
    yield from _steps("both", shared, (1, 2, 3, 5, 8), "words shared")
    if len(words) >= 5 and len(slug) >= 4:
        yield "both: long"
    if len(words) <= 3 and len(slug) <= 3:
        yield "both: short"
    if len(words) >= 5 and len(slug) <= 3:
        yield "both: long text, short slug"
    if 1 <= len(words) <= 3 and len(segments) <= 2 and shared >= min(len(words), len(slug)):
        yield "both: the text is the slug"


def _steps(where: str, count: int, steps: tuple[int, ...], what: str) -> Iterator[str]:
    """Every step that a number reaches, so that the weights of two neighbouring numbers cannot differ wildly."""
    for step in steps:
        if count < step:
            break
        yield f"{where}: {step} {what}"
