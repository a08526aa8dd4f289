from datetime import date

import pytest

from fetch.dateline import Opening, split_dateline


@pytest.mark.parametrize(
    ("text", "headline", "expected"),
    [
        (
            "19 May 2023 Crews meet PORT ELBA -- They met.",
            "Crews meet",
            Opening("They met.", "PORT ELBA", date(2023, 5, 19)),
        ),
        (
            "March 11, 2025 - NORTHERN SEA - As midnight struck",
            "",
            Opening("As midnight struck", "NORTHERN SEA", date(2025, 3, 11)),
        ),
        ("BUSAN, Norland – The ship came in.", "", Opening("The ship came in.", "BUSAN, Norland")),
        ("ST. ELBA (GNS), Jan. 3 — Snow fell.", "", Opening("Snow fell.", "ST. ELBA")),
        ("PORT ELBA, Norland, Nov 20 (Reuters) - Snow fell.", "", Opening("Snow fell.", "PORT ELBA, Norland")),
        ("ELBA/SÃO BENTO, March 7, 2026 (AP) -- Snow fell.", "", Opening("Snow fell.", "ELBA/SÃO BENTO")),
        ("ЭЛЬБА, 20 ноя — Выпал снег.", "", Opening("Выпал снег.", "ЭЛЬБА")),
        ("Bad Elba/Main (dpa/lno) – Es schneite.", "", Opening("Es schneite.", "Bad Elba/Main")),
        ("Elbá, 3 ene (EFE).- Nevó.", "", Opening("Nevó.", "Elbá")),
        ("Warsaw is in the news.", "Warsaw", Opening("Warsaw is in the news.")),
        ("Warsaw is in the news.", "War", Opening("Warsaw is in the news.")),
        ("Warsaw Bridge opens.", "Warsaw", Opening("Warsaw Bridge opens.")),
        ("The pier is closed until May.", "The pier is closed", Opening("The pier is closed until May.")),
        ("The pier is closed. It opens in May.", "The pier is closed", Opening("It opens in May.")),
        ("The pier is closed The board met.", "The pier is closed", Opening("The board met.")),
        ("Pier – It opens in May.", "Pier", Opening("It opens in May.")),
        ("Pier-side cafés close.", "Pier", Opening("Pier-side cafés close.")),
        ("THE PIER IS CLOSED", "The pier is closed", Opening("")),
        ("码头关闭至五月底为止的通知发布 委员会开会。", "码头关闭至五月底为止的通知发布", Opening("委员会开会。")),
        ("Marathon 12, 2026 - a run", "", Opening("Marathon 12, 2026 - a run")),
        ("新华社北京4月24日电 下雪了。", "", Opening("下雪了。", "北京")),
        ("【ワシントン共同】雪が降った。", "", Opening("雪が降った。", "ワシントン")),
        ("(서울=연합뉴스) 눈이 내렸다.", "", Opening("눈이 내렸다.", "서울")),
        ("The Harbour Reserve (Res) - the bank", "", Opening("The Harbour Reserve (Res) - the bank")),
        ("NATO - the alliance", "", Opening("NATO - the alliance")),
        ("UPDATE -- the alliance", "", Opening("UPDATE -- the alliance")),
        ("A plain sentence - with a dash.", "", Opening("A plain sentence - with a dash.")),
        ("NATO said that it would meet.", "", Opening("NATO said that it would meet.")),
        ("May 40, 2025 - never", "", Opening("May 40, 2025 - never")),
        ("31 June 2025 never", "", Opening("31 June 2025 never")),
        ("", "", Opening("")),
    ],
)
def test_what_stands_before_the_text(text: str, headline: str, expected: Opening) -> None:
    assert split_dateline(text, headline) == expected


def test_hostile_text_takes_no_time() -> None:
    assert split_dateline("A" * 100_000 + " -" * 50_000).place == ""
    assert split_dateline(("AB " * 60 + ", ") * 2000).place == ""
    assert split_dateline("AB, CD EF " * 20).place == ""
