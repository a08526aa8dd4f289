"""Words are folded as people type them, and widened as they mean them."""

import pytest

from cache.search.normalize import forms, normalized, phrase_pattern, query_words, words


@pytest.mark.parametrize(
    ("text", "normalized"),
    [
        ("Plain ASCII, as it stands", ["plain", "ascii", "as", "it", "stands"]),
        ("Curly “quotes” — and dashes…", ["curly", "quotes", "and", "dashes"]),
        ("Ærøskøbing Łódź Straße ĳ", ["aeroskobing", "lodz", "strasse", "ij"]),
        ("naïve café\u0301", ["naive", "cafe"]),
        ("a_b a-b a'b", ["a", "b", "a", "b", "a", "b"]),
        ("東京都", ["東京", "京都", "都"]),
        ("A東B", ["a", "東", "b"]),
        ("ＦＵＬＬ１２", ["full12"]),
        ("", []),
        ("\x00 —", []),
    ],
)
def test_words(text, normalized):
    assert words(text) == normalized


def test_what_must_be_there_of_a_run_without_spaces_is_its_pairs():
    assert query_words("東京都") == ["東京", "京都"]
    assert query_words("東") == ["東"]
    assert query_words("Tokyo 東京") == ["tokyo", "東京"]


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("ship", {"ship", "ships", "shipped", "shipping"}),
        ("sail", {"sails", "sailed", "sailing"}),
        ("ships", {"ship", "ships"}),
        ("ministries", {"ministry", "ministries"}),
        ("exercise", {"exercises", "exercised", "exercising"}),
        ("churches", {"church", "churches"}),
    ],
)
def test_forms(word, found):
    assert found <= set(forms(word))
    assert forms(word)[0] == word


@pytest.mark.parametrize(
    "name", ["news", "Harding", "harding", "united", "paris", "reuters", "us", "1990s", "北京", "gas"]
)
def test_a_name_is_not_cut(name):
    assert not {"new", "hard", "unit", "pari", "u", "1990", "ga"} & set(forms(name))


def test_wide_forms_take_endings_off():
    assert {"sail", "sailed", "sails"} <= set(forms("sailing", wide=True))
    assert {"plan", "plans"} <= set(forms("planned", wide=True))
    assert {"move", "moves"} <= set(forms("moving", wide=True))
    assert "carry" in forms("carried", wide=True)


def test_a_phrase_is_found_only_where_its_words_stand_next_to_each_other():
    text = normalized("The Pearl—Harbor base, pearl of a harbor")
    assert phrase_pattern(["pearl", "harbor"]).search(text)
    assert not phrase_pattern(["harbor", "pearl"]).search(text)
    assert not phrase_pattern(["earl", "harbor"]).search(text)
    assert phrase_pattern(["pearl", "harb"], prefix=True).search(text)
