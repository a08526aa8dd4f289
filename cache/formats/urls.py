"""Lists of addresses, one a line: plain ones, and newsboat's `urls` with tags, titles and queries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cache.formats.exchanged_articles import ADDRESSES
from cache.formats.file_limits import list_bytes
from cache.formats.source_list import LeftOut, ListedSource, SourceList, gathered, why_not, without_login
from fetch.decoding import marked
from fetch.feeds.outlines import source_address
from fetch.source import Source
from fetch.text import clean

if TYPE_CHECKING:
    from cache.source_entry import SourceEntry

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
_WITHIN = re.compile(r"https?://[^\s<>\"'|\[\]]+", re.IGNORECASE)
_AROUND = " \t-*+•·.,:;|()[]<>\"'"
_MOST_LOOKED_AT = 40
"""Lines of a text by which it is told to be a list."""
_ESCAPED = re.compile(r"\\(.)")
_TERM = re.compile(r"""(\w+)\s*(=~|=|#)\s*(?:\\?["'])([^"'\\]*)(?:\\?["'])""")
_AND = re.compile(r"(?<!\s)\s++and\s++", re.IGNORECASE)
_FIELDS = {
    "title": "headline:{}",
    "author": "author:{}",
    "feedtitle": "source:{}",
    "content": "{}",
    "tags": "section:{}",
}
_DIRECTIVES = ("exec:", "filter:", "query:")


def looks_like_one(beginning: str) -> bool:
    """Whether a text begins as such a list does: with an address or a directive, or with lines that name addresses."""
    first = next((line for line in beginning.splitlines() if line.strip() and not line.lstrip().startswith("#")), "")
    return _begins_with_address(first.strip()) or _names_addresses(beginning)


def _begins_with_address(line: str) -> bool:
    found = _TOKEN.match(line)
    word = (found[1] or found[2] or "") if found else ""
    return word.startswith(_DIRECTIVES) or ("." in word and ":" in word and bool(source_address(word)))


def _names_addresses(beginning: str) -> bool:
    """Whether most lines name one address each, with words round it: a table, a list of links."""
    lines = [line.strip() for line in beginning.splitlines()[:_MOST_LOOKED_AT]]
    told = [line for line in lines if line and not line.startswith("#")]
    named = sum(len(_WITHIN.findall(line)) == 1 for line in told)
    return named * 2 > len(told) and not beginning.lstrip().startswith(("<", "{", "[{", "%"))


def read(path: Path) -> SourceList:
    """The sources of such a list, each once, and what was left of it."""
    body = list_bytes(path)
    text = body.decode(marked(body) or "utf-8", "replace").lstrip("\ufeff")
    return gathered(_listed(text))


def write(path: Path, sources: Iterable[SourceEntry]) -> int:
    """Writes the addresses, each with its folder and its title as newsboat has them; how many."""
    kept = [source for source in sources if source.kind != "bundled"]
    lines = [
        " ".join([clean(without_login(source.url)), *map(_quoted, source.groups), _quoted("~" + source.title)])
        for source in kept
    ]
    path.write_text("".join(f"{line}\n" for line in (ADDRESSES.decode(), *lines)), encoding="utf-8")
    return len(kept)


def _quoted(text: str) -> str:
    escaped = clean(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _listed(text: str) -> Iterator[ListedSource | LeftOut | tuple[str, str]]:
    for line in map(str.strip, text.splitlines()):
        if not line or line.startswith("#"):
            continue
        named = None if _begins_with_address(line) else _WITHIN.search(line)
        if named:
            yield _with_words_round(line[: named.start()], named[0], line[named.end() :])
        else:
            yield _of_line(
                [_ESCAPED.sub(r"\1", found[1]) if found[1] else found[2] or "" for found in _TOKEN.finditer(line)]
            )


def _with_words_round(before: str, address: str, behind: str) -> ListedSource | LeftOut:
    """What a line of a table or of links names: the words before the address are its title, else those behind."""
    for mark in ",;":
        if mark in before:  # a table, whose next column is no part of the address
            address, _, more = address.partition(mark)
            behind = more or behind
    url = source_address(address.rstrip(_AROUND))
    title = clean(before).strip(_AROUND) or clean(behind).strip(_AROUND)
    return ListedSource(Source(url, "feed", title=title)) if url else LeftOut(clean(address), why_not(address))


def _of_line(words: list[str]) -> ListedSource | LeftOut | tuple[str, str]:
    address, tags = words[0], words[1:]
    if address.startswith("query:"):
        _, _, rest = address.partition(":")
        name, _, written = rest.partition(":")
        query = _query(written)
        return (clean(name), query) if query else LeftOut(clean(name), f"is a query we cannot ask ({clean(written)})")
    url = source_address(address)
    if not url:
        return LeftOut(clean(address), why_not(address))
    title = next((clean(tag[1:]) for tag in tags if tag.startswith("~")), "")
    folders = [clean(tag) for tag in tags if not tag.startswith(("~", "!"))]
    return ListedSource(Source(url, "feed", title=title), "\n".join(filter(None, dict.fromkeys(folders))))


def _query(written: str) -> str:
    """A query of newsboat's in our own language; "" where it asks what ours cannot."""
    terms = []
    for part in _AND.split(written.strip()):
        found = _TERM.fullmatch(part.strip())
        if not found:
            return ""
        name, operator, value = found.groups()
        if name == "unread" and value in ("yes", "no"):
            terms.append("is:unread" if value == "yes" else "is:read")
        elif name in _FIELDS and (operator != "=" or name in ("author", "feedtitle")):
            terms.append(_FIELDS[name].format(f'"{value}"' if " " in value else value))
        else:
            return ""
    return " ".join(terms)
