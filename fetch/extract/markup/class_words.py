"""Words that page builders use in class names and ids the world over, and what they give away. Data only."""

# Name of the hint: pieces of words that give it away, whole words ("=ad"), and two words in a row ("read+more").
HINT_WORDS = {
    "share": """
        share social sharing =sns follow addthis shariff teilen partage compartir
    """,
    "related": """
        relat recirc recommend morestor readmore seealso =also trending popular mostread latest outbrain taboola =next
        further similar linkliste verwandt mehrzum meistgelesen ligatus topnews mgid zergnet read+more read+also
        see+also more+on more+from more+stories more+news more+articles most+read you+may mehr+zum lire+aussi
        leggi+anche relacionad
    """,
    "promo": """
        promo promot newsletter subscri signup paywall regwall membership donat
        =cta abonn =abo offer advertis =ad =ads =adv
        advert sponsor anzeige werbung publicidad banner mailing optin affiliate coupon =dfp =gpt adslot adunit
        sign+up call+to opt+in =jobs jobbox jobwidget jobboerse stellenmarkt stellenangebot spende spenden fundraising
        crowdfund support+us support+our
    """,
    "comment": """
        comment disqus respond kommentar discussion reactions =replies livefyre =forum reader+letters
    """,
    "author": """
        author =bio biograph contributor autor profile reporter =writer verfasser auteur avatar about+the
    """,
    "byline": """
        byline dateline timestamp =date publish updated =time postmeta entrymeta articlemeta =meta =metadata byinfo
        postinfo articleinfo by+line
    """,
    "caption": """
        caption credit bildunterschrift legende figure figcap wpmedia lightbox galler slideshow carousel slider swiper
    """,
    "tags": """
        =tag =tags tagged keyword =topic =topics categor =cat =cats taglist tagcloud breadcrumb taxonom schlagw
    """,
    "nav": """
        =nav navig menu paginat =pager paging toolbar =tool =tools jump =toc =tab =tabs accordion drawer dropdown
        button =btn table+of prev+next
    """,
    "aside": """
        sidebar aside =rail widget =right secondary complementary sidecol infobox factbox =box module callout inset
        pullout pullquote highlight side+bar info+box fact+box pull+quote
    """,
    "footer": """
        footer disclaim legal imprint colophon endnote copyright =rights after+content after+article after+post
    """,
    "header": """
        header masthead =head =top headline =title
    """,
    "hidden": """
        hidden =sr visually screenreader =hide invisible collapsed noprint modal popup overlay tooltip cookie consent
        gdpr alert notice sr+only no+print
    """,
    "dek": """
        =dek standfirst intro =lead =lede subtitle subhead subhed =summary excerpt abstract teaser chapo vorspann
        description kicker =deck sommario entradilla preamble =sapo sub+title sub+head
    """,
    "body": """
        articlebody articletext articlecontent articlecopy articlemain storybody storytext storycontent entrycontent
        entrytext postbody postcontent posttext contentbody contenttext bodytext bodycopy bodycontent newsbody
        newstext newscontent richtext maincontent maintext textbody textcontent paragraph artikeltext artikelinhalt
        fulltext corps article+body article+text article+content article+copy article+main article+paragraph
        story+body story+text story+content story+copy entry+content entry+text post+body post+content post+text
        content+body content+text body+text body+copy body+content news+body news+text news+content rich+text
        main+content main+text text+body text+content
    """,
    "text": """
        =body =text =content =entry =story =post =copy =prose =detail =details =main =single
    """,
    "player": """
        video audio player podcast =embed twitter tweet instagram facebook youtube iframe
    """,
    "live": """
        liveblog livefeed liveticker liveupdate timeline live+blog live+feed live+ticker live+update
    """,
    "product": """
        product price shop =buy rating ingredient =poll quiz survey calculator =form review+box review+score
        recipe+card
    """,
}

# The same of boxes that ask the reader for something, or advertise; "promotion" may be what a story is about.
BOX_WORDS = """
    newsletter signup sign+up donat spende support+us supportus jobbox job+box jobs+box jobwidget job+widget jobs+widget
    jobs+list job+list job+teaser jobs+teaser jobs+market stellenmarkt stellenang paywall subscri crowdfund fundrais
    fundraising advertis stellenangebot spenden mailing advert sponsor promo =ad =ads =abo optin opt+in
"""
