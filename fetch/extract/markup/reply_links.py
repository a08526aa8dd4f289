"""The links and buttons beneath what readers wrote: "Reply", "Antworten · Melden", "Log in to reply"."""

from __future__ import annotations

import re

LONGEST_REPLY = 40
"""Letters of such a link, with what stands beside it."""

_REPLY = frozenset(
    """
    reply répondre antworten antwort responder rispondi beantwoorden reageer odpowiedz ответить відповісти yanıtla svara
    svar vastaa odpovědět válasz răspunde 返信 返信する 回复 回覆 답글
    """.split()
)
_REPORT = frozenset(
    "report flag melden signaler denunciar reportar segnala zgłoś пожаловаться 举报 檢舉 通報 신고".split()
)
_BESIDE = frozenset(
    """
    like likes liked dislike share upvote downvote vote votes recommend permalink link quote edit gefällt mir zitieren
    teilen j aime partager gusta compartir me
    """.split()
)
_ASKED_FOR = _REPLY | _REPORT
_WORD = re.compile(r"[^\W\d_]+")


def has_reply(texts: str) -> bool:
    """Whether any of some texts, with spaces between them, may be one for which `is_reply` holds."""
    return not _ASKED_FOR.isdisjoint(texts.casefold().split())


def is_reply(text: str) -> bool:
    """Whether a text is nothing but a link to reply to what a reader wrote, or to report it, with others."""
    if text[-1] in ".?!,;:" or _ASKED_FOR.isdisjoint(text.casefold().split()):
        return False
    words = _WORD.findall(text.casefold())
    if words[0] in _REPLY or words[-1] in _REPLY:
        return len(words) <= _MOST_WORDS
    return not _REPORT.isdisjoint(words) and _REPORT.union(_BESIDE).issuperset(words)


_MOST_WORDS = 5
