"""What a refresh tells as it happens: its steps, and the sources that could not be had."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Network: TypeAlias = Literal["", "online", "offline"]
Step: TypeAlias = Literal["source", "listed", "landed", "failed", "closed", "pictures", "waiting", "joined", "finished"]

MOST_OF_A_SOURCE = 200
"""Articles of one source in one refresh, if its reader has set no number; what is left over comes with the next."""


class FailedSource(NamedTuple):
    """A source that could not be had: what a reader calls it, why in a word or two, and in a sentence."""

    source: str
    reason: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of a refresh, as it happens.

    `source`: one is being asked; `listed`: its teasers are stored; `landed`: an article is on disk; `failed`: an
    article (url set) or a source could not be had, `reason` says why; `closed`: a source is done; `pictures`: all are,
    and pictures are being fetched; `waiting`: another program writes to the library, or `joined`: refreshes it, which
    `notice` says; `finished`: all is. `done` of `total`
    counts articles and sources; `running` names the sources under way; `received` is bytes on the wire so far,
    `network` what is known of the way out: "online" once something answered, "offline" where nothing did and nothing
    could. With `closed`, `new`, `full`, `part`, `teaser` and `failed` count the source's articles of this refresh,
    `left` those that wait for the next one; with `finished` they are of all of this refresh, `asked` counts the sources
    that were asked over the network, `failures` names those that could not be had, `library` counts what the library
    has by state, `notice` says that in a sentence, `asked_for` what became of the pages that the reader had asked for,
    and `pictures_left` counts the pictures that wait for the next one.
    `wire` and `unpacked` are the bytes before and after decompression.
    """

    step: Step
    source_id: int = 0
    source: str = ""
    entry_id: int = 0
    url: str = ""
    reason: str = ""
    done: int = 0
    total: int = 0
    failed: int = 0
    running: tuple[str, ...] = ()
    received: int = 0
    notice: str = ""
    new: int = 0
    full: int = 0
    part: int = 0
    teaser: int = 0
    left: int = 0
    wire: int = 0
    unpacked: int = 0
    network: Network = ""
    asked: int = 0
    asked_for: str = ""
    pictures_left: int = 0
    failures: tuple[FailedSource, ...] = ()
    library: Mapping[str, int] | None = None
