"""What is said on screen and on paper, once: times, bylines, counts and states in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

from tui.typeset.date_language import DATE_LANGUAGE, DateLanguage

if TYPE_CHECKING:
    from cache.entry import Entry
    from cache.found import Group
    from cache.progress import Progress
    from cache.source_entry import SourceEntry
    from fetch.article import Article, When
    from fetch.source import Candidate

GROUPS: dict[Group, str] = {
    "page": "Named on the page",
    "story": "The same story",
    "earlier": "Earlier",
    "later": "Later",
}
Age: TypeAlias = "Callable[[When | None, datetime], str]"
"""Tells when something was, at a moment, in few cells; "" where that is unknown."""
Told: TypeAlias = "Callable[[When | None], str]"
"""The same, at the moment that it is."""
KINDS = {
    "feed": "feed",
    "sitemap": "news sitemap",
    "section": "section page",
    "page": "single page",
    "bundled": "bundled edition",
}
"""The kinds of source, as people call them."""
ENGLISH = DateLanguage()
_BRIEF = {"minute": "min", "hour": "h", "day": "d"}
_AFTERWARDS = timedelta(minutes=10)  # a page that is touched sooner was still being published
WORDS_A_MINUTE = 230  # what adults read silently, English non-fiction (Brysbaert 2019: 238)


def ago(when: When | None, now: datetime) -> str:
    """How long before `now` (aware), in words: "3 hours ago"; a day when it is more than a week, "" when unknown."""
    return "" if when is None else _ago(when, now, DATE_LANGUAGE)


def ago_in_english(when: When | None, now: datetime) -> str:
    """The same within a sentence, which is in English whatever language dates are told in."""
    return "" if when is None else _ago(when, now, ENGLISH)


def briefly_ago(when: When | None, now: datetime) -> str:
    """The same for narrow columns: "3 h", "2 d", "4 Nov"."""
    if when is None:
        return ""
    if isinstance(when, datetime) and timedelta(minutes=-1) <= now - when < timedelta(days=1):
        minutes = max(0, int((now - when).total_seconds() // 60))
        if minutes == 0:
            return DATE_LANGUAGE.word("now") if DATE_LANGUAGE else "now"
        return _brief(minutes, "minute") if minutes < 60 else _brief(minutes // 60, "hour")
    then = local_day(when, now)
    days = (now.date() - then).days
    if 0 <= days < 7:
        return _today() if days == 0 else _brief(days, "day")
    return _short_day(then, now)


def clock_or_day(when: When | None, now: datetime) -> str:
    """When, as a clock and a calendar tell it in narrow columns: "14:05" of today, else "4 Nov"."""
    if when is None:
        return ""
    then = local_day(when, now)
    if then == now.date():
        return f"{when.astimezone(now.tzinfo):%H:%M}" if isinstance(when, datetime) else _today()
    return _short_day(then, now)


def clock_or_date(when: When | None, now: datetime) -> str:
    """When, as ISO 8601 writes it in narrow columns: "14:05" of today, else "2026-11-04"."""
    if when is None:
        return ""
    then = local_day(when, now)
    return clock_or_day(when, now) if then == now.date() else then.isoformat()


def _short_day(then: date, now: datetime) -> str:
    if DATE_LANGUAGE:
        return DATE_LANGUAGE.day(then, year=then.year != now.year, short=True)
    return f"{then.day} {then:%b}" if then.year == now.year else f"{then.day} {then:%b} {then.year}"


def _today() -> str:
    return DATE_LANGUAGE.word("today") if DATE_LANGUAGE else "today"


def _brief(number: int, unit: str) -> str:
    return DATE_LANGUAGE.ago(number, unit, brief=True) if DATE_LANGUAGE else f"{number} {_BRIEF[unit]}"


def day(when: When, now: datetime) -> str:
    """The day in full: "29 October 2024"; the year goes unsaid when it is this one."""
    return _day_in_full(local_day(when, now), now, DATE_LANGUAGE)


def moment(when: When, now: datetime) -> str:
    """The day and, where it is known, the time: "29 October 2024, 14:05"."""
    clock = f", {when.astimezone(now.tzinfo):%H:%M}" if isinstance(when, datetime) else ""
    return day(when, now) + clock


def masthead_day(now: datetime) -> str:
    """The date as a front page carries it: "Sunday, 22 November 2026"."""
    if DATE_LANGUAGE:
        return DATE_LANGUAGE.whole(now.date())
    return f"{now:%A}, {now.day} {now:%B %Y}"


def short_masthead_day(now: datetime) -> str:
    """The same where there is less room: "22 Nov 2026"."""
    return DATE_LANGUAGE.day(now.date(), year=True, short=True) if DATE_LANGUAGE else f"{now.day} {now:%b %Y}"


def edition(now: datetime) -> str:
    """The edition of the hour: morning, midday, evening or late."""
    for until, name in ((5, "Late"), (11, "Morning"), (15, "Midday"), (21, "Evening")):
        if now.hour < until:
            return f"{name} edition"
    return "Late edition"


def local_day(when: When, now: datetime) -> date:
    """The calendar day of `when` where the reader is."""
    return when.astimezone(now.tzinfo).date() if isinstance(when, datetime) else when


def is_notably_later(when: When, than: When) -> bool:
    """Whether `when` is so much later that it is worth saying: some minutes, or where one has no time, another day."""
    if isinstance(when, datetime) and isinstance(than, datetime):
        return when - than >= _AFTERWARDS
    return _day(when) > _day(than)


def byline(authors: Sequence[str]) -> str:
    """Who wrote it: "By A", "By A and B", "By A, B and C"; "" when nobody is named."""
    named = [author for author in authors if author]
    if not named:
        return ""
    together = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
    return together if together[:3].casefold() == "by " else f"By {together}"


def whole_text(article: Article, entry: Entry) -> str:
    """An article as it is copied: headline, authors and source, dek, text, address, with an empty line between."""
    from fetch.text import clean

    by = ", ".join(filter(None, (byline(article.authors), article.source or entry.source)))
    parts = (article.headline, by, article.dek, *article.text.split("\n"), entry.url)
    return "\n\n".join(filter(None, map(clean, parts)))


def reading_time(words: int) -> str:
    """How long it takes to read, in minutes; "" when there is nothing to read."""
    return f"{max(1, round(words / WORDS_A_MINUTE))} min read" if words else ""


def left_out(number: int) -> str:
    """What is said of passages that an article is shown without."""
    return f"Left out here: {count(number, 'passage')} printed under other stories, too, or taken out by you."


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 story", "1,204 stories"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def stories(number: int) -> str:
    """So many stories."""
    return count(number, "story", "stories")


def preview(candidate: Candidate, now: datetime) -> Iterator[str]:
    """What a source would give: how many stories, whether with their text, the newest, and how often one comes."""
    if not candidate.stories:
        yield "no stories now" if candidate.why != "in the list" else "not looked at yet"
        return
    yield stories(candidate.stories)
    if candidate.source.kind in ("feed", "bundled"):
        full = candidate.full
        yield "teasers" if not full else "full text" if full == candidate.stories else f"{full} with full text"
    if candidate.newest:
        yield f"the newest {ago_in_english(datetime.fromisoformat(candidate.newest), now)}"
    if candidate.every:
        yield f"one about every {span(candidate.every)}"


def span(seconds: float) -> str:
    """A length of time behind "every": "40 minutes", "hour", "3 days"."""
    for unit, name in ((86400.0, "day"), (3600.0, "hour"), (60.0, "minute")):
        if seconds >= 0.9 * unit:
            number = round(seconds / unit)
            return name if number == 1 else count(number, name)
    return "minute"


def size(octets: int) -> str:
    """Bytes in the unit that reads best: "812 B", "34 kB", "1.2 MB"."""
    if octets < 1000:
        return f"{octets} B"
    if octets < 1_000_000:
        return f"{octets / 1000:.0f} kB"
    return f"{octets / 1_000_000:.1f} MB"


def site(url: str) -> str:
    """The host of a URL as people say it, without www; "" when it has none, or is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # half an IPv6 address
        return ""


