"""One HTTP request and its response: sockets, proxies, redirects, codings, errors, the pace of a host, robots.txt.

Imports the values of fetch only.
"""
