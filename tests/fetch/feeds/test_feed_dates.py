"""A date in a feed is read whole, in whatever way its program writes it, or not at all."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from fetch.calendar_words import MONTH_NAMES, MORE_MONTH_NAMES
from fetch.feeds import parse_feed
from fetch.feeds.feed_dates import FeedDates, feed_date
from fetch.http.response import Response
from fetch.listing import read_listing

URL = "https://gazette.example/feed.xml"


def on(hour: int, minute: int = 0, second: int = 0, *, offset: float = 0, month: int = 3, day: int = 5) -> datetime:
    return datetime(2024, month, day, hour, minute, second, tzinfo=timezone(timedelta(hours=offset)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tue, 05 Mar 2024 07:45 PM", on(19, 45)),
        ("Tue, 05 Mar 2024 7:45:10 PM GMT", on(19, 45, 10)),
        ("Tue, 05 Mar 2024 12:05 AM", on(0, 5)),
        ("Tue, 05 Mar 2024 12:05 PM", on(12, 5)),
        ("Tue, 05 Mar 2024 07:45 PM EST", on(19, 45, offset=-5)),
        ("Tue, Mar 5 2024 07:45:10 p.m.", on(19, 45, 10)),
        ("2024-03-05 07:45:10 PM", on(19, 45, 10)),
        ("2024-03-05 PM 07:45", on(19, 45)),
        ("2024年3月5日 下午7:45", on(19, 45)),
        ("2024年3月5日 上午12:05", on(0, 5)),
        ("2024年3月5日 午後7時45分", on(19, 45)),
        ("2024년 3월 5일 오후 7:45", on(19, 45)),
        ("5 Μαρτίου 2024 7:45 μ.μ.", on(19, 45)),
        ("5 de marzo de 2024, 7:45 p. m.", on(19, 45)),
        ("5 مارس 2024 7:45 م", on(19, 45)),
    ],
)
def test_the_afternoon_in_all_spellings(text: str, expected: object) -> None:
    assert feed_date(text) == expected


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Tue, 05 Mar 2024 10:00:00 CET", 1),
        ("Fri, 05 Jul 2024 10:00:00 CEST", 2),
        ("Fri, 05 Jul 2024 10:00:00 MESZ", 2),
        ("Tue, 05 Mar 2024 10:00:00 JST", 9),
        ("Tue, 05 Mar 2024 10:00:00 AEST", 10),
        ("Tue, 05 Mar 2024 10:00:00 AEDT", 11),
        ("Tue, 05 Mar 2024 10:00:00 NPT", 5.75),
        ("Tue, 05 Mar 2024 10:00:00 ET", -5),
        ("Fri, 05 Jul 2024 10:00:00 ET", -4),
        ("Tue, 05 Mar 2024 10:00 PT", -8),
        ("Fri, 05 Jul 2024 10:00 PT", -7),
        ("2024-07-05 10:00 Europe/Berlin", 2),
        ("2024-07-05 10:00:00 +0530 +0530", 5.5),
        ("2024-07-05 10:00:00.123 -0300 -03", -3),
        ("2024-07-05T100000-0300", -3),
        ("Fri, 05 Jul 2024 10:00:00 Eastern Daylight Time", -4),
        ("Fri, 05 Jul 2024 10:00:00 Pacific Time", -7),
        ("Fri, 05 Jul 2024 10:00:00 British Summer Time", 1),
        ("Fri, 05 Jul 2024 10:00:00 (Japan Standard Time)", 9),
        ("Tue, 05 Mar 2024 10:00:00 +0200 (EET)", 2),
        ("Tue Mar 05 2024 10:00:00 GMT+0100 (Central European Standard Time)", 1),
        ("2024-03-05T10:00:00+01:00[Europe/Paris]", 1),
        ("Tue, 05 Mar 2024 10:00:00 UTC-3", -3),
    ],
)
def test_zones_by_name(text: str, hours: float) -> None:
    when = feed_date(text)
    assert isinstance(when, datetime)
    assert (when.hour, when.utcoffset()) == (10, timedelta(hours=hours))


@pytest.mark.parametrize(
    ("text", "language", "url", "hours"),
    [
        ("Tue, 05 Mar 2024 10:00 IST", "hi", URL, 5.5),
        ("Tue, 05 Mar 2024 10:00 IST", "en-IN", URL, 5.5),
        ("Tue, 05 Mar 2024 10:00 IST", "en", "https://gazette.co.in/feed", 5.5),
        ("Tue, 05 Mar 2024 10:00 IST", "he", URL, 2),
        ("Fri, 05 Jul 2024 10:00 IST", "", "https://gazette.ie/feed", 1),
        ("Tue, 05 Mar 2024 10:00 CST", "en-us", URL, -6),
        ("Tue, 05 Mar 2024 10:00 CST", "zh-CN", URL, 8),
        ("Tue, 05 Mar 2024 10:00 CST", "en-us", "https://gazette.com.cn/feed", 8),
        ("Fri, 05 Jul 2024 10:00 BST", "en-GB", URL, 1),
        ("Fri, 05 Jul 2024 10:00 BST", "en", "https://gazette.com.bd/feed", 6),
        ("Fri, 05 Jul 2024 10:00 PST", "en", "https://gazette.ph/feed", 8),
        ("Fri, 05 Jul 2024 10:00 PST", "en", URL, -8),
    ],
)
def test_a_name_of_several_zones_is_that_of_the_feeds_country(text: str, language: str, url: str, hours: float) -> None:
    when = FeedDates(language, url).read(text)
    assert isinstance(when, datetime)
    assert when.utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize("zone", ["IST", "CST", "BST", "AST"])
def test_a_name_of_several_zones_that_nothing_decides_leaves_the_day(zone: str) -> None:
    assert feed_date(f"Fri, 05 Jul 2024 22:00:00 {zone}") == date(2024, 7, 5)


@pytest.mark.parametrize(
    ("beside", "written", "hours"),
    [
        ("Tue, 05 Mar 2024 09:00:00 GMT", "Fri, 05 Jul 2024 10:00:00 BST", 1),
        ("Fri, 05 Jul 2024 09:00:00 +0600", "Fri, 05 Jul 2024 10:00:00 BST", 6),
        ("Tue, 05 Mar 2024 09:00:00 +0530", "Tue, 05 Mar 2024 10:00:00 IST", 5.5),
        ("Tue, 05 Mar 2024 09:00:00 EDT", "Tue, 05 Mar 2024 10:00:00 CST", -6),
        ("Tue, 05 Mar 2024 09:00:00 +0800", "Tue, 05 Mar 2024 10:00:00 CST", 8),
    ],
)
def test_other_dates_of_the_feed_decide(beside: str, written: str, hours: float) -> None:
    body = (
        f"<rss version='2.0'><channel><title>G</title><lastBuildDate>{beside}</lastBuildDate><item><title>Mole</title>"
        f"<link>https://gazette.example/mole</link><pubDate>{written}</pubDate></item></channel></rss>"
    )
    when = parse_feed(body.encode(), "application/rss+xml", URL)[0].published
    assert isinstance(when, datetime)
    assert when.utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-05 08:30:15.364419679 +0200 EET", on(8, 30, 15, offset=2)),
        ("2024-03-05 08:30:15.364419679 +0200 EET m=+0.000123", on(8, 30, 15, offset=2)),
        ("2024/03/05 08:30", on(8, 30)),
        ("2024.03.05 08:30", on(8, 30)),
        ("2024年03月05日 08:30", on(8, 30)),
        ("二〇二四年三月五日", date(2024, 3, 5)),
        ("20240305T083000Z", on(8, 30)),
        ("20240305T083000+0100", on(8, 30, offset=1)),
        ("20240305083000", on(8, 30)),
        ("1709627400", on(8, 30)),
        ("1709627400000", on(8, 30)),
        ("2024-03-04T24:00:00Z", on(0)),
        ("Mon, 04 Mar 2024 24:00:00 GMT", on(0)),
        ("Tue Mar 05 08:30:00 2024", on(8, 30)),
        ("Tue Mar  5 08:30:00 CET 2024", on(8, 30, offset=1)),
        ("05/Mar/2024:08:30:00 +0100", on(8, 30, offset=1)),
        ("Tue, 05 Mar 24 08:30:00 GMT", on(8, 30)),
        ("05.03.24 08:30", on(8, 30)),
        ("31.12.99", date(1999, 12, 31)),
        ("Di, 5. März 2024, 8.30 Uhr MEZ", on(8, 30, offset=1)),
        ("2024-065", date(2024, 3, 5)),
        ("2024-W10-2", date(2024, 3, 5)),
        ("2017-06-13T03:18:00+00:0", datetime(2017, 6, 13, 3, 18, tzinfo=UTC)),
    ],
)
def test_other_forms(text: str, expected: object) -> None:
    assert feed_date(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 มีนาคม พ.ศ. 2567", date(2024, 3, 5)),
        ("5 มี.ค. 67", date(2024, 3, 5)),
        ("05/03/2567 08:30 น.", None),
        ("25/03/2567 08:30 น.", on(8, 30, day=25)),
        ("2567-03-05T08:30:00+07:00", on(8, 30, offset=7)),
        ("1402/12/15", date(2024, 3, 5)),
        ("۱۵ اسفند ۱۴۰۲، ۰۸:۳۰", on(8, 30)),
        ("令和6年3月5日 8時30分", on(8, 30)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("R6.3.5", date(2024, 3, 5)),
        ("H31.4.30", date(2019, 4, 30)),
        ("X6.3.24", None),
        ("民國113年3月5日", date(2024, 3, 5)),
    ],
)
def test_years_of_other_calendars(text: str, expected: object) -> None:
    assert feed_date(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "Tue, 05 Mar 2024 25:00:00 GMT",
        "Tue, 05 Mar 2024 08:75:00 GMT",
        "2024-02-30",
        "2024-03-05 08:30 and 12 more",
        "Vol. 12, 5 March 2024",
        "0000-00-00 00:00:00",
        "0001-01-01T00:00:00Z",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "17950000001",
        "2024-03",
    ],
)
def test_what_is_no_whole_date_is_none(text: str) -> None:
    assert feed_date(text) is None


def test_a_day_to_come_is_no_day_of_publication() -> None:
    tomorrow = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=20)
    entries = "".join(
        f"<item><title>Mole {number}</title><link>https://gazette.example/{number}</link><pubDate>{when}</pubDate></item>"
        for number, when in enumerate([tomorrow.isoformat(), "2041-03-05T08:30:00Z"])
    )
    body = f"<rss version='2.0'><channel><title>G</title>{entries}</channel></rss>".encode()
    listing = read_listing("feed", Response(URL, 200, body, "application/rss+xml"))
    assert [teaser.published for teaser in listing.teasers] == [tomorrow, None]


def test_a_statement_stands_against_a_day_in_the_text() -> None:
    body = (
        b"<rss version='2.0'><channel><title>G</title><item><title>Mole</title><link>https://gazette.example/mole</link>"
        b"<pubDate>Tue, 05 Mar 2024 08:30:00 GMT</pubDate><description>3 March 2019 - A letter.</description>"
        b"</item></channel></rss>"
    )
    assert parse_feed(body, "", URL)[0].published == on(8, 30)


# ---- months in many languages


NAMES = [
    (name.replace("_", " "), number)
    for table in (MONTH_NAMES, MORE_MONTH_NAMES)
    for number, names in enumerate(table, start=1)
    for name in names.split()
]


def test_every_name_of_a_month_is_read_in_a_date_and_means_one() -> None:
    read = {(name, feed_date(f"5 {name} 2024 10:00")) for name, _ in NAMES}
    assert read == {(name, on(10, month=number)) for name, number in NAMES}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("hr", "5. listopada 2024.", date(2024, 10, 5)),
        ("hr-HR", "5. lip 2024.", date(2024, 6, 5)),
        ("pl", "5 listopada 2024", date(2024, 11, 5)),
        ("", "5 lip 2024", date(2024, 7, 5)),
        ("el", "Κυριακή, 5 Μαΐου 2024", date(2024, 5, 5)),
        ("da", "tirsdag den 5. marts 2024", date(2024, 3, 5)),
        ("lt", "2024 m. kovo 5 d. 10:00", on(10)),
        ("lv", "2024. gada 5. marts", date(2024, 3, 5)),
        ("hy", "2024 թ. մարտի 5", date(2024, 3, 5)),
        ("kk", "2024 ж. 5 наурыз", date(2024, 3, 5)),
        ("mn", "2024 оны 3-р сарын 5", date(2024, 3, 5)),
        ("vi", "Thứ Ba, 5 tháng 3 năm 2024 10:00", on(10)),
        ("vi", "5 thg 3, 2024", date(2024, 3, 5)),
        ("he", "5 במרץ 2024", date(2024, 3, 5)),
        ("he", "5 ביול׳ 2024", None),
        ("he", "5 בינו׳ 2024", date(2024, 1, 5)),
        ("hi", "5 मार्च 2024, 10:00", on(10)),
        ("hi", "5 जन॰ 2024", date(2024, 1, 5)),
        ("kn", "ಮಾರ್ಚ್ 5, 2024", date(2024, 3, 5)),
        ("ur", "5 مارچ، 2024", date(2024, 3, 5)),
        ("ar", "5\u200f/3\u200f/2024", date(2024, 3, 5)),
        ("th", "5 มีนาคม ค.ศ. 2024", date(2024, 3, 5)),
        ("id", "5 Nopember 2024", date(2024, 11, 5)),
    ],
)
def test_months_where_a_language_has_a_way_of_its_own(language: str, text: str, expected: object) -> None:
    assert FeedDates(language, URL).read(text) == expected


@pytest.mark.parametrize(("zone", "hours"), [("HKT", 8), ("HST", -10), ("(HKT)", 8), ("h", 0), ("hrs HKT", 8)])
def test_the_h_of_a_zone_is_not_that_of_an_hour(zone: str, hours: float) -> None:
    assert feed_date(f"Tue, 05 Mar 2024 10:00 {zone}") == on(10, offset=hours)


@pytest.mark.parametrize(
    "text",
    [
        "Mon, 01 Jan 0001 00:00:00 +0000",
        "Wed, 30 Nov -0001 00:00:00 +0000",
        "1970-01-01",
        "1970-01-01T00:00:00+01:00",
        "1970-01-01T01:00:00+01:00",
        "Wed, 31 Dec 1969 19:00:00 -0500",
        "0000-00-00 00:00:00",
        "Sat, 01 Jan 1000 00:00:00 GMT",
    ],
)
def test_where_a_clock_begins_is_no_date(text: str) -> None:
    assert feed_date(text) is None


def test_a_zone_that_nobody_knows_leaves_the_day() -> None:
    assert feed_date("Tue, 05 Mar 2024 10:00:00 Harbour Board Time") == date(2024, 3, 5)
