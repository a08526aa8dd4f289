"""What small marks in a text mean, so that a line of plain text keeps it: raised and lowered figures, formulas."""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborNode

QUOTES = {
    "": (("“", "”"), ("‘", "’")),
    "de": (("„", "“"), ("‚", "‘")),
    "da": (("»", "«"), ("›", "‹")),
    "no": (("«", "»"), ("‘", "’")),
    "nb": (("«", "»"), ("‘", "’")),
    "nn": (("«", "»"), ("‘", "’")),
    "fr": (("« ", " »"), ("“", "”")),
    "it": (("«", "»"), ("“", "”")),
    "es": (("«", "»"), ("“", "”")),
    "pt": (("“", "”"), ("‘", "’")),
    "ru": (("«", "»"), ("„", "“")),
    "uk": (("«", "»"), ("„", "“")),
    "el": (("«", "»"), ("“", "”")),
    "pl": (("„", "”"), ("«", "»")),
    "cs": (("„", "“"), ("‚", "‘")),
    "sk": (("„", "“"), ("‚", "‘")),
    "hu": (("„", "”"), ("»", "«")),
    "ro": (("„", "”"), ("«", "»")),
    "bg": (("„", "“"), ("’", "’")),
    "fi": (("”", "”"), ("’", "’")),
    "sv": (("”", "”"), ("’", "’")),
    "ja": (("「", "」"), ("『", "』")),
}
"""Quotation marks by language, the outer pair and the inner one; under "" those of all others."""

_PLAIN = "0123456789+-−=()n"
_RAISED = str.maketrans(_PLAIN + "i", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_CAN_BE_RAISED = re.compile(r"[0-9+\-−=()ni]+")
_CAN_BE_LOWERED = re.compile(r"[0-9+\-−=()aehijklmnoprstuvx]+")
_ORDINAL = re.compile(
    r"st|nd|rd|th|er|re|e|è?me|ème|de|nde|o|a|os|as|r|ste|de|º|ª|tm|sm|mc|®|©|™|℠|[*†‡§]+", re.IGNORECASE
)
_FORMULA = re.compile(r"(?=.*[\d+\-−=/])[\w+\-−=/.,()]+")
_SHORT = 8


def raised(text: str, before: str) -> str:
    """The content of <sup>: 10<sup>6</sup> as 10⁶, x<sup>a</sup> as x^a; an ordinal's letters as they are."""
    if _CAN_BE_RAISED.fullmatch(text) and not (text in "in" and not before[-1:].isalnum()):
        return text.translate(_RAISED)
    if text.upper() == "TM":
        return "™"
    if len(text) > _SHORT or " " in text or not before[-1:].isalnum() or _ORDINAL.fullmatch(text):
        return text
    if len(text) == 1 and text.isalnum():
        return f"^{text}"
    return f"^({text})" if _FORMULA.fullmatch(text) else text  # M<sup>lle</sup>


def lowered(text: str) -> str:
    """The content of <sub>: H<sub>2</sub>O as H₂O, T<sub>Max</sub> as T_Max; a longer text as it is."""
    if _CAN_BE_LOWERED.fullmatch(text):
        return text.translate(_LOWERED)
    return text if len(text) > _SHORT or not text.isalnum() else f"_{text}"


_STYLED = (
    ("sup", re.compile(r"vertical-align\s*:\s*(?:super|text-top)", re.IGNORECASE)),
    ("sub", re.compile(r"vertical-align\s*:\s*sub\b", re.IGNORECASE)),
    ("del", re.compile(r"text-decoration[\w-]{0,20}\s{0,9}:[^;]{0,200}line-through", re.IGNORECASE)),
)


def mark_of_style(style: str) -> str:
    """The element that an element is set like, as its style says: "sup", "sub", "del", or ""."""
    return next((name for name, pattern in _STYLED if pattern.search(style)), "")


_LEADS_BACK = frozenset(
    "↩ ↑ ^ ⏎ ⤴ ↵ back return jump zurück retour volver voltar regresar torna terug tillbaka".split()
)


def leads_back(text: str) -> bool:
    """Whether what a link within the page says leads from a footnote back to its mark: "↩", "Back to text"."""
    words = text.strip(" \ufe0e\ufe0f[]()").casefold().split(None, 1)
    return bool(words) and words[0].rstrip("\ufe0e\ufe0f") in _LEADS_BACK


def emoji_of(attributes: Mapping[str, str | None]) -> str:
    """The sign that a small picture stands for, "" for other pictures."""
    said = attributes.get("alt") or ""
    if not said or len(said) > _LONGEST_EMOJI or said.isascii() or any(map(str.isalnum, said)):
        return ""
    names = f"{attributes.get('class') or ''} {attributes.get('src') or ''}".lower()
    return said if "emoji" in names or "smil" in names else ""


_LONGEST_EMOJI = 12  # code points; families have joiners
_DEEPEST = 40  # elements of a formula within each other


def tex_of(script: LexborNode) -> str:
    """The formula that a script holds for a program that draws it, "" for other scripts."""
    kind = script.attributes.get("type") or ""
    return " ".join(script.text().split()) if kind.startswith("math/tex") else ""


def math_text(node: LexborNode) -> str:
    """A formula as its page says it in words or TeX (alttext, annotation), else read from its elements."""
    if said := (node.attributes.get("alttext") or node.attributes.get("aria-label")):
        return " ".join(said.split())
    note = node.css_first("annotation")
    if note is not None and (said := note.text()):
        return " ".join(said.split())
    return _read(node, 0)


def _read(node: LexborNode, depth: int) -> str:
    """The plain reading of a formula's element."""
    if depth > _DEEPEST:
        return "".join(node.text().split())
    tag = node.tag
    children = [child for child in node.iter() if child.tag not in ("annotation", "annotation-xml")]
    if not children:
        return "".join(node.text().split()) if tag != "mtext" else " ".join(node.text().split())
    parts = [_read(child, depth + 1) for child in children]
    if tag == "mfrac" and len(parts) == 2:
        return f"{_grouped(parts[0])}/{_grouped(parts[1])}"
    if tag in ("msup", "mover") and len(parts) == 2:
        return parts[0] + _power(parts[1])
    if tag in ("msub", "munder") and len(parts) == 2:
        return parts[0] + lowered(parts[1])
    if tag in ("msubsup", "munderover") and len(parts) == 3:
        return parts[0] + lowered(parts[1]) + _power(parts[2])
    if tag == "msqrt":
        return f"√{_grouped(''.join(parts))}"
    if tag == "mroot" and len(parts) == 2:
        return f"{_power(parts[1]).removeprefix('^')}√{_grouped(parts[0])}"
    return "".join(parts)


def _power(text: str) -> str:
    return text.translate(_RAISED) if _CAN_BE_RAISED.fullmatch(text) else f"^{_grouped(text)}"


def _grouped(text: str) -> str:
    return text if len(text) == 1 or text.isalnum() else f"({text})"
