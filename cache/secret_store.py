"""Where a reader's secrets are kept: in the system's keyring; where there is none, in a file only the reader can read.

A secret has the name "<address> <header>": of a source's header, or of a proxy's login. What is in use is looked for
in the keyring first, so that a file from before there was one still serves.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

from cache.paths import SECRETS_FILE, places_of
from fetch.errors import Refused
from fetch.secret import Secret

_SERVICE = "broadsheet"


class SecretStore:
    """The secrets of the reader whose configuration is in a folder."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / SECRETS_FILE

    @classmethod
    def beside(cls, library: Path) -> Self:
        """The secrets that belong to a library file."""
        return cls(places_of(library).config)

    def find(self, address: str, name: str) -> Secret | None:
        """A secret, None where it is kept nowhere; raises Refused where the keyring would not give it."""
        found: str | None = None
        if (keyring := _keyring()) is not None:
            with _told():
                found = keyring.get_password(_SERVICE, f"{address} {name}")
        if found is None:
            found = self._in_file().get(f"{address} {name}")
        return None if found is None else Secret(found)

    def keep(self, address: str, name: str, secret: Secret) -> None:
        """Keeps a secret; raises Refused where the keyring would not, or the file cannot be written."""
        if (keyring := _keyring()) is not None:
            with _told():
                keyring.set_password(_SERVICE, f"{address} {name}", secret.reveal())
            return
        self._put({**self._in_file(), f"{address} {name}": secret.reveal()})

    def _put(self, held: dict[str, str]) -> None:
        """Has the file hold these; raises Refused where it cannot be written."""
        try:
            self._write(held)
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise Refused(f"{self.file} cannot keep a secret: {why}.", reason="keyring") from error

    def drop(self, address: str, name: str) -> None:
        """Keeps a secret no more, wherever it is; raises Refused where that cannot be."""
        kept = f"{address} {name}"
        if (keyring := _keyring()) is not None:
            with _told():
                if keyring.get_password(_SERVICE, kept) is not None:
                    keyring.delete_password(_SERVICE, kept)
        held = self._in_file()
        if held.pop(kept, None) is not None:
            self._put(held)

    @property
    def has_keyring(self) -> bool:
        """Whether the next secret goes into the system's keyring."""
        return _keyring() is not None

    @property
    def where(self) -> str:
        """Where the next secret goes, in words."""
        keyring = _keyring()
        return f"the system's keyring ({keyring.get_keyring().name})" if keyring is not None else f"{self.file}"

    def examine(self) -> tuple[bool, str]:
        """Whether secrets are kept as they should be, and a sentence on where they are."""
        try:
            held = len(self._in_file())
        except Refused as error:
            return False, str(error)
        kept = f"Secrets are kept in {self.where}"
        if _keyring() is None:
            if not self.file.exists():
                return True, f"No secrets are kept; they would go to {self.file}, as there is no keyring."
            kept += ", as there is no keyring; it is readable by you alone"
        if not held:
            return True, f"{kept}."
        if os.name == "posix" and stat.S_IMODE(self.file.stat().st_mode) & 0o077:
            return False, f"{self.file} holds {held} secrets and can be read by others: chmod 600 it."
        also = f"; {self.file} holds {held} from before" if _keyring() is not None else f" and holds {held}"
        return True, f"{kept}{also}."

    def _in_file(self) -> dict[str, str]:
        """What the file holds; raises Refused where that cannot be read, so that nobody writes over it."""
        try:
            held = json.loads(self.file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError) as error:
            why = (error.strerror or str(error)).lower() if isinstance(error, OSError) else "it is no JSON any more"
            raise Refused(f"{self.file} cannot be read: {why}; mend it, or move it away.", reason="keyring") from error
        if not isinstance(held, dict):
            raise Refused(f"{self.file} holds no secrets; mend it, or move it away.", reason="keyring")
        return {str(name): str(value) for name, value in held.items()}

    def _write(self, held: dict[str, str]) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        for left in self.file.parent.glob(f"{self.file.stem}.*.new"):  # by a program that was killed
            left.unlink(missing_ok=True)
        passing = self.file.with_suffix(f".{os.getpid()}.new")
        try:
            with open(os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                json.dump(held, file, ensure_ascii=False)
                file.flush()
                os.fsync(file.fileno())
            os.replace(passing, self.file)
        finally:  # where the disk is full it would hold a piece of them
            with suppress(OSError):
                passing.unlink()


def _keyring() -> Any:
    """The keyring's module, None where it is not installed or the system has none."""
    try:
        import keyring
        from keyring.backends import fail, null
    except ImportError:
        return None
    return None if isinstance(keyring.get_keyring(), fail.Keyring | null.Keyring) else keyring


@contextmanager
def _told() -> Iterator[None]:
    from keyring.errors import KeyringError

    try:
        yield
    except KeyringError as error:
        raise Refused("The system's keyring would not give or keep a secret.", reason="keyring") from error
