"""The marks of an article, each a character and its role: on screen, in the help and on the command line."""

from __future__ import annotations

OFFLINE_MARKS = {"full": ("≡", "meta"), "part": ("=", "meta"), "teaser": ("–", "meta"), "failed": ("!", "warning")}
QUEUED_MARK = ("↓", "star")
CHANGED_MARK = ("Δ", "star")
TAGGED_MARK = ("#", "star")
SAVED_MARK = ("★", "star")
UNREAD_MARK = ("●", "dot")
OPEN_MARK = ("▌", "bar")
CURSOR = ("▏", "cursor")
