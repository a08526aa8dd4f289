"""A page as markup: bytes → parsed page, its index, its tokens, and what tags, classes and wording say of a block.

Imports the values of fetch only.
"""
