"""Who wrote a story, as the page shows it where its head is silent.

Every line near the headline that may be a byline, and every element made for one, is looked at. Each has features, each
feature adds its weight (byline_weights), and the names with the highest sum win.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from fetch.dates import WRITTEN_DAY, may_be_dated
from fetch.extract.facts.byline_area import NearbyText, is_elsewhere, stands_elsewhere
from fetch.extract.facts.byline_weights import WEIGHTS
from fetch.extract.facts.cjk_bylines import MAY_BE_CJK, CjkByline, cjk_byline, is_japanese
from fetch.extract.facts.names import BY, SiteNames, folded_letters, is_person, may_be_people, names_in
from fetch.extract.markup.class_hints import BIT
from fetch.extract.markup.page_index import PageIndex
from fetch.extract.markup.tokens import TextBlock
from fetch.text import unescape

LEAST_OF_A_BYLINE = 0.2
"""The least sum of weights for a line to be a byline: below this, no author is better."""
LEAST_BEFORE_A_HOUSE = 2.3
"""The least for it to name a person where the head names the house."""
_LONGEST = 200
_SHORT_LINE = 100

_LABEL = re.compile(
    r"(?:^|[\s(–|·-])(?:texto?|words|reportage|beitrag|autor(?:in|en|:in|\*in|es|a)?|auteurs?|authors?|redaktion|texte|testo|tekst|verfasser(?:in)?"
    r"|reporter|writer|автор|текст|作者|記者|글)\s?[:：]\s*",
    re.I,
)
_LABEL_ALONE = re.compile(
    r"(?:autorin/autor|autor/in|autor(?:in|a)?|auteure?|authors?|verfasser(?:in)?|автор)\s+", re.I
)
_OF_ANOTHER_WORK = re.compile(
    r"foto|photo|\bbild|image|picture|gra(?:f|ph)i[ck]|illustration|reviewed|editing|fact.?check|translat|übersetz|©"
    r"|copyright|quelle|\bsource",
    re.I,
)
_AUTHORS_PAGE = re.compile(
    r"/(?:authors?|autor(?:en|es)?|auteurs?|profiles?|people|person|team|staff|contributors?|redaktion|by|users?)/",
    re.I,
)
_PARTS = re.compile(
    r"\s*[|·•⋅\n]\s*|\s[–—-]\s|(?<=[^\W\d_])(?:\s(?:mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|sat|sun)\.?,?)?\s+(?=\d)"
    r"|(?<=\d)[\s,]+(?=[^\W\d_])",
    re.I,
)
_MARKS_OF_PARTS = re.compile(r"[|·•⋅\n\d–—-](?:(?<![–—-])|(?<=\s[–—-])\s)")
_SAYS_BY = re.compile(  # in small letters; asked first, as it takes a quarter of the time
    r"(?:by|from|v[oa]n|vom|p[ao]r|d[ia]|a[fv]|door|przez|oleh|texte de|testo di|автор|текст|كتب|بقلم|作者|文|記者|记者"
    r"|撰文)\b[\s:：]"
)
_FOR_AUTHORS = "[rel~=author],[itemprop=author],[class*=author],.author,.byline,.byline-name,.vcard .fn"
"""All that may be made for authors."""
_ONLY_CALLED = re.compile(r"author(?:-name|__name|_name|Name|--name)")
"""What else is made for authors, by a part of its name; looked at where nothing is marked as usual."""
_LABEL_BEFORE = re.compile(
    r"(?:(?:(?:article|text|story|words|written|posted|published) )?by|authors?|writers?|(?:verfasst |text )?von"
    r"|autor(?:in|en|a|es)?|text|auteure?s?|(?:écrit )?par|texte|autor[ei]|testo(?: di)?|(?:escrito )?por|texto|автор"
    r"|作者|記者)\s?[:：]?",
    re.I,
)
"""A text block that says no more than that the next one says who wrote the story."""


class _ShownNames(NamedTuple):
    """Names that the page shows, their features, and where: which text block, or which element around marked ones."""

    names: tuple[str, ...]
    features: tuple[str, ...]
    place: int = -1


def shown_authors(
    page: PageIndex, nearby: Sequence[NearbyText], headline: str, site_names: SiteNames, *, least: float
) -> tuple[str, ...]:
    """The names in the line that most looks like the byline, () where none has more than `least`."""
    all_shown = [*_in_text_blocks(nearby, headline, site_names), *_in_marked_elements(page, site_names)]
    times = Counter([shown.names for shown in all_shown])

    def score(shown: _ShownNames) -> float:
        repeated = WEIGHTS["repeated"] if times[shown.names] > 1 else 0.0
        return sum([WEIGHTS[feature] for feature in shown.features]) + repeated

    best = max(all_shown, key=score, default=None)
    if best is None or score(best) <= least:
        return ()
    names = [name for shown in (best, *_beside(best, all_shown)) for name in shown.names]
    return tuple(dict.fromkeys([_in_full(name, all_shown) for name in names]))


def _beside(best: _ShownNames, all_shown: Sequence[_ShownNames]) -> Iterator[_ShownNames]:
    """The names of others who are shown in the same way next to those, each in an element of their own."""
    alike = [mark for mark in _OF_ELEMENTS if mark in best.features]
    place = best.place
    for shown in all_shown[all_shown.index(best) + 1 :] if alike and place >= 0 else ():
        if "bare" in best.features and all(mark in shown.features for mark in (*alike, "bare", "full names")):
            if not 0 < shown.place - place <= _NEXT:
                return
            place = shown.place
            yield shown
        elif "first mark" in best.features and shown.place == place and "full names" in shown.features:
            yield shown


_OF_ELEMENTS = ("author element", "author link", "first mark")
_NEXT = 1  # text block


def _in_full(name: str, all_shown: Sequence[_ShownNames]) -> str:
    """The name that another line gives in full: "Articles by Ida" beside "Ida Quill"."""
    if " " in name:
        return name
    fuller = (one for shown in all_shown for one in shown.names if one.startswith(f"{name} ") and is_person(one))
    return next(fuller, name)


def _in_text_blocks(nearby: Sequence[NearbyText], headline: str, site_names: SiteNames) -> Iterator[_ShownNames]:
    @cache
    def is_dated(at: int) -> bool:
        return _is_dated(nearby[at].text_block.text[:_LONGEST])

    written: set[str] = set()
    japanese = not headline.isascii() and is_japanese(" ".join([near.text_block.text[:_LONGEST] for near in nearby]))
    for at, (text_block, position) in enumerate(nearby):
        byline = _cjk_byline(text_block.text, japanese=japanese)
        if byline is None and (len(text_block.text) >= _LONGEST or (position == "far" and ":" not in text_block.text)):
            continue
        names, how = (list(byline.names), byline.how) if byline else _introduced(nearby, at, site_names)
        if names:
            features = [position, how, *_features(text_block, names, headline), *_features_of_names(names, site_names)]
            if any(map(is_dated, range(max(0, at - 2), min(len(nearby), at + 3)))):
                features.append("by a date")
                if how not in ("bare", "part") and is_dated(at):
                    features.append("dated line")
            if how in ("bare", "part"):
                written = written or _words_of(nearby)
                if all((small := word.lower()) in written and small.islower() for word in " ".join(names).split()):
                    features.append("common words")
            if how == "bare" and position == "end" and _is_set_apart(text_block):
                features.append("signature")
            yield _ShownNames(tuple(names), tuple(features), at)


def _introduced(nearby: Sequence[NearbyText], at: int, site_names: SiteNames) -> tuple[list[str], str]:
    """The names in a text block, and how they are introduced, in it or by the one before ("Written by")."""
    text_block = nearby[at].text_block
    names, how = _named(text_block, site_names)
    if how in ("", "bare") and at and _LABEL_BEFORE.fullmatch(nearby[at - 1].text_block.text.strip()):
        return names_in(text_block.text, site_names, people=True), "labelled"
    return names, how


def _cjk_byline(text: str, *, japanese: bool) -> CjkByline | None:
    if text.isascii() or not _HAS_CJK.search(text) or not MAY_BE_CJK.search(text):
        return None
    return cjk_byline(text, japanese=japanese)


_HAS_CJK = re.compile("[\u3041-\u9fff\uac00-\ud7a3]")


def _words_of(nearby: Sequence[NearbyText]) -> set[str]:
    """The words nearby; one that also stands there in small letters is no name."""
    return set(" ".join([text_block.text for text_block, _ in nearby]).split())


def _is_dated(text: str) -> bool:
    return may_be_dated(text) and WRITTEN_DAY.search(text) is not None


def _named(text_block: TextBlock, site_names: SiteNames) -> tuple[list[str], str]:
    """The names in a text block, and how they are introduced: "said", "labelled", "bare" …"""
    if len(text_block.runs) == 1 and text_block.kind != "pre":
        text, runs = text_block.text, [text_block.text]
    else:
        runs = [run[0] if run[0] == "\n" else " ".join(run[0].split()) for run in text_block.runs]
        text = " ".join(runs).strip()
    by = BY.search(text) if _SAYS_BY.search(text.lower()) and not _is_noble(text) else None
    if by and (names := _as_linked(names_in(text[by.end() :], site_names), text_block)):
        return names, "said" if by.start() == 0 else "said inside"
    label = _LABEL.search(text) if ":" in text or "：" in text else _LABEL_ALONE.match(text)
    if label and (
        names := names_in(text[label.end() :], site_names, people=not label[0].strip().endswith((":", "：")))
    ):
        return names, "labelled"
    linked = [" ".join(run[0].split()) for run in text_block.runs if run[2] and _AUTHORS_PAGE.search(run[2])]
    parts = _PARTS.split(text) if _MARKS_OF_PARTS.search(text) else [text]
    for part in parts if len(runs) == 1 or len(text) > _SHORT_LINE else (*linked, *parts, *runs):
        if may_be_people(part) and (names := names_in(part, site_names, people=True)):
            return names, "bare" if part == text or part in linked else "part"
    if _CJK_NAME.fullmatch(text) and (linked or (text_block.element.own & BIT["author"])):
        return [text], "bare"
    return [], ""


def _is_noble(text: str) -> bool:
    """Whether a text is a person's name that has a "von" in it, and no byline of that person."""
    noble = _NOBLE.fullmatch(text)
    return bool(noble) and is_person(text) and not _OF_WORKS.match(text)


