"""Whether a link leads to a story, by its words and its address alone.

Imports the values of fetch only.
"""
