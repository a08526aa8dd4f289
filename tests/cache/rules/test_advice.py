"""What is wrong with a source is told with what to do about it."""

import pytest

from cache.rules.advice import of_empty_list, with_advice
from cache.rules.backoff import DAY
from fetch.errors import BadStatus, Blocked, NotASource, Unreachable

URL = "https://harbour.example/feed"
NOW = 1_700_000_000.0


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (BadStatus(f"{URL} says that this is gone for good (HTTP 410).", status=410, reason="gone"), "It is not asked"),
        (Blocked(f"{URL} answers with a page to log in at.", reason="login"), "`broadsheet arrange` has a login sent"),
        (NotASource(f"{URL} is not a feed."), "If that lasts, adding its site again finds its feed."),
    ],
)
def test_behind_what_went_wrong_stands_what_to_do(error, advice) -> None:
    assert with_advice(error).startswith(f"{error} {advice}")


def test_what_passes_by_itself_needs_no_advice() -> None:
    assert with_advice(Unreachable("Nobody answers.")) == "Nobody answers."


def test_a_list_that_is_empty_for_a_fortnight_is_told() -> None:
    assert of_empty_list(URL, NOW - 13 * DAY, NOW) == of_empty_list(URL, 0.0, NOW) == ""
    assert of_empty_list(URL, NOW - 15 * DAY, NOW).startswith(f"{URL} has listed nothing for 15 days.")
