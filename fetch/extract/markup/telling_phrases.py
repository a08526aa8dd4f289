"""By what a sentence that tells is known from one that asks its reader for something, as patterns; "_" is a space."""

# Who said it, at the end of what was said.
SAID = """
    [,”"’!?…]_(?:\\w+_){1,3}(?:said|says|told|tells|wrote|writes|added|adds)(?:_\\w+){,4}[.:,]
    [,”"’!?…]_(?:\\w+_){1,3}(?:asked|asks|heard)(?:_\\w+){,4}[.:,]
    [,”"’!?…]_(?:\\w+_){1,3}(?:warned|argued|insisted|claimed|recalled|advised|advises)(?:_\\w+){,4}[.:,]
    [,”"’!?…]_(?:they|we)_were_told[.:] [,”"’]_(?:said|says|wrote|added)_\\w+ (?:told|said_to)_(?:\\w+_){1,4}[“"]
    [”"’»],?_(?:sagte|sagt|erklärte|schrieb|so|betonte)_\\w+
    ,_(?:sagte|sagt|erklärte|schrieb|betonte)_(?:\\w+_){,4}\\w+\\.
    [”"»],?_(?:a-t-(?:il|elle)|a_(?:dit|déclaré|ajouté|affirmé)|ont-ils|dit|explique)
    ,_(?:dit|explique|raconte|ajoute)-(?:il|elle|on)\\b ,_a-t-(?:il|elle|on)_
    ,_[—–-]?_?(?:сказал|заявил|отметил|добавил|сообщил)[аи]?\\b
"""
# Words that speak to the reader.
ASKS = """
    please you your our sign(?:ed)?[_-]?(?:in|up) be_the_first leave_a post_a join add_a click here
    we_(?:use|may|reserve) today now bitte anmelden_und eingeloggt einloggen registrieren_sie ihr ihre[nrm]?
    sie_sich du dein\\w* hier jetzt leserbrief\\w* wir unser\\w* vous votre vos notre nos connect(?:ez|er) ici usted
    inicia\\w* comenta tu tus nuestr\\w+ aquí suscríbe\\w* accedi nostr\\w+ nosso\\w* nossa\\w* aqui seu_e-?mail ons
    onze je jouw u uw hier_ войдите авторизуйтесь ваш\\w* наш\\w* подпи[шс]\\w*тесь вы здесь nasz\\w* twój vår\\w*
    din log(?:ged)?[_-]in
"""
# How a sentence begins that asks.
ASKS_FIRST = """
    to_comment\\b comment_(?:on|below|policy) reply_(?:to|with)\\b discuss\\b log\\b kommentieren_(?:sie|und)
    anmelden\\b_(?:für|zum|um) subscribe\\b sign_up get\\b receive\\b enter\\b donate\\b
    more_(?:from|stories|news)\\b read_(?:more|also|next|the)\\b see_(?:also|more)\\b also_(?:read|on)\\b
    related_?(?:$|[^\\w\\s])
    related_(?:stor|article|news|cover|read|content|post|topic|video|link)
    for_more\\b find_out\\b learn_more\\b check_out\\b continue_reading keep_reading watch\\b listen\\b
    recommended\\b show_more load_more view_ don.t_miss lesen_sie lies mehr_(?:zum|zu|dazu|infos) weitere zum_thema
    auch_interessant lire\\b à_lire en_savoir lea_ leer_ ver_ te_puede leia_ veja_ saiba_ leggi lees_ читайте czytaj
    zobacz läs_ اقرأ relacionado más_información baca_ les_også login_to
"""
# What forms and their buttons are called: a sentence with one of these tells only where it is of the past.
OF_FORMS = """
    comments login log_in newsletters? subscri\\w+ signups? inbox unlimited membership donat(?:e|ions?)
    register(?:ing)? anmelden anmeldung kommentare\\w* abonn\\w+ abo registrierung commentaires comentarios
    comentários commenti reacties комментари\\w+ подписк\\w+ рассылк\\w+ suscri\\w+ inscri\\w+ iscriv\\w+
    prenumerera yorum whatsapp telegram push-mitteilungen
"""
# What is said of a form for comments, in the past, too.
CLOSED = """
    closed disabled moderated pre-?moderated deactivated geschlossen deaktiviert moderiert fermés désactivés
    cerrados desactivados moderados chiusi disattivati gesloten uitgeschakeld закрыты отключены subscribers_only
    for_subscribers required needed reserved included provided powered erforderlich
"""
# By which a sentence of the past is about the page, or about who wrote or photographed for it.
OF_THE_PAGE = """
    \\bth(?:is|e)_(?:story|article|report|piece|post|column|site|website|page|content|material|information)\\b
    \\bcontributed_(?:reporting|to_(?:this|the)_(?:report|story|article))\\b
    \\b(?:photo|photograph|image|picture|video|illustration|graphic)s?_(?:by|from|courtesy|via)\\b
    \\b(?:is|was)_an?_(?:\\w+_){,4}(?:writer|reporter|editor|journalist|correspondent|columnist|freelancer?)\\b
    \\b(?:is|was)_an?_(?:\\w+_){,4}(?:professor|contributor|author|blogger|photographer)\\b
    \\bdies(?:er|e|es|em|en)_(?:artikel|beitrag|text|seite|meldung|bericht)s?\\b [|©]
    \\ball_rights_reserved\\b \\bcopyright_(?:\\(c\\)_)?(?:19|20)\\d\\d\\b
    \\b(?:cet|le_présent)_article\\b \\bce_site\\b \\bes(?:te|ta)_(?:artículo|artigo|sitio|site|nota|matéria)\\b
    \\bquest[oa]_(?:articolo|sito|pagina)\\b \\bdeze?_(?:artikel|website|pagina)\\b
"""
# By which a story tells: verbs in the past, years.
PAST = """
    (?<!\\bis_)(?<!\\bare_)(?<!\\bbe_)(?<!\\bbeen_)\\w{3,}ed was were had did didn.t said told came went took made
    became began drew led sued ran gave got won lost left met sent fell rose grew paid kept held stood spoke wrote
    war waren wurden? hatten? wollten? sagten? äußerten? erklärten? klagten? gab gaben kam kamen habe[n]?_\\w+
    lehnten?_.{,40}ab ont avai(?:t|ent) étai(?:t|ent) fu(?:t|rent) a_(?:été|dit|refusé|\\w+é) n.a_pas n.ont_pas fue
    fueron era eran hab(?:ía|ían) quiso quisieron dijo hizo \\w{3,}(?:ó|aron|ieron) \\w{3,}(?:ou|aram|eram|iram) foi
    foram disse quis ha_\\w+ hanno furono aveva\\w* heeft hadden werd werden wilden? zei stapten?
    \\w{3,}(?:али|или|ели|ала|ила|ело|ало|ило|ался|ился|лись|лась) \\w{2,}(?:ał|ała|ali|ił|iła|ili|ęli)
    \\w{2,}(?:madı|medi|dı|di|du|dü|tı|ti|tu|tü) ville sade hade blev \\w{3,}ade man
    (?:since|seit|in|im_\\w+|depuis|desde|dal|sinds)_(?:19|20)\\d\\d knew saw heard felt thought brought bought sold
    drove broke chose spent taught sought kosteten? mussten? konnten? sollten? durften? begann(?:en)? standen?
    ging(?:en)? blieb(?:en)? hieß(?:en)? sorgten? stieg(?:en)? fiel(?:en)? brachten? machten? zeigten? forderten?
    kritisierten? hubo tuvo tuvieron pudo puso vino
"""
