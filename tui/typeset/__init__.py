"""An article and a width become lines, in colours by role: the same for the reader and for print.

Pure; imports values and cache.related.timeline.
"""
