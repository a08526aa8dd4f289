"""`front`: the front page: stories of a span in their order, how many say so, what is new, and why each is there."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from cache.front_page import SPANS, FrontWishes
from cache.library import Library, open_reading
from tui.cli.common import complain_of_nothing, reference, with_library
from tui.cli.front_json import dossier_json, story_json
from tui.cli.options import amount, json_option
from tui.cli.output import page_width, say, say_json, say_styled
from tui.config.table import FRONT_LEARN, FRONT_LESS, FRONT_MORE
from tui.local_time import now
from tui.typeset import wording
from tui.typeset.front_page import counted, differing, headline_of, quoted
from tui.typeset.wrap import wrap

if TYPE_CHECKING:
    from cache.front_page import Dossier, Front, FrontStory, StoryDetail


def options(parser: ArgumentParser) -> None:
    """What `front` takes."""
    page_options(parser, "24h", 20)
    parser.add_argument("--why", action="store_true", help="say of each story why it stands where it does")
    parser.add_argument("--looked", action="store_true", help="note that you looked; what lands later is new")
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--dossiers", action="store_true", help="the storylines that the stories go on, event by event")
    choice.add_argument("--follow", metavar="REF", help="follow the topic of an article, or no longer")
    choice.add_argument(
        "--mute", metavar="REF", help="mute the story of an article until something else happens in it, or no longer"
    )
    json_option(parser)


def run(chosen: Namespace, home: str | None) -> int:
    """Print the front page, or its storylines; or keep what the reader chose."""
    if chosen.follow is not None or chosen.mute is not None:
        return _choose(chosen, home)
    wishes = wishes_of(chosen)
    with open_reading(home) as library:
        page = library.front(wishes)
        complain_of_nothing(page.stories)
        if chosen.dossiers:
            _print_dossiers(library.dossiers(page), as_json=chosen.json)
        else:
            _print(library, page, chosen)
    if chosen.looked:
        at = page.at.timestamp()
        with_library(home, lambda library: library.look_at_front(at))
    return 0


def page_options(parser: ArgumentParser, default: str, stories: int) -> None:
    """Which stories the page has."""
    parser.add_argument(
        "--since", type=span, default=span(default), metavar="SPAN",
        help=f"looked (since you last looked), today, 24h, week, or any age such as 6h or 3d; {default} without",
    )  # fmt: skip
    parser.add_argument(
        "--stories", type=amount, default=stories, metavar="N", help=f"at most so many; {stories} without"
    )
    parser.add_argument("--all-of-a-topic", action="store_true", help="any number of one topic among the first ten")


def span(text: str) -> FrontWishes:
    """The wish for a span, as it is written."""
    word = text.strip().casefold()
    at = now()
    if word in SPANS:
        return FrontWishes(span=word, at=at, midnight=at.replace(hour=0, minute=0, second=0, microsecond=0))
    from cache.search.query import parse

    filters = parse(f'since:"{word}"').filters
    if len(filters) != 1 or filters[0].name != "since" or not isinstance(filters[0].value, int | float):
        raise ArgumentTypeError(f"{text!r} is neither {', '.join(SPANS)} nor an age such as 6h or 3d")
    return FrontWishes(since=datetime.fromtimestamp(float(filters[0].value), at.tzinfo), at=at)


def wishes_of(chosen: Namespace) -> FrontWishes:
    """What was asked for."""
    wished: FrontWishes = chosen.since
    more, less = chosen.config[FRONT_MORE], chosen.config[FRONT_LESS]
    of_one_topic = 0 if chosen.all_of_a_topic else wished.of_one_topic
    own = replace(wished, more=more, less=less, learn=chosen.config[FRONT_LEARN])
    return replace(own, most=chosen.stories, of_one_topic=of_one_topic)


def _print(library: Library, page: Front, chosen: Namespace) -> None:
    for place, story in enumerate(page.stories, 1):
        detail = library.front_detail(story)
        if chosen.json:
            say_json(story_json(story, detail))
        else:
            _print_story(place, story, detail, _facts(story, page, detail, why=chosen.why))
    if page.muted and not chosen.json:
        say(f"{page.muted} muted.")


def _facts(story: FrontStory, page: Front, detail: StoryDetail, *, why: bool) -> list[str]:
    facts = [f"number {story.best}", counted(story, page, now(), detail.dossier)]
    return [" · ".join(fact for fact in facts if fact), *([story.why] if why else [])]


def _print_story(place: int, story: FrontStory, detail: StoryDetail, facts: list[str]) -> None:
    say_styled(f"{place:>2}  {headline_of(story)}")
    said = [*facts, *([quoted(detail.quote)] if detail.quote else []), *map(differing, detail.differing)]
    for line in (line for paragraph in said for line in wrap(paragraph, page_width(None) - 4)):
        say(f"    {line}")
    say()


def _choose(chosen: Namespace, home: str | None) -> int:
    """Follow a topic or mute a story, or take that back."""
    follows: str | None = chosen.follow

    async def work(library: Library) -> bool:
        toggle = library.toggle_muted if follows is None else library.toggle_followed
        return await toggle(library.entry(reference(chosen.mute if follows is None else follows)).id)

    done = with_library(home, work)
    kind = "muted" if follows is None else "followed"
    if chosen.json:
        say_json({kind: done})
    else:
        say(f"The story is {kind}." if done else f"The story is no longer {kind}.")
    return 0


def _print_dossiers(found: list[Dossier], *, as_json: bool) -> None:
    at = now()
    for dossier in found:
        if as_json:
            say_json(dossier_json(dossier))
            continue
        say_styled(f"{dossier.headline} · {dossier.days} days")
        for event in dossier.events:
            told = wording.count(event.sources, "source")
            say(f"    {wording.moment(event.first, at)}  {event.headline} ({told}, number {event.best})")
        say()
