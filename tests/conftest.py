"""What every test gets: asyncio for async ones, an environment without proxies and real library, and no name server."""

from __future__ import annotations

import ipaddress
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import settings

from tests import spreading

# In the suite the same inputs every time, about a minute in all; `--hypothesis-profile long` looks further, by chance.
settings.register_profile("suite", derandomize=True, database=None, deadline=None, max_examples=200)
settings.register_profile("long", database=None, deadline=None, max_examples=20_000)
settings.load_profile("suite")

if (
    signal.getsignal(signal.SIGINT) is signal.SIG_IGN
):  # as in the background of a shell; programs started here inherit it
    signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:  # as under nohup
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    return spreading.processes(config.args)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> spreading.TimedFilesLast:
    config.option.loadscopereorder = False
    return spreading.TimedFilesLast(config, log)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--one-in", type=int, default=1, metavar="N", help="of each file its first test and every Nth")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    spreading.timed_last(items)
    items[:], left = spreading.sampled(items, config.option.one_in)
    config.hook.pytest_deselected(items=left)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def _environment_left_as_found() -> Iterator[None]:
    """Commands that run in this process set proxy and keyring for good, as they may in a process of their own."""
    found = dict(os.environ)
    yield
    if os.environ != found:
        os.environ.clear()
        os.environ.update(found)


@pytest.fixture(autouse=True)
def _plain_environment(_environment_left_as_found: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in list(os.environ.items()):
        ours = name in ("BROADSHEET_HOME", "BROADSHEET_CONFIG", "COLUMNS")
        old_letters = name in ("LC_ALL", "LC_CTYPE", "LANG") and "utf" not in value.lower()
        if ours or old_letters or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")  # never the machine's own


@pytest.fixture(autouse=True)
def _no_name_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names lead nowhere, but to this machine or where a test's own resolver has them lead."""
    resolve = socket.getaddrinfo

    def resolved(host: Any, *arguments: Any, **named: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
        with suppress(ValueError):
            ipaddress.ip_address(name)
            return resolve(host, *arguments, **named)
        if name == "localhost":
            return resolve(host, *arguments, **named)
        raise socket.gaierror(socket.EAI_NONAME, "no test asks a name server")

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
