"""Which entries of a feed are one story and which are several, and the address by which each is known.

An entry is what its feed calls it (guid, id); where it says nothing, its address, with the fragment where entries
differ in that alone; without an address, its title and day. Where several entries share one address, or an entry has
none but the feed's home page, no page is theirs: their text is the feed's own, and their address names the entry
beside that of the page.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import blake2b
from html import escape
from urllib.parse import unquote, urlsplit

from fetch.article import Enclosure, Teaser
from fetch.links import ENTRY, canonical

_KINDS = {"audio": "Audio", "video": "Video", "image": "Picture", "text": "Text"}
_KINDS_BY_TYPE = {"application/pdf": "PDF", "application/epub+zip": "EPUB"}
_UNITS = ((1e9, "GB"), (1e6, "MB"), (1e3, "kB"))


def told_apart(teasers: Sequence[Teaser], home: str) -> list[Teaser]:
    """Each story once, in feed order, under an address of its own.

    `url` of the teasers is as the feed has it, with its fragment, empty where it has none; `home` is the page that
    stands for the feed.
    """
    keys = _keys_that_tell(teasers)
    found: dict[str, Teaser] = {}
    for teaser in teasers:
        found.setdefault(_identity(teaser, keys), teaser)
    said = {(canonical(teaser.url), *_said(teaser)): identity for identity, teaser in reversed(found.items())}
    once = {identity: teaser for identity, teaser in found.items() if identity in said.values()}
    shared = Counter(canonical(teaser.url) for teaser in once.values())
    return [_placed(identity, teaser, shared, home) for identity, teaser in once.items()]


def _said(teaser: Teaser) -> tuple[object, ...]:
    return teaser.headline, teaser.published, teaser.summary, teaser.enclosures


def _placed(identity: str, teaser: Teaser, shared: Counter[str], home: str) -> Teaser:
    """The teaser under the address of its page, or where no page is its own, under one that names it there."""
    address = canonical(teaser.url)
    if address and address != canonical(home) and shared[address] == 1:
        return replace(teaser, url=address)
    digest = blake2b(identity.encode("utf-8", "replace"), digest_size=6).hexdigest()
    fragment = urlsplit(teaser.url).fragment
    return replace(teaser, url=f"{address or canonical(home)}#{fragment}{ENTRY}{digest}", content=_own_text(teaser))


def _own_text(teaser: Teaser) -> str:
    """What the feed itself carries of an entry, with the files handed out with it."""
    text = teaser.content or (f"<p>{escape(teaser.summary)}</p>" if teaser.summary else "")
    return text + "".join(map(_link_to, teaser.enclosures))


def _link_to(enclosure: Enclosure) -> str:
    """A paragraph that is a link to a file, labelled with what it is: its kind, name, type and size."""
    return f'<p><a href="{escape(enclosure.url)}">{escape(label_of(enclosure))}</a></p>'


def label_of(enclosure: Enclosure) -> str:
    """What a file is, in a line: "Audio: one.mp3 (audio/mpeg, 1.2 MB)"."""
    kind = _KINDS_BY_TYPE.get(enclosure.type) or _KINDS.get(enclosure.type.partition("/")[0], "File")
    name = unquote(urlsplit(enclosure.url).path.rpartition("/")[2]) or urlsplit(enclosure.url).netloc
    details = ", ".join(filter(None, (enclosure.type, _size(enclosure.size))))
    return f"{kind}: {name} ({details})" if details else f"{kind}: {name}"


def _size(size: int) -> str:
    for unit, name in _UNITS:
        if size >= unit:
            return f"{size / unit:.1f} {name}"
    return f"{size} bytes" if size else ""


def _keys_that_tell(teasers: Iterable[Teaser]) -> frozenset[str]:
    """The keys that stand for one story each: one that entries of other headlines and addresses share is none."""
    seen = defaultdict(set)
    for teaser in teasers:
        if teaser.key:
            seen[teaser.key].add((teaser.headline, canonical(teaser.url)))
    return frozenset(
        key
        for key, said in seen.items()
        if len({headline for headline, _ in said}) == 1 or len({address for _, address in said}) == 1
    )


def _identity(teaser: Teaser, keys: frozenset[str]) -> str:
    if teaser.key in keys:
        return f"key {teaser.key}"
    if teaser.url:
        return f"at {teaser.url}" if "#" in teaser.url else f"at {canonical(teaser.url)}"
    day = teaser.published.isoformat()[:10] if teaser.published else ""
    return f"called {teaser.headline}\n{day}"
