"""Code as pages set it – a span, a div, a list item or a table row a line, numbers beside it – as its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborNode

_LANGUAGE = re.compile(r"\b(?:language|lang|brush:|highlight-source)-?\s?([\w+#-]+)")
_AREA = re.compile(r"syntaxhighlighter|crayon-(?:syntax|main|table)\b|blob-wrapper|js-file-line-container")
_LINE_NUMBERS = re.compile(
    r"(?:^|[\s_-])(?:line-?numbers?|linenos?|lineno|linenodiv|gutter|blob-num|crayon-nums?|ln-n(?:um(?:bers?)?)?|ln|nums?)"
    r"(?:-rows)?(?:$|[\s_-])"
)
_LINE = re.compile(r"(?:^|\s)(?:[\w-]+-)?line(?:$|\s)|\bview-line\b")
_SHOWN_AS_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|table-row)", re.IGNORECASE)
_BLOCKS = frozenset("div p li tr section blockquote dt dd".split())
_PARTS_OF_A_PAGE = _BLOCKS | frozenset("h1 h2 h3 h4 h5 h6 ul ol dl table figure pre hr main article aside".split())
_NO_CODE = frozenset("button script style svg template clipboard-copy".split())
_DEEPEST = 60  # elements; what nests deeper is no code, and is read as it stands
_NEIGHBOURS = 8
_OF_A_PAGE = "h1,h2,h3,article,figure,img,iframe,form"


class CodeLines(NamedTuple):
    """Code with its line breaks, and the language its page names, "" for none."""

    text: str
    language: str


def is_code_table(table: LexborNode) -> bool:
    """Whether a table is a program's code that a page sets without a <pre>."""
    near = (table, table.parent, table.parent.parent if table.parent is not None else None)
    called = " ".join([one.attributes.get("class") or "" for one in near if one is not None])
    return not called.isspace() and _AREA.search(called) is not None and table.css_first("pre") is None


def holds_a_page(pre: LexborNode) -> bool:
    """Whether a <pre> holds what code does not: headings, pictures; its end tag was forgotten, or it is a layout."""
    return pre.css_first(_OF_A_PAGE) is not None


def are_line_numbers(node: LexborNode) -> bool:
    """Whether an element only numbers the lines of the code beside it."""
    attributes = node.attributes
    called = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return len(called) > 1 and bool(_LINE_NUMBERS.search(called)) and not node.text().strip("0123456789 \t\r\n\xa0.")


def is_alone(node: LexborNode) -> bool:
    """Whether an element is all that stands there between two paragraphs; of its neighbours a few are looked at."""
    before, after = node.prev, node.next
    for _ in range(_NEIGHBOURS):
        before = before if before is not None and before.tag not in _PARTS_OF_A_PAGE else None
        after = after if after is not None and after.tag not in _PARTS_OF_A_PAGE else None
        if (before is not None and before.text().strip()) or (after is not None and after.text().strip()):
            return False
        before, after = before and before.prev, after and after.next
    return before is None and after is None


def code_in(node: LexborNode) -> CodeLines:
    """The code in an element: its own line breaks where it has them, else a line for each element that holds one."""
    written: list[str] = []
    line: list[str] = []
    lines: list[str] = []
    for part in _parts(node, breaks_count=node.tag != "code"):
        if part is not None:
            written.append(part)
            line.append(part)
        else:
            lines.append("".join(line))
            line.clear()
    lines.append("".join(line))
    text = "".join(written).replace("\r\n", "\n").replace("\xa0", " ")
    lines = [line.replace("\xa0", " ").strip("\r\n") for line in lines]
    set_apart = [line for line, at_edge in _lines_of_elements(lines) if not at_edge]
    if node.tag == "pre" and text.strip("\n").count("\n") + 1 >= sum(1 for line in lines if line.strip()):
        return CodeLines(text.strip("\n"), _language_of(node))
    return CodeLines("\n".join(set_apart).strip("\n"), _language_of(node))


def _lines_of_elements(lines: list[str]) -> Iterator[tuple[str, bool]]:
    """Each part with whether it is only the white space between one element of a line and the next."""
    for at, line in enumerate(lines):
        yield line.rstrip(), at % 2 == 0 and not line.strip()


def _parts(node: LexborNode, depth: int = 0, *, breaks_count: bool = True) -> Iterator[str | None]:
    """The texts beneath, and None where an element that holds a line begins or ends; each line stands between two.

    Outside of a <pre>, breaks in the markup's own lines do not count, and those of <br> do.
    """
    if depth > _DEEPEST:
        yield node.text()
        return
    children = [child for child in node.iter(include_text=True) if child.tag not in _NO_CODE]
    a_line_each = sum(1 for child in children if child.tag == "code") > 1
    for child in children:
        if child.tag == "-text":
            text = child.text_content or ""
            yield text if breaks_count else text.lstrip("\r\n").replace("\n", " ")
        elif child.tag == "br":
            yield "\n"
        elif are_line_numbers(child):
            continue
        elif (_is_line(child) or (a_line_each and child.tag == "code")) and not _holds_lines(child):
            yield None
            yield "".join(filter(None, _parts(child, depth + 1, breaks_count=breaks_count)))
            yield None
        else:
            yield from _parts(child, depth + 1, breaks_count=breaks_count)


def _is_line(node: LexborNode) -> bool:
    if node.tag in _BLOCKS:
        return True
    attributes = node.attributes
    style = attributes.get("style") or ""
    return bool(_LINE.search(attributes.get("class") or "") or (style and _SHOWN_AS_BLOCK.search(style)))


def _holds_lines(node: LexborNode) -> bool:
    """Whether lines stand in an element that may be one itself."""
    return any(
        below.mem_id != node.mem_id and _is_line(below) and not are_line_numbers(below)
        for below in node.css("div,p,li,tr,span,code")
    )


def _language_of(node: LexborNode) -> str:
    """The programming language that the names of the element, of the code in it or of what wraps it give."""
    near = [node, node.css_first("code"), node.parent, node.parent.parent if node.parent else None]
    for element in near:
        attributes = element.attributes if element is not None else {}
        if found := _LANGUAGE.search(attributes.get("class") or ""):
            return found[1]
        if named := attributes.get("data-lang") or attributes.get("data-language"):
            return named if re.fullmatch(r"[\w+#-]{1,20}", named) else ""
    return ""
