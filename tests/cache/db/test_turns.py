"""A program that writes again and again lets others that wait go first, and its transactions are short."""

from __future__ import annotations

import ast
import subprocess
import sys
import threading
from collections import deque
from contextlib import ExitStack
from pathlib import Path
from time import monotonic

import pytest

from cache.db import locks, pace, turns
from cache.db.connection import Connection
from cache.db.pace import Pace
from cache.errors import LibraryBusy
from cache.writes.store import Store
from tests.modules import MODULES, imports_of, tree_of

WAITS = """
import sys
from pathlib import Path
from cache.db.connection import Connection
with Connection(Path(sys.argv[1])) as connection:
    print("open", flush=True)
    sys.stdin.readline()
    with connection.batch():
        connection.run("INSERT INTO setting (name, value) VALUES ('mine', '1')")
    print("written", flush=True)
"""


@pytest.fixture
def library(path: Path) -> Path:
    with Store(path):
        pass
    return path


def other(library: Path) -> subprocess.Popen[str]:
    """A program that has the library open, and writes once a line comes."""
    root = Path(__file__).parents[3]
    program = subprocess.Popen(
        [sys.executable, "-c", WAITS, str(library)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root
    )
    assert program.stdout is not None
    assert program.stdout.readline() == "open\n"
    return program


def busy(seconds: float) -> None:
    until = monotonic() + seconds
    while monotonic() < until:
        pass


def test_a_program_that_waits_writes_before_the_next_transaction_of_another(library: Path) -> None:
    with Connection(library) as connection, other(library) as program:
        assert program.stdin is not None
        with connection.batch():
            program.stdin.write("\n")
            program.stdin.flush()
            while not locks.is_anybody_marked(library):
                busy(0.001)
            busy(0.02)
        with connection.batch():
            assert connection.value("SELECT value FROM setting WHERE name = 'mine'") == "1"
        assert not locks.is_anybody_marked(library)


def test_short_transactions_one_after_another_let_others_go_first_too(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "_LONG", 0.1)
    with Connection(library) as connection, other(library) as program:
        assert program.stdin is not None
        with connection.batch():
            busy(0.08)
        with connection.batch():
            program.stdin.write("\n")
            program.stdin.flush()
            while not locks.is_anybody_marked(library):
                busy(0.001)
            busy(0.02)
        with connection.batch():
            assert connection.value("SELECT value FROM setting WHERE name = 'mine'") == "1"


def test_the_program_that_makes_a_library_says_that_it_has_it_open_as_any_other(path: Path) -> None:
    with Store(path), other(path) as program:
        assert locks.descriptor_of(path) is not None
        assert locks.others(path) == [str(program.pid)]
        assert program.stdin is not None
        program.stdin.write("\n")
    assert not list(path.parent.glob("*-open-*"))


def test_another_thread_of_one_program_has_its_turn_too(library: Path) -> None:
    def write() -> None:
        with Connection(library) as second:
            opened.set()
            wanted.wait()
            with second.batch():
                second.run("INSERT INTO setting (name, value) VALUES ('mine', '1')")

    opened, wanted = threading.Event(), threading.Event()
    thread = threading.Thread(target=write)
    thread.start()
    opened.wait()
    with Connection(library) as connection:
        with connection.batch():
            wanted.set()
            while not locks.is_anybody_marked(library):
                busy(0.001)
            busy(0.02)
        with connection.batch():
            assert connection.value("SELECT value FROM setting WHERE name = 'mine'") == "1"
    thread.join()


def test_a_program_that_died_while_it_waited_is_waited_for_once(library: Path) -> None:
    with Connection(library) as connection, other(library) as program:
        assert program.stdin is not None
        with connection.batch():
            program.stdin.write("\n")
            program.stdin.flush()
            while not locks.is_anybody_marked(library):
                busy(0.001)
            program.kill()
            program.wait()
        turns.give_way(library)
        assert not locks.is_anybody_marked(library)
        assert locks.others(library) == []
        assert connection.value("SELECT count(*) FROM setting WHERE name = 'mine'") == 0


def test_where_nobody_waits_nobody_is_waited_for(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(seconds: float) -> None:
        raise AssertionError("slept")

    with Connection(library), Connection(library) as connection:
        monkeypatch.setattr(turns, "sleep", never)
        for _ in range(2):
            with connection.batch():
                busy(0.015)


def test_who_gives_up_waits_no_longer(library: Path) -> None:
    with Connection(library) as first, Connection(library) as second, ExitStack() as rest:
        second.patience = 0.0
        rest.enter_context(first.batch())
        with pytest.raises(LibraryBusy), second.batch():
            pass
        assert not locks.is_anybody_marked(library)


def test_much_work_is_done_in_many_short_transactions(library: Path) -> None:
    with Connection(library) as connection:
        done = list(connection.in_batches(range(40), lambda one: (busy(0.004), one)[1]))
    assert [one for some in done for one in some] == list(range(40))
    assert max(map(len, done)) <= pace.LONGEST_TURN / 0.004 + 1
    assert len(done) > 5


def test_work_that_fails_takes_back_its_own_transaction_alone(library: Path) -> None:
    def work(number: int) -> int:
        connection.run("INSERT INTO setting (name, value) VALUES (?, '')", (str(number),))
        busy(0.01)
        return 1 // (30 - number)

    done: list[int] = []
    with Connection(library) as connection:
        batches = map(done.extend, connection.in_batches(range(60), work))
        with pytest.raises(ZeroDivisionError):
            deque(batches, 0)
        assert 0 < len(done) <= 30
        assert connection.value("SELECT count(*) FROM setting WHERE value = ''") == len(done)


def test_a_slow_end_of_transactions_makes_them_gather_less(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr(pace, "monotonic", lambda: clock[0])
    monkeypatch.setattr(pace, "thread_time", lambda: clock[0])

    def gathered(ending: float) -> float:
        own = Pace()
        for _ in range(30):
            own.begin()
            begun = clock[0]
            while not own.is_over():
                clock[0] += 0.0002
            took = clock[0] - begun
            own.gathered()
            clock[0] += took * ending
            own.end()
        return took

    quick, slow = gathered(0.1), gathered(2.0)
    assert slow < quick / 2
    assert quick * 1.1 == pytest.approx(pace.LONGEST_TURN, abs=0.003)
    assert slow * 3 == pytest.approx(pace.LONGEST_TURN, abs=0.004)


def test_a_busy_machine_makes_transactions_gather_less(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, worked = [0.0], [0.0]
    monkeypatch.setattr(pace, "monotonic", lambda: clock[0])
    monkeypatch.setattr(pace, "thread_time", lambda: worked[0])

    def gathered(share: float) -> float:
        own = Pace()
        for _ in range(30):
            own.begin()
            begun = clock[0]
            while not own.is_over():
                clock[0] += 0.0002
                worked[0] += 0.0002 * share
            took = clock[0] - begun
            own.gathered()
            own.end()
        return took

    free, busy, busiest = gathered(1.0), gathered(1 / 3), gathered(1 / 50)
    assert busy == pytest.approx(free / 3, abs=0.001)
    assert busiest == pytest.approx(free / 5, abs=0.001)  # not less: a transaction costs something by itself


def transactions(module: str) -> list[ast.AST]:
    """What of a module stands inside a transaction."""
    nodes = ast.walk(tree_of(MODULES[module]))
    return [node for node in nodes if isinstance(node, ast.With) and ".batch()" in ast.unparse(node.items[0])]


@pytest.mark.parametrize("module", sorted(module for module in MODULES if module.startswith("cache")))
def test_nothing_is_awaited_and_nothing_foreign_read_inside_a_transaction(module: str) -> None:
    inside = [each for node in transactions(module) for each in ast.walk(node)]
    assert not any(isinstance(each, ast.Await | ast.AsyncFor | ast.AsyncWith) for each in inside)
    imports = [node for node in ast.walk(tree_of(MODULES[module])) if isinstance(node, ast.ImportFrom)]
    readers = {name.asname or name.name for node in imports if _reads(node.module or "") for name in node.names}
    assert readers.isdisjoint(each.id for each in inside if isinstance(each, ast.Name))


def test_what_a_refresh_writes_was_read_elsewhere() -> None:
    assert not any(map(_reads, imports_of("cache.refresh.storing")))


def _reads(module: str) -> bool:
    return module.startswith(("fetch.extract", "fetch.feeds", "fetch.sections", "fetch.parsers"))
