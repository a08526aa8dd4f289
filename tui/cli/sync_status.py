"""What is said of the places that a library is synced with, as lines and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cache.sync.accounts import Account
from cache.sync.folders import SyncedFolder
from cache.sync.outcome import Synced
from tui.local_time import LOCAL


def folder_line(folder: SyncedFolder) -> str:
    """A folder on one line."""
    synced = f"synced {_iso(folder.synced)}" if folder.synced else "never synced"
    return f"{folder.path}: {synced}. {folder.sentence}"


def account_line(account: Account, waiting: int) -> str:
    """An account on one line."""
    synced = f"synced {_iso(account.synced)}" if account.synced else "never synced"
    named = account.server or account.protocol
    sentence = f" {account.error}" if account.error else ""
    return f"{account.url} as {account.user} ({named}): {synced}, {waiting:,} to send.{sentence}"


def folder_json(folder: SyncedFolder, counts: Mapping[str, int]) -> dict[str, object]:
    """A folder as JSON."""
    return {
        "place": str(folder.path),
        "kind": "folder",
        "user": "",
        "synced": _iso(folder.synced),
        "whole": folder.is_whole,
        "waiting": 0,
        "counts": dict(counts),
        "sentence": folder.sentence,
    }


def account_json(account: Account, waiting: int, outcome: Synced | None) -> dict[str, object]:
    """An account as JSON, with what a sync did where one has just been made."""
    return {
        "place": account.url,
        "kind": account.protocol,
        "user": account.user,
        "synced": _iso(account.synced),
        "whole": bool(account.synced) and not account.error,
        "waiting": waiting,
        "counts": dict(outcome.counts) if outcome else {},
        "sentence": outcome.sentence if outcome else account.error,
    }


def _iso(moment: float) -> str | None:
    return datetime.fromtimestamp(moment, LOCAL).isoformat(timespec="seconds") if moment else None
