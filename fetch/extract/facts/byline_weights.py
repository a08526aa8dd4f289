"""What each feature of names on a page adds to the case that they wrote the story. Data only.

Fitted to saved pages, each site left out in turn, then rounded.
"""

WEIGHTS = {
    "over": -0.2,
    "under": 1.1,
    "below": -1.1,
    "far": -1.4,
    "end": -0.7,
    "signature": 2.6,  # a name set apart in bold or italics that ends the story
    "labelled": 2.1,  # "Text: …", "Autorin: …"
    "edited": 0.9,  # "责任编辑：…": named where no author is
    "said": 0.4,  # the line begins with "By"
    "said inside": -0.7,
    "bare": -1.6,  # nothing but what looks like a person's name
    "part": -1.8,  # and that as a part of the line
    "author element": 2.1,  # an element that its names call so
    "byline element": 0.3,
    "author link": 1.4,  # leads to a page of the author
    "by a date": 0.8,
    "dated line": 1.0,  # "Written by Ida Quill on 3 May"
    "small letters": -0.6,
    "full names": 0.3,
    "repeated": 0.3,
    "first mark": 2.0,  # the page's first element that is made for authors
    "later mark": -0.2,
    "rel author": 1.6,
    "site": 1.2,  # the site itself
    "common words": -1.9,  # that the story uses too, in small letters
    "one word": -1.0,
    "many words": -0.8,
    "heading": -1.2,
    "in the headline": -1.6,
    "in a list": -1.1,
    "in a figure": -0.8,
    "elsewhere": -0.9,
    "of a comment": -2.3,  # or of another story
    "of another work": -1.0,  # a picture, a review, a translation
}
