"""Pages that answer but are no article, and what each of them is."""

from __future__ import annotations

import re

from fetch import wall_phrases
from fetch.errors import Blocked, NotAnArticle, NotNews
from fetch.extract.markup.page_index import PageIndex
from fetch.file_kind import other_kind_error
from fetch.phrase_pattern import any_of

_OF_DENIED = (wall_phrases.DENIED_TITLES, wall_phrases.DENIED)
_TITLES_OF_CHALLENGE = (wall_phrases.NETWORK_TITLES, wall_phrases.CHALLENGE_TITLES)
_OF_CHALLENGE = (*_TITLES_OF_CHALLENGE, wall_phrases.CHALLENGE)
_DENIED, _CHALLENGE = any_of(*_OF_DENIED), any_of(*_OF_CHALLENGE)
_SAYS_DENIED = any_of(*_OF_DENIED, wall_phrases.DENIED_SIGNS)
_SAYS_CHALLENGE = any_of(*_OF_CHALLENGE, wall_phrases.CHALLENGE_SIGNS)
_CONSENT, _LOGIN = any_of(wall_phrases.CONSENT), any_of(wall_phrases.LOGIN)
_LONGEST_TITLE = 300  # characters
_SITE_BESIDE = r"(?:.*[|–-]\s*)?(?:{0})[\s.!…?]*(?:[|–-].*)?"
_TITLE_OF_A_REFUSAL = re.compile(
    _SITE_BESIDE.format(any_of(wall_phrases.DENIED_TITLES, *_TITLES_OF_CHALLENGE).pattern), re.I
)
_TITLE_OF_CONSENT = re.compile(_SITE_BESIDE.format(any_of(wall_phrases.CONSENT_TITLES).pattern), re.I)
_OF_CONSENT = any_of(wall_phrases.OF_CONSENT)
_TO_THE_READER = re.compile(rf"\b(?:{any_of(wall_phrases.TO_THE_READER).pattern})\b")
_PAY, _NOT_OF_PAY = any_of(wall_phrases.PAY), any_of(wall_phrases.NOT_OF_PAY)
_TOPICS, _OF_A_WALL = 3, 0.5  # things spoken of, and the share of the lines that do
_REFUSALS = (
    (_DENIED, "The site refuses to show this page (access denied).", "access denied"),
    (_CHALLENGE, "The site wants to see a person in a browser first (a challenge page).", "challenge"),
    (_CONSENT, "The site shows a consent wall instead of the page.", "consent"),
)
_HEAD = 4096
_WIDE = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))
# The first element of an XML document, after its declaration, comments and instructions; HTML needs none of these.
_ROOT = re.compile(
    r"\s*(?:<\?xml\b[^>]*\?>\s*(?:<[?!][^>]*>\s*)*<(?:\w+:)?([\w-]+)"
    r"|(?:<!--[^>]*-->\s*)*<(?:\w+:)?(rss|feed|RDF|urlset|sitemapindex|opml|svg)\b)",
    re.I,
)
# The same behind whatever a server has put before it, a warning of its own as a rule.
_ROOT_WITHIN = re.compile(
    r"<(?:(rss)\b[^>]{0,1000}>\s{0,99}<channel\b|(?:\w{1,20}:)?(feed)\b[^>]{0,1000}w3\.org/2005/Atom"
    r"|(?:\w{1,20}:)?(RDF)\b[^>]{0,1000}purl\.org/rss/|(urlset|sitemapindex)\b[^>]{0,1000}sitemaps\.org)",
    re.I,
)
_OF_A_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.I)
_PAGES = {"html", "head", "body"}
_LISTS = {
    "rss": "feed",
    "feed": "feed",
    "rdf": "feed",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
    "opml": "list of sources",
}
_BEGINNINGS = (("BEGIN:VCALENDAR", "calendar"), ("BEGIN:VCARD", "file of contacts"), ("#EXTM3U", "playlist"))
_DATA_TYPES = {
    "text/css": "CSS",
    "text/javascript": "JavaScript",
    "application/javascript": "JavaScript",
    "application/x-javascript": "JavaScript",
    "text/csv": "CSV",
    "text/tab-separated-values": "TSV",
}
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|article|div|p)\b", re.I)
_FEW = 400
_SHORT_PAGE = 2500


