"""The day of publication where the page's head is silent: which of the dates on the page it is."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from fetch.article import Article
from fetch.extract import extract
from tests.pages import LINES, URL, story

DAY = date(2024, 3, 5)
STORY = "".join(
    f"<p>The harbour board met for the {n}th time and heard, in some detail, of the mole, which is not done yet.</p>"
    for n in range(1, 9)
)


def read(
    under: str = "",
    *,
    over: str = "",
    after: str = "",
    head: str = "",
    language: str = "en",
    url: str = "https://gazette.example/mole",
) -> Article:
    page = (
        f"<!doctype html><html lang='{language}'><head><title>Mole not done</title>{head}</head><body>{over}<main>"
        f"<article><h1>Mole not done, harbour board hears</h1>{under}{STORY}</article></main>{after}</body></html>"
    )
    return extract(page.encode(), url)


@pytest.mark.parametrize(
    "line",
    [
        "<p>March 5, 2024</p>",
        "<p>By Ann Lee · March 5, 2024 · 4 min read</p>",
        "<p><span>Mar 5, 2024</span><span>5 mins</span></p>",
        "<p><span>Mar 05</span><span>2024</span></p>",
        "<p>2024.03.05</p>",
        "<p>Read in the harbour</p><p>Updated March 5, 2024</p>",
    ],
)
def test_the_line_under_the_headline(line: str) -> None:
    assert read(line).published == DAY


def test_lists_of_other_stories_and_comments_do_not_count() -> None:
    others = "".join(f"<li><a href='/{n}'>Another story</a> <time datetime='2023-01-0{n}'></time></li>" for n in (1, 2))
    comments = "<div class='comments'><p>Bo wrote on 9 March 2024: well done</p></div>"
    assert read("<p>5 March 2024</p>", over=f"<ul>{others}</ul>", after=comments).published == DAY


def test_the_day_of_todays_masthead_yields_to_the_line_under_the_headline() -> None:
    assert read("<p>March 5, 2024</p>", over="<p>Saturday, March 16, 2024</p>").published == DAY


def test_a_date_that_the_headline_or_the_story_speaks_of_is_not_its_own() -> None:
    page = read("<p>The fire of 2 May 1987 is remembered by all who live on the quay, and by many more.</p>")
    assert page.published is None


def test_an_event_lasts_but_a_story_comes_out() -> None:
    assert read("<p>5 March 2024</p>", over="<p>19 April 2024, 10:00-11:30</p>").published == DAY


def test_the_time_element_gives_the_minute_to_the_day_in_words() -> None:
    page = read("<p>March 5, 2024</p><p><time datetime='2024-03-05T08:30:00+01:00'></time></p>")
    assert page.published == datetime(2024, 3, 5, 8, 30, tzinfo=timezone(timedelta(hours=1)))


@pytest.mark.parametrize(
    "url",
    [
        "https://gazette.example/2024/03/05/mole",
        "https://gazette.example/2024-03-05/mole",
        "https://gazette.example/20240305/mole",
        "https://gazette.example/2024-03/05/c_1.htm",
        "https://gazette.example/n1/2024/0305/c2.html",
        "https://gazette.example/news/05-03-2024",
    ],
)
def test_the_day_in_the_address(url: str) -> None:
    assert read(url=url).published == DAY


def test_a_number_in_the_address_is_no_day() -> None:
    assert read(url="https://gazette.example/articles/194709-13-ways-to-moor").published is None


def test_the_head_names_a_day_of_no_kind_and_the_page_shows_another() -> None:
    head = "<meta name='date' content='2024-04-09'>"
    assert read(head=head).published == date(2024, 4, 9)
    assert read("<p>5 March 2024</p>", head=head).published == DAY


def test_a_page_that_only_says_when_it_was_changed() -> None:
    page = read(after="<p id=pageinfo>The harbour board's own page (last edited 2024-03-05 by Ann)</p>")
    assert page.published == DAY


def test_an_order_of_figures_is_learnt_from_the_other_dates_of_the_page() -> None:
    assert read("<p>03/05/2024</p>").published is None
    assert read("<p>03/05/2024</p>", over="<p>02/28/2024</p>").published == DAY
    assert read("<p>05/03/2024</p>", over="<p>28/02/2024</p>").published == DAY


def test_a_moment_in_universal_time_is_told_by_the_clock_of_the_day_in_the_address() -> None:
    head = "<meta property='article:published_time' content='2024-03-06T02:25:00Z'>"
    page = read(head=head, url="https://gazette.example/2024/03/05/mole")
    assert page.published == datetime(2024, 3, 6, 2, 25, tzinfo=UTC)
    assert isinstance(page.published, datetime)
    assert page.published.date() == DAY


def test_a_day_that_is_more_than_a_clock_away_changes_nothing() -> None:
    head = "<meta property='article:published_time' content='2024-03-09T02:25:00Z'>"
    page = read(head=head, url="https://gazette.example/2024/03/05/mole")
    assert page.published is not None
    assert page.published.isoformat() == "2024-03-09T02:25:00+00:00"


def test_the_state_of_the_pages_program_counts_where_it_names_one_day() -> None:
    one = "<script>window.state={'publishedAt':'2024-03-05T08:30:00Z'}</script>".replace("'", '"')
    other = '<script>window.more={"publishedAt":"2023-01-02T08:30:00Z"}</script>'
    assert read(after=one).published == datetime(2024, 3, 5, 8, 30, tzinfo=UTC)
    assert read(after=one + other).published is None


def test_the_day_that_ends_the_pages_title() -> None:
    page = read("<p>The mole in the evening light, 2 May 2023</p>").published
    assert page == date(2023, 5, 2)
    titled = b"<title>Mole not done, harbour board hears | Gazette | 05.03.2024</title>"
    markup = (
        f"<html lang=en><body><h1>Mole not done, harbour board hears</h1><p>Seen on 2 May 2023</p>{STORY}</body></html>"
    )
    assert extract(titled + markup.encode(), "https://gazette.example/mole").published == DAY


@pytest.mark.parametrize(
    ("modified", "kept"), [("2024-03-05T08:29:00Z", False), ("2024-03-05T08:31:00Z", True), ("2024-03-05", False)]
)
def test_a_story_cannot_be_changed_before_it_is_published(modified: str, *, kept: bool) -> None:
    head = (
        "<meta property='article:published_time' content='2024-03-05T08:30:00Z'>"
        f"<meta property='article:modified_time' content='{modified}'>"
    )
    assert (read(head=head).modified is not None) == kept


@pytest.mark.parametrize(
    "sentence",
    [
        "A feast on the pier is planned for 24 June 2027 at noon.",
        "In a letter dated March 3, 2019 the board had promised a second boat.",
        "The boat was built in Leith and came here on 12 May 1998.",
        "Tickets can be had until 1 December 2027 at the office.",
    ],
)
def test_a_day_in_a_sentence_of_the_story_is_not_the_one_it_came_out(sentence: str) -> None:
    assert extract(story(f"<p>{sentence}</p>"), URL).published is None
    end = story().replace(b"</article>", f"<p>{sentence}</p></article>".encode())
    assert extract(end, URL).published is None


@pytest.mark.parametrize(
    "line", ["20 November 2026", "Published on 20 November 2026 by the island office.", "By Ann Lee, November 20, 2026"]
)
def test_a_day_that_stands_by_itself_or_is_said_to_be_the_day_still_is(line: str) -> None:
    page = story().replace(b"</h1>", f"</h1><p>{line}</p>".encode())
    assert extract(page, URL).published == date(2026, 11, 20)


def test_a_live_blog_came_out_with_its_first_entry() -> None:
    entries = "".join(
        f"<article class=live-entry><time datetime=2026-11-20T{19 - at}:00:00Z>{19 - at}:00</time><h2>Entry {at}</h2>"
        f"<p>{line}</p></article>"
        for at, line in enumerate((*LINES, *(f"{line} So it is said." for line in LINES)))
    )
    page = f"<h1>Ferry sails again, live</h1><div class=liveblog>{entries}</div>"
    article = extract(page.encode(), URL)
    assert article.text.count("Entry") == 8
    assert article.published == datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_a_day_in_brackets_behind_the_description() -> None:
    head = '<meta name=description content="The ferry sails twice a day (News of 14 January 2020)">'
    assert extract(story(head=head), URL).published == date(2020, 1, 14)


TEASER = "<aside><article><h3><a href=/f>Ferry</a></h3><time datetime=2024-03-02>2 March</time></article></aside>"
NOW = datetime(2024, 3, 16, 12, tzinfo=UTC)


def fetched_now(under: str = "", *, over: str = "", after: str = "", head: str = "") -> Article:
    page = (
        f"<!doctype html><html lang=en><head><title>Mole not done</title>{head}</head><body>{over}<main><article>"
        f"<h1>Mole not done, harbour board hears</h1>{under}{STORY}</article></main>{after}</body></html>"
    )
    return extract(page.encode(), "https://gazette.example/mole", fetched=NOW)


@pytest.mark.parametrize(
    "page",
    [
        {"over": "<header><div class=date>Saturday, 16 March 2024</div></header>"},
        {"over": "<header><p>Saturday, 16 March 2024</p></header>"},
        {"under": "<p>Video available until 4 April 2024</p>"},
        {"under": "<p>Date: 3 May 2025, 7 pm, Town hall</p>"},
        {"under": "<p>Quill, Ida: The Mole. Quay Press, published 3 May 2019.</p>"},
        {"under": "<div itemtype=https://schema.org/Book><meta itemprop=datePublished content=2019-05-03></div>"},
        {"after": TEASER},
    ],
)
def test_a_day_of_the_banner_a_teaser_a_book_or_one_to_come_is_not_the_storys(page: dict[str, str]) -> None:
    assert fetched_now(**page).published is None
    dated = page | {"under": f"<p>5 March 2024</p>{page.get('under', '')}"}
    assert fetched_now(**dated).published == DAY


@pytest.mark.parametrize("other", ["2024-03-04T23:30:00-05:00", "2024-03-05T04:30:00-05:00"])
def test_a_moment_without_a_zone_is_read_with_that_of_another_statement(other: str) -> None:
    head = f"<meta property=article:published_time content=2024-03-05T04:30:00><meta name=pubdate content={other}>"
    assert fetched_now(head=head).published == datetime.fromisoformat(other)


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("<p>2024年03月05日10:20</p>", "zh"),
        ("<p>2024年3月5日 星期二</p>", "zh"),
        ("<p>来源：港口网2024-03-05 10:20</p>", "zh"),
        ("<p>二〇二四年三月五日</p>", "zh"),
        ("<p>時間：2024/03/05</p>", "zh-TW"),
        ("<p>民國113年3月5日</p>", "zh-TW"),
        ("<p>發佈日期：113-03-05</p>", "zh-TW"),
        ("<p>更新於 2024-03-09 10:20 發佈於 2024-03-05</p>", "zh-TW"),
        ("<p>24-03-05</p>", "zh"),
        ("<p>公開日：2024年3月5日 更新日：2024年6月1日</p>", "ja"),
        ("<p>令和6年3月5日</p>", "ja"),
        ("<p>2024年3月5日（火）10時20分</p>", "ja"),
        ("<p>입력 2024-03-05 10:20 수정 2024-06-01 09:00</p>", "ko"),
        ("<p>2024. 3. 5. 오전 10:20</p>", "ko"),
        ("<p>등록 : 2024.03.05</p>", "ko"),
    ],
)
def test_days_as_they_are_written_in_east_asia(line: str, language: str) -> None:
    published = read(line, language=language).published
    assert published is not None
    assert (published.year, published.month, published.day) == (2024, 3, 5)


def test_a_day_in_a_chinese_sentence_is_the_storys() -> None:
    told = "<p>委员会在去年2023年6月1日的会议上也讨论过这座防波堤，渔民代表到场旁听并且提出了不同的意见。</p>"
    assert read(told, language="zh").published is None


@pytest.mark.parametrize(
    "path",
    [
        "/news/2024/march/05/mole",
        "/n1/2024/0305/c1001-40223222.html",
        "/202403/05/mole.html",
        "/art/t20240305_123.html",
        "/content_20240305.htm",
        "/news/202403050012.aspx",
        "/20240305102030.html",
        "/24/0305/10/ABC.html",
    ],
)
def test_days_in_addresses(path: str) -> None:
    assert read(url=f"https://gazette.example{path}").published == DAY
    archived = f"https://archive.example/web/20260101000000/http://gazette.example{path}"
    assert read(url=archived).published == DAY
    assert read(url=archived.replace("http://", "")).published == DAY


@pytest.mark.parametrize("path", ["/id/2024030512345", "/1234567890", "/p/20241305", "/a/99999999"])
def test_other_figures_in_addresses_are_no_days(path: str) -> None:
    assert read(url=f"https://gazette.example{path}").published is None


def test_what_an_element_states_decides_how_its_figures_read() -> None:
    shown = "<div><time datetime='2024-03-05T12:00:00Z'>03/05/2024</time> by Ann Lee</div>"
    others = "".join(f"<li><time datetime='2025-12-1{n}T12:00:00Z'>12/1{n}/2025</time></li>" for n in range(3))
    published = read(shown, over=f"<ul>{others}</ul>").published
    assert published is not None
    assert (published.year, published.month, published.day) == (2024, 3, 5)


def test_the_moment_in_the_zone_of_the_place() -> None:
    head = "<meta property=article:published_time content='2024-03-06T03:37:37+00:00'>"
    shown = "<time datetime='2024-03-05T23:37:37-04:00'>5 March, 11:37 pm</time>"
    assert read(shown, head=head).published == datetime(2024, 3, 5, 23, 37, 37, tzinfo=timezone(-timedelta(hours=4)))
    assert read(head=head).published == datetime(2024, 3, 6, 3, 37, 37, tzinfo=UTC)
    other = "<time datetime='2024-03-01T23:37:37-04:00'>1 March</time>"
    assert read(other, head=head).published == datetime(2024, 3, 6, 3, 37, 37, tzinfo=UTC)


def test_a_head_that_has_the_story_changed_before_it_was_published_is_doubted() -> None:
    head = (
        "<meta property=article:published_time content='2025-08-21'>"
        "<meta property=article:modified_time content='2025-08-20'>"
    )
    assert read("<p>Published March 5, 2024</p>", head=head).published == DAY
    assert read(head=head).published == date(2025, 8, 21)
    assert read("<p>August 20, 2025</p>", head=head).published == date(2025, 8, 21)


def test_a_headline_in_no_heading_has_its_byline_above_the_story() -> None:
    lines = "".join(f"<p>{line}</p>" for line in LINES)
    page = (
        "<title>Mole not done, harbour board hears</title><body><div><div>Mole not done, harbour board hears</div>"
        f"<div>17/02/2024</div></div><div class=post>{lines}</div><h1>0 Comments</h1></body>"
    )
    assert extract(page.encode(), URL).published == date(2024, 2, 17)
