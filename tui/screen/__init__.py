"""The one screen, and the parts it holds: opening articles, marking, searching, refreshing, which panes show.

Imports dialogs, panes, typeset and the values of tui; each part gets a Context and callbacks, none gets the screen.
"""
