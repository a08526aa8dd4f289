"""From what a reader typed to the best source there, and a catalogue of sources.

Stands above the fetcher, and may import every room of fetch.
"""
