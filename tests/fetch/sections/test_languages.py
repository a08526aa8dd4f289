"""Section pages of invented papers in seven languages, with addresses as their sites write them."""

import pytest

from fetch.sections import find_teasers

PAPERS = {
    "de": (
        "https://www.kuestenblatt.example/",
        [
            "/politik/hafenrat-beschliesst-neue-mole-a-1234567.html",
            "/lokales/faehre-faellt-aus-id987654.html",
            "/sport/ruderer-gewinnen-gold-19384756.html",
            "/wirtschaft/werft-stellt-ein,werft-102.html",
            "/kultur/theater-am-kai-oeffnet-wieder/29384756.html",
            "/panorama/artikel/12345/sturm-ueber-der-bucht",
        ],
        [
            "Hafenrat beschließt neue Mole",
            "Fähre fällt wegen Sturms aus",
            "Ruderer gewinnen Gold in Oslo",
            "Werft stellt hundert Leute ein",
            "Theater am Kai öffnet wieder",
            "Sturm über der Bucht",
        ],
        [
            ("/politik/", "Politik"),
            ("/sport/", "Sport"),
            ("/impressum", "Impressum"),
            ("/datenschutz", "Datenschutz"),
            ("/abo", "Abo abschließen"),
            ("/newsletter", "Newsletter bestellen"),
            ("/thema/hafen", "Hafen"),
        ],
    ),
    "es": (
        "https://www.diariopuerto.example/",
        [
            "/noticias/politica/20240325/consejo-aprueba-muelle-nuevo-71234567.html",
            "/2024/03/25/deportes/1711362345_123456.html",
            "/economia/astillero-contrata-cien-personas_1_9876543.html",
            "/sociedad/temporal-deja-sin-luz-barrio-pesquero.html",
            "/cultura/teatro-muelle-reabre-puertas-20240325.html",
            "/nota/2456789-ferry-cancelado-por-viento",
        ],
        [
            "El consejo aprueba el muelle nuevo",
            "Los remeros ganan el oro en Oslo",
            "El astillero contrata a cien personas",
            "El temporal deja sin luz el barrio pesquero",
            "El teatro del muelle reabre sus puertas",
            "Ferry cancelado por el viento",
        ],
        [
            ("/politica", "Política"),
            ("/deportes", "Deportes"),
            ("/contacto", "Contacto"),
            ("/suscripciones", "Suscríbete"),
            ("/autor/ana-rio", "Ana Río"),
            ("/tema/puertos", "Puertos"),
        ],
    ),
    "ja": (
        "https://www.minato.example/",
        [
            "/articles/ASR3T5QK9R3TUTIL00T.html",
            "/articles/ASR3T6QK9R3TUTIL001.html",
            "/news/20240325/k10014402331000.html",
            "/news/20240325/k10014402341000.html",
            "/articles/-/776543",
            "/articles/-/776544",
        ],
        [
            "新しい防波堤の建設を港湾会議が承認",
            "強風でフェリーが欠航、島民に影響",
            "造船所が百人を新たに採用へ",
            "港の劇場が三年ぶりに再開",
            "嵐で漁師町が停電、復旧急ぐ",
            "ボート選手がオスロで金メダル",
        ],
        [
            ("/politics/", "政治"),
            ("/sports/", "スポーツ"),
            ("/about/", "会社案内"),
            ("/login", "ログイン"),
            ("/ranking/", "ランキング"),
        ],
    ),
    "ar": (
        "https://www.mina.example/",
        [
            "/news/2024/3/25/%D9%85%D8%AC%D9%84%D8%B3-%D8%A7%D9%84%D9%85%D9%8A%D9%86%D8%A7%D8%A1-%D9%8A%D9%82%D8%B1",
            "/news/2024/3/25/%D8%A5%D9%84%D8%BA%D8%A7%D8%A1-%D8%A7%D9%84%D8%B9%D8%A8%D8%A7%D8%B1%D8%A9",
            "/article/1234567/a",
            "/article/1234568/b",
            "/arabic/articles/c0k1l2m3n4po",
            "/arabic/articles/c0k1l2m3n4pp",
        ],
        [
            "مجلس الميناء يقر بناء الرصيف الجديد",
            "إلغاء رحلات العبارة بسبب الرياح القوية",
            "حوض السفن يوظف مئة عامل جديد",
            "المسرح القديم على الرصيف يفتح أبوابه",
            "العاصفة تقطع الكهرباء عن حي الصيادين",
            "المجدفون يفوزون بالذهب في أوسلو",
        ],
        [("/politics", "سياسة"), ("/sport", "رياضة"), ("/about", "من نحن"), ("/contact", "اتصل بنا")],
    ),
    "ko": (
        "https://www.hanggu.example/",
        [
            "/view/AKR20240325000100001",
            "/view/AKR20240325000200001",
            "/news/articleView.html?idxno=123456",
            "/news/articleView.html?idxno=123457",
            "/arti/society/1133456.html",
            "/arti/society/1133457.html",
        ],
        [
            "항만위원회 새 방파제 건설 승인",
            "강풍으로 여객선 운항 전면 중단",
            "조선소 신규 인력 백 명 채용",
            "부두 극장 삼 년 만에 다시 문 열어",
            "폭풍으로 어촌 마을 정전 피해",
            "조정 대표팀 오슬로 금메달",
        ],
        [("/politics", "정치"), ("/sports", "스포츠"), ("/company", "회사소개"), ("/login", "로그인")],
    ),
    "ru": (
        "https://www.port.example/",
        [
            "/news/2024/03/25/sovet-porta-odobril-prichal",
            "/politics/25/03/2024/65f1a2b39a7947c1.html",
            "/articles/1234567",
            "/articles/1234568",
            "/doc/6591234",
            "/doc/6591235",
        ],
        [
            "Совет порта одобрил строительство причала",
            "Паром отменён из-за сильного ветра",
            "Верфь наймёт сто новых рабочих",
            "Театр на набережной открылся снова",
            "Шторм оставил рыбацкий посёлок без света",
            "Гребцы взяли золото в Осло",
        ],
        [
            ("/politics", "Политика"),
            ("/sport", "Спорт"),
            ("/about", "О нас"),
            ("/contacts", "Контакты"),
            ("/tags/port", "Порт"),
        ],
    ),
    "hi": (
        "https://www.bandar.example/",
        [
            "/india/news/bandargah-parishad-ne-di-manjoori-123456.html",
            "/story/naav-seva-band-2024-03-25-1234",
            "/hindi/articles/c1v2b3n4m5",
            "/hindi/articles/c1v2b3n4m6",
            "/news/national-88-1234567",
            "/news/state-12-1234568",
        ],
        [
            "बंदरगाह परिषद ने नए घाट को मंजूरी दी",
            "तेज हवा के कारण नाव सेवा बंद",
            "जहाज कारखाने में सौ लोगों की भर्ती",
            "घाट का रंगमंच फिर से खुला",
            "तूफान से मछुआरों की बस्ती में बिजली गुल",
            "नौका दल ने ओस्लो में सोना जीता",
        ],
        [("/politics", "राजनीति"), ("/sports", "खेल"), ("/about-us", "हमारे बारे में"), ("/contact", "संपर्क")],
    ),
}


def bare(number: int, path: str, headline: str) -> str:
    return f"<div class=row><a href='{path}'>{headline}</a></div>"


def card(number: int, path: str, headline: str) -> str:
    return (
        f"<div class=card><a href='{path}'><img src='/x{number}.jpg'></a><h3><a href='{path}'>{headline}</a></h3>"
        "<p>One, two, three, four, five, six.</p></div>"
    )


@pytest.mark.parametrize("row", [bare, card])
@pytest.mark.parametrize("language", PAPERS)
def test_the_stories_and_nothing_else(language: str, row) -> None:
    url, paths, headlines, navigation = PAPERS[language]
    menu = "".join(f"<li><a href='{path}'>{name}</a></li>" for path, name in navigation)
    rows = "".join(row(n, path, headline) for n, (path, headline) in enumerate(zip(paths, headlines, strict=True)))
    foot = "".join(f"<a href='{path}'>{name}</a>" for path, name in navigation[-3:])
    header = f"<html lang={language}><header><nav><ul>{menu}</ul></nav></header>"
    body = f"{header}<main>{rows}</main><footer>{foot}</footer></html>"
    assert [teaser.headline for teaser in find_teasers(body.encode(), url)] == headlines
