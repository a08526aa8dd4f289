"""The markup of the body's neighbourhood read once, as a stream, into tokens: text blocks, media tags, and boundaries.

Lexbor prints sound markup (every tag closed, every value quoted), so tags and text can be told apart by one pattern;
that costs a third of visiting the nodes one by one from Python, and no nesting is too deep for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from fetch.extract.markup.class_hints import hints_in

_TAG = re.compile(r'<(/?[a-zA-Z][^\s/>]*)((?>[^>=]*+(?:="[^"]*+"[^>=]*+|=[^>=]*+)*+))>')
_NO_TEXT = (
    "script|style|svg|select|button|textarea|template|noembed|noframes|xmp|plaintext|math|object|canvas|datalist|nav"
    "|dialog"
)
_NEVER = re.compile(
    rf"<!--(?:[^-]|-(?!->))*+-->|<({_NO_TEXT})(?=[\s>])[^<]*+(?:<(?!/\1>)[^<]*+)*+</\1>|<\?[^>]*+>|<![^>]*+>"
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


class Boundary(NamedTuple):
    """Where something that holds text blocks begins ("ul") or ends ("/ul")."""

    name: str
    attributes: str


class OpenElement:
    """An element that is open while the stream is read.

    `own` are the hints of its names, `around` of those above it; `within` is the nearest element of a telling kind;
    `path` is it and the three around it, by name and hints: what a page makes alike, it means alike.
    """

    __slots__ = ("around", "article", "attributes", "name", "own", "parent", "path", "within")

    def __init__(self, name: str, attributes: str = "", parent: OpenElement | None = None) -> None:
        self.name, self.attributes, self.parent = name, attributes, parent
        self.own = hints_in(attributes) if attributes else 0
        self.path: Path = (name, self.own, *parent.path[:_STEPS]) if parent else (name, self.own)
        self.around: int = parent.around | parent.own if parent else 0
        self.within: str = name if name in _WITHIN else parent.within if parent else ""
        self.article: OpenElement | None = self if name == "article" else parent.article if parent else None


class TextBlock:
    """Text between two block boundaries, and the element that holds it.

    `linked` and `styled` count its letters inside links and in bold or italics.
    """

    __slots__ = ("element", "kind", "linked", "runs", "styled", "text")

    def __init__(self, element: OpenElement) -> None:
        self.element, self.kind = element, element.name
        self.runs: list[Run] = []
        self.text = ""
        self.linked = self.styled = 0


class MediaTag(NamedTuple):
    """An image or an embed (iframe, video, audio), as its tag stands in the markup."""

    name: str
    attributes: str
    element: OpenElement


Token: TypeAlias = TextBlock | Boundary | MediaTag
_EMBEDS = frozenset(("img", "iframe", "video", "audio", "source", "amp-img", "embed"))


def tokenize(markup: str) -> list[Token]:
    """The text blocks, boundaries and media tags in the markup, in reading order."""
    tokenizer = _Tokenizer()
    parts = _TAG.split(_NEVER.sub("", markup))
    tokenizer.add_text(parts[0])
    for name, attributes, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        if action := _ACTIONS.get(name):
            action(tokenizer, name, attributes)
        if text and (tokenizer.text_block or not text.isspace()):
            tokenizer.add_text(text)
    tokenizer.end_text_block()
    return tokenizer.tokens


class _Tokenizer:
    """What is open while the stream is read."""

    __slots__ = ("credits", "element", "href", "style", "styles", "text_block", "tokens")

    def __init__(self) -> None:
        self.tokens: list[Token] = []
        self.text_block: TextBlock | None = None
        self.style, self.href = 0, ""
        self.element = OpenElement("div")
        self.styles: list[int] = []
        self.credits: list[bool] = []

    def open(self, name: str, attributes: str) -> None:
        if self.text_block:
            self.end_text_block()
        self.element = OpenElement(name, attributes, self.element)

    def open_nesting(self, name: str, attributes: str) -> None:
        self.open(name, attributes)
        self.tokens.append(Boundary(name, attributes))

    def close(self, _name: str, _attributes: str) -> None:
        if self.text_block:
            self.end_text_block()
        self.element = self.element.parent or self.element

    def close_nesting(self, name: str, attributes: str) -> None:
        self.close(name, attributes)
        self.tokens.append(_ENDS[name])

    def add_text(self, text: str) -> None:
        if "&" in text:
            text = text.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        text_block = self.text_block
        if text_block is None:
            if not text or text.isspace():
                return
            text_block = self.text_block = TextBlock(self.element)
        text_block.runs.append((text, self.style, self.href))
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

    def link(self, _name: str, attributes: str) -> None:
        match = _HREF.search(attributes)
        self.href = match[1] if match else ""

    def unlink(self, _name: str, _attributes: str) -> None:
        self.href = ""

    def set_style(self, name: str, attributes: str) -> None:
        if name == "code" and attributes and self.element.name == "pre":
            self.element.attributes += attributes  # where highlighters name the language
        self.styles.append(self.style)
        self.style |= _STYLES[name]

    def unset_style(self, _name: str, _attributes: str) -> None:
        self.style = self.styles.pop() if self.styles else 0

    def break_line(self, _name: str, _attributes: str) -> None:
        text_block = self.text_block
        if text_block is None:
            return
        runs = text_block.runs
        if text_block.kind == "pre":
            runs.append(("\n", 0, ""))
        elif _ends_paragraph(runs):
            self.end_text_block()
        else:
            runs.append(("\n", 0, ""))

    def span(self, _name: str, attributes: str) -> None:
        """In a figure, text that its names call a credit stands by itself."""
        if self.element.within in _FIGURE_TAGS or self.credits:
            credited = bool(attributes) and bool(_CREDIT.search(attributes))
            self.credits.append(credited)
            if credited:
                self.open("credit", attributes)

    def unspan(self, name: str, attributes: str) -> None:
        if self.credits and self.credits.pop() and self.element.name == "credit":
            self.close(name, attributes)

    def rule(self, name: str, attributes: str) -> None:
        self.end_text_block()
        self.tokens.append(Boundary(name, attributes))

    def media(self, name: str, attributes: str) -> None:
        self.tokens.append(MediaTag(name, attributes, self.element))


def _ends_paragraph(runs: list[Run]) -> bool:
    """Whether a line break here parts paragraphs: a second in a row, or after a long line that ends a sentence."""
    last = runs[-1][0]
    if last == "\n" or (last.isspace() and len(runs) > 1 and runs[-2][0] == "\n"):
        return True
    return sum(len(run[0]) for run in runs) > 80 and last.rstrip().endswith((".", "!", "?", "”", '"', "。", "»", ":"))


_FIGURE_TAGS = frozenset(("figure", "figcaption"))
_CREDIT = re.compile(r'="[^"]*(?:credit|copyright|byline|photographer|rights|author)', re.IGNORECASE)
_WITHIN = frozenset("blockquote figure figcaption table aside footer header form noscript li pre".split())
_HREF = re.compile(r'\bhref="([^"]*)"')
_ENDS = {f"/{name}": Boundary(f"/{name}", "") for name in _NESTING}
_ACTIONS: dict[str, Callable[[_Tokenizer, str, str], None]] = {
    **{name: _Tokenizer.open_nesting if name in _NESTING else _Tokenizer.open for name in _BLOCKS},
    **{f"/{name}": _Tokenizer.close_nesting if name in _NESTING else _Tokenizer.close for name in _BLOCKS},
    "a": _Tokenizer.link,
    "/a": _Tokenizer.unlink,
    "br": _Tokenizer.break_line,
    "hr": _Tokenizer.rule,
    **dict.fromkeys(("span", "small", "cite"), _Tokenizer.span),
    **dict.fromkeys(("/span", "/small", "/cite"), _Tokenizer.unspan),
    **dict.fromkeys(_STYLES, _Tokenizer.set_style),
    **dict.fromkeys([f"/{name}" for name in _STYLES], _Tokenizer.unset_style),
    **dict.fromkeys(_EMBEDS, _Tokenizer.media),
}
