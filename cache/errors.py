"""What can go wrong with the library on disk.

NewsError
└─ CacheError
   ├─ LibraryBusy       another program holds it longer than we wait
   ├─ LibraryDamaged    the file is not a sound library
   │  └─ TextDamaged    only one article's text is
   ├─ LibraryTooNew     a later Broadsheet wrote it
   ├─ LibraryTooOld     a Broadsheet from before formats had numbers wrote it
   ├─ NotALibrary       a file or folder of somebody else's
   ├─ DiskFull          no space, or a disk that cannot be written
   └─ NoSuchEntry       a REF, source or saved search that is not in the library
"""

from __future__ import annotations

from fetch.errors import NewsError


class CacheError(NewsError):
    """The library could not do it."""


class LibraryBusy(CacheError):
    """Another program holds the library."""


class LibraryDamaged(CacheError):
    """The library file is damaged."""


class TextDamaged(LibraryDamaged):
    """The text of one article is damaged; the others can be read."""


class LibraryTooNew(CacheError):
    """A later version of Broadsheet wrote this library."""


class LibraryTooOld(CacheError):
    """A Broadsheet from before formats had numbers wrote this library."""


class NotALibrary(CacheError):
    """What stands where the library should be belongs to somebody else."""


class DiskFull(CacheError):
    """The disk is full, read-only or not ours to write."""


class NoSuchEntry(CacheError):
    """What was named is not in the library."""
