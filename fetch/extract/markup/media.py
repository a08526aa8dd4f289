"""Image, iframe and video tags → figures and embeds."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from fetch.article import Embed, Figure
from fetch.extract.markup.class_hints import BIT
from fetch.extract.markup.tokens import Attributes, MediaTag
from fetch.links import absolute
from fetch.text import unescape

_SOURCES = (
    "data-src",
    "data-lazy-src",
    "data-original",
    "data-lazy",
    "data-hi-res-src",
    "data-full-src",
    "data-image",
    "src",
)
_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_HOLDS_A_PLACE = "blank|spacer|placeholder|transparent|loading|loader|lazy|lazyload|pixel|1x1|gr[ae]y|empty|clear"
_A_NAME = 60  # letters at an address's end, which name the file
_PLACEHOLDER = re.compile(
    rf"(?:^|[/_.-])(?:{_HOLDS_A_PLACE})(?:[_-]?(?:[\dx]{{1,9}}|image|img|bg))?\.(?:gif|png|svg)"
    rf"|(?:^|/)(?:{_HOLDS_A_PLACE})\.(?:jpe?g|webp)|/1x1\b"
)
_MAY_HOLD_A_PLACE = re.compile(rf"{_HOLDS_A_PLACE}")  # asked first: it is several times as fast
# Words of what is no picture of a story: for certain, or where the file is of a kind that drawings have.
_NEVER = re.compile(
    r"(?<![a-z])(?:gravatar|favicon|doubleclick|feedburner|smil(?:ey|ies)|(?:avatars?|sprites?|emojis?)(?![-_][a-z]{3}))(?![a-z])|/ads?/"
    r"|/tracking|tracking\.|[/.]pixel[/?.]"
)
_DRAWING = re.compile(r"(?<![a-z])(?:logos?|icons?|badges?|buttons?|btn)(?![a-z])")
_MAY_BE_DECORATION = re.compile(
    r"gravatar|favicon|doubleclick|feedburner|smil|avatar|sprite|emoji|/ad|/tracking|tracking\.|pixel|logo|icon|badge|button|btn"
)
_PHOTOGRAPH = re.compile(r"\.(?:jpe?g|webp|avif|heic)\b")
_A_PICTURE = re.compile(r"(?:https?:/|\.{0,2})/[^\s,{}]+\.(?:jpe?g|png|webp|avif|gif)(?:\?[^\s,{}]*)?", re.I)
_LONGEST_ADDRESS = 2000  # characters
_SIZE = re.compile(r"\d{1,9}(?:\.\d{1,9})?[wx]")
_LARGE = 300  # pixels: what is drawn as large is to be looked at
_SMALL = 80
_PIXELS = re.compile(r"\s*+(\d{1,6})(?:\.\d{0,9})?+\s*+(?:px)?+\s*+$", re.I)
_LONGEST_STYLE = 500  # characters
_DOT = re.compile(r"(?:^|[;\s])(?:max-)?(?:width|height)\s*+:\s*+[012](?:\.\d{1,9})?+\s*+(?:px)?+\s*+(?:!|;|$)", re.I)
_UNSEEN = re.compile(r"(?:^|[;\s])(?:display\s*+:\s*+none|visibility\s*+:\s*+hidden)", re.I)
_NOT_OF_THE_STORY = BIT["author"] | BIT["promo"] | BIT["share"] | BIT["related"] | BIT["nav"]
_LONGEST_CREDIT = 200  # characters, at the end of a caption
_CREDIT = re.compile(
    r"\s*+[(\[]?\s*+"
    r"(?:(?:photo(?:graph)?|picture|image|credit|foto|fotos|bild|crédits?|source|quelle|copyright|illustration)s?\s*+"
    r"(?:credit|by|courtesy of|courtesy)?\s*+[:/]\s*+|(?:photo|picture|image)s?\s++(?:by|courtesy of|courtesy)\s++"
    r"|©\s*+)"
    r"([^()\[\]]{2,100}?)[)\].]*\s*$"
    r"|\s*+\(((?:[^()]{0,60}\bphoto by\b[^()]{2,80})|[^()]{2,60}/[^()]{2,60}"
    r"|[^()]{0,40}(?:AP|AFP|Reuters|Getty Images|dpa))\)\s*$",
    re.I,
)
_KINDS = {
    "video": (
        "youtube",
        "youtu.be",
        "vimeo",
        "dailymotion",
        "brightcove",
        "jwplatform",
        "jwplayer",
        "wistia",
        "video",
        "player",
        "tiktok",
        "twitch",
    ),
    "audio": ("soundcloud", "spotify", "podcast", "audio", "megaphone", "acast", "art19", "omny"),
    "map": ("google.com/maps", "maps.google", "openstreetmap", "mapbox", "arcgis"),
    "post": ("twitter", "x.com", "instagram", "facebook", "bsky", "reddit", "threads.net", "mastodon", "t.me"),
    "chart": ("datawrapper", "flourish", "infogram", "tableau", "public.tableau"),
    "document": ("documentcloud", "scribd", "issuu", ".pdf", "docs.google"),
}
_UNWANTED = (
    "doubleclick",
    "googletagmanager",
    "googlesyndication",
    "/ads",
    "adserver",
    "recaptcha",
    "about:blank",
    "newsletter",
    "subscribe",
    "facebook.com/plugins/like",
    "platform.twitter.com/widgets/follow",
    "consent",
    "disqus",
    "taboola",
    "outbrain",
    "amazon-adsystem",
)


def attribute(name: str, attributes: Attributes) -> str:
    """The value of an attribute, "" if the element has none."""
    return attributes.get(name) or ""


def attributes_of_picture(picture: LexborNode) -> Attributes:
    """The attributes of a <picture>, which is an image in several forms: its image's, with the sizes of all forms."""
    image = picture.css_first("img,amp-img")
    sources = [source.attributes for source in picture.css("source")]
    sets = [found for one in sources if (found := one.get("srcset") or one.get("data-srcset"))]
    attributes = {**(image.attributes if image is not None else picture.attributes)}
    if sets:
        own = attributes.get("data-srcset") or attributes.get("srcset")
        attributes["srcset"] = ", ".join([*sets, *([own] if own else [])])
    return attributes


