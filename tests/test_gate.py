"""The gate for foreign text: nothing that moves a terminal passes, what scripts need does."""

import pytest

from fetch.text import clean, clean_lines, clean_run, drawable, unescape

HOSTILE = "a\x1b[31mb\x1b]52;c;eA==\x07c\x9b31md\u202ee\u2066f\x00g\x85h\u200bi\ud800j"


@pytest.mark.parametrize("gate", [clean, clean_run, clean_lines, unescape, drawable])
def test_no_control_or_bidi_character_passes(gate):
    assert not set(gate(HOSTILE)) & set("\x1b\x07\x9b\u202e\u2066\x00\x85\u200b\ud800")
    assert "a[31mb" in gate(HOSTILE)


def test_one_line_and_trimmed():
    assert clean(" a \n\t b\u00a0c\u2028d ") == "a b c d"


def test_a_run_keeps_a_space_at_its_ends():
    assert clean_run("\n a  b ") == " a b "
    assert clean_run("   ") == " "
    assert clean_run("") == ""


def test_preformatted_text_keeps_its_lines():
    assert clean_lines("a\r\n\tb\u2028c") == "a\n    b\nc"


def test_entities_left_in_twice():
    assert unescape("AT&amp;amp;T &#x9b;31m &lt;b&gt;") == "AT&T ›31m <b>"


def test_scripts_keep_their_joiners():
    assert clean("می\u200cخواهم \U0001f468\u200d\U0001f469") == "می\u200cخواهم \U0001f468\u200d\U0001f469"


def test_safe_text_is_not_copied():
    text = "Ready at Midnight: 500 Marines"
    assert drawable(text) is text


def test_a_line_break_cannot_be_drawn():
    assert drawable("a\nb\tc") == "a b c"
