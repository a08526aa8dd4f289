"""A brief for print: as lines of text, as Markdown, as the body of an HTML page that is XHTML, too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from typing import TYPE_CHECKING

from fetch.text import clean
from tui.typeset import wording
from tui.typeset.front_page import REST, counted, differing, headline_of, quoted
from tui.typeset.wrap import wrap

if TYPE_CHECKING:
    from datetime import datetime

    from cache.entry import Entry
    from cache.front_page import Brief, BriefStory, Front

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~])")
_LINE_START = re.compile(r"^(\s*)(\d+)([.)])|^(\s*)([-+=])")
_CHAPTER = re.compile(r"\d+\.xhtml", re.ASCII)
_UNSAFE = re.compile(r"[\s()<>\\]")
_STYLE = """body { max-width: 42em; margin: 1em auto; padding: 0 1em; line-height: 1.45; font-family: serif; }
h1, h2, h3 { line-height: 1.2; } .facts { color: #555; font-size: .9em; } blockquote { margin-left: 1em; }
"""


def title(page: Front, now: datetime) -> str:
    """What a brief is called: by its day and time."""
    at = page.at.astimezone(now.tzinfo)
    return f"Broadsheet, {at.day} {at:%B %Y, %H:%M}"


def lines(brief: Brief, now: datetime, width: int) -> Iterator[tuple[str, str]]:
    """Its lines, each with what it is: "title", "section", "headline" or "text"."""
    yield title(brief.page, now), "title"
    for name, stories in brief.sections:
        yield "", "text"
        yield (name or REST), "section"
        for each in stories:
            yield "", "text"
            yield from ((line, "headline") for line in wrap(headline_of(each.story), width))
            for fact in _facts(each, brief.page, now):
                yield from ((f"  {line}", "text") for line in wrap(fact, width - 2))
            for entry in each.reports:
                first, *rest = wrap(f"{_whose(entry)}{entry.headline or entry.url} (number {entry.id})", width - 4)
                yield f"  - {first}", "text"
                yield from ((f"    {line}", "text") for line in rest)


def markdown(brief: Brief, now: datetime) -> str:
    """The same as Markdown, with links."""
    parts = [f"# {_plain(title(brief.page, now))}"]
    for name, stories in brief.sections:
        parts.append(f"## {_plain(name or REST)}")
        for each in stories:
            leads_to = each.headlined.url if each.headlined else ""
            parts.append(f"### {_markdown_link(headline_of(each.story), leads_to)}")
            parts += [_plain(fact) for fact in _facts(each, brief.page, now)]
            rows = [f"- {_whose(entry, _plain)}{_markdown_link(entry.headline, entry.url)}" for entry in each.reports]
            parts += ["\n".join(rows)] if rows else []
    return "\n\n".join(parts) + "\n"


def html_body(brief: Brief, now: datetime, address: Callable[[Entry], str]) -> str:
    """The same as the inside of an HTML body; `address` tells where a report's link leads."""
    parts = [f"<h1>{_safe(title(brief.page, now))}</h1>"]
    for name, stories in brief.sections:
        parts.append(f"<h2>{_safe(name or REST)}</h2>")
        for each in stories:
            leads_to = address(each.headlined) if each.headlined else ""
            parts.append(f"<h3>{_html_link(headline_of(each.story), leads_to)}</h3>")
            parts += [f'<p class="facts">{_safe(fact)}</p>' for fact in _facts(each, brief.page, now)]
            rows = "".join(
                f"<li>{_whose(entry, _safe)}{_html_link(entry.headline or entry.url, address(entry))}</li>"
                for entry in each.reports
            )
            parts.append(f"<ul>{rows}</ul>" if rows else "")
    return "\n".join(part for part in parts if part)


def html(brief: Brief, now: datetime) -> str:
    """A whole HTML page, with nothing in it that is fetched."""
    body = html_body(brief, now, lambda entry: entry.url)
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{_safe(title(brief.page, now))}'
        f"</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _facts(each: BriefStory, page: Front, now: datetime) -> list[str]:
    quote = [quoted(each.detail.quote)] if each.detail.quote else []
    when = wording.moment(each.story.last, now)
    return [
        f"{counted(each.story, page, now, each.detail.dossier)} · last {when}",
        *quote,
        *map(differing, each.detail.differing),
    ]


def _whose(entry: Entry, written: Callable[[str], str] = str) -> str:
    """Its source before a report, as the form has it; nothing for one of no source."""
    return f"{written(entry.source)}: " if entry.source else ""


def _safe(text: str) -> str:
    return escape(clean(text))


def _html_link(text: str, address: str) -> str:
    if not address.startswith(("http://", "https://")) and not _CHAPTER.fullmatch(address):
        return _safe(text)
    return f'<a href="{_safe(address)}">{_safe(text)}</a>'


def _plain(text: str) -> str:
    """Any text as Markdown that says it, and nothing more, on one line."""
    said = _MARKDOWN.sub(r"\\\1", " ".join(clean(text).split()))
    return _LINE_START.sub(lambda found: f"{found[2]}\\{found[3]}" if found[2] else f"\\{found[5]}", said)


def _markdown_link(text: str, address: str) -> str:
    if not address.startswith(("http://", "https://")):
        return _plain(text or address)
    target = _UNSAFE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), clean(address))
    return f"[{_plain(text or address)}]({target})"
