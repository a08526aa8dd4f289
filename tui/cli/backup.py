"""`backup`: a sound copy of the library, be it in use or not."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from cache.library import back_up
from tui.cli.options import json_option
from tui.cli.output import say, say_json
from tui.typeset import wording


def options(parser: ArgumentParser) -> None:
    """What `backup` takes."""
    parser.add_argument("file", metavar="FILE", help="where the copy goes, in place of an earlier one")
    json_option(parser)


def run(chosen: Namespace, home: str | None) -> int:
    """Copy the library and check the copy; say what it holds."""
    copy = back_up(Path(os.path.expanduser(chosen.file)), home)
    if chosen.json:
        say_json({"file": str(copy.path), "articles": copy.articles, "bytes": copy.size})
    else:
        articles = wording.count(copy.articles, "article", "articles")
        say(f"{articles} copied to {copy.path} ({wording.size(copy.size)}), and checked.")
    return 0
