"""What may be set of the requests to a source, as people write it: headers, a proxy, where headers go."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from fetch.http.request import OF_HTTP_ITSELF
from fetch.http.url_parts import PROXY_SCHEMES, origin_of, without_user

APART = "@"
"""Stands for the value of a header that is kept apart, as a secret."""
_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")


def header(text: str) -> tuple[str, str]:
    """A request header as people write it, `Name: value`; raises ValueError with a sentence."""
    name, colon, value = text.partition(":")
    if not colon or not _NAME.fullmatch(name.strip()) or not value.strip().isprintable():
        raise ValueError(f"{text!r} is not a header such as 'Accept-Language: ja'")
    return header_name(name), value.strip()


def header_name(text: str) -> str:
    """The name of a header that is a reader's to send; raises ValueError with a sentence."""
    if not _NAME.fullmatch(text.strip()):
        raise ValueError(f"{text!r} is not the name of a header such as Cookie")
    if text.strip().lower() in OF_HTTP_ITSELF:
        raise ValueError(f"{text.strip()} is a header that every request has a value of its own for")
    return text.strip()


def proxy(text: str) -> str:
    """A proxy's address; "" takes it away; raises ValueError with a sentence."""
    plain = without_user(text)[0].replace("://@", "://")  # one whose login is kept apart
    scheme, mark, place = plain.partition("://")
    if text and (not mark or scheme.lower() not in PROXY_SCHEMES or not origin_of(f"http://{place}")):
        raise ValueError(f"{text!r} is not a proxy such as http://proxy.harbour.example:3128")
    return text


def origin(text: str) -> str:
    """A web address, as its origin alone; raises ValueError with a sentence."""
    if not (found := origin_of(text)):
        raise ValueError(f"{text!r} is not an origin such as https://www.harbour.example")
    return found


def header_lines(held: str) -> list[str]:
    """The headers of a source, JSON as the library holds it, a line each; a value that is kept apart is no more than
    APART.
    """
    return [
        f"{name}: {APART if value.startswith(APART) else value}"
        for name, value in _named(held).items()
        if not name.startswith(APART)
    ]


def headers_of(lines: Iterable[str], held: str) -> Mapping[str, str] | None:
    """The headers that lines say; None where they say what is held. What is kept apart stays so.

    Raises ValueError with a sentence.
    """
    before = _named(held)
    said = dict(header(line) for line in lines if line.strip())
    for name, value in said.items():
        if value == APART and name not in before:
            raise ValueError(f"There is no value for {name} yet.")
    kept = {name: before[name] if value == APART else value for name, value in said.items()}
    beside = {name: value for name, value in before.items() if name.startswith(APART)} if kept else {}
    return None if {**kept, **beside} == before else {**kept, **beside}


def _named(held: str) -> dict[str, str]:
    try:
        named = json.loads(held or "{}")
    except ValueError:
        return {}
    return {str(name): str(value) for name, value in named.items()} if isinstance(named, dict) else {}
