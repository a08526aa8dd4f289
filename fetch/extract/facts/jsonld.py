"""What a page says of itself in JSON-LD: the article among the objects, however broken the JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborNode

from fetch.bounded_json import parse_json
from fetch.text import unescape

Thing = dict[str, Any]
_ARTICLE_TYPES = """
    NewsArticle Article ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle ReviewNewsArticle
    BackgroundNewsArticle AskPublicNewsArticle BlogPosting LiveBlogPosting SocialMediaPosting TechArticle
    ScholarlyArticle Report Review CreativeWork AdvertiserContentArticle SatiricalArticle MedicalWebPage Recipe
"""
_ARTICLES = frozenset(_ARTICLE_TYPES.split())
_PAGES = frozenset(("WebPage", "ItemPage", "VideoObject", "PodcastEpisode", "AboutPage"))
_COMMENT = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|\]\]>|/\*\s*+\]\]>\s*+\*/)\s*+;?\s*+$"
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_FIELD = re.compile(
    r'"(headline|datePublished|dateModified|articleBody|articleSection|description)"\s*:\s*"((?:[^"\\]|\\.)*)"', re.S
)
_DEEPEST = 12


def article_in(scripts: list[LexborNode], url: str) -> Thing:
    """The object that describes this page's article, {} if none does."""
    things = [thing for script in scripts for thing in _things(script.text() or "")]
    articles = [thing for thing in things if types_of(thing) & _ARTICLES]
    if articles:
        return _with_author(max(articles, key=lambda thing: _fit(thing, url)), things)
    page: Thing = next((thing for thing in things if types_of(thing) & _PAGES and "datePublished" in thing), {})
    return _with_author(page, things)


def _with_author(article: Thing, things: list[Thing]) -> Thing:
    """The object with its author written out, where it only refers to one, or where the page knows one person only."""
    author = article.get("author")
    if author:
        named = {one["@id"]: one for one in things if isinstance(one.get("@id"), str) and "name" in one}
        full = [_looked_up(one, named) for one in (author if isinstance(author, list) else [author])]
        return {**article, "author": full}
    people = [one for one in things if "Person" in types_of(one) and isinstance(one.get("name"), str)]
    return {**article, "author": people} if len(people) == 1 else article


def _looked_up(one: Any, named: dict[str, Thing]) -> Any:
    if isinstance(one, dict) and "name" not in one and isinstance(one.get("@id"), str):
        return named.get(one["@id"], one)
    return one


def types_of(thing: Thing) -> set[str]:
    """The object's types, without the vocabulary's address."""
    value = thing.get("@type") or ()
    return {str(kind).rpartition("/")[2] for kind in (value if isinstance(value, list) else [value])}


def _fit(thing: Thing, url: str) -> float:
    """How surely the object is the page's own article and not one it links to."""
    page = thing.get("mainEntityOfPage") or thing.get("url") or thing.get("@id") or ""
    if isinstance(page, dict):
        page = page.get("@id") or page.get("url") or ""
    same = (
        isinstance(page, str)
        and bool(page)
        and page.split("?", 1)[0].split("#", 1)[0].rstrip("/").endswith(url.split("?", 1)[0].rstrip("/")[-60:])
    )
    return (
        4 * same
        + 2 * ("headline" in thing)
        + 2 * ("datePublished" in thing)
        + ("articleBody" in thing)
        + ("author" in thing)
    )


def _things(text: str) -> list[Thing]:
    if not text or ("datePublished" not in text and "headline" not in text and "articleBody" not in text):
        return []
    try:
        value = parse_json(text, strict=False)
    except ValueError:
        value = _mended(text)
    except RecursionError:
        return []
    return list(_flat(value, 0))


def _mended(text: str) -> Any:
    """The value of JSON with what publishers commonly get wrong put right, or the plain fields that stand in it."""
    text = _TRAILING_COMMA.sub(r"\1", _COMMENT.sub("", _COMMENT.sub("", text.strip())).rstrip(";"))
    try:
        return parse_json(text, strict=False)
    except (ValueError, RecursionError):
        pass
    found: Thing = {"@type": "NewsArticle"}
    for name, value in _FIELD.findall(text):
        found.setdefault(name, _string(value))
    return found if len(found) > 1 else None


def _string(value: str) -> str:
    try:
        return str(json.loads(f'"{value}"', strict=False))
    except ValueError:
        return value


def _flat(value: Any, depth: int) -> Iterator[Thing]:
    """The objects at the top, in lists and in @graph; those inside mainEntity too."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _flat(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"):
            if isinstance(value.get(name), list | dict):
                yield from _flat(value[name], depth + 1)


def text_field(thing: Thing, *names: str) -> str:
    """The first of the fields that is text, safe and on one line."""
    for name in names:
        value = thing.get(name)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, dict):
            value = value.get("name") or value.get("@value") or value.get("headline")
        if isinstance(value, str) and value.strip():
            return unescape(value)
    return ""


def text_list(thing: Thing, name: str) -> list[str]:
    """The field's texts: a list as it is, one text with commas taken apart."""
    value = thing.get(name)
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list):
        return []
    return [unescape(one) for one in value if isinstance(one, str) and one.strip()]


def people(thing: Thing, name: str = "author") -> list[str]:
    """The names of those the field holds, people and organisations, as they are written."""
    value = thing.get(name)
    found: list[str] = []
    for one in value if isinstance(value, list) else [value]:
        named = _name(one) if isinstance(one, dict) else one
        people_named = named if isinstance(named, list) else [named]
        found += [unescape(person) for person in people_named if isinstance(person, str) and person.strip()]
    return found


def is_by_a_house(thing: Thing) -> bool:
    """Whether all that a thing names as its authors are organisations."""
    value = thing.get("author")
    authors = value if isinstance(value, list) else [value]
    return all(
        isinstance(one, dict) and one.get("@type") in ("Organization", "NewsMediaOrganization") for one in authors
    )


def _name(person: Thing) -> Any:
    family = person.get("familyName")
    return person.get("name") or (f"{person.get('givenName', '')} {family}" if family else "")


def image_of(thing: Thing) -> tuple[str, str]:
    """URL and caption of the article's image, empty where it names none."""
    value = thing.get("image") or thing.get("thumbnailUrl")
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        source = value.get("url") or value.get("contentUrl") or ""
        if isinstance(source, list):
            source = source[0] if source else ""
        return (source if isinstance(source, str) else ""), text_field(value, "caption", "description")
    return (value if isinstance(value, str) else ""), ""
