"""The library file: its connection, tables, rows, encoded bodies, and reads of single things. SQLite is at home here.

Imports rules, values and fetch.http.
"""
