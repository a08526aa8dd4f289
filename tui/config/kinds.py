"""The kinds of values a setting may have: what is allowed, what a file's value means, how one is written."""

from __future__ import annotations

import re
from functools import cache
from typing import Generic, TypeAlias, TypeVar

from tui import amounts

T = TypeVar("T")
ADDRESS = "{}"
"""Stands in a command for the address that is opened."""
CommandWords: TypeAlias = tuple[str, ...]
"""A program and its arguments; empty for the system's own."""

_TYPED = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_PROXIES = ("http://", "https://", "socks5://", "socks5h://")


@cache
def _file_name() -> re.Pattern[str]:
    return re.compile(r"[\w-][\w.-]{0,59}")


class NotAllowed(ValueError):
    """A value that a setting may not have."""


def _number_or_text(text: str) -> int | str:
    """The number that a text of digits is; any other text as it is, without blanks around it."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text


class ValueKind(Generic[T]):
    """What a setting may be."""

    @property
    def name(self) -> str:
        """The type, in a word."""
        raise NotImplementedError

    @property
    def allowed(self) -> str:
        """What is allowed, as it stands behind "must be"."""
        raise NotImplementedError

    def take(self, given: object) -> T:
        """What a value from a file means; raises NotAllowed."""
        raise NotImplementedError

    def plain(self, value: T) -> object:
        """The value as a file or JSON holds it."""
        return value

    def typed(self, text: str) -> object:
        """What stands for a text typed in a line, as a file would hold it."""
        return text.strip()

    def written(self, value: T) -> str:
        """The value as one types it in a line."""
        return str(self.plain(value))

    @property
    def few(self) -> tuple[T, ...]:
        """All values there are, in turn, where they are few enough to go through."""
        return ()


class Word(ValueKind[str]):
    """One of some words."""

    name = "word"

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words = words

    @property
    def allowed(self) -> str:
        """The words."""
        return _either(f'"{word}"' for word in self.words)

    def take(self, given: object) -> str:
        """The word."""
        if not isinstance(given, str) or given not in self.words:
            raise NotAllowed
        return given

    @property
    def few(self) -> tuple[str, ...]:
        """The words."""
        return self.words


class ThemeName(ValueKind[str]):
    """One of our themes, one of Textual's, or the name that a file of the reader's own may have."""

    name = "word"

    def __init__(self, words: tuple[str, ...], others: tuple[str, ...]) -> None:
        self.words, self.others = words, others

    @property
    def allowed(self) -> str:
        """The words, and what others there are."""
        ours = ", ".join(f'"{word}"' for word in self.words)
        return f'{ours}, one of Textual\'s such as "{self.others[0]}", or the name of a file in themes'

    def take(self, given: object) -> str:
        """The name."""
        if not isinstance(given, str) or not self.is_name(given):
            raise NotAllowed
        return given

    @property
    def few(self) -> tuple[str, ...]:
        """Ours and Textual's."""
        return (*self.words, *self.others)

    @staticmethod
    def is_name(text: str) -> bool:
        """Whether a file of a theme may be called so."""
        return bool(_file_name().fullmatch(text))


class Words(ValueKind[tuple[str, ...]]):
    """Some of some words, in an order; one at least, none twice."""

    name = "list"

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words = words

    @property
    def allowed(self) -> str:
        """The words."""
        words = _either(f'"{word}"' for word in self.words)
        return f"a list of {words}, in your order, none twice"

    def take(self, given: object) -> tuple[str, ...]:
        """The words."""
        if not isinstance(given, list | tuple) or not given:
            raise NotAllowed
        words = tuple(word for word in given if isinstance(word, str) and word in self.words)
        if len(words) != len(given) or len(set(words)) != len(words):
            raise NotAllowed
        return words

    def plain(self, value: tuple[str, ...]) -> object:
        """A list."""
        return list(value)

    def typed(self, text: str) -> object:
        """Words with commas or blanks between."""
        return text.replace(",", " ").replace('"', " ").strip(" []").split()

    def written(self, value: tuple[str, ...]) -> str:
        """The words with commas between."""
        return ", ".join(value)


class Queries(ValueKind[tuple[str, ...]]):
    """Some searches; none, too."""

    name = "list"
    most = 16

    @property
    def allowed(self) -> str:
        """What searches are."""
        return f'a list of searches such as ["source:courier", "harbour"], up to {self.most}, or [] for none'

    def take(self, given: object) -> tuple[str, ...]:
        """The searches, without blanks around them."""
        if not isinstance(given, list | tuple) or len(given) > self.most:
            raise NotAllowed
        queries = tuple(query.strip() for query in given if isinstance(query, str) and query.isprintable())
        if len(queries) != len(given) or not all(queries):
            raise NotAllowed
        return queries

    def plain(self, value: tuple[str, ...]) -> object:
        """A list."""
        return list(value)

    def typed(self, text: str) -> object:
        """Searches with semicolons between."""
        return [query for part in text.split(";") if (query := part.strip())]

    def written(self, value: tuple[str, ...]) -> str:
        """The searches with semicolons between."""
        return "; ".join(value)


