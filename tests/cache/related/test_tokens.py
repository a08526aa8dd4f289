"""Words as the index counts them, in any script."""

import pytest
from hypothesis import given
from hypothesis.strategies import text

from cache.related.tokens import fold, number, numbers, numerals, terms, unspaced


def test_words_are_folded_and_stop_words_left_out():
    assert terms("The mayor’s U.S. policies in 2031: 4,000 companies") == [
        "mayor",
        "u.s",
        "policy",
        "2031",
        "4,000",
        "company",
    ]


@pytest.mark.parametrize(
    ("written", "folded"),
    [("Ségolène", "segolene"), ("STRASSE", "strasse"), ("Straße", "strasse"), ("ships", "ship"), ("glass", "glass")],
)
def test_forms_that_are_one_word(written, folded):
    assert fold(written) == folded


def test_unspaced_scripts_are_counted_in_pairs():
    assert terms("防衛大臣") == ["防衛", "衛大", "大臣"]
    assert terms("กข") == ["กข"]
    assert unspaced("中谷元・防衛大臣がスピーチをした") == ["中谷元", "防衛大臣", "スピーチ"]


def test_spaced_scripts_are_counted_in_words():
    assert terms("한국 정부") == ["한국", "정부"]
    assert terms("حكومة الوزير") == ["حكوم", "وزير"]


@pytest.mark.parametrize(
    ("written", "also"),
    [
        ("в Талеше", "из Талеша"),
        ("Сульбергом", "Сульберг"),
        ("горняков", "горняки"),
        ("الركاب", "ركاب"),
        ("والسفينة", "سفينة"),
        ("أنقاض", "انقاض"),
        ("رُكّاب", "ركاب"),
        ("L’éruption", "éruption"),
        ("dell'arte", "arte"),
        ("qu’elle", ""),
        ("8,7", "8.7"),
        ("12.000", "12,000"),
        ("٤٢", "42"),
    ],
)
def test_forms_of_a_word_are_one_word_whatever_the_language(written, also):
    assert terms(written) == terms(also)


@pytest.mark.parametrize("name", ["O’Brien", "don’t", "l’", "qu'", "d'É", "Ω", "ия", "ال", "و", "1,2,3", "3,125"])
def test_what_only_looks_like_an_ending_stays(name):
    assert all(terms(name)) or name == "don’t"


@pytest.mark.parametrize("word", ["ــ", "ـــــ", "الات", "والات", "иями", "аяяя", "²³", "١٢٬٣", "٠٫٥", "'l'", "l’’a"])
def test_a_word_that_is_all_ending_is_a_word_or_none(word):
    assert all(terms(word))


@given(text())
def test_property_any_text_has_words_that_say_something(written):
    assert all(terms(written))
    assert len(numbers(written)) == len(terms(written))
    assert numerals(written) is not None


def test_signs_that_stand_on_a_letter_do_not_end_a_word():
    assert terms("जर्मनी चुनाव") == ["जर्मनी", "चुनाव"]
    assert terms("شَرِكة") == terms("شركة")


def test_a_word_has_one_number_wherever_it_stands():
    assert numbers("Frigates, frigate") == [number("frigate")] * 2
    assert all(0 <= one < 2**27 for one in numbers("Any words at all, and 防衛大臣"))


@pytest.mark.parametrize(
    "text",
    [
        "The U.S.\u00a0policies:\tO’Brien’s 4,000\u2003companies (in 2031),\nship-yards\u3000and\x1cD.C. 3.5km",
        "防衛大臣は東京で会見した。\u3000そのあと ORLAN 社の船 12 隻を見た。",
        "",
        " \n",
    ],
)
def test_numbers_are_those_of_the_words_whatever_stands_between_them(text):
    assert numbers(text) == [number(term) for term in terms(text)]


@given(text("aAzS'’.-_\"(19é", max_size=8))
def test_what_stands_around_a_word_is_no_part_of_it(printed):
    assert numbers(printed) == [number(term) for term in terms(printed)]


def test_figures_are_the_words_written_in_digits():
    assert numerals("84 sailors on F127, 4.1 million on 1,000 days") == set(map(number, ("84", "4.1", "1,000")))
