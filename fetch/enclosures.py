"""The files that a feed hands out with its entries, as labelled links; and the text that it carries itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from urllib.parse import unquote

from fetch.article import Block, Embed, Enclosure, Paragraph, Teaser
from fetch.text import clean

_KINDS = {"audio": "Audio", "video": "Video", "image": "Picture", "text": "Text"}
_KINDS_BY_TYPE = {"application/pdf": "PDF", "application/epub+zip": "EPUB"}
_BEHIND_PATH = re.compile(r"[?#].*", re.DOTALL)
_UNITS = ((1e9, "GB"), (1e6, "MB"), (1e3, "kB"))


def own_text(teaser: Teaser) -> str:
    """What the feed itself carries of an entry, with the files handed out with it, as HTML."""
    text = teaser.content or (f"<p>{escape(teaser.summary)}</p>" if teaser.summary else "")
    return text + "".join(map(_link_to, teaser.enclosures))


def _link_to(enclosure: Enclosure) -> str:
    """A paragraph that is a link to a file, labelled with what it is: its kind, name, type and size."""
    return f'<p><a href="{escape(enclosure.url)}">{escape(label_of(enclosure))}</a></p>'


def with_enclosures(body: tuple[Block, ...], enclosures: Sequence[Enclosure]) -> tuple[Block, ...]:
    """A body, and behind it a labelled link to each file handed out with it that it does not lead to already."""
    if not enclosures:
        return body
    linked = {span.href for block in body if isinstance(block, Paragraph) for span in block.spans}
    linked |= {block.href for block in body if isinstance(block, Embed)}
    files = [each for each in dict.fromkeys(enclosures) if each.url not in linked]
    return (*body, *(Embed(_kind_of(each).lower(), each.url, _name_of(each)) for each in files))


def label_of(enclosure: Enclosure) -> str:
    """What a file is, in a line: "Audio: one.mp3 (audio/mpeg, 1.2 MB)"."""
    return f"{_kind_of(enclosure)}: {_name_of(enclosure)}"


def file_name(enclosure: Enclosure) -> str:
    """The name of a file by its address, or its host where that names none."""
    place = _BEHIND_PATH.sub("", enclosure.url.partition("://")[2] or enclosure.url, count=1)
    host, _, path = place.partition("/")
    return clean(unquote(path.rpartition("/")[2])) or host


def _kind_of(enclosure: Enclosure) -> str:
    return _KINDS_BY_TYPE.get(enclosure.type) or _KINDS.get(enclosure.type.partition("/")[0], "File")


def _name_of(enclosure: Enclosure) -> str:
    """The name of a file, with its type and size where they are known."""
    name = file_name(enclosure)
    details = ", ".join(filter(None, (enclosure.type, _size(enclosure.size))))
    return f"{name} ({details})" if details else name


def _size(size: int) -> str:
    for unit, name in _UNITS:
        if size >= unit:
            return f"{size / unit:.1f} {name}"
    return f"{size} bytes" if size else ""
