"""Reading on several machines: what servers and shared folders hold, made one with a library, and kept so.

Imports the door and values.
"""
