"""The command line, one verb a file; it never imports Textual. Imports typeset and the values of tui."""
