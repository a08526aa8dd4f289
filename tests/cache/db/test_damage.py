"""A library that is damaged while it is read says so in one sentence."""

import random

import pytest

from cache.db.connection import raising_damage
from cache.errors import CacheError, LibraryDamaged, NoSuchEntry
from cache.library import open_reading


def test_reading_a_damaged_library_is_one_sentence_whatever_is_damaged(path, store, keep, tmp_path):
    """Pages overwritten with rubbish, other pages or nothing: each read answers, or says the library is damaged."""
    for number in range(40):
        keep(f"Carrier {number}", " ".join(f"word{number * place % 97}" for place in range(300)), language="en")
    store.stories.assign_all()
    store.close()
    sound, chance, told = path.read_bytes(), random.Random(5), 0
    for place in range(24):
        damaged = bytearray(sound)
        for _ in range(4):
            at, rubbish = chance.randrange(8192, len(sound), 8192), chance.randrange(8192, len(sound), 8192)
            swapped = sound[rubbish : rubbish + 8192]
            damaged[at : at + 8192] = (swapped, chance.randbytes(8192), bytes(8192))[place % 3]
        path.write_bytes(damaged)
        told += sum(_says_damaged(path, reading) for reading in READINGS)
    assert told > 50


def test_what_looks_like_a_bug_is_one_where_the_library_is_sound(path, store, keep):
    keep("Carrier", "A carrier sailed.")
    store.close()
    with pytest.raises(ZeroDivisionError), raising_damage(path):
        _ = 1 / 0
    with pytest.raises(TypeError), raising_damage(path):
        len(5)
    damaged = bytearray(path.read_bytes())
    damaged[8192:] = bytes(len(damaged) - 8192)
    path.write_bytes(damaged)
    with pytest.raises(LibraryDamaged, match="doctor --repair"), raising_damage(path):
        len(5)


READINGS = (
    lambda library: library.entries(library.ids(limit=50)),
    lambda library: [library.article(number) for number in range(1, 40, 5)],
    lambda library: [library.related(number) for number in range(1, 40, 5)],
    lambda library: [library.timeline(number) for number in range(1, 40, 5)],
    lambda library: library.search("carrier"),
    lambda library: library.search('"word1 word2" lang:en'),
    lambda library: [library.counted("word3"), library.sources(), library.status(), library.searches()],
    lambda library: [library.note_of(1), library.scroll(1), library.revisions(1), library.reading_list()],
)


def _says_damaged(path, reading):
    try:
        with open_reading(path.parent) as library:
            reading(library)
    except NoSuchEntry:
        return False
    except CacheError as error:
        return "doctor --repair" in str(error)
    return False
