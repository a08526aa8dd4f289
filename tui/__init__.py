"""Panes and keys, and the command line; the one collaborator is `cache.library`."""
