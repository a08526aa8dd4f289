"""The command line, one verb a file: `options(parser)` says what it takes, `run(chosen, home)` does it.

Never imports Textual; imports typeset and the values of tui. A new verb is a file here and a line in `main.VERBS`.
"""
