"""The passages of an article: which are part of its story, as its reader says for all articles of the site, and one to
quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType

from cache.site import ArticlePassage, SiteRule
from fetch.passages import begins_with
from tui.dialogs.picker import Picker
from tui.keymap import verbatim
from tui.panes.choices import Choice

_CALLED = re.compile(r"[^\s:：][^:：]{1,38}(?:：|:(?=\s))")
"""What stands before a colon at the beginning of a passage: a site has many that begin so."""
_KEYS = "enter: no part of the story, or part of it again · {passages.quote|ctrl+y} copies with its source · esc closes"
_UNDO = "{main.undo|u}"
_WHY = {"": "", "recurs": "recurs, left out", "told": "left out"}


@dataclass(frozen=True, slots=True)
class Taught:
    """What a reader wants of a site from now on: rules to keep and rules to forget, and what to say of it."""

    sentence: str
    teach: tuple[SiteRule, ...] = ()
    forget: tuple[SiteRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage that is to be copied, with its source."""

    text: str


class PassagesDialog(Picker[Taught | Quoted]):
    """The passages of an article; the one taken is left out from now on, part of the story again, or quoted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+y", "quote", "Quote", id="passages.quote", tooltip="Copy the passage with its source"),
    ]

    def __init__(self, host: str, passages: Sequence[ArticlePassage], rules: Sequence[SiteRule], at: int = 0) -> None:
        super().__init__("Passages", "A word of the passage", label=60)
        self._offered = list(all_offers(host, passages, rules))
        self._in_view = next(
            (n for n, (choice, *_) in enumerate(self._offered) if choice.label == passages[at].text), 0
        )

    def on_mount(self) -> None:
        """Offer the passages, the highlight on the one in view."""
        choices = [choice for choice, *_ in self._offered]
        self.offer(choices, self.keymap.said(_KEYS))
        self.choices.offer(choices, self._in_view)

    def action_quote(self) -> None:
        """Leave with the passage that is highlighted."""
        if self._shown and (text := self._offered[self._shown[self.choices.index]][2]):
            self.leave(Quoted(text))

    def take(self, at: int) -> None:
        """A passage was taken, or all that begin as it does."""
        self.leave(self._offered[at][1])


def all_offers(
    host: str, passages: Sequence[ArticlePassage], rules: Sequence[SiteRule]
) -> Iterator[tuple[Choice, Taught, str]]:
    """What can be taken of the passages of an article, and of its site, each with the passage it is of."""
    for passage in passages:
        for choice, taught in _offers(host, passage, rules):
            yield choice, taught, passage.text
    for choice, taught in _kept_places(host, rules):
        yield choice, taught, ""


def _kept_places(host: str, rules: Sequence[SiteRule]) -> Iterator[tuple[Choice, Taught]]:
    """The places on the site that are part of its stories, to forget them."""
    for rule in rules:
        if rule.how == "place" and rule.kept:
            sentence = (
                f"What {verbatim(host)} prints in “{verbatim(rule.text)}” is no part by rule. {_UNDO} takes that back."
            )
            yield Choice(f"all that stands in “{rule.text}”", mark="kept by rule"), Taught(sentence, forget=(rule,))


def _offers(host: str, passage: ArticlePassage, rules: Sequence[SiteRule]) -> Iterator[tuple[Choice, Taught]]:
    """What can be taken of a passage: itself, and where it begins as others of its kind do, all those."""
    here = verbatim(host)
    if passage.why:
        sentence = f"Part of the story again, on {here}. {_UNDO} takes that back."
        again = Taught(sentence, (SiteRule(host, passage.text, kept=True),))
        yield Choice(passage.text, mark=_WHY[passage.why]), again
        for rule in rules:
            if rule.how == "begins" and not rule.kept and begins_with(passage.text, rule.text):
                sentence = (
                    f"No more is left out on {here} for beginning “{verbatim(rule.text)}”. {_UNDO} takes that back."
                )
                yield Choice(f"  all that begin “{rule.text}”", mark=_WHY["told"]), Taught(sentence, forget=(rule,))
        return
    sentence = f"Left out from now on, wherever {here} prints it. {_UNDO} brings it back."
    yield Choice(passage.text), Taught(sentence, (SiteRule(host, passage.text),))
    if begun := _CALLED.match(passage.text):
        sentence = f"What begins “{verbatim(begun[0])}” is left out on {here} from now on. {_UNDO} brings it back."
        yield Choice(f"  all that begin “{begun[0]}”"), Taught(sentence, (SiteRule(host, begun[0], "begins"),))
