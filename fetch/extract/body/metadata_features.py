"""The features of a text block that compare it with what the page's head says of the article."""

from __future__ import annotations

import re

from fetch.extract.body.context import Byline, Context
from fetch.extract.markup.class_hints import BIT
from fetch.extract.markup.tokens import TextBlock
from fetch.letters import letters_only

SENTENCE_ENDS = frozenset(".!?…”\"'’»。！？」』।؟")


def is_headline(text: str, context: Context) -> bool:
    """Whether a text is the headline said again."""
    return -3 < len(text) - len(context.headline) < 40 and letters_only(text) == context.headline


def metadata_features(text_block: TextBlock, kind: str, group: str, context: Context) -> tuple[str, ...]:
    """How the text block compares with what the page's head says: articleBody, headline, description, authors."""
    found = []
    text = text_block.text
    length = len(text)
    if context.claimed:
        probe = letters_only(text[:60])[:40]
        said = probe in context.claimed or (length > 100 and letters_only(text[-60:])[-40:] in context.claimed)
        found.append(f"claimed {'yes' if said else 'no'} {'long' if length > 30 else 'short'} {kind}")
    if length < _LONGEST_BYLINE and context.byline.names and is_byline(text, context.byline):
        found.append("same:byline")
    if context.headline and is_headline(text, context):
        found.append("same:headline")
    if 30 < length <= len(context.dek) + _CUT and context.dek.startswith(text[:-3][:120]):
        named = (text_block.element.own | text_block.element.around) & context.telling & _DEK_NAMES
        found.append(f"same:dek {'named' if named else group}")
    return tuple(found)


_CUT = 3  # letters: a passage that says more than the dek is text
_DEK_NAMES = BIT["dek"] | BIT["header"]
# No other words than these, as the weights were learnt with them; those of bylines are in `names.BY`.
_BY_WORDS = re.compile(
    r"by|from|von|par|por|di|da|af|av|door|text|story|written|posted|and|und|et|y|e|och|og|автор|作者|記者|记者|文"
)


_LONGEST_BYLINE = 140


def is_byline(text: str, byline: Byline) -> bool:
    """Whether a text holds the authors' names and only the words of a byline besides, or opens with "By" and a name."""
    if len(text) >= _LONGEST_BYLINE:
        return False
    folded = text.casefold()
    for word in byline.words:
        if word in folded:
            break
    else:
        return False
    key = rest = letters_only(folded)
    for name in byline.names:
        rest = rest.replace(name, "")
    if rest == key:
        return False
    opens = bool(_BY_WORD.match(key)) and any(_BY_WORD.sub("", key, count=1).startswith(name) for name in byline.names)
    return not _BY_WORDS.sub("", rest) or (opens and text[-1] not in SENTENCE_ENDS)


_BY_WORD = re.compile(r"by|from|von|par|por|di|door|text|story|words")
