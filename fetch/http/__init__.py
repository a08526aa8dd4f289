"""One request and what comes of it: sockets, headers, codings, pacing, robots.txt.

Imports the values of fetch only.
"""
