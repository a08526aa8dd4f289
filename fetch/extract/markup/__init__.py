"""The page as markup: bytes to a parsed page, its index, its tokens, what tags and classes give away.

Imports the values of fetch only.
"""
