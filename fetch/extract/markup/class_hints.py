"""What an element's class names and id say that it holds, as bits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

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
_INVISIBLE = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)
_DIALOGS = frozenset(("dialog", "alertdialog", "tooltip"))
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
_BOX = re.compile(
    r"newsletter|sign-?up|donat|spende(?:n|$|[\s_-])|support-?us|jobs?-?(?:box|widget|list|teaser|market)|stellen(?:markt|ang)"
    r"|paywall|subscri|(?:^|[\s_-])abo-|crowdfund|fundrais|opt-?in(?:$|[\s_-])|mailing|advert|(?:^|[\s_-])ads?(?:$|[\s_-])"
    r"|sponsor|promo(?!t)"
)
_OF_BOX = re.compile(r"\b(?:advert|anzeige|werbung|publicit|publicidad|reklam|newsletter|sponsor)", re.IGNORECASE)


NOT_SHOWN, OF_OTHERS = 1, 2
NAMED_HIDDEN, A_BOX = 3, 4


def stands_apart(attributes: Mapping[str, str | None]) -> int:
    """What an element holds that is no part of the story, 0 where nothing says so.

    For certain: NOT_SHOWN, and OF_OTHERS for a dialog, a menu, the readers' comments. By its names alone, so that its
    size counts too: NAMED_HIDDEN, and A_BOX for what asks the reader for something.
    """
    if is_hidden(attributes):
        return NOT_SHOWN
    if attributes.get("role") in _ROLES or attributes.get("aria-modal") == "true":
        return OF_OTHERS
    if (kind := attributes.get("itemtype")) and _A_COMMENT.search(kind):
        return OF_OTHERS
    if (label := attributes.get("aria-label")) and _OF_BOX.match(label):
        return A_BOX
    if (style := attributes.get("style")) and _INVISIBLE.search(style):
        return NAMED_HIDDEN
    called, named = attributes.get("class"), attributes.get("id")
    return _apart_by_names(f"{named or ''} {called or ''}") if called or named else 0


def is_named_hidden(names: str) -> bool:
    """Whether class names in small letters say that an element is not shown, on no width of the screen."""
    return not _NAMED_HIDDEN.isdisjoint(names.split()) and not _SHOWN_SOMEWHERE.search(names)


@lru_cache(maxsize=8192)
def _apart_by_names(names: str) -> int:
    if len(names) > _LONGEST_CLASS_LIST:
        return 0
    names = names.lower()
    called = names.split()
    if not _COMMENTS.isdisjoint(called):
        return OF_OTHERS
    if is_named_hidden(names) or not _POPS_UP.isdisjoint(called):
        return NAMED_HIDDEN
    return A_BOX if _BOX.search(names) else 0


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
