"""What the tests of the tree of sources do and see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.pilot import Pilot

from cache.library import Library
from cache.source_entry import SourceEntry
from tui.dialogs.contents import Contents

_TWO = {"Orla Observer": ["Sea"], "Signal & Noise": ["Sea/Harbours"]}


async def filed(library: Library, groups: Mapping[str, Sequence[str]] = _TWO) -> dict[str, SourceEntry]:
    """The sources by title, all loose but two: the Observer in Sea, the Signal in Sea/Harbours."""
    for source in library.sources():
        await library.file_source(source.id, groups=groups.get(source.title, []))
    return {source.title: source for source in library.sources()}


def contents_dialog(pilot: Pilot[None]) -> Contents:
    dialog = pilot.app.screen
    assert isinstance(dialog, Contents)
    return dialog


def highlighted(pilot: Pilot[None]) -> str:
    dialog = contents_dialog(pilot)
    return dialog.choices.choices[dialog.choices.index].label.strip()


def tree(pilot: Pilot[None]) -> str:
    """What stands in the tree alone."""
    dialog = pilot.app.screen
    assert isinstance(dialog, Contents)
    return "\n".join(dialog.choices.render_line(y).text for y in range(dialog.choices.size.height))
