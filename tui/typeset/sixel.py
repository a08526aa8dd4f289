"""Pictures as sixels: six rows of pixels are a line of characters for each colour, as the VT340 draws them.

See https://vt100.net/docs/vt3xx-gp/chapter14.html. Each row of cells is a picture of its own, so that it is moved and
cut away as the line of text is that it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

_BAND = 6  # rows of pixels in a line of sixels
_EMPTY = ord("?")  # no pixel of the six; each of them adds its bit
_REPEATED = re.compile(rb"([?-~])\1{3,254}")
_AS_SIXELS = bytes(min(bits + _EMPTY, 126) for bits in range(256))
MOST_COLOURS = 64
SIXEL = 4
"""The attribute by which a terminal says that it draws sixels, when it is asked what it is (DA1)."""


def may_show_sixels(environment: Mapping[str, str], *, over_ssh: bool = False) -> bool:
    """Whether it is worth asking: tmux keeps few pictures, screen none, and over SSH they are to be wished for.

    There they are twice as many bytes as half blocks: 110 kB for a photograph of 70 by 20 cells.
    """
    names = ("TMUX", "STY") if over_ssh else ("TMUX", "STY", "SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT")
    return not any(environment.get(name) for name in names)


def sixels(indices: bytes, width: int, palette: Sequence[int], cell_height: int) -> Iterator[str]:
    """The rows of cells of a picture of `width` pixels, given as indices into a palette (red, green, blue, red, …)."""
    height = len(indices) // width
    percent = [round(value * 100 / 255) for value in palette]
    for top in range(0, height, cell_height):
        rows = [indices[at * width : (at + 1) * width] for at in range(top, min(top + cell_height, height))]
        colours = sorted(set().union(*rows))
        named = "".join(
            f"#{colour};2;{percent[3 * colour]};{percent[3 * colour + 1]};{percent[3 * colour + 2]}"
            for colour in colours
        )
        bands = "-".join(_band(rows[at : at + _BAND], width) for at in range(0, len(rows), _BAND))
        yield f'\x1bP0;1;0q"1;1;{width};{len(rows)}{named}{bands}\x1b\\'


def _band(rows: Sequence[bytes], width: int) -> str:
    """Up to six rows of pixels: one colour after the other, each from the left again."""
    return "$".join(f"#{colour}{_of_colour(rows, colour, width)}" for colour in sorted(set().union(*rows)))


def _of_colour(rows: Sequence[bytes], colour: int, width: int) -> str:
    bits = 0
    for at, row in enumerate(rows):
        mask = bytearray(256)
        mask[colour] = 1 << at
        bits |= int.from_bytes(row.translate(bytes(mask)), "big")
    drawn = bits.to_bytes(width, "big").translate(_AS_SIXELS).rstrip(b"?")
    return _REPEATED.sub(lambda run: b"!%d%c" % (len(run[0]), run[1][0]), drawn).decode()
