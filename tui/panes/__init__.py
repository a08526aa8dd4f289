"""What a reader sees side by side: the article list, the article, related stories, the lines above and below.

Imports typeset and the values of tui.
"""
