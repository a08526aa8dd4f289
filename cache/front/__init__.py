"""The front page: which stories of a span stand on it, in which order and why, and what a story's reports share.

Stands over related and search; imports search, related, db and values.
"""
