"""robots.txt: what a site asks of programs that come by themselves (RFC 9309).

Parsed by protego, as Google's own rules read. Which group is ours is told here: protego takes a group for ours whose
name is a part of ours ("B", "broad"), and none whose name has more to it ("Broadsheet/1.0").
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from protego import Protego

AGENT = "Broadsheet"
LIMIT = 512_000
"""Bytes of a robots.txt that count (RFC 9309 asks for at least this many)."""


_USER_AGENT = re.compile(r"\s*user(?:-|\s+)?agent(?:\s*:|\s)\s*([^#]*)", re.IGNORECASE)
_TOKEN = re.compile(r"\*(?=\s|$)|[a-z_-]*", re.IGNORECASE)
_OTHERS = "none-of-ours"


@dataclass(frozen=True, slots=True)
class RobotsRules:
    """A site's rules for us; without any, everything is allowed, and with `closed` nothing is."""

    parsed: Protego | None = None
    closed: bool = False

    def allows(self, url: str) -> bool:
        """Whether a program may fetch this URL."""
        if self.closed:
            return False
        return self.parsed is None or self.parsed.can_fetch(url, AGENT)

    @property
    def crawl_delay(self) -> float:
        """Seconds between two requests that the site asks for; 0 where it asks nothing."""
        if self.parsed is None:
            return 0.0
        delay = self.parsed.crawl_delay(AGENT) or 0.0
        rate = self.parsed.request_rate(AGENT)
        slowest = float(max(delay, rate.seconds / rate.requests if rate and rate.requests else 0.0))
        return max(0.0, slowest) if math.isfinite(slowest) else 0.0

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps that robots.txt names."""
        return tuple(self.parsed.sitemaps) if self.parsed else ()


ALL_ALLOWED = RobotsRules()
ALL_CLOSED = RobotsRules(closed=True)


def parse_robots(body: bytes) -> RobotsRules:
    """The rules in a robots.txt; an HTML page that stands in its place holds none."""
    from protego import Protego

    text = body[:LIMIT].decode("utf-8", "replace").lstrip("\ufeff")
    if text.lstrip()[:1] == "<":
        return ALL_ALLOWED
    return RobotsRules(Protego.parse("\n".join(map(_with_plain_group, text.splitlines()))))


def _with_plain_group(line: str) -> str:
    """A line that begins a group with the group's product token alone, ours or the one of all; others as they are."""
    named = _USER_AGENT.match(line)
    if named is None:
        return line
    token = _TOKEN.match(named[1].strip())
    name = token[0].lower() if token else ""
    return f"User-agent: {name if name in ('*', AGENT.lower()) else _OTHERS}"
