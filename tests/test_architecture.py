"""Rooms import what the table lets them, no two modules import each other, heavy libraries stay where they belong."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.modules import MODULES, PATHS, ROOT, STOREYS, TESTS, imports_of, relative, tree_of
from tests.shares import of_each

VALUES, DOOR = "values", "door"


@dataclass(frozen=True)
class Room:
    """What a room imports: other rooms of its storey, and rooms or modules of the storeys below.

    The values of its own storey are every room's, those of the storeys below every storey's.
    """

    beside: str = ""
    below: str = ""


# What stands at the top of a storey instead of in a room. Values are what every room speaks of; the door is what the
# storeys above call.
TOPS = {
    "fetch": {
        VALUES: "article article_limits bounded_json calendar_words calendars charsets clock_times dateline dates "
        "decoding enclosed enclosures errors file_kind format_characters gate headlines letters links passages "
        "phrase_pattern picture relative_dates secret source text time_zones uncancelled unpacking wall_phrases",
        DOOR: "fetcher listing",
    },
    "cache": {
        VALUES: "arrangement diff entry errors found front_page highlight paths progress secret_store site "
        "source_entry writing_systems",
        DOOR: "editions export_order exporting handbook import_tally importing library reading taking_over writing",
    },
    "tui": {
        VALUES: "amounts background bindings crash descriptors export_target hooks keymap local_time messages "
        "passing_on request_settings section_order sections settings signals",
        DOOR: "app driver terminal_input __main__",
    },
}

# The rooms of each storey, from the ground up.
ROOMS = {
    "fetch": {
        VALUES: Room(),
        "http": Room(),
        "link_classifier": Room(),
        "handbook": Room(),
        "parsers": Room(),
        "feeds": Room("link_classifier"),
        "extract.markup": Room(),
        "extract.facts": Room("extract.markup"),
        "extract.body": Room("extract.markup extract.facts"),
        "extract": Room("extract.markup extract.facts extract.body"),
        "sections": Room("link_classifier extract.markup"),
        DOOR: Room("http handbook parsers feeds sections extract"),
        "discovery": Room("http link_classifier handbook feeds extract.markup door"),
    },
    "cache": {
        VALUES: Room(),
        "rules": Room(below="fetch.http"),
        "db": Room("rules", below="fetch.http"),
        "search": Room("db"),
        "related": Room("db"),
        "formats": Room("db", below="fetch.feeds"),
        "formats.readers": Room("formats db", below="fetch.extract fetch.link_classifier"),
        "front": Room("search related db"),
        "writes": Room("front search related db rules", below="fetch.http"),
        "refresh": Room(
            "writes db rules",
            below="fetch.http fetch.parsers fetch.extract fetch.listing fetch.fetcher fetch.discovery",
        ),
        DOOR: Room(
            "rules db search related formats formats.readers front writes refresh",
            below="fetch.http fetch.handbook fetch.parsers fetch.fetcher",
        ),
        "sync": Room(
            "door refresh writes formats db rules",
            below="fetch.feeds fetch.http fetch.fetcher",
        ),
    },
    "tui": {
        VALUES: Room(below="cache.library"),
        "config": Room(),
        "typeset": Room(below="cache.related.timeline"),
        "panes": Room("typeset", below="cache.library"),
        "dialogs": Room("config panes typeset", below="cache.library fetch.discovery.catalogue"),
        "screen": Room(
            "config dialogs panes typeset", below="cache.library cache.formats.table fetch.discovery.catalogue"
        ),
        "cli": Room(
            "config typeset", below="cache.library cache.formats.record cache.formats.table cache.related.timeline"
        ),
        "linear": Room(
            "cli config dialogs screen typeset", below="cache.library cache.formats.table cache.related.timeline"
        ),
        DOOR: Room("config screen linear cli typeset", below="cache.library"),
    },
}  # fmt: skip

# What single modules may know beyond their room: `extract` works without a library, `doctor` on one that may not open,
# an article is printed in the form it is exported in, a query and an address are understood before they are asked, a
# secret goes past the library.
ALSO_KNOWN = {
    "tui.cli.add": "fetch.discovery.typed_addresses",
    "tui.dialogs.add_source": "fetch.discovery.typed_addresses",
    "tui.cli.article": "cache.formats.markdown",
    "tui.cli.cite": "cache.formats.citation",
    "tui.cli.highlight": "cache.formats.citation cache.formats.highlights",
    "tui.cli.json": "cache.formats.highlights",
    "tui.screen.passages": "cache.formats.citation",
    "tui.linear.passage_acts": "cache.formats.citation",
    "tui.cli.extract": "fetch.extract fetch.fetcher fetch.listing",
    "tui.cli.front": "cache.search.query",
    "tui.cli.options": "cache.search.query",
    "tui.cli.arrange": "cache.refresh.own_headers",
    "tui.cli.refresh": "cache.sync.every cache.sync.standing",
    "tui.screen.syncing": "cache.sync",
    "tui.typeset.sync_standing": "cache.sync.standing",
    "tui.dialogs.sync_server": "cache.sync",
    "tui.dialogs.gone_sources": "cache.sync.gone",
    "tui.screen.dialogs": "cache.sync.gone",
    "tui.linear.refreshing": "cache.sync",
    "tui.cli.sync": "cache.sync",
    "tui.cli.sync_status": "cache.sync",
    "tui.request_settings": "fetch.http.request fetch.http.url_parts",
    "tui.cli.doctor": "cache.db.health cache.db.picture_files cache.refresh.parser_log cache.search.query",
    "tui.hooks": "cache.formats.highlights cache.formats.record",
}

# Who may name a library; a folder ends in "/".
HOMES = {
    "sqlite3": ("cache/",),
    "httpx": ("fetch/http/client.py",),
    "httpcore": ("fetch/http/",),
    "selectolax": ("fetch/",),
    "feedparser": ("fetch/feeds/feed.py", "fetch/feeds/feedparser_adapter.py"),
    "protego": ("fetch/http/robots.py",),
    "keyring": ("fetch/", "cache/"),
    "platformdirs": ("cache/paths.py",),
    "bidi": ("tui/typeset/visual_order.py",),
    "textual": ("tui/",),
    "rich": ("tui/",),
}

EVERY_ROOM = [(storey, room) for storey, rooms in ROOMS.items() for room in rooms if room not in (VALUES, DOOR)]


def storey_of(module: str) -> str:
    return module.partition(".")[0]


def room_of(module: str) -> str:
    """The room a module stands in; the package of a storey itself holds nothing, and counts as a value."""
    storey, _, inside = module.partition(".")
    for top in (VALUES, DOOR):
        if inside in TOPS[storey][top].split():
            return top
    named = [room for room in ROOMS[storey] if inside == room or inside.startswith(f"{room}.")]
    return max(named, key=len) if named else VALUES * (not inside)


def may_import(module: str, other: str) -> bool:
    room, target = room_of(module), room_of(other)
    table = ROOMS[storey_of(module)][room]
    if storey_of(module) == storey_of(other):
        return target in (room, VALUES, *table.beside.split())
    if STOREYS.index(storey_of(other)) > STOREYS.index(storey_of(module)):
        return False
    known = [*table.below.split(), *ALSO_KNOWN.get(module, "").split()]
    return target == VALUES or any(other == each or other.startswith(f"{each}.") for each in known)


def permissions() -> Iterator[tuple[str, str, str]]:
    """Every arrow of the table: storey, room, and what it may import, as a whole name."""
    for storey, rooms in ROOMS.items():
        for room, table in rooms.items():
            yield from ((storey, room, f"{storey}.{beside}") for beside in table.beside.split())
            yield from ((storey, room, below) for below in table.below.split())


def documentation(*parts: str) -> str:
    text = ast.get_docstring(tree_of(ROOT.joinpath(*".".join(parts).split("."), "__init__.py")))
    assert text, f"{'.'.join(parts)} does not say what it is for"
    return text


@of_each(MODULES)
def test_every_module_stands_in_a_room(module: str) -> None:
    assert room_of(module)


@of_each(MODULES)
def test_a_room_imports_what_the_table_says(module: str) -> None:
    assert [other for other in sorted(imports_of(module)) if not may_import(module, other)] == []


@pytest.mark.parametrize(("storey", "room", "other"), list(permissions()))
def test_the_table_permits_nothing_that_is_not_needed(storey: str, room: str, other: str) -> None:
    used = {name for each in MODULES if (storey_of(each), room_of(each)) == (storey, room) for name in imports_of(each)}
    assert any(f"{name}.".startswith(f"{other}.") or f"{storey_of(name)}.{room_of(name)}" == other for name in used)


@pytest.mark.parametrize("storey", STOREYS)
def test_the_rooms_stand_from_the_ground_up(storey: str) -> None:
    order = list(ROOMS[storey])
    for place, room in enumerate(order):
        assert set(ROOMS[storey][room].beside.split()) <= set(order[1:place]), room


@of_each(MODULES)
def test_no_module_is_imported_by_what_it_imports(module: str) -> None:
    reached, waiting = set[str](), [*imports_of(module)]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += imports_of(name)
    assert module not in reached


@pytest.mark.parametrize(("storey", "room"), EVERY_ROOM)
def test_a_room_says_what_it_is_for_and_what_it_imports(storey: str, room: str) -> None:
    text = documentation(storey, room)
    purpose, _, rest = text.partition("\n\n")
    assert 20 < len(purpose) < 240
    table = ROOMS[storey][room]
    rooms = {name.removeprefix(f"{room.partition('.')[0]}.").replace("_", " ") for name in table.beside.split()}
    assert imports_told(" ".join((rest or purpose).split())) == {VALUES, *rooms, *table.below.split()}


def imports_told(text: str) -> set[str]:
    """The names in the sentence that says what a room imports, without what stands in brackets, which is why."""
    sentence = re.search(r"\b[Ii]mports (.+?)(?:[;:]|\.(?: |$))", re.sub(r" \(.*?\)", "", text))
    assert sentence, "it names what it imports"
    names = re.split(r", | and ", sentence[1].removesuffix(" only"))
    return {re.sub(r"^the | of \w+$", "", re.sub(r"^the ", "", name)) for name in names}


@pytest.mark.parametrize("storey", STOREYS)
def test_a_storey_names_its_values_its_rooms_and_its_door(storey: str) -> None:
    text = documentation(storey)
    named = {*" ".join(TOPS[storey].values()).split(), *(room for room in ROOMS[storey])}
    assert {name for name in named if not re.search(rf"(?<![\w.]){re.escape(name)}(?![\w.])", text)} == set()
    assert len(tree_of(MODULES[storey]).body) == 1, "the package itself holds nothing else"


@pytest.mark.parametrize("storey", STOREYS)
def test_the_tests_mirror_the_rooms(storey: str) -> None:
    folders = {
        path.parent.relative_to(ROOT / "tests" / storey)
        for path in TESTS
        if path.is_relative_to(ROOT / "tests" / storey)
    }
    rooms = {".".join(folder.parts) for folder in folders if folder.parts}
    assert rooms <= ROOMS[storey].keys()


@of_each(PATHS)
def test_libraries_stay_where_they_belong(path: Path) -> None:
    here = relative(path)
    astray = [
        f"{here}:{line} imports {name}"
        for name, line in loaded(path)
        if (homes := HOMES.get(name.split(".")[0])) and not any(belongs(here, home) for home in homes)
    ]
    assert not astray


def belongs(here: str, home: str) -> bool:
    return here.startswith(home) if home.endswith("/") else here == home


def loaded(path: Path) -> Iterator[tuple[str, int]]:
    """What a module loads when it runs: imports for type checkers load nothing."""
    tree = tree_of(path)
    quiet = {id(inner) for node in ast.walk(tree) if is_for_checkers(node) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in quiet:
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{relative(path)}:{node.lineno} imports relatively"
            yield node.module or "", node.lineno


def is_for_checkers(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def test_every_library_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["keys"], *extras["pictures"]]
    declared = {re.split(r"[\[<>=.]", line)[0].removeprefix("python-").replace("pillow", "PIL") for line in wanted}
    ours = {*STOREYS, *sys.stdlib_module_names, "compression"}  # the last is Python's own from 3.14 on
    strangers = {name.split(".")[0] for path in PATHS for name, _ in loaded(path)} - ours
    assert strangers == strangers & declared


def test_every_dependency_is_bounded_and_has_its_reason_beside_it() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *(each for extra in extras.values() for each in extra)]
    assert len(wanted) > 15
    assert [each for each in wanted if not re.search(r">=[\d.]+,<\d", each)] == []
    lines = [
        line
        for line in text.splitlines()
        if re.match(r' *(keys = |socks = |pictures = )?\[?"[\w.-]+(\[\w+\])?>=', line)
    ]
    unexplained = [line for line in lines if "  # " not in line]
    assert len(lines) == len(wanted)
    assert unexplained == []
    for group in (extras["test"], [each for each in wanted if each not in extras["test"]]):
        assert len({re.split("[><]", each)[0] for each in group}) == len(group), "none stands there twice"


@pytest.mark.parametrize(
    ("module", "strangers"),
    [
        ("fetch.article", ("cache", "tui", "selectolax", "httpx")),
        ("fetch.fetcher", ("cache", "tui", "sqlite3", "textual", "httpx")),
        ("cache.library", ("tui", "textual", "httpx", "selectolax", "feedparser")),
        ("tui.cli.listing", ("textual", "rich", "httpx", "selectolax", "feedparser", "asyncio")),
        ("tui.cli.show", ("textual", "rich.console", "httpx", "selectolax", "feedparser")),
    ],
)
def test_what_a_module_loads(module: str, strangers: tuple[str, ...]) -> None:
    program = f"import sys, {module}; print(*[name for name in {strangers!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
