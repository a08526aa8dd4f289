"""Charset labels, and what a stranger may write in their place."""

from __future__ import annotations

import codecs

import pytest
from webencodings.labels import LABELS

from fetch.charsets import codec_of
from fetch.decoding import detect
from fetch.extract import extract
from fetch.feeds import parse_feed
from fetch.sections import find_teasers
from tests.newsroom import feed, headline, page

NO_CHARSETS = (
    "idna undefined punycode unicode_escape raw_unicode_escape zlib_codec rot13 base64 mbcs utf-7 nonsense".split()
)
URL = "https://harbour.example/news/mole"


def test_every_label_of_the_standard_has_a_codec_that_decodes_anything() -> None:
    for label in LABELS:
        codec = codec_of(f' "{label.upper()}"')
        assert not codec or isinstance(bytes(range(256)).decode(codec, "replace"), str)
        assert not codec or codecs.lookup(codec)


@pytest.mark.parametrize(
    ("label", "codec"),
    [("ISO-8859-1", "cp1252"), ("gb2312", "gb18030"), ("utf-16le", "utf-16"), ("Shift_JIS", "cp932"), ("", "")],
)
def test_a_label_means_what_browsers_take_it_for(label: str, codec: str) -> None:
    assert codec_of(label) == codec


@pytest.mark.parametrize("label", NO_CHARSETS)
def test_what_is_no_charset_is_passed_over(label: str) -> None:
    assert codec_of(label) == ""
    marked = page("mole").replace("<head>", f"<head><meta charset={label}>").encode() + b"\xe4"
    assert extract(marked, URL, content_type=f"text/html; charset={label}").headline == headline("mole")
    assert isinstance(find_teasers(marked, URL), list)
    declared = feed("https://harbour.example", ["mole"]).replace('"1.0"?', f'"1.0" encoding="{label}"?')
    for body in (declared.encode(), declared.replace("<title>", "<title>ä ").encode()):
        assert len(parse_feed(body, f"application/rss+xml; charset={label}", URL)) == 1


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("cp1252", "Grüße aus dem Café über die Brücke"),
        ("cp1252", "Café"),
        ("cp1252", "Färjan går till ön på måndag"),
        ("cp1252", "A reunião não será amanhã à tarde, diz a direção"),
        ("cp1252", "La città è più bella, perché c'è il mare"),
        ("cp1252", "Þetta er ágætt veður á Íslandi"),
        ("cp1252", "GRÜSSE AUS KÖLN"),
        ("cp1252", "He said “no” – twice"),
        ("cp1251", "Привет всем на пристани"),
        ("cp1251", "«Ёлки» и 5G"),
        ("cp1251", "Новый iPhone и Telegram в России"),
        ("koi8-r", "Новый iPhone и Telegram в России"),
        ("cp1253", "Η νέα έκδοση του Windows"),
        ("cp1255", "הגרסה החדשה של Windows"),
        ("cp1256", "مرحبا بكم في الميناء"),
        ("gb18030", "港口会议的新iPhone发布"),
    ],
)
def test_a_charset_that_nothing_names_is_told_by_a_headline(codec: str, text: str) -> None:
    assert text.encode(codec).decode(detect(text.encode(codec), "")) == text
