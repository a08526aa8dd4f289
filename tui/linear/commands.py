"""Which key does what in the linear reader: the keys of the screen's own actions, as the settings have them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from tui.bindings import BINDINGS
from tui.config.table import WHAT_Q_DOES
from tui.keymap import Keymap
from tui.linear.acts import ArticleActs
from tui.linear.arranging import LinearArranging
from tui.linear.articles import ArticleOpener
from tui.linear.front import FrontCommands
from tui.linear.key_decoder import PASTED
from tui.linear.key_names import spoken_names
from tui.linear.levels import ArticleLevel
from tui.linear.many_acts import ManyActs
from tui.linear.passage_acts import PassageActs
from tui.linear.refreshing import LinearRefreshing
from tui.linear.site_rules import SiteRuleActs
from tui.linear.sources import SourceCommands

if TYPE_CHECKING:
    from tui.linear.desk import LinearDesk

Action: TypeAlias = Callable[[], Awaitable[None]]
OF_LINEAR = {"linear.repeat": "full_stop", "linear.note": "semicolon"}
"""Keys that there are here alone."""
_USUAL: dict[str, str] = {
    **{binding.id: binding.key for binding in BINDINGS if binding.id},
    **OF_LINEAR,
    "list.down": "down,j",
    "list.up": "up,k",
    "list.open": "enter,right,l",
    "list.page_down": "pagedown,ctrl+f,ctrl+d",
    "list.page_up": "pageup,ctrl+b,ctrl+u,b",
    "list.first": "home,g",
    "list.last": "end,G",
    "prompt.keep": "ctrl+s",
    "passage.cite": "c",
    "highlights.withdraw": "ctrl+r",
    "reader.footnote": "number_sign",
}
"""The usual keys by their ids; those of a list hold for articles, passage by passage, and for choices as well."""
_LEFT = "main.up"
_NO_LINE = "What was pasted goes into no line here: {main.add|a} and {main.search|slash} ask for one."
_MOST = 100_000
"""The largest count."""


class KeyCommand(NamedTuple):
    """What a key does, and in which words help says so. `counted` takes the number typed before it."""

    words: str
    action: Action
    counted: Callable[[int], Awaitable[None]] | None = None


class Commands:
    """Finds what a key, or the second of a sequence, is for. `left` says that one is leaving."""

    def __init__(self, desk: LinearDesk) -> None:
        self.left = False
        self._desk = desk
        self._articles, self._acts, self.refreshing = ArticleOpener(desk), ArticleActs(desk), LinearRefreshing(desk)
        self._front = FrontCommands(desk, self._articles.open)
        self._sources = SourceCommands(desk, self.refreshing, self._articles.open, self._front.front)
        self._passages = PassageActs(desk)
        self._commands = self._all()
        self._begun = ""
        self._count = ""

    async def do(self, key: str) -> None:
        """Do what a key is for; one that is for nothing says where help is."""
        if await self._number(key):
            return
        count, self._count = int(self._count or "1"), ""
        pressed, self._begun = f"{self._begun} {key}".strip(), ""
        keymap = self._desk.config.now.keymap
        command = _by_key(self._commands, keymap).get(pressed)
        if command:
            await (command.counted(count) if command.counted else command.action())
        elif keymap.begins(pressed):
            self._begun = pressed
        elif key == PASTED:
            self._desk.tell(self._desk.keyed(_NO_LINE))
        elif key:
            help_key = self._desk.keyed("{main.help|question_mark}")
            self._desk.tell(f"{spoken_names(pressed)} does nothing here; {help_key} says all keys.")

    async def help(self) -> None:
        """All keys, a line each."""
        keymap = self._desk.config.now.keymap
        for key_id, command in self._commands.items():
            keys = spoken_names(keymap.keys(key_id, _USUAL[key_id]))
            if keys:
                self._desk.tell(f"{keys}: {command.words}.")
        self._desk.tell("1 to 9 in an article: open the related story of this number; in a list so many rows on: 5j.")

    async def settings(self) -> None:
        """Where the settings are, and what shows them; changes hold as soon as the file is saved."""
        path = self._desk.config.path
        init = "" if path.exists() else " `broadsheet config --init` writes it."
        self._desk.tell(f"The settings stand in {path}; `broadsheet config` lists them.{init}")

    async def search(self) -> None:
        """Find in the article that is open on top, else list what words find in the library."""
        if isinstance(self._desk.level, ArticleLevel):
            await self._passages.find(self._sources.search)
        else:
            await self._sources.search()

    async def quit(self) -> None:
        """Leave."""
        await self._desk.keep_place()
        self.left = True

    async def up(self) -> None:
        """A level back, and from the first list out; out at once where the settings say so."""
        if self._desk.at_top or self._desk.config.now[WHAT_Q_DOES] == "leave":
            await self.quit()
        else:
            await self._desk.back()

    async def _number(self, key: str) -> bool:
        """Whether a key is a digit: part of a count, and in an article a related story."""
        if self._begun or not (key.isascii() and key.isdigit()) or (key == "0" and not self._count):
            return False
        if isinstance(self._desk.level, ArticleLevel):
            await self._articles.related(int(key))
        else:
            self._count = str(min(_MOST, int(self._count + key)))
        return True

    def _all(self) -> Mapping[str, KeyCommand]:
        desk, articles, acts, sources = self._desk, self._articles, self._acts, self._sources
        many, passages, rules = ManyActs(desk), self._passages, SiteRuleActs(desk)
        return {
            "list.down": KeyCommand("next row, or next passage", partial(desk.move, 1), desk.move),
            "list.up": KeyCommand("row or passage before", partial(desk.move, -1), lambda number: desk.move(-number)),
            "list.open": KeyCommand("open, and in an article the next passage", articles.choose),
            "main.read_on": KeyCommand("the rest of the article, then the next unread one", articles.read_on),
            "linear.repeat": KeyCommand("where you are, once more", desk.repeat),
            "list.page_down": KeyCommand("ten on", partial(desk.page, 1)),
            "list.page_up": KeyCommand("ten back", partial(desk.page, -1)),
            "list.first": KeyCommand("first row or passage", partial(desk.jump, 0)),
            "list.last": KeyCommand("last row or passage", partial(desk.jump, -1)),
            "main.next": KeyCommand("next article", partial(articles.open_beside, 1)),
            "main.previous": KeyCommand("article before", partial(articles.open_beside, -1)),
            "main.unread": KeyCommand("next unread article", partial(articles.open_unread, 1)),
            "main.unread_before": KeyCommand("unread article before", partial(articles.open_unread, -1)),
            "main.sidebar": KeyCommand("related stories", articles.related),
            "main.report": KeyCommand("next report of the story", partial(articles.report, 1)),
            "main.report_before": KeyCommand("report of the story before", partial(articles.report, -1)),
            "main.changes": KeyCommand("what its site has changed", articles.changes),
            "main.story": KeyCommand("all reports of the story", articles.timeline),
            "main.follow": KeyCommand("links of the article", articles.follow),
            "main.pictures": KeyCommand("what its pictures show, by their captions", acts.pictures),
            "main.browse": KeyCommand("open it in the web browser", acts.browse),
            "main.copy": KeyCommand("its address", acts.say_address),
            "main.copy_article": KeyCommand("copy it, as text", acts.copy_article),
            "main.passage": KeyCommand("highlight the passage that was said, or take that back", passages.highlight),
            "linear.note": KeyCommand("note on that passage", passages.note),
            "passage.cite": KeyCommand("cite that passage, with its source", passages.cite),
            "main.highlights": KeyCommand("what is highlighted in the article", passages.highlights),
            "highlights.withdraw": KeyCommand("take away the highlight that the list is at", passages.withdraw),
            "main.passages": KeyCommand("what is no part of the stories of its site", rules.teach),
            "main.missing": KeyCommand("what is missing in the article", rules.missing),
            "main.copy_link": KeyCommand("where its links lead", passages.addresses),
            "reader.footnote": KeyCommand("its footnotes", passages.footnotes),
            "main.mark": KeyCommand("read or unread", acts.mark),
            "main.save": KeyCommand("save it, or put it back", acts.save),
            "main.mark_all": KeyCommand("mark all of the list read", acts.mark_all),
            "main.mark_many": KeyCommand("mark those above, below, of a source, or old ones read", many.mark),
            "main.export": KeyCommand("write the article, or the list, to a file", many.write),
            "main.prune": KeyCommand("remove what is past its time", many.prune),
            "main.tags": KeyCommand("tags", acts.tag),
            "main.note": KeyCommand("note", acts.note),
            "main.throw_away": KeyCommand("throw it away", acts.throw_away),
            "main.earlier": KeyCommand("read it earlier, in Saved", partial(acts.reorder, -1)),
            "main.later": KeyCommand("read it later, in Saved", partial(acts.reorder, 1)),
            "main.undo": KeyCommand("take back the last act", acts.undo),
            "main.refresh": KeyCommand("fetch what is new", self.refreshing.refresh),
            "main.refresh_source": KeyCommand("fetch what is new from its source", self.refreshing.refresh_source),
            "main.refresh_within": KeyCommand(
                "fetch what is new, within so many bytes", self.refreshing.refresh_within
            ),
            "main.sync": KeyCommand("sync now, and how that stands", self.refreshing.sync),
            "main.arrange": KeyCommand("how its source is kept and asked", LinearArranging(desk).list),
            "main.settings": KeyCommand("where the settings are", self.settings),
            "main.add": KeyCommand("add a source", sources.add),
            "main.front": KeyCommand("the front page: what happened, and how many say so", self._front.front),
            "main.why": KeyCommand("why a story stands where it does on the front page", self._front.why),
            "main.sections": KeyCommand("sections, sources and searches", sources.choose_section),
            "main.view": KeyCommand("next view: all, unread, saved, not complete", sources.view),
            "main.search": KeyCommand("search, and in an article find in it", self.search),
            "prompt.keep": KeyCommand("keep this search as a section", sources.keep_search),
            "main.sort": KeyCommand("next order of this list", sources.sort),
            "main.fold": KeyCommand("a row for each story, or for each report", sources.fold),
            "main.newest": KeyCommand("the list anew, from its top", sources.newest),
            "main.forward": KeyCommand("a level forward again", desk.forward),
            "main.left": KeyCommand("a level back", desk.back),
            "main.back": KeyCommand("a level back", desk.back),
            "main.leave": KeyCommand("stop the refresh, or a level back", self.refreshing.leave),
            _LEFT: KeyCommand("a level back, from the first list out", self.up),
            "main.help": KeyCommand("all keys", self.help),
            "main.quit": KeyCommand("leave Broadsheet", self.quit),
        }


def _by_key(commands: Mapping[str, KeyCommand], keymap: Keymap) -> dict[str, KeyCommand]:
    """The commands by their keys; one that the settings give a key has it before those that have it usually."""
    ordered = sorted(commands, key=lambda key_id: key_id in keymap.changed)
    return {
        key: commands[key_id] for key_id in ordered for key in keymap.keys(key_id, _USUAL[key_id]).split(",") if key
    }
