"""Merging acts: whichever comes first, however often, the newest act on each thing stands; files tell it all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from cache.errors import CacheError
from cache.sync import folder_file
from cache.sync.folder_acts import LAST_MOMENT, TIMED_MARKS, Acts, newer, newest, own_part

NAMES = some.sampled_from([-(2**63), -7, 0, 5, 2**63 - 1])
MOMENTS = some.integers(0, 3) | some.integers(0, LAST_MOMENT - 1)
COLUMNS = some.dictionaries(NAMES, some.builds(lambda moment, is_set: moment * 2 + is_set, MOMENTS, some.booleans()))
ABOUT = (
    some.tuples(some.just("note"), NAMES.map(str))
    | some.tuples(
        some.just("highlight"), NAMES.map(str), some.just("tide"), some.just(""), some.just("."), some.just("0")
    )
    | some.tuples(some.just("source"), some.just("https://paper.example/feed"), some.sampled_from(["there", "title"]))
)
ACTS = some.builds(
    Acts,
    some.dictionaries(some.sampled_from([*TIMED_MARKS, "tag:sea", "tag:ship"]), COLUMNS),
    some.dictionaries(ABOUT, some.tuples(MOMENTS, some.sampled_from(["", "a", "the tide\nat noon", "here"]))),
)


def told(acts: Acts) -> list[bytes]:
    return folder_file.content_of(Acts(acts.flags, acts.words))


@settings(max_examples=max(50, settings().max_examples // 4))
@given(ACTS, ACTS, ACTS)
def test_the_order_in_which_acts_come_does_not_matter(one: Acts, two: Acts, three: Acts) -> None:
    assert told(newest([one, two])) == told(newest([two, one]))
    assert told(newest([newest([one, two]), three])) == told(newest([one, newest([two, three])]))
    assert told(newest([one, one])) == told(one)


@settings(max_examples=max(50, settings().max_examples // 4))
@given(ACTS, ACTS)
def test_what_is_newer_is_all_that_is_needed(known: Acts, coming: Acts) -> None:
    assert told(newest([known, newer(coming, known)])) == told(newest([known, coming]))
    assert len(newer(known, known)) == 0


@settings(max_examples=max(50, settings().max_examples // 4))
@given(ACTS, ACTS, ACTS)
def test_what_is_left_out_of_a_file_stands_in_anothers(here: Acts, others: Acts, before: Acts) -> None:
    merged = newest([here, others])
    own = own_part(merged, others, before)
    assert told(newest([own, others])) == told(merged)
    assert told(own_part(merged, others, own)) == told(own)


@settings(max_examples=max(50, settings().max_examples // 4))
@given(acts=ACTS)
def test_a_file_says_what_was_written(acts: Acts, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("file") / "a.broadsheet-acts"
    acts.texts["a.1.broadsheet-pack"] = {5: 2, -7: 0}
    folder_file.write(path, "me", folder_file.content_of(acts))
    read = folder_file.read(path)
    assert read.machine == "me"
    assert read.acts is not None
    assert folder_file.content_of(read.acts) == folder_file.content_of(acts)
    assert read.acts.texts == acts.texts


def large() -> Acts:
    acts = Acts()
    for number in range(5000):
        acts.add("read", number * 7919, number % 3 > 0, 1.7e9 + number * 61)
    acts.say(("note", "5"), "The tide.", 1.7e9)
    return acts


def test_a_file_that_is_cut_or_damaged_anywhere_is_known_as_one(tmp_path: Path) -> None:
    """Unless all that it says has arrived."""
    path = tmp_path / "a.broadsheet-acts"
    folder_file.write(path, "me", folder_file.content_of(large()))
    whole = path.read_bytes()
    for length in range(0, len(whole), max(1, len(whole) // 200)):
        path.write_bytes(whole[:length])
        assert folder_file.read(path).acts is None or length > len(whole) - 100, length
    for at in range(len(b"BROADSHEET ACTS 1\n"), len(whole), max(1, len(whole) // 200)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        read = folder_file.read(path)
        assert read.acts is None or folder_file.content_of(read.acts) == folder_file.content_of(large()), at


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"BROADSHEET ACTS 2\nmore", "newer Broadsheet"),
        (b"\x89PNG\r\n", "no pack of acts"),
        (b"<html>", "no pack of acts"),
    ],
)
def test_what_is_no_pack_of_acts_is_told(content: bytes, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "a.broadsheet-acts"
    path.write_bytes(content)
    with pytest.raises(CacheError, match=sentence):
        folder_file.read(path)


@pytest.mark.parametrize(
    "line",
    [
        b"[]",
        b"{}",
        b"nothing",
        b'["mark","read",1,"AAAAAAAAAAU=",[-1]]',
        b'["mark","read",1,"AAAAAAAAAAU=",[1.5]]',
        b'["mark","read",1,"AAAAAAAAAAU=",[1,2]]',
        b'["mark","read",7,"AAAAAAAAAAU=",[1]]',
        b'["mark","read",1,"*",[1]]',
        b'["mark","read",1,"",[]]',
        b'["word",["note"],1,"x"]',
        b'["word",["note","x"],1,"x"]',
        b'["word",["note","5"],true,"x"]',
        b'["word",["note","5"],999999999999999999999,"x"]',
        b'["text","a","AAAAAAAAAAU=",["x"]]',
        b'["other"]',
    ],
)
def test_a_line_that_says_nothing_is_no_part_of_a_whole_file(line: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.broadsheet-acts"
    folder_file.write(path, "me", [line])
    assert folder_file.read(path).acts is None


def test_a_hundred_thousand_marks_take_less_than_two_megabytes(tmp_path: Path) -> None:
    from random import Random

    chance, acts, path = Random(5), Acts(), tmp_path / "a.broadsheet-acts"
    for _ in range(10_000):
        acts.add("read", chance.getrandbits(64) - 2**63, True, 1.7e9 + chance.random() * 3e7)
    folder_file.write(path, "me", folder_file.content_of(acts))
    assert path.stat().st_size < 200_000
