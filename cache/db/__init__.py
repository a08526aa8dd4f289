"""The library file: its connection, tables, rows, encoded bodies, and reads of single things.

Imports rules, values and fetch.http.
"""
