"""Panes and keys, and the command line; the one collaborator is `cache.library`.

From the ground up: values (messages, bindings, sections, amounts, background), typeset, panes, dialogs, screen; cli
stands beside the screen, over typeset and values; app and __main__ stand above all of them.
"""
