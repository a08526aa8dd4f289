"""Files that a feed hands out are told by their labels."""

import pytest

from fetch.article import Enclosure
from fetch.enclosures import label_of


@pytest.mark.parametrize(
    ("enclosure", "label"),
    [
        (Enclosure("https://g.example/a%20b.pdf", "application/pdf", 2300), "PDF: a b.pdf (application/pdf, 2.3 kB)"),
        (Enclosure("https://g.example/v.mp4", "video/mp4"), "Video: v.mp4 (video/mp4)"),
        (Enclosure("https://g.example/x.bin"), "File: x.bin"),
        (Enclosure("https://g.example/"), "File: g.example"),
        (Enclosure("https://g.example/x", "audio/ogg", 900), "Audio: x (audio/ogg, 900 bytes)"),
    ],
)
def test_a_file_is_labelled_with_kind_name_type_and_size(enclosure: Enclosure, label: str) -> None:
    assert label_of(enclosure) == label


@pytest.mark.parametrize("url", ["http://[::1", "//[", "", "x", "http://a.example", "https://a.example/?b=/c#/d"])
def test_a_file_at_a_strange_address_has_a_label_too(url: str) -> None:
    assert label_of(Enclosure(url, "audio/mpeg")).startswith("Audio: ")
