"""Pages that a browser or SingleFile saved: where each says it is from, and the article in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cache.formats.exchanged_articles import Incoming
from cache.formats.readers.kinds import kind_of
from cache.formats.readers.reading import stories_in
from cache.formats.readers.saved_page import address_of
from cache.formats.readers.story import LeftStory

PARTS = ("The tide rose over the mole in the night, and the ferry stayed.", "Nobody was hurt, said the harbour master.")
BODY = "<article><h1>Tide over the mole</h1>" + "".join(
    f"<p>{part} By {hour} o'clock the water stood {hour} inches above the mark of the year before.</p>"
    for hour, part in enumerate(PARTS * 5, 2)
)
SINGLE_FILE = """<!DOCTYPE html> <html lang=en><!--
 Page saved with SingleFile 
 url: https://paper.example/news/tide?utm_source=x 
 saved date: Mon Apr 01 2024 21:33:20 GMT+0200 (Central European Summer Time)
--><head><meta charset=utf-8><title>Tide</title></head><body>"""  # noqa: W291 - as SingleFile writes it
FROM = "<!-- saved from url=(0034)https://paper.example/news/tide -->"


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ('<link rel="canonical" href="https://paper.example/a?x=1&amp;y=2">', "https://paper.example/a?x=1&y=2"),
        ("<link href=https://paper.example/a rel=canonical>", "https://paper.example/a"),
        ('<meta property="og:url" content="https://paper.example/b">', "https://paper.example/b"),
        (SINGLE_FILE, "https://paper.example/news/tide"),
        (FROM, "https://paper.example/news/tide"),
        (f'{FROM}<link rel="canonical" href="/news/tide-rises">', "https://paper.example/news/tide-rises"),
        (f'{FROM}<link rel="canonical" href="https://paper.example/">', "https://paper.example/news/tide"),
        ("<!-- saved from url=(0014)about:internet -->", ""),
        ("<!-- saved from url=(0026)file:///C:/pages/tide.html -->", ""),
        ('<link rel="stylesheet" href="https://paper.example/a">', ""),
        ("", ""),
    ],
)
def test_where_a_page_says_it_is_from(head: str, address: str) -> None:
    assert address_of(head) == address


def taken(path: Path, content: str) -> Incoming | LeftStory:
    path.write_text(content, encoding="utf-8")
    assert kind_of(content.encode()) == "saved_page"
    ((story,),) = stories_in("saved_page", path)
    return story


def test_a_page_that_singlefile_saved_is_its_article_saved_then(tmp_path: Path) -> None:
    story = taken(tmp_path / "tide.html", f"{SINGLE_FILE}{BODY}</body></html>")
    assert isinstance(story, Incoming)
    assert (story.entry.url, story.entry.headline) == ("https://paper.example/news/tide", "Tide over the mole")
    assert (story.entry.offline, story.entry.saved) == ("full", True)
    assert "the ferry stayed" in story.article.text
    assert [act.at for act in story.facts.acts] == [1712000000.0]
    assert len(story.article.page_sha256) in (0, 64)


def test_a_page_without_an_address_or_an_article_is_left_with_the_reason(tmp_path: Path) -> None:
    story = taken(tmp_path / "tide.html", f"<!doctype html><html><body>{BODY}</body></html>")
    assert isinstance(story, LeftStory)
    assert story.name == "tide.html"
    assert story.why.startswith("without a word on where it is from")
    story = taken(tmp_path / "empty.html", f"<html>{FROM}<body></body></html>")
    assert isinstance(story, LeftStory)
    assert story.why.startswith("no article:")
