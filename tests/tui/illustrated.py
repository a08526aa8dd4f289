"""A story with pictures, some of them on disk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cache.db.picture_files import PictureFiles
from cache.library import open_reading
from cache.paths import places
from fetch.article import Figure, Paragraph, Span
from fetch.picture import read_picture
from tests.tui.newsroom import PILOTS
from tests.tui.picture_bytes import picture

MOLE, TIDE = "https://x.example/mole.jpg", "https://x.example/tide.jpg"
STORY = replace(
    PILOTS,
    image=Figure(MOLE),
    body=(
        Paragraph((Span("Before it. " * 30),)),
        Figure(TIDE, caption="The tide at noon.", credit="Orla Brandt"),
        Paragraph((Span("After it. " * 200),)),
    ),
)


def illustrate(home: Path, *urls: str, setting: str = "on") -> None:
    (home / "config.toml").write_text(f'[screen]\npictures = "{setting}"\n', encoding="utf-8")
    with open_reading(home) as library:
        entry_id = library.entry(STORY.url).id
    for url in urls:
        PictureFiles(places(home).library).keep(entry_id, url, read_picture(picture((960, 540)), url))
