"""The name and the password of an account on a server, as a person at a terminal or a script gives them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from fetch.secret import Secret
from tui.cli.common import WrongUsage

_LONGEST = 10_000


class Login(NamedTuple):
    """The address of a server as it was typed, and the name there."""

    place: str
    user: str


def typed_login(place: str, user: str | None) -> Login:
    """Who is meant where; raises WrongUsage for a server that is not known yet, without a name."""
    if not user:
        raise WrongUsage(
            f"{place} is no folder here, and no server that is synced; `sync {place} --user NAME` sets one up."
        )
    return Login(place, user)


def asked_password(login: Login) -> Secret:
    """The password: asked for at a terminal, without showing it; else the first line of what comes in."""
    if sys.stdin.isatty():
        from getpass import getpass

        said = getpass(f"Password of {login.user} at {login.place}: ")
    else:
        said = sys.stdin.readline(_LONGEST).rstrip("\r\n")
    if not said:
        raise WrongUsage("There is no password: it is asked for at a terminal, or is the first line of what comes in.")
    return Secret(said)


def agreed_to_keep(library: Path, *, said: bool) -> bool:
    """Whether the password may be kept where it would be: in a keyring always, in a file where that was agreed to."""
    from cache.secret_store import SecretStore

    secrets = SecretStore.beside(library)
    if said or secrets.has_keyring:
        return True
    if not sys.stdin.isatty():
        raise WrongUsage(f"There is no keyring; --yes keeps the password in {secrets.file}, which only you can read.")
    sys.stderr.write(f"There is no keyring. Keep the password in {secrets.file}, which only you can read? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")
