"""The body's neighbourhood of a page, walked once in reading order, as tokens: text blocks, media tags, and boundaries.

The walk visits nodes one by one and keeps its own stack, so that no nesting is too deep for it; what lies beneath an
element that holds no text (a script, a menu, a drawing) is not visited.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from selectolax.lexbor import LexborNode

from fetch.extract.markup.class_hints import is_hidden
from fetch.extract.markup.code_lines import with_joined_code
from fetch.extract.markup.elements import BLOCKS, NESTING, NO_TEXT, STYLES
from fetch.extract.markup.media import attributes_of_picture
from fetch.extract.markup.preformatted import are_line_numbers, code_in, holds_a_page, is_alone, is_code_table
from fetch.extract.markup.reply_links import LONGEST_REPLY, is_reply
from fetch.extract.markup.small_marks import (
    QUOTES,
    emoji_of,
    leads_back,
    lowered,
    mark_of_style,
    math_text,
    raised,
    tex_of,
)
from fetch.extract.markup.tokens import (
    CODE,
    LINE_BREAK,
    NOT_PARSED,
    REPLY,
    Attributes,
    Boundary,
    MediaTag,
    OpenElement,
    TextBlock,
    Token,
)
from fetch.extract.markup.unseen import is_unseen

MOST_TOKENS = 30_000
"""Tokens of a page; an article of 10,000 paragraphs, beside lists and pictures. The longest seen has 1,500."""
LONGEST_TEXT_BLOCK = 1_000_000
"""Characters of a paragraph or a piece of code, which may be a whole book that has line breaks only."""
_EMBEDS = frozenset(("img", "iframe", "video", "audio", "source", "amp-img", "embed"))


def tokenize(root: LexborNode | None, language: str = "") -> list[Token]:
    """The text blocks, boundaries and media tags of an element, in reading order.

    `language` is the page's, a BCP 47 tag: it decides what quotation marks look like.
    """
    tokenizer = _Tokenizer(language)
    if root is not None:
        _walk(root, tokenizer, [])
    tokenizer.end_text_block()
    return with_joined_code(tokenizer.tokens) if tokenizer.codes > 1 else tokenizer.tokens


def tokenize_from(start: LexborNode, *, until: int = 0, most: int = MOST_TOKENS) -> list[Token]:
    """The tokens from where a node begins, with all that is open around it, up to another node (by `mem_id`).

    It ends after `most` text blocks, or three times as many tokens, and need not walk the whole page.
    """
    tokenizer = _Tokenizer("", most)
    opened: list[_Opened] = []
    around: list[LexborNode] = []
    above = start.parent
    while above is not None and above.tag not in ("html", "-undef"):
        around.append(above)
        above = above.parent
    for element in reversed(around):
        tag = element.tag or ""
        begin, ending = _ACTIONS_AROUND.get(tag, (None, None))
        whole = begin(tokenizer, tag, element) if begin else False
        opened.append((element, tag, None if whole else ending))
    _walk(start, tokenizer, opened, until=until, most=3 * most)
    tokenizer.end_text_block()
    return tokenizer.tokens


def _walk(
    node: LexborNode | None, tokenizer: _Tokenizer, opened: list[_Opened], *, until: int = 0, most: int = MOST_TOKENS
) -> None:
    """Tells the tokenizer of each text, and of each element that means something to it, as it begins and ends.

    It goes on to what follows a node as long as elements are `opened`; `until` is the node to stop at, by `mem_id`,
    `most` the number of tokens to stop at.
    """
    tokens, kinds = tokenizer.tokens, _KINDS
    is_bound = until or tokenizer.texts_left < MOST_TOKENS
    while node is not None and len(tokens) < most:
        if is_bound and (tokenizer.texts_left <= 0 or node.mem_id == until):
            return
        number = node.tag_id
        if number == _TEXT:
            if not node.is_empty_text_node or tokenizer.text_block is not None or tokenizer.style:
                tokenizer.add_node(node)
        else:
            tag, begin, ending, is_entered = kinds.get(number) or _kind_of(node)
            if begin and begin(tokenizer, tag, node):
                ending = None
            elif is_entered and (beneath := node.first_child) is not None:
                opened.append((node, tag, ending))
                node = beneath
                continue
            if ending:
                ending(tokenizer, tag)
        node = (node.next if opened else None) or _after_all_that_ends(tokenizer, opened)
    for _, tag, ending in reversed(opened):  # of a page that has more than is read
        if ending:
            ending(tokenizer, tag)


def _after_all_that_ends(tokenizer: _Tokenizer, opened: list[_Opened]) -> LexborNode | None:
    """What follows the elements that end here, after the tokenizer is told of each; None at the end of all."""
    after = None
    while opened and after is None:
        above, tag, ending = opened.pop()
        if ending:
            ending(tokenizer, tag)
        after = above.next if opened else None
    return after


class _Tokenizer:
    """What is open while the stream is read."""

    __slots__ = tuple(
        "codes credits element figures href quoted quotes readings style styles text_block texts_left tokens".split()
    )

    def __init__(self, language: str, most_texts: int = MOST_TOKENS) -> None:
        self.quotes = QUOTES.get(language[:2].lower(), QUOTES[""])
        self.quoted = self.codes = 0
        self.readings: list[str] = []
        self.tokens: list[Token] = []
        self.texts_left = most_texts
        self.text_block: TextBlock | None = None
        self.style, self.href, self.figures = 0, "", 0
        self.element = OpenElement("div", None, None)
        self.styles: list[int] = []
        self.credits: list[bool] = []

    def open(self, name: str, node: LexborNode) -> None:
        if self.text_block:
            self.end_text_block()
        self.element = OpenElement(name, node, self.element)

    def open_figure(self, name: str, node: LexborNode) -> None:
        self.figures += 1
        self.open_nesting(name, node)

    def close_figure(self, name: str) -> None:
        self.figures -= 1
        self.close_nesting(name)

    def open_nesting(self, name: str, node: LexborNode) -> None:
        self.open(name, node)
        self.tokens.append(Boundary(name, self.element))

    def close(self, _name: str) -> None:
        if self.text_block:
            self.end_text_block()
        self.element = self.element.parent or self.element

    def close_nesting(self, name: str) -> None:
        self.close(name)
        self.tokens.append(_ENDS[name])

    def add_node(self, node: LexborNode) -> None:
        text = node.text_content
        if text and (self.text_block is not None or not text.isspace() or self.style & CODE):
            self.add_text(text)

    def add_text(self, text: str) -> None:
        text_block, style, href = self.text_block, self.style, self.href
        if text_block is None:
            text_block = self.text_block = TextBlock(self.element)
        length = len(text)
        if text_block.length + length > LONGEST_TEXT_BLOCK:
            text = text[: LONGEST_TEXT_BLOCK - text_block.length]
            length = len(text)
        text_block.runs.append((text, style, href))
        text_block.length += length
        if href:
            text_block.linked += length
        if style:
            text_block.styled += length

    def end_text_block(self) -> None:
        text_block, self.text_block = self.text_block, None
        if text_block is None:
            return
        text = text_block.runs[0][0] if len(text_block.runs) == 1 else "".join([run[0] for run in text_block.runs])
        if text_block.kind != "pre":
            text = text.strip() if text.isprintable() and "  " not in text else " ".join(text.split())
        text_block.text = text
        if text:
            self.tokens.append(text_block)
            self.texts_left -= 1

    def table(self, name: str, node: LexborNode) -> bool:
        if is_code_table(node):
            return self.preformatted(name, node)
        self.open_nesting(name, node)
        return False

    def cell(self, name: str, node: LexborNode) -> bool:
        if node.attributes and are_line_numbers(node):
            return True
        self.open_nesting(name, node)
        return False

    def preformatted(self, name: str, node: LexborNode) -> bool:
        if name == "pre" and holds_a_page(node):
            self.open(name, node)
            return False
        self.end_text_block()
        code = code_in(node)
        code = code._replace(text=code.text[:LONGEST_TEXT_BLOCK])
        if code.text.strip() and not are_line_numbers(node):
            text_block = TextBlock(OpenElement("pre", node, self.element))
            text_block.runs.append((code.text, 0, ""))
            text_block.text, text_block.language, text_block.length = code.text, code.language, len(code.text)
            text_block.linked = sum([len(link.text()) for link in node.css("a")])
            self.tokens.append(text_block)
            self.texts_left -= 1
        return True

    def code(self, name: str, node: LexborNode) -> bool:
        """Code within a text, or a paragraph of it with its own lines."""
        if node.css_first("br") is not None and is_alone(node):
            return self.preformatted(name, node)
        self.codes += 1
        self.set_style(name, node)
        return False

    def quote(self, _name: str, _node: LexborNode) -> None:
        self.add_text(self.quotes[min(self.quoted, 1)][0])
        self.quoted += 1

    def unquote(self, _name: str) -> None:
        self.quoted -= 1
        self.add_text(self.quotes[min(self.quoted, 1)][1])

    def raised_or_lowered(self, name: str, node: LexborNode) -> bool:
        """Small figures in their own signs; the mark of a footnote in brackets, with where it leads."""
        written = node.text()
        text = " ".join(written.split())
        if len(text) > _LONGEST_MARK or node.css_first("img") is not None:
            return False
        link = node.css_first("a[href]") if name == "sup" else None
        href = (link.attributes.get("href") or "") if link is not None else self.href
        if "#" in href and text.strip("[]()").isalnum():
            within, self.href = self.href, href
            self.add_text(f"[{text.strip('[]()')}]")
            self.href = within
        elif text:
            before = self.text_block.runs[-1][0] if self.text_block else ""
            small = raised(text, before) if name == "sup" else lowered(text)
            self.add_text(written.replace(written.strip(), small))
        return True

    def deleted(self, _name: str, node: LexborNode) -> bool:
        """What its author has struck out is left out, unless it is as long as a story, and only badly closed."""
        return len(node.text()) < _LONGEST_DELETION

    def reading(self, _name: str, node: LexborNode) -> bool:
        self.readings.append(node.text().strip())
        return True

    def end_ruby(self, _name: str) -> None:
        readings, self.readings = "".join(self.readings), []
        if readings and self.text_block:
            self.add_text(f" ({readings})" if readings.isascii() else f"（{readings}）")

    def math(self, name: str, node: LexborNode) -> bool:
        if text := tex_of(node) if name == "script" else math_text(node):
            self.add_text(text)
        return True

    def link(self, _name: str, node: LexborNode) -> bool:
        attributes = node.attributes
        self.href = attributes.get("href") or ""
        if self.href[:1] == "#" or (len(attributes) > 1 and is_hidden(attributes)):
            text = node.text()
            if len(text) < _LONGEST_MARK and (is_hidden(attributes) or leads_back(text)):
                self.href = ""
                return True
        return False

    def unlink(self, _name: str) -> None:
        self.href = ""

    def set_style(self, name: str, _node: LexborNode) -> None:
        self.styles.append(self.style)
        self.style |= STYLES[name]

    def unset_style(self, _name: str) -> None:
        self.style = self.styles.pop()

    def break_line(self, _name: str, _node: LexborNode) -> None:
        text_block = self.text_block
        if text_block is None:
            return
        if text_block.kind != "pre" and text_block.ends_paragraph():
            self.end_text_block()
        else:
            text_block.runs.append(LINE_BREAK)

    def span(self, _name: str, node: LexborNode) -> bool:
        """What is not shown is no text; in a figure, text that its names call a credit stands by itself."""
        attributes = node.attributes
        if attributes and is_unseen(attributes, node):
            if (formula := node.css_first("math")) is not None:
                self.math("math", formula)
            return True
        if (style := attributes.get("style")) and (mark := mark_of_style(style)):
            return self.deleted(mark, node) if mark == "del" else self.raised_or_lowered(mark, node)
        if self.figures or self.credits:
            credited = any(_CREDIT.search(value) for value in attributes.values() if value)
            self.credits.append(credited)
            if credited:
                self.open("credit", node)
        return False

    def unspan(self, name: str) -> None:
        if self.credits and self.credits.pop() and self.element.name == "credit":
            self.close(name)

    def rule(self, name: str, _node: LexborNode) -> None:
        self.end_text_block()
        self.tokens.append(Boundary(name))

    def button(self, _name: str, node: LexborNode) -> bool:
        """A button is no text, but tells where readers are replied to."""
        text = node.text(separator=" ").strip()
        if text and len(text) <= LONGEST_REPLY and is_reply(text):
            self.tokens.append(Boundary(REPLY, self.element))
        return True

    def picture(self, _name: str, node: LexborNode) -> bool:
        return self.add_media("img", attributes_of_picture(node))

    def media(self, name: str, node: LexborNode) -> bool:
        attributes = node.attributes
        if name == "img" and (sign := emoji_of(attributes)):
            self.add_text(sign)
            return False
        self.add_media(name, attributes)
        return name == "iframe"  # what stands in one is for browsers without frames

    def add_media(self, name: str, attributes: Attributes) -> bool:
        if self.element.own == NOT_PARSED:
            self.element.read()
        self.tokens.append(MediaTag(name, attributes, self.element))
        return True


_LONGEST_MARK = 24  # letters
_LONGEST_DELETION = 1000
_CREDIT = re.compile(r"credit|copyright|byline|photographer|rights|author", re.IGNORECASE)
_ENDS = {name: Boundary(f"/{name}") for name in NESTING}
_Beginning: TypeAlias = Callable[[_Tokenizer, str, LexborNode], bool | None]
"""What an element's beginning does; True where that was all of it, and nothing beneath is to be visited."""
_Ending: TypeAlias = Callable[[_Tokenizer, str], None]
_Opened: TypeAlias = tuple[LexborNode, str, _Ending | None]
"""An element, its name, and what its end does."""
_BEGIN_AND_END: dict[str, tuple[_Beginning | None, _Ending | None]] = {
    **dict.fromkeys(BLOCKS, (_Tokenizer.open, _Tokenizer.close)),
    **dict.fromkeys(NESTING, (_Tokenizer.open_nesting, _Tokenizer.close_nesting)),
    **dict.fromkeys(("figure", "figcaption"), (_Tokenizer.open_figure, _Tokenizer.close_figure)),
    **dict.fromkeys(STYLES, (_Tokenizer.set_style, _Tokenizer.unset_style)),
    **dict.fromkeys(("code", "samp", "kbd", "tt"), (_Tokenizer.code, _Tokenizer.unset_style)),
    **dict.fromkeys(("span", "small", "cite"), (_Tokenizer.span, _Tokenizer.unspan)),
    **dict.fromkeys(_EMBEDS, (_Tokenizer.media, None)),
    **dict.fromkeys(("sup", "sub"), (_Tokenizer.raised_or_lowered, None)),
    **dict.fromkeys(("del", "s", "strike"), (_Tokenizer.deleted, None)),
    "button": (_Tokenizer.button, None),
    "pre": (_Tokenizer.preformatted, _Tokenizer.close),
    "table": (_Tokenizer.table, _Tokenizer.close_nesting),
    "td": (_Tokenizer.cell, _Tokenizer.close_nesting),
    "q": (_Tokenizer.quote, _Tokenizer.unquote),
    "rt": (_Tokenizer.reading, None),
    "ruby": (None, _Tokenizer.end_ruby),
    "picture": (_Tokenizer.picture, None),
    **dict.fromkeys(("math", "script"), (_Tokenizer.math, None)),
    "a": (_Tokenizer.link, _Tokenizer.unlink),
    "br": (_Tokenizer.break_line, None),
    "hr": (_Tokenizer.rule, None),
}
_ACTIONS = {
    name: (*_BEGIN_AND_END.get(name, (None, None)), name not in NO_TEXT) for name in (*_BEGIN_AND_END, *NO_TEXT)
}
"""What each element does, and whether it is entered."""
_Kind: TypeAlias = tuple[str, _Beginning | None, _Ending | None, bool]
_KINDS: dict[int, _Kind] = {}  # by the parser's number, with the name: got in a third of a name's time
_TEXT, _MOST_KINDS = 2, 1000  # of the parser's numbers; names that HTML does not have get greater ones, for each page


def _kind_of(node: LexborNode) -> _Kind:
    tag = node.tag or ""
    kind = (tag, *_ACTIONS.get(tag, (None, None, True)))
    if node.tag_id < _MOST_KINDS:
        _KINDS[node.tag_id] = kind
    return kind


_ACTIONS_AROUND: dict[str, tuple[_Beginning | None, _Ending | None]] = {
    **{name: _BEGIN_AND_END[name] for name in (*BLOCKS, *NESTING, "figure", "figcaption", "a", "q")},
    "pre": (_Tokenizer.open, _Tokenizer.close),
    **dict.fromkeys(STYLES, (_Tokenizer.set_style, _Tokenizer.unset_style)),
    **dict.fromkeys(("table", "td"), (_Tokenizer.open_nesting, _Tokenizer.close_nesting)),
}
"""What is done where an element is already open: none of those that are read as a whole begins once more."""