_NOBLE = re.compile(r"[^\W\d_][\w.-]+(?: [^\W\d_][\w.-]+)? (?:von|vom|di|da|af|av|van) (?:[a-z]{1,3} )?[^\W\d_][\w-]+")
_OF_WORKS = re.compile(
    r"(?:text|foto|bild|video|artikel|beitrag|gast|interview|kommentar|analyse|bericht|reportage|kolumne|essay|ein|testo"
    r"|articolo|tekst|un|una)",
    re.I,
)
_CJK_NAME = re.compile(r"[\u4e00-\u9fff々][\u3041-\u30ff\u4e00-\u9fff々]{1,7}|[가-힣]{2,4}")


def _as_linked(names: list[str], text_block: TextBlock) -> list[str]:
    """The names up to the first that a link to its author's page shows to have the next words glued on."""
    linked = [" ".join(run[0].split()) for run in text_block.runs if run[2] and _AUTHORS_PAGE.search(run[2])]
    for at, name in enumerate(names):
        alone = next((one for one in linked if len(one) > 1 and name.startswith(f"{one} ")), "")
        if alone:
            return [*names[:at], alone]
    return names


def _features(text_block: TextBlock, names: Sequence[str], headline: str) -> Iterator[str]:
    """How a byline stands on the page."""
    element = text_block.element
    own = element.own | (element.parent.own if element.parent else 0)
    in_figure = (
        element.within in ("blockquote", "figure", "figcaption") or (element.own | element.around) & BIT["caption"]
    )
    found = {
        "author element": own & BIT["author"],
        "byline element": own & BIT["byline"],
        "author link": any(run[2] and _AUTHORS_PAGE.search(run[2]) for run in text_block.runs),
        "elsewhere": is_elsewhere(text_block),
        "in a list": element.within in ("li", "table"),
        "in a figure": in_figure,
        "heading": element.name in ("h1", "h2", "h3", "h4", "h5", "h6"),
        "of another work": _OF_ANOTHER_WORK.search(text_block.text),
        "in the headline": any(name in headline for name in names),
        "many words": len(text_block.text) - sum([len(name) for name in names]) > 60,
    }
    return (feature for feature, holds in found.items() if holds)


