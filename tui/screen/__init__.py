"""The one screen: opens articles, marks them, searches, refreshes, lays out panes and dialogs.

Imports every room of tui but the command line.
"""
