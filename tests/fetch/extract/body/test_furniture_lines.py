"""Lines among a story's paragraphs that are about the page, and sentences of a story that only look like them."""

from __future__ import annotations

import pytest

from fetch.extract import extract

TOLD = [f"In paragraph {n} the council of the harbour town tells how the night went, and who came." for n in "abcdef"]


def said(line: str, place: int) -> list[str]:
    lines = [*TOLD[:place], line, *TOLD[place:]]
    body = "".join(f"<p>{each}</p>" for each in lines)
    page = f"<!doctype html><title>Bridge vote | Gazette</title><article><h1>Bridge vote</h1>{body}</article>"
    return extract(page.encode(), "https://gazette.example/news/a-story").text.split("\n")


FURNITURE = """
Leave a comment below.|Comments are closed.|Log in to comment.|Be the first to comment.
Subscribe now for unlimited access.
Share this article|READ MORE: Council votes on the bridge|Related: Council votes on the bridge|Back to top
3 min read|This website uses cookies to improve your experience.
By clicking Sign Up, you agree to our terms and privacy policy.|Got a tip? Email tips@gazette.example.
Jane Smith can be reached at jane@gazette.example.|Tags: bridge, council, ferry
© 2024 The Gazette. All rights reserved.|Photo: Getty Images|Last updated: 12 May 2024 10:14
Published 12 May 2024|Download the Gazette app for free.
We may earn a commission if you buy through links on our site.|Follow us on Facebook.
Lesen Sie auch: Rat stimmt ab|Diese Website verwendet Cookies.|Alle Rechte vorbehalten.
Stand: 12.05.2024, 10:14 Uhr|Ce site utilise des cookies.|À lire aussi : Le conseil vote|Partager cet article
Este sitio utiliza cookies.|Compartir|Lea también: El concejo vota|Questo sito utilizza cookie.
Leggi anche: Il consiglio vota|© RIPRODUZIONE RISERVATA|Este site usa cookies.|Leia também: Câmara vota
Lees ook: Raad stemt|Читайте также: Совет голосует|Поделиться|اقرأ أيضا: المجلس يصوت|جميع الحقوق محفوظة.
相关阅读：议会就大桥投票|责任编辑：王小明|版权所有，未经授权不得转载。|続きを読む|あわせて読みたい：議会が採決
A version of this article appears in print on May 5, 2024, Section A, Page 4 of the New York edition.
If you value our work, please consider making a donation today.|Join our webinar on bridges on 12 May.
無断転載を禁じます。|무단 전재 및 재배포 금지|더 보기|관련기사: 의회 표결|Udostępnij|Czytaj także: Rada głosuje
"""
STORY = """
The subscription model failed within a year.|The trial membership ended in court.|Nobody knew the login.
Das Abonnement kostete zuletzt 300 Euro.|Registrieren mussten sich alle.|Kommentieren wollte das niemand.
Share this burden, she told them.|Print media lost a third of their readers.|Watch what we do, he said.|Why not?
“Download the app,” the minister told citizens.|Published in 2019, the report was ignored.
Donate blood, he said.|Last updated in 1987, the map is useless.
Follow him on a walk and you learn the name of each tree.|Most read it as a threat.
Related families were moved to a hotel.|Posted to Kabul in 2004, he learned Dari.|Photo editors were not asked.
Tags on the crates were in Russian.|Read more than one paper, he advises.
The licences are called “some rights reserved”.|More on that tomorrow, the minister said.
The newsletter was founded in 1998.|The subscribers sued.
The minister’s comments were taken out of context, her office said.
Subscribe to that view, and you lose, he said.|Login details of 3,000 users were stolen.
The donation page was taken down.|Reply was sent the same day.|Quelle des Lecks war ein Rohr.
Teilen wollte er das Erbe nicht.|Der Newsletter erscheint seit 1998.|Drucken kann man dort.
Stand 2019 lebten dort 300 Menschen.|Les abonnés ont porté plainte.|Partager le pain est un devoir.
A version of this law was voted down in 2019.|She asked them to consider supporting the bridge.
Please consider what it costs, the mayor wrote.
El ministerio no respondió a una solicitud de comentarios.|В министерстве не ответили на запрос о комментарии.
"""


def each(table: str) -> list[str]:
    return [line for row in table.strip().split("\n") for line in row.split("|")]


@pytest.mark.parametrize("line", each(FURNITURE))
def test_a_line_about_the_page_is_no_paragraph_of_the_story(line: str) -> None:
    assert said(line, 3) == TOLD
    assert said(line, 6) == TOLD


@pytest.mark.parametrize("line", each(STORY))
def test_a_sentence_that_tells_is_one_wherever_it_stands(line: str) -> None:
    assert said(line, 3)[3] == line
    assert said(line, 6)[-1] == line


def test_a_text_that_is_mostly_such_lines_is_left_as_it_is() -> None:
    lines = [f"Read more: how the council of harbour {n} voted on the bridge in the night" for n in "abcdefgh"]
    body = "".join(f"<p>{each}</p>" for each in lines)
    page = (
        f"<!doctype html><title>Bridge</title><article><h1>Bridge</h1><p>{TOLD[0]}</p>{body}<p>{TOLD[1]}</p></article>"
    )
    found = extract(page.encode(), "https://gazette.example/news/a-story").text.split("\n")
    assert found[0] == TOLD[0]
    assert lines[0] in found
