"""The sources of one host are spread over several refreshes."""

from cache.rules.spreading import AT_LEAST, spread


def test_sixty_sources_of_one_host_take_four_refreshes_those_asked_longest_ago_first() -> None:
    last = {number: float(number) for number in range(60)}
    asked = set()
    for visit in range(4):
        turn = spread([("host.example", last[number]) for number in last], {"host.example": 60})
        ours = [number for number, is_ours in zip(last, turn, strict=True) if is_ours]
        assert len(ours) == 15
        asked |= set(ours)
        last |= dict.fromkeys(ours, 1000.0 + visit)
    assert asked == set(range(60))


def test_a_few_sources_of_a_host_are_asked_together_and_other_hosts_beside_them() -> None:
    due = [("a.example", 0.0)] * AT_LEAST + [("b.example", 0.0)] * 3
    assert all(spread(due, {"a.example": AT_LEAST, "b.example": 3}))
