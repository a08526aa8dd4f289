"""The dates people write, in the languages most news is written in; no date beats a wrong one."""

import re
import sys
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from fetch.dates import MAY_BE_FIGURES, WRITTEN_DAY, may_be_dated, parse_date
from fetch.extract import extract

DAY = date(2024, 3, 5)
FETCHED = datetime(2024, 3, 6, 12, tzinfo=UTC)


def at(hour: int, minute: int = 0, offset: float = 0) -> datetime:
    return datetime(2024, 3, 5, hour, minute, tzinfo=timezone(timedelta(hours=offset)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-05", DAY),
        ("2024-03-05T08:30:00Z", at(8, 30)),
        ("2024-03-05T08:30:00+05:30", at(8, 30, 5.5)),
        ("2024-03-05T08:30:00.123-0400", at(8, 30, -4)),
        ("2024-03-05T08:30:00-05:00", at(8, 30, -5)),
        ("2024-03-05T08:30-05:00", at(8, 30, -5)),
        ("2024-03-05 08:30:00", at(8, 30)),
        ("20240305", DAY),
        ("1709627400", datetime(2024, 3, 5, 8, 30, tzinfo=UTC)),
        ("Tue, 05 Mar 2024 08:30:00 GMT", at(8, 30)),
        ("Tue, 05 Mar 2024 08:30:00 -0500", at(8, 30, -5)),
    ],
)
def test_what_machines_write(text: str, expected: object) -> None:
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "March 5, 2024", DAY),
        ("en", "5 March 2024", DAY),
        ("en", "Tuesday, Mar. 5th, 2024", DAY),
        ("en", "Published 8:30 AM EST, Tue March 5, 2024", at(8, 30, -5)),
        ("en-US", "Mar 5, 2024 at 4:05 p.m. ET", at(16, 5, -5)),
        ("en-GB", "5 Mar 2024, 08:30 GMT", at(8, 30)),
        ("es", "5 de marzo de 2024", DAY),
        ("es", "martes, 5 marzo 2024 - 08:30 CET", at(8, 30, 1)),
        ("es", "05 mar 2024", DAY),
        ("fr", "5 mars 2024", DAY),
        ("fr", "Publié le mardi 5 mars 2024 à 08h30", at(8, 30)),
        ("fr", "le 5 mars 2024 à 8 h 30", at(8, 30)),
        ("de", "5. März 2024", DAY),
        ("de", "Dienstag, 5. März 2024, 08:30 Uhr", at(8, 30)),
        ("de", "05.03.2024, 08.30 Uhr", at(8, 30)),
        ("de-AT", "5. Mär. 2024", DAY),
        ("pt", "5 de março de 2024", DAY),
        ("pt-BR", "05/03/2024 08h30", at(8, 30)),
        ("it", "5 marzo 2024", DAY),
        ("it", "martedì 5 marzo 2024 ore 08:30", at(8, 30)),
        ("nl", "5 maart 2024", DAY),
        ("nl", "dinsdag 5 maart 2024 om 08:30", at(8, 30)),
        ("pl", "5 marca 2024", DAY),
        ("pl", "5 marca 2024, 08:30", at(8, 30)),
        ("sv", "5 mars 2024", DAY),
        ("tr", "5 Mart 2024", DAY),
        ("tr", "5 Mart 2024 Salı 08:30", at(8, 30)),
        ("ru", "5 марта 2024", DAY),
        ("ru", "5 марта 2024 г., 08:30", at(8, 30)),
        ("uk", "5 березня 2024", DAY),
        ("ar", "5 مارس 2024", DAY),
        ("ar", "٥ مارس ٢٠٢٤", DAY),
        ("ar", "الثلاثاء 5 آذار 2024", DAY),
        ("zh", "2024年3月5日", DAY),
        ("zh", "2024年03月05日 08:30", at(8, 30)),
        ("ja", "2024年3月5日 8時30分", at(8, 30)),
        ("ja", "2024年3月5日(火) 08:30", at(8, 30)),
        ("ko", "2024년 3월 5일", DAY),
        ("ko", "2024.03.05. 08:30", at(8, 30)),
        ("ko", "입력 2024-03-05 08:30", at(8, 30)),
        ("hi", "5 मार्च 2024", DAY),
        ("id", "5 Maret 2024", DAY),
        ("vi", "05/03/2024 08:30", at(8, 30)),
        ("fa", "2024/03/05", DAY),
        ("el", "5 Μαρτίου 2024", DAY),
        ("he", "5 במרץ 2024", DAY),
        ("cs", "5. března 2024", DAY),
        ("hu", "2024. március 5.", DAY),
        ("fi", "5. maaliskuuta 2024", DAY),
        ("ro", "5 martie 2024", DAY),
    ],
)
def test_what_people_write(language: str, text: str, expected: object) -> None:
    assert parse_date(text, language=language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "03/05/2024", None),
        ("en-US", "03/05/2024", DAY),
        ("en-GB", "05/03/2024", DAY),
        ("fr", "05/03/2024", DAY),
        ("", "05/03/2024", None),
        ("en", "03/25/2024", date(2024, 3, 25)),
        ("", "25/03/2024", date(2024, 3, 25)),
        ("", "03/03/2024", date(2024, 3, 3)),
        ("", "05.03.2024", DAY),
        ("en", "03.25.2024", date(2024, 3, 25)),
        ("de", "5.3.2024, 10:00-11:30 Uhr", at(10)),
        ("en", "31 June 2024", None),
        ("en", "99/99/2024", None),
        ("en", "March 2024", None),
        ("en", "Version 10.2.2024.1", None),
        ("en", "Call 555-03-05-2024", None),
        ("en", "Chapter 3, page 5", None),
        ("en", "", None),
        ("en", "March 5, 0000", None),
    ],
)
def test_what_could_mean_two_days_means_none(language: str, text: str, expected: object) -> None:
    assert parse_date(text, language=language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 hours ago", FETCHED - timedelta(hours=3)),
        ("17 min ago", FETCHED - timedelta(minutes=17)),
        ("an hour ago", FETCHED - timedelta(hours=1)),
        ("yesterday", DAY),
        ("2 days ago", date(2024, 3, 4)),
        ("hace 3 horas", FETCHED - timedelta(hours=3)),
        ("il y a 3 heures", FETCHED - timedelta(hours=3)),
        ("vor 3 Stunden", FETCHED - timedelta(hours=3)),
        ("há 3 horas", FETCHED - timedelta(hours=3)),
        ("3 ore fa", FETCHED - timedelta(hours=3)),
        ("3 часа назад", FETCHED - timedelta(hours=3)),
        ("منذ 3 ساعات", FETCHED - timedelta(hours=3)),
        ("3小时前", FETCHED - timedelta(hours=3)),
        ("3時間前", FETCHED - timedelta(hours=3)),
        ("3시간 전", FETCHED - timedelta(hours=3)),
        ("3 saat önce", FETCHED - timedelta(hours=3)),
        ("3 uur geleden", FETCHED - timedelta(hours=3)),
        ("3 godziny temu", FETCHED - timedelta(hours=3)),
        ("gestern", DAY),
        ("hier", DAY),
        ("ayer", DAY),
        ("昨天", DAY),
        ("12 seconds ago", FETCHED - timedelta(seconds=12)),
        ("il y a environ 3 heures", FETCHED - timedelta(hours=3)),
        ("vor einer Stunde", FETCHED - timedelta(hours=1)),
        ("3h ago", FETCHED - timedelta(hours=3)),
        ("Updated yesterday at 3 p.m.", DAY),
        ("Gestern, 14:30 Uhr", DAY),
        ("昨天 08:30", DAY),
        ("Two hours of rain", None),
        ("Player of the year", None),
        ("Prayer for rain", None),
        ("Cashier thanked", None),
        ("Dayer wins", None),
        ("Chicago week 2 preview", None),
        ("What changed yesterday at the quay", None),
        ("Bridge reopens today", None),
        ("Fa caldo: ore 3 di sole", None),
        ("3 hours of talks", None),
    ],
)
def test_what_counts_from_the_moment_it_was_fetched(text: str, expected: object) -> None:
    assert parse_date(text, fetched=FETCHED) == expected
    assert parse_date(text) is None


