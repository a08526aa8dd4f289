"""Reading TOML of a reader's own: whatever a file holds, tables come of it or a sentence."""

from __future__ import annotations

from typing import Any


class NotToml(ValueError):
    """A text that is no TOML, or none that can be read; its text goes on behind the name of the file."""


def toml_tables(text: str) -> dict[str, Any]:
    """The tables of a text; raises NotToml."""
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        why = str(error).rstrip(".")
        raise NotToml(f"is no TOML: {why[:1].lower()}{why[1:]}") from error
    except ValueError as error:  # Python's of digits: it reads some thousands of them and no more
        raise NotToml("holds a number that is too long") from error
    except RecursionError as error:
        raise NotToml("is nested too deeply") from error
