"""A pattern out of lists of phrases, as the files of data hold them: parted by white space, "_" for a space."""

from __future__ import annotations

import re


def any_of(*phrases: str) -> re.Pattern[str]:
    """What finds any of these phrases, in letters of either case."""
    return re.compile("|".join(" ".join(phrases).replace("_", r"\s").split()), re.IGNORECASE)
