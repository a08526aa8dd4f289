"""Which text blocks of a page are its story, and the blocks an article is made of.

Imports facts, markup and the values of fetch.
"""
