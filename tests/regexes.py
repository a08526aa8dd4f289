"""Every regular expression that stands in a module of ours, how it is used, and texts made from it to cost it most."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from tests.modules import MODULES

AT_A_PLACE = frozenset(("match", "fullmatch"))
_USES = re.compile(r"\b(\w+)(?:\(\))?\.(search|subn?|findall|finditer|split|match|fullmatch)\b")
_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)
_MANY = 20  # times; what may be repeated less often costs at most as often


class Expression(NamedTuple):
    """A pattern, the names it goes by ("module:name"), and the methods that are called on it."""

    pattern: re.Pattern[Any]
    names: tuple[str, ...]
    uses: frozenset[str]


def expressions() -> list[Expression]:
    """Those of all modules, each once; those that a function without arguments makes among them."""
    names: dict[tuple[Any, int], list[str]] = {}
    found: dict[tuple[Any, int], re.Pattern[Any]] = {}
    for module in MODULES:
        if module.endswith("__main__"):
            continue
        for name, value in vars(import_module(module)).items():
            for pattern in _patterns_in(value, module):
                key = (pattern.pattern, pattern.flags)
                found[key] = pattern
                names.setdefault(key, []).append(f"{module}:{name}")
    uses = _uses()
    return [
        Expression(pattern, tuple(names[key]), frozenset().union(*(uses.get(name, frozenset()) for name in names[key])))
        for key, pattern in found.items()
    ]


def _patterns_in(value: object, module: str, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list) and depth < 3:
        for each in value:
            yield from _patterns_in(each, module, depth + 1)
    elif isinstance(value, dict) and depth < 3:
        yield from _patterns_in(tuple(value.values()), module, depth + 1)
    elif hasattr(value, "cache_info") and value.__module__ == module and not inspect.signature(value).parameters:  # type: ignore[arg-type]
        yield from _patterns_in(value(), module, depth + 1)  # type: ignore[operator]


def _uses() -> dict[str, frozenset[str]]:
    """The methods that are called on each name, in the module it stands in or is imported into."""
    found: dict[str, set[str]] = {}
    for module, path in MODULES.items():
        for name, method in _USES.findall(path.read_text(encoding="utf-8")):
            found.setdefault(f"{module}:{name}", set()).add(method)
    return {name: frozenset(methods) for name, methods in found.items()}


class Attack(NamedTuple):
    """What the pattern repeats, or what leads up to it, over and over, and then no end."""

    first: str
    again: str
    tail: str

    def text(self, length: int) -> str:
        """So many characters of it."""
        room = length - len(self.tail)
        return (self.first + self.again * (room // len(self.again) + 1))[:room] + self.tail


def attacks(pattern: re.Pattern[Any]) -> Iterable[Attack]:
    """What may cost it most, each once."""
    found: dict[Attack, None] = {}
    for prefix, pump in _pumps(_parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)):
        for first, again in ((prefix, pump), (pump, prefix), ("", prefix + pump * 3), ("", prefix + pump * 100)):
            if again:
                found |= {Attack(first, again, tail): None for tail in ("", "\x00")}
    return found


def _pumps(parsed: Iterable[Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """For each part that may repeat, what matches all before it, and what matches it once."""
    for operator, argument in parsed:
        if operator in _REPEATS:
            _, most, inside = argument
            if most == _constants.MAXREPEAT or most >= _MANY:
                yield prefix, _sample(inside)
            yield from _pumps(inside, prefix)
        elif operator is _constants.SUBPATTERN:
            yield from _pumps(argument[3], prefix)
        elif operator is _constants.ATOMIC_GROUP:
            yield from _pumps(argument, prefix)
        elif operator is _constants.BRANCH:
            for branch in argument[1]:
                yield from _pumps(branch, prefix)
        prefix += _sample([(operator, argument)])
        yield prefix, ""


def _sample(parsed: Iterable[Any]) -> str:
    """A short text that matches."""
    written = ""
    for operator, argument in parsed:
        if operator is _constants.LITERAL:
            written += chr(argument)
        elif operator in (_constants.NOT_LITERAL, _constants.ANY):
            written += "b" if argument == ord("a") else "a"
        elif operator is _constants.IN:
            written += _member(argument)
        elif operator is _constants.BRANCH:
            written += _sample(argument[1][0])
        elif operator is _constants.SUBPATTERN:
            written += _sample(argument[3])
        elif operator is _constants.ATOMIC_GROUP:
            written += _sample(argument)
        elif operator in _REPEATS:
            least, most, inside = argument
            written += _sample(inside) * max(least, int(most > 1 or least > 0))
    return written


def _member(members: Iterable[Any]) -> str:
    """A character of a class: a letter where it has one, else the first that comes."""
    members = list(members)
    own = [
        chr(argument if operator is _constants.LITERAL else argument[0])
        for operator, argument in members
        if operator in (_constants.LITERAL, _constants.RANGE)
    ]
    built = re.compile("[" + "".join(map(_written, members)) + "]", re.DOTALL)
    return next(filter(built.match, [*"a 1-.A<&;\"'=/,:()|", *own, *map(chr, range(33, 127)), "\u4e00"]), "a")


def _written(member: Any) -> str:
    operator, argument = member
    if operator is _constants.NEGATE:
        return "^"
    if operator is _constants.LITERAL:
        return re.escape(chr(argument))
    if operator is _constants.RANGE:
        return f"{re.escape(chr(argument[0]))}-{re.escape(chr(argument[1]))}"
    return {
        "CATEGORY_SPACE": r"\s", "CATEGORY_NOT_SPACE": r"\S", "CATEGORY_DIGIT": r"\d", "CATEGORY_NOT_DIGIT": r"\D",
        "CATEGORY_WORD": r"\w", "CATEGORY_NOT_WORD": r"\W",
    }[str(argument)]  # fmt: skip
