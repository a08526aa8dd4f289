"""The structure of a story's text, kept: headings, lists, tables, code, figures, embeds, links, quotes, footnotes."""

import pytest

from fetch.article import (
    Article,
    Cell,
    Code,
    Embed,
    Figure,
    Footnote,
    Heading,
    Paragraph,
    Points,
    Quote,
    Span,
    Table,
    plain,
)
from fetch.errors import Blocked, NotAnArticle
from fetch.extract import extract, extract_fragment, join
from tests.pages import URL as PAGE
from tests.pages import story

URL = "https://gazette.example/news/mole"
PROSE = [
    f"The harbour board met for the {n} time and heard, in some detail, why the eastern mole is not finished yet."
    for n in ("first", "second", "third", "fourth", "fifth", "sixth")
]


def page(
    middle: str = "", *, head: str = "", lang: str = "en", prose: list[str] | None = None, around: str = ""
) -> bytes:
    texts = PROSE if prose is None else prose
    before, after = texts[: len(texts) // 2], texts[len(texts) // 2 :]
    body = "".join(f"<p>{text}</p>" for text in before) + middle + "".join(f"<p>{text}</p>" for text in after)
    return (
        f"<!doctype html><html lang='{lang}'><head><title>Mole not finished</title>{head}</head><body>"
        f"<nav><a href='/'>Home</a></nav><main><article><h1>Mole not finished, board hears</h1>{body}</article></main>"
        f"{around}<footer>Imprint</footer></body></html>"
    ).encode()


def read(middle: str = "", **facts: object) -> Article:
    return extract(page(middle, **facts), URL)


def only(article: Article, kind: type) -> object:
    found = [block for block in article.body if isinstance(block, kind)]
    assert len(found) == 1, article.body
    return found[0]


def test_paragraphs_in_order_and_nothing_else() -> None:
    article = read()
    assert [plain(block.spans) for block in article.body] == PROSE
    assert article.headline == "Mole not finished, board hears"


def test_headings_below_the_headline() -> None:
    article = read(
        "<h2>What it costs</h2><p>More than the board had been told in spring, and not for the first time.</p>"
        "<h4>And why</h4>"
    )
    headings = [block for block in article.body if isinstance(block, Heading)]
    assert [(heading.level, plain(heading.spans)) for heading in headings] == [(2, "What it costs"), (4, "And why")]


def test_lists_within_lists() -> None:
    points = only(
        read(
            "<ul><li>The first of the caissons was set in May.</li><li>The second waits:<ol start=4>"
            "<li>for calm weather,</li>"
            "<li>for a crane.</li></ol></li></ul>"
        ),
        Points,
    )
    assert isinstance(points, Points)
    assert not points.ordered
    first, second = points.points
    assert first == (Paragraph((Span("The first of the caissons was set in May."),)),)
    assert second[0] == Paragraph((Span("The second waits:"),))
    inner = second[1]
    assert isinstance(inner, Points)
    assert (inner.ordered, inner.start, len(inner.points)) == (True, 4, 2)


def test_a_table_with_header_cells() -> None:
    table = only(
        read(
            "<table><caption>Caissons</caption><thead><tr><th>Number</th><th colspan=2>Set</th></tr></thead>"
            "<tbody><tr><td rowspan=2>One</td><td>May</td><td>2026</td></tr>"
            "<tr><td>June</td><td>2026</td></tr></tbody></table>"
        ),
        Table,
    )
    assert isinstance(table, Table)
    assert table.caption == "Caissons"
    assert table.rows[0] == (Cell((Span("Number"),), header=True), Cell((Span("Set"),), header=True, columns=2))
    assert table.rows[1][0] == Cell((Span("One"),), rows=2)
    assert [plain(cell.spans) for cell in table.rows[2]] == ["June", "2026"]


def test_an_empty_cell_keeps_its_place() -> None:
    table = only(
        read(
            "<table><tr><th></th><th>May</th><th>June</th></tr><tr><td>Caissons</td><td></td><td>4</td></tr>"
            "<tr><td>Cranes</td><td>1</td><td>2</td></tr></table>"
        ),
        Table,
    )
    assert isinstance(table, Table)
    assert [[plain(cell.spans) for cell in row] for row in table.rows] == [
        ["", "May", "June"],
        ["Caissons", "", "4"],
        ["Cranes", "1", "2"],
    ]


def test_code_keeps_its_lines() -> None:
    code = only(read("<pre><code class='language-python'>for mole in moles:\n    print(mole)\n</code></pre>"), Code)
    assert code == Code("for mole in moles:\n    print(mole)", "python")


def test_a_figure_with_text_caption_and_credit() -> None:
    figure = only(
        read(
            "<figure><img src='/pictures/mole.jpg' alt='A mole in fog' width=800 height=500><figcaption>"
            "The mole in May. "
            "<span class='credit'>Ida Quill / Gazette</span></figcaption></figure>"
        ),
        Figure,
    )
    assert figure == Figure(
        "https://gazette.example/pictures/mole.jpg", "A mole in fog", "The mole in May.", "Ida Quill / Gazette"
    )


@pytest.mark.parametrize(
    ("markup", "kind", "href"),
    [
        (
            "<iframe src='https://www.youtube.com/embed/abc123' title='How moles are built'></iframe>",
            "video",
            "youtube.com",
        ),
        ("<iframe src='https://player.vimeo.com/video/1234' title='Moles'></iframe>", "video", "vimeo.com"),
        (
            "<iframe src='https://www.google.com/maps/embed?pb=1' title='The harbour'></iframe>",
            "map",
            "google.com/maps",
        ),
        ("<video src='/mole.mp4' title='The mole'></video>", "video", "gazette.example/mole.mp4"),
        ("<audio controls src='/mole.mp3'></audio>", "audio", "gazette.example/mole.mp3"),
    ],
)
def test_what_a_terminal_cannot_show_is_a_labelled_link(markup: str, kind: str, href: str) -> None:
    embed = only(read(markup), Embed)
    assert isinstance(embed, Embed)
    assert embed.kind == kind
    assert href in embed.href


def test_links_and_emphasis_within_a_line() -> None:
    article = read(
        "<p>The <a href='/engineer'>engineer</a> said it was <em>not</em> <strong>her</strong> mole, "
        "and <code>x = 1</code> is no excuse for what happened in May.</p>"
    )
    spans = next(block.spans for block in article.body if isinstance(block, Paragraph) and len(block.spans) > 1)
    assert Span("engineer", href="https://gazette.example/engineer") in spans
    assert Span("not", emphasis=True) in spans
    assert Span("her", strong=True) in spans
    assert Span("x = 1", code=True) in spans
    assert plain(spans).startswith("The engineer said it was not her mole, and x = 1 is no excuse")


def test_a_quotation_with_who_said_it() -> None:
    quote = only(
        read(
            "<blockquote><p>Nobody builds a mole alone, and nobody builds one in a hurry.</p>"
            "<p>— Ilsabe Torvik</p></blockquote>"
        ),
        Quote,
    )
    assert isinstance(quote, Quote)
    assert quote.attribution == "Ilsabe Torvik"
    assert "Nobody builds a mole alone" in plain(quote.blocks[0].spans)


def test_footnotes() -> None:
    article = read(
        "<p>The cost is disputed<sup><a href='#fn1'>1</a></sup> among all those who ought to know it by now.</p>",
        prose=[
            *PROSE,
            "</p><ol class=footnotes><li id='fn1'>Minutes of the board, 4 May.</li></ol><p>" + PROSE[0] + " Again.",
        ],
    )
    assert any(isinstance(block, Footnote) for block in article.body)


def test_a_fragment_from_a_feed() -> None:
    blocks = extract_fragment("<p>One <b>bold</b> word.</p><ul><li>x</li></ul><script>alert(1)</script>", URL)
    assert blocks[0] == Paragraph((Span("One "), Span("bold", strong=True), Span(" word.")))
    assert isinstance(blocks[1], Points)
    assert len(blocks) == 2


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("ar", "اجتمع مجلس الميناء يوم الاثنين واستمع إلى أسباب عدم اكتمال الرصيف الشرقي حتى الآن بالتفصيل. "),
        ("he", "מועצת הנמל התכנסה ביום שני ושמעה מדוע שובר הגלים המזרחי עדיין לא הושלם, ומה יעשו כעת. "),
        ("ja", "港湾会議は月曜日に開かれ、東の防波堤がまだ完成していない理由について詳しい説明を受けた。"),
        ("zh", "港口委员会星期一开会，详细听取了东防波堤至今尚未完工的原因，并决定下周再次开会。"),
        ("th", "คณะกรรมการท่าเรือประชุมเมื่อวันจันทร์และรับฟังเหตุผลที่เขื่อนด้านตะวันออกยังไม่เสร็จสมบูรณ์ "),
        ("ko", "항만위원회는 월요일 회의를 열고 동쪽 방파제가 아직 완공되지 않은 이유를 자세히 들었다. "),
    ],
)
def test_other_scripts(lang: str, sentence: str) -> None:
    prose = [f"{sentence * 3}{n}" for n in range(6)]
    article = read(lang=lang, prose=prose)
    assert article.language == lang
    assert article.text.splitlines() == [" ".join(text.split()) for text in prose]


