"""Sources → teasers → articles → library: bounded, cancellable, strangers' bytes read in processes apart.

Imports writes and what lies below.
"""
