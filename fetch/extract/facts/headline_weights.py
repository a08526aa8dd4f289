"""What each feature of a wording adds to the case that it is the page's headline. Data only.

Fitted to saved pages, whole sites left out in turn, then rounded. Each counts once for a wording, however often the
page repeats it; what a news article's JSON-LD claims is weighed by what news sites mean by it.
"""

WEIGHTS = {
    "news claim": 4.6,  # JSON-LD's headline, of a NewsArticle
    "claim": 0.7,  # of any other object: mostly a plug-in's title for search engines
    "claimed name": -0.7,  # not of a news article
    "cut short": -4.0,  # a claim that a heading goes on from
    "open graph": 1.5,
    "meta": 0.5,  # called headline or title
    "title": -0.3,  # the page's, which is sharpened for search engines
    "only heading": 1.8,  # the page's one h1
    "first heading": 0.9,
    "later heading": 0.0,
    "repeated": -0.9,  # an h1 that stands on the page more than once
    "in the article": 0.7,  # an h1 there
    "in the page's header": -1.6,
    "leads home": -2.7,  # an h1 that is a link to the front page
    "behind the headline": -2.5,  # in the page's title, before it a smaller heading: the site's name
    "over a box": -2.4,  # over comments or other stories
    "ends a heading": 1.2,  # what stands before it there is a kicker
    "subheading": 0.9,  # one that the page's head holds
    "without the site": 0.5,  # whose name was cut off
    "with the site": -1.2,
    "borne out": 1.9,  # a part that another place has whole
    "borne out by a subheading": 1.25,
    "a few words off": 0.2,
    "bar": -1.4,  # holds a "|" still
    "is called the site": -0.7,
    "is the site": -1.8,
}
FULLNESS = 1.3  # between equals the fuller one; grows up to 40 letters
IN_ADDRESS = 1.0  # for the share of its words that the page's address holds
IN_TITLE = 0.2  # for the share of its words that the page's title holds
