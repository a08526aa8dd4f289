"""The reader a line at a time, for screen readers and Braille: what is new is written once, and nothing written over.

`program.run` is the door. Imports cli, config, dialogs, screen, typeset, the values of tui, cache.library,
cache.formats.table and cache.related.timeline; of dialogs and screen what is no widget, once it is asked for.
"""
