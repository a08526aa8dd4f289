"""The handbook edition: pages that come with the program, and the module that reads them.

Imports the values of fetch only.
"""
