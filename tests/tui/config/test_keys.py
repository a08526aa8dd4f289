"""Keys as people write them, presets, and what of a file's keys cannot be."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.keys import _character_to_key

from tui.config.config import read_config
from tui.config.key_names import key_name, keys_of, written
from tui.config.key_words import PRESETS, USUAL
from tui.config.keys import keys_that_hold
from tui.config.kinds import NotAllowed
from tui.config.table import PRESET
from tui.keymap import Keymap, names, verbatim

NAME = "config.toml"


def test_what_a_key_is_called_is_what_textual_calls_it() -> None:
    for character in string.digits + string.ascii_letters + string.punctuation + "äß→ж":
        assert key_name(character) == _character_to_key(character), character


@pytest.mark.parametrize(
    ("given", "keys"),
    [
        ("n", "n"),
        ("", ""),
        (",", "comma"),
        (" n , ctrl+N ", "n,ctrl+n"),
        ("g g, Home", "g g,home"),
        ("pgdn,esc", "pagedown,escape"),
        (["?", ","], "question_mark,comma"),
        ("shift+alt+left", "alt+shift+left"),
        ("question_mark", "question_mark"),
        ("space", "space"),
        ("ctrl++", "ctrl+plus"),
        ("g g g", None),
        ("nn", None),
        ("shift+a", None),
        ("hyper+a", None),
        ("ctrl+ctrl+a", None),
        ("a,,b", None),
        (3, None),
        ([1], None),
        ("a,b,c,d,e,f,g", None),
        ("\x1b", None),
    ],
)
def test_a_key_is_taken_as_people_write_it(given: object, keys: str | None) -> None:
    if keys is None:
        with pytest.raises(NotAllowed):
            keys_of(given)
    else:
        assert keys_of(given) == keys


@pytest.mark.parametrize("keys", [*USUAL.values(), *(keys for held in PRESETS.values() for keys in held.values())])
def test_keys_are_read_as_they_are_written(keys: str) -> None:
    assert keys_of(written(keys)) == keys


@pytest.mark.parametrize("preset", PRESETS)
def test_no_key_is_of_two_bindings_in_one_place(preset: str) -> None:
    keymap, _ = keys_that_hold(preset, {})
    of_key: dict[tuple[str, str], list[str]] = {}
    for key_id, usual in USUAL.items():
        for key in filter(None, keymap.keys(key_id, usual).split(",")):
            of_key.setdefault((key_id.partition(".")[0], key), []).append(key_id)
    assert [ids for ids in of_key.values() if len(ids) > 1] == []


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_gives_the_keys_it_says_and_takes_none_from_others(preset: str) -> None:
    keymap, conflicts = keys_that_hold(preset, {})
    assert conflicts == []
    assert keymap.changed == {each: keys for each, keys in PRESETS[preset].items() if keys != USUAL[each]}
    assert PRESET.kind.take(preset) == preset


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ('"main.nxt" = "n"', ["There is no key 'main.nxt'; did you mean main.next?"]),
        ('"zzzzz" = "n"', ["There is no key 'zzzzz'; `broadsheet config --keys` lists them."]),
        ('main.next = "nn"', ["main.next must be a key such as"]),
        ('prompt.keep = "a"', ["prompt.keep must have no key that writes"]),
        ('choices.first = "g g"', ["choices.first must have one key, no sequence"]),
        ('main.next = "s"', ["main.next and main.save both have 's', so main.save goes without it."]),
        ('main.next = "s"\nmain.save = "n"', []),
        (
            'main.save = "b"\nmain.mark = "b"',
            ["list.page_up", "reader.page_up", "main.save and main.mark both have 'b'"],
        ),
        ('main.next = "f g"', ["main.next and main.follow both have 'f', so main.follow goes without it."]),
        ('main.next = "f g"\nmain.follow = "f f"', []),
        ('settings.drop = "d"\ncontents.close = "d"', ["contents.close and contents.remove both have 'd'"]),
        ('main.read_on = "space"\nreader.on = "space"', []),
        ('main.quit = ""', []),
    ],
)
def test_what_cannot_be_is_told_with_both_ids(text: str, sentences: list[str]) -> None:
    problems = read_config(f"[keys]\n{text}\n", NAME).problems
    assert len(problems) == len(sentences)
    for problem, sentence in zip(problems, sentences, strict=True):
        assert problem.startswith(f"{NAME}, line ")
        assert sentence in problem


def test_a_key_in_a_table_of_its_own_is_told_with_its_line() -> None:
    config = read_config('[keys.main]\nnext = "f1"\nsave = "hyper+x"\n', NAME)
    assert config.keymap.changed == {"main.next": "f1"}
    assert config.problems[0].startswith(f"{NAME}, line 3: main.save must be a key such as")


IDS = st.sampled_from(sorted(USUAL))
KEYS = st.sampled_from(["a", "g g", "g", "?", "ctrl+x", "space", "n, N", "", "F1", ","])


@settings(max_examples=60)
@given(st.sampled_from(sorted(PRESETS)), st.dictionaries(IDS, KEYS, max_size=6))
def test_whatever_the_file_says_no_key_means_two_things(preset: str, said: dict[str, str]) -> None:
    remapped = "".join(f'"{each}" = "{keys}"\n' for each, keys in said.items())
    keymap = read_config(f'[keys]\npreset = "{preset}"\n{remapped}', NAME).keymap
    for room in ("list", "reader", "related"):
        here: dict[str, str] = {}
        for each, usual in USUAL.items():
            if each.partition(".")[0] not in ("main", room):
                continue
            for key in filter(None, keymap.keys(each, usual).split(",")):
                other = here.setdefault(key, each)
                assert other == each or key in {*USUAL[other].split(",")} & {*USUAL[each].split(",")}
        assert not [key for key in here if any(longer.startswith(f"{key} ") for longer in here)]


def test_keys_are_named_as_they_stand_on_them() -> None:
    assert (
        names("question_mark,g g,ctrl+d,pagedown,minus,left_curly_bracket,space") == "?  g g  ctrl+d  pgdn  -  {  space"
    )


def test_text_from_elsewhere_names_no_key() -> None:
    keymap = Keymap({"main.undo": "U"})
    for text in ("{main.undo|u}", "\\{main.undo|u}", "{main.undo|u", "{{main.undo|u}}", "a \\ {x.y|z}"):
        assert (
            keymap.said(f"Removed {verbatim(text)}; {{main.undo|u}} takes it back")
            == f"Removed {text}; U takes it back"
        )
