"""What stands between two marks, replaced in time that grows with the text, however many of the first have no second.

A pattern as `<!--.*?-->` looks for its end to the end of the text at each beginning that has none.
"""

from __future__ import annotations

import re

COMMENT = (re.compile("<!--"), re.compile("-->"))
"""How a comment of HTML or XML begins and ends."""
CDATA = (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>"))


def replaced(text: str, marks: tuple[re.Pattern[str], re.Pattern[str]], by: str) -> str:
    """The text with each part from a beginning to the next end replaced; a beginning without an end stays."""
    begin, end = marks
    parts: list[str] = []
    place = 0
    while first := begin.search(text, place):
        last = end.search(text, first.end())
        if last is None:
            break
        parts += [text[place : first.start()], by]
        place = last.end()
    return "".join([*parts, text[place:]]) if parts else text
