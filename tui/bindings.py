"""The keys of the main screen: each with an id, so that it can be remapped, and a sentence, so that it can be found."""

from __future__ import annotations

from textual.binding import Binding

from tui.keymap import Keymap, names


def _key(keys: str, action: str, name: str, tooltip: str, *, key_id: str) -> Binding:
    return Binding(keys, action, name, id=key_id, tooltip=tooltip, show=False)


READING = [
    _key("n", "next(1)", "Next article", "Open the next article of the list", key_id="main.next"),
    _key("N", "next(-1)", "Previous article", "Open the previous article of the list", key_id="main.previous"),
    _key("right_square_bracket", "next_unread(1)", "Next unread", "Open the next unread article", key_id="main.unread"),
    _key(
        "left_square_bracket",
        "next_unread(-1)",
        "Previous unread",
        "Open the previous unread article",
        key_id="main.unread_before",
    ),
    _key("space", "read_on", "Read on", "A page on, and at the end the next unread article", key_id="main.read_on"),
    _key("H,alt+left,backspace", "history(-1)", "Back", "Back to the article read before", key_id="main.back"),
    _key("L,alt+right", "history(1)", "Forward", "Forward again along the trail", key_id="main.forward"),
    *(
        _key(
            f"{n}",
            f"related({n})",
            "Related story",
            "Open the related story of this number",
            key_id=f"main.related_{n}",
        )
        for n in range(1, 10)
    ),
    _key(
        "f",
        "follow",
        "Follow a link",
        "Follow the link of this number; on the front page, the story",
        key_id="main.follow",
    ),
    _key("t", "timeline", "Follow the story", "All reports of this story in the order of time", key_id="main.story"),
    _key("right_curly_bracket", "report(1)", "Next report", "The next report of this story", key_id="main.report"),
    _key(
        "left_curly_bracket",
        "report(-1)",
        "Previous report",
        "The report of this story before this one",
        key_id="main.report_before",
    ),
    _key(
        "D",
        "changes",
        "What changed",
        "What its site has changed in the article; on the front page, its dossier",
        key_id="main.changes",
    ),
    _key(
        "X",
        "passage('teach')",
        "Not the story",
        "Its passages: leave one out on this site, or quote it",
        key_id="main.passages",
    ),
    _key(
        "exclamation_mark",
        "passage('missing')",
        "Missing",
        "What its page holds beside the text, to have it in",
        key_id="main.missing",
    ),
    _key(
        "p",
        "passage('choose')",
        "Passages",
        "Choose a passage, to highlight, copy or cite it; again, or esc, ends that",
        key_id="main.passage",
    ),
    _key(
        "w",
        "passage('list')",
        "Highlights",
        "What is highlighted in the article, to go there",
        key_id="main.highlights",
    ),
    _key("I", "pictures", "Pictures", "Its pictures, each on the whole screen", key_id="main.pictures"),
    _key("o", "browse", "In the browser", "Open the article in the web browser", key_id="main.browse"),
    _key("y", "passage('copy')", "Copy", "Copy the article's address, or the chosen passage", key_id="main.copy"),
    _key("Y", "passage('copy_article')", "Copy the article", "Copy the article as text", key_id="main.copy_article"),
    _key("C", "passage('copy_link')", "Copy a link", "Copy where a link leads, by its number", key_id="main.copy_link"),
]
KEEPING = [
    _key("m", "mark", "Read / unread", "Mark the article read, or unread again", key_id="main.mark"),
    _key("s", "save", "Save", "Put the article aside, or back; what is saved outlives its source", key_id="main.save"),
    _key("A", "mark_all", "All read", "Mark every article of the list read", key_id="main.mark_all"),
    _key(
        "M",
        "mark_many",
        "Mark many",
        "Mark those above or below, of a source, or old ones read",
        key_id="main.mark_many",
    ),
    _key("T", "tags", "Tags", "Tag the article", key_id="main.tags"),
    _key("e", "note", "Note", "Write a note on the article, or the chosen passage", key_id="main.note"),
    _key(
        "x,delete",
        "throw_away",
        "Throw away",
        "Take the article off every list; mute a story of the front page",
        key_id="main.throw_away",
    ),
    _key("K", "reorder(-1)", "Read it earlier", "Move a saved article up the reading list", key_id="main.earlier"),
    _key("J", "reorder(1)", "Read it later", "Move a saved article down the reading list", key_id="main.later"),
    _key("u", "undo", "Undo", "Take back the last step", key_id="main.undo"),
]
LIBRARY = [
    _key("r", "refresh", "Refresh", "Fetch what is new, full text included", key_id="main.refresh"),
    _key("R", "refresh_source", "Refresh source", "Fetch what is new from this source", key_id="main.refresh_source"),
    _key("B", "refresh_within", "Refresh within", "Refresh with a budget of bytes", key_id="main.refresh_within"),
    _key("at", "sync", "Sync with a server", "Set up a server to sync with; how it stands", key_id="main.sync"),
    _key("a", "add", "Add", "Add a source, an article or a list of sources", key_id="main.add"),
    _key(
        "d", "front", "Front page", "What happened, and how many say so; again, back to the list", key_id="main.front"
    ),
    _key("Q", "why", "Why here?", "Why a story stands where it does on the front page", key_id="main.why"),
    _key("S", "sections", "Sections", "Go to a section, a source or a saved search", key_id="main.sections"),
    _key("v", "view", "View", "All articles, unread, saved, not complete", key_id="main.view"),
    _key(
        "O",
        "sort",
        "Order",
        "Newest, oldest, by source, most reports first; of the front page the span",
        key_id="main.sort",
    ),
    _key("F", "fold", "Fold stories", "One row for all reports of a story, or one for each", key_id="main.fold"),
    _key("E", "arrange", "Source settings", "How this source is kept and asked", key_id="main.arrange"),
    _key("P", "prune", "Prune", "What is past its time; once more removes it", key_id="main.prune"),
    _key("W", "export", "Write to a file", "Write the article, the selected ones, or the list", key_id="main.export"),
    _key("slash", "search", "Search", "Search the library as you type", key_id="main.search"),
]
SUSPEND = _key(
    "ctrl+z", "suspend_process", "To the shell", "Go to the shell; fg there comes back", key_id="main.suspend"
)
PALETTE = _key("ctrl+p", "palette", "Commands", "Everything there is to do, by name", key_id="main.palette")
SCREEN = [
    _key("tab", "focus_pane(1)", "Next pane", "Move to the next pane", key_id="main.pane_next"),
    _key("shift+tab", "focus_pane(-1)", "Previous pane", "Move to the previous pane", key_id="main.pane_before"),
    _key("right,l", "move_pane(1)", "Pane to the right", "Move to the pane on the right", key_id="main.right"),
    _key("left,h", "move_pane(-1)", "Pane to the left", "Move to the pane on the left", key_id="main.left"),
    _key("i", "toggle_related", "Sidebar", "Show or hide the related stories", key_id="main.sidebar"),
    _key("backslash", "toggle_list", "List", "Show or hide the list of headlines", key_id="main.list"),
    _key("circumflex_accent", "newest", "Newest", "To the top of the list, where the news is", key_id="main.newest"),
    _key(
        "c", "density", "Closer rows", "Rows of one line, two lines or four, for screens this wide", key_id="main.rows"
    ),
    _key("plus", "widen(2)", "Wider", "Make the column that has the keys wider", key_id="main.wider"),
    _key("minus", "widen(-2)", "Narrower", "Make the column that has the keys narrower", key_id="main.narrower"),
    _key("z", "zoom", "Reader only", "Give the whole screen to the article, or back", key_id="main.zoom"),
    _key("escape", "leave", "Leave", "Close what is open, stop the refresh, or go back a level", key_id="main.leave"),
    _key("comma", "settings", "Settings", "All settings, each explained", key_id="main.settings"),
    PALETTE,
    _key("question_mark", "help", "Keys", "All keys", key_id="main.help"),
    SUSPEND,
    _key("q", "back", "Back a level", "Back a level; from the list of stories out", key_id="main.up"),
    _key("ctrl+q", "quit", "Quit", "Leave Broadsheet from anywhere", key_id="main.quit"),
]
KEY_GROUPS = {"Reading": READING, "Keeping": KEEPING, "Library": LIBRARY, "Screen": SCREEN}
BINDINGS = [*READING, *KEEPING, *LIBRARY, *SCREEN]