def figure_of(tag: MediaTag, url: str, *, of_the_story: bool = True) -> Figure | None:
    """The figure an image tag shows, None for decoration, placeholders and tracking dots.

    `of_the_story` leaves out those in promotions, author boxes and lists of other stories too.
    """
    attributes = tag.attributes
    source = _source(attributes)
    if not source or _is_decoration(source.lower(), attributes) or _is_small(attributes):
        return None
    hints = tag.element.around | tag.element.own
    if of_the_story and hints & _NOT_OF_THE_STORY and not hints & BIT["caption"]:
        return None
    address = absolute(source, url)
    return Figure(address, unescape(attribute("alt", attributes))) if address.isprintable() and address else None


def _source(attributes: Attributes) -> str:
    """The picture's address: of several sizes the largest, and never that of what holds its place."""
    source = next(filter(None, (_shown(attributes.get(name)) for name in _SOURCES)), "") or _kept_for_later(attributes)
    largest, width = "", 0.0
    for name in _SETS:
        if found := attributes.get(name):
            largest, width = max((largest, width), _widest(found), key=lambda one: one[1])
    return largest if largest and (width > _width(attributes) or not source) else source


def _kept_for_later(attributes: Attributes) -> str:
    """The address of a picture that a program of the page loads, in whatever attribute it is kept."""
    kept = (value or "" for name, value in attributes.items() if name.startswith("data-"))
    return next(
        (value for value in kept if _A_PICTURE.fullmatch(value.strip()[:_LONGEST_ADDRESS]) and _shown(value)), ""
    )


def holds_a_place(address: str) -> bool:
    """Whether what stands at an address is no picture but stands for one until it is loaded."""
    if address.startswith(("{", "data:", "about:")):
        return True
    name = address.partition("?")[0][-_A_NAME:].lower()
    return _MAY_HOLD_A_PLACE.search(name) is not None and _PLACEHOLDER.search(name) is not None


def _shown(address: str | None) -> str:
    return "" if not address or holds_a_place(address) else address


def _is_decoration(source: str, attributes: Attributes) -> bool:
    """Whether a picture is a logo, a button or a dot that counts readers, and not one of the story."""
    if not _MAY_BE_DECORATION.search(source):
        return False
    if _NEVER.search(source):
        return True
    drawn = _DRAWING.search(source) and not _PHOTOGRAPH.search(source)
    return bool(drawn) and _width(attributes) < _LARGE


def _width(attributes: Attributes) -> float:
    width = (attributes.get("width") or "").removesuffix("px")
    return float(width[:6]) if width.isascii() and width.isdecimal() else 0.0


def _widest(srcset: str) -> tuple[str, float]:
    """The last of a srcset's addresses with the greatest width, and that width; 1 for one without."""
    best, width = "", 0.0
    for part in srcset.replace(",http", ", http").split(", "):
        address, _, size = part.strip().partition(" ")
        wide = float(size[:-1]) if _SIZE.fullmatch(size) else 1.0
        if wide >= width:
            best, width = address.rstrip(","), wide
    return (best, width) if best and _shown(best) else ("", 0.0)


def _is_small(attributes: Attributes) -> bool:
    """Whether a picture is an icon by the size it is given, or a dot that nobody is to see."""
    for name in ("width", "height"):
        size = _PIXELS.match(attribute(name, attributes))
        if size and int(size[1]) < _SMALL:
            return True
    style = attributes.get("style")
    if style and _DOT.search(style[:_LONGEST_STYLE]):
        return True
    unseen = "hidden" in attributes or (style and _UNSEEN.search(style[:_LONGEST_STYLE]))
    return bool(unseen) and not attribute("alt", attributes).strip()


def embed_of(tag: MediaTag, url: str) -> Embed | None:
    """The embed an iframe, video or audio tag stands for, None for advertisements and widgets."""
    attributes = tag.attributes
    source = attribute("src", attributes) or attribute("data-src", attributes)
    address = absolute(source, url)
    if not address or not address.isprintable() or any(word in address.lower() for word in _UNWANTED):
        return None
    if tag.name == "source":
        return None
    if tag.name in ("video", "audio"):
        return Embed(tag.name, address, unescape(attribute("title", attributes)))
    kind = next((kind for kind, words in _KINDS.items() if any(word in address.lower() for word in words)), "page")
    return Embed(kind, address, unescape(attribute("title", attributes)))


def with_caption(figure: Figure, caption: str, credit: str = "") -> Figure:
    """The figure with its caption, and the credit taken out of it where it stands at its end."""
    if not credit and (found := _CREDIT.search(caption, max(0, len(caption) - _LONGEST_CREDIT))):
        credit = (found[1] or found[2] or "").strip()
        caption = caption[: found.start()].rstrip(" |–—-")
    return Figure(figure.src, figure.alt, caption, credit)
