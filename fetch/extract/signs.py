"""What can be seen of a passage that tells the story from what stands around it, as named signs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fetch.extract.hints import BIT, NAMES
from fetch.extract.stream import Holder, Passage

_LENGTHS = (12, 25, 45, 80, 140, 250, 500)
_KINDS = {
    "p": "p",
    "li": "li",
    "td": "td",
    "th": "td",
    "pre": "pre",
    "figcaption": "caption",
    "caption": "caption",
    "credit": "caption",
}
_KINDS |= {f"h{level}": "h" for level in range(1, 7)} | {"dd": "li", "dt": "li"}
_SENTENCE_ENDS = ".!?…”\"'’»。！？」』।؟"
_FULL_STOPS = re.compile(r"[.!?](?=\s|$)|[。！？।؟]")
# Wording that is about the page and not the story, in the languages of the table; each a sign of its own.
_WORDINGS = {
    "prompt": r"^\W*(?:read (?:more|also|next|the full|our)|see also|also (?:read|see|on)|related\b|more (?:on|from|about|stories|news)\b|watch\b|listen\b"
    r"|recommended|click here|learn more|find out more|continue reading|keep reading|view (?:all|more|gallery)|show more|load more|for more\b|check out"
    r"|lesen sie|mehr (?:zum|zu|dazu|infos)|lire aussi|à lire|lea (?:también|más)|leer más|leia (?:mais|também)|veja|leggi anche|lees (?:ook|meer)"
    r"|читайте|czytaj|zobacz|läs (?:mer|också)|les også|læs også|baca juga|もっと|関連|相关|延伸阅读|اقرأ|यह भी|ver más|en savoir plus|weitere|zum thema)",
    "newsletter": r"newsletter|sign(?:ing)? up|subscri|inbox|our app\b|download the|app store|google play|abonn|registrier|melde[nt]? (?:sie|dich)"
    r"|suscr[ií]b|inscrive[zr]|iscrivi|рассылк|подпис|注册|订阅|登録|push[- ]?(?:notif|mitteil)|get the latest|delivered|never miss|membership|become a member"
    r"|support (?:us|our|independent)|donat(?:e|ion)|whatsapp|telegram",
    "follow": r"follow (?:us|me|him|her|them|@)|\bon (?:twitter|facebook|instagram)|like us|share (?:this|on|via)|tweet|@\w+|facebook|instagram|twitter"
    r"|linkedin|youtube|tiktok|teilen|partager|compart[ei]|folge[nt]? (?:sie|uns)|suivez|síguenos|siga|segui",
    "rights": r"©|\(c\) ?(?:19|20)\d\d|copyright|all rights reserved|may not be (?:published|reproduced|broadcast)|alle rechte|tous droits|derechos reservados"
    r"|diritti riservati|reproduction|republish|reprint|terms (?:of|and)|privacy policy|disclaimer|cookie",
    "comments": r"comment|kommentar|leserbrief|reply|discuss|join the conversation|leave a|log in|sign in|logged in|anmelden|опрос|评论|コメント",
    "credit": r"^\W*(?:photo|foto|bild|image|picture|video|source|quelle|credit|crédit|fuente|graphic|illustration)s?\b[^.]{0,60}(?:by|:|/|credit|courtesy)"
    r"|getty|reuters|\bafp\b|\bap photo|shutterstock|istock|picture alliance|\bdpa\b|file photo|pixabay|unsplash",
    "contact": r"\b[\w.+-]+@[\w-]+\.\w+|e-?mail|contact (?:us|the)|reach (?:him|her|out|me)|tip(?:s|line)?\b|send us|write to us|kontakt|hotline|phone|\btel[.:]",
    "about": r"^\W*(?:about (?:the )?(?:author|us|this)|über den autor|[\w .'-]{3,40} is (?:an?|the) (?:\w+[ -]){0,4}(?:writer|reporter|editor|journalist"
    r"|correspondent|columnist|author|freelance|professor|contributor|senior|staff|former))|additional reporting|contributed to|reporting by|editing by"
    r"|compiled by|this (?:article|story|post|piece) (?:was|is|has|originally|first)|originally published|first (?:appeared|published)|editor.s note",
    "byline": r"^\W*(?:by|von|par|por|di|from|written by|story by|posted by|text|автор)\s+[A-ZÄÖÜÉА-Я][\w'’.-]+(?:\s+[\w'’.&,-]+){0,6}\W*$",
    "dated": r"^\W*(?:(?:published|updated|posted|last|on|mon|tue|wed|thu|fri|sat|sun|stand|veröffentlicht|aktualisiert|publié|publicado)\w*\W+){0,3}"
    r"(?:\d{1,2}[./ -](?:\d{1,2}|[^\W\d]{3,9}\.?)[./ -]+\d{2,4}|[^\W\d]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{1,2}:\d{2}|\d+ (?:min|hour|day|week|month)s?)",
    "tags": r"^\W*(?:tags?|topics?|filed under|categor(?:y|ies)|keywords?|schlagw|schlagworte|themen|mots-clés|etiquetas|теги|标签|posted in|more about)\s*[:：]",
    "advert": r"^\W*(?:advertisement|advertising|anzeige|werbung|publicité|publicidad|reklam|sponsored|promoted|ad\b|广告|広告|реклама|story continues below|article continues)",
    "minutes": r"\b\d+[- ]min(?:ute)?s?\b.{0,8}read|lesezeit|reading time|read time|views?\b.{0,4}$|\d+ (?:shares|comments|likes|views)",
    "call": r"\bclick\b|\bvisit (?:our|us|the)|\bbuy (?:now|it|tickets)|\border now|\bshop\b|\bfree trial|get started|book now|\bdeal\b|coupon|affiliate|commission",
}
_WORDING = {name: re.compile(pattern, re.I) for name, pattern in _WORDINGS.items()}
_ANY_WORDING_BELOW = 600
_BOILER_HEADING = re.compile(
    r"^\W*(?:related|more (?:on|from|stories|news|about|in)|read (?:more|next|also)|recommended|most (?:read|popular|viewed)|trending|popular|latest|comments?\b|\d+ comments?"
    r"|leave a (?:reply|comment)|about the author|about us|share|follow|newsletter|sign up|subscribe|tags|topics|you (?:may|might) (?:also|like)|up next|see also|references?$"
    r"|sources?$|footnotes?$|further reading|don.t miss|editor.s picks|contact|advert|sponsored|what do you think|join|upcoming|recent|similar|other|categories|archive|footer"
    r"|mehr zum|mehr aus|weitere|das könnte|auch interessant|kommentare|verwandte|meistgelesen|schlagw|themen|über den autor|lesen sie|passend|newsletter"
    r"|à lire|sur le même|articles? lié|commentaires|dans la même|lo más|más sobre|comentarios|te puede|leia (?:mais|também)|veja também|mais lidas|leggi anche|commenti"
    r"|lees ook|meer over|reacties|читайте|комментарии|похожие|zobacz|komentarze|ilgili|yorum|läs (?:mer|också)|les også|baca juga|berita|関連|コメント|相关|评论|관련)",
    re.I,
)


class Context:
    """What is known of the whole stream while its passages are looked at, and of the article from the page's head."""

    __slots__ = ("article", "byline", "claimed", "dek", "groups", "headline", "likes", "telling", "total", "within")

    def __init__(
        self, passages: Sequence[Passage], claimed: str, headline: str, dek: str, authors: Sequence[str] = ()
    ) -> None:
        self.byline = [squeezed(author).casefold() for author in sorted(authors, key=len, reverse=True)]
        self.claimed, self.headline, self.dek = squeezed(claimed), squeezed(headline), squeezed(dek)
        self.groups: dict[Holder | None, int] = {}
        self.likes: dict[tuple[str, int], int] = {}
        self.total = 1
        articles: dict[Holder | None, int] = {}
        for passage in passages:
            mass = len(passage.text) - 2 * passage.linked
            if mass > 40:
                holder = passage.holder
                self.total += mass
                self.groups[holder.parent] = self.groups.get(holder.parent, 0) + mass
                self.likes[passage.kind, holder.own] = self.likes.get((passage.kind, holder.own), 0) + mass
                articles[holder.article] = articles.get(holder.article, 0) + mass
        self.article = max(articles, key=lambda article: articles[article]) if len(articles) > 1 else None
        self.within = _most(passages, self.total)
        self.telling = ~_common(passages, self.total)


