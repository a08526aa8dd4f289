"""How many of many cases are tried: all of them by `.ci/run long` (LONG_TESTS=1), else a share, the same every time.

And one test for many files: where a case takes less than what pytest does around a test, one test looks at all.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

Case = TypeVar("Case")
LONG = bool(os.environ.get("LONG_TESTS"))


def share(cases: Iterable[Case], one_in: int, first: int = 0) -> Sequence[Case]:
    """One in so many of the cases, beginning with the one at `first`; all of them in a long run."""
    return list(cases) if LONG else list(cases)[first % one_in :: one_in]


def of_each(cases: Iterable[Case]) -> Callable[[Callable[[Case], None]], Callable[[], None]]:
    """One test of what is written for one case, which looks at all cases and tells of each that fails."""
    each = list(cases)

    def decorated(test: Callable[[Case], None]) -> Callable[[], None]:
        def test_of_all() -> None:
            wrong = []
            for case in each:
                try:
                    test(case)
                except AssertionError as error:
                    wrong.append(f"{case}: {error}")
            assert not wrong, "\n".join(wrong)

        test_of_all.__name__, test_of_all.__doc__ = test.__name__, test.__doc__
        test_of_all.__qualname__, test_of_all.__module__ = test.__qualname__, test.__module__
        return test_of_all

    return decorated
