"""Text in ASCII: in as many cells, whatever it is; and which terminals want it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fetch.text import drawable
from tui.typeset.ascii import in_ascii
from tui.typeset.cells import as_drawn, cells
from tui.typeset.marks import Ascii, ascii_wanted


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, ""),
        ({"LANG": "en_GB.UTF-8", "TERM": "xterm-256color"}, ""),
        ({"LANG": "C.UTF-8"}, ""),
        ({"LC_ALL": "C", "LANG": "en_GB.UTF-8"}, "all"),
        ({"LC_ALL": "", "LC_CTYPE": "POSIX"}, "all"),
        ({"LANG": "C"}, "all"),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, "all"),  # which Python has set
        ({"LANG": "POSIX", "LC_CTYPE": "UTF-8"}, "all"),
        ({"LC_CTYPE": "C.UTF-8"}, ""),
        ({"LANG": "C", "LC_CTYPE": "en_GB.UTF-8"}, ""),
        ({"LANG": "de_DE.ISO-8859-15@euro"}, "all"),
        ({"LANG": "de_DE@euro"}, ""),
        ({"LC_ALL": "de_DE.utf8", "TERM": "linux"}, "marks"),
        ({"TERM": "linux-16color"}, "marks"),
        ({"TERM": "vt100"}, "marks"),
        ({"TERM": "tmux-256color"}, ""),
    ],
)
def test_what_a_terminal_wants(environment: dict[str, str], wanted: Ascii) -> None:
    assert ascii_wanted(environment) == wanted


@pytest.mark.parametrize(
    ("text", "signs", "whole"),
    [
        ("● ≡★ “Zürich” – ½ …", 'o +* "Zürich" - ½ .', 'o +* "Zurich" - ? .'),
        ("┏━┓┃╰╯└┘├┼═║", "+-+|++++++-|", "+-+|++++++-|"),
        ("Δ", "~", "~"),
        ("Δ★", "~*", "~*"),
        ("Δημος", "Δημος", "?????"),
        ("東京 Łódź", "東京 Łódź", "???? Lodz"),
        ("10⁶ m², Ⅷ, ⑫, ½", "10⁶ m², Ⅷ, ⑫, ½", "10? m?, ?, ?, ?"),
        ("١٢٣ １２", "١٢٣ １２", "123 1 2 "),
        ("👨‍👩‍👧 all, 🇩🇪 it", "👨‍👩‍👧 all, 🇩🇪 it", "?? all, DE it"),
        ("e\u0301te", "e\u0301te", "ete"),
    ],
)
def test_signs_alone_or_all_of_it(text: str, signs: str, whole: str) -> None:
    assert (in_ascii(text, ""), in_ascii(text, "marks"), in_ascii(text, "all")) == (text, signs, whole)


@given(st.text().map(drawable))
def test_any_text_keeps_its_cells(text: str) -> None:
    drawn = as_drawn(text)
    whole = in_ascii(drawn, "all")
    assert whole.isascii()
    assert len(whole) == cells(drawn)
    assert cells(in_ascii(drawn, "marks")) == cells(drawn)
