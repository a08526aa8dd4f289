"""What lies over the panes for a moment: to choose, to add a source, to set one up, the page of keys.

Imports panes, typeset and the values of tui; loaded when one is opened, or a while after the first paint.
"""
