"""Bylines in Chinese, Japanese and Korean: "（记者 张三）", "記者王小明／台北報導", "文：山田 太郎", "김철수 기자"."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

_HAN = r"\u4e00-\u9fff\u3400-\u4dbf々〆"
_KANA = r"\u3041-\u30ffー"
_REPORTER = "記者|记者|通訊員|通讯员|特派員|特派员"
_WRITER = "作者|撰文|撰稿|文字|执笔|執筆|取材・文|取材・構成|文・写真|著者|筆者|ライター|文"
_EDITOR = "责任编辑|責任編輯|责编|責編|编辑|編輯"
_BETWEEN = r"[、，,・\s]++|[和与與及]"
_NAME = rf"[{_HAN}]{{2,4}}(?:·[{_HAN}]{{1,6}})?|[{_HAN}]\s[{_HAN}](?![{_HAN}])|[{_HAN}{_KANA}]{{2,9}}"
_NAMES = rf"(?:{_NAME})(?:(?:{_BETWEEN})(?:{_NAME})(?![/／:：])){{0,3}}"  # more would take time beyond all measure
_WIRE = rf"(?:[/／\s]*[{_HAN}]{{2,8}})?(?:\d{{1,2}}日)?(?:綜合|综合|專訪|现场)?(?:電|电|報導|報道|报道|讯|訊)"

MAY_BE_CJK = re.compile(
    r"記者|记者|作者|撰文|撰稿|文字|执笔|執筆|著者|筆者|ライター|文\s?[:：/／＝=]|编辑|編輯|责编|責編|기자|글"
)
"""Whether a text may hold such a byline; asked before all else."""

_KOREAN = re.compile(
    r"(?:^|[\]\)=|/·,\s])((?:[가-힣]{3}[\s·,]+){0,4}[가-힣]{2,4})\s*(?:선임|수습|인턴|전문|객원)?\s?기자(?![가-힣]|\s(?:회견|간담))"
)
_KOREAN_LABEL = re.compile(r"(?:^|[\s|(\[])(?:글쓴이|글|기자|작성자)\s*(?:[:=]\s*|\s)([가-힣]{2,4})(?=$|[\s|)\],·])")
_NO_KOREAN_NAME = re.compile(
    r".*(?:부|팀|센터|신문|일보|뉴스|방송|논설|위원|특파|인턴|수습|선임|전문|객원)|(?:..|....)(?<=[국실원])"
)
_COMPOUND = frozenset("欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 东方 東方 皇甫 尉迟 公孙 令狐 慕容 夏侯 端木".split())
_LEARNT = re.compile(
    r"^(?:从|從|在|获悉|獲悉|了解|看到|采访|採訪|注意|近日|昨|今|来到|來到|日前|發現|发现|联系|问|是|们|們)"
)
_ENDS = 60  # characters at the beginning and the end of a long text block


class CjkByline(NamedTuple):
    """The names in such a byline, and how they are introduced: "labelled", or "edited" for who edited the story."""

    names: tuple[str, ...]
    how: str


class _Forms(NamedTuple):
    """How a byline is written in these scripts, and who edited a story."""

    bylines: tuple[re.Pattern[str], ...]
    edited: re.Pattern[str]


@cache
def _forms() -> _Forms:
    """Compiled once they are asked for: it takes longer than all other imports of extraction."""
    labelled = re.compile(
        rf"(?:^|[\s（(【\[|｜／/])(?:{_REPORTER}|{_WRITER})\s*[:：/／|｜丨＝=]\s*(?:{_REPORTER})?\s*({_NAMES})(?=$|[^{_HAN}{_KANA}])"
    )
    in_brackets = re.compile(
        rf"[（(【\[][^（()）【】\[\]]{{0,12}}?(?:{_REPORTER})\s*[:：]?\s*({_NAMES})(?:{_WIRE})?[^（()）【】\[\]]{{0,8}}[)）】\]]"
    )
    on_its_own = re.compile(
        rf"^(?:[{_HAN}]{{1,8}}?)?(?:{_REPORTER})\s*({_NAMES})\s*(?:$|[/／|｜]|(?:{_WIRE})|\d{{1,2}}日)"
    )
    writer_on_its_own = re.compile(rf"^(?:作者|撰文|執筆|執筆者|著者|ライター)\s+({_NAMES})\s*$")
    before_office = re.compile(
        rf"(?:^|[（(【\[\s])([{_HAN}{_KANA}]{{2,8}}(?:\s[{_HAN}{_KANA}]{{1,6}})?)\s?(?:記者|记者)\s*(?:$|[)）】\]])"
    )
    edited = re.compile(rf"(?:{_EDITOR})\s*[:：]\s*({_NAMES})(?=$|[^{_HAN}{_KANA}])")
    return _Forms((in_brackets, labelled, on_its_own, writer_on_its_own, before_office), edited)


def cjk_byline(text: str, *, japanese: bool) -> CjkByline | None:
    """The byline in a text block, None where it has none; in a long one it stands at the beginning or the end."""
    if ("기자" in text or "글" in text) and (names := _korean(text)):
        return CjkByline(names, "labelled")
    forms = _forms()
    for part in (text,) if len(text) <= 2 * _ENDS else (text[:_ENDS], text[-_ENDS:]):
        for pattern in (*forms.bylines, forms.edited):
            found = pattern.search(part.strip())
            if found and (names := _apart(found[1], part.strip()[found.end(1) :], japanese=japanese)):
                return CjkByline(names, "edited" if pattern is forms.edited else "labelled")
    return None


def is_japanese(text: str) -> bool:
    """Whether a text in these scripts is Japanese: a tenth of it is kana."""
    return len(_IS_KANA.findall(text)) * 10 > len(text)


_IS_KANA = re.compile(r"[\u3041-\u30fa]")


def _apart(names: str, behind: str, *, japanese: bool) -> tuple[str, ...]:
    """The single names in a list of them; a space stands inside a Japanese name, and between two Chinese ones."""
    if _LEARNT.match(names) or _PICTURED.match(behind):
        return ()
    if japanese and not re.search(r"[、，,・]", names):
        return (" ".join(names.split()[:2]),)
    if re.fullmatch(rf"(?:[{_HAN}]\s[{_HAN}])", names):
        return ("".join(names.split()),)
    parts = [" ".join(part.split()) for part in re.split(r"[、，,・]+|[和与與及]" if japanese else _BETWEEN, names)]
    return tuple(_without_place(part, behind) for part in parts if len(part) > 1 and not _NO_NAME.fullmatch(part))


_NO_NAME = re.compile(rf"{_REPORTER}|.*(?:社|[網网報报]|新聞|新闻|編輯部|编辑部|電視台|电视台)")
_PICTURED = re.compile(r"[\s/／]*(?:摄|攝|撮影)")


def _without_place(name: str, behind: str) -> str:
    """The name without the place that a wire's line writes right behind it: "王小明台北3日電"."""
    family = 2 if name[:2] in _COMPOUND else 1
    place = _PLACE.match(behind)
    run = name + place[1] if place else name
    if len(run) < (4 if place else 5) or "·" in name or _IS_KANA.search(name):
        return name
    return run[: family + (1 if len(run) == 4 else 2)]


_PLACE = re.compile(rf"([{_HAN}]*?)(?:\d|電|电|報|报|讯|訊)")


def _korean(text: str) -> tuple[str, ...]:
    found = _KOREAN.search(text[:_ENDS]) or _KOREAN.search(text[-_ENDS:]) or _KOREAN_LABEL.match(text[:_ENDS])
    names = re.split(r"[\s·,]+", found[1]) if found else []
    return tuple(name for name in names if not _NO_KOREAN_NAME.fullmatch(name))
