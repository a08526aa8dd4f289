"""Which charset a page is in: what it says, unless it lies; then what its bytes say."""

import pytest

from fetch.extract import extract
from fetch.extract.markup.document import charset_of, parse
from fetch.sections import find_teasers

WORDS = {
    "de": "Die Bürgermeisterin eröffnet die Brücke über den Fluß; größer, schöner, teurer. ",
    "fr": "L’été dernier, les élèves ont planté des chênes près de la forêt ; « c’était prévu ». ",
    "ru": "Мэр открыл новый мост через реку, движение по нему начнётся в понедельник. ",
    "ja": "港湾会議は月曜日、新しい防波堤の建設を承認した。工事は来年の春に始まる予定だ。",
    "zh": "港口委员会星期一批准建设新的防波堤，工程将于明年春天开始，预计三年完成。",
    "tw": "港口委員會星期一批准建設新的防波堤，工程將於明年春天開始，預計三年完成。",
    "ko": "항만위원회는 월요일 새 방파제 건설을 승인했으며 공사는 내년 봄에 시작될 예정이다. ",
    "el": "Ο δήμαρχος άνοιξε τη νέα γέφυρα πάνω από το ποτάμι τη Δευτέρα το πρωί. ",
    "pl": "Burmistrz otworzył nowy most nad rzeką; źródła mówią, że był już najwyższy czas. ",
    "he": "ראש העיר פתח את הגשר החדש מעל הנהר ביום שני בבוקר בנוכחות תושבים רבים. ",
}
DECLARED = [
    ("de", "windows-1252"), ("de", "iso-8859-1"), ("fr", "windows-1252"), ("ru", "koi8-r"), ("ru", "windows-1251"),
    ("ja", "shift_jis"), ("ja", "euc-jp"), ("zh", "gb18030"), ("zh", "gb2312"), ("zh", "gbk"), ("tw", "big5"),
    ("ko", "euc-kr"),
    ("el", "iso-8859-7"), ("pl", "iso-8859-2"), ("pl", "windows-1250"), ("he", "windows-1255"), ("he", "iso-8859-8"),
]  # fmt: skip


def page(language: str, meta: str = "") -> str:
    text = "".join(f"<p>{WORDS[language] * 4}</p>" for _ in range(4))
    head = f"<!doctype html><html lang={language}><head>{meta}<title>x</title></head>"
    return f"{head}<body><article><h1>H</h1>{text}</article></body></html>"


def encoded(text: str, charset: str) -> bytes:
    return (
        text.encode(charset, "replace").replace(b"?", b"'")
        if charset == "iso-8859-1"
        else text.encode(charset, "ignore")
    )


def read(body: bytes, content_type: str = "") -> str:
    return " ".join(parse(body, content_type).css_first("article").text().split())


def wanted(language: str, charset: str) -> str:
    return encoded(WORDS[language], charset).decode(charset).strip()


@pytest.mark.parametrize(("language", "charset"), DECLARED)
def test_what_the_page_says_of_itself(language: str, charset: str) -> None:
    body = encoded(page(language, f'<meta charset="{charset}">'), charset)
    assert wanted(language, charset) in read(body)


@pytest.mark.parametrize(("language", "charset"), DECLARED)
def test_what_the_old_meta_says(language: str, charset: str) -> None:
    body = encoded(
        page(language, f"<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset={charset.upper()}'>"), charset
    )
    assert wanted(language, charset) in read(body)


@pytest.mark.parametrize(("language", "charset"), DECLARED)
def test_what_the_header_says(language: str, charset: str) -> None:
    body = encoded(page(language), charset)
    assert wanted(language, charset) in read(body, f"text/html; charset={charset}")


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_says_so_itself(language: str, charset: str) -> None:
    text = page(language)
    body = (b"\xff\xfe" if charset == "utf-16-le" else b"\xfe\xff" if charset == "utf-16-be" else b"") + text.encode(
        charset
    )
    assert WORDS[language].strip() in read(body)


@pytest.mark.parametrize(
    ("language", "said", "really"),
    [
        ("de", "iso-8859-1", "utf-8"),
        ("de", "windows-1252", "utf-8"),
        ("de", "utf-8", "windows-1252"),
        ("fr", "utf-8", "windows-1252"),
        ("ru", "iso-8859-1", "utf-8"),
        ("ru", "utf-8", "windows-1251"),
        ("ja", "iso-8859-1", "utf-8"),
        ("ja", "shift_jis", "utf-8"),
        ("ja", "utf-8", "shift_jis"),
        ("zh", "gb2312", "utf-8"),
        ("zh", "utf-8", "gb18030"),
        ("ko", "utf-8", "euc-kr"),
        ("pl", "no-such-charset", "utf-8"),
        ("de", "utf-16", "utf-8"),
        ("de", "base64", "utf-8"),
    ],
)
@pytest.mark.parametrize("where", ["meta", "header"])
def test_a_label_that_lies_loses(language: str, said: str, really: str, where: str) -> None:
    body = encoded(page(language, f"<meta charset={said}>" if where == "meta" else ""), really)
    assert wanted(language, really) in read(body, f"text/html; charset={said}" if where == "header" else "text/html")


@pytest.mark.parametrize(
    ("language", "charset"),
    [("de", "windows-1252"), ("ru", "windows-1251"), ("ru", "koi8-r"), ("ja", "shift_jis"), ("ja", "euc-jp"),
     ("zh", "gb18030"), ("ko", "euc-kr"), ("tw", "big5")],
)  # fmt: skip
def test_what_nothing_names_is_guessed(language: str, charset: str) -> None:
    assert wanted(language, charset) in read(encoded(page(language), charset))


def test_bad_bytes_are_marked_and_stop_nothing() -> None:
    body = page("de", "<meta charset=utf-8>").encode().replace(b"teurer", b"teu\xff\xfe\xc3rer", 1)
    text = read(body)
    assert "\ufffd" in text
    assert "Brücke" in text


def test_the_article_and_the_listing_are_read_alike() -> None:
    body = encoded(page("ru", "<meta charset=koi8-r>"), "koi8-r")
    assert "Мэр открыл новый мост" in extract(body, "https://gazette.example/a").text
    row = "<h3><a href='/2024/03/05/novyy-most-cherez-reku'>Мэр открыл новый мост через реку</a></h3>"
    (teaser,) = find_teasers(f"<meta charset=koi8-r>{row}".encode("koi8-r"), "https://gazette.example/")
    assert teaser.headline == "Мэр открыл новый мост через реку"


def test_pure_ascii_costs_no_guess() -> None:
    assert charset_of(b"<p>plain</p>", "text/html; charset=shift_jis") == "utf-8"