def test_a_word_of_one_language_is_not_one_of_another() -> None:
    assert parse_date("hier", language="fr", fetched=FETCHED) == DAY
    assert parse_date("Hier", language="de", fetched=FETCHED) is None


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "March 5, 2024 3:15 PM ET", at(15, 15, -5)),
        ("en", "5 March 2024, 15:15:20 CET", datetime(2024, 3, 5, 15, 15, 20, tzinfo=timezone(timedelta(hours=1)))),
        ("en", "March 5, 2024 10:00 IST", DAY),
        ("en-IN", "March 5, 2024 10:00 IST", at(10, 0, 5.5)),
        ("en", "March 5, 2024 10:00 AFP", at(10)),
        ("zh", "2024年3月5日 下午3:15", at(15, 15)),
        ("en", "2024-03-04 24:00", at(0)),
        ("de", "05.03.2024 – 06.03.2024", DAY),
        ("th", "5 มี.ค. 2567", DAY),
        ("fa", "۱۵ اسفند ۱۴۰۲", DAY),
        ("ja", "令和6年3月5日", DAY),
        ("en", "Tue Mar 05 08:30:00 2024", at(8, 30)),
        ("", "31.12.99", date(1999, 12, 31)),
    ],
)
def test_hours_zones_and_calendars_in_words_of_a_page(language: str, text: str, expected: object) -> None:
    assert parse_date(text, language=language) == expected


