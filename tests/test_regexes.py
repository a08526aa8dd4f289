"""No regular expression takes time that grows with the square of a stranger's text: each is fed what costs it most."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, NoReturn

import pytest

from tests.regexes import AT_A_PLACE, Attack, Expression, attacks, expressions
from tests.shares import share

LENGTH = 20_000
SECONDS = 0.04
"""At most for a text that whoever calls the pattern has cut: what is linear takes a fortieth of it."""
MEASURABLE, FAR_TOO_LONG, MOST = 0.008, 0.2, 9
"""Where nobody cuts the text, one of four times the length takes less than nine times as long: four, not sixteen. That
is told in times, as machines differ; seconds count only where they are too few to be measured, or beyond all bounds."""
SOME = 60
"""So many attacks on a pattern are tried at most; all of them in a long run."""


class Bound(NamedTuple):
    """What a text is before the pattern sees it: so long at most, its white space folded, or both."""

    length: int = LENGTH
    folded: bool = False


FOLDED = Bound(folded=True)
BOUNDS = {
    "fetch.dateline:_IN_CAPITALS": Bound(160),
    "fetch.dateline:_BEFORE_AGENCY": Bound(160),
    "fetch.dates:_MONTH_DAY": Bound(400),
    "fetch.dates:_MONOTONIC": FOLDED,
    "fetch.dates:WRITTEN_DAY": Bound(500),
    "fetch.discovery.typed_addresses:_INSIDE": Bound(2000),
    "fetch.discovery.typed_addresses:_MARKED": Bound(2000),
    "fetch.extract.body.left_over:_MARK": Bound(200, folded=True),
    "fetch.extract.facts.bylines:SPLIT": FOLDED,
    "fetch.extract.facts.bylines:_FAMILY_FIRST": Bound(60),
    "fetch.extract.facts.bylines:_OFFICE": FOLDED,
    "fetch.extract.facts.bylines:_PICTURED": FOLDED,
    "fetch.extract.facts.cjk_bylines:_forms": Bound(120),
    "fetch.extract.facts.dek:_CUT": FOLDED,
    "fetch.extract.facts.headline:_SEPARATOR": FOLDED,
    "fetch.extract.facts.names:BY": FOLDED,
    "fetch.extract.facts.visible_authors:_PARTS": FOLDED,
    "fetch.extract.markup.media:_CREDIT": Bound(200),
    "fetch.extract.markup.pagination:_NEXT": Bound(100),
    "fetch.extract.markup.unseen:_CARD": Bound(1000),
    "fetch.feeds.entry:_BETWEEN_NAMES": FOLDED,
    "fetch.feeds.feed_dates:_RFC_822": Bound(400),
    "fetch.link_classifier.classifier:_KEY": Bound(300),
    "fetch.relative_dates:_UNSPACED_AGO": Bound(60),
    "fetch.sections.story_links:_SPACE_BEFORE_PUNCTUATION": FOLDED,
    "cache.related.sentences:_ABBREVIATED": Bound(40),
}
"""The patterns that would grow so, and why they cannot: whoever calls them cuts or folds the text first."""
EXPRESSIONS = expressions()


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Ends what takes more of the processor, which a pattern may for ever."""

    def end(*_: object) -> NoReturn:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def seconds_for(expression: Expression, text: Any, most: float) -> float:
    """What the uses of a pattern cost on a text; `most` where it is more."""
    pattern, uses = expression.pattern, expression.uses or {"search"}
    began = time.process_time()
    try:
        with at_most(most):
            if uses - AT_A_PLACE:
                for _ in pattern.finditer(text):
                    pass
            for use in uses & AT_A_PLACE:
                getattr(pattern, use)(text)
    except TimeoutError:
        return most
    return time.process_time() - began


def least_for(expression: Expression, attack: Attack, length: int, bound: Bound, enough: float) -> float:
    """The least time of three that so long a text takes; no further one where it is little enough."""
    text = attack.text(length)
    text = " ".join(text.split()) if bound.folded else text
    given = text.encode("latin-1", "replace") if isinstance(expression.pattern.pattern, bytes) else text
    least = most = 30 * enough
    for _ in range(3):
        if least > enough:
            least = min(least, seconds_for(expression, given, most))
    return least


def costs_too_much(expression: Expression, attack: Attack, bound: Bound) -> bool:
    if bound.length < LENGTH:
        return least_for(expression, attack, bound.length, bound, SECONDS) > SECONDS
    once = least_for(expression, attack, LENGTH, bound, MEASURABLE)
    if once <= MEASURABLE or once > FAR_TOO_LONG:
        return once > FAR_TOO_LONG
    return least_for(expression, attack, 4 * LENGTH, bound, MOST * once) > MOST * once


def first_that_costs(expression: Expression, bound: Bound) -> Any:
    """The first attack that costs too much; None where none does."""
    every = list(attacks(expression.pattern))
    some = share(every, -(-len(every) // SOME) or 1)
    return next((each for each in some if costs_too_much(expression, each, bound)), None)


@pytest.mark.parametrize("expression", EXPRESSIONS, ids=lambda expression: expression.names[0])
def test_a_regular_expression_takes_time_in_proportion_to_the_text(expression: Expression) -> None:
    bound = next((BOUNDS[name] for name in expression.names if name in BOUNDS), Bound())
    assert first_that_costs(expression, bound) is None


def test_every_bound_is_of_a_pattern_that_needs_it() -> None:
    named = {name for expression in EXPRESSIONS for name in expression.names}
    assert sorted(BOUNDS.keys() - named) == []


def test_all_modules_are_looked_through() -> None:
    assert len(EXPRESSIONS) > 300
    assert any("tui.typeset.cells:_special" in expression.names for expression in EXPRESSIONS)


@pytest.mark.parametrize("pattern", [r"<!--.*?-->", r"\s+x", r"(\w+)\s*=", r"(a+)+b", r"x\s*;?\s*$", rb"<a[^>]*\sb"])
def test_patterns_that_grow_are_found(pattern: str | bytes) -> None:
    expression = Expression(re.compile(pattern, re.DOTALL), ("x:x",), frozenset(("search",)))
    assert first_that_costs(expression, Bound()) is not None
