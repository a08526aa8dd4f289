"""The charset of a feed, what may stand before it, and what is mended in it."""

import pytest

from fetch.errors import NotASource
from fetch.feeds import parse_feed
from fetch.feeds.xml_text import decoded, document_in, mended

URL = "https://gazette.example/feed.xml"
TEXT = "Größe und Maß der Mole – 5 €"
RUSSIAN = "Мол закрыт до весны, сообщает смотритель порта"
JAPANESE = "防波堤は春まで閉鎖されます、と港長が言いました。"


def feed(title: str, declaration: str = "<?xml version='1.0'?>", root: str = "rss") -> str:
    return (
        f"{declaration}<{root} version='2.0'><channel><title>G</title><item><title>{title}</title>"
        f"<link>https://gazette.example/1</link></item></channel></{root}>"
    )


def title_of(body: bytes, content_type: str = "") -> str:
    return parse_feed(body, content_type, URL)[0].headline


def declaring(label: str) -> str:
    return f"<?xml version='1.0' encoding='{label}'?>"


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("utf-8", "utf-8", TEXT),
        ("ISO-8859-1", "cp1252", TEXT),
        ("l1", "cp1252", TEXT),
        ("iso8859-1", "cp1252", TEXT),
        ("us-ascii", "cp1252", TEXT),
        ("windows-1251", "cp1251", RUSSIAN),
        ("koi8-r", "koi8-r", RUSSIAN),
        ("Shift_JIS", "cp932", JAPANESE),
        ("euc-jp", "euc_jp", JAPANESE),
        ("iso-2022-jp", "iso-2022-jp", JAPANESE),
    ],
)
def test_a_stated_charset_by_the_labels_of_the_web(label: str, codec: str, text: str) -> None:
    body = feed(text).encode(codec)
    assert title_of(body, f"application/rss+xml; charset={label}") == text
    assert title_of(feed(text, declaring(label)).encode(codec)) == text
    assert title_of(feed(text, declaring(label)).encode(codec), "application/xml") == text


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_byte_order_mark_or_zeros_come_first(codec: str) -> None:
    assert title_of(feed(TEXT, declaring("iso-8859-1")).encode(codec), "text/xml; charset=windows-1251") == TEXT


def test_the_header_comes_before_the_declaration() -> None:
    body = feed(RUSSIAN, declaring("iso-8859-1")).encode("cp1251")
    assert title_of(body, "text/xml; charset=windows-1251") == RUSSIAN


def test_sound_utf_8_is_utf_8_whatever_else_is_stated() -> None:
    assert title_of(feed(TEXT, declaring("utf-8")).encode(), "text/xml; charset=iso-8859-1") == TEXT


@pytest.mark.parametrize("declaration", [declaring("utf-8"), "<?xml version='1.0'?>", ""])
def test_one_bad_byte_costs_one_character(declaration: str) -> None:
    assert title_of(feed(f"{TEXT} ?", declaration).encode().replace(b" ?", b" \xff")) == f"{TEXT} \ufffd"


def test_one_bad_byte_in_plain_ascii_is_replaced_where_utf_8_is_stated() -> None:
    assert title_of(feed("Plain ?", declaring("utf-8")).encode().replace(b" ?", b" \xff")) == "Plain \ufffd"
    assert title_of(feed("Caf?").encode().replace(b"f?", b"f\xe9")) == "Café"


def test_a_character_cut_in_two_costs_itself() -> None:
    assert (
        title_of(feed("Größe …", declaring("utf-8")).encode().replace(b"\xe2\x80\xa6", b"\xe2\x80")) == "Größe \ufffd"
    )


def test_a_bad_byte_in_another_stated_charset_keeps_it() -> None:
    body = feed(f"{JAPANESE} ?", declaring("euc-jp")).encode("euc_jp").replace(b" ?", b" \xff")
    assert title_of(body) == f"{JAPANESE} \ufffd"


@pytest.mark.parametrize(("codec", "text"), [("cp1251", RUSSIAN), ("koi8-r", RUSSIAN), ("cp932", JAPANESE)])
def test_evidence_where_nothing_is_stated(codec: str, text: str) -> None:
    assert title_of(feed(text).encode(codec)) == text


@pytest.mark.parametrize("label", ["idna", "undefined", "punycode", "zlib_codec", "utf-7", "nonsense"])
def test_a_label_that_names_no_charset_of_the_web_is_passed_over(label: str) -> None:
    assert title_of(feed(TEXT, declaring(label)).encode(), f"text/xml; charset={label}") == TEXT


def test_figures_of_windows_are_the_characters_meant() -> None:
    assert title_of(feed("The keeper&#146;s \x93lamp\x94").encode()) == "The keeper’s “lamp”"


@pytest.mark.parametrize(
    "before",
    [
        "\n\n ",
        "\ufeff\n",
        "<!-- " + "a licence of many words " * 4000 + "-->\n",
        "<br />\n<b>Warning</b>:  Undefined array key in <b>/srv/feed.php</b> on line <b>12</b><br />\n",
        "Notice: session already started in /srv/feed.php on line 3\n",
    ],
    ids=["blank", "mark", "comment", "warning", "notice"],
)
def test_what_stands_before_a_feed(before: str) -> None:
    assert title_of(f"{before}{feed(TEXT)}".encode()) == TEXT


def test_a_long_comment_between_declaration_and_root() -> None:
    assert title_of(feed(TEXT, f"<?xml version='1.0'?><!-- {'x' * 40_000} -->").encode()) == TEXT


@pytest.mark.parametrize(
    "body", [b"", b"Not found", b"<!doctype html><html><body>x</body></html>", b"<catalog/>", b"<"]
)
def test_what_is_no_feed(body: bytes) -> None:
    with pytest.raises(NotASource):
        parse_feed(body, "text/xml", URL)


def test_entities_of_html_and_bare_ampersands() -> None:
    assert (
        title_of(feed("Caf&eacute;&nbsp;&amp; bar & quay &unknown; a&b").encode()) == "Café & bar & quay &unknown; a&b"
    )


def test_what_is_in_a_cdata_section_is_not_mended() -> None:
    assert mended("<a>&nbsp;<![CDATA[&nbsp; & ]]>&amp;&#38;</a>") == "<a>\xa0<![CDATA[&nbsp; & ]]>&amp;&amp;</a>"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("A&#11;B&#x1F;C&#0;D", "ABCD"),
        ("&#xD800;&#55357;&#56832;&#xFFFE;", "😀"),
        ("&#60;b&#62; &#x26;amp; &#99999999;", "&lt;b&gt; &amp;amp; "),
        ("&#233;&#X20AC;", "é€"),
    ],
)
def test_references_to_what_is_no_character_of_xml_are_left_out(written: str, meant: str) -> None:
    assert mended(f"<a>{written}</a>") == f"<a>{meant}</a>"


def test_controls_are_left_out() -> None:
    assert title_of(feed("Mole\x0b \x1bdone\ufffe").encode()) == "Mole done"


def test_the_root_is_found_by_name() -> None:
    assert document_in("<?xml version='1.0'?>\n<!-- x --><RSS version='2'>")[1] == "rss"
    assert document_in("<rdf:RDF xmlns:rdf='x'>") == ("<rdf:RDF xmlns:rdf='x'>", "rdf")
    assert document_in("<!DOCTYPE rss SYSTEM 'x'><rss>") == ("<rss>", "rss")
    assert document_in("words only") == ("", "")


def test_bytes_of_a_mainframe() -> None:
    assert decoded("<?xml version='1.0' encoding='cp500'?><rss/>".encode("cp500")).endswith("<rss/>")
