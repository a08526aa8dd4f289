"""Spoilt pages, a bounded number: nothing but a NewsError may come of any (tests/bench/extract_fuzz.py does more)."""

import importlib.util
import pathlib
import sys
import time
import tracemalloc

import pytest

from fetch.errors import NewsError
from fetch.extract import extract
from fetch.extract.markup.document import parse
from fetch.sections import find_teasers

URL = "https://gazette.example/a/b-c-d"
SCRIPT = pathlib.Path(__file__).parents[2] / "bench" / "extract_fuzz.py"
spec = importlib.util.spec_from_file_location("extract_fuzz", SCRIPT)
assert spec is not None
assert spec.loader is not None
fuzz = sys.modules["extract_fuzz"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(fuzz)


@pytest.mark.parametrize("section", [False, True], ids=["articles", "listings"])
def test_a_hundred_spoilt_pages(section: bool) -> None:
    assert fuzz.run(100, seed=20260302, section=section) == {}


def outcome(page: bytes) -> str:
    try:
        return extract(page, URL).text
    except NewsError as error:
        return type(error).__name__


@pytest.mark.parametrize(
    "tag", ["div", "blockquote", "ul><li", "table><tr><td", "b", "a href=/x", "figure", "section", "svg"]
)
def test_a_hundred_thousand_elements_deep(tag: str) -> None:
    started = time.process_time()
    tags = f"<{tag}>" * (100_000 // (1 + tag.count("<")))
    outcome(f"<article>{tags}<p>{'Words at the bottom of it all. ' * 20}".encode())
    find_teasers(f"{tags}<a href='/2024/01/02/a-story-at-the-bottom'>A story at the bottom</a>".encode(), URL)
    assert time.process_time() - started < 8


@pytest.mark.parametrize("length", [5, 7, 13, 26, 31, 62, 93, 200])
def test_no_length_of_a_tag_hides_how_deep_a_page_is(length: int) -> None:
    deep = b"<div%s>" % (b" " * (length - 5)) * 8000
    assert len(parse(b"<article>" + deep + b"<p>Words at the bottom.").css("div")) < 1000


@pytest.mark.parametrize("piece", ["<p ", "<script ", "<!-- ", '<p a="', "<style <"])
def test_a_script_full_of_broken_tags_costs_no_more_than_its_size(piece: str) -> None:
    page = f'<html><body><div></div><script>"{piece * 260_000}"</script>'.encode()
    started = time.process_time()
    outcome(page)
    assert time.process_time() - started < len(page) / 1_000_000


def test_eight_megabytes() -> None:
    page = (
        b"<article>" + b"<p>A paragraph of a very long story that does not want to end at all.</p>" * 110_000
    )  # what the client lets through at most
    started = time.process_time()
    outcome(page)
    assert time.process_time() - started < 2 * len(page) / 1_000_000


def test_memory_stays_near_that_of_the_text() -> None:
    page = ("<article>" + "<p>" + "Words of a paragraph, <a href='/x'>one link</a> in it. " * 20 + "</p>\n") * 2000
    tracemalloc.start()
    outcome(page.encode())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000 + 30 * len(page)


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"\x00" * 100_000,
        b"\xff\xfe",
        b"<",
        b"<!doctype html>",
        b"plain words",
        b"\x1f\x8b\x08\x00",
        b"%PDF-1.7",
        b"{}",
    ],
)
def test_what_is_no_page(page: bytes) -> None:
    with pytest.raises(NewsError):
        extract(page, URL)
    assert find_teasers(page, URL) == []