def _is_set_apart(text_block: TextBlock) -> bool:
    text = text_block.text
    return (text_block.styled >= 0.8 * len(text) or text[0] in "—–―-") and not text_block.linked


def _features_of_names(names: Sequence[str], site_names: SiteNames) -> Iterator[str]:
    if any(folded_letters(name) in site_names for name in names):
        yield "site"
    if all(" " not in name and name != name.swapcase() for name in names):
        yield "one word"
        if names[0][0].islower():
            yield "small letters"
    elif all(is_person(name) for name in names):
        yield "full names"


def _in_marked_elements(page: PageIndex, site_names: SiteNames) -> Iterator[_ShownNames]:
    """What the elements made for authors say."""
    nodes = _marked(page)
    for at, node in enumerate(nodes):
        text = unescape(node.text(separator=" "))
        if len(text) >= _LONGEST:
            continue
        by, byline = BY.search(text), _cjk_byline(text, japanese=False)
        names = list(byline.names) if byline else names_in(text[by.end() :] if by else text, site_names)
        if names:
            mark = "first mark" if at == 0 else "later mark"
            features = (mark, *_features_of_marked(node), *_features_of_names(names, site_names))
            yield _ShownNames(
                tuple(names), features, _small_ancestor(node) if len(nodes) > 1 and at < _MOST_ALIKE else -1
            )


