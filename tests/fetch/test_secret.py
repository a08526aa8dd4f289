"""Values that do not show themselves."""

from __future__ import annotations

import json

import pytest

from fetch.errors import FetchError, NewsError
from fetch.http.request import Request
from fetch.secret import Secret, redacted, without_logins


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


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("There is no source http://ada:pa55@a.example/x.", "There is no source http://a.example/x."),
        ("ftp://a@b@c.example and https://ada@d.example:8/@e", "ftp://c.example and https://d.example:8/@e"),
        ("'socks5://ada:pa55@[::1' is not a proxy", "'socks5://[::1' is not a proxy"),
        ("https://a.example/?mail=b@c.example, or b@c.example", "https://a.example/?mail=b@c.example, or b@c.example"),
    ],
)
def test_no_sentence_shows_a_login_in_an_address(text: str, shown: str) -> None:
    assert without_logins(text) == str(NewsError(text)) == str(FetchError(text, "x")) == shown
