"""The names that two stories share."""

from cache.related import reasons
from cache.related.tokens import numbers

TEXT = (
    "PORT MAREN — Minister Oda Veldt signed the Terms of Reference with Admiral Dunja Kest on Monday. "
    "Veldt said DICAS would cost $4.1 million. Growers were absent. "
    "“Nothing is settled,” Kest said near the Hall of Ships."
)
EVERYTHING = set(numbers(TEXT))


class Equal(dict):
    """Every word as rare as the next."""

    def __missing__(self, word):
        return 1.0


def known(other):
    """An entry's words, all of which it tells of."""
    return dict.fromkeys(numbers(other), 31)


def shared(other):
    return reasons.shared(reasons.names("Orlan deal signed", TEXT), known(other), Equal())


def told(other):
    return reasons.shared(reasons.words("Orlan deal signed", TEXT), other, Equal(), most=2)


def test_names_are_written_as_the_open_story_writes_them():
    assert shared("the terms of reference, by dunja kest") == "Terms of Reference, Dunja Kest"


def test_acronyms_and_amounts_are_names():
    assert shared("DICAS for $4.1 million") == "DICAS, $4.1 million"


def test_a_part_of_a_name_is_not_the_name():
    assert "Hall of Ships" not in shared("a hall for everyone")


def test_without_names_two_words_are_told_that_both_tell_of():
    assert told(known("the growers signed nothing of a deal, absent")) == "deal, signed"


def test_a_word_that_an_entry_only_uses_is_no_reason():
    assert told(dict.fromkeys(numbers("signed a deal"), 5)) == ""


def test_nothing_shared_is_nothing_told():
    assert shared("tulips") == ""


def test_names_in_unspaced_scripts():
    found = reasons.names("防衛省が発表", "中谷元防衛大臣はスピーチでミサイルについて話した")
    assert reasons.shared(found, known("ミサイル 中谷元防衛大臣"), Equal()) == "中谷元防衛大臣, ミサイル"


def test_two_shared_names_vouch_where_a_story_has_many():
    story = reasons.names("Orlan deal signed", TEXT)
    assert reasons.is_vouched(story, known("DICAS, says Kest of the Hall of Ships"), Equal())
    assert not reasons.is_vouched(story, known("DICAS and growers"), Equal())
    assert reasons.is_vouched(reasons.names("Tulips", "No names here."), {}, Equal())


def test_a_name_that_stands_everywhere_is_no_reason():
    common = Equal(dict.fromkeys(numbers("DICAS"), 0.1))
    assert (
        reasons.shared(reasons.names("Orlan deal signed", TEXT), known("DICAS, says Oda Veldt"), common) == "Oda Veldt"
    )


def test_a_name_ends_with_its_line():
    assert [name.written for name in reasons.names("", "the Reason\nWhat they say")] == ["Reason"]


def test_names_in_scripts_with_capitals_of_their_own():
    found = reasons.names("Спуск фрегата", "Вчера министр Ольга Вельт прибыла в Порт-Марен на спуск фрегата.")
    assert [name.written for name in found if name.sure] == ["Ольга Вельт", "Порт-Марен"]
