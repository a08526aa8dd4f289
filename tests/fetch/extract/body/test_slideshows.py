"""A slideshow is whole: where most of its slides are the story, the last of them are, too."""

from fetch.extract import extract
from tests.pages import LINES, URL, story


def slide(number: int, text: str) -> str:
    picture = f"<figure><img src=/img/{number}.jpg width=900><figcaption>The pier on day {number}</figcaption></figure>"
    return f"<div class=slide>{picture}<div class=slide-text><h3>Day {number}</h3><p>{text}</p></div></div>"


DAYS = [f"On day {at} the pier was painted from one end to the other, and the ferry waited outside." for at in range(9)]


def test_the_last_slides_are_there() -> None:
    show = "".join(slide(at, text) for at, text in enumerate(DAYS))
    article = extract(story(f"<div class=slideshow>{show}</div>"), URL)
    assert all(text in article.text for text in (*LINES, *DAYS))
    assert [figure.src.rpartition("/")[2] for figure in article.images] == [f"{at}.jpg" for at in range(9)]


def test_pictures_of_other_stories_beside_each_other_stay_out() -> None:
    cards = "".join(
        f"<div class=card><img src=/t/{at}.jpg width=300><h3><a href=/news/{at}>{text}</a></h3></div>"
        for at, text in enumerate(DAYS)
    )
    article = extract(story().replace(b"</article>", f"</article><div class=cards>{cards}</div>".encode()), URL)
    assert article.text.split("\n") == list(LINES)