_COMMON_SHARE = 0.6


def _most(passages: Sequence[Passage], total: int) -> str:
    """What most of the text stands within, where that is one and the same kind of element ("form", "table")."""
    masses: dict[str, int] = {}
    for passage in passages:
        within = passage.holder.within
        masses[within] = masses.get(within, 0) + max(0, len(passage.text) - 2 * passage.linked)
    return next((within for within, mass in masses.items() if mass > _COMMON_SHARE * total), "")


def _common(passages: Sequence[Passage], total: int) -> int:
    """The hints that most of the text stands under, from its start: they name the page ("comments-open"), not a part."""
    masses: dict[int, int] = {}
    first: list[int] = []
    for passage in passages:
        mass = len(passage.text) - 2 * passage.linked
        if mass > 40:
            hints = passage.holder.around | passage.holder.own
            masses[hints] = masses.get(hints, 0) + mass
            if mass > 80 and len(first) < 3:
                first.append(hints)
    common = 0
    for bit in BIT.values():
        under = sum([mass for hints, mass in masses.items() if hints & bit])
        if under > _COMMON_SHARE * total and 2 * sum([bool(hints & bit) for hints in first]) > len(first):
            common |= bit
    return common & ~BIT["body"]


def signs_of(passages: Sequence[Passage], context: Context) -> list[list[str]]:
    """The signs of each passage, in order."""
    prose = [_is_prose(passage) for passage in passages]
    before_first = next((at for at, good in enumerate(prose) if good), len(prose))
    after_last = len(prose) - next((at for at, good in enumerate(reversed(prose)) if good), len(prose))
    passed = 0
    seen: set[str] = set()
    heading: Passage | None = None
    over = ""
    found: list[list[str]] = []
    top = next(
        (at for at, passage in enumerate(passages) if context.headline and squeezed(passage.text) == context.headline),
        0,
    )
    for at, passage in enumerate(passages):
        signs = _basics(passage, context, prose[at])
        kind, text = signs[0], passage.text
        if at < top:
            signs.append("above headline prose" if prose[at] else "above headline")
        signs.append(f"around:{_side(prose, at - 1)}{_side(prose, at + 1)} {kind}")
        if at < before_first:
            signs.append("place:head")
        elif at >= after_last:
            signs.append(f"place:tail {min(at - after_last, 5)}")
        signs.append(_passed(passed / context.total))
        if len(text) > 40:
            passed += max(0, len(text) - 2 * passage.linked)
        if kind == "h":
            heading, over = passage, _heading(passage)
            if over:
                signs.append(f"heading:{over}")
        elif heading is not None and over:
            near = "near" if _inside(passage.holder, heading.holder.parent) else "far"
            signs.append(f"under:{over} {near}{' prose' if prose[at] else ''}")
        if text in seen:
            if prose[at] and text == passages[at - 1].text:
                found[-1].append("lead")
            else:
                signs.append("again prose" if prose[at] else "again")
        seen.add(text)
        found.append(signs)
    return found


