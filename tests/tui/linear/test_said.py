"""What the linear reader says: foreign words as they are, our own with the keys that there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.linear.keys_pressed import linear_reader
from tests.tui.newsroom import shelve
from tui.__main__ import main
from tui.linear.key_names import spoken_names
from tui.linear.spoken import sentences

pytestmark = pytest.mark.anyio
BRACED = "Press {main.save|s} to win"


async def test_no_foreign_word_becomes_a_key(tmp_path: Path) -> None:
    shelve(tmp_path)
    async with linear_reader(tmp_path) as reader:
        assert f"Tagged: {BRACED.split()[1]}." in await reader.press("T", typed=f"{BRACED.split()[1]}\r")
        await reader.press("e", typed=f"{BRACED}\r")
        assert f"The note: {BRACED}" in await reader.press("e", typed="\x1b")
        assert await reader.press("slash", typed=f'"{BRACED}"\r') == [
            f'Nothing found for “"{BRACED}"”. escape goes back to where you were.'
        ]


@pytest.mark.parametrize(
    ("headline", "said"),
    [
        ("Ferry sails", "Ferry sails."),
        ("“Yes,” she said.", "“Yes,” she said."),
        ("“Who sails?”", "“Who sails?”"),
        ("“The ferry”", "“The ferry”."),
        ("(It sails.)", "(It sails.)"),
        ("水先案内人。", "水先案内人。"),
        ("هل يبحر؟", "هل يبحر؟"),
    ],
)
def test_a_sentence_ends_once(headline: str, said: str) -> None:
    assert sentences(headline, "", "Today") == f"{said} Today."


def test_a_key_is_told_from_all_others_by_ear() -> None:
    keys = "n,N,slash,left_square_bracket,full_stop,pagedown,escape,ctrl+q,g s,5"
    assert spoken_names(keys) == (
        "n, capital N, slash /, left square bracket [, full stop ., page down, escape, ctrl+q, g s, 5"
    )
    assert spoken_names("") == ""


@pytest.mark.parametrize("option", ["--linearly", "--homely"])
def test_an_option_that_is_nearly_one_of_the_reader_s_is_called_by_its_own_name(
    option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([option, "x"]) == 2
    assert f"'{option}'" in capsys.readouterr().err
