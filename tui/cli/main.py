"""The command line: a verb, its options, and an exit code; each verb's work is in the module its line names.

Nothing here loads the screen, and the verbs that only read load neither asyncio nor the network.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import NoReturn

from fetch.errors import NewsError
from fetch.text import drawable
from tui.cli import options
from tui.cli.output import complain, finish, hang_up, prepare, say, say_lines


class WrongUsage(Exception):
    """The command was not understood; its text is one sentence."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb: where its work is done ("module:function"), what it says of itself, and the options it takes."""

    work: str
    summary: str
    options: Callable[[argparse.ArgumentParser], None]


VERBS = {
    "add": Verb("write:add", "find the best source at an address and keep it", options.add),
    "sources": Verb("read:sources", "the sources you have", options.sources),
    "remove": Verb("write:remove", "take a source out", options.remove),
    "refresh": Verb("write:refresh", "fetch what is due, full text included", options.refresh),
    "list": Verb("read:listing", "articles, newest first", options.listing),
    "show": Verb("show:show", "one article as text, fetched first if it is not on disk", options.show),
    "extract": Verb("show:extract", "the article in a saved page, without keeping it", options.extract),
    "search": Verb("read:search", "ranked, with the place where the words stand", options.search),
    "searches": Verb("mark:searches", "the searches kept as sections, with their counts", options.searches),
    "mark": Verb("mark:mark", "read, saved, tags and a note", options.mark),
    "related": Verb("read:related", "the stories beside an article, and why", options.related),
    "import": Verb("write:import_", "sources or articles from a file", options.import_),
    "export": Verb("write:export", "sources or articles into a file", options.export),
    "arrange": Verb("arrange:arrange", "how a source is asked: budget, proxy, headers", options.arrange),
    "keep": Verb("write:keep", "how long, or how many of, a source's articles are kept", options.keep),
    "prune": Verb("write:prune", "remove what is kept no longer", options.prune),
    "sync": Verb("write:sync", "exchange marks with a feed server", options.sync),
    "doctor": Verb("doctor:doctor", "check library, configuration and terminal", options.doctor),
}


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, by raising it."""

    def error(self, message: str) -> NoReturn:
        raise WrongUsage(f"{message[:1].upper()}{message[1:]}; see `{self.prog} --help`.")


def run(arguments: list[str], home: str | None) -> int:
    """Do what the arguments ask (the first is the verb) and return the exit code."""
    prepare()
    try:
        code = _do(arguments, home)
        finish()
        return code
    except WrongUsage as error:
        complain(str(error))
        return 2
    except NewsError as error:
        complain(str(error))
        return 1
    except BrokenPipeError:
        hang_up()
        return 0
    except KeyboardInterrupt:
        complain("Stopped before it was done; what had landed is kept.")
        return 1


def _do(arguments: list[str], home: str | None) -> int:
    word, *rest = arguments
    if word in ("--help", "-h", "help"):
        say_lines(overview())
        return 0
    if word == "--version":
        say(f"broadsheet {_version()}")
        return 0
    verb = _verb(word)
    parser = _Parser(f"broadsheet {word}", description=f"{verb.summary[:1].upper()}{verb.summary[1:]}.")
    verb.options(parser)
    nots = [each for each in rest if _is_not(each)] if word in ("search", "list") else []
    try:
        chosen = parser.parse_intermixed_args([each for each in rest if each not in nots])
    except SystemExit:  # argparse has printed the help that was asked for
        return 0
    if nots:
        chosen.query += nots
    if word == "search" and not chosen.query:
        raise WrongUsage("Search for what? See `broadsheet search --help`.")
    module, _, function = verb.work.partition(":")
    work: Callable[[argparse.Namespace, str | None], int] = getattr(import_module(f"tui.cli.{module}"), function)
    return work(chosen, home)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("broadsheet")
    except PackageNotFoundError:  # run from a source tree that was never installed
        return "0 (not installed)"


def _is_not(word: str) -> bool:
    """Whether it is a search term such as -railway, which argparse would take for options."""
    return len(word) > 2 and word[0] == "-" and word[1] != "-"


def _verb(word: str) -> Verb:
    if word in VERBS:
        return VERBS[word]
    from difflib import get_close_matches

    near = get_close_matches(word, VERBS, 1)
    hint = f"did you mean `{near[0]}`?" if near else "`broadsheet --help` lists them."
    kind = "option before the verb" if word.startswith("-") else "verb"
    raise WrongUsage(f"There is no {kind} {drawable(word)[:40]!r}; {hint}")


def overview() -> str:
    """The help that lists the verbs."""
    rows = "\n".join(f"  {name:9} {verb.summary}" for name, verb in VERBS.items())
    return (
        "Usage: broadsheet [--home DIR] [VERB …]\n\n"
        "A newspaper in the terminal. Without a verb it opens the reader; with one it does that and ends.\n\n"
        f"{rows}\n\n"
        "`broadsheet VERB --help` tells what a verb takes. An article is named by its address or by the number that\n"
        "`list` prints. `--home DIR` or BROADSHEET_HOME keeps everything under DIR.\n"
        "Exit codes: 0 done, 1 could not, 2 wrong usage."
    )