def names_of(binding: Binding, keymap: Keymap) -> str:
    """The keys of a binding, as they are written on them."""
    return names(keymap.keys(binding.id, binding.key))


_OF_PANES = {
    "list.open": ("enter", "focused.open"),
    "related.open": ("enter", "focused.open"),
    "reader.find": ("slash", "find"),
    "passage.cite": ("c", "passage('cite')"),
    "passage.highlight": ("enter", "passage('highlight')"),
    "passage.words": ("v", "passage('words')"),
    "choices.choose": ("enter", "focused.choose"),
    "contents.filter": ("slash", "filter"),
    "contents.mark": ("space", "mark"),
    "contents.refresh": ("r", "refresh"),
    "contents.pause": ("p", "pause"),
    "contents.arrange": ("E", "arrange"),
    "contents.remove": ("d", "remove"),
    "contents.undo": ("u", "undo"),
    "contents.close": ("escape", "give_up"),
}
"""Keys of single panes that the footer names, each with its action."""


def key_and_action(key_id: str, keymap: Keymap) -> tuple[str, str]:
    """The first key of a binding as it is written, and what it does."""
    if key_id in _OF_PANES:
        usual, action = _OF_PANES[key_id]
    else:
        usual, action = next((each.key, each.action) for each in BINDINGS if each.id == key_id)
    return names(keymap.keys(key_id, usual).partition(",")[0]), action
