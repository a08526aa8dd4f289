"""Bylines in Chinese, Japanese and Korean: "（记者 张三）", "記者王小明／台北報導", "文：山田 太郎", "김철수 기자".

In Chinese and Japanese a word says who is meant (reporter, text, editor), the names follow it, and something ends them:
the end of the text, a bracket, another such word, what the reporter did ("報導"). They are read in that order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

_HAN = r"\u4e00-\u9fff\u3400-\u4dbf々〆"
_KANA = r"\u3041-\u30fa\u30fcー"
_LETTER = rf"{_HAN}{_KANA}"
_REPORTER = (
    "記者|记者|通訊員|通讯员|特派員|特派员|编译|編譯|主笔|主筆|撰稿人|撰稿|撰文|采写|採寫|采访|採訪|執筆者|执笔人|執筆"
    "|执笔"
)
_WRITER = "作者|文字|取材・文|取材・構成|文・写真|文・構成|著者|筆者|ライター|聞き手|聞き手・構成|取材|文"
_EDITOR = "责任编辑|責任編輯|责编|責編|编辑|編輯|主编|編集"
_OTHER = (
    "摄影|攝影|撮影|写真|摄|攝|图|圖|校对|校對|审核|審核|来源|來源|原标题|制图|製圖|翻译|翻譯|监制|監製|编审|排版|校"
)
_DID = (
    "(?:綜合|综合|专题|專題|即時|即时|獨家|独家|現場|现场|联合|聯合|特稿|專訪|专访|综述)*"
    "(?:報導|報道|报道|报导|專訪|专访|電|电|訊|讯|撰|文)"
)

MAY_BE_CJK = re.compile(
    r"記者|记者|[编編][译譯]|作者|撰|文字|[执執][笔筆]|[采採][写寫]|著者|筆者|ライター|聞き手|取材|[编編][辑輯集]|[责責][编編]"
    rf"|文\s?[:：/／＝=|｜・]|[=＝・][{_LETTER} ]{{3,10}}[】）)\]］]|[／/][{_HAN}]{{0,6}}(?:報導|报道)|기자|글"
)
"""Whether a text may hold such a byline; asked before all else."""

_KOREAN = re.compile(
    r"(?:^|[\]\)=|/·,\s])((?:(?!기자명)[가-힣]{3}[\s·,]+){0,4}(?!기자명)[가-힣]{2,4})\s*(?:선임|수습|인턴|전문|객원)?\s?기자(?![가-힣]|\s(?:회견|간담))"
)
_KOREAN_LABEL = re.compile(
    r"(?:^|[\s|(\[])(?:글쓴이|글|기자명|기자|작성자)\s*(?:[:=]\s*|\s)([가-힣]{2,4})(?=$|[\s|)\],·])"
)
_NO_KOREAN_NAME = re.compile(
    r".*(?:부|팀|센터|신문|일보|뉴스|방송|논설|위원|특파|인턴|수습|선임|전문|객원)|(?:..|....)(?<=[국실원])"
)
_COMPOUND = frozenset("欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 东方 東方 皇甫 尉迟 公孙 令狐 慕容 夏侯 端木".split())
_LEARNT = re.compile(
    r"(?:从|從|在|获悉|獲悉|了解|看到|采访|採訪|注意|近日|昨|今|来到|來到|日前|發現|发现|联系|问|是|们|們|会|會|站|团|團|协|走)"
)
_ENDS = 60  # characters at the beginning and the end of a long text block
_MOST_NAMES = 6


class CjkByline(NamedTuple):
    """The names in such a byline, and how they are introduced: "labelled", or "edited" for who edited the story."""

    names: tuple[str, ...]
    how: str


class _Forms(NamedTuple):
    """How a byline is written in these scripts."""

    label: re.Pattern[str]
    any_label: re.Pattern[str]
    piece: re.Pattern[str]
    did: re.Pattern[str]
    before_office: re.Pattern[str]
    from_a_place: re.Pattern[str]
    at_its_desk: re.Pattern[str]


@cache
def _forms() -> _Forms:
    """Compiled once they are asked for: it takes longer than all other imports of extraction."""
    separator = r"\s*[:：/／|｜丨＝=・]\s*"
    return _Forms(
        # A reporter's paper stands before that word; the others begin a text, or follow what is no letter.
        label=re.compile(
            rf"(?:(?P<reporter>{_REPORTER})|(?<![{_LETTER}])(?P<writer>{_WRITER})|(?P<editor>{_EDITOR}))"
            rf"(?P<after>{separator}|\s*)"
        ),
        any_label=re.compile(rf"{_REPORTER}|作者|文字|{_EDITOR}|{_OTHER}"),
        piece=re.compile(rf"(?P<between>[、，,・·\s\u3000]*(?:(?<=[{_HAN}])[和与與及])?)(?P<run>[{_LETTER}]+(?:[·‧][{_LETTER}]+)*)"),
        did=re.compile(rf"(?:{_DID})$"),
        before_office=re.compile(
            rf"(?:^|[（(【［\[\s])([{_LETTER}]{{2,8}}(?:\s[{_LETTER}]{{1,6}})?)\s?(?:記者|记者)\s*(?:$|[)）】\]])"
        ),
        from_a_place=re.compile(
            rf"(?:^|[。」\s])[【（(\[［](?:[^】）)\]］=＝・]{{1,12}}[=＝]|[^】）)\]］=＝・]{{1,8}}(?:新聞|通信|社|紙)・)"
            rf"([{_LETTER}]{{2,6}}(?:\s[{_LETTER}]{{1,5}})?)[】）)\]］]"
        ),
        at_its_desk=re.compile(rf"^([{_HAN}]{{2,4}})[／/][{_HAN}]{{0,6}}?(?:{_DID})$"),
    )  # fmt: skip


def cjk_byline(text: str, *, japanese: bool) -> CjkByline | None:
    """The byline in a text block, None where it has none; in a long one it stands at the beginning or the end."""
    if ("기자" in text or "글" in text) and (names := _korean(text)):
        return CjkByline(names, "labelled")
    is_long = len(text) > 2 * _ENDS
    for part in (text[:_ENDS], text[-_ENDS:]) if is_long else (text,):
        if found := _in_part(part.strip(), japanese=japanese, is_prose=is_long):
            return found
    return None


def is_japanese(text: str) -> bool:
    """Whether a text in these scripts is Japanese: a tenth of it is kana."""
    return len(_IS_KANA.findall(text)) * 10 > len(text)


_IS_KANA = re.compile(r"[\u3041-\u30fa]")


def _in_part(text: str, *, japanese: bool, is_prose: bool) -> CjkByline | None:
    """The byline in a short text, or in the beginning or end of a long one."""
    forms = _forms()
    found: dict[str, dict[str, None]] = {"reporter": {}, "writer": {}, "editor": {}}
    for label in forms.label.finditer(text):
        kind = label.lastgroup if label.lastgroup != "after" else next(name for name in found if label[name])
        if not _begins(text, label, is_prose=is_prose):
            continue
        for name in _names_behind(text, label.end(), close=not label["after"], japanese=japanese):
            found[str(kind)][name] = None
    if names := found["writer"] | found["reporter"]:
        return CjkByline(tuple(names)[:_MOST_NAMES], "labelled")
    for pattern in (forms.before_office, forms.at_its_desk, *((forms.from_a_place,) if japanese else ())):
        if (other := pattern.search(text)) and (name := _single(other[1], japanese=japanese)):
            return CjkByline((name,), "labelled")
    return CjkByline(tuple(found["editor"]), "edited") if found["editor"] else None


def _begins(text: str, label: re.Match[str], *, is_prose: bool) -> bool:
    """Whether names may follow here: a word with a colon; else in prose at its beginning, or in a bracket."""
    before = text[: label.start()]
    if label["after"].strip():
        return True
    if label["writer"] == "文" or (not label["after"] and _DEED.fullmatch(label[0]) and before[-1:] not in _OPENS):
        return False
    if not is_prose:
        return True
    opened = max(map(before.rfind, _OPENS))
    closed = max(map(before.rfind, _CLOSES))
    return opened > closed or (len(before) < 12 and not _SENTENCE.search(before))


_OPENS, _CLOSES = tuple("（(【[〔［"), tuple("）)】]〕］")
_SENTENCE = re.compile(r"[，。,.;；！？]")
_DEED = re.compile("[采採][访訪写寫]|取材|[执執][笔筆]|撰[文稿]|[编編][译譯]")
"""What somebody did, rather than who: names follow it where something stands between."""


def _names_behind(text: str, at: int, *, close: bool, japanese: bool) -> Iterator[str]:
    """The names that begin there, to whatever ends them; `close`: nothing stands between them and their label."""
    forms = _forms()
    alone = ""  # a single character, which a space sets apart from the next: "张 伟"
    for number in range(_MOST_NAMES):
        piece = forms.piece.match(text, at)
        if piece is None or (number and not piece["between"]):
            break
        run, at = piece["run"], piece.end()
        label = forms.any_label.search(run)
        if label:
            run = run[: label.start()]
        name = _without_deed(run, "" if label else text[at : at + 1])
        of_another = number and (
            label or (name != run and piece["between"].isspace())
        )  # a paper or a place, behind names
        if of_another or _LEARNT.match(run) or _PICTURED.match(text[at : at + 6]):
            break
        if alone:
            name, alone = alone + name if len(name) == 1 else name, ""
        elif len(name) == 1 and not number and not label:
            alone = name
            continue
        if not _is_name(name, japanese=japanese) or (close and not number and text[at : at + 1] in _IN_A_SENTENCE):
            break
        given = forms.piece.match(text, at) if japanese and not label else None
        if given and given["between"].isspace() and len(given["run"]) <= 5 and len(name) <= 4:
            name, at = f"{name} {given['run']}", given.end()
        yield name
        if label or not name.replace(" ", "").startswith(run):
            break


_IN_A_SENTENCE = tuple("，,。：:；")
"""What does not follow a name that is written right behind its label: "作者张三说，"."""


def _single(written: str, *, japanese: bool) -> str:
    name = " ".join(written.split())
    return name if _is_name(name.replace(" ", ""), japanese=japanese) else ""


def _is_name(name: str, *, japanese: bool) -> bool:
    """Whether a run of characters is as long as a name, and no paper's or office's."""
    longest = 9 if japanese and _IS_KANA.search(name) else 6 if japanese else 4
    parts = re.split("[·‧]", name)
    if _NO_NAME.fullmatch(name) or len(parts[0]) < (1 if len(parts) > 1 else 2):
        return False
    return len(name) <= (14 if len(parts) > 1 else longest) and (japanese or not _IS_KANA.search(name))


_NO_NAME = re.compile(
    rf"(?:{_REPORTER})|.*(?:社|[網网报報]|新聞|新闻|編輯部|编辑部|編集部|電視台|电视台|中心|部|组|組|团队)"
)
_PICTURED = re.compile(r"[\s/／]*(?:摄|攝|撮影)(?![影\s]*[:：/／|｜丨影])")


def _without_deed(run: str, behind: str) -> str:
    """The name without the place and the deed that a paper writes right behind it: "王小明台北3日電", "张三报道"."""
    deed = _forms().did.search(run)
    name = run[: deed.start()] if deed else run
    if not deed and not behind.isdigit():
        return name
    family = 2 if name[:2] in _COMPOUND else 1
    if len(name) < 4 or "·" in name or _IS_KANA.search(name):
        return name
    return name[: family + (1 if len(name) == 4 and family == 1 else 2)]


def _korean(text: str) -> tuple[str, ...]:
    found = _KOREAN.search(text[:_ENDS]) or _KOREAN.search(text[-_ENDS:]) or _KOREAN_LABEL.match(text[:_ENDS])
    names = re.split(r"[\s·,]+", found[1]) if found else []
    return tuple(name for name in names if not _NO_KOREAN_NAME.fullmatch(name))
