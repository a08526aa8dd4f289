"""Articles that are spread over several pages: where the next one is, and how they are put together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import islice
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from fetch.article import Article, Block, KeptByRule, Paragraph, plain
from fetch.extract.markup.class_hints import BIT, hints_in
from fetch.extract.markup.page_index import PageIndex
from fetch.extract.markup.pagination_phrases import NEXT_PAGE, OF_COMMENTS, OF_PAGES, ON, ON_ONE_PAGE, PAGE
from fetch.extract.markup.tokens import TextBlock, Token
from fetch.links import absolute, canonical

LATER_PAGES = "later pages missing"
"""Why an article is not whole of which some of the pages could not be had, or are not fetched."""

_PARAMETERS = (
    r"page|p|pg|seite|s|start|offset|pagina|paged|part|teil|pn|page_?num(?:ber)?|page_?no|current_?page|sida|side|sivu"
    r"|sayfa|strana|stranka|stranica|strona|oldal|trang|halaman|lk|pag"
)
_WORDS_OF_PATHS = "page|seite|pagina|part|teil|sida|side|sivu|sayfa|strana|stranka|strona|oldal|trang|halaman|p"
_NUMBERED = re.compile(
    rf"^(?P<stem>.*?)(?P<mark>[?&;](?:{_PARAMETERS})=|/(?:{_WORDS_OF_PATHS})[/-]?|/index[-_]?"
    r"|[-_,](?:p(?:age)?-?|seite-?|part-?)|/|[-_,.~](?=\d{1,2}\.\w+$))"
    r"(?P<number>\d{1,2})(?P<rest>/?(?:\.(?:html?|php|aspx?|shtml))?/?)$",
    re.I,
)
_PARAMETER = re.compile(rf"(?:{_PARAMETERS})=\d{{1,2}}", re.I)
_COUNTS_ROWS = re.compile(r"[?&](?:start|offset)=$", re.I)
_ENDING = re.compile(r"(?:/index)?\.(?:html?|php|aspx?|shtml)$", re.I)
_BLOG_ENTRY = re.compile(r"^https?://[^/]+/(?:index\.php)?\?p=\d+$", re.I)  # WordPress numbers its posts so


def _any_of(phrases: str) -> str:
    return f"(?:{'|'.join(phrases.split()).replace('_', ' ')})"


_ON, _PAGE = _any_of(ON), _any_of(PAGE)
_NEXT = re.compile(
    rf"^(?:{_ON}(?: ?{_PAGE})?|{_ON}: .{{1,50}}|{_PAGE} ?{_ON}|(?:.{{0,40}}\b)?{_ON} {_PAGE}\b.{{0,20}}"
    rf"|{_any_of(NEXT_PAGE)}|(?:.{{0,40}}[\s(])?{_PAGE} ?\d{{1,2}}\)?(?: .{{0,20}})?"
    rf"|(?:.{{0,40}}\s)?(?!part|teil){_PAGE} ?\d{{1,2}}: .{{0,40}}"  # "Part 2: …" is another story of a series
    r"|[\[(]?\d{1,2}[\])]?(?: ?/ ?\d{1,2})?)\s*[›»>→]*$",
    re.I,
)
_WHOLE = re.compile(rf"^(?:.{{0,30}}\b)?{_any_of(ON_ONE_PAGE)}\s*[›»>→]*$", re.I)
_OF_COMMENTS = re.compile(_any_of(OF_COMMENTS), re.I)
_PAGERS = (
    "a[rel~=next],.pagination a,.pager a,[class*=pagination] a,[class*=page-numbers],[class*=page-links] a,"
    "[class*=next-page],[class*=nextpage],a[class~=next],[class~=next] a,a[class*=__next],a[class*=-next]"
)
_SAFE_IN_A_SELECTOR = re.compile(r"[\w.,%~+-]+")
_HIGHEST_NUMBER = 20
_LONGEST_LABEL = 60
_FIRST_OF = re.compile(rf"(?:{_any_of(PAGE)} ?)1 ?{_any_of(OF_PAGES)} ?(?P<pages>\d{{1,2}})(?: {_any_of(PAGE)})?", re.I)
_NEAR = 4
"""Text blocks behind a story's last that may stand before the number of its page, each as long as a label at most."""


