"""`sync`: a library made one with servers and with other machines, set up once and done again by the same word."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from cache.library import Library
from cache.sync import folders
from cache.sync.folders import SyncedFolder
from cache.sync.outcome import Synced
from fetch.errors import NewsError
from tui.cli.common import WrongUsage, with_library
from tui.cli.options import json_option
from tui.cli.output import complain, say_json, say_lines
from tui.local_time import LOCAL


def options(parser: ArgumentParser) -> None:
    """What `sync` takes."""
    parser.add_argument(
        "place", nargs="?", metavar="FOLDER", help="a folder that your machines share; kept for next time"
    )
    parser.add_argument("--status", action="store_true", help="say what is synced, when, and what is left; ask nobody")
    parser.add_argument("--off", action="store_true", help="sync there no more; all that is here stays")
    json_option(parser)


def run(chosen: Namespace, home: str | None) -> int:
    """Sync with the place that is named, or with all that are known; 1 where one of them could not be had."""
    if chosen.status and chosen.off:
        raise WrongUsage("--status and --off are two things: say one of them.")
    if chosen.place and not folders.looks_like_folder(chosen.place):
        raise WrongUsage(
            f"{chosen.place} is no folder here; this version cannot yet exchange marks with a feed server."
        )
    named = [Path(chosen.place).expanduser().absolute()] if chosen.place else []

    async def work(library: Library) -> int:
        places = named or [each.path for each in folders.remembered(library)]
        if chosen.status:
            return _status(library, as_json=chosen.json)
        if not places:
            raise WrongUsage("Nothing is set up to be synced; `sync FOLDER` does that.")
        if chosen.off:
            return await _forget(library, places)
        # Each by itself: what one of them cannot do keeps no other from it.
        return max([await _sync_folder(library, folder, as_json=chosen.json) for folder in places])

    return with_library(home, work)


async def _sync_folder(library: Library, folder: Path, *, as_json: bool) -> int:
    from cache.sync.folder import sync_folder

    try:
        outcome = await sync_folder(library, folder)
    except NewsError as error:
        if folders.known(library, folder):
            await folders.remember(library, folder, str(error))
        complain(str(error))
        return 1
    await folders.remember(library, folder, outcome)
    _tell(folders.known(library, folder), outcome, as_json=as_json)
    return 0


def _tell(folder: SyncedFolder | None, outcome: Synced, *, as_json: bool) -> None:
    if as_json and folder:
        say_json(_folder_json(folder, outcome.counts))
    else:
        say_lines(outcome.sentence)


async def _forget(library: Library, places: list[Path]) -> int:
    unknown = [folder for folder in places if not folders.known(library, folder)]
    if unknown:
        raise WrongUsage(f"{unknown[0]} is not synced; `sync --status` says what is.")
    for folder in places:
        await folders.forget(library, folder)
        complain(f"{folder} is synced no more; all that is here stays.")
    return 0


def _status(library: Library, *, as_json: bool) -> int:
    known = folders.remembered(library)
    for each in known:
        if as_json:
            say_json(_folder_json(each, {}))
        else:
            synced = f"synced {_iso(each.synced)}" if each.synced else "never synced"
            say_lines(f"{each.path}: {synced}. {each.sentence}")
    if not known and not as_json and sys.stdout.isatty():
        complain("Nothing is set up to be synced.")
    return 0


def _folder_json(folder: SyncedFolder, counts: Mapping[str, int]) -> dict[str, object]:
    return {
        "place": str(folder.path),
        "kind": "folder",
        "user": "",
        "synced": _iso(folder.synced),
        "whole": folder.is_whole,
        "waiting": 0,
        "counts": dict(counts),
        "sentence": folder.sentence,
    }


def _iso(moment: float) -> str | None:
    return datetime.fromtimestamp(moment, LOCAL).isoformat(timespec="seconds") if moment else None
