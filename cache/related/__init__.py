"""The index of related stories: neighbours, stories, reasons, timelines, the sidebar.

Stands over db, beside search.
"""
