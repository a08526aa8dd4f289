"""Which addresses a reader means by what was typed or pasted: without a scheme, misspelt, in a sentence, several."""

from __future__ import annotations

import re

from fetch.errors import NotASource
from fetch.feeds.outlines import OF_A_READER
from fetch.http.address_guard import literal_zone
from fetch.links import LONGEST_URL, host

_A_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*", re.ASCII)
_ELSEWHERE = frozenset(
    "about blob chrome data file ftp ftps gopher javascript magnet mailto news nntp sftp tel view-source ws wss".split()
)
"""Schemes of what is not on the web; "localhost:8080" has none."""
_WRITTEN = re.compile(r"([a-z]{2,8})([:;.]{0,2})([/\\]{1,4})(?=[\w\[])", re.IGNORECASE)
_WEB = ("https", "http")
_INSIDE = re.compile(
    r"(?:(?<![a-z])[a-z]{3,8}:)?//[^\s\"<>]+|(?<![\w.-])(?:[\w-]++\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE
)
_MARKED = re.compile(r"\[[^\]]*\]\((\S+?)\)|<([^\s<>]+)>")
_GLUED = re.compile(r"(?<![,;|])[,;|]++(?=https?://)", re.IGNORECASE)
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3002: "."}
"""Letters and marks as keyboards of East Asia write them, and their full stop."""
_HANDLE = re.compile(r"@([\w.-]+)@([\w-]+(?:\.[\w-]+)+)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_AROUND = " \t\r\n\"'“”„«»‹›`<>"
_BEHIND = ".,;:!?…)]}'\"“”»›>"
_PATH = re.compile(r"~|\.{0,2}/|[a-z]:[\\/]|[^/:]+\.opml$", re.IGNORECASE)


def addresses_meant(typed: str) -> list[str]:
    """The addresses in what was typed, each once: those that stand in a sentence, or all of it as it is."""
    text = typed.translate(_FULL_WIDTH).replace("[.]", ".").strip(_AROUND)
    if len(text) > LONGEST_URL:
        return [text]
    text = _MARKED.sub(lambda found: f" {found[1] or found[2]} ", text).strip(_AROUND)
    text = _GLUED.sub(" ", text)
    if not re.search(r"\s", text):
        return [_without_sentence(text)]
    found = [each[0] for each in _INSIDE.finditer(text)]
    schemed = [each for each in found if "//" in each[:10]]
    return list(dict.fromkeys(map(_without_sentence, schemed or found))) or [text]


def possible_urls(typed: str) -> list[str]:
    """The URLs that may be meant by one address, https before http; raises NotASource for what is elsewhere."""
    text = typed.strip(_AROUND)
    if for_a_reader := OF_A_READER.match(text):
        text = text[for_a_reader.end() :]
    text = _HANDLE.sub(r"https://\2/@\1", text) if _HANDLE.fullmatch(text) else _respelt(text)
    if not text or _MAIL.fullmatch(text):
        raise NotASource(
            f"{text} is an address of mail, and no site." if text else "No address was typed.", reason="address"
        )
    scheme, colon, rest = text.partition(":")
    scheme = scheme.lower()
    if colon and scheme in ("http", "https", "broadsheet"):
        text = f"{scheme}:{rest}" if scheme == "broadsheet" else f"{scheme}://{rest.lstrip('/')}"
        return [text + "/" if text.count("/") == 2 and "?" not in text else text]
    if colon and (scheme in _ELSEWHERE or (rest.startswith("//") and _A_SCHEME.fullmatch(scheme))):
        raise NotASource(_elsewhere(scheme, text), reason="address")
    if names_file(text):
        raise NotASource(_elsewhere("file", text), reason="address")
    text += "" if "/" in text or "?" in text else "/"
    name = host(f"//{text}")
    secure, plain = f"https://{text}", f"http://{text}"
    if literal_zone(name):
        return [plain, secure]
    return [secure, plain] if name.startswith("www.") else [secure, plain, f"https://www.{text}"]


def names_file(typed: str) -> bool:
    """Whether what was typed is written as files are: from a root, a home or here."""
    return bool(_PATH.match(typed))


def _respelt(text: str) -> str:
    """An address with its scheme as it is spelt; one that is doubled, or nearly right, is left out to be found out."""
    while found := _WRITTEN.match(text):
        scheme, rest = found[1].lower(), text[found.end() :]
        rest = rest.replace("\\", "/") if "\\" in found[3] else rest
        if scheme in _ELSEWHERE or not any(_nearly(scheme, known) for known in _WEB):
            return text
        if _WRITTEN.match(rest):  # http://https://
            text = rest
            continue
        return f"{scheme}://{rest}" if scheme in _WEB and ":" in found[2] else rest
    return text


def _nearly(word: str, known: str) -> bool:
    """Whether one letter too many, one too few, another one or two changed about make one word of the other."""
    if word == known:
        return True
    if not -2 < len(word) - len(known) < 2 or len(word) < 3:
        return False
    turned = (known[:at] + known[at + 1] + known[at] + known[at + 2 :] for at in range(len(known) - 1))
    if word in turned:
        return True
    shorter, longer = sorted((word, known), key=len)
    if len(shorter) == len(longer):
        return sum(one != other for one, other in zip(word, known, strict=True)) == 1
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


def _without_sentence(address: str) -> str:
    """An address without the marks of the sentence in which it stands."""
    address = address.lstrip("({")
    while address and address[-1] in _BEHIND:
        if address[-1] == ")" and address.count("(") >= address.count(")"):
            break
        address = address[:-1]
    return address


def _elsewhere(scheme: str, text: str) -> str:
    """What to say of an address that is not on the web."""
    if scheme == "file":
        return (
            f"{text} is a file on this machine: `broadsheet import` takes in a list of sources,"
            " `broadsheet extract` reads a saved page."
        )
    return f"{text} begins with {scheme}:, and Broadsheet asks only for what begins with https: or http:."