def test_a_paywalled_story_keeps_what_is_there() -> None:
    article = read(
        head='<script type="application/ld+json">{"@type":"NewsArticle","headline":"Mole not finished, board hears",'
        '"isAccessibleForFree":false}</script>',
        prose=PROSE[:2],
        around="<div class='paywall'><p>Subscribe to continue reading this story.</p></div>",
    )
    assert article.reason == "paywall"
    assert article.text.splitlines() == PROSE[:2]


def test_a_body_that_only_json_ld_holds() -> None:
    told = " ".join(PROSE)
    body = (
        f'<html><head><title>Mole</title><script type="application/ld+json">{{"@type":"NewsArticle",'
        f'"headline":"Mole not finished",'
        f'"articleBody":"{told}"}}</script></head><body><div id=app></div></body></html>'
    )
    article = extract(body.encode(), URL)
    assert article.headline == "Mole not finished"
    assert PROSE[2] in article.text


@pytest.mark.parametrize(
    ("body", "error", "reason"),
    [
        (
            "<title>Access Denied</title><h1>Access Denied</h1>You don't have permission to access this.",
            Blocked,
            "access denied",
        ),
        ("<title>Just a moment...</title><p>Checking your browser before accessing.</p>", Blocked, "challenge"),
        ("<title>Before you continue</title><p>We value your privacy. Accept all cookies?</p>", Blocked, "consent"),
        ("<title>Sign in</title><form><input name=u><input type=password></form>Sign in to read.", Blocked, "login"),
        ("<title>Mole</title><p>Subscribe to continue reading.</p>", Blocked, "paywall"),
        ("<title>App</title><div id=root></div><script>start()</script>", NotAnArticle, "needs JavaScript"),
        (
            "<title>Harbour</title>"
            + "".join(f"<h3><a href='/n/{n}'>Headline {n} of many</a></h3>" for n in range(60)),
            NotAnArticle,
            "section page",
        ),
        ("<title>Nothing</title><p>Nothing here.</p>", NotAnArticle, "not an article"),
    ],
)
def test_what_is_no_article_says_what_it_is(body: str, error: type, reason: str) -> None:
    with pytest.raises(error) as raised:
        extract(f"<!doctype html><html><body>{body}</body></html>".encode(), URL)
    assert raised.value.reason == reason


