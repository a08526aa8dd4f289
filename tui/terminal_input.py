"""The bytes that come from a terminal, as Textual's events: keys, and what was pasted between its two marks.

Textual's own reading takes an escape within pasted text for the beginning of a key, and ends for good with the first
byte that is no UTF-8.
"""

from __future__ import annotations

import re
import time
from codecs import getincrementaldecoder
from collections.abc import Callable, Generator, Iterator, Sequence
from functools import cache
from io import StringIO

from textual._xterm_parser import BRACKETED_PASTE_END as END
from textual._xterm_parser import BRACKETED_PASTE_START as START
from textual._xterm_parser import XTermParser
from textual.constants import ESCAPE_DELAY
from textual.events import Paste
from textual.message import Message

from tui.messages import BackgroundTold, TerminalTold

BACKGROUND_QUESTION = "\x1b]11;?\x1b\\"
"""Asks a terminal for the colour of its background (OSC 11)."""

PICTURE_QUESTION = "\x1b[16t\x1b[c"
"""Asks a terminal how large a cell is in pixels (XTWINOPS), and what it can (DA1), which all answer, last."""

_EXPECTED = 3.0  # seconds in which an answer may come in pieces
_ESCAPE = ESCAPE_DELAY  # seconds after which an escape is the key
_TICK = 0.1  # seconds between two looks at the time
_BEGIN = r"\[O\]P_^X\\\x1b\t\x7f"  # behind the escape of a terminal's own sequences: shift+tab's, ctrl+w's, too
_AS_ALT = frozenset("fb")  # terminals of the Mac send these for alt with an arrow
_LIGHT = 0.5  # of full brightness

MOST_PASTED = 100_000
"""Characters of one paste that are taken."""


@cache
def _answer() -> re.Pattern[str]:
    return re.compile(
        r"\x1b(?:\]11;rgb:([0-9a-f]{1,4})/([0-9a-f]{1,4})/([0-9a-f]{1,4})(?:\x07|\x1b\\)"
        r"|\[6;([0-9]{1,4});([0-9]{1,4})t|\[\?([0-9;]{1,60})c)",
        re.IGNORECASE,
    )


@cache
def _begun_answer() -> re.Pattern[str]:
    return re.compile(
        r"\x1b(?:\](?:1(?:1(?:;[rgb:0-9a-f/]{0,18}\x1b?)?)?)?|\[(?:6(?:;[0-9;]{0,9})?|\?[0-9;]{0,60})?)?\Z",
        re.IGNORECASE,
    )


@cache
def _two_keys() -> re.Pattern[str]:
    return re.compile(f"\x1b([^{_BEGIN}])")


class _KeyParser(XTermParser):
    """Textual's parser, which can be told that nothing follows."""

    def complete(self) -> Iterator[Message]:
        """The keys that have been read, where it waits for more of what may be a sequence."""
        if self._timeout_time is not None:
            self._timeout_time = 0.0
            yield from self.tick()


