"""What a page says of its article: headline, authors, dates, related stories.

Imports markup and the values of fetch.
"""
