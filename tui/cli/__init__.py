"""The command line, one verb a file: `options(parser)` says what it takes, `run(chosen, home)` does it.

A new verb is a file here and a line in `main.VERBS`. Textual is never loaded. Imports config, typeset, the values of
tui, cache.library, cache.formats.record, cache.formats.table and cache.related.timeline; a few verbs know more, which
tests/test_architecture.py lists.
"""