def paper(entry: Entry) -> str:
    """Where an article stands: its source, or the site of a page that names none."""
    return entry.source or site(entry.url)


def refresh_ended(last: Progress, *, shown: str = "") -> str:
    """What a refresh brought ("47 new · 3 sources failed"); `shown` says where a reader sees why they failed."""
    failed = len(last.failures)
    if last.network == "offline":
        return "offline: nothing could be asked"
    if not (failed or last.asked or last.new or last.full or last.part or last.asked_for):
        return "nothing was due"
    said = [f"{last.new:,} new" if last.new else "nothing new"]
    if failed:
        which = count(failed, "source") if failed < last.asked else _all_sources(failed)
        said.append(f"{which} failed{f' ({shown})' if shown else ''}")
    said += [f"{last.left:,} left for the next refresh"] if last.left else []
    said += [f"{count(last.pictures_left, 'picture')} left for it, too"] if last.pictures_left and last.left else []
    said += [f"{count(last.pictures_left, 'picture')} left for the next refresh"] * bool(
        last.pictures_left and not last.left
    )
    said += [last.asked_for] if last.asked_for else []
    return " · ".join(said)


def no_pillow(*, installed: bool) -> str:
    """What is said where pictures are wanted and Pillow cannot make them small; `installed`: it is here, but spoilt."""
    if installed:
        return (
            "Pictures need Pillow, which does not load or lacks WebP: `pip install --force-reinstall pillow` mends it."
        )
    return "Pictures need Pillow: `pip install 'broadsheet[pictures]'` brings it."


