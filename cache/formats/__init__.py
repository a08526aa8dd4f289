"""Codecs, one module a file format: each reads or writes files, and knows no library.

Imports db, values and fetch.feeds (a list of sources is mended as a feed is).

Which formats there are is `cache.formats.table`; `cache.importing` and `cache.exporting` use them.
"""
