"""What is never the story, however it reads: boxes that are not shown, dialogs, what readers wrote below it."""

from __future__ import annotations

from collections.abc import Sequence

from fetch.extract.markup.class_hints import NOT_SHOWN
from fetch.extract.markup.tokens import OpenElement, TextBlock

_LEAST = 250  # letters of running text that are left, or the page shows its story by a script, or in a forum's way
_MOST_TIMES, _LITTLE = 3, 1000  # a page that shows so little beside so much that is hidden only shows a beginning
_RUNNING = 40  # letters in a block that counts
_REPLIES = frozenset(
    """
    reply répondre antworten antwort responder rispondi beantwoorden odpowiedz ответить відповісти yanıtla svara svar
    vastaa 返信 回复 回覆 답글
    """.split()
)


def apart_ids(text_blocks: Sequence[TextBlock]) -> set[int]:
    """The `id` of each text block that stands apart from the story, as long as a story is left without them."""
    marked = [one for one in text_blocks if one.element.apart]
    hidden = {id(one) for one in marked if one.element.apart == NOT_SHOWN}
    if hidden and not _may_go(text_blocks, hidden, most_times=_MOST_TIMES):
        hidden = set()
    others = {id(one) for one in marked if one.element.apart != NOT_SHOWN}
    found = hidden | others if others and _may_go(text_blocks, others | hidden) else hidden
    replies = found | _replied_to(text_blocks)
    return replies if len(replies) > len(found) and _may_go(text_blocks, replies) else found


def _may_go(text_blocks: Sequence[TextBlock], gone: set[int], most_times: int = 0) -> bool:
    """Whether enough running text is left without some of the blocks."""
    masses = [(id(one) in gone, len(one.text) - 2 * one.linked) for one in text_blocks if len(one.text) > _RUNNING]
    left = sum([mass for is_gone, mass in masses if not is_gone])
    taken = sum([mass for is_gone, mass in masses if is_gone])
    return left >= _LEAST and not (most_times and left < _LITTLE and taken > most_times * left)


def _replied_to(text_blocks: Sequence[TextBlock]) -> set[int]:
    """The blocks of the elements that each end in a link to reply: what readers wrote, whatever the page calls it."""
    replies = [one for one in text_blocks if len(one.text) < 12 and one.text.strip(" ↩↪·").casefold() in _REPLIES]
    if len(replies) < 2:
        return set()
    thread = _common(replies)
    if thread is None:
        return set()
    top = {id(element) for element in thread.upwards()}
    comments = {id(_child_of(top, reply.element)) for reply in replies}
    first = next((one for one in text_blocks if len(one.text) > _RUNNING), None)
    whole = first is None or not any(element is thread for element in first.element.upwards())
    return {
        id(one)
        for one in text_blocks
        for element in one.element.upwards()
        if (whole and element is thread) or id(element) in comments
    }


def _common(text_blocks: Sequence[TextBlock]) -> OpenElement | None:
    """The nearest element that holds all of them."""
    above = list(text_blocks[0].element.upwards())
    for one in text_blocks[1:]:
        others = {id(element) for element in one.element.upwards()}
        above = [element for element in above if id(element) in others]
    return above[0] if above else None


def _child_of(top: set[int], element: OpenElement) -> OpenElement:
    """The highest element above one that is not among `top`."""
    highest = element
    for above in element.upwards():
        if id(above) in top:
            break
        highest = above
    return highest
