"""What each kind of setting takes, from a file and as it is typed."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from tui.config import table
from tui.config.kinds import NotAllowed, ValueKind, literal


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (table.MEASURE, 30),
        (table.EVERY, 0),
        (table.EVERY, 10080),
        (table.BUDGET, "1.5 MB"),
        (table.BUDGET, ""),
        (table.BROWSER, []),
        (table.BROWSER, ["open", "--url={}"]),
        (table.PROXY, "socks5://127.0.0.1:9050"),
        (table.PROXY, ""),
        (table.THEME, "day"),
    ],
)
def test_what_is_allowed(key: table.ConfigKey[Any], value: object) -> None:
    assert key.kind.plain(key.kind.take(value)) == value


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (table.MEASURE, 29),
        (table.MEASURE, 0),
        (table.MEASURE, True),
        (table.MEASURE, 70.0),
        (table.EVERY, -5),
        (table.EVERY, 4),
        (table.FOLD, 1),
        (table.FOLD, "true"),
        (table.ROWS["wide"], True),
        (table.BUDGET, "much"),
        (table.BUDGET, 300),
        (table.BROWSER, "firefox {}"),
        (table.BROWSER, ["firefox"]),
        (table.BROWSER, ["{}"]),
        (table.BROWSER, ["", "{}"]),
        (table.BROWSER, ["firefox", "{}", 1]),
        (table.BROWSER, ["fire\x00fox", "{}"]),
        (table.PROXY, "localhost:3128"),
        (table.PROXY, "http://"),
        (table.PROXY, "http://name:secret@proxy.example"),
        (table.THEME, "../dusk"),
        (table.THEME, ["day"]),
    ],
)
def test_what_is_not(key: table.ConfigKey[Any], value: object) -> None:
    with pytest.raises(NotAllowed):
        key.kind.take(value)


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        (table.FOLD, "no", False),
        (table.FOLD, "True", True),
        (table.MEASURE, " 80 ", 80),
        (table.ROWS["wide"], "4", 4),
        (table.BUDGET, "2M", "2M"),
        (table.BROWSER, "firefox --new-window {}", ("firefox", "--new-window", "{}")),
        (table.BROWSER, '["firefox", "{}"]', ("firefox", "{}")),
        (table.BROWSER, "", ()),
    ],
)
def test_what_is_typed_in_a_line(key: table.ConfigKey[Any], text: str, value: object) -> None:
    assert key.kind.take(key.kind.typed(text)) == value


@pytest.mark.parametrize("value", [True, 70, "300k", 'with "quotes" and \\', ["a b", "{}"], []])
def test_a_literal_is_toml(value: object) -> None:
    assert tomllib.loads(f"it = {literal(value)}") == {"it": value}


def test_every_kind_says_what_is_allowed() -> None:
    kinds: set[ValueKind[Any]] = {key.kind for key in table.TABLE}
    assert all(len(kind.allowed) > 5 and kind.name for kind in kinds)
