"""All that can be read of a library, on the thread that opened it: nothing waits for anything but the disk."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from time import time
from typing import TYPE_CHECKING, Any

from cache.db import reads
from cache.db.connection import raising_damage
from cache.search import lists

if TYPE_CHECKING:
    from cache.db.connection import Connection
    from cache.db.health import Finding
    from cache.db.revisions import Revision
    from cache.diff import Difference
    from cache.entry import Entry, SavedSearch, Status
    from cache.found import Counted, Hit, KeptPicture, Related
    from cache.front.detail import StoryKnowledge
    from cache.front_page import Brief, Dossier, FollowedTopic, Front, FrontStory, FrontWishes, InDossier, StoryDetail
    from cache.highlight import Highlight
    from cache.related.timeline import Timeline
    from cache.rules.retention import Pruned
    from cache.site import ArticlePassage, Site, SiteRule
    from cache.source_entry import SourceEntry
    from fetch.article import Article


class LibraryReader:
    """A library open for reading; nothing here changes a byte."""

    def __init__(self, connection: Connection) -> None:
        self.path = connection.path
        self.connection = connection
        self._known_at: tuple[tuple[int, int], StoryKnowledge] | None = None

    def revision(self) -> int:
        """A number that changes when anything on disk does."""
        return int(self.connection.value("PRAGMA data_version"))

    def is_new(self) -> bool:
        """Whether it never held a source: not even the handbook."""
        return reads.never_had_a_source(self.connection)

    def sources(self) -> list[SourceEntry]:
        """The sources kept, with their counts."""
        with raising_damage(self.path):
            return reads.sources(self.connection)

    def source(self, ref: str | int) -> SourceEntry:
        """A source by number, address or title; raises NoSuchEntry."""
        return reads.source(self.connection, ref)

    def kept_of(self, source_id: int) -> int:
        """How many entries of a source the reader keeps: they stay when it is removed."""
        return reads.kept_of(self.connection, source_id)

    def status(self) -> Status:
        """The library at a glance."""
        with raising_damage(self.path):
            return reads.status(self.connection)

    def ids(
        self,
        query: str = "",
        *,
        limit: int | None = None,
        offset: int = 0,
        typing: bool = False,
        hurried: bool = False,
        stop: Callable[[], bool] | None = None,
    ) -> array[int]:
        """What a query finds, newest first, or best first when it has words; `typing`: the last word is unfinished.

        `hurried` gives what a moment's reading finds: of a phrase that stands in few texts not all. Once `stop` says
        that nobody waits any more, the answer ends where it is.
        """
        if not query:
            return lists.listed(self.connection, (), limit, offset)
        from cache.search.query import parse

        understood = parse(query, typing=typing)
        if not understood.has_words:
            return lists.listed(self.connection, understood.filters, limit, offset)
        from cache.search.ranking import Search

        with raising_damage(self.path):
            return Search(self.connection, understood, stop=stop).best(limit, offset, hurried=hurried)

    def reading_list(self) -> array[int]:
        """What was saved for later, in the order to read it."""
        return lists.reading_list(self.connection)

    def count(self, query: str = "") -> int:
        """How many entries a query finds."""
        from cache.search.query import parse
        from cache.search.ranking import Search

        with raising_damage(self.path):
            return Search(self.connection, parse(query)).count()

    def counted(self, query: str = "") -> Counted:
        """How many entries a query finds, as far as a moment's reading tells."""
        from cache.search.query import parse
        from cache.search.ranking import Search

        with raising_damage(self.path):
            return Search(self.connection, parse(query)).counted()

    def query_errors(self, query: str, *, typing: bool = False) -> list[str]:
        """A sentence for each thing in the query that was not understood; `typing`: its last word is unfinished."""
        if not query:
            return []
        from cache.search.query import parse

        return list(parse(query, typing=typing).errors)

    def entries(self, ids: Sequence[int]) -> list[Entry]:
        """The rows of these ids, in their order; those that are gone are left out."""
        return reads.entries(self.connection, ids)

    def entry(self, ref: str | int) -> Entry:
        """An entry by number or address; raises NoSuchEntry."""
        return reads.entry(self.connection, ref)

    def article(self, ref: str | int) -> Article | None:
        """An article from disk, or None while its text is not there.

        What its site prints under other stories, too, or its reader says is no part of it, is left out; it is kept on
        disk, and found by a search.
        """
        article, site = self._with_site(ref)
        if article is None or not (site.speaks or article.by_rule):
            return article
        from cache.rules.furniture import without_furniture

        return without_furniture(article, site)

    def whole_article(self, ref: str | int) -> Article | None:
        """An article with all that is on disk of it."""
        with raising_damage(self.path):
            return reads.article(self.connection, self.entry(ref))

    def passages(self, ref: str | int) -> list[ArticlePassage]:
        """The passages of an article in their order, each with why it is not shown in it; none without its text."""
        from cache.rules.furniture import passages

        article, site = self._with_site(ref)
        return passages(article, site) if article else []

    def _with_site(self, ref: str | int) -> tuple[Article | None, Site]:
        from cache.db.sites import site_of

        with raising_damage(self.path):
            entry = self.entry(ref)
            article = reads.article(self.connection, entry)
            return article, site_of(self.connection, entry.id, entry.url)

    def site_rules(self, site: str = "") -> list[SiteRule]:
        """What the reader says of passages on a site, or on all."""
        from cache.db.sites import rules

        with raising_damage(self.path):
            return rules(self.connection, site)

    def fold(self, ids: Sequence[int]) -> array[int]:
        """The ids without the entries whose story another source tells further up."""
        return lists.fold(self.connection, ids)

    def ordered(self, ids: Sequence[int], by: lists.SortKey) -> array[int]:
        """The ids in another order; those that are alike in it stay as they were."""
        return lists.ordered(self.connection, ids, by)

    def note_of(self, entry_id: int) -> str:
        """The reader's note on an entry; empty if there is none."""
        return reads.note(self.connection, entry_id)

    def highlights(self, ref: str | int, text: str | None = None) -> list[Highlight]:
        """What is highlighted in an article, in the order of its text; what is no longer in that comes last.

        `text` is what they are looked for in, without one the text that is kept.
        """
        from cache.db import highlights

        with raising_damage(self.path):
            entry_id = reads.entry_id(self.connection, ref)
            found = highlights.of_entry(self.connection, entry_id)
        if not found:
            return []
        from cache.rules.anchoring import placed

        if text is None:
            article = self.article(entry_id)
            text = article.text if article else ""
        return placed(text, found)

    def all_highlights(self, entry_id: int) -> list[Highlight]:
        """Those of an entry with those that were withdrawn, as they were made; where they stand is not looked for."""
        from cache.db import highlights

        with raising_damage(self.path):
            return highlights.of_entry(self.connection, entry_id, withdrawn=True)

    def repeated(self, entry_id: int) -> Entry | None:
        """The report that an article only repeats, where it counts as read for that and for nothing its reader did."""
        if not reads.is_read_by_nobody(self.connection, entry_id):
            return None
        from cache.related import reports

        with raising_damage(self.path):
            return reports.repeated(self.connection, self.entry(entry_id))

    def scroll(self, entry_id: int) -> int:
        """How far an article was read: the characters of its text above the screen."""
        return reads.scroll(self.connection, entry_id)

    def search(self, query: str, *, limit: int = 50) -> list[Hit]:
        """What a query finds, best first, each with a snippet that marks what matched."""
        from cache.found import Hit

        ids = self.ids(query, limit=limit)
        snippets = self.snippets(query, ids)
        return [Hit(entry, snippets[entry.id]) for entry in self.entries(ids)]

    def snippets(self, query: str, ids: Sequence[int], *, typing: bool = False) -> dict[int, str]:
        """The place in each of these entries that shows why a query found it, its matches marked as in a Hit."""
        from cache.search import snippets
        from cache.search.query import parse

        with raising_damage(self.path):
            return snippets.snippets(self.connection, parse(query, typing=typing), ids)

    def matcher(self, query: str, *, typing: bool = False) -> Callable[[str], list[tuple[int, int]]]:
        """What tells where in a text the words of a query stand, as offsets."""
        from cache.search import snippets
        from cache.search.query import parse

        return snippets.matcher(parse(query, typing=typing))

    def related(self, ref: str | int, *, limit: int = 20) -> list[Related]:
        """The stories beside an article: those its page names, then those about the same thing."""
        from cache.related import sidebar

        with raising_damage(self.path):
            return sidebar.related(self.connection, self.entry(ref), limit)

    def pictures(self, entry_id: int) -> Callable[[str], KeptPicture | None] | None:
        """What gives the pictures of an article that are on disk, by their addresses; None where there are none."""
        from cache.db.picture_files import PictureFiles, picture_of

        kept = PictureFiles(self.path).of(entry_id)
        return partial(picture_of, kept) if kept else None

    def has_pictures(self, ids: Iterable[int] | None = None) -> bool:
        """Whether pictures of any of these entries are on disk, of any at all without."""
        from cache.db.picture_files import PictureFiles

        return PictureFiles(self.path).is_any_of(None if ids is None else frozenset(ids))

    def timeline(self, ref: str | int) -> Timeline:
        """How the story an article belongs to went on, report by report."""
        from cache.related import reports

        with raising_damage(self.path):
            return reports.timeline(self.connection, self.entry(ref))

    def front(self, wishes: FrontWishes | None = None) -> Front:
        """The front page: the stories of a span in their order, with why each stands there."""
        from cache.front import front
        from cache.front_page import FrontWishes

        wishes = wishes or FrontWishes()
        with raising_damage(self.path):
            return front.front(self.connection, wishes, wishes.at.timestamp() if wishes.at else time())

    def published_in(self, wishes: FrontWishes, most: int) -> int:
        """How many entries were published in the span of a front page, counted to `most`."""
        from cache.front import candidates
        from cache.front.span import span_of

        now = wishes.at.timestamp() if wishes.at else time()
        with raising_damage(self.path):
            return candidates.published_in(self.connection, span_of(self.connection, wishes, now), most)

    def front_detail(self, story: FrontStory) -> StoryDetail:
        """Of a story on the front page the sentence most reports share, and the figures on which they differ."""
        from cache.front import detail

        with raising_damage(self.path):
            return detail.detail(self.connection, story, self._known())

    def _known(self) -> StoryKnowledge:
        """What is known of words and storylines, as the library stands now; kept while it does."""
        from cache.front.detail import StoryKnowledge

        revision = self.revision(), self.connection.sql.total_changes  # of others, and of this connection
        if self._known_at is None or self._known_at[0] != revision:
            self._known_at = revision, StoryKnowledge.of(self.connection)
        return self._known_at[1]

    def brief(self, wishes: FrontWishes | None = None) -> Brief:
        """The front page with all that is printed of it: sentences, figures, reports."""
        from cache.front import brief

        page = self.front(wishes)
        with raising_damage(self.path):
            return brief.brief(self.connection, page)

    def followed(self) -> list[int]:
        """Of the newest entries those of topics that the reader follows, newest first."""
        from cache.front.followed import entries_of_topics

        with raising_damage(self.path):
            return entries_of_topics(self.connection)

    def dossier(self, entry_id: int, at: float, report: int = 0) -> Dossier | None:
        """The storyline that the story of an entry goes on, as of a moment; None where it goes on none.

        `report` is what InDossier says of it.
        """
        with raising_damage(self.path):
            return self._known().dossiers.of_entry(entry_id, at, report)

    def in_dossier(self, story: FrontStory) -> InDossier | None:
        """Where a story of the front page stands in its storyline; None where it goes on none."""
        with raising_damage(self.path):
            return self._known().dossiers.place_of(story)

    def topics(self) -> list[FollowedTopic]:
        """The topics that the reader follows, in the order they were chosen; `topic:` and the report finds each."""
        from cache.db import topics
        from cache.front_page import FollowedTopic

        reports = topics.followed(self.connection)
        headlines = {entry.id: entry.headline for entry in reads.entries(self.connection, reports)}
        return [FollowedTopic(one, headlines.get(one, "")) for one in reports]

    def dossiers(self, page: Front) -> list[Dossier]:
        """The storylines that stories of a front page go on, those first whose story stands first."""
        with raising_damage(self.path):
            return self._known().dossiers.listed(page)

    def revisions(self, ref: str | int) -> list[Revision]:
        """What an article said before its site changed it, the latest first."""
        from cache.db import revisions

        with raising_damage(self.path):
            return revisions.revisions(self.connection, self.entry(ref))

    def changes(self, ref: str | int) -> list[Difference]:
        """What its site changed in an article, word by word and step by step, the latest first."""
        from cache.db import revisions

        with raising_damage(self.path):
            return revisions.changes(self.connection, self.entry(ref))

    def searches(self) -> list[SavedSearch]:
        """The saved searches by name; `count` says what each finds now."""
        return reads.saved_searches(self.connection)

    def tags(self) -> dict[str, int]:
        """The reader's tags by name, each with how many entries have it."""
        with raising_damage(self.path):
            return reads.tags(self.connection)

    def failures(self) -> dict[str, int]:
        """Why texts could not be had, each reason with how many entries it is that of, the most frequent first."""
        with raising_damage(self.path):
            return reads.failures(self.connection)

    def prunable(self, days: int | None = None, count: int | None = None) -> Pruned:
        """What pruning would remove now; `days` and `count` are the limits of sources that have none of their own."""
        from cache.rules.retention import KeepLimits
        from cache.writes import retention

        with raising_damage(self.path):
            return retention.preview(self.connection, time(), KeepLimits(days, count))

    def setting(self, name: str, default: Any = None) -> Any:
        """A setting of the reader's, as it was set."""
        with raising_damage(self.path):
            return reads.setting(self.connection, name, default)

    def online(self) -> bool:
        """Whether this machine has a way out, as far as it can tell without sending anything."""
        from fetch.http.online import online

        return online()

    def id_of(self, ref: str | int) -> int:
        """The number behind a REF; raises NoSuchEntry."""
        return reads.entry_id(self.connection, ref)

    def doctor(self) -> list[Finding]:
        """What is sound and what is not."""
        from cache.db import health

        return health.examine(self.path)
