"""What is past its time, by age and by number; what the reader wants stays."""

from cache.rules.backoff import DAY
from cache.rules.retention import KeptEntry, outlived

NOW = 1_900_000_000.0


def test_by_age_and_by_number_but_never_what_is_protected():
    kept = [KeptEntry(number, NOW - number * DAY, number == 4) for number in range(6)]
    assert outlived(kept, NOW, 2, None) == [3, 5]
    assert outlived(kept, NOW, None, 2) == [2, 3, 5]
    assert outlived(kept, NOW, None, None) == []
    assert outlived(kept, NOW, None, 0) == [0, 1, 2, 3, 5]
