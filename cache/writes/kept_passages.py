"""Passages that stand in a kept text by its reader's word: put in with their rule."""

from __future__ import annotations

from time import time
from typing import TYPE_CHECKING

from cache.site import SiteRule
from cache.writes import sites
from cache.writes.undo import Undo
from fetch.article import Article

if TYPE_CHECKING:
    from cache.writes.store import Store


def keep(store: Store, entry_id: int, rule: SiteRule, article: Article) -> Undo:
    """Keeps a rule, and the text of an entry as it is read by it."""
    taught = sites.teach(store.connection, [rule])
    store.articles.store_article(entry_id, article, time())
    changes = taught.changes if taught else ()
    return Undo(f"{rule.host} is read as before", (*changes, ["kept passages", entry_id, rule.how, rule.text]), 1)
