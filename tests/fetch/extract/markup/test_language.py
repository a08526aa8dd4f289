"""The language of a text: from the page's claim, and from the words where the page lies or is silent."""

import pytest

from fetch.extract import extract
from fetch.extract.markup.language import language_of, resolve_language

TEXTS = {
    "en": (
        "The harbour board said that it was not in the plan for this year, but that the work on the mole has to go on."
    ),
    "de": (
        "Der Rat hat am Montag gesagt, dass die Arbeit an der Mole nicht in diesem Jahr fertig ist und auch nicht mit "
        "dem Geld, das für sie da ist."
    ),
    "fr": (
        "Le conseil a dit que les travaux de la jetée ne sont pas dans le plan pour cette année, et que la ville est "
        "au bout de ses moyens."
    ),
    "es": (
        "El consejo dijo que las obras de la escollera no se harán por este año, y que la ciudad ha pedido una ayuda "
        "para el puerto como en los años."
    ),
    "it": (
        "Il consiglio ha detto che i lavori del molo non sono nel piano di questa stagione e che la città ha chiesto "
        "un aiuto per il porto con una lettera."
    ),
    "pt": (
        "O conselho disse que as obras do molhe não são para este ano e que a cidade pediu uma ajuda para o porto, "
        "mas não foi ouvida pelo governo."
    ),
    "pl": (
        "Rada powiedziała, że praca na molo nie jest w planie na ten rok i że miasto już prosiło o pomoc dla portu, "
        "ale to było od rządu za mało."
    ),
    "tr": (
        "Kurul bu yıl için çok bir şey olmadığını ve iş için daha sonra da para gibi bir yardım olan kadar söz ise ne "
        "dedi ve bu da bir iş için ki."
    ),
    "ru": (
        "Совет сказал, что работа на молу не входит в план на этот год, и что город уже просил помощь для порта, но "
        "её не было от правительства и за год."
    ),
    "uk": (
        "Рада сказала, що робота на молі не входить у план на цей рік, і що місто також було без допомоги для порту, "
        "але як від уряду, так і від усіх до року."
    ),
    "ar": (
        "قال المجلس إن العمل في الميناء لا يكون هذا العام مع أن المدينة طلبت من الحكومة ما كان لها على البحر قد بعد "
        "ذلك في كل عام من هذه الأعوام التي كما كانت"
    ),
    "ja": "港湾委員会は月曜日、東の防波堤の修理が今年は終わらないと発表した。",
    "zh": "港务委员会星期一宣布，东防波堤的修理工作今年不会完成。",
    "ko": "항만위원회는 월요일 동쪽 방파제 수리가 올해 끝나지 않는다고 발표했다.",
    "el": "Το συμβούλιο είπε ότι οι εργασίες στον μόλο δεν τελειώνουν φέτος.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_text_tells_its_language(language: str) -> None:
    assert language_of(TEXTS[language]) == language


@pytest.mark.parametrize("text", ["", "Breaking news", "Kongsberg 12 15 2026 " * 20])
def test_a_text_that_does_not_say_gets_none(text: str) -> None:
    assert language_of(text) == ""


@pytest.mark.parametrize(
    ("claimed", "written", "kept"),
    [
        ("en-US", "en", "en-US"),
        ("en", "de", "de"),
        ("", "fr", "fr"),
        ("nb-NO", "de", "de"),
        ("eo", "en", "eo"),  # a language we know no words of is believed
        ("zh-Hant", "zh", "zh-Hant"),
    ],
)
def test_a_claim_stands_unless_the_text_is_plainly_another(claimed: str, written: str, kept: str) -> None:
    assert resolve_language(claimed, TEXTS[written]) == kept


def test_the_article_of_a_page_that_lies_has_the_language_of_its_text() -> None:
    paragraphs = f"<p>{TEXTS['de']}</p>" * 4
    page = (
        "<html lang=en><head><title>Die Mole</title></head>"
        f"<body><article><h1>Die Mole</h1>{paragraphs}</article></body></html>"
    )
    assert extract(page.encode(), "https://gazette.example/mole").language == "de"
