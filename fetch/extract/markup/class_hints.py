"""What an element's class names and id say that it holds, as bits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from fetch.extract.markup.class_words import BOX_WORDS, HINT_WORDS

NAMES = tuple(HINT_WORDS)
BIT = {name: 1 << at for at, name in enumerate(NAMES)}
HINTS = (1 << len(NAMES)) - 1
"""The bits of all hints."""
NOT_SHOWN, OF_OTHERS, NAMED_HIDDEN, A_BOX = (1 << len(NAMES) + at for at in range(4))
"""The bits of what sets an element apart from a story."""
_WHOLE: dict[str, int] = {}
_PAIRS: dict[tuple[str, str], int] = {}
_PIECES: dict[str, int] = {}
for _bit, _words in (*((BIT[_name], HINT_WORDS[_name]) for _name in NAMES), (A_BOX, BOX_WORDS)):
    for _word in _words.split():
        if "+" in _word:
            _first, _second = _word.split("+")
            _PAIRS[_first, _second] = _bit | _PAIRS.get((_first, _second), 0)
        elif _word[0] == "=":
            _WHOLE[_word[1:]] = _bit | _WHOLE.get(_word[1:], 0)
        else:
            _PIECES[_word] = _bit | _PIECES.get(_word, 0)
_PIECE = re.compile("|".join(sorted(_PIECES, key=len, reverse=True)))
_STARTS = frozenset(first for first, _ in _PAIRS)
_NAMING = frozenset("itemprop role data-testid data-component data-component-name data-type data-role".split())
_HIDING = frozenset(("hidden", "aria-hidden", "style"))
_TELLING = _NAMING | _HIDING | {"itemtype", "aria-label", "aria-modal"}
_HIDDEN = BIT["hidden"]
_NOT_SHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_INVISIBLE = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)
_DIALOGS = frozenset(("dialog", "alertdialog", "tooltip"))
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_LETTERS_ALONE = bytes(code if chr(code).isascii() and chr(code).islower() else ord(" ") for code in range(256))


def hints_in(attributes: Mapping[str, str | None]) -> int:
    """The hints, as bits, in the attributes of an element."""
    return marks_in(attributes) & HINTS


def marks_in(attributes: Mapping[str, str | None]) -> int:
    """The hints in the attributes of an element, and what sets it apart from a story, as bits.

    NOT_SHOWN and OF_OTHERS (a dialog, a menu, the readers' comments) are no part of it for certain; NAMED_HIDDEN and
    A_BOX, which asks the reader for something, by names alone, so that their size counts, too.
    """
    called, known_as = attributes.get("class"), attributes.get("id")
    found = marks_of(called) if called else 0
    if known_as:
        found |= marks_of(known_as)
    if not _TELLING.isdisjoint(attributes):
        for name in _TELLING.intersection(attributes):
            found |= _told_by(name, attributes[name] or "", attributes)
    return found


def _told_by(name: str, value: str, attributes: Mapping[str, str | None]) -> int:
    """The same in one of the attributes that are rarer than class names and ids."""
    if name in _HIDING:
        invisible = NAMED_HIDDEN if name == "style" and _INVISIBLE.search(value) else 0
        return invisible | (_HIDDEN | NOT_SHOWN if is_hidden(attributes) else 0)
    if name == "itemtype":
        return OF_OTHERS if _A_COMMENT.search(value) else 0
    if name == "aria-label":
        return A_BOX if _OF_BOX.match(value) else 0
    if name == "aria-modal":
        return OF_OTHERS if value == "true" else 0
    found = hints_of(value)
    if name == "role":
        found |= (_HIDDEN if value in _DIALOGS else 0) | (OF_OTHERS if value in _ROLES else 0)
    return found


def is_hidden(attributes: Mapping[str, str | None]) -> bool:
    """Whether an element says of itself that it is not shown."""
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return bool(style and _NOT_SHOWN.search(style))


_COMMENTS = frozenset(
    """
    disqus_thread comments comment-list commentlist comments-list comments-area comments-section comment-section respond
    comments-container comment-thread fb-comments user-comments reader-comments livefyre coral_talk_stream coral_thread
    hyvor-talk-view isso-thread remark42 utterances giscus kommentare leserkommentare commentaires comentarios commenti
    reacties comentários komentarze kommentarer kommentit yorumlar
    """.split()
)
_ROLES = frozenset(("dialog", "alertdialog", "tooltip", "search", "navigation", "menu", "menubar", "toolbar"))
_A_COMMENT = re.compile(r"schema\.org/(?:User)?Comments?$", re.IGNORECASE)
_NAMED_HIDDEN = frozenset(
    """
    hidden d-none is-hidden u-hidden visually-hidden visuallyhidden sr-only screen-reader-text hide invisible
    display-none
    """.split()
)
_SHOWN_SOMEWHERE = re.compile(r"(?:^|[\s:-])(?:block|flex|grid|inline(?:-\w+)?|table|contents|visible)(?:$|\s)")
_POPS_UP = frozenset(("modal", "popup", "popover", "lightbox", "tooltip", "dropdown-menu", "dialog"))
_APART = _COMMENTS | _NAMED_HIDDEN | _POPS_UP
_OF_BOX = re.compile(r"\b(?:advert|anzeige|werbung|publicit|publicidad|reklam|newsletter|sponsor)", re.IGNORECASE)


def is_named_hidden(names: str) -> bool:
    """Whether class names in small letters say that an element is not shown, on no width of the screen."""
    return not _NAMED_HIDDEN.isdisjoint(names.split()) and not _SHOWN_SOMEWHERE.search(names)


def _apart_by_names(names: str) -> int:
    names = names.lower()
    called = names.split()
    if _APART.isdisjoint(called):
        return 0
    if not _COMMENTS.isdisjoint(called):
        return OF_OTHERS
    return NAMED_HIDDEN if is_named_hidden(names) or not _POPS_UP.isdisjoint(called) else 0


def hints_of(names: str) -> int:
    """The hints, as bits, in class names or an id."""
    return marks_of(names) & HINTS


def marks_of(names: str) -> int:
    """What `marks_in` finds in class names or an id, remembered."""
    found = _by_names.get(names)
    if found is None:
        if len(_by_names) > _MOST_KNOWN:
            _by_names.clear()
        known = len(names) <= LONGEST_CLASS_LIST
        found = _by_names[names] = _hints_of_words(names) | _apart_by_names(names) if known else 0
    return found


def _hints_of_words(names: str) -> int:
    if names.isascii() and names.islower():
        words = names.encode().translate(_LETTERS_ALONE).decode().split()  # in a third of the time
    else:
        words = [word.lower() for word in _WORD.findall(names)]
    found = 0
    for word in words:
        found |= _by_word[word]
    if not _STARTS.isdisjoint(words):
        for pair in pairwise(words):
            found |= _PAIRS.get(pair, 0)
    return found


LONGEST_CLASS_LIST = 160
"""Letters: longer lists name categories, tags and every margin, not what the element is for."""
_MOST_KNOWN = 16_000
_by_names: dict[str, int] = {}


class _HintsByWord(dict[str, int]):
    """The hints in a word, remembered: the same few thousand words build all class names."""

    def __missing__(self, word: str) -> int:
        if len(self) > _MOST_KNOWN:
            self.clear()
        found = _WHOLE.get(word, 0)
        if 3 < len(word) < 40:
            for piece in _PIECE.findall(word):
                found |= _PIECES[piece]
        self[word] = found
        return found


_by_word = _HintsByWord()
