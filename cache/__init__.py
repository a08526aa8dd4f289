"""Keeps what was fetched and what the reader did with it; whoever stands above calls `cache.library`.

Its rooms from the ground up; each says in its `__init__` what it may import, and a test holds it to that:

    values         arrangement, diff, entry, errors, found, front_page, highlight, paths, progress, secret_store, site,
                   source_entry, writing_systems
    rules
    db
    search         related         formats         formats.readers
    front
    writes
    refresh
    door           reading, writing, export_order, exporting, import_tally, importing, taking_over, editions, handbook,
                   library
    sync           above the door, which it calls
"""
