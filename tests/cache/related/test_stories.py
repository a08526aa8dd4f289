"""Which entries tell the same story, in a real library file."""

from datetime import date

from cache.related import assignment, index, nearest, stories, upkeep
from tests.cache.related.conftest import TEXT
from tests.relating import assign_stories


def settle(connection):
    while assign_stories(connection):
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


def test_one_number_in_both_makes_no_story(connection, land, pour):
    pour(connection)
    land(
        connection, 1, headline="Port deepens channel", text="Dredgers began work. It costs 110 million.", source_id=11
    )
    land(
        connection, 2, headline="Éléphanteau au zoo", text="Une femelle a mis bas un petit de 110 kilos.", source_id=12
    )
    settle(connection)
    assert stories.same_story(connection, 1) == frozenset()


def test_one_name_that_both_are_about_makes_a_story_in_two_languages(connection, land, pour):
    pour(connection)
    land(connection, 1, headline="Karoa erupts", text="Villagers left their homes.", source_id=11)
    land(connection, 2, headline="El Karoa despierta", text="Miles de vecinos fueron evacuados.", source_id=12)
    settle(connection)
    assert stories.same_story(connection, 1) == {2}


def test_a_story_that_loses_its_first_report_keeps_the_others(connection, land, pour):
    pour(connection)
    for number in (1, 2, 3):
        land(connection, number, source_id=10 + number)
    settle(connection)
    upkeep.remove(connection, [1])
    assert stories.same_story(connection, 2) == {3}
    assert stories.story_of(connection, 1) == 0
    land(connection, 4, source_id=14)
    settle(connection)
    assert stories.same_story(connection, 4) == {2, 3}


def test_a_first_report_that_comes_again_with_another_story_leaves_the_others_theirs(connection, land, pour):
    pour(connection)
    for number in (1, 2, 3):
        land(connection, number, source_id=10 + number)
    settle(connection)
    land(connection, 1, headline="Tulip prices fall", text="Growers in Brenholm sold tulips for little.", source_id=11)
    settle(connection)
    assert stories.same_story(connection, 2) == {3}
    assert stories.same_story(connection, 1) == frozenset()
    assert stories.story_of(connection, 1) == 1


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


def test_a_story_that_many_tell_stays_one_and_takes_in_what_is_new(connection, land, pour):
    pour(connection, 400)
    many = stories.MOST_REPORTS + 60
    for number in range(1000, 1000 + many):
        land(connection, number, source_id=number, text=f"{TEXT} Reporter{number} was there.")
    settle(connection)
    assert len(stories.same_story(connection, 1000)) == many - 1
    land(connection, 5000, source_id=5000)
    land(connection, 5001, source_id=5001, headline="Tulip prices fall", text="Growers in Brenholm sold tulips.")
    settle(connection)
    assert stories.story_of(connection, 5000) == stories.story_of(connection, 1000)
    assert len(stories.same_story(connection, 5000)) == many
    assert stories.same_story(connection, 5001) == frozenset()


def test_two_large_stories_that_are_found_to_be_one_become_it_as_a_whole():
    standing = stories.Concerned({1: 1, 2: 1, 8: 8, 9: 8, 20: 0}, {1: (1, 2), 8: (8, 9)})
    changed, renamed = assignment.numbered([[1, 2, 8, 9, 20]], standing)
    assert (changed, renamed) == ({20: 1}, {8: 1})


def test_what_another_program_changed_meanwhile_is_not_written_over(connection, another, land, pour):
    pour(connection)
    for number in (1, 2):
        land(connection, number, source_id=10 + number)
    upkeep.flush(connection)
    found = assignment.prepare(connection)
    with another() as second:
        second.execute("INSERT INTO setting (name, value) VALUES ('other', '1')")
    assert assignment.apply(connection, found)  # it has changed, but nothing that this rests on
    land(connection, 3, source_id=13)
    upkeep.flush(connection)
    found = assignment.prepare(connection)
    with another() as second:
        upkeep.remove(second, [2])
    assert not assignment.apply(connection, found)
    assert stories.unassigned(connection, 10) == [3]
    settle(connection)
    assert stories.same_story(connection, 1) == {3}


