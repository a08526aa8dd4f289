"""Texts that attack a terminal, made up from their parts, each with a mark that shows where it came out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

_INTRODUCERS = ("\x1b", "\x9b", "\x9d", "\x90", "\x9f", "\x9e", "\x98", "\u009b", "\x1b\x1b", "\x1b\x00", "\x18\x1b")
_CONTROLS = (
    "[31m", "[2J", "[1;1H", "[?1049l", "[?25h", "[6n",
    "[c", "[>c", "[5i", "[20t", "[?1000h", "[3 q",
    "]0;t\x07", "]2;t\x1b\\", "]52;c;ZXZpbA==\x07", "]8;;file:///etc/passwd\x07x", "]4;1;?\x07", "]10;?\x07",
    "]1337;File=:x\x07", "]777;notify;a;b\x07", "P$q m\x1b\\", "P+q544e\x1b\\", "_Gf=100;AAAA\x1b\\", "^x\x1b\\",
    "X x\x1b\\", "c", "7", "8", "#8", "(0",
    "N", "Z", "=", ">", "D", "M",
    "E",
)  # fmt: skip
_SINGLE = (
    *map(chr, range(0x20)),
    *map(chr, range(0x7F, 0xA0)),
    *"\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029",
    *"\u2060\u2064\ufeff\ufff9\ufffa\ufffb\ufffe\uffff\ufdd0\u00ad\u034f\u115f\u1160\u17b4\u180b\u180e\u3164\uffa0",
    *"\U000e0001\U000e0041\U000e007f\U0001d173\U0001bca0\U00013430\U0001fffe\U0010ffff\ufe0f\ufe00\U000e0100",
)
_TRICKS = (
    "&#27;[31m", "&#x1b;]0;t&#7;", "&amp;#27;[2J", "&#155;31m",
    "\\x1b[31m", "\\033[31m", "^[[31m", "%1b%5b31m",
    "\x1b%G", "\ud800", "\udc9b", "\x1b[\x1b[31m31m",
    "\x1b\u200b[31m", "\u202e\x1b[31m\u202c", "a" + "\u0301" * 60, "\u0e49" * 40,
    "[@click=app.quit]x[/]", "[red]x[/red]", "[link=file:///]x[/link]", "{{7*7}}",
    "%s%n", "$(id)", "`id`", "\r\nINJECTED",
    "\x08\x08\x08\x08\x08\x08\x08\x08\x08", "\x0e\x0f", "\x05",
)  # fmt: skip


def payloads() -> Iterator[str]:
    """Every introducer with every control, every character that should not pass alone and in a row, and tricks."""
    made = [f"{introducer}{control}" for introducer, control in product(_INTRODUCERS, _CONTROLS)]
    made += [*_SINGLE] + [one * 12 for one in _SINGLE] + [*_TRICKS]
    for number, payload in enumerate(made):
        yield f"<{number}{payload}{number}>"
