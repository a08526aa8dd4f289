"""What each feature of a date on a page adds to the case that the story was published then. Data only.

Fitted to saved pages, each site left out in turn, then rounded.
"""

WEIGHTS = {
    "over": 1.4,  # in the few lines over the headline
    "under": 1.6,  # and under it, before the story is well begun
    "below": -1.2,
    "far": -2.3,
    "end": -2.3,
    "alone": 1.0,  # a line that says little else
    "short": 0.7,
    "in a sentence": -1.6,  # or another long text block
    "begins": 1.4,  # a paragraph, as agencies do
    "deep": -1.2,  # behind many other words
    "clock": 1.0,  # with the time of day
    "published": 1.0,  # after "published on" and the like
    "changed": -1.7,  # after "updated"
    "of something else": -1.5,  # "member since", "today is"
    "linked": -0.5,
    "elsewhere": -1.2,  # in comments, promotions, lists of other stories
    "in a list": -1.4,
    "in a figure": -1.6,
    "first time": 1.3,  # the page's first <time>
    "second time": -1.4,
    "later time": -2.3,
    "named": 0.7,  # an element that is called the day of publication
    "address": 2.8,
    "title": 2.8,  # the page's, behind the headline
    "stated": 0.8,  # the page's head, under a name that other dates go by too
}