def test_an_entry_that_was_deleted_while_it_was_looked_at_is_left(connection, another, land, pour, monkeypatch):
    pour(connection)
    land(connection, 1, source_id=11)
    upkeep.flush(connection)
    similar = nearest.similar

    def deleting(*arguments):
        found = similar(*arguments)
        with another() as second:
            upkeep.remove(second, [1])
        return found

    monkeypatch.setattr(nearest, "similar", deleting)
    found = assignment.prepare(connection)
    assert 1 not in found.entries
    assert 100 in found.entries


def test_what_was_looked_at_in_steps_is_told_apart_as_what_was_at_once(connection, land, pour):
    pour(connection)
    for number in range(1, 7):
        land(connection, number, source_id=10 + number)
    upkeep.flush(connection)
    search, steps = assignment.NeighbourSearch(), 0
    while search.look(connection, seconds=0):
        steps += 1
    in_steps, at_once = assignment.prepare(connection, search=search), assignment.prepare(connection)
    assert steps == 76
    assert (in_steps.stories, in_steps.lists) == (at_once.stories, at_once.lists)
    assert assignment.apply(connection, in_steps)
    assert stories.same_story(connection, 1) == {2, 3, 4, 5, 6}


def test_what_lands_between_two_steps_is_looked_at_beside_what_was_before(connection, land, pour):
    pour(connection)
    land(connection, 20, source_id=12)
    upkeep.flush(connection)
    search = assignment.NeighbourSearch()
    search.look(connection)
    land(connection, 2, source_id=11)
    upkeep.flush(connection)
    while search.look(connection):
        pass
    assert assignment.apply(connection, assignment.prepare(connection, search=search))
    assert stories.same_story(connection, 2) == {20}


def test_an_entry_that_was_stored_anew_since_it_was_looked_at_is_looked_at_again(connection, land, pour):
    pour(connection)
    for number in (1, 2):
        land(connection, number, source_id=10 + number)
    upkeep.flush(connection)
    search = assignment.NeighbourSearch()
    while search.look(connection):
        pass
    land(connection, 2, source_id=12, headline="Tulip prices fall", text="Growers in Brenholm sold tulips.")
    assert assignment.apply(connection, assignment.prepare(connection, search=search))
    assert stories.unassigned(connection, 10) == [2]
    settle(connection)
    assert stories.same_story(connection, 1) == frozenset()


def test_what_the_other_end_has_found_is_looked_at_no_more_and_comes_to_the_same(connection, land, pour, monkeypatch):
    pour(connection)
    for number in range(1, 7):
        land(connection, number, source_id=10 + number)
    upkeep.flush(connection)

    class OtherEnd:
        asked, ended = (), 0

        def begin(self, entry_ids, last):
            self.asked = entry_ids
            landed = nearest.LandedEntries(connection, index.Idf(connection), last)
            self.alike = nearest.similar(landed, entry_ids[40:])

        def found(self):
            alike, self.alike = self.alike, {}
            return alike

        def end(self):
            self.ended += 1

    monkeypatch.setattr(assignment, "MANY_ENTRIES", 50)
    search, steps = assignment.NeighbourSearch(), 0
    search.other_end = other_end = OtherEnd()
    while search.look(connection, seconds=0):
        steps += 1
    in_steps, at_once = assignment.prepare(connection, search=search), assignment.prepare(connection)
    assert (steps, len(other_end.asked), other_end.ended) == (40, 76, 1)
    assert (in_steps.stories, in_steps.lists) == (at_once.stories, at_once.lists)
    assert [*in_steps.entries] == sorted(in_steps.entries)


def test_an_entry_that_says_nothing_is_a_story_of_its_own(connection, land, pour):
    pour(connection)
    land(connection, 1, headline="", text="")
    settle(connection)
    assert stories.story_of(connection, 1) == 1
    assert stories.same_story(connection, 1) == frozenset()
