"""The names in a byline: "By Ann Lee and Bo Ruiz, Harbour Desk" → Ann Lee, Bo Ruiz."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from fetch.dates import MONTHS
from fetch.letters import letters_only

SiteNames: TypeAlias = frozenset[str]
"""What a site calls itself, as `folded_letters` has it."""

BY_ALONE = "by|von|vom|par|por|di|da|af|av|door|przez"
"""Words that stand before a name and say whose something is, by themselves."""
BY = re.compile(
    r"(?:^from|(?:^|[|·•⋅\s])(?:(?:story|written|words|text|article|posted|published|guide|review|analysis|interview|reported)\s+by"
    r"|(?:veröffentlicht|erstellt|geschrieben|verfasst|gespeichert|gepostet|eingestellt|beitrag|artikel)\s+von"
    r"|(?:publicado|escrito|postado)\s+por|(?:publié|écrit|rédigé)\s+par|(?:scritto|pubblicato)\s+da"
    rf"|{BY_ALONE}|oleh|texte de|testo di|автор|текст|كتب|بقلم|作者|文|記者|记者|撰文))\b"
    r"\s*[:：]?\s+(?=[^\W\d_])",
    re.I,
)
"""What a byline begins with, in the languages most news is written in."""

_AND = r"(?:and|und|et|y|e|och|og|en|i|ja|ve|и|dan|with|mit|avec)"
SPLIT = re.compile(
    rf"\s*(?:[;|•·⋅＆&\n、，]|(?<!\d)/|,\s+(?:{_AND}\s|&)|,\s+(?!(?:jr|sr|phd|md|ph\.d|m\.d|esq)\b)|\s{_AND}\s)\s*",
    re.I,
)
"""What stands between two names."""
_MAY_SPLIT = re.compile(rf"[;|•·⋅＆&\n、，/,]|\s{_AND}\s", re.I)  # asked first, as it is found faster
_PARTICLES = frozenset(
    """
    de da do dos du des di del della der den van von vom zu zur la le el al bin ibn ter ten af av y 't ’t van't van’t
    """.split()
)
_NOT_OF_A_NAME = frozenset(
    """
    writer writers editor editors reporter reporters correspondent contributor contributors contributing staff senior
    junior chief former deputy freelance freelancer author authors journalist columnist analyst content marketing
    executive associate assistant managing guest special digital business news last updated published posted reviewed
    written edited veröffentlicht aktualisiert redakteur redakteurin redaktion redaktor korrespondent korrespondentin
    chefredakteur autor autorin kontakt contact follow twitter email e-mail mail telefon tel phone rédacteur rédactrice
    journaliste redactor redactora periodista giornalista filed under expert reviewer contributions from by mins min
    read reading kategorie kategorien category categories tags view more alle artikel editorial admin administrator
    webmaster moderator anonymous unknown guest user personal time agencies agenturen agenzie
    """.split()
)
_NOT_OF_A_PERSON = _NOT_OF_A_NAME | frozenset(
    """
    watch live uhr am pm est edt pst gmt ist utc desk media shop shopping now get start join sign subscribe newsletter
    share study travel lifestyle sport sports politics politik wirtschaft kultur opinion entertainment culture health
    finance parenting blog podcast video photos show all articles
    """.split()
)
"""Words that only a house's or a section's name holds, or a button."""
_OFFICES = frozenset(
    """
    representative attorney lawyer developer coordinator engineer director professor president officer specialist
    strategist consultant researcher designer physician founder cofounder co-founder ceo cto manager analyst writer
    editor reporter correspondent contributor journalist columnist fellow counsel advisor adviser producer publisher
    geschäftsführer geschäftsführerin leiter leiterin sprecher sprecherin redakteur redakteurin
    """.split()
)
"""What people are: a part of a list that says so is no other person."""
_OF_DESKS = frozenset(
    """
    political politics sports sport health science education crime city foreign environment environmental technology
    tech legal economics economy financial finance arts culture entertainment diplomatic defence defense security home
    national local community transport religion royal consumer social data investigations investigative features travel
    climate world international europe asia africa washington white house
    """.split()
)
"""What reporters and editors are of."""
_NEVER = re.compile(r"^https?\b|www\.|@|\d{3}|\d[./:]\d|[*<>{}=?!:«»“”\"]", re.I)
_OFFICE = re.compile(r"\b(?:office|affairs|desk|command|agency|department|university|institute|press|team)\b", re.I)
_EDGES = " ,.:|–—-•·()[]&"


def names_in(text: str, site_names: SiteNames = frozenset(), *, people: bool = False) -> list[str]:
    """The names in a list of them, each up to the first word that is no part of a name; offices and houses end it.

    With `people`, only those that look like a person's: two to five words that begin with capitals. The name of the
    site itself ends a list.
    """
    found: list[str] = []
    text = text.replace("\xad", "")
    for part in SPLIT.split(text) if _MAY_SPLIT.search(text) else (text,):
        if not part.strip(_EDGES):
            continue
        name = _name(part, site_names)
        whole = part.strip(_EDGES).endswith(name)
        if (
            not name
            or (found and ((" " not in name and " " in found[-1]) or _is_no_person(part, name, site_names)))
            or (people and not (is_person(name) and (whole or _is_followed_by_office(part, name))))
        ):
            break
        found.append(name)
        if not whole:
            break  # more stands behind this name, so the list has ended
    return list(dict.fromkeys(found))


def _is_no_person(part: str, name: str, site_names: SiteNames) -> bool:
    """Whether a part of a list behind its first name is an office ("Trial Attorney") or the house ("Gazette Staff")."""
    words = part.casefold().split()
    if name[0].islower() and words[0] not in _PARTICLES:
        return True
    return (
        bool(_OFFICE.search(name))
        or not _OFFICES.isdisjoint(words)
        or folded_letters(words[0]) in site_names
        or is_house(name)
    )


def _is_followed_by_office(part: str, name: str) -> bool:
    behind = part[part.find(name) + len(name) :].casefold().split()
    return bool(behind) and behind[0].strip(_EDGES) in _NOT_OF_A_NAME


def is_house(name: str) -> bool:
    """Whether a name ends as those of companies and societies do."""
    return bool(_HOUSE.search(name))


_HOUSE = re.compile(
    r"(?:\s|^)(?:inc|ltd|llc|llp|plc|gmbh|mbh|ag|kg|kgaa|ug|e\.\s?v|s\.?r\.?l|s\.\s?a|s\.?p\.?a|b\.v|pty|corp|co\.,?\sltd"
    r"|limited|corporation|foundation|stiftung|verlag)\.?$|株式会社|有限公司|주식회사",
    re.I,
)


def _name(part: str, site_names: SiteNames) -> str:
    words: list[str] = []
    part = part.strip(_EDGES)
    if _SPEAKS.search(part):
        return ""
    given = part.split()
    if len(given) > 2 and given[0].casefold().endswith(_ROLES):
        given = _ROLE_BEFORE.sub("", part).split()
    plain = ""
    for at, word in enumerate(given):
        plain = word.strip(_EDGES).casefold()
        numbered = word[0].isdigit() and not (at == 1 and len(given) == 2)  # "Reporter 10" is a name
        dated = plain in MONTHS and not _is_of_a_name(given, at)
        if numbered or dated or _ends_name(word, plain, words) or (words and plain in site_names):
            break
        words.append(word)
        if word.endswith((",", ")")) or (word.endswith(".") and len(word) > 4 and len(words) > 1):
            break
    else:
        plain = ""
    while len(words) > 2 and plain in _NOT_OF_A_NAME and words[-1].casefold() in _OF_DESKS:
        words.pop()  # "Ida Quill Political Correspondent"
    while words and words[-1].casefold() in _PARTICLES:
        words.pop()
    name = " ".join(words).strip(_EDGES)
    if is_placeholder(name) or name.casefold() in _DETERMINERS:
        return ""
    return name if 1 < len(name) < 60 and len(words) <= 6 else ""


_SPEAKS = re.compile(
    r"\b(?:can|don|won|isn|aren|didn|doesn|couldn|shouldn|wouldn|haven|hasn|wasn|weren)[’']t\b"
    r"|\b(?:you|we|they)[’'](?:re|ll|ve)\b",
    re.I,
)
"""By which a headline of another story is known: "What Readers Can't Miss"."""
_DETERMINERS = frozenset("our the my their his her your you we this that".split())  # alone, what is left of no name


def is_placeholder(name: str) -> bool:
    """Whether a name is nothing but what stands where one is missing: "Admin", "Staff Writer"; "Redaktion" is shown."""
    words = {word.strip(_EDGES).casefold() for word in name.split()}
    return words <= _NOT_OF_A_NAME and "redaktion" not in words


_NO_VALUE = re.compile(
    r"undefined|null|none|\[object object\]|test(?:er|user)?\d*|root|(?:wp|web|site|super)?-?admin\d*|user[\s_-]?\d+"
    r"|author(?:'s)? name|(?:your|full|first|last) name|(?:john|jane) doe|lorem ipsum",
    re.I,
)
_DESK = re.compile(
    r"(?:la |die |der |unsere? |our (?:own )?|the )?(?:\w+[ -])?"
    r"(?:newsroom|news ?desk|web ?desk|(?:online|news|sports?)-? ?redaktion|redaktion"
    r"|redacción|redaccion|redação|redazione|rédaction|redactie|redakcja|redaktionen|редакция|correspondents?"
    r"|editorial board|wire service|news agency)(?: \w+)?",
    re.I,
)


def is_no_value(name: str) -> bool:
    """Whether a name is what a program has where nobody is named: "undefined", "wpadmin", "John Doe"."""
    return _NO_VALUE.fullmatch(name.strip()) is not None


def is_desk(name: str) -> bool:
    """Whether a name is a newsroom's or one of its desks: "Web Desk", "La rédaction", "Our Correspondent"."""
    return _DESK.fullmatch(name.strip()) is not None


