"""Sources → teasers → articles → library: bounded, cancellable, strangers' bytes read in processes apart.

Imports writes, db, rules and values, fetch.http, fetch.parsers, fetch.extract, fetch.listing, fetch.fetcher and
fetch.discovery.
"""
