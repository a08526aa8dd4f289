"""What the settings put over the environment, and that it is there again without them."""

from __future__ import annotations

import os

import pytest

from tui.config.config import Config
from tui.config.environment import Environment


def test_a_proxy_stands_in_place_of_the_environments_and_goes_with_its_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://old.example:1")
    monkeypatch.setenv("https_proxy", "")
    monkeypatch.setenv("all_proxy", "")
    environment = Environment()
    environment.apply(Config({"network.proxy": "http://new.example:2"}))
    assert [os.environ[name] for name in ("http_proxy", "https_proxy", "all_proxy")] == ["http://new.example:2"] * 3
    environment.apply(Config())
    assert (os.environ["http_proxy"], os.environ["https_proxy"]) == ("http://old.example:1", "")


def test_without_the_keyring_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "some.backend")
    environment = Environment()
    environment.apply(Config({"network.keyring": False}))
    assert os.environ["PYTHON_KEYRING_BACKEND"] == "keyring.backends.null.Keyring"
    environment.apply(Config({"network.keyring": True}))
    assert os.environ["PYTHON_KEYRING_BACKEND"] == "some.backend"
