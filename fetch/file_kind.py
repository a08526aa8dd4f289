"""What a body is by its own bytes, whatever its header says: text, or which kind of file that is none.

The signatures are those of the formats themselves; the bytes that no text holds are the "binary data bytes" of the
WHATWG MIME Sniffing Standard (7.1).
"""

from __future__ import annotations

import re
import unicodedata

from fetch.errors import NotAnArticle

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"ID3", "MP3"),
    (b"OggS", "Ogg"),
    (b"fLaC", "FLAC"),
    (b"\x1aE\xdf\xa3", "WebM or Matroska"),
    (b"FLV\x01", "FLV"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office document"),
    (b"{\\rtf", "RTF"),
    (b"%!PS", "PostScript"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"\x7fELF", "program"),
    (b"\x00asm", "program"),
    (b"wOFF", "font"),
    (b"wOF2", "font"),
    (b"OTTO\x00", "font"),
)
_IN_ZIP = ((b"mimetypeapplication/epub+zip", "EPUB"), (b"word/", "Word"), (b"ppt/", "PowerPoint"), (b"xl/", "Excel"))
_RIFF = {b"WAVE": "WAV", b"AVI ": "AVI", b"WEBP": "WebP"}
_MPEG_AUDIO = re.compile(rb"\xff[\xe2-\xe7\xf2-\xf7\xfa-\xfd]")
_AS_SOURCE = ("add", "keeps it as a source")
_TO_DO = {
    "feed": _AS_SOURCE,
    "sitemap": _AS_SOURCE,
    "section page": _AS_SOURCE,
    "list of sources": ("add", "keeps the sources in it"),
}
_HEAD = 1024  # bytes; so far in a PDF's signature may stand (ISO 32000, annex H)
_NOT_IN_TEXT = bytes([*range(9), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20)])
_MOST = 0.01  # of the bytes of a text may be such; of what is compressed or encrypted a tenth are
_SAMPLE = 65_536
_CHARACTERS = 4096
_MARKS = (b"\xff\xfe", b"\xfe\xff")
_STRANGE = {"Cc", "Cn", "Co", "Cs"}


def file_kind(body: bytes) -> str:
    """The kind of file that a body is ("PDF", "MP3"), "binary" for one that is not known, "" for text of any sort."""
    if kind := _signed(body):
        return kind
    return "" if _is_text(body) else "binary"


def no_text_error(body: bytes, url: str) -> NotAnArticle | None:
    """The error for a body that is no text; None where it is."""
    kind = file_kind(body)
    if not kind:
        return None
    name = url or "The file"
    if kind == "binary":
        return NotAnArticle(f"{name} is not text.", url, reason="not text")
    return NotAnArticle(f"{name} is not text ({kind}).", url, reason=f"not text ({kind})")


def other_kind_error(url: str, kind: str) -> NotAnArticle:
    """The error for what is something else than an article, and what to do with it where it is a source."""
    sentence = f"{url or 'The file'} is a {kind}, not an article"
    if kind in _TO_DO:
        verb, outcome = _TO_DO[kind]
        sentence += f"; `broadsheet {verb} {url or 'ADDRESS'}` {outcome}"
    return NotAnArticle(f"{sentence}.", url, reason=kind)


def _signed(body: bytes) -> str:
    """The kind that the first bytes of a file name, "" where they name none."""
    for start, kind in _STARTS:
        if body.startswith(start):
            return kind
    if body.startswith(b"PK\x03\x04"):
        return next((kind for mark, kind in _IN_ZIP if mark in body[:_SAMPLE]), "ZIP")
    if body.startswith(b"RIFF"):
        return _RIFF.get(body[8:12], "RIFF")
    if body[4:8] == b"ftyp":
        return "MP4"
    head = body[:_HEAD]
    if b"%PDF-" in head and b"<" not in head.partition(b"%PDF-")[0]:
        return "PDF"
    return "MP3" if _MPEG_AUDIO.match(body) and not _is_text(body) else ""


def _is_text(body: bytes) -> bool:
    sample = body[:_SAMPLE]
    if not sample.startswith(_MARKS) and len(sample.translate(None, _NOT_IN_TEXT)) >= len(sample) * (1 - _MOST):
        return True
    return any(_reads(sample[: 2 * _CHARACTERS], codec) for codec in ("utf-16-le", "utf-16-be"))


def _reads(sample: bytes, codec: str) -> bool:
    """Whether bytes are text in UTF-16: hardly a character that is none, and some of the markup's own."""
    characters = sample.decode(codec, "replace").lstrip("\ufeff")
    strange = sum(unicodedata.category(one) in _STRANGE and one not in "\t\n\r\f" for one in characters)
    plain = sum(" " <= one <= "~" for one in characters)
    return strange <= len(characters) * 0.02 < plain
