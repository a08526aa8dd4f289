"""The settings file, config.toml: the table of its keys, what it says, what it is when new, and how a key is written.

What a key set on screen is remembered by stands in `tui/settings.py`. Imports values only.
"""
