"""The keys of the article list."""

from __future__ import annotations

from textual.binding import Binding

LIST_KEYS = [
    Binding("down,j", "move(1)", "Next headline", id="list.down", tooltip="Move the highlight down"),
    Binding("up,k", "move(-1)", "Previous headline", id="list.up", tooltip="Move the highlight up"),
    Binding("enter", "open", "Open", id="list.open", tooltip="Open the highlighted article"),
    Binding("pagedown,ctrl+f,ctrl+d", "page(1)", "Page down", id="list.page_down", tooltip="A page on"),
    Binding("pageup,ctrl+b,ctrl+u,b", "page(-1)", "Page up", id="list.page_up", tooltip="A page back"),
    Binding("home,g", "jump(0)", "First", id="list.first", tooltip="To the first headline"),
    Binding("end,G", "jump(-1)", "Last", id="list.last", tooltip="To the last headline; 12G to the twelfth"),
    Binding("V", "select", "Select", id="list.select", tooltip="Select rows by moving; acts are on all of them"),
    *(
        Binding(f"{n}", f"count({n})", "So many", id=f"list.count_{n}", tooltip="As often as that: 5j is five down")
        for n in range(10)
    ),
]
