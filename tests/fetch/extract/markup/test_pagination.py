"""Where an article goes on: its next page, and nobody else's."""

from __future__ import annotations

import pytest

from fetch.article import Article, Paragraph, Span
from fetch.extract import extract_page
from fetch.extract.markup.document import parse
from fetch.extract.markup.page_index import index_page
from fetch.extract.markup.pagination import join_pages, next_page_url

URL = "https://gazette.example/news/mole"


def page(link: str) -> bytes:
    return f"<!doctype html><title>Mole</title><body>{link}<p>The mole is late again.</p>".encode()


def next_page_of(markup: bytes, url: str) -> str:
    return next_page_url(index_page(parse(markup)), url)


@pytest.mark.parametrize(
    ("link", "url", "expected"),
    [
        ("<link rel=next href='/news/mole?page=2'>", URL, URL + "?page=2"),
        ("<div class=pagination><a href='/news/mole/page/2'>2</a></div>", URL, URL + "/page/2"),
        ("<div class=pagination><a href='/news/mole?page=3'>Next</a></div>", URL + "?page=2", URL + "?page=3"),
        ("<a rel=next href='/news/another-story'>Next story</a>", URL, ""),
        ("<a rel=next href='/news/mole?page=2'>Next</a>", URL + "?page=2", ""),
        ("<a rel=next href='/news/mole?page=99'>Next</a>", URL + "?page=98", ""),
        ("", URL, ""),
    ],
)
def test_the_next_page_of_a_story(link: str, url: str, expected: str) -> None:
    assert next_page_of(page(link), url) == expected


@pytest.mark.parametrize(
    "link",
    [
        '<link rel=next href="/news/another-story">',
        '<link rel=next href="/news/mole?page=7">',
        '<link rel=next href="https://elsewhere.example/news/mole?page=2">',
        '<link rel=next href="javascript:next()">',
    ],
)
def test_the_next_page_is_of_the_same_story(link: str) -> None:
    assert next_page_of(page(link), URL) == ""


@pytest.mark.parametrize(
    ("link", "url", "expected"),
    [
        ("<a class=w href='/news/mole?seite=2'>Weiter auf Seite 2</a>", URL, URL + "?seite=2"),
        ("<a href='?page=2'>Continue reading on page 2</a>", URL, URL + "?page=2"),
        ("<a href='/news/mole?page=2'>Next page »</a>", URL, URL + "?page=2"),
        ("<nav class=pagination><a rel=next href='/news/mole?start=2'>Next page</a></nav>", URL, URL + "?start=2"),
        ("<link rel=next href='/news/mole/2/'>", URL, URL + "/2/"),
        ("<a class=post-page-numbers href='/news/mole/3/'>3</a>", URL + "/2/", URL + "/3/"),
        ("<div class=page-links><a href='/news/mole/2/'>2</a> <a href='/news/mole/3/'>3</a></div>", URL, URL + "/2/"),
        ("<link rel=next href='/news/mole-2.html'>", URL + ".html", URL + "-2.html"),
        ("<link rel=next href='/news/mole-2.html'>", URL + "-1.html", URL + "-2.html"),
        ("<a href='/news/mole,3.html'>Nächste Seite</a>", URL + ",2.html", URL + ",3.html"),
        ("<a href='/news/mole_2.html'>Page suivante</a>", URL + ".html", URL + "_2.html"),
        ("<a href='/news/mole?page=2'>2 comments</a>", URL, ""),
        ("<a href='/news/mole?page=2'>Comments</a>", URL, ""),
        ("<a href='/news/mole/amp'>Next</a>", URL, ""),
        ("<link rel=next href='/?p=12'>", "https://gazette.example/?p=11", ""),
        ("<a rel=next href='/?p=12'>Next post</a>", "https://gazette.example/?p=11", ""),
        ("<a rel=next href='/2'>Next</a>", "https://gazette.example/", ""),
        ("<a href='/news/mole-late-again'>Next page</a>", URL, ""),
    ],
)
def test_the_next_page_in_other_forms(link: str, url: str, expected: str) -> None:
    assert next_page_of(page(link), url) == expected


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("<link rel='next nofollow' href='/news/mole?page=2'>", "?page=2"),
        ("<link rel=NEXT href='/news/mole?page=2'>", "?page=2"),
        ("<base href='https://gazette.example/news/'><link rel=next href='mole?page=2'>", "?page=2"),
        ("<base href='https://gazette.example/news/'><a href='mole?page=2'>Next page</a>", "?page=2"),
        ("<a rel=next href='/news/mole?sida=2'>Nästa</a>", "?sida=2"),
        ("<a rel=next href='/news/mole?pageNum=2'>Next</a>", "?pageNum=2"),
        ("<a href='/news/mole?strana=2'>Další strana</a>", "?strana=2"),
        *(
            (f"<a href='/news/mole?page=2'>{words}</a>", "?page=2")
            for words in (
                "Lire la suite (page 2)", "Continua a pagina 2", "Lees verder op pagina 2", "Наступна сторінка",
                "Seuraava sivu", "Sonraki sayfa", "다음 페이지", "الصفحة التالية", "Επόμενη σελίδα", "Következő oldal",
                "Pagina următoare", "לעמוד הבא", "صفحه بعد", "Trang sau", "Halaman selanjutnya", "अगला पेज",
                "次のページ",
                "Fortsätt på sida 2", "Page 2 of 3",
            )
        ),
        ("<a href='/news/mole?page=2'>Comments, page 2</a>", ""),
        ("<a href='/news/mole?page=2#comments'>Next page</a>", ""),
        ("<div id=comments><ul><li><a href='/news/mole?page=2'>Next page</a></ul></div>", ""),
        ("<div class='comments-pagination'><a rel=next href='/news/mole?page=2'>Next</a></div>", ""),
    ],
)  # fmt: skip
def test_the_next_page_in_other_languages_and_not_that_of_the_comments(link: str, expected: str) -> None:
    assert next_page_of(page(link), URL) == (URL + expected if expected else "")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (".html", ".2.html"), (".html", "~2.html"), ("", ";page=2"), ("/index.html", "/index2.html"),
        ("/index.html", "/index_2.html"), ("", "/p2"), ("", "/sida/2"), ("", "/strana-2"), ("?id=7", "?page=2&id=7"),
        ("?page=1&id=7", "?page=2&id=7"), ("?id=7&page=1", "?id=7&page=2"), ("/1.html", "/2.html"),
    ],
)  # fmt: skip
def test_the_next_page_by_its_number_wherever_it_stands(first: str, second: str) -> None:
    for link in (f"<link rel=next href='{URL}{second}'>", f"<a href='{URL}{second}'>Next page</a>"):
        assert next_page_of(page(link), URL + first) == URL + second
        assert next_page_of(page(link.replace("2", "3")), URL + first) == ""