class Flag(ValueKind[bool]):
    """Yes or no."""

    name = "boolean"
    allowed = "true or false"
    few = (True, False)

    def take(self, given: object) -> bool:
        """True or false."""
        if not isinstance(given, bool):
            raise NotAllowed
        return given

    def typed(self, text: str) -> object:
        """Also yes and no."""
        return _TYPED.get(text.strip().casefold(), text)


class Whole(ValueKind[int]):
    """A whole number within bounds; where `off` says what it switches off, also 0."""

    name = "number"

    def __init__(self, least: int, most: int, off: str = "") -> None:
        self.least, self.most, self.off = least, most, off

    @property
    def allowed(self) -> str:
        """The range."""
        none = f", or 0 for {self.off}" if self.off else ""
        return f"a number from {self.least} to {self.most}{none}"

    def take(self, given: object) -> int:
        """The number."""
        if not isinstance(given, int) or isinstance(given, bool):
            raise NotAllowed
        if not (self.least <= given <= self.most or (self.off and given == 0)):
            raise NotAllowed
        return given

    def typed(self, text: str) -> object:
        """Digits are a number."""
        return _number_or_text(text)


class OneOf(ValueKind[int]):
    """One of some numbers."""

    name = "number"

    def __init__(self, numbers: tuple[int, ...]) -> None:
        self.numbers = numbers

    @property
    def allowed(self) -> str:
        """The numbers."""
        return _either(str(number) for number in self.numbers)

    def take(self, given: object) -> int:
        """The number."""
        if not isinstance(given, int) or isinstance(given, bool) or given not in self.numbers:
            raise NotAllowed
        return given

    @property
    def few(self) -> tuple[int, ...]:
        """The numbers."""
        return self.numbers

    def typed(self, text: str) -> object:
        """Digits are a number."""
        return _number_or_text(text)


class Octets(ValueKind[str]):
    """An amount of bytes as people write it, empty for no limit."""

    name = "size"
    allowed = 'a size such as "300k" or "2M", or "" for no limit'

    def take(self, given: object) -> str:
        """The size, as it was written."""
        if not isinstance(given, str) or (given.strip() and not amounts.is_size(given)):
            raise NotAllowed
        return given.strip()


class Program(ValueKind[CommandWords]):
    """A command as a list of words, which no shell reads."""

    name = "list"
    allowed = (
        f'a list of words such as ["firefox", "{ADDRESS}"], with {ADDRESS} for the address, or [] for the system\'s own'
    )

    def take(self, given: object) -> CommandWords:
        """The words."""
        if not isinstance(given, list | tuple):
            raise NotAllowed
        words = tuple(word for word in given if isinstance(word, str) and word.isprintable())
        if len(words) != len(given) or (words and (not words[0] or not any(ADDRESS in word for word in words[1:]))):
            raise NotAllowed
        return words

    def plain(self, value: CommandWords) -> object:
        """A list."""
        return list(value)

    def typed(self, text: str) -> object:
        """Words as a shell would part them."""
        import shlex

        try:
            return shlex.split(text.strip().removeprefix("[").removesuffix("]").replace('", "', '" "'))
        except ValueError:
            return text

    def written(self, value: CommandWords) -> str:
        """Words as a shell would join them."""
        import shlex

        return " ".join(word if word and not set(word) & set(" '\"\\") else shlex.quote(word) for word in value)


class Proxy(ValueKind[str]):
    """The address of a proxy, without a login; empty for none."""

    name = "address"
    allowed = 'an address such as "http://host:port" or "socks5://host:port", without a login, or "" for none'

    def take(self, given: object) -> str:
        """The address."""
        if not isinstance(given, str):
            raise NotAllowed
        given = given.strip()
        begins = next((each for each in _PROXIES if given.startswith(each)), "")
        host = given.removeprefix(begins).rstrip("/")
        if given and (not begins or not host or not set("@/?# ").isdisjoint(host) or not host.isprintable()):
            raise NotAllowed
        return given


def literal(value: object) -> str:
    """A value of a file, as TOML writes it."""
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    import json

    return json.dumps(value, ensure_ascii=False)  # of strings without controls, numbers and booleans TOML's own form


def _either(words: object) -> str:
    *before, last = list(words)  # type: ignore[call-overload]
    return f"{', '.join(before)} or {last}"
