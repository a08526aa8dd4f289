"""An article and a width become lines, in colours by role: the same for the reader and for print.

Pure; imports no other room of tui.
"""
