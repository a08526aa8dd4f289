"""The language a text is written in: by its script, and among those that share one by their commonest words."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain

_READ = 2_000  # characters; more of a text says no more
_FEWEST_WORDS = 25
_CLEAR = 1.6  # times the runner-up
_SHARE = 0.10  # of all words must be common ones of the language

_SCRIPTS = (
    ("ja", re.compile("[\u3041-\u30fa]")),  # kana come first: Japanese is written with Chinese characters too
    ("ko", re.compile("[\uac00-\ud7a3]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("th", re.compile("[\u0e01-\u0e4e]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("hi", re.compile("[\u0904-\u0939]")),
)
_SOME_SCRIPT = re.compile("[\u0370-\u03ff\u05d0-\u0e4e\u3041-\u9fff\uac00-\ud7a3]")  # any of them
_OF_SCRIPT = 0.15  # of the characters

# Words so common that any page of a text has many; one that two languages share counts for both.
_COMMON = {
    "en": "the of and to in that for is was on with he it as at by from be has his have are this not said an but they",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er",
    "fr": "de la le et les des en un une du que est pour qui dans par sur au plus pas avec ce il sont a ne cette été",
    "es": "de la que el en y los del se las por un con no una su para es al lo como más o pero sus ha este fue desde",
    "it": "di e il la che in un per è una non con del della si da sono dei le al anche alla gli più nel ha delle come",
    "pt": "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao foi das são pelo sua ou",
    "nl": "de van het een en in is dat op te zijn met voor die niet aan er om ook als maar bij door naar uit heeft hij",
    "sv": "och i att det som en på är av för med den till inte har de ett om var han men sig från vi så kan när under",
    "no": "og i det som en på er av for med til at den ikke har de et om var han men seg fra vi så kan når etter ble",
    "da": "og i det at som en på er af for med til den ikke har de et om var han men sig fra vi så kan når efter blev",
    "fi": "ja on ei se että hän oli ovat mutta myös kun niin sen joka ole tai jo vain kuin mukaan sekä mitä nyt",
    "pl": "i w na z się nie do to że jest o jak po od przez za co dla ale są oraz już tym jego który była być tak",
    "cs": "a se v na je že s z do o k i za by pro ale jako po které od podle jsem jeho jsou který také byl však",
    "hu": "a az és hogy nem is egy ez volt meg de már csak ha mint azt el van még aki vagy lesz szerint ki után",
    "ro": "de și în a la cu pe care nu că un o din mai este pentru au ce fi prin dar sunt fost lui ca după sau",
    "tr": "ve bir bu da de için ile çok olarak olan daha ne gibi en o kadar sonra dedi ise ki var olduğunu",
    "id": "yang dan di ini itu dengan untuk pada dari dalam tidak akan oleh ke juga ada adalah karena bisa para",
    "vi": "và của là có được cho trong không người với các một những đã này khi để từ ra đến năm tại theo",
    "ru": "и в не на что с по как это он но из к за от для его был до также года уже все после при так их её этот",
    "uk": "і в не на що з по як це він але від для його та до у за про також року було все після при так їх",
    "bg": "и в на да не се за от че с по са ще като това си или до при към има след която който бъде още",
    "sr": "и у је да на се за су од са не као то али што који би из до која после када још према",
    "ar": "في من على إلى أن عن مع التي الذي هذا هذه ما لا كان قال بعد كما بين ذلك قد",
    "fa": "در به از که این را با است برای آن یک خود تا کرد بر هم نیز گفت شده می‌شود",
    "ur": "کے کی میں ہے کا اور سے کو نے پر کہ یہ ہیں اس بھی تھا کیا جو تو کر",
}
_SPOKEN_IN: dict[str, tuple[str, ...]] = {}
for _language, _words in _COMMON.items():
    for _word in set(_words.split()):
        _SPOKEN_IN[_word] = (*_SPOKEN_IN.get(_word, ()), _language)

_ALIKE = ({"no", "nb", "nn", "da"}, {"sr", "hr", "bs", "sh"}, {"id", "ms"}, {"fa", "prs"}, {"he", "iw"})


def language_of(text: str) -> str:
    """The language as a BCP 47 tag of two letters, "" where the text is short or does not say clearly."""
    text = text[:_READ]
    for language, script in _SCRIPTS if _SOME_SCRIPT.search(text) else ():
        if len(script.findall(text)) > _OF_SCRIPT * len(text) > 0:
            return language
    words = text.lower().split()
    if len(words) < _FEWEST_WORDS:
        return ""
    known = [_SPOKEN_IN[word] for word in words if word in _SPOKEN_IN]
    spoken = Counter(chain.from_iterable(known))
    (best, votes), (_, others) = [*spoken.most_common(2), ("", 0), ("", 0)][:2]
    return best if votes >= _SHARE * len(words) and votes >= _CLEAR * others else ""


def settled(claimed: str, text: str) -> str:
    """The language a page claims, unless its text plainly is in another; the text's own where nothing is claimed."""
    first = claimed.partition("-")[0].lower()
    if first not in _KNOWN and first:
        return claimed
    written = language_of(text)
    if not written or written == first or any({written, first} <= alike for alike in _ALIKE):
        return claimed
    return written


_KNOWN = {*_COMMON, *(language for language, _ in _SCRIPTS), "nb", "nn"}
