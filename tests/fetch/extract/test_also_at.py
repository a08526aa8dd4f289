"""Where a page's head says that its story stands: canonical, and for phones."""

from __future__ import annotations

import pytest

from fetch.extract import extract

URL = "https://gazette.example/news/mole?page=1"
TEXT = "The harbour board met on Monday to hear how the repair of the eastern mole is going, and was told. " * 4


def also_at(head: str) -> tuple[str, ...]:
    page = f"<html><head><title>The mole</title>{head}</head><body><article><h1>The mole</h1><p>{TEXT}</p></article>"
    return extract(page.encode(), URL).also_at


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ("", ()),
        ("<link rel=canonical href='/news/mole'>", ("https://gazette.example/news/mole",)),
        ("<link rel='canonical' href='https://Wire.example/mole?utm_source=g#top'>", ("https://wire.example/mole",)),
        ("<link rel='shortlink canonical' href='/s'>", ("https://gazette.example/s",)),
        ("<link rel=amphtml href='/amp/mole'>", ("https://gazette.example/amp/mole",)),
        (f"<link rel=canonical href='{URL}'><link rel=amphtml href='/a'>", ("https://gazette.example/a",)),
        ("<base href='https://files.example/x/'><link rel=canonical href='mole'>", ("https://files.example/x/mole",)),
        ("<link rel=canonical href='/'>", ()),
        ("<link rel=canonical href='https://gazette.example/index.html'>", ()),
        ("<link rel=canonical href='/de/'>", ()),
        ("<link rel=canonical href='javascript:x'>", ()),
        ("<link rel=canonical href=''>", ()),
        ("<link rel=canonical href='/first'><link rel=canonical href='/second'>", ("https://gazette.example/first",)),
    ],
)
def test_where_else_the_story_stands(head: str, found: tuple[str, ...]) -> None:
    assert also_at(head) == found
