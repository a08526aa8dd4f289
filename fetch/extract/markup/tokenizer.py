"""The body's neighbourhood of a page, walked once in reading order, as tokens: text blocks, media tags, and boundaries.

The walk visits nodes one by one and keeps its own stack, so that no nesting is too deep for it; what lies beneath an
element that holds no text (a script, a menu, a drawing) is not visited.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from selectolax.lexbor import LexborHTMLParser, LexborNode

from fetch.extract.markup.class_hints import hints_in

_NO_TEXT = frozenset(
    """
    script style svg select button textarea template noembed noframes xmp plaintext math object canvas datalist nav
    dialog -comment !doctype
    """.split()
)
_BLOCKS = """
    p div section article main header footer aside figcaption ul ol li dl dt dd table thead tbody tfoot tr td th caption
    blockquote pre h1 h2 h3 h4 h5 h6 form fieldset address details summary center body figure noscript
""".split()
STRONG, EMPHASIS, CODE = 1, 2, 4
_STYLES = {
    "strong": STRONG,
    "b": STRONG,
    "em": EMPHASIS,
    "i": EMPHASIS,
    "code": CODE,
    "kbd": CODE,
    "samp": CODE,
    "tt": CODE,
}
_NESTING = frozenset("ul ol li dl dt dd table tr td th caption blockquote figure figcaption".split())


Run: TypeAlias = tuple[str, int, str]
"""A run of text as it stands in the markup, with its style as bits and where it leads; there are thousands of them."""


Path: TypeAlias = tuple[str | int, ...]
_STEPS = 6  # two for each element above
_UNREAD = -1


Attributes: TypeAlias = Mapping[str, str | None]
"""The attributes of an element by name; None where one has no value."""
NO_ATTRIBUTES: Attributes = {}


class OpenElement:
    """An element that is open while the page is walked.

    `own` are the hints of its names, `around` of those above it; `within` is the nearest element of a telling kind and
    `article` the `id` of the nearest <article>, 0 for none; `path` is it and the three around it, by name and hints:
    what a page makes alike, it means alike. All of these are found by `read`, as most elements hold no text block and
    nobody asks for theirs.
    """

    __slots__ = ("around", "article", "name", "node", "own", "parent", "path", "within")
    around: int
    article: int
    path: Path
    within: str

    def __init__(self, name: str, node: LexborNode | None, parent: OpenElement | None) -> None:
        self.name, self.node, self.parent = name, node, parent
        self.own = _UNREAD

    @property
    def attributes(self) -> Attributes:
        """The attributes as the page has them."""
        return self.node.attributes if self.node is not None else NO_ATTRIBUTES

    def read(self) -> None:
        """Finds the hints and paths of this element and of those around it."""
        unread: list[OpenElement] = []
        element: OpenElement | None = self
        while element is not None and element.own == _UNREAD:
            unread.append(element)
            element = element.parent
        for element in reversed(unread):
            element.own = own = hints_in(attributes) if (attributes := element.attributes) else 0
            name, above = element.name, element.parent
            if above is None:
                element.path, element.around, element.within, element.article = (name, own), 0, "", 0
            else:
                element.path = (name, own, *above.path[:_STEPS])
                element.around = above.around | above.own
                element.within = name if name in _WITHIN else above.within
                element.article = id(element) if name == "article" else above.article


class Boundary(NamedTuple):
    """Where something that holds text blocks begins ("ul") or ends ("/ul")."""

    name: str
    element: OpenElement | None = None


class TextBlock:
    """Text between two block boundaries, and the element that holds it.

    `length` counts its letters as they stand in the markup, `linked` and `styled` those inside links and in bold or
    italics.
    """

    __slots__ = ("element", "kind", "length", "linked", "runs", "styled", "text")

    def __init__(self, element: OpenElement) -> None:
        self.element, self.kind = element, element.name
        if element.own == _UNREAD:
            element.read()
        self.runs: list[Run] = []
        self.text = ""
        self.length = self.linked = self.styled = 0


class MediaTag(NamedTuple):
    """An image or an embed (iframe, video, audio), as its tag stands in the markup."""

    name: str
    attributes: Attributes
    element: OpenElement


Token: TypeAlias = TextBlock | Boundary | MediaTag
_EMBEDS = frozenset(("img", "iframe", "video", "audio", "source", "amp-img", "embed"))


def tokenize(root: LexborNode | None) -> list[Token]:
    """The text blocks, boundaries and media tags of an element, in reading order."""
    tokenizer = _Tokenizer()
    if root is not None:
        _walk(root, tokenizer)
    tokenizer.end_text_block()
    return tokenizer.tokens


def _walk(root: LexborNode, tokenizer: _Tokenizer) -> None:
    """Tells the tokenizer of each text, and of each element that means something to it, as it begins and ends."""
    opened: list[tuple[LexborNode, _Ending | None]] = []
    node: LexborNode | None = root
    while node is not None:
        tag = node.tag or ""
        begin, ending = _ACTIONS.get(tag, _NO_ACTIONS)
        whole = begin(tokenizer, tag, node) if begin else False
        beneath = None if whole or tag in _NO_TEXT else node.first_child
        if beneath is not None:
            opened.append((node, ending))
            node = beneath
            continue
        if ending and not whole:
            ending(tokenizer, tag)
        after = node.next if opened else None
        while opened and after is None:
            above, ending = opened.pop()
            if ending:
                ending(tokenizer, above.tag or "")
            after = above.next if opened else None
        node = after


class _Tokenizer:
    """What is open while the stream is read."""

    __slots__ = ("credits", "element", "figures", "href", "style", "styles", "text_block", "tokens")

    def __init__(self) -> None:
        self.tokens: list[Token] = []
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

    def add_node(self, _name: str, node: LexborNode) -> None:
        text = node.text_content
        if text and (self.text_block is not None or not text.isspace()):
            self.add_text(text)

    def add_text(self, text: str) -> None:
        text_block = self.text_block
        if text_block is None:
            text_block = self.text_block = TextBlock(self.element)
        text_block.runs.append((text, self.style, self.href))
        text_block.length += len(text)
        if self.href:
            text_block.linked += len(text)
        if self.style:
            text_block.styled += len(text)

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

    def link(self, _name: str, node: LexborNode) -> None:
        self.href = node.attributes.get("href") or ""

    def unlink(self, _name: str) -> None:
        self.href = ""

    def set_style(self, name: str, _node: LexborNode) -> None:
        self.styles.append(self.style)
        self.style |= _STYLES[name]

    def unset_style(self, _name: str) -> None:
        self.style = self.styles.pop()

    def break_line(self, _name: str, _node: LexborNode) -> None:
        text_block = self.text_block
        if text_block is None:
            return
        if text_block.kind != "pre" and _ends_paragraph(text_block):
            self.end_text_block()
        else:
            text_block.runs.append(LINE_BREAK)

    def span(self, _name: str, node: LexborNode) -> None:
        """In a figure, text that its names call a credit stands by itself."""
        if self.figures or self.credits:
            attributes = node.attributes
            credited = any(_CREDIT.search(value) for value in attributes.values() if value)
            self.credits.append(credited)
            if credited:
                self.open("credit", node)

    def unspan(self, name: str) -> None:
        if self.credits and self.credits.pop() and self.element.name == "credit":
            self.close(name)

    def rule(self, name: str, _node: LexborNode) -> None:
        self.end_text_block()
        self.tokens.append(Boundary(name))

    def media(self, name: str, node: LexborNode) -> bool:
        if self.element.own == _UNREAD:
            self.element.read()
        self.tokens.append(MediaTag(name, node.attributes, self.element))
        if name != "iframe":
            return False
        swallowed = node.text()  # what stands in one is for browsers without frames, or follows an end tag forgotten
        if len(swallowed) > _A_PAGE and "</p>" in swallowed and (body := LexborHTMLParser(swallowed).body):
            _walk(body, self)
        return True


_A_PAGE = 1000  # letters
LINE_BREAK: Run = ("\n", 0, "")


def _ends_paragraph(text_block: TextBlock) -> bool:
    """Whether a line break here parts paragraphs: a second in a row, or after a long line that ends a sentence."""
    runs = text_block.runs
    last = runs[-1][0]
    if last == "\n" or (last.isspace() and len(runs) > 1 and runs[-2][0] == "\n"):
        return True
    return text_block.length > 80 and last.rstrip().endswith((".", "!", "?", "”", '"', "。", "»", ":"))


_CREDIT = re.compile(r"credit|copyright|byline|photographer|rights|author", re.IGNORECASE)
_WITHIN = frozenset("blockquote figure figcaption table aside footer header form noscript li pre".split())
_ENDS = {name: Boundary(f"/{name}") for name in _NESTING}
_Beginning: TypeAlias = Callable[[_Tokenizer, str, LexborNode], bool | None]
"""What an element's beginning does; True where that was all of it, and nothing beneath is to be visited."""
_Ending: TypeAlias = Callable[[_Tokenizer, str], None]
_NO_ACTIONS: tuple[_Beginning | None, _Ending | None] = (None, None)
_ACTIONS: dict[str, tuple[_Beginning | None, _Ending | None]] = {
    "-text": (_Tokenizer.add_node, None),
    **dict.fromkeys(_BLOCKS, (_Tokenizer.open, _Tokenizer.close)),
    **dict.fromkeys(_NESTING, (_Tokenizer.open_nesting, _Tokenizer.close_nesting)),
    **dict.fromkeys(("figure", "figcaption"), (_Tokenizer.open_figure, _Tokenizer.close_figure)),
    **dict.fromkeys(_STYLES, (_Tokenizer.set_style, _Tokenizer.unset_style)),
    **dict.fromkeys(("span", "small", "cite"), (_Tokenizer.span, _Tokenizer.unspan)),
    **dict.fromkeys(_EMBEDS, (_Tokenizer.media, None)),
    "a": (_Tokenizer.link, _Tokenizer.unlink),
    "br": (_Tokenizer.break_line, None),
    "hr": (_Tokenizer.rule, None),
}
