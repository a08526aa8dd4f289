"""Who wrote a story, as the page shows it where its head is silent.

Every line near the headline that may be a byline, and every element made for one, is a witness; each has signs, each
sign counts for what the table below says, and the witness with the most wins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from fetch.dates import WRITTEN_DAY
from fetch.extract.facts.byline_area import Near, is_elsewhere, stands_elsewhere
from fetch.extract.facts.names import BY, House, may_be_people, names_in, squeezed
from fetch.extract.markup.class_hints import BIT
from fetch.extract.markup.page_index import Survey
from fetch.extract.markup.tokenizer import Passage
from fetch.text import unescape

# What a sign counts for: fitted to saved pages, each site left out in turn, then rounded.
_WEIGHTS = {
    "over": -0.2,
    "under": 1.1,
    "below": -1.1,
    "far": -1.4,
    "end": -0.7,
    "signature": 2.6,  # a name set apart in bold or italics that ends the story
    "labelled": 2.1,  # "Text: …", "Autorin: …"
    "said": 0.4,  # the line begins with "By"
    "said inside": -0.7,
    "bare": -1.6,  # nothing but what looks like a person's name
    "part": -1.8,  # and that as a part of the line
    "author element": 2.1,  # an element that its names call so
    "byline element": 0.3,
    "author link": 1.4,  # leads to a page of the author
    "by a date": 0.8,
    "repeated": 0.3,
    "first mark": 2.0,  # the page's first element that is made for authors
    "later mark": -0.2,
    "rel author": 1.3,
    "house": 1.2,  # the site itself
    "common words": -1.9,  # that the story uses too, in small letters
    "one word": -1.5,
    "many words": -0.8,
    "heading": -1.2,
    "in the headline": -1.6,
    "in a list": -1.1,
    "in a figure": -0.8,
    "elsewhere": -0.9,
    "of a comment": -2.0,  # or of another story
    "of another work": -1.0,  # a picture, a review, a translation
}
_LEAST = 0.2  # below this, no author is better
_SURE = 2.3  # to name a person where the head names the house
_LONGEST = 200

_LABEL = re.compile(
    r"(?:^|[\s(–|·-])(?:text|autor(?:in|en|:in|\*in|es|a)?|auteurs?|authors?|redaktion|texte|testo|tekst|verfasser(?:in)?"
    r"|reporter|writer|автор|текст|作者|記者|글)\s?[:：]\s*",
    re.I,
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
    r"|(?<=\d)\s+(?=[^\W\d_])",
    re.I,
)
_MARKS_OF_PARTS = re.compile(r"[|·•⋅\n\d]|\s[–—-]\s")
_FIGURE = re.compile(r"\d")
_SAYS_BY = re.compile(  # in small letters; asked first, as it takes a quarter of the time
    r"(?:by|from|v[oa]n|vom|p[ao]r|d[ia]|a[fv]|door|przez|oleh|texte de|testo di|автор|текст|كتب|بقلم|作者|文|記者|记者"
    r"|撰文)\b[\s:：]"
)
_MARKED = "[rel~=author],[itemprop=author],.byline,.author,.author-name,.byline-name,.vcard .fn"


class _Witness(NamedTuple):
    """Names that the page shows, and their signs."""

    names: tuple[str, ...]
    signs: tuple[str, ...]


def shown_authors(page: Survey, near: Sequence[Near], headline: str, house: House, *, surely: bool) -> tuple[str, ...]:
    """The names in the line that most looks like the byline, () where none does, or where not `surely` enough."""
    witnesses = [*_in_passages(near, headline, house), *_in_marks(page, house)]
    times = Counter([witness.names for witness in witnesses])

    def score(witness: _Witness) -> float:
        repeated = _WEIGHTS["repeated"] if times[witness.names] > 1 else 0.0
        return sum([_WEIGHTS[sign] for sign in witness.signs]) + repeated

    best = max(witnesses, key=score, default=None)
    return best.names if best and score(best) > (_SURE if surely else _LEAST) else ()


def _in_passages(near: Sequence[Near], headline: str, house: House) -> Iterator[_Witness]:
    common = {word for passage, _ in near for word in passage.text.split() if word.islower()}
    for at, (passage, place) in enumerate(near):
        if len(passage.text) >= _LONGEST or (place == "far" and ":" not in passage.text):
            continue
        names, how = _named(passage, house)
        if names:
            signs = [place, how, *_signs(passage, names, headline), *_signs_of_names(names, house)]
            if any(_is_dated(other.text[:_LONGEST]) for other, _ in near[max(0, at - 2) : at + 3]):
                signs.append("by a date")
            if how in ("bare", "part") and all(word.lower() in common for word in " ".join(names).split()):
                signs.append("common words")
            if how == "bare" and place == "end" and _is_set_apart(passage):
                signs.append("signature")
            yield _Witness(tuple(names), tuple(signs))


def _is_dated(text: str) -> bool:
    return bool(_FIGURE.search(text) and WRITTEN_DAY.search(text))


def _named(passage: Passage, house: House) -> tuple[list[str], str]:
    """The names in a passage, and how they are told."""
    text = " ".join([run[0] if run[0] == "\n" else " ".join(run[0].split()) for run in passage.runs]).strip()
    if _SAYS_BY.search(text.lower()) and (by := BY.search(text)) and (names := names_in(text[by.end() :], house)):
        return names, "said" if by.start() == 0 else "said inside"
    label = _LABEL.search(text) if ":" in text or "：" in text else None
    if label and (names := names_in(text[label.end() :], house)):
        return names, "labelled"
    for part in _PARTS.split(text) if _MARKS_OF_PARTS.search(text) else (text,):
        if may_be_people(part) and (names := names_in(part, house, people=True)):
            return names, "bare" if part == text else "part"
    return [], ""


def _signs(passage: Passage, names: Sequence[str], headline: str) -> Iterator[str]:
    """How a byline stands on the page."""
    holder = passage.holder
    own = holder.own | (holder.parent.own if holder.parent else 0)
    figure = holder.within in ("blockquote", "figure", "figcaption") or (holder.own | holder.around) & BIT["caption"]
    found = {
        "author element": own & BIT["author"],
        "byline element": own & BIT["byline"],
        "author link": any(run[2] and _AUTHORS_PAGE.search(run[2]) for run in passage.runs),
        "elsewhere": is_elsewhere(passage),
        "in a list": holder.within in ("li", "table"),
        "in a figure": figure,
        "heading": holder.name in ("h1", "h2", "h3", "h4", "h5", "h6"),
        "of another work": _OF_ANOTHER_WORK.search(passage.text),
        "in the headline": any(name in headline for name in names),
        "many words": len(passage.text) - sum([len(name) for name in names]) > 60,
    }
    return (sign for sign, holds in found.items() if holds)


def _is_set_apart(passage: Passage) -> bool:
    return passage.styled >= 0.8 * len(passage.text) and not passage.linked


def _signs_of_names(names: Sequence[str], house: House) -> Iterator[str]:
    if any(squeezed(name) in house for name in names):
        yield "house"
    if all(" " not in name and name != name.swapcase() for name in names):
        yield "one word"


def _in_marks(page: Survey, house: House) -> Iterator[_Witness]:
    """What the elements made for authors say."""
    body = page.tree.body
    for at, node in enumerate(body.css(_MARKED)[:8] if body else ()):
        text = unescape(node.text(separator=" "))
        by = BY.search(text)
        if len(text) < _LONGEST and (names := names_in(text[by.end() :] if by else text, house)):
            mark = "first mark" if at == 0 else "later mark"
            yield _Witness(tuple(names), (mark, *_signs_of_mark(node), *_signs_of_names(names, house)))


def _signs_of_mark(node: LexborNode) -> Iterator[str]:
    attributes = node.attributes
    if "author" in (attributes.get("rel") or "") or attributes.get("itemprop") == "author":
        yield "rel author"
    if stands_elsewhere(node):
        yield "of a comment"
