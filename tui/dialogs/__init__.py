"""What lies over the panes for a moment: to choose, to add a source, to set one up, help.

Imports panes, typeset and values.
"""
