"""The keys of the reading pane, those of a chosen passage among them."""

from __future__ import annotations

from textual.binding import Binding

READER_KEYS = [
    Binding(
        "enter",
        "on_passage('highlight')",
        "Highlight",
        id="passage.highlight",
        tooltip="Highlight the passage that is chosen, or take that back",
    ),
    *(
        Binding(keys, f"on_passage('{act}')", name, id=f"passage.{act}", tooltip=tooltip)
        for act, keys, name, tooltip in (
            ("words", "v", "Words", "Choose a word of the passage; then words from it on; then all of it again"),
            ("word_right", "right,l", "Word right", "To the word on the right, where words are chosen"),
            ("word_left", "left,h", "Word left", "To the word on the left, where words are chosen"),
            ("first_word", "home,g", "First word", "To the first word of the passage, where words are chosen"),
            ("last_word", "end,G", "Last word", "To the last word of the passage, where words are chosen"),
            ("more_right", "shift+right", "One more right", "Choose words, by one more to the right"),
            ("more_left", "shift+left", "One more left", "Choose words, by one more to the left"),
        )
    ),
    Binding("down,j", "scroll_down", "Line down", id="reader.down", tooltip="Scroll a line down"),
    Binding("up,k", "scroll_up", "Line up", id="reader.up", tooltip="Scroll a line up"),
    Binding("space", "read_on", "Read on", id="reader.on", tooltip="A page on, and at the end the next unread"),
    Binding("pagedown,ctrl+f,ctrl+d", "page_down", "Page down", id="reader.page_down", tooltip="A page on"),
    Binding("pageup,ctrl+b,ctrl+u,b", "page_up", "Page up", id="reader.page_up", tooltip="A page back"),
    Binding("enter", "open_row", "Open", id="reader.open", tooltip="Open the highlighted story below the article"),
    Binding("home,g", "scroll_home", "Top", id="reader.top", tooltip="To the headline"),
    Binding("end,G", "scroll_end", "End", id="reader.end", tooltip="To the end of the article"),
    Binding("slash", "screen.find", "Find", id="reader.find", tooltip="Find in the page; // searches the library"),
    Binding(
        "c",
        "on_passage('cite')",
        "Cite",
        id="passage.cite",
        tooltip="Copy the passage that is chosen with its source, as Markdown",
    ),
    Binding("number_sign", "screen.footnote", "Footnote", id="reader.footnote", tooltip="To a footnote, and back"),
    Binding(
        "greater_than_sign",
        "slide(8)",
        "Further right",
        id="reader.slide",
        tooltip="See more of wide tables",
    ),
    Binding("less_than_sign", "slide(-8)", "Back left", id="reader.slide_back", tooltip="Move it back"),
]
