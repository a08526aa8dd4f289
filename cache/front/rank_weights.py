"""By what the front page ranks stories: one table, each weight with its reason; never popularity elsewhere."""

SOURCES = 1.0
"""A point each time the independent sources double: that a second newsroom reports it says more than that a ninth does.
Copies of one wire report are one source: forty papers that print a text have not asked forty times."""
GROWTH = 0.5
"""Half as much for sources that joined lately: what grows is going on, but size is surer than speed."""
NEWNESS = 1.0
"""A point for what came this moment, half of that after each half-life: as much as one doubling of the sources, so that
a large story of this morning stays above a single report of this minute."""
OWN = 1.0
"""A point up or down, once, for what the reader asks more or less of: one doubling of the sources, too little to hide
what everybody reports."""

LEARNT = 0.5
"""At most half a point for what the reader reads most, and only where they ask for it: it decides between stories of
about one size, and hides none."""

GROWTH_SHARE = 0.25
"""The last part of the span whose new sources are growth."""
HALF_LIFE_SHARE = 0.25
"""The part of the span after which newness is half."""
LEAST_HOURS = 1.0
"""Shorter parts of a span than this are taken as an hour: feeds are asked no oftener than that."""