class TerminalInput:
    """Reads a terminal's bytes as they come; what is pasted is text, whatever stands in it, and never a key.

    An escape with a character behind it is two keys, however fast they come: a tmux may hold the first for half a
    second. It is one with alt only where something is `bound` to that, by its name.
    """

    def __init__(self, bound: Callable[[str], bool] = lambda _: False) -> None:
        self._bound = bound
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._parser = _KeyParser()
        self._begun = ""  # the last characters outside of a paste: its first mark may come in two pieces
        self._pasted: StringIO | None = None
        self._answer = ""  # what may be the beginning of an answer
        self._answer_since = 0.0
        self._expected_until = 0.0
        self._expected = 0  # answers
        self._cell = (0, 0)  # pixels, width and height
        self._held = ""  # the last characters of a paste, where its second mark may have begun
        self._escape_due = 0.0  # when an escape with nothing behind it is the key

    def expect_answer(self, number: int = 1) -> None:
        """The terminal has been asked something, to be answered in so many pieces."""
        self._expected += number
        self._expected_until = time.monotonic() + _EXPECTED

    def feed(self, received: bytes) -> Iterator[Message]:
        """The events that these bytes complete."""
        text, self._answer = self._answer + self._decode(received), ""
        if not text:  # the first bytes of a character
            return
        if self._escape_due and _two_keys().match(f"\x1b{text}"):
            yield from self._parser.complete()
        alone = text.endswith("\x1b")
        while text:
            text = yield from (self._keys(text) if self._pasted is None else self._paste(text))
        self._escape_due = time.monotonic() + _ESCAPE if alone else 0.0

    @property
    def next_tick(self) -> float:
        """Seconds until `tick` has something to do: a key behind an escape that waited longer would be lost with it."""
        left = self._escape_due - time.monotonic()
        return min(left, _TICK) if left > 0 else _TICK

    def tick(self) -> Iterator[Message]:
        """The events that time completes: an escape with nothing behind it is a key."""
        if self._answer:
            now = time.monotonic()
            if now > self._expected_until or (self._answer in ("\x1b", "\x1b[") and now > self._answer_since + _ESCAPE):
                held, self._answer = self._answer, ""
                yield from self._keys_alone(held)
        yield from self._parsed(None)

    def _keys(self, text: str) -> Generator[Message, None, str]:
        """The events of keys up to an answer or the mark of a paste, and what stands behind that."""
        answer, paste = _answer().search(text), (self._begun + text).find(START)
        if answer and not 0 <= paste < len(self._begun) + answer.start():
            yield from self._keys_alone(text[: answer.start()])
            self._begun = ""
            self._expected = max(0, self._expected - 1)
            self._expected_until = self._expected_until if self._expected else 0.0
            yield from self._told(answer)
            return text[answer.end() :]
        if paste < 0 and time.monotonic() < self._expected_until and (begun := _begun_answer().search(text)):
            self._answer, self._answer_since = begun[0], time.monotonic()
            text = text[: begun.start()]
        return (yield from self._keys_alone(text))

    def _told(self, answer: re.Match[str]) -> Iterator[Message]:
        """What an answer says; how large a cell is goes with what the terminal can, which is said after it."""
        red, green, blue, height, width, attributes = answer.groups()
        if height:
            self._cell = int(width), int(height)
        elif attributes:
            yield TerminalTold(frozenset(int(each[:4]) for each in attributes.split(";") if each), self._cell)
        else:
            yield BackgroundTold(light=_brightness((red, green, blue)) > _LIGHT)

    def _keys_alone(self, text: str) -> Generator[Message, None, str]:
        """The events of keys up to the mark of a paste, and what stands behind that."""
        seen = self._begun + text
        at = seen.find(START)
        stop = len(text) if at < 0 else at + len(START) - len(self._begun)
        self._begun = seen[-len(START) + 1 :] if at < 0 else ""
        self._pasted = None if at < 0 else StringIO()
        yield from self._parsed(text[:stop])
        return text[stop:]

    def _paste(self, text: str) -> Generator[Message, None, str]:
        """The paste that ends in this text, and what stands behind that."""
        assert self._pasted is not None
        text = self._held + text
        at = _end_of_paste(text)
        if at < 0:
            self._held = _may_begin_the_mark(text)
            self._take(text[: len(text) - len(self._held)])
            return ""
        self._take(text[:at])
        yield Paste(self._pasted.getvalue())
        self._pasted, self._held = None, ""
        yield from self._parsed(END)
        return text[at + len(END) :]

    def _take(self, text: str) -> None:
        assert self._pasted is not None
        self._pasted.write(text.replace("\x1b", "")[: MOST_PASTED - self._pasted.tell()])

    def _parsed(self, keys: str | None) -> Iterator[Message]:
        """Textual's events of these keys, or of the time; it is told of pastes, but what they hold is read here."""
        at = 0
        for found in _two_keys().finditer(keys or ""):
            end = found.end() if self._is_with_alt(found[1]) else found.start(1)
            yield from self._read(keys and keys[at:end])
            yield from self._parser.complete()
            at = end
        yield from self._read(keys and keys[at:])

    def _is_with_alt(self, character: str) -> bool:
        shift = "shift+" if character.isupper() else ""
        return character in _AS_ALT or self._bound(f"alt+{shift}{character.lower()}")

    def _read(self, keys: str | None) -> Iterator[Message]:
        if keys == "":  # the parser takes it for the end
            return
        try:
            for event in self._parser.tick() if keys is None else self._parser.feed(keys):
                if not isinstance(event, Paste):
                    yield event
        except (ValueError, OverflowError):  # a key's number beyond all characters; the parser is done for
            self._parser = _KeyParser()


def _brightness(colour: Sequence[str]) -> float:
    """How bright a colour is, from 0 to 1: red, green and blue in hexadecimal, of as many digits each as there are."""
    red, green, blue = (int(part, 16) / float(16 ** len(part) - 1) for part in colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue


def _end_of_paste(text: str) -> int:
    """Where the mark of the end stands, -1 where it does not.

    Of several before another paste begins it is the last: the others were pasted.
    """
    first = text.find(END)
    following = text.find(START, first) if first >= 0 else -1
    return text.rfind(END, 0, following if following >= 0 else len(text))


def _may_begin_the_mark(text: str) -> str:
    """The end of the text that the mark of a paste's end begins with."""
    return next((END[:size] for size in range(len(END) - 1, 0, -1) if text.endswith(END[:size])), "")
