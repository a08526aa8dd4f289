"""What is never the story, however it reads: boxes that are not shown, dialogs, what readers wrote below it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from fetch.extract.markup.class_hints import NAMED_HIDDEN, NOT_SHOWN
from fetch.extract.markup.reply_links import LONGEST_REPLY, has_reply, is_reply
from fetch.extract.markup.tokens import REPLY, Boundary, Box, OpenElement, TextBlock, Token

_LEAST = 250  # letters of running text that are left, or the page shows its story by a script, or in a forum's way
_MOST_TIMES, _LITTLE = 3, 1000  # a page that shows so little beside so much that is hidden only shows a beginning
_MOST_HIDDEN = 0.6  # of the text; a page that calls more of it hidden shows it by a script
_SHARE_OF_A_BOX, _MOST_OF_A_BOX = 0.2, 700  # of the text, and in letters
_RUNNING = 40  # letters in a block that counts
_MOST_IN_A_COMMENT = 0.5  # of the text; what holds more is no comment


def apart_ids(tokens: Sequence[Token]) -> set[int]:
    """The `id` of each text block that stands apart from the story, as long as a story is left without them."""
    text_blocks = [token for token in tokens if isinstance(token, TextBlock)]
    marked = [one for one in text_blocks if one.element.apart]
    found = {id(one) for one in marked if one.element.apart == NOT_SHOWN}
    if found and not _may_go(text_blocks, found, most_times=_MOST_TIMES):
        found = set()
    others = {id(one) for one in marked if one.element.apart != NOT_SHOWN}
    for more in (others, _in_boxes(text_blocks), _replied_to(tokens, text_blocks)):
        if not more <= found and _may_go(text_blocks, found | more):
            found |= more
    return found


def _in_boxes(text_blocks: Sequence[TextBlock]) -> set[int]:
    """The blocks in elements that are called hidden, or a box that asks for something, and hold little of the text."""
    boxed = [(one, one.element.box) for one in text_blocks if one.element.box]
    if not boxed:
        return set()
    masses: dict[Box, int] = {}
    for one, box in boxed:
        masses[box] = masses.get(box, 0) + len(one.text)
    inwards = _outer_first(masses)
    for box in reversed(inwards):
        if box.around:
            masses[box.around] = masses.get(box.around, 0) + masses.get(box, 0)
    total = sum([len(one.text) for one in text_blocks])
    gone: set[Box] = set()
    for box in inwards:
        if masses[box] <= _most_in(box, total) or box.around in gone:
            gone.add(box)
    return {id(one) for one, box in boxed if box in gone}


def _outer_first(boxes: Iterable[Box]) -> list[Box]:
    """The boxes and those around them, each once and after the one around it."""
    found: dict[Box, None] = {}
    for box in boxes:
        chain: list[Box] = []
        at: Box | None = box
        while at is not None and at not in found:
            chain.append(at)
            at = at.around
        found.update(dict.fromkeys(reversed(chain)))
    return list(found)


def _most_in(box: Box, total: int) -> float:
    return _MOST_HIDDEN * total if box.kind == NAMED_HIDDEN else min(_MOST_OF_A_BOX, _SHARE_OF_A_BOX * total)


def _may_go(text_blocks: Sequence[TextBlock], gone: set[int], most_times: int = 0) -> bool:
    """Whether enough running text is left without some of the blocks."""
    masses = [(id(one) in gone, len(one.text) - 2 * one.linked) for one in text_blocks if len(one.text) > _RUNNING]
    left = sum([mass for is_gone, mass in masses if not is_gone])
    taken = sum([mass for is_gone, mass in masses if is_gone])
    return left >= _LEAST and not (most_times and left < _LITTLE and taken > most_times * left)


def _replied_to(tokens: Sequence[Token], text_blocks: Sequence[TextBlock]) -> set[int]:
    """The blocks of the elements that each end in a link or button to reply: what readers wrote, whatever its names."""
    short = [one for one in text_blocks if len(one.text) <= LONGEST_REPLY]
    said = has_reply(" ".join([one.text for one in short]))
    replies = [one.element for one in short if is_reply(one.text)] if said else []
    replies += [one.element for one in tokens if isinstance(one, Boundary) and one.name == REPLY and one.element]
    if len(replies) < 2:
        return set()
    thread = _common(replies)
    if thread is None:
        return set()
    top = {id(element) for element in thread.upwards()}
    comments = {id(_child_of(top, reply)) for reply in replies}
    first = next((one for one in text_blocks if len(one.text) > _RUNNING), None)
    whole = first is None or not any(element is thread for element in first.element.upwards())
    masses: dict[int, int] = {}
    gone: set[int] = set()
    holders: dict[OpenElement | None, int] = {None: 0, thread: id(thread) if whole else 0}
    for one in text_blocks:
        if holder := _holder(one.element, comments, holders):
            gone.add(id(one))
            masses[holder] = masses.get(holder, 0) + len(one.text)
    total = sum([len(one.text) for one in text_blocks])
    return gone if all(mass <= _MOST_IN_A_COMMENT * total for mass in masses.values()) else set()


def _holder(element: OpenElement | None, comments: Collection[int], known: dict[OpenElement | None, int]) -> int:
    """The comment (by `id`) that an element is in, 0 for none, looked up once for each element."""
    unknown: list[OpenElement] = []
    while element not in known and element is not None:
        unknown.append(element)
        element = element.parent
    found = known[element]
    for one in reversed(unknown):
        found = known[one] = id(one) if id(one) in comments else found
    return found


def _common(elements: Sequence[OpenElement]) -> OpenElement | None:
    """The nearest element that holds all of them."""
    above = list(elements[0].upwards())
    for one in elements[1:]:
        others = {id(element) for element in one.upwards()}
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