def next_page_url(page: PageIndex, url: str) -> str:
    """The URL of the next page of the same article, "" where this is the last or the only one.

    On the first page it is that of the whole article on one page, where there is one.
    """
    here = canonical(url)
    following = _following(page, url, here)
    if following and _numbered(here)[1] == 1:
        return _on_one_page(page, url, here) or following
    return following


def _following(page: PageIndex, url: str, here: str) -> str:
    if page.next_link and (address := _said_to_follow(absolute(page.next_link, page.base or url), here)):
        return address
    body = page.tree.body
    if body is None:
        return ""
    for link in body.css(_PAGERS):
        is_said = "next" in (link.attributes.get("rel") or "").lower().split()
        follows = _said_to_follow if is_said else _same_story
        address = follows(absolute(link.attributes.get("href") or "", page.base or url), here)
        if address and (is_said or _NEXT.match(_label(link) or "next")) and not _is_of_comments(link):
            return address
    number = str(_numbered(here)[1] + 1)
    for link, address in _to_the_same_path(page, url, here):
        if number not in address and "%" not in address:  # most lead elsewhere, and need not be looked at
            continue
        said = _NEXT.match(_label(link))
        if (
            said
            and (found := _same_story(address, here))
            and said[0].strip("›»>→").strip()
            and not _is_of_comments(link)
        ):
            return found
    return ""


def is_first_of_several(tokens: Sequence[Token], kept: Set[int]) -> bool:
    """Whether the page says at or right behind the end of the story that it is the first of several, of 20 at most."""
    last = next((number for number in range(len(tokens) - 1, -1, -1) if id(tokens[number]) in kept), len(tokens))
    blocks = (token for token in tokens[last:] if isinstance(token, TextBlock))
    for place, block in enumerate(islice(blocks, 1 + _NEAR)):
        text = " ".join(block.text.split())
        if (place and len(text) > _LONGEST_LABEL) or (block.element.own | block.element.around) & BIT["comment"]:
            return False
        if said := _FIRST_OF.fullmatch(text):
            return 1 < int(said["pages"]) <= _HIGHEST_NUMBER
    return False


def _on_one_page(page: PageIndex, url: str, here: str) -> str:
    """The URL of the whole article, where a link says that it leads there and its address is one of this article."""
    for link, address in _to_the_same_path(page, url, here):
        there = canonical(address)
        if there != here and _WHOLE.match(_label(link)) and _is_within(there, here):
            return there
    return ""


def _to_the_same_path(page: PageIndex, url: str, here: str) -> Iterator[tuple[LexborNode, str]]:
    """The links that may lead to another page of this article, by what they name of its path."""
    name = _numbered(here)[0].partition("?")[0].rstrip("/").rpartition("/")[2]
    body = page.tree.body
    if body is not None and _SAFE_IN_A_SELECTOR.fullmatch(name):
        for link in body.css(f'a[href*="{name}"],a[href^="?"],a[href^="2"]'):
            yield link, absolute(link.attributes.get("href") or "", page.base or url)


def _label(link: LexborNode) -> str:
    """What a link says to its readers; where that is only a sign, to those who see none."""
    text = " ".join(link.text().split())
    if not any(map(str.isalnum, text)):
        picture = link.css_first("img[alt]")
        alt = picture.attributes.get("alt") if picture else None
        unseen = link.attributes.get("aria-label") or link.attributes.get("title") or alt or text
        text = " ".join(unseen.split())
    return text if len(text) <= _LONGEST_LABEL else ""


