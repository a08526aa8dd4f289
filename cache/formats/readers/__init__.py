"""What other readers, browsers and services write of articles: bytes in, stories out; one module a shape, no library.

Imports formats, db, values, fetch.extract, fetch.link_classifier.

`cache.formats.readers.kinds` tells the shapes apart, `cache.formats.readers.reading` reads any of them. Texts in them
are HTML, and a list of addresses is one of stories or of sources by what each looks like.
"""
