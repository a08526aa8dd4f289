"""From a URL to sources, teasers and articles; knows no store and no screen.

Its rooms from the ground up; each says in its `__init__` what it may import, and a test holds it to that:

    values         article, article_limits, source, errors, file_kind, text, gate, format_characters, secret, unpacking,
                   bounded_json, enclosed, charsets, decoding, letters, links, passages, enclosures, dateline,
                   headlines, dates, relative_dates, clock_times, time_zones, calendars, calendar_words, phrase_pattern,
                   wall_phrases, picture, uncancelled
    http           link_classifier           handbook           parsers           extract.markup
    feeds          sections                  extract.facts
                                             extract.body
                                             extract
    door           listing, fetcher
    discovery
"""
