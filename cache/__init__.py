"""Keeps what was fetched and what the reader did with it; the one door is `cache.library`."""
