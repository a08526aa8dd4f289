"""Decisions without a disk or a clock: what is due, how long things are kept, how many bytes may be spent.

Pure; imports values and fetch.http.
"""