def test_pages_are_joined_and_what_stands_on_all_of_them_stands_once() -> None:
    first, second = (
        extract(page(), URL),
        extract(page(prose=[PROSE[0], *(f"Page two. {text}" for text in PROSE)]), URL + "?page=2"),
    )
    whole = join([first, second])
    assert whole.url == first.url
    assert whole.text.splitlines() == [*PROSE, *(f"Page two. {text}" for text in PROSE)]


def test_a_verse_keeps_its_lines() -> None:
    verse = "<p>The ice is thin<br>the coffee gone<br>we wait for oil<br>and so wait on</p>"
    assert extract(story(verse), PAGE).text.split("\n")[2:6] == [
        "The ice is thin",
        "the coffee gone",
        "we wait for oil",
        "and so wait on",
    ]


@pytest.mark.parametrize(
    ("markup", "sources"),
    [
        ("<img src='data:,' data-src=/a.jpg alt=A><noscript><img src=/a.jpg alt=A></noscript>", ["a.jpg"]),
        ("<img src='data:,' data-src=/a.jpg><noscript><img src=/a-1200.jpg></noscript>", ["a.jpg"]),
        ("<img src=/blank.gif data-lazy-srcset='/a-300.jpg 300w, /a-900.jpg 900w'>", ["a-900.jpg"]),
        ("<img src=/a-300.jpg width=300 srcset='/a-300.jpg 300w, /a-1200.jpg 1200w'>", ["a-1200.jpg"]),
        ("<picture><source srcset='/a-900.webp 900w'><img src='data:,' alt=A></picture>", ["a-900.webp"]),
        ("<img src=/silicon-valley.jpg>", ["silicon-valley.jpg"]),
        ("<img src=/google-pixel-9.jpg>", ["google-pixel-9.jpg"]),
        ("<img src=/panic-button.jpg>", ["panic-button.jpg"]),
        ("<img src=/lazy-river.jpg>", ["lazy-river.jpg"]),
        ("<img src=/transparent-bridge.webp>", ["transparent-bridge.webp"]),
        ("<img src=/img/icon-mail.png>", []),
        ("<img src=/logo.svg>", []),
        ("<img src=/pixel.gif>", []),
        ("<img src=/spacer.gif>", []),
        ("<img src=/button_send.gif>", []),
    ],
)
def test_the_pictures_of_a_story(markup: str, sources: list[str]) -> None:
    pictures = extract(story(f"<figure>{markup}<figcaption>The pier.</figcaption></figure>"), PAGE).images
    assert [picture.src.rpartition("/")[2] for picture in pictures] == sources