LISTS_MORE = "lists more than is read, the first of it"
"""What is said of a source whose list is cut."""


def last_answer(source: SourceEntry, now: datetime) -> str:
    """When a source last gave something, and what went wrong since: "answered today", "timed out · never answered";
    first of all that it is paused.
    """
    return " · ".join(filter(None, ("paused" if source.paused else "", _answer(source, now))))


def _answer(source: SourceEntry, now: datetime) -> str:
    if source.kind == "bundled":
        return ""
    when = f"answered {ago_in_english(source.refreshed, now)}" if source.refreshed else "never answered"
    if not source.error:
        when = when if source.refreshed else "not asked yet"
        return f"{when} · {LISTS_MORE}" if source.is_cut else when
    cause = source.error.removeprefix(source.url).lstrip(": ").rstrip(".")
    return f"{cause} · {'last ' if source.refreshed else ''}{when}"


def _all_sources(number: int) -> str:
    return f"all {number:,} sources" if number > 1 else "the source"


def refreshed(when: datetime | None, now: datetime) -> str:
    """When the last refresh was; keys stand in it as {id|usual}."""
    if when:
        return f"refreshed {ago_in_english(when, now)}"
    return "never refreshed: {main.add|a} adds a source, {main.refresh|r} fetches"


def _day(when: When) -> date:
    return when.date() if isinstance(when, datetime) else when


def receipt(full: int, total: int) -> str:
    """How much of the library reads without a network."""
    return f"{full:,} of {total:,} complete" if full < total else f"all {total:,} complete"


def _ago(when: When, now: datetime, language: DateLanguage) -> str:
    if not isinstance(when, datetime):
        return _days_ago(when, now, language)
    seconds = (now - when).total_seconds()
    if seconds < -60:
        return _day_in_full(local_day(when, now), now, language)
    if seconds < 60:
        return language.word("now") if language else "just now"
    if seconds < 3600:
        return _units_ago(int(seconds // 60), "minute", language)
    if seconds < 24 * 3600:
        return _units_ago(int(seconds // 3600), "hour", language)
    return _days_ago(when.astimezone(now.tzinfo).date(), now, language)


def _days_ago(then: date, now: datetime, language: DateLanguage) -> str:
    days = (now.date() - then).days
    if days in (0, 1):
        name = "yesterday" if days else "today"
        return language.word(name) if language else name
    return _units_ago(days, "day", language) if 1 < days < 7 else _day_in_full(then, now, language)


def _units_ago(number: int, unit: str, language: DateLanguage) -> str:
    return language.ago(number, unit) if language else f"{count(number, unit)} ago"


def _day_in_full(then: date, now: datetime, language: DateLanguage) -> str:
    if language:
        return language.day(then, year=then.year != now.year)
    return f"{then.day} {then:%B}" if then.year == now.year else f"{then.day} {then:%B} {then.year}"
