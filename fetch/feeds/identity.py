"""Which entries of a feed are one story and which are several, and the address by which each is known.

An entry is what its feed calls it (guid, id); where it says nothing, its address, with the fragment where entries
differ in that alone; its title and day where it has no address, none but the feed's home page, or one at which entries
of other headlines and dates stand, too. Where several entries share one address, or an entry has none but the feed's
home page, no page is theirs: their text is the feed's own, and their address names the entry beside that of the page.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from fetch.article import Teaser
from fetch.enclosures import own_text
from fetch.headlines import alike, title_and_day
from fetch.links import address_of_entry, canonical, host, is_home


def told_apart(teasers: Sequence[Teaser], home: str) -> list[Teaser]:
    """Each story once, in feed order, under an address of its own.

    `url` of the teasers is as the feed has it, with its fragment, empty where it has none; `home` is the page that
    stands for the feed.
    """
    keys = _keys_that_tell(teasers)
    places = _places_that_tell((teaser for teaser in teasers if teaser.key not in keys), home)
    found: dict[str, Teaser] = {}
    for teaser in teasers:
        found.setdefault(_identity(teaser, keys, places), teaser)
    said = {(canonical(teaser.url), *_said(teaser)): identity for identity, teaser in reversed(found.items())}
    told = frozenset(said.values())
    once = {identity: teaser for identity, teaser in found.items() if identity in told}
    shared = Counter(canonical(teaser.url) for teaser in once.values())
    return [_placed(identity, _with_telling_key(teaser, keys), shared, home) for identity, teaser in once.items()]


def _is_front_page(address: str, home: str) -> bool:
    return address == canonical(home) or (is_home(address) and host(address) == host(home))


def _with_telling_key(teaser: Teaser, keys: frozenset[str]) -> Teaser:
    """The teaser, without what its feed calls it where that is no name of its own."""
    return teaser if not teaser.key or teaser.key in keys else replace(teaser, key="")


def _said(teaser: Teaser) -> tuple[object, ...]:
    return teaser.headline, teaser.published, teaser.summary, teaser.enclosures


def _placed(identity: str, teaser: Teaser, shared: Counter[str], home: str) -> Teaser:
    """The teaser under the address of its page, or where no page is its own, under one that names it there."""
    address = canonical(teaser.url)
    if address and not _is_front_page(address, home) and shared[address] == 1:
        return replace(teaser, url=address)
    fragment = urlsplit(teaser.url).fragment
    page = f"{address or canonical(home)}#{fragment}"
    return replace(teaser, url=address_of_entry(page, identity), content=own_text(teaser))


def _keys_that_tell(teasers: Iterable[Teaser]) -> frozenset[str]:
    """The keys that stand for one story each: one that entries of other headlines and addresses share is none.

    Nor is one that several headlines at one address share: two may be a story before and after it was changed.
    """
    seen = defaultdict(set)
    for teaser in teasers:
        if teaser.key:
            seen[teaser.key].add((teaser.headline, canonical(teaser.url)))
    return frozenset(
        key
        for key, said in seen.items()
        if _is_one_story({headline for headline, _ in said}, {address for _, address in said})
    )


def _is_one_story(headlines: set[str], addresses: set[str]) -> bool:
    return len(headlines) == 1 or (len(headlines) == 2 and len(addresses) == 1)


def _places_that_tell(teasers: Iterable[Teaser], home: str) -> frozenset[str]:
    """The places that stand for one story each: not the front page, nor one at which several stories are told."""
    told = defaultdict(list)
    for teaser in teasers:
        if teaser.url and not _is_front_page(place := _place(teaser), home):
            told[place].append(teaser)
    return frozenset(place for place, those in told.items() if _are_one(those))


def _are_one(teasers: Sequence[Teaser]) -> bool:
    """Whether entries at one place tell one story: under one headline, or two that are not of different dates."""
    first = teasers[0].headline
    others = {each.headline for each in teasers if each.headline != first and not alike(each.headline, first)}
    dates = {teaser.published for teaser in teasers}
    return not others or (len(others) == 1 and (None in dates or len(dates) == 1))


def _place(teaser: Teaser) -> str:
    """Where a teaser says that it stands, its fragment with it."""
    return teaser.url if "#" in teaser.url else canonical(teaser.url)


def _identity(teaser: Teaser, keys: frozenset[str], places: frozenset[str]) -> str:
    if teaser.key in keys:
        return f"key {teaser.key}"
    if teaser.url and (place := _place(teaser)) in places:
        return f"at {place}"
    return title_and_day(teaser)
