"""Reading on several machines: what servers and shared folders hold, made one with a library, and kept so.

Imports the door, refresh, writes, formats, db, rules, values, fetch.feeds, fetch.http and fetch.fetcher.
"""
