"""A story's text in the state that a page's scripts carry, for pages whose markup holds none.

Frameworks (Next, Nuxt, Fusion, Apollo …) write what they show as JSON into a script; each has its own shape, which
changes. So only strings are looked at: the longest that is markup with paragraphs, or the sentences under one key.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from html import escape

from selectolax.lexbor import LexborNode

from fetch.extract.markup.document import tree_of
from fetch.extract.markup.page_index import PageIndex

# A string that is never closed ends with the script: were it no match, each quote in it would be tried anew.
_STRING = re.compile(
    r'(?:"([\w$-]{1,40})"\s{0,9}:\s{0,9}\[?\s{0,9})?"([^"\\]*+(?:\\.[^"\\]*+)*+)(?:"|\\?\Z)', re.DOTALL
)
_PARAGRAPH = re.compile(r"<p\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_SENTENCE = re.compile(r"(?=\W{0,4}\w)[^{}<>]{60,}[.!?…\"”»。！？」]")
_LARGEST = 5_000_000  # letters of one script
_LEAST = 400  # letters; less is a teaser or a setting
_DEEPEST = 2  # JSON in a string of JSON


def embedded_body(page: PageIndex) -> LexborNode | None:
    """The text that a script of the page carries, as an element to read the body from; None where none does."""
    scripts = page.tree.css("script:not([src])")
    bodies = [markup for script in scripts for markup in _possible_bodies(script.text() or "")]
    best = max(bodies, key=_letters, default="")
    return tree_of(best.encode("utf-8", "replace")).body if _letters(best) >= _LEAST else None


def _letters(markup: str) -> int:
    return len(_TAG.sub("", markup))


def _possible_bodies(script: str) -> Iterator[str]:
    """What may be a story in a script, as markup."""
    if not _LEAST <= len(script) <= _LARGEST:
        return
    sentences: dict[str, dict[str, None]] = defaultdict(dict)
    for key, text in _strings(script, 0):
        if len(_PARAGRAPH.findall(text)) > 1:
            yield text
        elif _SENTENCE.fullmatch(text.strip()):
            sentences[key][text] = None
    for paragraphs in sentences.values():
        yield "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)


def _strings(script: str, depth: int) -> Iterator[tuple[str, str]]:
    """The longer strings in JSON, with the key each stands under; those in strings that are JSON again too."""
    for found in _STRING.finditer(script):
        key, written = found[1] or "", found[2]
        if len(written) < 60:
            continue
        try:
            text = str(json.loads(f'"{written}"', strict=False))
        except ValueError:
            continue
        yield key, text
        if depth < _DEEPEST and '":' in text:
            yield from _strings(text, depth + 1)
