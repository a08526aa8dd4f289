"""The index of related stories: neighbours, stories, reasons, timelines, the sidebar.

Imports db and values; stands beside search.
"""
