"""The markup of the body's neighbourhood read as a stream, once, into passages and the marks of what holds them.

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
_MARKED = frozenset("ul ol li dl dt dd table tr td th caption blockquote figure figcaption".split())


Run: TypeAlias = tuple[str, int, str]
"""A run of text as it stands in the markup, with its style as bits and where it leads; there are thousands of them."""


Path: TypeAlias = tuple[str | int, ...]
_STEPS = 6  # two for each element above


class Mark(NamedTuple):
    """Where something that holds passages begins ("ul") or ends ("/ul")."""

    name: str
    attributes: str


class Holder:
    """An element that is open while the stream is read.

    `own` are the hints of its names, `around` of those above it; `within` is the nearest element of a telling kind;
    `path` is it and the three around it, by name and hints: what a page makes alike, it means alike.
    """

    __slots__ = ("around", "article", "attributes", "name", "own", "parent", "path", "within")

    def __init__(self, name: str, attributes: str = "", parent: Holder | None = None) -> None:
        self.name, self.attributes, self.parent = name, attributes, parent
        self.own = hints_in(attributes) if attributes else 0
        self.path: Path = (name, self.own, *parent.path[:_STEPS]) if parent else (name, self.own)
        self.around: int = parent.around | parent.own if parent else 0
        self.within: str = name if name in _WITHIN else parent.within if parent else ""
        self.article: Holder | None = self if name == "article" else parent.article if parent else None


class Passage:
    """Text between two block boundaries, and the element that holds it.

    `linked` and `styled` count its letters inside links and in bold or italics.
    """

    __slots__ = ("holder", "kind", "linked", "runs", "styled", "text")

    def __init__(self, holder: Holder) -> None:
        self.holder, self.kind = holder, holder.name
        self.runs: list[Run] = []
        self.text = ""
        self.linked = self.styled = 0


class Picture(NamedTuple):
    """An image or an embed (iframe, video, audio), as its tag stands in the markup."""

    name: str
    attributes: str
    holder: Holder


Piece: TypeAlias = Passage | Mark | Picture
_EMBEDS = frozenset(("img", "iframe", "video", "audio", "source", "amp-img", "embed"))


def read(markup: str) -> list[Piece]:
    """The passages, marks and pictures in the markup, in reading order."""
    stream = _Stream()
    pieces = _TAG.split(_NEVER.sub("", markup))
    stream.say(pieces[0])
    for name, attributes, text in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        if action := _ACTIONS.get(name):
            action(stream, name, attributes)
        if text and (stream.passage or not text.isspace()):
            stream.say(text)
    stream.end()
    return stream.flow


class _Stream:
    """What is open while the stream is read."""

    __slots__ = ("credits", "flow", "holder", "href", "passage", "style", "styles")

    def __init__(self) -> None:
        self.flow: list[Piece] = []
        self.passage: Passage | None = None
        self.style, self.href = 0, ""
        self.holder = Holder("div")
        self.styles: list[int] = []
        self.credits: list[bool] = []

    def open(self, name: str, attributes: str) -> None:
        if self.passage:
            self.end()
        self.holder = Holder(name, attributes, self.holder)

    def open_marked(self, name: str, attributes: str) -> None:
        self.open(name, attributes)
        self.flow.append(Mark(name, attributes))

    def close(self, _name: str, _attributes: str) -> None:
        if self.passage:
            self.end()
        self.holder = self.holder.parent or self.holder

    def close_marked(self, name: str, attributes: str) -> None:
        self.close(name, attributes)
        self.flow.append(_ENDS[name])

    def say(self, text: str) -> None:
        if "&" in text:
            text = text.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        passage = self.passage
        if passage is None:
            if not text or text.isspace():
                return
            passage = self.passage = Passage(self.holder)
        passage.runs.append((text, self.style, self.href))
        if self.href:
            passage.linked += len(text)
        if self.style:
            passage.styled += len(text)

    def end(self) -> None:
        passage, self.passage = self.passage, None
        if passage is None:
            return
        text = passage.runs[0][0] if len(passage.runs) == 1 else "".join([run[0] for run in passage.runs])
        if passage.kind != "pre":
            text = text.strip() if text.isprintable() and "  " not in text else " ".join(text.split())
        passage.text = text
        if text:
            self.flow.append(passage)

    def link(self, _name: str, attributes: str) -> None:
        match = _HREF.search(attributes)
        self.href = match[1] if match else ""

    def unlink(self, _name: str, _attributes: str) -> None:
        self.href = ""

    def set_style(self, name: str, attributes: str) -> None:
        if name == "code" and attributes and self.holder.name == "pre":
            self.holder.attributes += attributes  # where highlighters name the language
        self.styles.append(self.style)
        self.style |= _STYLES[name]

    def unset_style(self, _name: str, _attributes: str) -> None:
        self.style = self.styles.pop() if self.styles else 0

    def break_line(self, _name: str, _attributes: str) -> None:
        passage = self.passage
        if passage is None:
            return
        runs = passage.runs
        if passage.kind == "pre":
            runs.append(("\n", 0, ""))
        elif _ends_paragraph(runs):
            self.end()
        else:
            runs.append(("\n", 0, ""))

    def span(self, _name: str, attributes: str) -> None:
        """In a figure, text that its names call a credit stands by itself."""
        if self.holder.within in _FIGURES or self.credits:
            credited = bool(attributes) and bool(_CREDIT.search(attributes))
            self.credits.append(credited)
            if credited:
                self.open("credit", attributes)

    def unspan(self, name: str, attributes: str) -> None:
        if self.credits and self.credits.pop() and self.holder.name == "credit":
            self.close(name, attributes)

    def rule(self, name: str, attributes: str) -> None:
        self.end()
        self.flow.append(Mark(name, attributes))

    def picture(self, name: str, attributes: str) -> None:
        self.flow.append(Picture(name, attributes, self.holder))


def _ends_paragraph(runs: list[Run]) -> bool:
    """Whether a line break here parts paragraphs: a second in a row, or after a long line that ends a sentence."""
    last = runs[-1][0]
    if last == "\n" or (last.isspace() and len(runs) > 1 and runs[-2][0] == "\n"):
        return True
    return sum(len(run[0]) for run in runs) > 80 and last.rstrip().endswith((".", "!", "?", "”", '"', "。", "»", ":"))


_FIGURES = frozenset(("figure", "figcaption"))
_CREDIT = re.compile(r'="[^"]*(?:credit|copyright|byline|photographer|rights|author)', re.IGNORECASE)
_WITHIN = frozenset("blockquote figure figcaption table aside footer header form noscript li pre".split())
_HREF = re.compile(r'\bhref="([^"]*)"')
_ENDS = {f"/{name}": Mark(f"/{name}", "") for name in _MARKED}
_ACTIONS: dict[str, Callable[[_Stream, str, str], None]] = {
    **{name: _Stream.open_marked if name in _MARKED else _Stream.open for name in _BLOCKS},
    **{f"/{name}": _Stream.close_marked if name in _MARKED else _Stream.close for name in _BLOCKS},
    "a": _Stream.link,
    "/a": _Stream.unlink,
    "br": _Stream.break_line,
    "hr": _Stream.rule,
    **dict.fromkeys(("span", "small", "cite"), _Stream.span),
    **dict.fromkeys(("/span", "/small", "/cite"), _Stream.unspan),
    **dict.fromkeys(_STYLES, _Stream.set_style),
    **dict.fromkeys([f"/{name}" for name in _STYLES], _Stream.unset_style),
    **dict.fromkeys(_EMBEDS, _Stream.picture),
}
