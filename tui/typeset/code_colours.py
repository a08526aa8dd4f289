"""Source code in colour: Pygments' tokens as runs, for the languages below and code of modest length.

A lexer is a row of regular expressions over a stranger's text. So only the lexers that are held to linear work by a
test are used, on so much text as they take in a moment; what is longer, or in another language, is set in one colour.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from tui.typeset.line import Run

if TYPE_CHECKING:
    from pygments.lexer import Lexer

LONGEST_CODE = 4_000  # characters
LEXERS = {
    "bash": "bash sh shell zsh console shellsession shell-session",
    "c": "c",
    "cpp": "cpp c++ cc",
    "csharp": "csharp c# cs",
    "css": "css",
    "diff": "diff patch udiff",
    "go": "go golang",
    "html": "html",
    "ini": "ini cfg",
    "javascript": "javascript js jsx",
    "json": "json",
    "kotlin": "kotlin kt",
    "lua": "lua",
    "python": "python py python3",
    "rust": "rust rs",
    "sql": "sql",
    "toml": "toml",
    "typescript": "typescript ts tsx",
    "xml": "xml svg",
    "yaml": "yaml yml",
}
"""The lexers used, each with what pages call its language."""

_ROLES = (
    ("Comment", "comment"),
    ("Keyword", "keyword"),
    ("Literal.String", "string"),
    ("Literal.Number", "literal"),
    ("Name.Function", "name"),
    ("Name.Class", "name"),
    ("Name.Tag", "keyword"),
    ("Name.Attribute", "name"),
    ("Name.Builtin", "name"),
    ("Name.Decorator", "name"),
    ("Operator.Word", "keyword"),
    ("Generic.Deleted", "removed"),
    ("Generic.Inserted", "string"),
    ("Generic.Heading", "keyword"),
)


def coloured(text: str, language: str) -> list[tuple[Run, ...]]:
    """The lines of the code, each as runs; in the role "code" alone where its language is unknown."""
    lexer = _lexer(language) if len(text) <= LONGEST_CODE else None
    tokens = lexer.get_tokens_unprocessed(text) if lexer else iter(())
    runs = [Run(value, _role(str(kind))) for _, kind, value in tokens]
    if "".join(run.text for run in runs) != text:
        runs = [Run(text, "code")]
    return list(_lines(runs))


def _lines(runs: list[Run]) -> Iterator[tuple[Run, ...]]:
    row: list[Run] = []
    for run in runs:
        first, *others = run.text.split("\n")
        row += [run._replace(text=first)] if first else []
        for other in others:
            yield tuple(row)
            row = [run._replace(text=other)] if other else []
    yield tuple(row)


@lru_cache(maxsize=64)
def _role(kind: str) -> str:
    name = kind.removeprefix("Token.")
    return next((role for token, role in _ROLES if name.startswith(token)), "code")


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    asked = language.casefold()
    name = next((name for name, called in LEXERS.items() if asked in called.split()), "")
    if not name:
        return None
    from pygments.lexers import get_lexer_by_name

    return get_lexer_by_name(name)
