"""Of a page that is endless in one way or another, what is read; what is refused, and the sentence for it."""

import pytest

from fetch.errors import Refused
from fetch.extract import extract, extract_fragment
from fetch.extract.markup.document import MOST_ATTRIBUTES, MOST_TAGS, parse
from fetch.extract.markup.tokenizer import MOST_TOKENS
from fetch.extract.pipeline import TOO_LONG

URL = "https://paper.example/2026/05/05/story"
SENTENCE = "The council met again, number {n} of many, and spoke of the bridge over the river for an hour."


def page(paragraphs: int, more: str = "") -> bytes:
    text = "".join(f"<p>{SENTENCE.format(n=number)}</p>" for number in range(paragraphs))
    return f"<title>Bridge</title><article><h1>Bridge</h1>{text}{more}</article>".encode()


def test_a_page_of_too_many_tags_is_refused_in_a_sentence() -> None:
    with pytest.raises(Refused, match="more than 150,000 tags") as refused:
        extract(page(4, "<i>" * MOST_TAGS), URL)
    assert refused.value.reason == "too large"


def test_a_tag_of_too_many_attributes_is_refused_in_a_sentence() -> None:
    with pytest.raises(Refused, match="more than 1,000 attributes"):
        extract(page(4, f"<i {' '.join(f'a{n}=1' for n in range(2000))}>x</i>"), URL)


def test_words_in_an_attribute_are_no_attributes() -> None:
    words = "many words " * (2 * MOST_ATTRIBUTES)
    assert extract(page(4, f"""<img alt="{words}" title='{words}' src=/a>"""), URL).headline == "Bridge"


def test_a_comparison_in_a_program_is_no_tag() -> None:
    program = f"<script>for (i = 0; i <ids.length; {' '.join(f'a{n} = {n};' for n in range(2000))}) go()</script>"
    assert extract(page(4, program), URL).headline == "Bridge"
    tag = f"<i {' '.join(f'a{n}=1' for n in range(2000))}>x</i>"
    with pytest.raises(Refused, match="more than 1,000 attributes"):
        extract(page(4, f"{program}{tag}"), URL)


def test_an_article_longer_than_is_read_says_so() -> None:
    article = extract(page(MOST_TOKENS + 10), URL)
    assert article.reason == TOO_LONG
    assert MOST_TOKENS - 10 < len(article.body) <= MOST_TOKENS


def test_an_article_before_an_endless_list_is_whole() -> None:
    links = "".join(f"<li><a href='/x/{n}'>Another</a>" for n in range(MOST_TOKENS // 2))
    article = extract(page(8, f"</article><ul class=related>{links}</ul>"), URL)
    assert article.reason == ""
    assert len(article.body) == 8


def test_styles_that_are_never_closed_multiply_nothing() -> None:
    styles = "".join(f"<b id={number}>" for number in range(400))
    text = "".join(f"<p>{SENTENCE.format(n=number)}</p>" for number in range(2000))
    tree = parse(f"<article>{styles}{text}</article>".encode())
    assert len(tree.css("b")) < 40_000
    assert len(extract_fragment(f"{styles}{text}", URL)) == 2000


STYLES = "b i s u em tt big code font small strong strike".split()


@pytest.mark.parametrize("name", [*STYLES, *map(str.upper, STYLES)])
def test_no_style_is_overlooked(name: str) -> None:
    styles = "".join(f"<{name} id={number}>" for number in range(400))
    tree = parse(f"<article>{styles}{'<p>x</p>' * 2000}</article>".encode())
    assert len(tree.css(name)) < 40_000


def test_few_styles_stay_as_they_are() -> None:
    tree = parse(b"<b><i><u>" + b"<p>x</p>" * 2000)
    assert len(tree.css("p > b > i > u")) + len(tree.css("u p")) >= 2000


def test_a_title_and_names_without_end_are_cut() -> None:
    head = f"<title>{'word ' * 10_000}</title><meta name=author content='{'Ida Quill, ' * 5000}'>"
    article = extract(head.encode() + page(5).replace(b"<title>Bridge</title>", b""), URL)
    assert len(article.headline) < 1010
    assert len(article.authors) <= 200
