"""The one screen, and the parts it holds: opening articles, marking, searching, refreshing, which panes show.

Each part gets a ScreenContext and callbacks, none gets the screen. Imports config, dialogs, panes, typeset, the values
of tui, cache.library, cache.formats.table and fetch.discovery.catalogue.
"""
