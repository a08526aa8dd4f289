"""Bytes of a stranger's picture → a small one, as a library keeps it. Needs Pillow, which the extra `pictures` brings.

To be called in a parser (`fetch.parsers`), which holds it to time and memory; sizes are checked before pixels are made.
"""

from __future__ import annotations

import io
import re
import struct
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from fetch.errors import FetchError

if TYPE_CHECKING:
    from PIL.Image import Image

    from fetch.article import Figure

LARGEST_PICTURE = 4_000_000
"""Bytes of a picture as it comes."""
MOST_PIXELS = 24_000_000
SMALLEST = 48
"""Pixels of the shorter side, below which it is an icon, or counts visits."""
LARGEST_KEPT = 60_000
"""Bytes of a picture as it is kept."""
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_BOX = (960, 720)
_A_FILE = re.compile(r"\.(?:jpe?g|jfif|png|webp|avif|heic|bmp|tiff?)\b")
_A_SIZE = re.compile(r"(?:^|[&;])(?:w|width|h|height|size|resize|fit|crop|quality|format|auto|imwidth)=")
_QUALITIES = (75, 55, 35)
SPOILT = (OSError, ValueError, SyntaxError, TypeError, IndexError, KeyError, ZeroDivisionError, struct.error, EOFError)
"""What Pillow raises of bytes that are no sound picture."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in WebP, and its size in pixels."""

    width: int
    height: int
    content: bytes


@lru_cache(maxsize=1)
def can_decode() -> bool:
    """Whether Pillow is here, loads, and has WebP; one that is made for another Python does not. Loads it."""
    try:
        from PIL import WebPImagePlugin
    except (*SPOILT, ImportError, AttributeError):
        return False
    return WebPImagePlugin.SUPPORTED


@lru_cache(maxsize=1)
def is_installed() -> bool:
    """Whether Pillow is here, be it as it may."""
    return find_spec("PIL") is not None


def counts_visits(figure: Figure) -> bool:
    """Whether what a figure shows is by its looks no picture to be seen, but a request that counts who reads.

    It has no words, and an address as such requests have: with a query, and of a GIF, or of no file and of no size.
    """
    if figure.alt or figure.caption or figure.credit:
        return False
    path, asks, query = figure.src.lower().partition("?")
    return bool(asks) and (path.endswith(".gif") or not (_A_FILE.search(figure.src.lower()) or _A_SIZE.search(query)))


def read_picture(body: bytes, url: str) -> Picture:
    """The picture, scaled to 960×720 pixels at most and to `LARGEST_KEPT` bytes; raises FetchError where it is none."""
    import warnings

    try:
        from PIL import Image
    except ImportError as error:  # made for another Python, say
        raise FetchError(f"{url} cannot be read, as Pillow does not load.", url, reason="no picture") from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what beside its pixels is odd, as notes of the camera that are spoilt
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(body), formats=_FORMATS) as found:
                _check_size(found.size, url)
                found.draft("RGB", _BOX)  # a JPEG is scaled as it is read
                return _small(_upright(found))
    except (*SPOILT, Image.DecompressionBombError, Warning) as error:
        raise FetchError(f"{url} is no picture that can be read.", url, reason="no picture") from error


def as_jpeg(kept: bytes, url: str) -> bytes:
    """A picture as it is kept, for programs that know no WebP; raises FetchError where it is none."""
    try:
        from PIL import Image
    except ImportError as error:
        raise FetchError(f"{url} cannot be read, as Pillow does not load.", url, reason="no picture") from error
    try:
        with Image.open(io.BytesIO(kept), formats=("WEBP",)) as found:
            if max(found.size) > max(_BOX):
                raise FetchError(f"{url} is larger than what is kept.", url, reason="too large")
            out = io.BytesIO()
            found.convert("RGB").save(out, "JPEG", quality=80)
            return out.getvalue()
    except (*SPOILT, Image.DecompressionBombError) as error:
        raise FetchError(f"{url} is no picture that can be read.", url, reason="no picture") from error


def _check_size(size: tuple[int, int], url: str) -> None:
    width, height = size
    if width * height > MOST_PIXELS:
        raise FetchError(f"{url} is a picture of too many pixels: {width}×{height}.", url, reason="too large")
    if min(size) < SMALLEST:
        raise FetchError(f"{url} is too small to be a picture of the story.", url, reason="too small")


def _upright(found: Image) -> Image:
    """The first picture of a file, as it is to be seen: turned as the camera was, on white where it is transparent."""
    from PIL import Image

    found.thumbnail(_BOX) if found.mode in ("RGB", "L") else None
    turned = _turned(found)
    if turned.mode in ("RGB", "L"):
        return turned.convert("RGB")
    layered = turned.convert("RGBA")
    layered.thumbnail(_BOX)
    ground = Image.new("RGB", layered.size, "white")
    ground.paste(layered, mask=layered.getchannel("A"))
    return ground


def _turned(found: Image) -> Image:
    """The picture turned as the camera was, where what it noted of that can be read."""
    from PIL import ImageOps

    try:
        return ImageOps.exif_transpose(found)
    except SPOILT:
        return found


def _small(picture: Image) -> Picture:
    """The picture in as few bytes as it has to have, by its quality first and then by its size."""
    picture.thumbnail(_BOX)
    while True:
        for quality in _QUALITIES:
            out = io.BytesIO()
            picture.save(out, "WEBP", quality=quality, method=4)
            if out.tell() <= LARGEST_KEPT:
                return Picture(*picture.size, out.getvalue())
        picture = picture.resize((max(1, picture.width * 2 // 3), max(1, picture.height * 2 // 3)))
