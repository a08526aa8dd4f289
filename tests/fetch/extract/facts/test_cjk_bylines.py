"""Bylines in Chinese, Japanese and Korean, as papers write them; every name is made up."""

import pytest

from fetch.article import Article
from fetch.extract import extract
from fetch.extract.facts.cjk_bylines import cjk_byline, is_japanese

PROSE = {
    "zh": "港口委员会昨天开会，听取了关于东防波堤的报告，与会者认为工程今年还不能完成，明年春天再作决定。",
    "ja": "港湾委員会は三日に会議を開き、東の防波堤についての報告を聞いたが、工事はまだ終わっていないという。",
    "ko": "항만위원회는 삼일 회의를 열고 동쪽 방파제에 관한 보고를 들었으나 공사는 아직 끝나지 않았다고 한다.",
}
HEADLINES = {"zh": "东防波堤仍未完工", "ja": "東の防波堤はまだ完成していない", "ko": "동쪽 방파제 아직 끝나지 않아"}


def read(lang: str, byline: str = "", foot: str = "", head: str = "") -> Article:
    text = "".join(f"<p>{PROSE[lang]}第{n}。{PROSE[lang]}</p>" for n in range(4))
    page = (
        f"<!doctype html><html lang={lang}><head><meta charset=utf-8><title>{HEADLINES[lang]}</title>{head}</head>"
        f"<body><main><article><h1>{HEADLINES[lang]}</h1>{byline}{text}{foot}</article></main></body></html>"
    )
    return extract(page.encode(), "https://harbour.example/2024/mole")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("（记者 张三 李四）", ("张三", "李四")),
        ("（记者张三、李四）", ("张三", "李四")),
        ("新华社港城5月3日电（记者张三、李四）" + PROSE["zh"] * 3, ("张三", "李四")),
        (PROSE["zh"] * 3 + "（记者 张三）", ("张三",)),
        ("記者王小明／港城報導", ("王小明",)),
        ("本報記者王小明", ("王小明",)),
        ("（中央社記者王小明港城3日電）", ("王小明",)),
        ("記者歐陽小明港城報導", ("歐陽小明",)),
        ("来源：港城网 作者：张 伟", ("张伟",)),
        ("2024年05月03日 | 记者：李四", ("李四",)),
        ("作者：记者王小明", ("王小明",)),
        ("记者 张三 通讯员 李四", ("张三", "李四")),
        ("文／陳小華", ("陳小華",)),
        ("文/张三 图/李四", ("张三",)),
        ("〔記者林怡君／港城報導〕", ("林怡君",)),
        ("〔編譯陳成良／綜合報導〕", ("陳成良",)),
        ("王小明／港城報導", ("王小明",)),
        ("記者 王小明 港城報導", ("王小明",)),
        ("聯合報 記者王小明／港城即時報導", ("王小明",)),
        ("采写：港城报记者 张三", ("张三",)),
        ("撰稿人：张三 编辑：李四", ("张三",)),
        ("作者丨张三 编辑丨李四", ("张三",)),
        ("港报记者：张三 港报编辑：李四", ("张三",)),
        ("记者张三 通讯员李四", ("张三", "李四")),
        ("●本报记者 张三 李四 报道", ("张三", "李四")),
        ("文、图/记者 张三", ("张三",)),
        ("文｜王小明　攝影｜李四", ("王小明",)),
        ("기자명 김철수 기자", ("김철수",)),
        ("기자명 김철수", ("김철수",)),
        ("（记者 阿里木·买买提）", ("阿里木·买买提",)),
        ("[서울=항구뉴스] 김철수 기자 = 항만위원회는 3일", ("김철수",)),
        ("(서울=항구뉴스) 김철수 이영희 기자 = 항만위원회는", ("김철수", "이영희")),
        ("정치부 김지원 기자 kim@harbour.example", ("김지원",)),
        ("글 김철수", ("김철수",)),
        ("박준석 기자 외 1명", ("박준석",)),
    ],
)
def test_names_of_reporters(text: str, names: tuple[str, ...]) -> None:
    assert cjk_byline(text, japanese=False) == (names, "labelled")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("文：山田 太郎", ("山田 太郎",)),
        ("取材・文：山田太郎、鈴木花子", ("山田太郎", "鈴木花子")),
        ("ライター：山田ヒロシ", ("山田ヒロシ",)),
        ("山田太郎記者", ("山田太郎",)),
        ("記者・山田太郎", ("山田太郎",)),
        ("文・山田太郎", ("山田太郎",)),
        ("執筆者：山田 太郎", ("山田 太郎",)),
        ("聞き手＝山田太郎", ("山田太郎",)),
        ("【ソウル=山田太郎】" + PROSE["ja"] * 3, ("山田太郎",)),
        (PROSE["ja"] * 3 + "［港新聞・山田太郎］", ("山田太郎",)),
    ],
)
def test_names_in_japanese(text: str, names: tuple[str, ...]) -> None:
    assert cjk_byline(text, japanese=True) == (names, "labelled")


