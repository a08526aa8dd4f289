"""Back and forward along the articles opened."""

from __future__ import annotations

from tui.screen.history import History, OpenedArticle


def test_back_and_forward_come_to_where_each_article_was_left() -> None:
    history = History()
    history.add(1)
    history.leave(120)
    history.add(2)
    assert history.go(-1) == OpenedArticle(1, 120)
    assert history.go(1) == OpenedArticle(2)
    assert history.go(1) is None
    assert history.here == OpenedArticle(2), "beyond the end nothing moves"


def test_opening_another_forgets_what_lay_ahead() -> None:
    history = History()
    for ref in (1, 2, 3):
        history.add(ref)
    history.go(-2)
    history.add(4)
    assert [visit.ref for visit in history.visits] == [1, 4]


def test_the_article_that_is_open_is_not_visited_twice() -> None:
    history = History()
    history.add(1)
    history.leave(50)
    history.add(1)
    assert history.visits == [OpenedArticle(1, 50)]


def test_it_does_not_grow_without_end() -> None:
    history = History()
    for ref in range(1000):
        history.add(ref)
    assert len(history.visits) <= 200
    assert history.here == OpenedArticle(999)
