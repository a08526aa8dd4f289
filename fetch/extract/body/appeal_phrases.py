"""What lines between paragraphs ask a reader for, and what labels an advertisement, as patterns; "_" is a space."""

# The first two letters of all in LABELS and ASKS.
BEGINNINGS = """
    ab ad al an ap ar as ba co de do fa fi fo fö fø ge he hi ik in is je jo la li ma me ob og pu re sc se si so sp st su
    sí te té un vo we ws yo za δι по ре إع 广告 広告 廣告 광고
"""
# The whole line, but for what stands in GOES_ON.
LABELS = """
    advertisements? advertising anzeigen? werbung publicité publicidade? pubblicità reklam[ae]? annons annonce iklan
    реклама advertentie mainos hirdetés διαφήμιση publicitate oglas 広告 廣告 广告 광고 إعلان
    (?:article|story|text|content)_continues
"""
GOES_ON = """
    scroll to continue[sd]? reading below after this article story the advertisement ad video keep weiterlesen swipe
    down for more content
"""
# How an appeal begins.
ASKS = """
    (?:you_can_)?(?:also_)?follow_(?:us|our)\\b like_us\\b find_us\\b
    (?:download|get|install)_(?:our|the)_(?:\\w+_){0,3}app\\b join_(?:our|us)\\b sign_up_(?:for|to)\\b subscribe\\b
    support_(?:our|us|independent|local|quality) help_us\\b donate\\b (?:jetzt_)?folgen_sie
    unterstütz(?:en_sie|e|t)_uns abonnieren_sie melden_sie_sich spenden_sie laden_sie suivez.nous abonnez.vous soutenez
    inscrivez.vous faites_un_don télécharge[rz] síguenos suscríbete apóy[ea] apoya descarga siga.nos assine apoie baixe
    seguici iscriviti sostieni scarica volg_ons steun schrijf_je_in подпис поддерж obserwuj wesprzyj wspieraj zapisz_się
    följ_oss stöd följ støt følg
"""
# What an appeal speaks of.
FOR_WHAT = """
    your_(?:contribution|donation|support) journalism journalismus journalisme periodismo jornalismo giornalismo
    never_miss in_your_inbox newsletter webinar
    whatsapp telegram app_store google_play ios android ihre[rn]?_spende spenden?
    posteingang donate donation rassegna don_mensuel boletín рассылк\\w+ журналистик\\w+ dziennikarstw\\w+
"""
# Where its links lead.
NETWORKS = """
    twitter x facebook instagram youtube t linkedin tiktok whatsapp threads bsky telegram pinterest google flipboard vk
    weibo
"""
PAGES = """
    donate spenden? support(?:-us)? newsletters? subscri(?:be|ptions?) abo(?:nnement)?s? membership sign-?up contribute
    dons? donaciones apps?
"""
