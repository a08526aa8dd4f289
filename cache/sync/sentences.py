"""What came of a sync with a server, in words and figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.sync.outcome import Synced

if TYPE_CHECKING:
    from cache.sync.accounts import Account
    from cache.sync.server_sync import EntryOutcome
    from cache.sync.sources import SourceOutcome
    from cache.sync.tags import TagOutcome

_NAMED = 3


def told(account: Account, sources: SourceOutcome, entries: EntryOutcome, tags: TagOutcome, texts: int) -> Synced:
    """What came of it, in words and figures."""
    parts = [f"{_many(entries.new, 'article')} came"] if entries.new else []
    parts += [f"{_many(texts, 'text')} of the server taken"] if texts else []
    parts += [f"{_many(entries.changed_here, 'article')} marked as there"] if entries.changed_here else []
    parts += [f"marks of {_many(entries.sent, 'article')} sent"] if entries.sent else []
    parts += [f"{_many(tags.changed_here, 'article')} tagged as there"] if tags.changed_here else []
    parts += [f"tags of {_many(tags.sent, 'article')} sent"] if tags.sent else []
    parts += [f"{_many(sources.came, 'source')} added here"] if sources.came else []
    parts += [f"{_many(sources.sent, 'change')} of sources sent"] if sources.sent else []
    parts += [f"{_many(sources.renamed, 'source')} named or filed as there"] if sources.renamed else []
    lines = [f"Synced with {account.url} as {account.user}: {', '.join(parts) or 'nothing had changed'}."]
    if entries.not_taken:
        lines.append(f"The marks of {_many(entries.not_taken, 'article')} did not take there; they are sent again.")
    if entries.not_given:
        lines.append(f"{_many(entries.not_given, 'article')} that it lists it did not give.")
    if tags.not_taken:
        lines.append(f"The tags of {_many(tags.not_taken, 'article')} did not take there; they are sent again.")
    if tags.staying:
        lines.append(f"{_names(tags.staying)}: such a name is a folder's there, so that tag stays here.")
    lines += [tags.waits] if tags.waits else []
    if sources.refused:
        lines.append(f"It would not keep {_names(sources.refused)}, which stays here and is sent again in a day.")
    if sources.kept_here:
        lines.append(
            f"{_many(sources.kept_here, 'change')} of sources made here stay here: {account.protocol} takes none."
        )
    if sources.kept_there:
        lines.append(
            f"It keeps {_names(sources.kept_there)}, removed here, as what is saved of it there would go with it; once"
            " nothing is, it goes."
        )
    if sources.gone_there:
        lines.append(
            f"It has {_names(sources.gone_there)} no more; here that stays until `remove SOURCE` takes it out, or"
            " `sync --keep SOURCE` says that it stays."
        )
    if sources.staying:
        lines.append(f"{_many(sources.staying, 'source')} that no server can hold (section pages, sitemaps) stay here.")
    counts = {
        "new": entries.new,
        "came": entries.came,
        "texts": texts,
        "changed_here": entries.changed_here,
        "sent": entries.sent,
        "not_taken": entries.not_taken,
        "tags_changed_here": tags.changed_here,
        "tags_sent": tags.sent,
        "tags_not_taken": tags.not_taken,
        "sources_added": sources.came,
        "sources_sent": sources.sent,
        "sources_kept_here": sources.kept_here,
        "sources_refused": len(sources.refused),
        "sources_gone_there": len(sources.gone_there),
    }
    return Synced("\n".join(lines), not (entries.not_taken or tags.not_taken or tags.waits), counts)


def _many(number: int, word: str) -> str:
    return f"1 {word}" if number == 1 else f"{number:,} {word}s"


def _names(names: list[str]) -> str:
    rest = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {rest} more" if rest > 0 else "")
