"""The files that a feed hands out with its entries, as labelled links; and the text that it carries itself."""

from __future__ import annotations

from html import escape
from urllib.parse import unquote, urlsplit

from fetch.article import Enclosure, Teaser

_KINDS = {"audio": "Audio", "video": "Video", "image": "Picture", "text": "Text"}
_KINDS_BY_TYPE = {"application/pdf": "PDF", "application/epub+zip": "EPUB"}
_UNITS = ((1e9, "GB"), (1e6, "MB"), (1e3, "kB"))


def own_text(teaser: Teaser) -> str:
    """What the feed itself carries of an entry, with the files handed out with it, as HTML."""
    text = teaser.content or (f"<p>{escape(teaser.summary)}</p>" if teaser.summary else "")
    return text + "".join(map(_link_to, teaser.enclosures))


def _link_to(enclosure: Enclosure) -> str:
    """A paragraph that is a link to a file, labelled with what it is: its kind, name, type and size."""
    return f'<p><a href="{escape(enclosure.url)}">{escape(label_of(enclosure))}</a></p>'


def label_of(enclosure: Enclosure) -> str:
    """What a file is, in a line: "Audio: one.mp3 (audio/mpeg, 1.2 MB)"."""
    kind = _KINDS_BY_TYPE.get(enclosure.type) or _KINDS.get(enclosure.type.partition("/")[0], "File")
    name = unquote(urlsplit(enclosure.url).path.rpartition("/")[2]) or urlsplit(enclosure.url).netloc
    details = ", ".join(filter(None, (enclosure.type, _size(enclosure.size))))
    return f"{kind}: {name} ({details})" if details else f"{kind}: {name}"


def _size(size: int) -> str:
    for unit, name in _UNITS:
        if size >= unit:
            return f"{size / unit:.1f} {name}"
    return f"{size} bytes" if size else ""
