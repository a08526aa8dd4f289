"""Which entries tell the same story, in a real library file."""

from datetime import date

from cache.related import stories, upkeep


def settle(connection):
    while upkeep.assign_stories(connection):
        pass


def test_reports_of_one_event_by_several_sources_are_one_story(connection, land, pour):
    pour(connection)
    for number, source in enumerate((11, 12, 13), 1):
        land(connection, number, source_id=source)
    settle(connection)
    assert {stories.story_of(connection, number) for number in (1, 2, 3)} == {1}
    assert stories.same_story(connection, 1) == {2, 3}


def test_the_same_names_a_year_later_are_another_story(connection, land, pour):
    pour(connection)
    land(connection, 1, source_id=11)
    land(connection, 2, source_id=12, day=date(2032, 3, 3))
    settle(connection)
    assert stories.same_story(connection, 1) == frozenset()


def test_a_story_that_loses_its_first_report_keeps_the_others(connection, land, pour):
    pour(connection)
    for number in (1, 2, 3):
        land(connection, number, source_id=10 + number)
    settle(connection)
    upkeep.remove(connection, [1])
    assert stories.story_of(connection, 2) == stories.story_of(connection, 3) == 2
    assert stories.story_of(connection, 1) == 0


def test_landing_again_replaces(connection, land, pour):
    pour(connection)
    land(connection, 1, source_id=11)
    land(connection, 2, source_id=12)
    settle(connection)
    land(connection, 2, headline="Tulip prices fall", text="Growers in Brenholm sold tulips for little.", source_id=12)
    settle(connection)
    assert stories.same_story(connection, 1) == frozenset()
    count = connection.execute("SELECT count(*) FROM related_vectors WHERE entry_id = 2").fetchone()
    assert count == (1,)


def test_a_copy_adds_nothing_and_a_new_report_does(connection, land, pour):
    pour(connection)
    more = "Dunja Kest said at Port Maren that Vestra sails with 84 sailors; the Orlan yard builds two more frigates."
    land(connection, 1, source_id=11)
    land(connection, 2, source_id=12)
    land(connection, 3, source_id=13, headline="Vestra frigate to have two sisters", text=more)
    settle(connection)
    assert stories.same_story(connection, 1) == {2, 3}
    assert [stories.copy_of(connection, number) for number in (1, 2, 3)] == [0, 1, 0]


def test_two_events_of_one_kind_are_two_stories(connection, land, pour):
    pour(connection)
    fires = {
        10: ("Orlan yard", "Port Maren", "hall seven", "Dunja Kest", "31"),
        20: ("Velm yard", "Brenholm", "the dry dock", "Ole Tarn", "12"),
    }
    for first, (yard, town, place, name, hurt) in fires.items():
        for number in range(first, first + 4):
            told = (
                f"A fire broke out at the {yard} in {town} and burned in {place} for a night. "
                f"{hurt} welders were hurt. {name}, who heads the {yard}, said that welding had set paint on fire. "
                f"Report {number} from {town}."
            )
            land(connection, number, headline=f"Fire at {yard} in {town}: {hurt} hurt", text=told, source_id=number)
    settle(connection)
    assert stories.same_story(connection, 10) == {11, 12, 13}
    assert stories.same_story(connection, 20) == {21, 22, 23}


def test_what_one_source_tells_alone_is_no_story_until_another_does(connection, land, pour):
    pour(connection)
    land(connection, 1, source_id=11)
    land(connection, 2, source_id=11)
    settle(connection)
    assert stories.same_story(connection, 1) == frozenset()
    land(connection, 3, source_id=12)
    settle(connection)
    assert 3 in stories.same_story(connection, 1)