def _side(prose: list[bool], at: int) -> str:
    return "p" if 0 <= at < len(prose) and prose[at] else "-"


def _passed(share: float) -> str:
    """How much of the text has gone by."""
    for limit in (0.0, 0.1, 0.5, 0.9, 0.999):
        if share <= limit:
            return f"passed <={limit}"
    return "passed all"


def _heading(passage: Passage) -> str:
    """What a heading says of what follows: "boiler" for "Related" and the like, "linked" where it leads elsewhere."""
    if _BOILER_HEADING.search(passage.text):
        return "boiler"
    return "linked" if passage.linked >= 0.9 * len(passage.text) else ""


def _inside(holder: Holder | None, above: Holder | None) -> bool:
    while holder is not None:
        if holder is above:
            return True
        holder = holder.parent
    return False


def _is_prose(passage: Passage) -> bool:
    text = passage.text
    return (
        len(text) > 60 and passage.linked * 3 < len(text) and passage.kind[0] != "h" and bool(_FULL_STOPS.search(text))
    )


def _basics(passage: Passage, context: Context, prose: bool) -> list[str]:
    """The signs a passage has by itself, its kind first."""
    text, holder = passage.text, passage.holder
    length = len(text)
    kind = _KINDS.get(passage.kind, "div")
    size = sum(length >= limit for limit in _LENGTHS)
    links = _share(passage.linked / length)
    end = "." if text[-1] in _SENTENCE_ENDS else ":" if text[-1] in ":：" else "-"
    group = context.groups.get(holder.parent, 0) / context.total
    stops = min(3, len(_FULL_STOPS.findall(text)))
    signs = [
        kind,
        f"{kind} {size}",
        f"links {links} {'short' if length < 60 else 'long'}",
        f"links {links} {kind}",
        f"end {end} {kind}",
        f"end {end} {min(size, 4)}",
        f"stops {stops} {kind}",
        f"group {_share(group)}",
        f"like {_share(context.likes.get((passage.kind, holder.own), 0) / context.total)}",
    ]
    if holder.within and holder.within != context.within:
        signs.append(f"within:{holder.within}{' prose' if prose else ''}")
    if context.article is not None and holder.article is not context.article:
        signs.append(f"other article{' prose' if prose else ''}")
    signs += _hinted("own", holder.own & context.telling, prose) + _hinted("in", holder.around & context.telling, prose)
    if passage.styled >= 0.9 * length:
        signs.append(f"styled {kind} {'short' if length < 80 else 'long'}")
    if length < _ANY_WORDING_BELOW:
        tag = "" if length < 160 else " long"
        signs += [name + tag for name, pattern in _WORDING.items() if pattern.search(text)]
    if text.isupper() and length > 3:
        signs.append("capitals")
    return signs + _known(text, kind, group, context)


