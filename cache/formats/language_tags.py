"""The language and the direction of a text, as files say them that other programs open."""

from __future__ import annotations

import re
from collections import Counter
from unicodedata import bidirectional

_TAG = re.compile("([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|[0-9]{3}))?(?:[-_].*)?")
# ISO 639-1, and of the languages without two letters those that papers are printed in.
_LANGUAGES = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el"
    " en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu"
    " ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na"
    " nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn"
    " so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
    " arz ast bar bho bua ceb chr ckb cmn crh csb doi dsb fil fur gsw haw hsb ilo kab kea kmr kok krc lad mai mni"
    " nds nso pap prs rup sah sat scn sco sdh smn syr szl tet tyv udm vec war yue zgh".split()
)
_NOW_CALLED = {"iw": "he", "in": "id", "ji": "yi"}
_READ = 2_000  # characters; more of a text says no more
_RIGHT_TO_LEFT = ("R", "AL")


def language_tag(claimed: str) -> str:
    """A language as BCP 47 writes it: "zh-Hant-TW", "pt-BR"; "" where what is claimed is none.

    A region that repeats the language says nothing ("ar-Ar" is no Arabic of Argentina): it is left out.
    """
    found = _TAG.fullmatch(claimed.strip())
    if not found:
        return ""
    primary = found[1].lower()
    primary = _NOW_CALLED.get(primary, primary)
    if primary not in _LANGUAGES:
        return ""
    region = (found[3] or "").upper()
    parts = (primary, (found[2] or "").capitalize(), region if region.lower() != primary else "")
    return "-".join(filter(None, parts))


def is_right_to_left(text: str) -> bool:
    """Whether most letters of a text are of a script that is written from right to left."""
    kinds = Counter(map(bidirectional, text[:_READ]))
    return sum(kinds[each] for each in _RIGHT_TO_LEFT) > kinds["L"]
