"""The built wheel holds every package and everything that is no Python: a back end may leave out what git ignores."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHIPPED = ("*.py", "*.toml", "*.tcss", "*.xml", "*.html", "py.typed")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    folder = tmp_path_factory.mktemp("wheel")
    program = f"import uv_build; print(uv_build.build_wheel({str(folder)!r}))"
    beside = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=beside, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(folder / done.stdout.strip().splitlines()[-1]) as opened:
        yield opened


def shipped() -> set[str]:
    packages = [ROOT / name for name in ("fetch", "cache", "tui")]
    return {
        path.relative_to(ROOT).as_posix() for package in packages for kind in SHIPPED for path in package.rglob(kind)
    }


def test_the_wheel_holds_every_module_and_every_page(wheel: zipfile.ZipFile) -> None:
    assert shipped() - set(wheel.namelist()) == set()


@pytest.mark.parametrize(
    "name",
    [
        "cache/library.py",
        "cache/formats/__init__.py",
        "fetch/handbook/feed.xml",
        "fetch/discovery/catalogue.toml",
        "tui/broadsheet.tcss",
        "fetch/py.typed",
        "cache/py.typed",
        "tui/py.typed",
        "tui/installed/share/bash-completion/completions/broadsheet",
    ],
)
def test_the_wheel_holds_what_was_once_forgotten(wheel: zipfile.ZipFile, name: str) -> None:
    assert wheel.getinfo(name).file_size > 0 or name.endswith("py.typed")


def test_the_wheel_installs_the_command_what_shells_read_and_nothing_else(
    wheel: zipfile.ZipFile,
) -> None:
    names = wheel.namelist()
    metadata = next(name.split("/")[0] for name in names if name.endswith(".dist-info/METADATA"))
    beside = metadata.replace(".dist-info", ".data")
    assert {name.split("/")[0] for name in names} == {"fetch", "cache", "tui", metadata, beside}
    installed = {name.removeprefix(f"{beside}/data/") for name in names if name.startswith(beside)}
    assert installed == {name.removeprefix("tui/installed/") for name in names if name.startswith("tui/installed/")}
    assert "broadsheet = tui.__main__:main" in wheel.read(f"{metadata}/entry_points.txt").decode()
    assert b"Requires-Python: >=3.11" in wheel.read(f"{metadata}/METADATA")
    assert any(name.startswith(f"{metadata}/licenses/") for name in names)


def test_the_wheel_runs_without_the_source_tree(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    wheel.extractall(tmp_path)
    program = (
        "import fetch, tui.__main__; from fetch.discovery.catalogue import catalogue;"
        "from importlib.resources import files;"
        "assert files('fetch').joinpath('handbook/welcome.html').is_file();"
        "print(fetch.__file__, len(catalogue()))"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, '.'); {program}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert str(tmp_path) in done.stdout or done.stdout.startswith("./")