def _is_of_comments(link: LexborNode) -> bool:
    """Whether a link leads on in what readers say of a story, by its words, its fragment or what it stands in."""
    if _OF_COMMENTS.search(_label(link)) or _OF_COMMENTS.search((link.attributes.get("href") or "").partition("#")[2]):
        return True
    around: LexborNode | None = link
    while around is not None and around.tag not in ("body", "article", "main"):
        if hints_in(around.attributes) & BIT["comment"]:
            return True
        around = around.parent
    return False


def _is_within(there: str, here: str) -> bool:
    """Whether an address is one of the same article: its path, or one below it, on its host."""
    one, other = urlsplit(there), urlsplit(_numbered(here)[0])
    path = _ENDING.sub("", other.path.rstrip("/"))
    return one.netloc == other.netloc and len(path) > 1 and one.path.startswith(path)


def _same_story(address: str, here: str) -> str:
    """The address if it is the page after this one of the same story, by its number."""
    there = canonical(address)
    if not there or _BLOG_ENTRY.match(there):
        return ""
    stem, number = _numbered(there)
    own_stem, own_number = _numbered(here)
    if stem == own_stem and number == own_number + 1 and number <= _HIGHEST_NUMBER:
        return there
    return ""


def _said_to_follow(address: str, here: str) -> str:
    """The address that a page names as its next one; it may be counted by what stands before it ("?start=10")."""
    if found := _same_story(address, here):
        return found
    there, own = _NUMBERED.match(_page_last(canonical(address))), _NUMBERED.match(_page_last(here))
    if not there or not _COUNTS_ROWS.search(there["mark"]) or _numbered(canonical(address))[0] != _numbered(here)[0]:
        return ""
    return canonical(address) if int(there["number"]) > (int(own["number"]) if own else 0) else ""


def _numbered(address: str) -> tuple[str, int]:
    """The address without its page number, and the number: 1 where it names none."""
    address = _page_last(address)
    found = None if _BLOG_ENTRY.match(address) else _NUMBERED.match(address)
    if not found or (found["mark"] in ("/", "/index") and urlsplit(found["stem"]).path in ("", "/")):
        return _ENDING.sub("", address.rstrip("/")), 1
    return _ENDING.sub("", found["stem"].rstrip("/")), int(found["number"])


def _page_last(address: str) -> str:
    """The address with the parameter that numbers its page behind the others."""
    path, mark, query = address.partition("?")
    pairs = sorted(query.split("&"), key=lambda pair: bool(_PARAMETER.fullmatch(pair)))
    return f"{path}{mark}{'&'.join(pairs)}"


def join_pages(pages: Sequence[Article]) -> Article:
    """One article of several pages: the first's facts, all bodies in order, what each page says again said once."""
    first = pages[0]
    if len(pages) == 1:
        return first
    seen: set[str] = set()
    body: list[Block] = []
    by_rule: list[KeptByRule] = []
    for article in [pages[-1]] if _holds_all_of(pages[-1], first) else pages:
        here: set[str] = set()
        ruled = {kept.at: kept for kept in article.by_rule}
        for at, block in enumerate(article.body):
            text = plain(block.spans) if isinstance(block, Paragraph) else ""
            if text and text in seen:
                continue
            here.add(text)
            by_rule += [ruled[at]._replace(at=len(body))] if at in ruled else []
            body.append(block)
        seen |= here
    related = {teaser.url: teaser for article in reversed(pages) for teaser in reversed(article.related)}
    others = {article.url for article in pages}
    return replace(
        first,
        body=tuple(body),
        by_rule=tuple(by_rule),
        related=tuple(teaser for teaser in reversed(related.values()) if teaser.url not in others),
    )


def _holds_all_of(article: Article, first: Article) -> bool:
    """Whether an article says all that the first page says and more: it is the whole on one page."""
    said, less = _paragraphs(article), _paragraphs(first)
    return bool(less) and less < said


def _paragraphs(article: Article) -> set[str]:
    return {plain(block.spans) for block in article.body if isinstance(block, Paragraph)}
