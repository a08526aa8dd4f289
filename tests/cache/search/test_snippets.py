"""A snippet shows where the text says what was looked for."""

import pytest

from cache.entry import CLOSES, OPENS
from cache.search.query import parse
from cache.search.snippets import snippets


@pytest.fixture
def snippet(store, keep):
    """The snippet of a text for what was typed, its matches in brackets."""

    def shown(text, typed, *, typing=False, headline="Story"):
        entry_id = keep(headline, text)
        found = snippets(store.connection, parse(typed, typing=typing), [entry_id])[entry_id]
        return found.replace(OPENS, "[").replace(CLOSES, "]")

    return shown


def test_each_match_is_marked_as_it_is_spelled_in_the_text(snippet):
    text = "word " * 100 + "Then the Cafés of the harbour opened, and a ship sailed. " + "word " * 100
    found = snippet(text, "cafe ships")
    assert "[Cafés] of the harbour opened, and a [ship] sailed" in found
    assert found.startswith("… ")
    assert found.endswith(" …")
    assert len(found) < 220


def test_a_match_in_the_headline_alone_shows_how_the_text_begins(snippet):
    assert snippet("The harbour was quiet.", "carrier", headline="Carrier") == "The harbour was quiet."


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("A white wall. " + "word " * 60 + "The White-House said.", '"white house"', "The [White-House] said."),
        ("The white house, and white paint", '"white house" paint', "The [white house], and white [paint]"),
        ("In the Café “Société”", '"cafe societe"', "In the [Café “Société]”"),
        ("नौसेना ने अभ्यास किया", "नौसेना", "[नौसेना] ने अभ्यास किया"),
        ("قالت القُوَّاتُ أمس", "القوات", "قالت [القُوَّاتُ] أمس"),
        ("東京都知事が横須賀を訪問した。", "横須賀 東京", "[東京]都知事が[横須賀]を訪問した。"),
        ("Two ships", "shi*", "Two [ships]"),
        ("A ship", "-ship", "A ship"),
        ("", "ship", ""),
    ],
)
def test_marks(snippet, text, typed, shown):
    assert snippet(text, typed).endswith(shown)


def test_the_word_being_typed_is_marked_where_it_begins(snippet):
    assert snippet("The harbours opened", "har", typing=True) == "The [harbours] opened"


def test_text_without_spaces_is_cut_to_the_same_width(snippet):
    found = snippet("海軍" * 200 + "東京都知事が横須賀を訪問した。" + "海軍" * 200, "横須賀")
    assert "東京都知事が[横須賀]を訪問した" in found
    assert len(found) < 100
