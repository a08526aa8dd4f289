"""Odd lists of sources, as readers hand them about: what of each is taken, and what is told of the rest.

    python tests/bench/odd_lists.py

All are written by us, after what other programs write and break. Each is taken in by a library of its own.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from cache.errors import CacheError  # noqa: E402
from cache.library import open_library  # noqa: E402

HEAD = '<?xml version="1.0" encoding="utf-8"?><opml version="2.0"><head><title>Mine</title></head><body>'
END = "</body></opml>"
MOLE = '<outline type="rss" text="Mole" xmlUrl="https://mole.example/feed"/>'
TIDE = '<outline type="rss" text="Tide" xmlUrl="https://tide.example/feed"/>'


@dataclass(frozen=True)
class OddList:
    """A list, how many sources of it are to be taken, and a piece of what is to be told of the rest."""

    name: str
    content: bytes
    sources: int
    told: str = ""


@dataclass(frozen=True)
class Taken:
    """What became of a list: how many sources were added, what was said, of a refusal too, and whether it was whole."""

    sources: int
    sentence: str
    is_whole: bool = False


def _opml(*outlines: str) -> bytes:
    return f"{HEAD}{''.join(outlines)}{END}".encode()


LISTS = (
    OddList("nothing odd", _opml(MOLE, TIDE), 2, "2 sources added."),
    OddList("a bare ampersand", _opml('<outline text="A & B" xmlUrl="https://q.example/f?a=1&b=2"/>', TIDE), 2),
    OddList("entities of HTML", _opml('<outline text="Caf&eacute;&nbsp;" xmlUrl="https://q.example/f"/>', TIDE), 2),
    OddList("a bad byte", _opml(MOLE, TIDE).replace(b"Mole", b"M\xf6le"), 2),
    OddList("quotation marks inside", _opml('<outline text="the "late" tide" xmlUrl="https://q.example/f"/>', TIDE), 2),
    OddList("blank lines first", b"\n\n  \n" + _opml(MOLE, TIDE), 2),
    OddList("a control character", _opml(MOLE.replace("Mole", "Mo\x07le"), TIDE), 2),
    OddList("UTF-16", _opml(MOLE, TIDE).decode().replace("utf-8", "utf-16").encode("utf-16"), 2),
    OddList("Latin-1 undeclared", f"<opml><body>{MOLE}</body></opml>".replace("Mole", "Möle").encode("latin-1"), 1),
    OddList("cut within an outline", _opml(MOLE, TIDE)[:-30], 1, "Tide names no address"),
    OddList("cut behind an outline", _opml(MOLE, TIDE)[:-len(END)], 2, "2 sources added.\nThe list breaks off before"),
    OddList("cut in a folder", f"{HEAD}<outline text='Sea'>{MOLE}".encode(), 1, "breaks off before its end"),
    OddList("cut in its middle, with an end in a comment",
            f"{HEAD}<!-- {END} -->{MOLE}".encode(), 1, "breaks off before its end"),
    OddList("cut within its end", _opml(MOLE, TIDE)[:-3], 2, "breaks off before its end"),
    OddList("no end tags", f"<opml><body>{MOLE}{TIDE}".encode(), 2, "breaks off before its end"),
    OddList("feed: and no scheme", _opml(MOLE.replace("https:", "feed:"), TIDE.replace("https://", "")), 2),
    OddList("a page alone", _opml('<outline text="Board" htmlUrl="https://board.example/news/"/>'), 1),
    OddList("sources in a source", _opml(MOLE.replace("/>", f">{TIDE}</outline>")), 2),
    OddList("nested folders", _opml(f'<outline text="A"><outline text="B">{MOLE}</outline>{TIDE}</outline>'), 2),
    OddList("categories", _opml(MOLE.replace("/>", ' category="/Sea/Work,/Light"/>')), 1),
    OddList("one feed in two folders",
            _opml(f'<outline text="A">{MOLE}</outline>', f'<outline text="B">{MOLE}</outline>'), 1),
    OddList("no quotation marks", b"<opml><body><outline text=Mole xmlUrl=https://mole.example/feed />", 1),
    OddList("capital letters", _opml(MOLE, TIDE).upper().replace(b"UTF-8", b"utf-8"), 2),
    OddList("a recipe of FreshRSS",
            _opml(MOLE, '<outline text="Board" type="HTML+XPath" xmlUrl="https://b.example/"/>'), 1,
            "is read by a recipe of FreshRSS"),
    OddList("a command of Liferea", _opml(MOLE, '<outline text="Own" type="rss" xmlUrl="|~/own.sh"/>'), 1,
            "is a command to run"),
    OddList("other kinds of address", _opml(MOLE, '<outline text="Odd" xmlUrl="javascript:alert(1)"/>'), 1,
            "is an address of the kind javascript:"),
    OddList("newsboat",
            b'https://mole.example/feed sea "~The Mole"\n"exec:~/own.sh"\n"query:New:unread = \\"yes\\""\n', 1,
            "1 kept search"),
    OddList("plain addresses", b"\nhttps://mole.example/feed\n\nhttps://tide.example/feed\nmole\n", 2,
            "mole is no address"),
    OddList("what it declares", _opml(MOLE.replace("Mole", "&sea;&nbsp;Mole"), TIDE).replace(
            b"<opml", b'<!DOCTYPE opml [<!ENTITY sea "Sea">]><opml'), 2),
    OddList("schemes of feed readers", _opml(MOLE.replace("https:", "pcast:"), TIDE.replace("https:", "feed::")), 2),
    OddList("one host in two spellings", _opml(MOLE, MOLE.replace("https://mole", "HTTPS://Mole")), 1),
    OddList("a folder that FreshRSS fills",
            _opml('<outline text="Filled" x:opmlUrl="https://f.example/" xmlns:x="https://freshrss.org/opml"/>', MOLE),
            1, "is filled from a list elsewhere"),
    OddList("links in Markdown", b"# Mine\n- [Mole](https://mole.example/feed)\n- [Tide](https://tide.example/f)\n", 2),
    OddList("a table", b"title,url\nMole,https://mole.example/feed\nTide,https://tide.example/feed\n", 2,
            "title,url is no address"),
    OddList("no source at all", _opml('<outline text="Empty"/>'), 0, "0 sources added"),
    OddList("a page instead of a list", b"<html><body><p>Log in</p></body></html>", 0, "on where it is from"),
)  # fmt: skip


async def taken(odd: OddList, folder: Path) -> Taken:
    """What a library takes of a list, in a home of its own."""
    file = folder / "list"
    file.write_bytes(odd.content)
    async with open_library(folder / "home") as library:
        try:
            imported = await library.import_file(file)
        except CacheError as error:
            return Taken(0, str(error).replace(str(file), "the list"))
    return Taken(imported.count, imported.sentence, imported.is_whole)


def main() -> None:
    """Prints a line a list, and what was told."""
    for odd in LISTS:
        with tempfile.TemporaryDirectory() as folder:
            found = asyncio.run(taken(odd, Path(folder)))
        right = "" if found.sources == odd.sources and odd.told in found.sentence else f" (not {odd.sources})"
        print(f"{odd.name:36} {found.sources} of {odd.sources}{right}  " + found.sentence.replace("\n", " "))


if __name__ == "__main__":
    main()
