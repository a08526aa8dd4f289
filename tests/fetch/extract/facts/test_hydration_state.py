"""A story that only the page's scripts hold: found in whatever shape, never taken past a price, never from litter."""

import json
import time

import pytest

from fetch.errors import NewsError
from fetch.extract import extract

URL = "https://gazette.example/harbour/mole-repaired"
PARAGRAPHS = [
    f"The mole of Port Hollis was mended in week {week}, and the ferries went out again the same evening, she said."
    for week in range(1, 8)
]
MARKUP = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def page(script: str, head: str = "") -> bytes:
    return f"""<html lang="en"><head><title>Mole repaired</title>{head}</head>
        <body><div id="app"></div><script>{script}</script></body></html>""".encode()


def escaped(value: object) -> str:
    return json.dumps(value).replace("<", "\\u003c")


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("window.__STATE__=" + escaped({"story": {"html": MARKUP, "id": 7}}), id="markup under a key"),
        pytest.param(
            "Fusion.globalContent="
            + escaped({"content_elements": [{"type": "text", "content": one} for one in PARAGRAPHS]}),
            id="a list of paragraphs",
        ),
        pytest.param(
            f"self.__next_f.push([1,{escaped('5:' + json.dumps({'body': MARKUP}))}])", id="JSON in a string of JSON"
        ),
        pytest.param(f"push([1,{escaped(MARKUP)}])", id="bare markup"),
    ],
)
def test_the_text_is_read_from_the_state(script: str) -> None:
    assert extract(page(script), URL).text.split("\n") == PARAGRAPHS


def test_what_is_to_be_paid_for_is_not_taken() -> None:
    price = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Mole","isAccessibleForFree":false}'
    with pytest.raises(NewsError):
        extract(page("state=" + escaped({"html": MARKUP}), f"{price}</script>"), URL)


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("state=" + json.dumps({"labels": ["Accept all", "Read more"] * 80}), id="labels"),
        pytest.param("var a='" + "x" * 900 + "', b = \"unended", id="no JSON"),
        pytest.param("state=" + json.dumps({"code": "if (a) { return b; } " * 60}), id="code"),
    ],
)
def test_litter_is_no_story(script: str) -> None:
    with pytest.raises(NewsError):
        extract(page(script), URL)


@pytest.mark.parametrize(
    "script",
    [
        pytest.param('"' + '\\"' * 400_000, id="a string that is never closed"),
        pytest.param('"' * 800_000, id="quotes"),
        pytest.param('("a"' + " " * 3000 + ")" * 260, id="space before no colon"),
    ],
)
def test_hostile_scripts_take_no_more_than_their_size(script: str) -> None:
    began = time.process_time()
    with pytest.raises(NewsError):
        extract(page(script), URL)
    assert time.process_time() - began < 5


def test_a_page_with_a_text_keeps_its_own() -> None:
    shown = "".join(f"<p>Shown on the page in line {line}: the keeper of the lamp rowed home.</p>" for line in range(9))
    markup = page("state=" + escaped({"html": MARKUP})).replace(b'<div id="app">', f"<article>{shown}".encode())
    assert "week 3" not in extract(markup, URL).text
