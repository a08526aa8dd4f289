"""The words that tell the parts of a news site from its stories; much the same on every site. Data only."""

LISTS = """
    tag tags topic topics category categories cat section sections subject author authors autor autores auteur
    staff contributor contributors people person profile profiles team archive archives archiv archivo archivos
    page seite search suche buscar keyword keywords rubrique rubrik seccion tema temas thema themen hub series
    collection collections index home label taxonomy by writer writers reporter columnist journalist user users
    member members kategorie kategori etiqueta schlagwort dossier dossiers
"""
"""Parts of a path that name a list of stories."""

UTILITIES = """
    about about-us contact contact-us kontakt contacto contactus privacy privacy-policy terms terms-of-service
    tos legal impressum datenschutz agb cookies cookie help faq faqs support subscribe subscription
    subscriptions abo abonnement suscripcion login signin sign-in signup sign-up register registration account
    my-account myaccount profile logout newsletter newsletters careers jobs job advertise advertising
    advertisement werbung publicidad mediakit donate donation give membership shop store sitemap rss feed feeds
    apps app mobile podcast podcasts radio live livestream tv schedule weather wetter traffic games puzzles
    crossword horoscope horoscopes lottery obituaries classifieds coupons events calendar directory
    accessibility corrections ethics masthead staff press wp-login cart checkout gift whatsapp contest contests
    giveaway rewards e-edition epaper eedition print-edition settings preferences share comparateur services
    service mission policies policy guidelines standards marketplace cdn-cgi auth user sso out redirect
    wp-content
"""
"""Parts of a path that name a service of the site."""

SECTION_NAMES = """
    news noticias nachrichten actualites actualite local national world international mundo monde welt politics
    politik politica politique business economy economia wirtschaft economie money finance finanzen markets
    sport sports deportes opinion opinions editorial editorials columns columnists letters culture cultura
    kultur arts entertainment lifestyle life style fashion travel reisen food recipes health salud gesundheit
    sante science wissen ciencia tech technology technologie education environment climate video videos photos
    galleries gallery multimedia pictures real-estate homes autos cars religion crime courts regional region
    state nation us usa uk europe africa asia americas college high-school football soccer baseball basketball
    nfl nba mlb nhl golf tennis hockey racing books movies film music theater theatre celebrity celebrities
    royals family parents investigations metro city community communities features magazine special-reports
    blogs blog latest trending popular elections election coronavirus covid-19 ukraine
"""
"""Parts of a path that name a section."""

STORIES = """
    article articles story stories artikel articulo nota noticia news-article news-story post posts beitrag
    artykul haber nieuws nyheter uutiset detail details read display content show cronaca actu p n a s id entry
"""
"""Parts of a path that name the kind "story"."""

MENU_WORDS = """
    home menu search login subscribe newsletter contact about privacy terms advertise careers jobs donate shop
    follow facebook twitter instagram youtube linkedin whatsapp pinterest tiktok flipboard rss podcast podcasts
    app apps skip weather horoscope obituaries classifieds games crossword puzzles events calendar watch listen
    live videos video photos gallery galleries archive archives staff authors sitemap help faq faqs support
    register account sign log cookies cookie accessibility sponsored sponsor advertisement ad promoted anzeige
    publicidad suscribete abonnement abo abonnieren anmelden kontakt impressum datenschutz buscar inicio accueil
    startseite edition editions magazine settings view all see more topics tags sections section show
"""
"""Words of links that call to do something, or name a part of the page."""

PLATFORMS = """
    facebook.com twitter.com x.com instagram.com youtube.com youtu.be linkedin.com pinterest.com tiktok.com
    flipboard.com whatsapp.com wa.me t.me telegram.me reddit.com apple.com google.com spotify.com snapchat.com
    threads.net bsky.app amazon.com legacy.com paypal.com wordpress.com wordpress.org arcpublishing.com
    adobe.com w3.org creativecommons.org
"""
"""Sites that a news page links to, and that are no news."""

SIDE_HOSTS = """
    help support jobs careers shop store subscribe my account accounts login auth mail email newsletters
    newsletter ads advertise marketing about info events obituaries classifieds games myaccount cars homes
    coupons developer status
"""
"""First labels of hosts beside the news."""

MENU_CLASSES = """
    nav navbar navigation menu menubar footer breadcrumb breadcrumbs social share sharing tags taglist author authors
    byline cookie consent newsletter subscribe signup login toolbar skip language languages pagination pager legal
    comments contributors copyright contentinfo utility megamenu dropdown
"""
"""Words in the class, id or role of elements whose links are no stories."""

SPONSORED_CLASSES = """
    sponsor sponsored sponsors advert advertisement advertorial taboola outbrain paid partner
"""
"""Words in the class or id of elements whose links somebody paid for."""

STORY_CLASSES = """
    story stories article articles headline headlines teaser entry hentry post news
"""
"""Words in the class or id of elements that hold stories."""

SPONSORED_PATHS = """
    sponsored sponsor sponsor-content sponsored-content partner-content partnercontent paid-content paidpost paid-post
    brandlab brandvoice brand-studio brandstudio branded-content advertorial advertorials advertisement promo promoted
    native-advertising anzeige anzeigen publicidad publireportaje publicite contenu-partenaire
"""
"""Parts of a path that say that somebody paid for what is there."""
