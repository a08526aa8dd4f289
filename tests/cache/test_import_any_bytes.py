"""Whatever bytes are imported, the library stays sound, and what comes of it is one sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cache.formats.table import FORMATS
from cache.library import Library, open_library
from fetch.errors import NewsError
from tests.packing import pack_of_lines

LINE = json.dumps({"url": "https://paper.example/1", "headline": "One", "text": "It is so.", "tags": ["sea"]})
OPML = "<opml version='2.0'><body><outline text='A' xmlUrl='https://paper.example/f'/></body></opml>"
SOUND = {
    "jsonl": f"{LINE}\n".encode(),
    "opml": OPML.encode(),
    "urls": b"https://paper.example/feed sea\n",
    "pack": b"",
}
PUT = st.one_of(
    st.binary(max_size=6), st.sampled_from([b"\x00", b'"', b"<", b"\n", b"[" * 50, b"\xff", b"null", b"9" * 400])
)
SPOILT = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), PUT), max_size=4)
pytestmark = [pytest.mark.anyio, pytest.mark.once]


def spoilt(name: str, places: list[tuple[float, int, bytes]]) -> bytes:
    """A sound file with some of its bytes replaced; a pack is signed anew, as a stranger would."""
    content = SOUND["jsonl" if name == "pack" else name]
    for place, cut, put in places:
        at = int(place * len(content))
        content = content[:at] + put + content[at + cut :]
    return pack_of_lines(content) if name == "pack" else content


async def taken_in(library: Library, path: Path) -> str:
    try:
        return (await library.import_file(path)).sentence
    except NewsError as error:
        return str(error)


@pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if form.begins])
@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(places=SPOILT)
async def test_property_any_bytes_leave_a_library_sound(
    tmp_path: Path, name: str, places: list[tuple[float, int, bytes]]
) -> None:
    path = tmp_path / "file"
    path.write_bytes(spoilt(name, places))
    async with open_library(tmp_path / "home") as library:
        told = await taken_in(library, path)
        assert told.strip()
        assert library.connection.value("PRAGMA integrity_check") == "ok"
        for entry in library.entries(library.ids("")):
            assert entry.url
