"""From what a reader typed to the best source there, and a catalogue of sources.

Above the fetcher, which it is given: imports the door, extract.markup, feeds, handbook, http, the link classifier and
the values of fetch.
"""
