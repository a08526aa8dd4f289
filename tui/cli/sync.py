"""`sync`: a library made one with servers and with other machines, set up once and done again by the same word."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import NamedTuple

from cache.library import Library
from cache.paths import typed_path
from cache.sync import folders
from cache.sync.accounts import Account
from cache.sync.outcome import Synced
from cache.sync.standing import SHARED_FOLDER, Standing
from fetch.errors import NewsError
from tui.cli.common import WrongUsage, reference, with_library
from tui.cli.options import json_option
from tui.cli.output import ProgressLine, complain, say_json, say_lines
from tui.cli.sync_account import Login, agreed_to_keep, asked_password, typed_login
from tui.cli.sync_status import as_json, line


def options(parser: ArgumentParser) -> None:
    """What `sync` takes."""
    parser.add_argument(
        "place",
        nargs="?",
        metavar="URL|FOLDER",
        help="a server of the Google Reader or Fever API, or a folder that your machines share; known from then on",
    )
    parser.add_argument("--user", metavar="NAME", help="your name on the server; its password is asked for, or read")
    parser.add_argument("--yes", action="store_true", help="keep the password in a file of yours alone, unasked")
    parser.add_argument("--status", action="store_true", help="say what is synced, when, and what is left; ask nobody")
    parser.add_argument("--off", action="store_true", help="sync there no more; all that is here stays")
    parser.add_argument(
        "--text", choices=("pages", "server"), help="whose text articles get; that of their pages without"
    )
    parser.add_argument("--keep", metavar="SOURCE", help="a source that a server has no more stays here, untold")
    json_option(parser)


class _Place(NamedTuple):
    """A folder or an account that is meant."""

    folder: Path | None = None
    account: Account | None = None
    asks_anew: bool = False
    """Whether another password is asked for where the one that is kept is not taken."""

    def is_of(self, standing: Standing) -> bool:
        """Whether this is the place that stands so."""
        if self.account:
            return (standing.place, standing.user) == (self.account.url, self.account.user)
        return standing.kind == SHARED_FOLDER and standing.place == str(self.folder)


def run(chosen: Namespace, home: str | None) -> int:
    """Sync with the place that is named, or with all that are known; 1 where one of them could not be had."""
    folder = _folder(chosen)

    async def work(library: Library) -> int:
        if chosen.keep:
            return await _keep(library, chosen.keep)
        if chosen.status:
            return await _status(library, to_script=chosen.json)
        places = await _meant(library, folder, chosen)
        if chosen.off:
            return await _forget(library, places, folder)
        if folder and not places:
            places = [_Place(folder=folder)]
        if not places and not chosen.place:
            raise WrongUsage("Nothing is set up to be synced; `sync FOLDER` or `sync URL --user NAME` does that.")
        if not places:
            login = typed_login(chosen.place, chosen.user)
            places = [_Place(account=await _set_up(library, login, chosen))]
        if chosen.text:
            await _set_text(library, places, chosen.text)
        # Each by itself: what one of them cannot do keeps no other from it.
        return max([await _sync(library, place, chosen) for place in places])

    return with_library(home, work)


def _folder(chosen: Namespace) -> Path | None:
    """The folder that is named, if one is; raises WrongUsage for what cannot be said together."""
    if chosen.status and chosen.off:
        raise WrongUsage("--status and --off are two things: say one of them.")
    if chosen.keep and (chosen.status or chosen.off or chosen.place):
        raise WrongUsage("--keep SOURCE stands alone: it asks nobody.")
    is_folder = bool(chosen.place) and folders.looks_like_folder(chosen.place)
    if chosen.user and (not chosen.place or is_folder):
        raise WrongUsage("--user NAME goes with the address of a server.")
    if chosen.text and (not chosen.place or is_folder):
        raise WrongUsage("--text goes with the address of a server.")
    return typed_path(chosen.place).absolute() if is_folder else None


async def _meant(library: Library, folder: Path | None, chosen: Namespace) -> list[_Place]:
    """Of what is known, the places that are meant: all, or those that a folder, an address or a user names."""
    from cache.sync.server import accounts_of, is_at

    known = [_Place(folder=each.path) for each in folders.remembered(library)]
    if folder:
        return [each for each in known if each.folder == folder]
    known += [_Place(account=each) for each in await accounts_of(library)]
    if not chosen.place:
        return known
    return [
        each._replace(asks_anew=bool(chosen.user))
        for each in known
        if each.account and is_at(each.account, chosen.place) and chosen.user in (None, each.account.user)
    ]


async def _set_up(library: Library, login: Login, chosen: Namespace) -> Account:
    from cache.sync.server import set_up

    password = asked_password(login)
    if not agreed_to_keep(library.path, said=chosen.yes):
        raise WrongUsage("Without the password nothing can be synced; nothing was kept.")
    return await set_up(library, login.place, login.user, password)


async def _sync(library: Library, place: _Place, chosen: Namespace) -> int:
    from cache.sync.standing import standings

    try:
        if place.folder:
            outcome = await _synced_folder(library, place.folder)
        elif place.account:
            outcome = await _synced_account(library, place.account, chosen, asks_anew=place.asks_anew)
    except NewsError as error:
        if place.folder and folders.known(library, place.folder):
            await folders.remember(library, place.folder, str(error))
        complain(str(error))
        return 1
    if not chosen.json:
        say_lines(outcome.sentence)
    elif now := next((each for each in standings(library) if place.is_of(each)), None):
        say_json(as_json(now, outcome))
    return 0


async def _synced_folder(library: Library, folder: Path) -> Synced:
    from cache.sync.folder import sync_folder

    outcome = await sync_folder(library, folder)
    await folders.remember(library, folder, outcome)
    return outcome


async def _synced_account(library: Library, account: Account, chosen: Namespace, *, asks_anew: bool) -> Synced:
    from cache.sync.remote import CannotSync
    from cache.sync.server import sync_account
    from cache.sync.tags import TAGS_AFTER

    try:
        with ProgressLine() as progress:
            return await sync_account(
                library,
                account,
                lambda done, of: progress.show(f"{done:,} of {of:,} articles"),
                tags_after=0.0 if chosen.place else TAGS_AFTER,
            )
    except CannotSync as error:
        if not asks_anew or error.reason != "password":
            raise
        complain(str(error))
        # The account stays as it was, and with it how all stood there last: only what lets us in is another.
        again = await _set_up(library, Login(account.url, account.user), chosen)
    return await _synced_account(library, again, chosen, asks_anew=False)


async def _set_text(library: Library, places: list[_Place], whose: str) -> None:
    from cache.sync.server_texts import set_takes_texts

    for place in places:
        if place.account:
            await set_takes_texts(library, place.account, whose == "server")


async def _keep(library: Library, named: str) -> int:
    from cache.sync.gone import keep_here

    source = library.source(reference(named))
    was_open = await keep_here(library, source.id)
    name = source.title or source.url
    complain(f"{name} stays here, and is told no more." if was_open else f"No server lacks {name}: nothing to decide.")
    return 0


async def _forget(library: Library, places: list[_Place], folder: Path | None) -> int:
    from cache.sync.server import forget

    if not places:
        raise WrongUsage(f"{folder or 'That'} is not synced; `sync --status` says what is.")
    for place in places:
        if place.folder:
            await folders.forget(library, place.folder)
            complain(f"{place.folder} is synced no more; all that is here stays.")
        elif place.account:
            await forget(library, place.account)
            complain(
                f"{place.account.url} is synced no more, and its password forgotten; all that is here stays, and there."
            )
    return 0


async def _status(library: Library, *, to_script: bool) -> int:
    from cache.sync.standing import standings

    known = standings(library)
    for place in known:
        if to_script:
            say_json(as_json(place))
        else:
            say_lines(line(place))
    if not known and not to_script and sys.stdout.isatty():
        complain("Nothing is set up to be synced.")
    return 0
