"""All colours of a theme from a few: those of Textual's own themes, and of a reader's."""

from __future__ import annotations

from collections.abc import Mapping

from textual.theme import BUILTIN_THEMES

from tui.typeset.theme import Colours

_READABLE = 4.5  # WCAG 2.2, 1.4.3 (AA)
_STEP = 0.08
_TEXTS = ("text", "strong", "muted", "accent", "link", "gold", "warning")


def textual_colours(name: str) -> Colours:
    """The colours of one of Textual's themes, each made readable on every ground of ours."""
    theme = BUILTIN_THEMES[name]
    made = theme.to_color_system().generate()
    return mixed(
        {
            "paper": made["background"][:7],
            "text": made["foreground"][:7],
            "accent": made["accent"][:7],
            "link": made["primary"][:7],
            "gold": made["warning"][:7],
            "warning": made["error"][:7],
        },
        dark=theme.dark,
    )


def mixed(given: Mapping[str, str], *, dark: bool | None = None) -> Colours:
    """All colours from those given as #rrggbb: `paper` and `text` at least. The others are mixed from them.

    A colour of text that cannot be read on every ground is mixed with white, on light paper with black, until it can; a
    ground on which not even that could be read, with the other of the two. `dark` goes by the paper where it is None.
    """
    paper, text = given["paper"], given["text"]
    end, other_end = sorted(("#ffffff", "#000000"), key=lambda each: contrast(each, paper), reverse=True)
    mixing = {
        "strong": mix(text, end, 0.5),
        "muted": mix(text, paper, 0.3),
        "faint": mix(text, paper, 0.72),
        "accent": text,
        "link": text,
        "gold": text,
        "warning": text,
        "held": mix(paper, text, 0.05),
        "chosen": mix(paper, text, 0.12),
    } | {name: colour for name, colour in given.items() if name in _NAMES}
    for name in ("held", "chosen"):
        mixing[name] = _readable(mixing[name], [end], other_end)
    grounds = [mixing[ground] for ground in ("paper", "held", "chosen")]
    for name in _TEXTS:
        mixing[name] = _readable(mixing[name], grounds, end)
    return Colours(**mixing, dark=end == "#ffffff" if dark is None else dark)


_NAMES = frozenset(Colours._fields) - {"dark"}


def mix(one: str, other: str, share: float) -> str:
    """A colour with so great a share of another."""
    parts = (round(a + (b - a) * share) for a, b in zip(_parts(one), _parts(other), strict=True))
    return "#" + "".join(f"{part:02x}" for part in parts)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21, as WCAG defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _readable(colour: str, others: list[str], end: str) -> str:
    """The colour mixed with as much of `end` as it takes to tell it from the others."""
    share = 0.0
    while share < 1 and min(contrast(mix(colour, end, share), other) for other in others) < _READABLE:
        share = min(1.0, share + _STEP)
    return mix(colour, end, share)


def _luminance(colour: str) -> float:
    parts = (part / 255 for part in _parts(colour))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