def listing_error(markup: bytes, url: str, content_type: str = "") -> NotAnArticle | None:
    """The error for what is no page but a list of pages or other data, by how it begins, or by its type where it holds
    no markup; None for a page.
    """
    head = _text_of(markup[:_HEAD])
    if found := _ROOT.match(head):
        root = (found[1] or found[2]).lower()
        return None if root in _PAGES else other_kind_error(url, _LISTS.get(root, "file of XML data"))
    if (within := _ROOT_WITHIN.search(head)) and not _OF_A_PAGE.search(head, 0, within.start()):
        return other_kind_error(url, _LISTS[next(filter(None, within.groups())).lower()])
    if kind := next((kind for start, kind in _BEGINNINGS if head.lstrip().startswith(start)), ""):
        return other_kind_error(url, kind)
    declared = _DATA_TYPES.get(content_type.partition(";")[0].strip().lower())
    if declared and not _MARKUP.search(markup[:_HEAD]):
        return other_kind_error(url, f"file of {declared} data")
    if head.lstrip().startswith("{") and "jsonfeed.org/version" in head:
        return other_kind_error(url, "feed")
    return other_kind_error(url, "file of JSON data") if _is_json(markup, head) else None


def _text_of(head: bytes) -> str:
    wide = next((codec for mark, codec in _WIDE if head.startswith(mark)), "utf-8")
    return head.decode(wide, "replace").lstrip("\ufeff")


def _is_json(markup: bytes, head: str) -> bool:
    if not head.lstrip().startswith(("{", "[")):
        return False
    import json

    first, _, others = markup.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
    lines = first.startswith(b"{") and others.lstrip().startswith(b"{")
    try:
        json.loads(first if lines and first.rstrip().endswith(b"}") else markup)
    except (ValueError, RecursionError):
        return False
    return True


def _refusal_in(title: str, text: str, url: str) -> NotNews | None:
    """The error that a page without a story is, where what it says is a refusal."""
    for pattern, sentence, reason in _REFUSALS:
        if pattern.search(title) or pattern.search(text[:_FEW]):
            return Blocked(sentence, url, reason=reason)
    return None


def wall_error(title: str, text: str, url: str) -> NotNews | None:
    """The error that a page with a short text is, where that is a wall; None for a story, if only about walls."""
    title = " ".join(title.split())
    for phrases, (_, sentence, reason) in zip((_SAYS_DENIED, _SAYS_CHALLENGE), _REFUSALS, strict=False):
        if _is_refusal(title, text, phrases):
            return Blocked(sentence, url, reason=reason)
    _, sentence, reason = _REFUSALS[2]
    return Blocked(sentence, url, reason=reason) if _is_consent(title, text) else None


def _is_refusal(title: str, text: str, phrases: re.Pattern[str]) -> bool:
    """Whether a page refuses, or wants a person: by its title, or by two of the phrases for that."""
    if phrases.search(title) and _TITLE_OF_A_REFUSAL.fullmatch(title[:_LONGEST_TITLE]):
        return True
    return len({found.lower() for found in phrases.findall(text[:_FEW])}) > 1


def _is_consent(title: str, text: str) -> bool:
    """Whether a text asks its reader for consent in most of its lines, and does not only tell of it."""
    if _TITLE_OF_CONSENT.fullmatch(title[:_LONGEST_TITLE]):
        return True
    asking = sum([len(line) for line in text.split("\n") if _OF_CONSENT.search(line)])
    topics = {found.lower() for found in _OF_CONSENT.findall(text)}
    return asking >= _OF_A_WALL * len(text) and len(topics) >= _TOPICS and bool(_TO_THE_READER.search(text))


def no_article_error(page: PageIndex, url: str) -> NotNews:
    """The error that says what a page without an article is."""
    tree = page.tree
    body = tree.body
    text = _visible(page)
    title = " ".join(page.title.split())
    if len(text) < _SHORT_PAGE and (refused := _refusal_in(title, text, url)):
        return refused
    if body is not None and body.css_matches("input[type=password]") and _LOGIN.search(f"{title} {text[:_SHORT_PAGE]}"):
        return Blocked("The site wants a login before it shows the page.", url, reason="login")
    if len(text) < _SHORT_PAGE and _PAY.search(text) and not _NOT_OF_PAY.search(text):
        return Blocked("The page is for subscribers only.", url, reason="paywall")
    if len(text) < _FEW and tree.css_matches("script"):
        return NotAnArticle("The page is an empty shell that only JavaScript fills.", url, reason="needs JavaScript")
    if body is not None and len(body.css("a")) > 30:
        return other_kind_error(url, "section page")
    return NotAnArticle("The page holds no article.", url)


def _visible(page: PageIndex) -> str:
    """The text a reader would see; the tree is of no use for anything else afterwards."""
    page.tree.strip_tags(["style", "noscript", "template", "svg", "head"])
    scripts = page.tree.body.css("script") if page.tree.body else []
    for script in scripts[1:]:
        script.decompose()
    body = page.tree.body
    if body is None:
        return ""
    text = body.text(separator=" ")
    return " ".join((text.replace(scripts[0].text(), "") if scripts else text).split())