@pytest.mark.parametrize(
    ("link", "follows"),
    [
        ("<a href='?page=2' aria-label='Next page'>›</a>", True),
        ("<a href='/news/mole?page=2' title='Next page'><i class=icon></i></a>", True),
        ("<a href='/news/mole?page=2'><img src=x alt='Nächste Seite'></a>", True),
        ("<a href='/news/mole?page=2' class=next>›</a>", True),
        ("<li class=next><a href='/news/mole?page=2'></a>", True),
        ("<p>Page: 1 <a href='/news/mole?page=2'>[2]</a></p>", True),
        ("<a href='/news/mole?page=2'>2 / 3</a>", True),
        ("<a href='/news/mole?page=2'>Continue reading →</a>", True),
        ("<a href='/news/mole?page=2'>Lesen Sie auf der nächsten Seite mehr</a>", True),
        ("<a href='/news/mole?page=2'>Auf Seite 2: Was nun?</a>", True),
        ("<a href='/news/mole?page=2'>Next: The second mole</a>", True),
        ("<a href='/news/mole/part-2'>Part 2: The tide</a>", False),
        ("<a href='/news/mole?page=2'><img src=x alt='The mole'></a>", False),
        ("<a href='/news/mole?page=2'>The mole by night</a>", False),
    ],
)
def test_the_next_page_by_what_its_link_says_or_shows(link: str, follows: bool) -> None:
    assert bool(next_page_of(page(link), URL)) is follows


@pytest.mark.parametrize(
    "words",
    ["Leggi su una pagina", "Na jednej stronie", "Ver em uma única página", "På en sida", "Tek sayfada göster",
     "View as a single page", "Read on a single page", "Na jedné stránce", "Egy oldalon", "Pagina unica",
     "На одній сторінці", "한 페이지로 보기", "Komplettansicht", "Full article on one page", "閱讀全文"],
)  # fmt: skip
def test_the_whole_on_one_page_in_other_languages(words: str) -> None:
    markup = page(f"<a href='/news/mole?page=all'>{words}</a> <a href='/news/mole?page=2'>Next</a>")
    assert next_page_of(markup, URL) == URL + "?page=all"


