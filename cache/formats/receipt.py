"""A receipt: what a library has, so that another can leave it out of what it sends; no address stands in it.

A line says what it is; behind it stand 14 bytes a name of an article: the hash of its address, and a digest of its text
and of what its reader did with it, zeros where it was thrown away.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from struct import Struct
from typing import TYPE_CHECKING

from cache.db.rows import address_key
from cache.errors import CacheError
from cache.formats.exchanged_articles import RECEIPT
from cache.formats.file_limits import MOST_ARTICLES

if TYPE_CHECKING:
    from cache.formats.exchanged_articles import Outgoing

_MAGIC = RECEIPT + b"1\n"
_DIGEST = 6
_RECORD = Struct(f">q{_DIGEST}s")
_UNWANTED = bytes(_DIGEST)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What another library has: digests by the hashes of addresses."""

    digests: dict[int, bytes]

    def has(self, outgoing: Outgoing) -> bool:
        """Whether that library has an article as it is here, with all that was done with it, or does not want it."""
        there = next((self.digests[name] for name in _names(outgoing) if name in self.digests), None)
        says_nothing = not (outgoing.has_text or outgoing.facts.acts or outgoing.highlights)
        return there is not None and (says_nothing or there in (_UNWANTED, _digest(outgoing)))


def write(path: Path, articles: Iterable[Outgoing], away: Iterable[int] = ()) -> int:
    """Writes the receipt of these articles, and of what was thrown `away` by its hashed names; how many articles."""
    number = 0
    with path.open("wb") as file:
        file.write(_MAGIC)
        for name in away:
            file.write(_RECORD.pack(name, _UNWANTED))
        for each in articles:
            digest = _digest(each)
            file.write(b"".join(_RECORD.pack(name, digest) for name in _names(each)))
            number += 1
    return number


def receipt_in(path: Path) -> Receipt:
    """The receipt in a file; raises CacheError for what is none, and for what cannot be read."""
    try:
        with path.open("rb") as file:
            if file.readline(len(_MAGIC)) != _MAGIC:
                raise CacheError(f"{path} is no receipt of this version; `broadsheet export receipt` writes one.")
            records = file.read(4 * MOST_ARTICLES * _RECORD.size)
    except OSError as error:  # whoever exports takes one for what it could not write
        raise CacheError(f"{path} cannot be read: {(error.strerror or str(error)).lower()}.") from error
    if len(records) % _RECORD.size:
        raise CacheError(f"The receipt {path} did not arrive whole.")
    return Receipt(dict(_RECORD.iter_unpack(records)))


def _names(outgoing: Outgoing) -> Iterator[int]:
    return (address_key(url) for url in dict.fromkeys((outgoing.entry.url, outgoing.article.url)) if url)


def _digest(outgoing: Outgoing) -> bytes:
    """The digest of what a text says and of all acts, their times to a hundredth of a second."""
    text = outgoing.article.text if outgoing.has_text else ""
    acts = sorted([act.mark, act.name, str(act.value), round(act.at, 2)] for act in outgoing.facts.acts)
    passages = sorted(
        [each.text, each.note, round(each.made, 2), round(each.withdrawn or 0.0, 2)] for each in outgoing.highlights
    )
    said = json.dumps([outgoing.entry.offline, text, acts, passages]).encode()
    return blake2b(said, digest_size=_DIGEST).digest()
