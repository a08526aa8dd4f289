"""By what a passage is known: its letters and numbers, whatever its case and the signs between them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis.strategies import text

from fetch.article import Figure, Heading, Paragraph, Points, Quote, Span
from fetch.passages import begins_with, digest_of, digests_of, from_bytes, letters_of, passage_of, to_bytes

PROMPT = "Sign up for our newsletter, 12,000 readers have"


@pytest.mark.parametrize(
    "other",
    [
        "Sign up for our Newsletter – 12.000 readers have!",
        "  sign up for our newsletter 12 000 readers have ",
        "SIGN UP for our newsletter, 12000 readers have…",
    ],
)
def test_case_and_signs_make_no_other_passage(other: str) -> None:
    assert digest_of(other) == digest_of(PROMPT) != 0


@pytest.mark.parametrize(
    "other",
    ["Sign up for our newsletters, 12,000 readers have", PROMPT.replace("12", "13"), "", "Ask at the harbour"],
)
def test_other_letters_and_numbers_do(other: str) -> None:
    assert digest_of(other) != digest_of(PROMPT)


@pytest.mark.parametrize("few", ["", "Read more", "… — …", "1 2 3 4 5 6 7 8 9", "関連記事"])
def test_a_few_letters_are_known_by_nothing(few: str) -> None:
    assert digest_of(few) == 0


def test_any_script_is_known_and_what_is_no_letter_at_all_is_not() -> None:
    said = ["この記事は有料会員限定です。残り1234文字があります", "Подпишитесь на нашу рассылку новостей"]
    assert len({digest_of(each) for each in said} - {0}) == 2
    assert digest_of("\ud800" * 20) == 0


def test_a_picture_and_a_heading_are_no_passages_a_list_and_a_quote_are_one_each() -> None:
    spans = (Span(PROMPT),)
    listed = Points((((Paragraph((Span("One"),))),), (Paragraph((Span("Two"),)),)))
    blocks = (Figure("https://paper.example/a.jpg"), Heading(2, spans), Paragraph(spans), Quote((Paragraph(spans),)))
    assert [passage_of(block) for block in (*blocks, listed)] == ["", "", PROMPT, PROMPT, "One Two"]
    assert digests_of(blocks) == (0, 0, digest_of(PROMPT), digest_of(PROMPT))


def test_digests_are_kept_in_four_bytes_each_and_rubbish_is_none() -> None:
    digests = (0, 1, 2**32 - 1, digest_of(PROMPT))
    assert from_bytes(to_bytes(digests)) == digests
    assert len(to_bytes(digests)) == 16
    assert from_bytes(b"rubbish") == ()


@pytest.mark.parametrize(
    ("passage", "beginning", "does"),
    [
        ("Read more: why the ferry is late", "READ MORE:", True),
        ("“Read more”: why the ferry is late", "Read more:", True),
        ("Lire aussi\u00a0: le bac est en retard", "Lire aussi :", True),
        ("相关阅读：渡轮为何晚点", "相关阅读：", True),
        ("相关阅读：渡轮为何晚点", "相关阅", True),
        ("Straße 12: gesperrt", "STRASSE 7:", True),
        ("Video:", "Video:", True),
        ("Video footage shows: the ferry was late", "Video:", False),
        ("Videos of the evening show the ferry", "Video:", False),
        ("Adam Smith was late", "Ad", False),
        ("Ad by the harbour", "Ad", True),
        ("Read more", "Read more about the ferry", False),
        ("Read more", "…", False),
    ],
)
def test_a_beginning_ends_with_a_whole_word_and_with_its_colon(passage: str, beginning: str, does: bool) -> None:
    assert begins_with(passage, beginning) is does


@given(text())
def test_letters_are_what_is_no_sign_and_no_space_in_any_script(passage: str) -> None:
    assert letters_of(passage) == "".join(re.findall(r"[^\W_]+", re.sub(r"\d+", "0", passage.casefold())))


def test_a_passage_with_half_a_character_is_read_like_any_other() -> None:
    assert letters_of("The “ferry”\ud800 – late_again…") == "theferrylateagain"
