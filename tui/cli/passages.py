"""`passages`: which passages are no part of a site's stories, as its reader says."""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from pathlib import Path

from cache.library import Library, open_reading
from cache.site import SiteRule, host_of
from fetch.bounded_json import parse_json
from fetch.passages import How, letters_of
from fetch.text import clean
from tui.cli.common import WrongUsage, with_library
from tui.cli.options import json_option
from tui.cli.output import complain, say, say_json
from tui.typeset import wording

_LARGEST = 10_000_000
_NAME = re.compile(r"\w[\w.:-]*")
_MOST = 10_000
"""Rules of a file that are taken."""


def options(parser: ArgumentParser) -> None:
    """What `passages` takes."""
    parser.add_argument("site", nargs="?", default="", metavar="SITE", help="a host or an address on it; all without")
    change = parser.add_mutually_exclusive_group()
    change.add_argument("--leave-out", metavar="TEXT", help="this passage is no part of its stories")
    change.add_argument("--keep", metavar="TEXT", help="this passage is part of them, though it recurs or was dropped")
    change.add_argument("--forget", metavar="TEXT", help="say nothing of this passage any more")
    change.add_argument("--import", dest="file", type=Path, metavar="FILE", help="take what --json printed elsewhere")
    change.add_argument("--missing", metavar="REF", help="print what the page of an article holds beside its text")
    means = parser.add_mutually_exclusive_group()
    means.add_argument("--begins", action="store_true", help="TEXT is how passages begin that are meant")
    means.add_argument("--place", action="store_true", help="TEXT is a place on the page, as --missing prints it")
    json_option(parser)


def run(chosen: Namespace, home: str | None) -> int:
    """Say what is no part of a site's stories, or print what was said."""
    if chosen.file:
        rules = _read(chosen.file)
        return with_library(home, lambda library: _take(library, rules, as_json=chosen.json))
    if chosen.missing is not None:
        return with_library(home, lambda library: _print_missing(library, chosen))
    if any(said is not None for said in (chosen.leave_out, chosen.keep, chosen.forget)):
        return with_library(home, lambda library: _change(library, chosen))
    with open_reading(home) as library:
        for rule in library.site_rules(_host(chosen.site) if chosen.site else ""):
            _print(rule, as_json=chosen.json)
    return 0


def _print(rule: SiteRule, *, as_json: bool) -> None:
    if as_json:
        begins, place = rule.how == "begins", rule.how == "place"
        say_json({"site": rule.host, "text": rule.text, "begins": begins, "place": place, "kept": rule.kept})
        return
    does = "kept" if rule.kept else "left out"
    meant = {"begins": "all that begin ", "place": "all that stand in "}.get(rule.how, "")
    say(f"{rule.host}  {does}  {meant}“{rule.text}”")


async def _print_missing(library: Library, chosen: Namespace) -> int:
    """What the page of an article holds beside its text, each passage with the place that tells it."""
    missing = await library.missing_passages(library.id_of(chosen.missing))
    for passage in missing.passages:
        if chosen.json:
            say_json({"text": passage.text, "place": passage.place})
        else:
            say(f"{passage.text}  [{passage.place}]" if passage.place else passage.text)
    return 0


async def _change(library: Library, chosen: Namespace) -> int:
    """One rule more, or one less."""
    host = _host(chosen.site)
    if not host:
        raise WrongUsage("Say which site is meant: broadsheet passages paper.example --leave-out TEXT.")
    text = clean(next(said for said in (chosen.leave_out, chosen.keep, chosen.forget) if said is not None))
    how = _how(begins=chosen.begins, place=chosen.place)
    rule = SiteRule(host, text, how, kept=chosen.keep is not None)
    if how == "place" and chosen.leave_out is not None:
        raise WrongUsage("A place can only be kept: what is left out is known by its words.")
    if not letters_of(text):
        raise WrongUsage("TEXT holds no letter to know a passage by.")
    if chosen.forget is None:
        await library.teach([rule])
        _say_changed(rule, f"{'Part of the stories' if rule.kept else 'Left out'} on {host} from now on.", chosen)
        return 0
    known = [
        one
        for one in library.site_rules(host)
        if one.how == how and (one.text == text if how == "place" else letters_of(one.text) == letters_of(text))
    ]
    if not known:
        complain(f"There is no such rule for {host}.")
        return 1
    await library.forget(known)
    for one in known if chosen.json else known[:1]:
        _say_changed(one, f"Forgotten for {host}.", chosen)
    return 0


def _say_changed(rule: SiteRule, sentence: str, chosen: Namespace) -> None:
    if chosen.json:
        _print(rule, as_json=True)
    else:
        say(sentence)


async def _take(library: Library, rules: list[SiteRule], *, as_json: bool) -> int:
    number = await library.teach(rules)
    sentence = f"{wording.count(number, 'rule')} taken in; {len(rules) - number} known already."
    if as_json:
        say_json({"count": number, "sentence": sentence})
    else:
        say(sentence)
    return 0


def _host(site: str) -> str:
    """The site that is meant: a host, or the one an address leads to; "" for what names none."""
    named = host_of(site if "://" in site else f"https://{site}")
    return named if _NAME.fullmatch(named) else ""


def _how(*, begins: bool, place: bool) -> How:
    return "place" if place else "begins" if begins else "same"


def _read(file: Path) -> list[SiteRule]:
    """The rules in a file, one a line; raises WrongUsage where it holds anything else."""
    try:
        if file.stat().st_size > _LARGEST:
            raise WrongUsage(f"{file} is larger than {_LARGEST // 10**6} MB, as no file of rules is.")
        lines = [line for line in file.read_text("utf-8-sig").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUsage(f"{file} cannot be read: {getattr(error, 'strerror', None) or 'it is no UTF-8'}.") from error
    if len(lines) > _MOST:
        raise WrongUsage(f"{file} holds more than {_MOST:,} rules.")
    return [_rule(file, number, line) for number, line in enumerate(lines, 1)]


def _rule(file: Path, number: int, line: str) -> SiteRule:
    try:
        match parse_json(line):
            case {"site": str(site), "text": str(text), "begins": bool(begins), "kept": bool(kept), **more} if (
                host := _host(site)
            ) and letters_of(clean(text)):
                place = more.get("place", False)
                if place is False or (place is True and kept and not begins):
                    return SiteRule(host, clean(text), _how(begins=begins, place=place), kept)
    except (ValueError, RecursionError):
        pass
    raise WrongUsage(f"Line {number} of {file} is no rule as broadsheet passages --json prints them.")
