"""By which name a library goes in the folders that it shares, and how a copy of it is noticed.

The name lies in the library, and so goes along with a copy of it: two machines would then write one file. Who finds in
its own place a file that it has not written has been copied, or is the copy, and takes another name; the file stays,
and is read as that of another. As every file holds all that its writer has to say, nothing is lost by that.
"""

from __future__ import annotations

import platform
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from cache.db import reads
from cache.writes.reader_rows import set_setting

if TYPE_CHECKING:
    from cache.db.connection import Connection

ACTS, TEXTS = ".broadsheet-acts", ".broadsheet-pack"
_SETTING = "sync_machine"
_LONGEST_NAME = 24
_MOST_WRITTEN = 50


@dataclass(frozen=True, slots=True)
class Machine:
    """The id of a library among those that share a folder, what its files are called, and digests of what it wrote."""

    id: str
    name: str
    written: Sequence[str] = ()

    @property
    def acts_file(self) -> str:
        """The name of the file with its acts."""
        return f"{self.name}{ACTS}"

    def texts_file(self, number: int) -> str:
        """The name of one of its files with articles."""
        return f"{self.name}.{number}{TEXTS}"

    def wrote(self, content: bytes) -> bool:
        """Whether it wrote these bytes, among the last that it did."""
        return digest(content) in self.written


def digest(content: bytes) -> str:
    """What a file that was written is known by."""
    return blake2b(content, digest_size=8).hexdigest()


def machine_of(connection: Connection) -> Machine:
    """The name of a library, made when it is first asked for."""
    kept: Any = reads.setting(connection, _SETTING, None)
    if isinstance(kept, dict) and kept.get("id") and kept.get("name"):
        return Machine(str(kept["id"]), str(kept["name"]), [str(each) for each in kept.get("written", ())])
    return renamed(connection)


def renamed(connection: Connection) -> Machine:
    """Another name for a library, of the machine's and of chance."""
    from secrets import token_hex

    made = token_hex(16)
    host = "-".join(re.findall(r"[A-Za-z0-9]+", platform.node().partition(".")[0]))[:_LONGEST_NAME].strip("-").lower()
    return _keep(connection, Machine(made, f"{host or 'machine'}-{made[:8]}"))


def about_to_write(connection: Connection, machine: Machine, content: bytes) -> Machine:
    """Notes what is going to be written, before it is: who is killed in between knows its own file again."""
    return _keep(connection, replace(machine, written=[*machine.written, digest(content)][-_MOST_WRITTEN:]))


def _keep(connection: Connection, machine: Machine) -> Machine:
    set_setting(connection, _SETTING, {"id": machine.id, "name": machine.name, "written": list(machine.written)})
    return machine
