"""The index of related stories: neighbours, stories, reasons, timelines, the sidebar.

Stands beside search; imports db and values.
"""