@pytest.mark.parametrize("text", ["责任编辑：王芳", "（责编：王芳）", "編輯：王芳"])
def test_who_edited_is_told_from_who_wrote(text: str) -> None:
    assert cjk_byline(text, japanese=False) == (("王芳",), "edited")


@pytest.mark.parametrize(
    "text",
    [
        "记者从会议上获悉，港口防波堤今年不会完工。",
        "记者走访10家商店发现价格上涨",
        "本报记者 张三 摄",
        "作者：新华社",
        "기자는 현장에서 말했다",
        "글로벌 항만 시장의 기자 회견",
        "松村太郎のニュース",
        "作者张三说，港口今年不会完工。",
        "记者会上表示，港口今年不会完工。",
        "编译成功。",
        "國際中心／綜合報導",
        "文＝編集部",
        "文化大国",
    ],
)
def test_what_is_no_byline(text: str) -> None:
    assert cjk_byline(text, japanese=is_japanese(text)) is None


@pytest.mark.parametrize(
    ("lang", "byline", "foot", "names"),
    [
        ("zh", "<p>2024年5月3日 来源：港城网 作者：张三</p>", "", ("张三",)),
        ("zh", "", "<p>港口明年再议。（记者 张三 李四）</p>", ("张三", "李四")),
        ("zh", "<p>本報記者王小明／港城報導</p>", "", ("王小明",)),
        ("zh", "", "<p>（责任编辑：王芳）</p>", ("王芳",)),
        ("zh", "<p>记者 张三</p>", "<p>（责任编辑：王芳）</p>", ("张三",)),
        ("ja", "<p>2024年5月3日</p><p>文：山田 太郎</p>", "", ("山田 太郎",)),
        ("ja", "<p>山田太郎記者</p>", "", ("山田太郎",)),
        ("zh", "<p>〔記者王小明／港城報導〕</p>", "", ("王小明",)),
        (
            "zh",
            "<div>2024年05月03日08:15 | 来源：<a href=/x>港城网</a></div>",
            "<div>(责编：张三、李四)</div>",
            ("张三", "李四"),
        ),
        ("zh", "", "<p>撰文：张三　编辑：李四　校对：王五</p>", ("张三",)),
        ("ja", "", "<p>［港新聞・山田太郎］</p>", ("山田太郎",)),
        ("ko", "<div><span>김철수 기자</span><span>2024.05.03</span></div>", "", ("김철수",)),
        ("zh", "<p><a href=/author/1>张三</a></p>", "", ("张三",)),
        ("ja", "<p class=author>山田ひろし</p>", "", ("山田ひろし",)),
        ("ko", "", "<p>김철수 기자 kim@harbour.example</p>", ("김철수",)),
        ("zh", "", "", ()),
        ("ja", "", "", ()),
        ("ko", "", "", ()),
    ],
)
def test_who_wrote_a_page(lang: str, byline: str, foot: str, names: tuple[str, ...]) -> None:
    assert read(lang, byline, foot).authors == names


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("本报记者 张三", ("张三",)),
        ("记者张三、李四", ("张三", "李四")),
        ("作者：张三", ("张三",)),
        ("김철수 기자", ("김철수",)),
    ],
)
def test_offices_in_the_head_are_no_part_of_a_name(content: str, names: tuple[str, ...]) -> None:
    assert read("zh", head=f"<meta name=author content='{content}'>").authors == names
