"""The command line as its parsers and the handbook's page have it: options as rows of tables, and the manual page."""

from __future__ import annotations

import re
import sys
from argparse import SUPPRESS, Action, ArgumentParser
from collections.abc import Iterator
from html import escape, unescape
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tui.cli.main import VERBS  # noqa: E402

PAGE = ROOT / "fetch" / "handbook" / "command-line.html"
THIN_WIRE = PAGE.with_name("byte-budget.html")
FROM, UNTIL = "<!-- made by tests/bench/shell_files.py -->\n", "<!-- made until here -->"
_PARTS = {
    "All fields": ("JSON", PAGE),
    "Exit codes": ("EXIT STATUS", PAGE),
    "Environment": ("ENVIRONMENT", PAGE),
    "Every morning at six": ("CRON", THIN_WIRE),
}
"""Parts of the handbook's pages that the manual has, too, by its own headings."""


def verb_parsers() -> dict[str, ArgumentParser]:
    """The parser of each verb."""
    parsers = {}
    for word, verb in VERBS.items():
        parsers[word] = ArgumentParser(f"broadsheet {word}", add_help=False, allow_abbrev=False)
        import_module(f"tui.cli.{verb.module}").options(parsers[word])
    return parsers


def actions(parser: ArgumentParser) -> list[Action]:
    """What a verb takes: the words first, as they are typed."""
    return sorted(
        (each for each in parser._actions if each.help != SUPPRESS), key=lambda each: bool(each.option_strings)
    )


def called(action: Action) -> str:
    """An option or word as one types it."""
    metavar = " ".join(action.metavar) if isinstance(action.metavar, tuple) else action.metavar or ""
    if not action.option_strings:
        return {"+": f"{metavar}…", "*": f"[{metavar}…]", "?": f"[{metavar}]"}.get(str(action.nargs), metavar)
    return f"{action.option_strings[-1]} {metavar}".strip() if action.nargs != 0 else action.option_strings[-1]


def synopsis(word: str, parser: ArgumentParser) -> str:
    """How a verb is called, without its options' names."""
    words = [called(each) for each in actions(parser) if not each.option_strings]
    has_options = any(each.option_strings for each in parser._actions)
    return " ".join(["broadsheet", word, *(["[OPTION…]"] if has_options else []), *words])


def option_tables() -> str:
    """The part of the handbook's page that lists what each verb takes."""
    return "".join(f"<h3>{word}</h3>\n{_table(word, parser)}" for word, parser in verb_parsers().items())


def _table(word: str, parser: ArgumentParser) -> str:
    summary = f"<p><code>{_html(synopsis(word, parser))}</code>: {_html(VERBS[word].summary)}.</p>\n"
    rows = "".join(
        f"<tr><td><code>{_html(called(each))}</code></td><td>{_html(each.help)}</td></tr>\n"
        for each in actions(parser)
        if each.help
    )
    head = '<thead><tr><th scope="col">Option</th><th scope="col">What it says</th></tr></thead>\n'
    return summary + (f"<table>\n{head}<tbody>\n{rows}</tbody>\n</table>\n" if rows else "")


def _html(text: str | None) -> str:
    return escape(text or "", quote=False)


HOME_HELP = "keep everything under DIR"
LINEAR_HELP = "open the reader for screen readers and Braille"
"""What stands before a verb, which no verb's parser knows."""


def page() -> str:
    """The handbook's page with the options as the parsers have them."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(FROM)
    return before + FROM + option_tables() + UNTIL + rest.partition(UNTIL)[2]


def manual() -> str:
    """The manual page, in the macros of man(7)."""
    text = PAGE.read_text(encoding="utf-8")
    dek = re.findall(r'itemprop="description">(.*?)</p>', text)[0]
    lines = [
        '.TH BROADSHEET 1 "" broadsheet "Broadsheet handbook"',
        ".SH NAME",
        r"broadsheet \- a newspaper in the terminal",
        ".SH SYNOPSIS",
        *(".B broadsheet", r"[\fB\-\-home\fR \fIDIR\fR]", r"[\fB\-\-linear\fR | \fIVERB\fR \&...]"),
        ".SH DESCRIPTION",
        "Without a verb, the reader opens; with one, broadsheet does that and ends.",
        _roff(dek),
        *(".PP", r"A \fIREF\fR is the number that \fBlist\fR prints, or the article's address."),
        ".SH OPTIONS",
        *(".TP", r"\fB\-\-home\fR \fIDIR\fR", f"{HOME_HELP}."),
        *(".TP", r"\fB\-\-linear\fR", f"{LINEAR_HELP}."),
        *(".TP", r"\fB\-\-version\fR", "print the version."),
        ".SH VERBS",
        *(line for word, parser in verb_parsers().items() for line in _verb_lines(word, parser)),
    ]
    for heading, (named, page) in _PARTS.items():
        text = page.read_text(encoding="utf-8")
        lines += [
            f".SH {named}",
            *_part_lines(re.findall(rf"<h2>{heading}</h2>(.*?)(?=<h2>|</div>)", text, re.DOTALL)[0]),
        ]
    lines += [
        ".SH SEE ALSO",
        "The handbook, which the reader opens with: its articles explain the keys, the queries and the settings.",
    ]
    return "\n".join(lines) + "\n"


def _verb_lines(word: str, parser: ArgumentParser) -> Iterator[str]:
    yield f".SS {_plain(synopsis(word, parser))}"
    yield f"{_plain(VERBS[word].summary[:1].upper() + VERBS[word].summary[1:])}."
    for action in actions(parser):
        if action.help:
            yield from (".TP", rf"\fB{_plain(called(action))}\fR", _plain(action.help))


def _part_lines(html: str) -> Iterator[str]:
    """Headings, paragraphs, code and rows of a table in the macros of man(7)."""
    for heading, paragraph, code, row in re.findall(
        r"<h3>(.*?)</h3>|<p>(.*?)</p>|<pre><code[^>]*>(.*?)</code></pre>|<tr>(<td>.*?)</tr>", html, re.DOTALL
    ):
        if heading:
            yield f".SS {_roff(heading)}"
        elif paragraph:
            yield from (".PP", _roff(paragraph))
        elif code:
            yield from (".PP", ".nf", _roff(code), ".fi")
        else:
            first, *cells = re.findall(r"<td>(.*?)</td>", row)
            yield from (".TP", _roff(first), ". ".join(map(_roff, cells)))


def _roff(html: str) -> str:
    """A run of text with its code in bold."""
    parts = re.split(r"<(/?)(code|strong)>", re.sub(r"</?a\b[^>]*>", "", html))
    text = _plain(unescape(parts[0]))
    for closes, after in zip(parts[1::3], parts[3::3], strict=True):
        text += (r"\fR" if closes else r"\fB") + _plain(unescape(after))
    return text


def _plain(text: str) -> str:
    """Text that man(7) takes as it is."""
    text = text.replace("\\", r"\e").replace("-", r"\-").replace("…", "...").replace("“", r"\(lq").replace("”", r"\(rq")
    return re.sub(r"^(?=[.'])", r"\\&", text, flags=re.MULTILINE)
