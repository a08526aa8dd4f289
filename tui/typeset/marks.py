"""The marks of an article, each a character and its role: on screen, in the help and on the command line.

And which terminals want them in ASCII: `tui.typeset.ascii`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

OFFLINE_MARKS = {"full": ("≡", "meta"), "part": ("=", "meta"), "teaser": ("–", "meta"), "failed": ("!", "warning")}
QUEUED_MARK = ("↓", "star")
CHANGED_MARK = ("Δ", "star")
TAGGED_MARK = ("#", "star")
SAVED_MARK = ("★", "star")
UNREAD_MARK = ("●", "dot")
OPEN_MARK = ("▌", "bar")
CURSOR = ("▏", "cursor")

Ascii: TypeAlias = Literal["", "marks", "all"]
"""What is drawn in ASCII: nothing, marks and borders and signs like them, or all there is."""

_OLD_CONSOLES = frozenset("linux ansi vt52 vt100 vt102 vt220 cons25 pcansi sun wsvt25".split())
"""Terminals by whose fonts few signs can be counted on."""
_VTE_WITH_BIDI = 5800  # 0.58, September 2019


_PYTHONS = frozenset(("C.UTF-8", "C.utf8", "UTF-8"))
"""What Python sets LC_CTYPE to where LANG is C (PEP 538)."""


def ascii_chosen(chosen: str, wanted: Ascii) -> Ascii:
    """What is drawn in ASCII where a reader chose "auto", "unicode" or "ascii" and the terminal wants this."""
    if chosen == "auto":
        return wanted
    return (wanted or "marks") if chosen == "ascii" else ""


def ascii_wanted(environment: Mapping[str, str]) -> Ascii:
    """What a terminal wants in ASCII: all where its locale has no other letters, signs where it is an old console.

    Where the environment names no locale, as in containers, nothing is known, and terminals are taken to be of today.
    """
    of_all, of_letters, usual = (environment.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    if of_letters in _PYTHONS and usual in ("C", "POSIX"):
        of_letters = ""
    locale, _, charset = (of_all or of_letters or usual).partition("@")[0].partition(".")
    if locale in ("C", "POSIX") and not charset:
        return "all"
    if charset and charset.lower().replace("-", "") != "utf8":
        return "all"
    return "marks" if environment.get("TERM", "").partition("-")[0] in _OLD_CONSOLES else ""


def terminal_orders(environment: Mapping[str, str]) -> bool:
    """Whether a terminal is known to put such text in order itself: mlterm, Konsole, VTE's and Apple's."""
    version = environment.get("VTE_VERSION", "")
    if version.isascii() and version.isdigit() and len(version) < 9 and int(version) >= _VTE_WITH_BIDI:
        return True
    named = "MLTERM" in environment or "KONSOLE_VERSION" in environment
    return named or environment.get("TERM_PROGRAM") == "Apple_Terminal"
