"""What a sentence tells of is not held against it; what a page says of itself, in the same words, is."""

from __future__ import annotations

import pytest

from fetch.extract.markup.boilerplate import without_told, wordings_in


def left(text: str) -> tuple[str, ...]:
    return without_told(wordings_in(text), text, linked=0)


@pytest.mark.parametrize(
    ("text", "spoken_of"),
    [
        ("Officials said the copyright on the songs had lapsed in 1998.", "rights"),
        ("The photo was taken an hour before the ship sank.", "pictured"),
        ("The editor of the paper was released without charge.", "person"),
        ("Image after image showed the same car.", "credit"),
        ("Print runs were doubled after the arrest.", "share"),
        ("Sponsored by three members of both parties, the bill passed 71 to 29.", "advert"),
        ("Their posts on facebook were read by four million people.", "follow"),
        ("“Follow the money,” he said, “and you will find who ordered it.”", "share"),
        ("Watch for falling rocks, the sign said, but there was no one left to read it.", "prompt"),
        ("Die Fotos wurden am Montag gelöscht.", "pictured"),
    ],
)
def test_a_sentence_of_a_story_speaks_of_anything(text: str, spoken_of: str) -> None:
    assert spoken_of in wordings_in(text)
    assert spoken_of not in left(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Anna Quarrick contributed to this report.", "person"),
        ("The author was a reporter at the Harlow Gazette.", "person"),
        ("This story was first published on 4 May 2021.", "about"),
        ("Photo by Anna Quarrick", "credit"),
        ("Copyright 2024 Harlow Gazette. All rights reserved.", "rights"),
        ("This material may not be published, reproduced or redistributed.", "rights"),
        ("Follow us on facebook and never miss a story.", "follow"),
        ("Related: two officers were charged in May.", "prompt"),
        ("Share this story with whoever missed it.", "share"),
    ],
)
def test_what_a_page_says_of_itself_is_held_against_it(text: str, says: str) -> None:
    assert says in left(text)
