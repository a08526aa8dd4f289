"""The settings file, config.toml: the table of its keys, what it says, a new one, one written.

What a key set on screen is remembered by stands in `tui/settings.py`. Imports values only.
"""
