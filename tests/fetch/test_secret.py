"""Values that do not show themselves."""

from __future__ import annotations

import json

import pytest

from fetch.http.request import Request
from fetch.secret import Secret, redacted


def test_a_secret_has_no_form_but_its_own() -> None:
    secret = Secret("Bearer kaimauer-4711")
    for shown in (repr(secret), str(secret), f"{secret}", f"{secret!r}", repr([secret]), f"{secret!s}"):
        assert "kaimauer" not in shown
    assert "kaimauer" not in repr(Request("https://h.example/", headers=(("Authorization", secret),)))
    assert secret.reveal() == "Bearer kaimauer-4711"
    with pytest.raises(TypeError):
        json.dumps(secret)


def test_a_text_that_leaves_the_program_is_without_the_secrets_it_knows() -> None:
    secret = Secret("Bearer kaimauer-4711; theme=dark")
    said = redacted(f"Illegal header value {secret.reveal().encode()!r} and kaimauer-4711")
    assert "kaimauer" not in said
    assert said.startswith("Illegal header value")