_ROLES = tuple(
    """
    experte expertin autor autorin redakteur redakteurin korrespondent korrespondentin reporter reporterin kolumnist
    kolumnistin author writer
    """.split()
)
_ROLE_BEFORE = re.compile(rf"^(?:[\w-]*(?:{'|'.join(_ROLES)})\s+)(?=\S+\s+\S)", re.I)


def _is_of_a_name(words: list[str], at: int) -> bool:
    """Whether a month's name is a person's: "Tom May" or "April Lee", where no figures follow."""
    follows = words[at + 1 : at + 2]
    return words[at][0].isupper() and not any(word[0].isdigit() for word in follows) and (at > 0 or bool(follows))


def _ends_name(word: str, plain: str, before: list[str]) -> bool:
    """Whether a word is no part of the name that it follows; the first may be a rank ("Staff Sgt.")."""
    if _NEVER.search(word) or word[0] in "(–—-":
        return True
    if not before:
        return False
    small = word[0].islower() and plain not in _PARTICLES
    return plain in _NOT_OF_A_NAME or small or plain == "the"


def may_be_people(text: str) -> bool:
    """Whether a text opens as a person's name does: two words with capitals, or "van"; asked before all else."""
    words = text.strip(_EDGES).split(None, 2)
    if len(words) < 2:
        return False
    first, second = words[0], words[1]
    return (first[0].isupper() or first in _PARTICLES) and (second[0].isupper() or second in _PARTICLES)


def is_person(name: str) -> bool:
    """Whether a name is written as a person's: two to five words that begin with capitals, none of them an office."""
    words = name.split()
    if not 2 <= len(words) <= 5 or not any(len(word) > 2 for word in words):
        return False
    return all(word[0].isupper() or word in _PARTICLES for word in words) and not any(
        word.casefold().strip(_EDGES) in _NOT_OF_A_PERSON for word in words
    )


def is_any_named(names: Sequence[str], texts: Iterable[str]) -> bool:
    """Whether one of the texts says any word of these names: "Dr. Quill" for "Ida Quill, PhD"."""
    folded = [name.casefold() for name in names]
    words = {word for name in folded for word in _LONG_WORD.findall(name)} or set(folded)
    return any(word in text for text in map(str.casefold, texts) for word in words)


_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


def folded_letters(name: str) -> str:
    """The letters and figures of a name only, small, to compare names that differ in spelling."""
    return letters_only(name.casefold())
