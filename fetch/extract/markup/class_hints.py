"""What class names and ids give away: words that page builders use the world over, as a table."""

from __future__ import annotations

import re

# Name of the hint: pieces of words that give it away, whole words ("=ad"), and two words in a row ("read+more").
_TABLE = {
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
        promo newsletter subscri signup paywall regwall membership donat =cta abonn =abo offer advertis =ad =ads =adv
        advert sponsor anzeige werbung publicidad banner mailing optin affiliate coupon =dfp =gpt adslot adunit
        sign+up call+to opt+in
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
NAMES = tuple(_TABLE)
BIT = {name: 1 << at for at, name in enumerate(NAMES)}
_WHOLE: dict[str, int] = {}
_PAIRS: dict[tuple[str, str], int] = {}
_PIECES: dict[str, int] = {}
for _name, _words in _TABLE.items():
    for _word in _words.split():
        if "+" in _word:
            _first, _second = _word.split("+")
            _PAIRS[_first, _second] = BIT[_name] | _PAIRS.get((_first, _second), 0)
        elif _word[0] == "=":
            _WHOLE[_word[1:]] = BIT[_name]
        else:
            _PIECES[_word] = BIT[_name]
_PIECE = re.compile("|".join(sorted(_PIECES, key=len, reverse=True)))
_STARTS = frozenset(first for first, _ in _PAIRS)
_CLASS_OR_ID = re.compile(r' (?:class|id|itemprop|role|data-(?:testid|component|component-name|type|role))="([^"]+)"')
_HIDDEN = re.compile(r'\bhidden=""|style="[^"]*display:\s*none|aria-hidden="true"')
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


def hints_in(attributes: str) -> int:
    """The hints, as bits, in the attributes of a tag as lexbor prints them."""
    found = _read.get(attributes)
    if found is None:
        found = _hints_in(attributes)
        if len(attributes) < _LONG_TAG:
            if len(_read) > _MOST_KNOWN:
                _read.clear()
            _read[attributes] = found
    return found


def _hints_in(attributes: str) -> int:
    found = 0
    for names in _CLASS_OR_ID.findall(attributes):
        found |= hints_of(names)
    if ("hidden" in attributes or "display:" in attributes) and _HIDDEN.search(attributes):
        found |= BIT["hidden"]
    return found


def hints_of(names: str) -> int:
    """The hints, as bits, in class names or an id."""
    found = _seen.get(names)
    if found is None:
        if len(_seen) > _MOST_KNOWN:
            _seen.clear()
        found = _seen[names] = _spell(names) if len(names) <= _ROLL_CALL else 0
    return found


def _spell(names: str) -> int:
    found, before = 0, ""
    for written in _WORD.findall(names):
        word = written.lower()
        found |= _known.get(word) or (0 if word in _known else _learn(word))
        if before in _STARTS:
            found |= _PAIRS.get((before, word), 0)
        before = word
    return found


_ROLL_CALL = 160  # letters: longer lists name categories, tags and every margin, not what the element is for
_LONG_TAG = 200  # letters: what is longer carries the page's own addresses and figures, and comes only once
_read: dict[str, int] = {}
_seen: dict[str, int] = {}
_known: dict[str, int] = {}
_MOST_KNOWN = 8_000


def _learn(word: str) -> int:
    """The hints in one word, remembered: the same few thousand words build all class names."""
    if len(_known) > _MOST_KNOWN:
        _known.clear()
    found = _WHOLE.get(word, 0)
    if 3 < len(word) < 40:
        for piece in _PIECE.findall(word):
            found |= _PIECES[piece]
    _known[word] = found
    return found
