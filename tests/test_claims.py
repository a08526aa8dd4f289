"""What README and handbook claim, and the test that holds each claim.

A sentence with a word such as never or every promises something: it stands in `claims.tsv` with its test, or in PROSE
because it says nothing about the program. What is neither is to be tested, or to go.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HANDBOOK = sorted((ROOT / "fetch" / "handbook").glob("*.html"))
PAGES = ["README", *(path.stem for path in HANDBOOK)]
STRONG = re.compile(r"\b(?:never|always|every|nothing|nobody|at most|cannot|whatever|only)\b", re.IGNORECASE)

CLAIMS = [tuple(row.split("\t")) for row in (ROOT / "tests" / "claims.tsv").read_text(encoding="utf-8").splitlines()]
"""Page, words of the claim, and the test: its file under tests and its name."""

# What a strong word says of the world, of the reader, or of how a page is written.
PROSE = """
A maintenance page has never been worth | Every morning at six | It cannot be avoided when an article is fetched
a source that has nothing new | Every report repeats them | because every report must work | It cannot know, and often
Every feed reader worth the name | which nobody may | Local papers never had one | for nobody else
Some sites keep nothing in their links | in the wrong place of every list | which changes with every football match
nobody counts how long you looked | Every offline reader has this moment | The text was never there; nobody said so
It has nothing to do with what other people clicked | than twenty that never meet | A source that brings nothing
A reader should never have to wonder | and reports to nobody | the network is used for one thing only
only this article's source | Few keep the full text | or only a teaser is
nobody answered at all | anything else | a script fills | It is not always right
but nobody fetched | Keeping everything is only half of it | What leaves your machine, and what never does
Beside every story, the others | For what you cannot, open one good article | any news site as a source
"""


@cache
def words_of(page: str) -> str:
    """A page as a person reads it, on one line a block."""
    if page == "README":
        text = re.sub(r"```.*?```", "\n", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.DOTALL)
        text = re.sub(r"\n(?![\n#|-])", " ", text.replace("**", "").replace("`", "").replace("*", ""))
        return f"{text}\n{(ROOT / 'README.md').read_text(encoding='utf-8')}"
    source = (ROOT / "fetch" / "handbook" / f"{page}.html").read_text(encoding="utf-8")
    article = source[source.index("<article") : source.index("</article>")]
    article = re.sub(r"<!-- made by .*?<!-- made until here -->", "", article, flags=re.DOTALL)  # what --help says
    blocks = re.sub(r"<(?=/?(?:p|li|tr|h\d|pre|ul|ol|table|blockquote|footer|td|th)\b)", "\n<", article)
    return "\n".join(" ".join(line.split()) for line in unescape(re.sub(r"<[^>]+>", "", blocks)).split("\n"))


def promises(page: str) -> Iterator[str]:
    """The sentences of a page that hold a strong word."""
    text = words_of(page)
    for block in text.split("\n") if page != "README" else text.split("\n")[:60]:
        for sentence in re.split(r"(?<=[.!?:])\s+", block.strip()):
            if STRONG.search(sentence) and " " in sentence:  # one word alone is a name
                yield sentence


@cache
def names_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize(("page", "words", "test"), CLAIMS)
def test_a_claim_stands_on_its_page_and_has_a_test(page: str, words: str, test: str) -> None:
    assert words in words_of(page), "the page no longer says so: take the row out, or mend it"
    file, _, name = test.partition("::")
    assert name in names_in(file), "the test is gone: what holds the claim now?"


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_promises_is_tested(page: str) -> None:
    known = [words for of, words, _ in CLAIMS if of == page] + re.split(r"\s*[|\n]\s*", PROSE.strip())
    assert [sentence for sentence in promises(page) if not any(words in sentence for words in known)] == []


def test_the_reasons_that_are_explained_are_those_the_program_gives() -> None:
    table = (ROOT / "fetch" / "handbook" / "missing-text.html").read_text(encoding="utf-8")
    rows = re.findall(r"<tr><td>(.*?)</td>", table)
    named = [reason for row in rows for reason in re.findall(r"<code>(.*?)</code>", row)]
    code = "\n".join(
        path.read_text(encoding="utf-8") for room in ("fetch", "cache") for path in (ROOT / room).rglob("*.py")
    )
    given = {*re.findall(r'"([^"\n]+)"', code)}
    assert len(named) > 12
    assert [name for name in named if re.sub(r" \(PDF\)$| \d+$", "", name) not in given | {"HTTP", "not text"}] == []
