"""What stands between and behind pieces of code is the story's, the last paragraph too."""

from __future__ import annotations

import pytest

from fetch.article import Code
from fetch.extract import extract

STORY = "<p>The harbour office keeps the tide tables of forty years, and anybody may ask for them at the pier.</p>"
LAST = "The answer goes to the printer; where there is none, to a file that <code>tide doctor</code> names."
CODES = {
    "bare": "<pre>tide ask --year 1987</pre>",
    "nested": '<pre><code class="language-sh">tide ask --year 1987</code></pre>',
    "boxed": '<div class="highlight"><pre><code>tide ask --year 1987</code></pre></div>',
    "long": "<pre><code>" + "\n".join(f"tide ask --year {year}" for year in range(1960, 2000)) + "</code></pre>",
}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    "behind", ["", "<aside><h2>More</h2><ul><li><a href='/tides'>Tides of the north</a></li></ul></aside>"]
)
def test_the_last_paragraph_behind_code_is_there(code: str, behind: str) -> None:
    ask = "<p>Say which year you want, and wait:</p>"
    body = f"<article><h1>Forty years of tides</h1>{STORY * 4}{ask}{CODES[code]}<p>{LAST}</p></article>{behind}"
    article = extract(f"<html><body>{body}</body></html>".encode(), "https://harbour.example/tides")
    assert article.text.rstrip().endswith("to a file that tide doctor names.")
    assert any(isinstance(block, Code) for block in article.body)
