"""Codecs, one module a file format: each reads or writes files, and knows no library.

Imports db and values. Which formats there are is `cache.formats.table`; import and export are `cache.transfer`.
"""
