"""What lies over the panes for a moment: to choose, to add a source, to set one up, the page of keys.

Loaded when one is opened, or a while after the first paint. Imports config, panes, typeset, the values of tui,
cache.library and fetch.discovery.catalogue.
"""
