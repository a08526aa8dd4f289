"""A story followed through time."""

from datetime import UTC, date, datetime

import pytest

from cache.entry import Entry
from cache.related.sentences import first_and_counting, quantities, sentences
from cache.related.timeline import Report, disputes, timeline

FIRST = (
    "The Orlan yard has laid down 12 hulls for the Maren navy. Admiral Dunja Kest spoke at the ceremony on the quay.\n"
    "The ships will carry sonar made in Brenholm."
)
SECOND = (
    "Admiral Dunja Kest spoke at a ceremony on the quay. The Orlan yard has laid down 15 hulls for the Maren navy.\n"
    "Parliament has yet to vote on the money."
)


def told(number, text, published, source="The Maren Post"):
    return Report(Entry(number, f"https://example.test/{number}", f"Headline {number}", source=source,
                      published=published), text)  # fmt: skip


def test_each_report_says_only_what_it_adds():
    story = timeline([told(2, SECOND, date(2031, 3, 4)), told(1, FIRST, datetime(2031, 3, 3, 9, tzinfo=UTC))])
    first, second = story.reports
    assert (first.entry.id, second.entry.id) == (1, 2)
    assert len(first.adds) == 3
    assert second.adds == (
        "The Orlan yard has laid down 15 hulls for the Maren navy.",
        "Parliament has yet to vote on the money.",
    )
    assert second.quantities == ("15 hulls",)


def test_figures_that_differ_stand_side_by_side():
    [dispute] = timeline([told(1, FIRST, date(2031, 3, 3)), told(2, SECOND, date(2031, 3, 4))]).disputes
    assert dispute.what == "hulls"
    assert dispute.quantities == (("12 hulls", 1), ("15 hulls", 2))


def test_sentences_without_figures_change_nothing_in_what_differs():
    reports = [told(2, SECOND, date(2031, 3, 4)), told(1, FIRST, date(2031, 3, 3))]
    cut = [(report.entry, [*first_and_counting(report.text, 1)]) for report in reports]
    assert disputes(cut) == [*timeline(reports).disputes] != []
    assert [len(parts) for _, parts in cut] == [2, 1]


def test_the_same_text_printed_twice_is_a_copy():
    story = timeline([told(1, FIRST, date(2031, 3, 3)), told(2, FIRST, date(2031, 3, 3), source="Brenholm Daily")])
    assert story.reports[1].copy_of == 1
    assert story.reports[1].adds == ()
    assert story.disputes == ()


def test_one_report_tells_everything():
    [report] = timeline([told(1, FIRST, None)]).reports
    assert len(report.adds) == 3
    assert report.copy_of == 0


def test_sentences_do_not_end_at_titles_and_initials():
    found = [part.text for part in sentences("Gen. A. Orlo met Dr. Kest. They spoke. 防衛大臣が会見した。詳細は未定。")]
    assert found == ["Gen. A. Orlo met Dr. Kest.", "They spoke.", "防衛大臣が会見した。", "詳細は未定。"]


def test_years_and_times_are_no_figures():
    text = "In 2031 at 10:30 some 4,200 people paid $3.5 million, 12% more, for twelve ships."
    assert [(one.written, one.value) for one in quantities(text)] == [
        ("4,200 people", "4200"),
        ("$3.5 million", "$3.5 million"),
        ("12%", "12"),
        ("twelve ships", "12"),
    ]


LONG = "\n".join(
    f"The {place} ferry lay at its quay from dawn to dusk because pilots there refused orders."
    for place in ("Maren", "Brenholm", "Orlan", "Kest", "Vestra", "Dunja", "Halden", "Tarvik", "Solund", "Ryfylke")
)


def test_a_long_copy_in_another_house_style_is_a_copy():
    again = LONG.replace("because pilots", "since pilots", 1)
    assert timeline([told(1, LONG, date(2031, 3, 3)), told(2, again, date(2031, 3, 4))]).reports[1].copy_of == 1


@pytest.mark.parametrize(
    "more",
    ["\nThe harbourmaster died.", "\nParliament meets about wages tomorrow.", "\nDamage: $4 million.", "\nBoth fled."],
)
def test_a_copy_with_news_at_its_end_is_no_copy_and_says_what_it_adds(more):
    report = timeline([told(1, LONG, date(2031, 3, 3)), told(2, LONG + more, date(2031, 3, 4))]).reports[1]
    assert report.copy_of == 0


def test_one_word_in_a_short_report_may_be_the_news():
    one, other = "Police in Port Maren arrested Dunja Kest.", "Police in Port Maren released Dunja Kest."
    assert timeline([told(1, one, date(2031, 3, 3)), told(2, other, date(2031, 3, 4))]).reports[1].copy_of == 0