def _share(share: float) -> str:
    return (
        "0"
        if not share
        else "<.05"
        if share < 0.05
        else "<.25"
        if share < 0.25
        else "<.6"
        if share < 0.6
        else "<.9"
        if share < 0.9
        else "1"
    )


def _hinted(where: str, hints: int, prose: bool) -> list[str]:
    if not hints:
        return []
    return [f"{where}:{name}{' prose' if prose else ''}" for at, name in enumerate(NAMES) if hints >> at & 1]


def _known(text: str, kind: str, group: float, context: Context) -> list[str]:
    """How the passage compares with what the page's head says: articleBody, headline, description."""
    key = squeezed(text)
    signs = []
    if context.claimed:
        part = key if len(key) <= 80 else key[:40] if key[:40] in context.claimed else key[-40:]
        signs.append(
            f"claimed {'yes' if part in context.claimed else 'no'} {'long' if len(key) > 25 else 'short'} {kind}"
        )
    if context.byline and len(key) < 90 and _names_only(key.casefold(), context.byline):
        signs.append("same:byline")
    if key and len(key) < 400:
        if key == context.headline:
            signs.append("same:headline")
        if key == context.dek or (len(key) > 40 and context.dek.startswith(key[:-3])):
            signs.append(f"same:dek {_share(group)}")
    return signs


_BY_WORDS = re.compile(
    r"by|from|von|par|por|di|da|af|av|door|text|story|written|posted|and|und|et|y|e|och|og|автор|作者|記者|记者|文"
)


def _names_only(key: str, names: Sequence[str]) -> bool:
    """Whether a text holds the authors' names and nothing else but the words of a byline."""
    rest = key
    for name in names:
        rest = rest.replace(name, "")
    return rest != key and not _BY_WORDS.sub("", rest)


_NOT_WORDS = re.compile(r"\W+")


def squeezed(text: str) -> str:
    """The letters and figures of a text only, to compare texts that differ in white space, quotes and dashes."""
    return _NOT_WORDS.sub("", text)
