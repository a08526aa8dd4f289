"""Forms that terminals count differently, in a list beside an article: the article stays as it is, in a real tmux."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from fetch.article import Article, Paragraph, Span
from tests.tui.newsroom import NOW, shelve
from tests.tui.terminal import ROOT

pytestmark = pytest.mark.skipif(not shutil.which("tmux"), reason="needs tmux")
FORMS = {
    "sign as emoji": "❤\ufe0f☎\ufe0f⚠\ufe0f",
    "sign as text": "⌚\ufe0e☔\ufe0e",
    "keycaps": "1\ufe0f\u20e3#\ufe0f\u20e3",
    "skin tones": "👍🏽👋🏿🤝🏻",
    "flags": "🇩🇪🇺🇦🇯🇵",
    "half a flag": "🇩 🇪",
    "family": "👨\u200d👩\u200d👧\u200d👦",
    "profession": "👩🏽\u200d🚀🧑\u200d🌾",
    "rainbow": "🏳\ufe0f\u200d🌈🏴\u200d☠\ufe0f",
    "Unicode 13": "🥷🫀🪴",
    "Unicode 14": "🫠🫶🪩",
    "Unicode 15": "🫨🪿🫛",
    "Unicode 16": "\U0001fae9\U0001fadf\U0001fac6",
    "Unicode 17": "\U0001faea\U0001facd\U0001fa8a",
    "not assigned": "\U0001fbff\U0001faff\U0001f8ff",
    "hexagrams": "\u4dc0\u4dff",
    "Devanagari": "क्षत्रिय हिन्दी श्रीमान्",
    "Bengali": "বাংলাদেশে ক্ষুদ্র",
    "Tamil": "தமிழ்நாடு கௌ",
    "Malayalam": "മലയാളം ന്\u200d",
    "Sinhala": "ශ්\u200dරී ලංකා",
    "Khmer": "ភាសាខ្មែរ",
    "Burmese": "မြန်မာဘာသာ",
    "Tibetan": "བོད་སྐད་",
    "Thai": "กำลังน้ำ",
    "Korean in parts": "\u1112\u1161\u11ab\u1100\u1173\u11af",
    "Vietnamese in parts": "Tie\u0302\u0301ng Vie\u0323\u0302t",
    "stacked marks": "Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307algo",
    "enclosed": "A\u20dd5\u20de",
    "kana in parts": "か\u3099は\u309aハ\uff9e",
    "Han with a selector": "葛\U000e0100城葛\ufe00",
    "Arabic": "ﷺ العربيّة لا \u0601123",
    "Syriac and N'Ko": "ܣܘܪܝܝܐ ߒߞߏ",
    "cuneiform": "𒀭𒈗 𓀀𓂀",
    "mathematics": "𝔘𝕟𝓲 𝟙𝟚",
    "cards and tiles": "🂡🀄🀀🃏",
}


def told(number: int, headline: str) -> Article:
    """A story of its own words, so that nothing is related to anything, and longer than the screen."""
    body = Paragraph((Span(" ".join(f"{word}{number}x" for word in ("quay", "lock", "tide", "mole")) * 90),))
    return Article(
        f"https://courier.example/{number}",
        headline,
        (body,),
        source="Courier",
        published=NOW - timedelta(hours=number),
    )


@contextmanager
def reader(home: Path) -> Iterator[list[str]]:
    """The command of a tmux server of its own with the reader in it, at 120 by 40."""
    tmux = ["tmux", "-f", "/dev/null", "-S", str(home / "tmux.socket")]
    command = f"cd '{ROOT}' && BROADSHEET_HOME='{home}' exec '{sys.executable}' -m tui"
    environment = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES", "TMUX"}}
    start = [*tmux, "-u", "new-session", "-d", "-x", "120", "-y", "40", command]
    subprocess.run(start, env=environment, check=True)
    try:
        yield tmux
    finally:
        subprocess.run([*tmux, "kill-server"], check=False)


def shown(tmux: list[str]) -> list[str]:
    """The screen, once it has been the same twice."""
    before: list[str] = []
    for _ in range(60):
        now = subprocess.run([*tmux, "capture-pane", "-p"], capture_output=True, text=True, check=True).stdout
        if before == now.splitlines() and "? keys" in now:
            return before
        before = now.splitlines()
        time.sleep(0.25)
    raise AssertionError("the screen does not come to rest: " + "\n".join(before))


def beside(home: Path, headlines: list[str], keys: list[str]) -> list[list[str]]:
    """The screens of the reader on these headlines, at the start and after each key."""
    shelve(home, [told(0, "Opened first"), *(told(n, headline) for n, headline in enumerate(headlines, 1))])
    with reader(home) as tmux:
        screens = [shown(tmux)]
        for key in keys:
            subprocess.run([*tmux, "send-keys", key], check=True)
            screens.append(shown(tmux))
    return screens


KEYS = ["Down", "Down", "PageDown", "PageDown", "End", "Up", "Home", "?", "Escape", "PageDown"]


def test_the_neighbour_of_every_form_stays_as_it_is(tmp_path: Path) -> None:
    forms = [f"{form} {name} {form * 3}" for name, form in FORMS.items()]
    plain, odd = tmp_path / "plain", tmp_path / "odd"
    for folder in (plain, odd):
        folder.mkdir()
    expected = beside(plain, ["Even as a board of deal" for _ in forms], KEYS)
    found = beside(odd, forms, KEYS)
    for key, wanted, got in zip(["", *KEYS], expected, found, strict=True):
        for number, (one, other) in enumerate(zip(wanted, got, strict=True)):
            where = 15 if key == "?" and 3 < number < 38 else 38  # the help lies over the list, and stays whole
            assert other.endswith(one[where:]), f"after {key!r}, line {number}:\n{other}\n{one}"
