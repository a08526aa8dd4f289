"""Slideshows, illustrated lists, live blogs: elements made alike beside each other, each a part of the story."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from fetch.extract.markup.tokens import MediaTag, OpenElement, Path, TextBlock, Token

_FEWEST = 3  # slides
_MOST_ABOVE = 6  # elements between a picture and what holds all slides
_RUNNING = 40  # letters of a text that counts
_ENOUGH = 0.5  # of the slides with text, for the others to be the story's, too
_IN_FIGURES = ("figure", "figcaption")


def slides_among(tokens: Sequence[Token], kept: Collection[int], *, live: bool) -> set[int]:
    """The `id` of each text block in a slide whose likes are mostly kept: a slideshow is whole, or not the story.

    A slide holds a picture; in `live` coverage each entry that is an <article> is one, too.
    """
    slides = _slides(tokens, live=live)
    if not slides:
        return set()
    texts: dict[int, list[TextBlock]] = {}
    within: dict[OpenElement | None, tuple[int, ...]] = {None: ()}
    for token in tokens:
        if isinstance(token, TextBlock) and token.element.within not in _IN_FIGURES:
            for slide in _slides_around(token.element, slides, within):
                texts.setdefault(slide, []).append(token)
    shows: dict[int, list[list[TextBlock]]] = {}
    for slide, text_blocks in texts.items():
        shows.setdefault(slides[slide], []).append(text_blocks)
    return {id(one) for show in shows.values() for one in _missing(show, kept)}


def _slides_around(
    element: OpenElement | None, slides: Collection[int], known: dict[OpenElement | None, tuple[int, ...]]
) -> tuple[int, ...]:
    """The slides that an element is in, looked up once for each element."""
    unknown: list[OpenElement] = []
    while element is not None and element not in known:
        unknown.append(element)
        element = element.parent
    found = known[element]
    for one in reversed(unknown):
        found = known[one] = (*found, id(one)) if id(one) in slides else found
    return found


def _slides(tokens: Sequence[Token], *, live: bool) -> dict[int, int]:
    """The slides (elements by `id`) that have likes beside them, each with a number for its show."""
    alike: dict[tuple[OpenElement | None, str, int], set[int]] = {}
    pictures = [token.element for token in tokens if isinstance(token, MediaTag) and token.name != "source"]
    texts = (
        [token.element for token in tokens if isinstance(token, TextBlock) and token.element.article] if live else []
    )
    if len(pictures) < _FEWEST and not texts:
        return {}
    for at, holder in enumerate((*pictures, *texts)):
        element: OpenElement | None = holder
        for _ in range(_MOST_ABOVE):
            if element is None:
                break
            if at < len(pictures) or element.name == "article":
                key = (element.parent, element.name, element.own)
                if key in alike:
                    alike[key].add(id(element))
                else:
                    alike[key] = {id(element)}
            element = element.parent
    shows = [elements for elements in alike.values() if len(elements) >= _FEWEST]
    return {element: number for number, elements in enumerate(shows) for element in elements}


def _missing(slides: Sequence[Sequence[TextBlock]], kept: Collection[int]) -> Iterator[TextBlock]:
    """What is missing of the slides where most of them are there."""
    forms = _forms_of_the_story(slides, kept)
    for slide in slides if forms else ():
        alike = [one for one in slide if _form(one) in forms or one.kind[0] == "h"]
        yield from alike if any(map(_tells, alike)) else ()


def _forms_of_the_story(slides: Sequence[Sequence[TextBlock]], kept: Collection[int]) -> set[tuple[str, Path]]:
    """How texts stand that are the story's: those that are kept of most slides; all, where their headings are."""
    told = [found for slide in slides if (found := [one for one in slide if _tells(one)])]
    fewest = max(2, _ENOUGH * len(told))
    there = [slide for slide in told if any(id(one) in kept for one in slide)]
    if len(told) < _FEWEST:
        return set()
    if len(there) >= fewest:
        return {_form(one) for slide in there for one in slide if id(one) in kept}
    headed = [slide for slide in slides if any(id(one) in kept and one.kind[0] == "h" for one in slide)]
    if len(headed) < fewest or any(one.linked for slide in slides for one in slide):
        return set()
    return {_form(one) for slide in told for one in slide}


def _tells(one: TextBlock) -> bool:
    return len(one.text) > _RUNNING and 2 * one.linked < len(one.text)


def _form(one: TextBlock) -> tuple[str, Path]:
    return one.kind, one.element.path