def page(head: str = "", byline: str = "", language: str = "en") -> bytes:
    body = "".join(
        f"<p>The harbour board met for the {n}th time and heard of the mole, which is not done yet.</p>"
        for n in range(6)
    )
    return (
        f"<!doctype html><html lang={language}><head><title>Mole not done</title>{head}</head><body><article>"
        f"<h1>Mole not done, harbour board hears</h1>{byline}{body}</article></body></html>"
    ).encode()


def test_modified_is_told_apart_from_published() -> None:
    article = extract(
        page(
            "<meta property='article:published_time' content='2024-03-05T08:30:00Z'>"
            "<meta property='article:modified_time' content='2024-03-06T09:00:00Z'>"
        ),
        "https://gazette.example/a",
    )
    assert article.published == at(8, 30)
    assert article.modified == datetime(2024, 3, 6, 9, tzinfo=UTC)


def test_an_ambiguous_date_on_a_page_in_no_language_is_left_out() -> None:
    article = extract(page(byline="<p class=date>03/05/2024</p>", language="''"), "https://gazette.example/a")
    assert article.published is None


def test_a_relative_date_on_a_page_counts_from_when_it_was_fetched() -> None:
    article = extract(
        page(byline="<span class='published-date'>3 hours ago</span>"), "https://gazette.example/a", fetched=FETCHED
    )
    assert article.published == FETCHED - timedelta(hours=3)


def test_a_date_in_the_words_of_the_page() -> None:
    article = extract(
        page(byline="<p class='article-date'>Dienstag, 5. März 2024, 08:30 Uhr</p>", language="de"),
        "https://x.example/a",
    )
    assert article.published == at(8, 30)


@pytest.mark.parametrize(
    "text",
    [
        "5. März 2024",
        "March 5th, 2024",
        "5/3/24",
        "5. 3. 2024",
        "2024/3/5",
        "2024, mars 5",
        "113.3.5",
        "٥ مارس ٢٠٢٤",
        "2024年3月5日",
        "二〇二四年三月五日",
        "令和6年3月5日",
        "2024년 3월 5일",
    ],
)
def test_where_a_day_is_written_one_is_looked_for(text: str) -> None:
    assert WRITTEN_DAY.search(text)
    assert may_be_dated(f"It came out on {text}.")
    assert may_be_dated(f"“It came out on {text}.”")


def test_no_figure_of_unicode_is_overlooked() -> None:
    figures = "".join(filter(str.isdecimal, map(chr, range(sys.maxunicode + 1))))
    assert re.fullmatch(f"[{MAY_BE_FIGURES}]+", figures)