@pytest.mark.parametrize(
    "markup",
    [
        "<img src=data:, data-td-img=/p/pier.jpg>",
        "<img src=/p/spacer.gif data-lazyload=https://cdn.example/p/pier.jpg?w=900>",
        "<img src=/p/avatar-premiere-at-pier.jpg width=900>",
    ],
)
def test_a_picture_that_is_loaded_later_or_called_like_a_drawing(markup: str) -> None:
    assert [picture.src.partition("pier.jpg")[1] for picture in extract(story(markup), PAGE).images] == ["pier.jpg"]


def test_links_lead_where_the_page_means() -> None:
    markup = story("<p>Read <a data-href=https://track.example/ href=report>the report of the board</a> on it.</p>")
    based = markup.replace(b"</title>", b"</title><base href=https://files.example/board/>")
    for page, address in (
        (markup, "https://islands.example/news/report"),
        (based, "https://files.example/board/report"),
    ):
        spans = [span for block in extract(page, PAGE).body if isinstance(block, Paragraph) for span in block.spans]
        assert [span.href for span in spans if span.href] == [address]


def test_a_footnote_is_marked_and_does_not_say_back() -> None:
    notes = (
        "<ol><li id=fn1>As the log says. <a href=#r1>↩</a></li><li id=fn2>In the inn. <a href=#r2>back</a></li></ol>"
    )
    page = story("<p>The mate<sup id=r1><a href=#fn1>1</a></sup> was seen twice.</p>").replace(
        b"</article>", f"<p>Of this we know more:</p><ol>{notes}</ol></article>".encode()
    )
    article = extract(page, PAGE)
    assert "The mate[1] was seen twice." in article.text
    assert article.text.endswith("As the log says.\nIn the inn.")


def test_a_note_is_one_whatever_it_is_called_and_whatever_words_lead_back() -> None:
    page = story("<p>The mate<sup class=fn><a href=#a7f3 id=a7f3-link>1</a></sup> was seen twice.</p>").replace(
        b"</article>", b"<ol><li id=a7f3>As the log says. <a href=#a7f3-link>Back to text</a></li></ol></article>"
    )
    assert extract(page, PAGE).body[-1] == Footnote("1", (Paragraph((Span("As the log says."),)),))
