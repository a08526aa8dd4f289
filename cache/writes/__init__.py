"""All that changes a library: sources, entries, both indices, the reader's marks, retention, recovery, undo.

Imports front, search, related, db, rules, values and fetch.http.
"""
