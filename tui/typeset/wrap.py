"""Breaking text into lines by terminal cells: no hyphens added, wide scripts broken as their readers expect."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tui.typeset.cells import cells, clusters, head, one_cell_each

_WIDE = "\u2e80-\u312f\u3190-\u9fff\uf900-\ufaff\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003ffff"
_MARKS = "\u0300-\u036f\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef"  # upon a character of a wide script
_OPENING = "（「『【〈《〔［｛“‘(["
_RIGHT_TO_LEFT = (("\u0590", "\u08ff"), ("\ufb1d", "\ufdff"), ("\ufe70", "\ufefc"))
_CLOSING = "、。，．・：；？！）」』】〉》〕］｝ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々〜…”’)],.!?;:%"
# Lines break at the plain space only; the gate has folded all others into it, and ours may hold phrases together with
# U+00A0. A piece is what stays together: its trailing space goes with it, and is not counted at the end of a line.
_SPACED = re.compile("[^ —–]*[—–]* *")

_HYPHENS = "-‐/"  # behind which a word, or an address, wider than a line may end it


@lru_cache(maxsize=1)
def _has_wide() -> re.Pattern[str]:
    return re.compile(f"[{_WIDE}]")


@lru_cache(maxsize=1)
def _unspaced() -> re.Pattern[str]:
    """A piece of text in a script that puts no spaces between words: a character, with what must not part from it."""
    return re.compile(
        rf"[{re.escape(_OPENING)}]*(?:(?![{_WIDE}])[^ —–])+[—–]*[{re.escape(_CLOSING)}]* *"
        rf"|[{re.escape(_OPENING)}]*[{_WIDE}][{_MARKS}]*[{re.escape(_CLOSING)}]* *|[—–]+ *| +"
    )


@lru_cache(maxsize=1)
def _apart() -> re.Pattern[str]:
    """A space before a sign that begins no line, or behind one that ends none, as French sets them."""
    return re.compile(" (?=[?!:;»](?:[ .,)]|$))|(?<=«) ")


def _held_together(text: str) -> str:
    """The text with a space that is no place to break, a character each, where such a sign stands apart."""
    if any(sign in text for sign in (" ?", " !", " :", " ;", " »", "« ")):
        return _apart().sub("\u00a0", text)
    return text


def break_lines(text: str, width: int, *, first: int | None = None) -> list[tuple[int, int]]:
    """Where each line of the text starts and ends, as offsets; `first` is the width of the first line if another."""
    width = max(1, width)
    first = width if first is None else max(1, first)
    text = _held_together(text)
    if text.isascii() or one_cell_each().fullmatch(text):
        return _by_characters(text, width, first) or [(0, 0)]
    return _by_pieces(text, width, first)


def _by_characters(text: str, width: int, room: int) -> list[tuple[int, int]]:
    """Lines of a text whose characters take a cell each: nearly all there is, and what speed depends on."""
    spans: list[tuple[int, int]] = []
    start, whole = 0, len(text.rstrip())
    while whole - start > room:
        after = start + room
        end = max(text.rfind(" ", start, after + 1), *(text.rfind(dash, start, after) + 1 for dash in "—–"))
        if end <= start:
            end = max(text.rfind(each, start + room // 2, after) + 1 for each in _HYPHENS) or after
        spans.append((start, start + len(text[start:end].rstrip(" "))))
        start = end
        while text.startswith(" ", start):
            start += 1
        room = width
    return [*spans, (start, whole)] if whole > start else spans


def _by_pieces(text: str, width: int, room: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    start = end = used = 0
    for at, stop, taken, visible in _pieces(text, width):
        if used and used + visible > room:
            spans.append((start, end))
            start, used, room = at, 0, width
        used += taken
        end = at + len(text[at:stop].rstrip())
    if end > start or not spans:
        spans.append((start, end))
    return spans


def wrap(text: str, width: int) -> list[str]:
    """The text in lines no wider than `width` cells."""
    return [text[start:end] for start, end in break_lines(text, width)]


def wrap_within(text: str, width: int, most: int) -> list[str]:
    """The text in at most so many lines, with an ellipsis where it was cut."""
    if most < 1:
        return []
    lines = wrap(text, max(1, width))
    if len(lines) > most:
        lines[most - 1 :] = [clip(" ".join(lines[most - 1 :]), width)]
    return lines


def wrap_whole(text: str, width: int, most: int) -> list[str]:
    """The same, cut between two words."""
    lines = wrap(text, max(1, width))
    return lines if len(lines) <= most else [*lines[: most - 1], clip_words(" ".join(lines[most - 1 :]), width)]


def wrap_evenly(text: str, width: int) -> list[str]:
    """The same number of lines as `wrap`, but of about equal length, as a headline is set."""
    lines = wrap(text, width)
    if len(lines) < 2:
        return lines
    narrow, wide = cells(text) // len(lines), width
    while narrow < wide:
        middle = (narrow + wide) // 2
        if len(wrap(text, max(1, middle))) > len(lines):
            narrow = middle + 1
        else:
            wide = middle
    return wrap(text, wide)


def clip(text: str, width: int) -> str:
    """The text in at most `width` cells, with an ellipsis where it was cut."""
    if cells(text) <= width:
        return text
    return head(text, width - 1).rstrip(" …") + "…" if width > 0 else ""


def clip_words(text: str, width: int) -> str:
    """The same, cut between two words where that leaves half of the line and more."""
    clipped = clip(text, width)
    if clipped == text:
        return text
    kept = clipped.removesuffix("…")
    at = len(kept) if text[len(kept) : len(kept) + 1].isspace() else kept.rfind(" ")
    return kept[:at].rstrip(" ,;:(“") + " …" if cells(kept[: max(at, 0)]) * 2 >= width else clipped


def pad(text: str, width: int) -> str:
    """The text filled up with spaces to exactly `width` cells, clipped when longer."""
    text = clip(text, width)
    return text + " " * (width - cells(text))


@lru_cache(maxsize=1)
def _letters_from_the_right() -> re.Pattern[str]:
    return re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


def has_right_to_left(text: str) -> bool:
    """Whether a text has letters that are written from right to left."""
    return not text.isascii() and _letters_from_the_right().search(text) is not None


def right_to_left(text: str) -> bool:
    """Whether the first letter belongs to a script written from right to left."""
    letter = next((character for character in text if character.isalpha()), "")
    return any(first <= letter <= last for first, last in _RIGHT_TO_LEFT)


def _pieces(text: str, width: int) -> Iterator[tuple[int, int, int, int]]:
    """Start, end, cells, and cells without trailing space of each piece that must not be broken."""
    pattern = _unspaced() if _has_wide().search(text) else _SPACED
    for match in pattern.finditer(text):
        piece = match[0]
        if not piece:
            continue
        visible = cells(piece.rstrip())
        if visible <= width:
            yield match.start(), match.end(), cells(piece), visible
        else:
            yield from _broken(piece, match.start(), width)


def _broken(piece: str, at: int, width: int) -> Iterator[tuple[int, int, int, int]]:
    """A piece wider than a line, cut behind a hyphen in the further half of the line, else at its end, never between a
    character and the marks upon it.
    """
    start = end = used = 0
    hyphen = (0, 0)  # where the last one ends, and the cells up to there
    for cluster in clusters(piece):
        taken = cells(cluster)
        if used and used + taken > width:
            cut, filled = hyphen if hyphen[1] * 2 > width else (end, used)
            yield at + start, at + cut, filled, cells(piece[start:cut].rstrip())
            start, used, hyphen = cut, used - filled, (0, 0)
        used += taken
        end += len(cluster)
        hyphen = (end, used) if cluster in _HYPHENS else hyphen
    if end > start:
        yield at + start, at + end, used, cells(piece[start:end].rstrip())
