"""What class names and ids give away."""

import pytest

from fetch.extract.markup.class_hints import BIT, hints_in, hints_of


@pytest.mark.parametrize(
    ("attributes", "names"),
    [
        (' class="story-comments"', {"comment", "text"}),
        (' id="related"', {"related"}),
        (' class="wrap" itemprop="author"', {"author"}),
        (' data-testid="byline"', {"byline"}),
        (' data-id="comments"', set()),
        (' data-class="newsletter"', set()),
        (' title="class=&quot;comment&quot;"', set()),
        (' hidden=""', {"hidden"}),
        (' style="color:red;display: none"', {"hidden"}),
        ("", set()),
    ],
)
def test_what_the_attributes_of_a_tag_give_away(attributes: str, names: set[str]) -> None:
    for _ in range(2):  # the second time from memory
        assert {name for name, bit in BIT.items() if hints_in(attributes) & bit} == names


def test_a_long_tag_is_read_as_a_short_one() -> None:
    assert hints_in(f' data-config="{"x" * 5000}" class="comments"') == hints_of("comments")


def test_a_list_of_categories_says_nothing() -> None:
    assert hints_of(" ".join(f"category-{number} tag-news-{number}" for number in range(40))) == 0