_MOST_ALIKE = 5
_MOST_MARKED = 8


def _marked(page: PageIndex) -> list[LexborNode]:
    """The first elements made for authors, those that are marked as usual, or else those called so.

    An element stands there once for each way in which it is marked, as the weights were learnt so.
    """
    found: dict[int, tuple[LexborNode, int]] = {}
    for node in page.tree.body.css(_FOR_AUTHORS) if page.tree.body else []:  # once for each selector that it matches
        _, times = found.get(node.mem_id, (node, 0))
        found[node.mem_id] = (node, times + 1)
    marked: list[LexborNode] = []
    called: list[LexborNode] = []
    for node, times in found.values():
        names = node.attributes.get("class") or ""
        ways = times - ("author" in names) + ("author-name" in names.split())
        marked += [node] * ways
        if len(marked) >= _MOST_MARKED:
            break
        if not marked:
            called += [node] * len(set(_ONLY_CALLED.findall(names)))
    return (marked or called)[:_MOST_MARKED]


def _small_ancestor(node: LexborNode) -> int:
    """The `mem_id` of the highest of the three elements around a node that hold little more than a line."""
    found = node
    for _ in range(3):
        if found.parent is None or len(found.parent.text()) >= _LONGEST:
            break
        found = found.parent
    return found.mem_id


def _features_of_marked(node: LexborNode) -> Iterator[str]:
    attributes = node.attributes
    if "author" in (attributes.get("rel") or "") or attributes.get("itemprop") == "author":
        yield "rel author"
    if stands_elsewhere(node):
        yield "of a comment"
