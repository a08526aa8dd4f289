"""Which keys the footer names in each pane, and in what words."""

FOOTERS = {
    "article-list": (
        ("list.open", "open"),
        ("main.unread", "next unread"),
        ("main.save", "save"),
        ("main.search", "search"),
        ("main.sections", "sections"),
    ),
    "reader": (
        ("main.read_on", "read on"),
        ("reader.find", "find"),
        ("main.follow", "link"),
        ("main.story", "story"),
        ("main.browse", "browser"),
    ),
    "related": (
        ("related.open", "open"),
        ("main.back", "back"),
        ("main.sidebar", "sidebar"),
        ("main.leave", "to the article"),
    ),
    "selected": (
        ("main.mark", "read"),
        ("main.save", "save"),
        ("main.tags", "tag"),
        ("main.throw_away", "throw away"),
        ("main.leave", "end the selection"),
    ),
    "passage": (
        ("passage.highlight", "highlight"),
        ("main.note", "note"),
        ("main.copy", "copy"),
        ("passage.cite", "cite"),
        ("passage.words", "words"),
        ("main.leave", "leave"),
    ),
    "contents": (
        ("choices.choose", "goes"),
        ("contents.filter", "filters"),
        ("contents.mark", "marks"),
        ("contents.refresh", "fetches"),
        ("contents.pause", "pauses"),
        ("contents.arrange", "sets up"),
        ("contents.remove", "removes"),
        ("contents.close", "closes"),
    ),
    "contents-marked": (
        ("contents.mark", "marks"),
        ("contents.refresh", "fetches"),
        ("contents.pause", "pauses"),
        ("contents.arrange", "sets up"),
        ("contents.remove", "removes"),
        ("contents.undo", "undoes"),
    ),
    "contents-narrowed": (
        ("choices.choose", "goes"),
        ("contents.mark", "marks"),
        ("contents.refresh", "fetches"),
        ("contents.pause", "pauses"),
        ("contents.remove", "removes"),
        ("contents.close", "shows all again"),
    ),
    "contents-typing": (("contents.close", "shows all again"),),
    "newest": (("list.open", "opens"), ("contents.close", "to the tree")),
    "find": (("main.next", "next hit"), ("main.previous", "previous hit"), ("main.leave", "end the find")),
}
"""The keys that count in each pane, by their ids, each with what it does there."""
