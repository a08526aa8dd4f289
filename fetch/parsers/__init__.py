"""Strangers' bytes read in processes apart, under limits: a pool of parsers that can be killed one by one.

Bytes go in, plain records come out; what is to be called is named by whoever asks. Imports values only.
"""
