"""Pictures by Kitty's graphics protocol: sent once, then shown by placeholders, which are moved and cut as any text.

See https://sw.kovidgoyal.net/kitty/graphics-protocol/#unicode-placeholders: each cell holds U+10EEEE with two marks,
which say its row and its column, in a colour that is the picture's number.
"""

from __future__ import annotations

import zlib
from base64 import b64encode
from collections.abc import Mapping

from rich.color import Color
from rich.segment import Segment
from rich.style import Style

_MARKS = "".join(
    chr(int(code, 16))
    for code in (
        "305 30d 30e 310 312 33d 33e 33f 346 34a 34b 34c 350 351 352 357 35b 363 364 365 366 367 368 369 36a 36b 36c "
        "36d 36e 36f 483 484 485 486 487 592 593 594 595 597 598 599 59c 59d 59e 59f 5a0 5a1 5a8 5a9 5ab 5ac 5af 5c4 "
        "610 611 612 613 614 615 616 617 657 658 659 65a 65b 65d 65e 6d6 6d7 6d8 6d9 6da 6db 6dc 6df 6e0 6e1 6e2 6e4 "
        "6e7 6e8 6eb 6ec 730 732 733 735 736 73a 73d 73f 740 741 743 745 747 749 74a 7eb 7ec 7ed 7ee 7ef 7f0 7f1 7f3 "
        "816 817 818 819 81b 81c 81d 81e 81f 820 821 822 823 825 826 827 829 82a 82b 82c 82d 951 953 954 f82 f83 f86 "
        "f87 135d 135e 135f 17dd 193a 1a17 1a75 1a76 1a77 1a78 1a79 1a7a 1a7b 1a7c 1b6b 1b6d 1b6e"
    ).split()
)
"""The marks that stand for numbers from 0 on, as Kitty lists them (rowcolumn-diacritics)."""
MOST_COLUMNS = len(_MARKS)
_CHUNK = 4096  # characters of a message, as the protocol has it
_FIRST = 0x200000
MOST_NUMBERS = 0xFFFFF
_PLACEHOLDER = "\U0010eeee"


def shows_placeholders(environment: Mapping[str, str]) -> bool:
    """Whether the terminal is one that is known to; tmux and screen hand nothing of it on."""
    if environment.get("TMUX") or environment.get("STY"):
        return False
    kitty = environment.get("TERM") in ("xterm-kitty", "xterm-ghostty") or bool(environment.get("KITTY_WINDOW_ID"))
    return kitty or environment.get("TERM_PROGRAM") == "ghostty"


def packed(pixels: bytes) -> str:
    """RGB pixels as they are sent."""
    return b64encode(zlib.compress(pixels, 6)).decode()


def sent(number: int, packed: str, size: tuple[int, int], cells: tuple[int, int]) -> str:
    """What has the terminal keep a picture under a number, for so many columns and rows, unshown."""
    head = f"a=T,U=1,q=2,f=24,o=z,i={_FIRST + number},s={size[0]},v={size[1]},c={cells[0]},r={cells[1]}"
    parts = [packed[at : at + _CHUNK] for at in range(0, len(packed), _CHUNK)]
    return "".join(
        f"\x1b_G{'' if at else f'{head},'}m={int(at < len(parts) - 1)};{part}\x1b\\" for at, part in enumerate(parts)
    )


def forgotten(number: int) -> str:
    """What has the terminal forget a picture."""
    return f"\x1b_Ga=d,d=I,q=2,i={_FIRST + number}\x1b\\"


def placeholders(number: int, columns: int, rows: int) -> list[list[Segment]]:
    """The rows of a picture that was sent."""
    red, green, blue = (_FIRST + number).to_bytes(3, "big")
    style = Style(color=Color.from_rgb(red, green, blue))
    cells = [_MARKS[column] for column in range(columns)]
    return [[Segment("".join(f"{_PLACEHOLDER}{_MARKS[row]}{cell}" for cell in cells), style)] for row in range(rows)]
