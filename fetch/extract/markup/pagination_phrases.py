"""What links to another page of a story, or of a list of stories, say, as patterns; "_" is a space."""

# What leads on: "next", "weiter"; behind or before what a page is called.
ON = """
    next nächste[nrs]? weiter suivante? siguiente próxima volgende następna dalej nästa neste næste следующая дальше
    наступна далі следваща avanti successiva seuraava sonraki επόμενη další ďalšia následující következő tovább
    următoarea următoare sljedeća naslednja הבאה? التالية التالي بعدی بعد tiếp_theo tiếp sau selanjutnya berikutnya
    अगला अगले 次の 다음 ถัดไป
"""
PAGE = """
    page seite página pagina pagină strona strana stránka stranica stran sida side страница странице сторінка sivu
    sayfa σελίδα oldal ל?עמוד الصفحة صفحة صفحه trang halaman पेज पृष्ठ 페이지 หน้า ページ part teil p\\.
"""
# By itself, with neither.
NEXT_PAGE = """
    下一页 下一頁 次へ [›»>→]+ (?:continue|keep|go_on)_reading read_on weiterlesen lire_la_suite seguir_leyendo
    continuar_(?:leyendo|lendo|a_ler) continua(?:_a)?_leggere verder_lezen lees_verder czytaj_dalej läs_vidare
    читать_(?:далее|дальше) читати_далі 続きを読む devamını_oku
"""
# Of a list of stories, beside what leads on anywhere.
ON_IN_A_LIST = """
    older(?:_(?:posts|stories|entries))? ältere_beiträge próximo successivo вперед 次へ 下一页 下一頁
"""
# Between the number of this page and that of all: "Page 1 of 5".
OF_PAGES = "of von de di van sur af av из з з_них od z dari trong / ／"
# The whole story at once.
ON_ONE_PAGE = """
    (?:on|as|in|to)_(?:an?_)?(?:one|single)[_-]page (?:one|single)[_-]page(?:_view)? view_(?:all|as_one_page)
    all_on_one_page show_all_pages (?:full|whole|entire)_(?:article|story|text)_on_one_page auf_einer_seite(?:_\\w+)?
    komplettansicht einseitige_ansicht sur_une_(?:seule_)?page en_una_(?:sola_|única_)?página página_única
    in_una_(?:sola_|unica_)?pagina su_(?:una|un['’]unica)_(?:sola_)?pagina pagina_unica op_één_pagina(?:_\\w+)?
    (?:numa|em_uma)_(?:só_|única_)?página na_jednej_stronie na_(?:jedné_stránce|jednej_strane|jednoj_stranici)
    på_(?:en|én|ett)_(?:sida|side) yhdellä_sivulla egy_oldalon într-o_singură_pagină tek_sayfa(?:da)?(?:_\\w+)?
    σε_μ[ίι]α_σελίδα на_одной_странице на_одній_сторінці 全文表示 全文を読む 1ページで(?:表示|読む) 阅读全文 閱讀全文
    显示全文 顯示全文 在一页显示 한_페이지로_보기
"""
OF_COMMENTS = "comment coment komment reacti отзыв обсужд repl(?:y|ies)"
