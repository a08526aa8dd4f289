"""The command line: a verb, its options, and an exit code; each verb is the module its line in VERBS names.

Nothing here loads the screen, and the verbs that only read load neither asyncio nor the network.
"""

from __future__ import annotations

import argparse
import gc
from contextlib import suppress
from importlib import import_module
from typing import NamedTuple, NoReturn

from fetch.errors import NewsError
from fetch.text import drawable
from tui.cli.breaking_off import breaking_off
from tui.cli.common import WrongUsage, choose_language, config
from tui.cli.output import complain, finish, hang_up, prepare, say_lines, terminal_columns


class Verb(NamedTuple):
    """A verb: its module in this room, with `options(parser)` and `run(chosen, home)`, and what it says of itself.

    `query`: it takes words such as -railway, which argparse would take for options. `config`: it asks the network, or
    goes by settings, which `chosen.config` then holds. `dates`: it tells people of dates, in the language that is set.
    """

    module: str
    summary: str
    query: bool = False
    config: bool = False
    dates: bool = False


VERBS = {
    "add": Verb("add", "find the best source at an address and keep it", config=True, dates=True),
    "sources": Verb("sources", "the sources you have", dates=True),
    "remove": Verb("remove", "take a source out"),
    "refresh": Verb("refresh", "fetch what is due, full text included", config=True),
    "list": Verb("listing", "articles, newest first", query=True, dates=True),
    "front": Verb("front", "the front page: what happened, how many say so, what is new", config=True, dates=True),
    "brief": Verb(
        "brief",
        "the front page as text, Markdown, HTML, JSON, or as an e-book with its articles",
        config=True,
        dates=True,
    ),
    "show": Verb("show", "one article as text, fetched first if it is not on disk", config=True, dates=True),
    "cite": Verb("cite", "a citation of an article, or of a paragraph, in Markdown"),
    "highlight": Verb("highlight", "what is highlighted in an article; highlight a paragraph, or take that back"),
    "extract": Verb("extract", "the article in a saved page, without keeping it", config=True, dates=True),
    "search": Verb("search", "ranked, with the place where the words stand", query=True, dates=True),
    "watch": Verb("watch", "what a query finds, as it lands, as JSON", query=True),
    "searches": Verb("searches", "the searches kept as sections, with their counts"),
    "mark": Verb("mark", "read, saved, tags and a note"),
    "related": Verb("related", "the stories beside an article, and why", dates=True),
    "import": Verb("import_", "sources or articles from a file"),
    "export": Verb("export", "sources or articles into a file"),
    "arrange": Verb("arrange", "how a source is asked: budget, proxy, headers", config=True),
    "passages": Verb("passages", "which passages are no part of a site's stories"),
    "keep": Verb("keep", "how long, or how many of, a source's articles are kept"),
    "prune": Verb("prune", "remove what is kept no longer", config=True),
    "sync": Verb("sync", "one reading on several machines: by a server, or a folder they share"),
    "backup": Verb("backup", "a sound copy of the library, be it in use or not"),
    "completions": Verb("completions", "what bash, zsh or fish need to complete all this, printed"),
    "config": Verb("config", "the settings, and where each is from; --init writes the file"),
    "doctor": Verb("doctor", "check library, configuration and terminal"),
}


class _Formatter(argparse.HelpFormatter):
    """As wide as the terminal, which argparse would load all of shutil to ask, and does at every option."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=terminal_columns() - 2)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, by raising it."""

    def error(self, message: str) -> NoReturn:
        raise WrongUsage(f"{message[:1].upper()}{message[1:]}; see `{self.prog} --help`.")

    def print_help(self, file: object = None) -> None:
        """Print the help as everything is printed: argparse knows no terminal without other letters."""
        say_lines(self.format_help().rstrip("\n"))


def run(arguments: list[str], home: str | None) -> int:
    """Do what the arguments ask (the first is the verb) and return the exit code."""
    prepare()
    with breaking_off() as ended:
        code = _run(arguments, home)
    return ended.exit_code(code)


def _run(arguments: list[str], home: str | None) -> int:
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
        with suppress(NewsError, BrokenPipeError):
            finish()  # a terminal that is gone is told here, and not as Python ends
        complain("Stopped before it was done; what had landed is kept.")
        return 1


def _do(arguments: list[str], home: str | None) -> int:
    word, *rest = arguments
    if word in ("--help", "-h", "help"):
        say_lines(overview())
        return 0
    verb = _verb(word)
    work = import_module(f"tui.cli.{verb.module}")
    parser = _Parser(
        f"broadsheet {word}",
        description=f"{verb.summary[:1].upper()}{verb.summary[1:]}.",
        allow_abbrev=False,
        formatter_class=_Formatter,
    )
    work.options(parser)
    excluded = [each for each in rest if _is_excluded_word(each)] if verb.query else []
    try:
        chosen = parser.parse_intermixed_args([each for each in rest if each not in excluded])
    except SystemExit:  # argparse has printed the help that was asked for
        return 0
    if excluded:
        chosen.query += excluded
    if verb.config:
        chosen.config = config(home)
    if verb.dates:
        choose_language(home, chosen.config if verb.config else None)
    _collect_again()
    code: int = work.run(chosen, home)
    return code


def _collect_again() -> None:
    """Has garbage collected from now on; what is loaded by now stays, and is looked at no more, not even at the end."""
    if not gc.get_freeze_count():
        gc.freeze()
    gc.enable()


def _is_excluded_word(word: str) -> bool:
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
    rows = "\n".join(f"  {name:11} {verb.summary}" for name, verb in VERBS.items())
    return (
        "Usage: broadsheet [--home DIR] [--linear | VERB …]\n\n"
        "A newspaper in the terminal. Without a verb it opens the reader; with one it does that and ends.\n\n"
        f"{rows}\n\n"
        "`broadsheet VERB --help` tells what a verb takes. An article is named by its address or by the number that\n"
        "`list` prints. `--home DIR` or BROADSHEET_HOME keeps everything under DIR. `--linear` opens the\n"
        "reader for screen readers and Braille: line by line, and nothing is written over.\n"
        "Exit codes: 0 done, 1 could not, 2 wrong usage."
    )
