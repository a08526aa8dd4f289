"""What an element's class names and id say that it holds, as bits."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fetch.extract.markup.class_words import HINT_WORDS

NAMES = tuple(HINT_WORDS)
BIT = {name: 1 << at for at, name in enumerate(NAMES)}
_WHOLE: dict[str, int] = {}
_PAIRS: dict[tuple[str, str], int] = {}
_PIECES: dict[str, int] = {}
for _name, _words in HINT_WORDS.items():
    for _word in _words.split():
        if "+" in _word:
            _first, _second = _word.split("+")
            _PAIRS[_first, _second] = BIT[_name] | _PAIRS.get((_first, _second), 0)
        elif _word[0] == "=":
            _WHOLE[_word[1:]] = BIT[_name]
        else:
            _PIECES[_word] = BIT[_name]
_PIECE = re.compile("|".join(sorted(_PIECES, key=len, reverse=True)))
_STARTS = frozenset(first for first, _ in _PAIRS)
_NAMING = frozenset("class id itemprop role data-testid data-component data-component-name data-type data-role".split())
_HIDING = frozenset(("hidden", "aria-hidden", "style"))
_HIDDEN = BIT["hidden"]
_NOT_SHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


def hints_in(attributes: Mapping[str, str | None]) -> int:
    """The hints, as bits, in the attributes of an element."""
    found = 0
    for name, value in attributes.items():
        if name in _NAMING:
            if value:
                found |= hints_of(value)
                if name == "role" and value in _DIALOGS:
                    found |= _HIDDEN
        elif name in _HIDING and is_hidden(attributes):
            found |= _HIDDEN
    return found


def is_hidden(attributes: Mapping[str, str | None]) -> bool:
    """Whether an element says of itself that it is not shown."""
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return bool(style and "display" in style and _NOT_SHOWN.search(style))


_COMMENTS = frozenset(
    """
    disqus_thread comments comment-list commentlist comments-list comments-area comments-section comment-section respond
    comments-container comment-thread fb-comments user-comments reader-comments livefyre coral_talk_stream coral_thread
    hyvor-talk-view isso-thread remark42 utterances giscus kommentare commentaires comentarios commenti reacties
    """.split()
)
_DIALOGS = frozenset(("dialog", "alertdialog", "tooltip"))
MAY_BE_APART = BIT["hidden"] | BIT["comment"]
"""The hints without which no element stands apart."""


NOT_SHOWN, OF_OTHERS = 1, 2


def stands_apart(attributes: Mapping[str, str | None]) -> int:
    """What an element holds that is never the story: NOT_SHOWN, OF_OTHERS (a dialog, the readers' comments), or 0."""
    if is_hidden(attributes):
        return NOT_SHOWN
    if attributes.get("role") in _DIALOGS:
        return OF_OTHERS
    called = f"{attributes.get('id') or ''} {attributes.get('class') or ''}".lower().split()
    return 0 if _COMMENTS.isdisjoint(called) else OF_OTHERS


def hints_of(names: str) -> int:
    """The hints, as bits, in class names or an id."""
    found = _by_names.get(names)
    if found is None:
        if len(_by_names) > _MOST_KNOWN:
            _by_names.clear()
        found = _by_names[names] = _hints_of_words(names) if len(names) <= _LONGEST_CLASS_LIST else 0
    return found


def _hints_of_words(names: str) -> int:
    found, before = 0, ""
    for written in _WORD.findall(names):
        word = written.lower()
        found |= _by_word.get(word) or (0 if word in _by_word else _hints_of_word(word))
        if before in _STARTS:
            found |= _PAIRS.get((before, word), 0)
        before = word
    return found


_LONGEST_CLASS_LIST = 160  # letters: longer lists name categories, tags and every margin, not what the element is for
_by_names: dict[str, int] = {}
_by_word: dict[str, int] = {}
_MOST_KNOWN = 16_000


def _hints_of_word(word: str) -> int:
    """The hints in one word, remembered: the same few thousand words build all class names."""
    if len(_by_word) > _MOST_KNOWN:
        _by_word.clear()
    found = _WHOLE.get(word, 0)
    if 3 < len(word) < 40:
        for piece in _PIECE.findall(word):
            found |= _PIECES[piece]
    _by_word[word] = found
    return found