@pytest.mark.parametrize(
    ("whole", "expected"),
    [
        ("<a href='/news/mole?page=all'>Read on one page</a>", "?page=all"),
        ("<a href='/news/mole/all'>Auf einer Seite lesen</a>", "/all"),
        ("<a href='/news/mole?singlePage=true'>Single page</a>", "?singlePage=true"),
        ("<a href='/news/mole'>View all</a>", "?page=2"),
        ("<a href='/news/tide?page=all'>Read on one page</a>", "?page=2"),
    ],
)
def test_the_whole_on_one_page_is_preferred(whole: str, expected: str) -> None:
    markup = page(f"{whole} <a href='/news/mole?page=2'>Next</a>")
    assert next_page_of(markup, URL) == URL + expected
    assert next_page_of(markup, URL + "?page=all") == ""


@pytest.mark.parametrize(
    ("link", "url", "expected"),
    [
        ("<link rel=next href='/news/mole?start=10'>", URL, "?start=10"),
        ("<link rel=next href='/news/mole?start=20'>", URL + "?start=10", "?start=20"),
        ("<a rel=next href='/news/mole?offset=5'>More</a>", URL, "?offset=5"),
        ("<link rel=next href='/news/mole?page=1'>", URL, None),  # so Drupal names further comments
        ("<link rel=next href='/news/mole?currentPage=2'>", URL, "?currentPage=2"),
        ("<link rel=next href='/news/mole?page=7'>", URL, None),
        ("<link rel=next href='/news/mole?start=5'>", URL + "?start=10", None),
        ("<link rel=next href='/news/tide?start=10'>", URL, None),
        ("<a href='/news/mole?start=10'>Next</a>", URL, None),
        ("<link rel=next href='https://gazette.example/?p=12'>", "https://gazette.example/?p=11", None),
    ],
)
def test_pages_that_are_counted_by_what_stands_before_them(link: str, url: str, expected: str | None) -> None:
    assert next_page_of(page(link), url) == ("" if expected is None else URL + expected)


def test_the_whole_takes_the_place_of_the_first_page() -> None:
    def article(*texts: str) -> Article:
        return Article(URL, "Mole", tuple(Paragraph((Span(text),)) for text in texts))

    joined = join_pages([article("One.", "Two."), article("One.", "Two.", "Three.", "Four.")])
    assert joined.text == "One.\nTwo.\nThree.\nFour."
    assert join_pages([article("One."), article("Two.")]).text == "One.\nTwo."


def story(behind: str) -> bytes:
    sentence = "The mole on the north side of the harbour is late again, and the mayor was told so by the engineers."
    paragraphs = "".join(f"<p>{number}. {sentence}</p>" for number in range(9))
    return (
        f"<!doctype html><title>Mole</title><body><article><h1>Mole</h1>{paragraphs}{behind}</article>"
        "<footer>All rights are with the Gazette of the harbour.</footer>"
    ).encode()


@pytest.mark.parametrize(
    "behind",
    [
        "<p>Page 1 of 5</p>",
        "<div class=pager><button>Previous</button> <span>Page <b>1</b> of <b>5</b></span> <button>Next</button></div>",
        "<div><span>Seite 1 von 3</span></div>",
        "<div>Página 1 de 2</div>",
        "<div>Страница 1 из 4</div>",
        "<div class=share>Share</div><div>Page 1/2</div>",
    ],
)
def test_a_first_page_whose_next_has_no_address_is_not_the_whole_story(behind: str) -> None:
    article, following = extract_page(story(behind), URL)
    assert (article.reason, following) == ("later pages missing", "")


@pytest.mark.parametrize(
    "behind",
    [
        "<p>Page 1 of 1</p>",
        "<p>Page 1 of 35</p>",  # an archive
        "<p>Page 2 of 2</p>",
        "<div class=comments><p>It is a shame.</p><div>Page 1 of 2</div></div>",
        "<p>The report is long, and what he wrote of the mole stands on page 1 of 5.</p>",
        "<h2>More of the harbour</h2><p>The ferry to the islands is late, and so is the mail for them.</p>Page 1 of 5",
    ],
)
def test_what_else_is_counted_behind_a_story_says_nothing_of_it(behind: str) -> None:
    assert extract_page(story(behind), URL)[0].reason == ""


def test_a_first_page_whose_next_has_an_address_is_whole_once_that_is_joined() -> None:
    first, following = extract_page(story("<a href='?page=2'>Next</a><p>Page 1 of 2</p>"), URL)
    assert (first.reason, following) == ("", f"{URL}?page=2")
