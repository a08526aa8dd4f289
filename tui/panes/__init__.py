"""What a reader sees side by side: the article list, the article, related stories, the lines above and below.

Imports typeset, the values of tui and cache.library.
"""
