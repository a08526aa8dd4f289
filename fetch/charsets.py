"""Charset labels: those of the WHATWG Encoding Standard, and Python's codec for each.

Python knows many more names, and what some of them stand for raises, runs for long or is no text at all (idna,
undefined, punycode, unicode_escape, zlib_codec): whatever a stranger names is looked up here, never in `codecs`.
"""

from __future__ import annotations

_SUPERSETS = {
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
    "big5": "big5hkscs",
    "euc-jp": "euc_jp",
    "windows-874": "cp874",
    "iso-8859-8-i": "iso-8859-8",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "ibm866": "cp866",
}
"""Where the standard's encoding has another name in Python, or holds more than Python's codec of the same name."""
_OFTEN_WRITTEN = {"latin-1": "windows-1252", "utf8mb4": "utf-8", "gb_2312-80": "gbk"}
_NO_CHARSET = ("x-user-defined", "replacement")


def codec_of(label: str) -> str:
    """Python's codec for a charset's label, "" for what is no label of the standard; UTF-16 in any order is "utf-16".

    >>> codec_of("ISO-8859-1"), codec_of("idna")
    ('cp1252', '')
    """
    name = label.strip(" \t\n\r\f\"'").lower()
    if name in ("utf-8", "utf8"):
        return "utf-8"
    from webencodings.labels import LABELS

    encoding: str = _OFTEN_WRITTEN.get(name) or LABELS.get(name, "")
    if encoding in _NO_CHARSET:
        return ""
    if encoding.startswith("utf-16"):
        return "utf-16"
    if encoding.startswith("windows-125"):
        return encoding.replace("windows-", "cp")
    return _SUPERSETS.get(encoding, encoding)
