"""Which part of a page is the story: from the headline to the last paragraph, without what stands around it."""

from fetch.extract import extract
from fetch.extract.body.context import ABOVE, BELOW, Context
from fetch.extract.facts.metadata import metadata_of
from fetch.extract.markup.document import parse
from fetch.extract.markup.page_index import index_page
from fetch.extract.markup.tokenizer import tokenize
from fetch.extract.markup.tokens import TextBlock

URL = "https://gazette.example/harbour/mole-repaired"
PARAGRAPHS = [
    f"The mole of Port Hollis was mended in week {week}, and the ferries went out again the same evening, she said."
    for week in range(1, 9)
]
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def page(body: str, head: str = "") -> bytes:
    return f'<html lang="en"><head><title>Mole repaired at last</title>{head}</head><body>{body}</body></html>'.encode()


def text_of(body: str, head: str = "") -> list[str]:
    return extract(page(body, head), URL).text.split("\n")


def test_a_first_part_between_the_headline_and_the_rest_is_text() -> None:
    first = (
        "<div><p>Before dawn the masons were out on the stones with lanterns, forty of them in two long rows.</p></div>"
    )
    found = text_of(f"<main><h1>Mole repaired at last</h1>{first}<div>{TEXT}</div></main>")
    assert found[0].startswith("Before dawn")
    assert found[1:] == PARAGRAPHS


def test_what_a_page_names_and_gives_as_its_dek_is_no_text() -> None:
    dek = "Masons close the gap that the storm tore into the harbour mole, and the ferries sail."
    body = f'<article><h1>Mole repaired at last</h1><p class="dek">{dek}</p>{TEXT}</article>'
    article = extract(page(body, f'<meta name="description" content="{dek}">'), URL)
    assert article.dek == dek
    assert article.text.split("\n") == PARAGRAPHS


def test_a_description_that_begins_the_text_is_no_dek() -> None:
    begun = " ".join(PARAGRAPHS)[:150].rsplit(" ", 1)[0]
    article = extract(
        page(f"<article><h1>Mole</h1>{TEXT}</article>", f'<meta name="description" content="{begun}…">'), URL
    )
    assert article.dek == ""


def test_what_stands_beside_a_picture_is_known() -> None:
    markup = b'<p>One.</p><img src="/a.jpg"><figcaption>Two.</figcaption><p>Three.</p>'
    tokens = tokenize(parse(markup).body)
    beside = Context(tokens, metadata_of(index_page(parse(b"")), URL, None)).near_pictures
    one, two, three = (beside.get(id(token), 0) for token in tokens if isinstance(token, TextBlock))
    assert (one, two, three) == (ABOVE, BELOW, 0)


def test_short_paragraphs_of_chinese_are_text() -> None:
    lines = [
        f"第{day}天，港口的防波堤已经修好，渡轮当晚恢复航行，居民表示欢迎，市长也到场祝贺。"
        for day in "一二三四五六七八"
    ]
    body = "".join(f"<p>{line}</p>" for line in lines)
    assert text_of(f"<article><h1>防波堤终于修好了，渡轮恢复航行</h1>{body}</article>") == lines
