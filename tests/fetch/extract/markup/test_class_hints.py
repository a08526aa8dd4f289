"""What class names and ids give away."""

import pytest

from fetch.extract.markup.class_hints import BIT, hints_in, hints_of


@pytest.mark.parametrize(
    ("attributes", "names"),
    [
        ({"class": "story-comments"}, {"comment", "text"}),
        ({"id": "related"}, {"related"}),
        ({"class": "wrap", "itemprop": "author"}, {"author"}),
        ({"data-testid": "byline"}, {"byline"}),
        ({"data-id": "comments"}, set()),
        ({"data-class": "newsletter"}, set()),
        ({"title": 'class="comment"'}, set()),
        ({"hidden": None}, {"hidden"}),
        ({"data-hidden": "true"}, set()),
        ({"aria-hidden": "true"}, {"hidden"}),
        ({"style": "color:red;display: none"}, {"hidden"}),
        ({"style": "display:block"}, set()),
        ({"class": None}, set()),
        ({}, set()),
    ],
)
def test_what_the_attributes_of_an_element_give_away(attributes: dict[str, str | None], names: set[str]) -> None:
    for _ in range(2):  # the second time from memory
        assert {name for name, bit in BIT.items() if hints_in(attributes) & bit} == names


def test_a_list_of_categories_says_nothing() -> None:
    assert hints_of(" ".join(f"category-{number} tag-news-{number}" for number in range(40))) == 0
