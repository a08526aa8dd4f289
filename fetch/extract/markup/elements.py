"""The elements of HTML by what they are to a text: none of it, a block of it, set in a style, nested."""

from __future__ import annotations

from fetch.extract.markup.tokens import CODE, EMPHASIS, STRONG

NO_TEXT = frozenset(
    """
    script style svg select button textarea template noembed noframes xmp plaintext object canvas datalist nav dialog
    rp rtc -comment !doctype
    """.split()
)
BLOCKS = """
    p div section article main header footer aside figcaption ul ol li dl dt dd table thead tbody tfoot tr td th caption
    blockquote pre h1 h2 h3 h4 h5 h6 form fieldset address details summary center body figure noscript
""".split()
STYLES = {
    "strong": STRONG,
    "b": STRONG,
    "em": EMPHASIS,
    "i": EMPHASIS,
    "ins": EMPHASIS,
    "code": CODE,
    "kbd": CODE,
    "samp": CODE,
    "tt": CODE,
}
NESTING = frozenset("ul ol li dl dt dd table tr td th caption blockquote figure figcaption".split())
