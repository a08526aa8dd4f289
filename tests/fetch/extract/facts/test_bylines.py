"""Who wrote it and when, where only the visible page says so, or says it in a roundabout way."""

import json

import pytest

from fetch.article import Article
from fetch.extract import extract

PROSE = "".join(
    f"<p>The harbour board met for the {n} time and heard, in some detail, "
    "why the eastern mole is not finished yet.</p>"
    for n in ("first", "second", "third", "fourth", "fifth", "sixth")
)


def read(byline: str = "", head: str = "", foot: str = "", lang: str = "en") -> Article:
    page = (
        f"<!doctype html><html lang={lang}><head><title>Mole not finished | Gazette</title>{head}</head>"
        "<body><main><article>"
        f"<h1>Mole not finished, board hears</h1>{byline}{PROSE}{foot}</article></main></body></html>"
    )
    return extract(page.encode(), "https://gazette.example/mole")


def claims(*things: dict) -> str:
    return f"<script type='application/ld+json'>{json.dumps({'@graph': things})}</script>"


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("<p class=byline>By Ida Quill</p>", ["Ida Quill"]),
        ("<p class=byline>By Ida Quill and Otto Fenn</p>", ["Ida Quill", "Otto Fenn"]),
        ("<p class=byline>Von Ida Quill | 27.01.2022 - 13:36 Uhr</p>", ["Ida Quill"]),
        ("<p class=byline>By Reporter 10</p>", ["Reporter 10"]),
        ("<div class=author>Veröffentlicht von Ida Quill am 3. Mai 2024</div>", ["Ida Quill"]),
        ("<div class=meta--author>Posted on May 3, 2024 by Ida Quill</div>", ["Ida Quill"]),
        ("<div class=submitted>Gespeichert von <span>idaq</span> am 24. Juli 2017</div>", ["idaq"]),
        ("<span class=x>By <a rel=author href=/author/ida>ida</a></span>", ["ida"]),
        ("<span class='author vcard'><a href=/author/ida>Ida</a></span>", ["Ida"]),
        ("<div class=entry-author>Ida Quill Do 9 Apr 2020</div>", ["Ida Quill"]),
        ("<div class=author-name>Ida Quill</div>", ["Ida Quill"]),
        ("<span class=autor>Foto: Otto Fenn</span>", []),
        ("<p>May 3, 2024 · 3 min read · By Ida Quill</p>", ["Ida Quill"]),
        ("<div class=hero-author>Written by Ida Quill Senior Writer</div>", ["Ida Quill"]),
        ("<div><a href=/people/ida>Ida Quill</a></div><div>May 3, 2024</div>", ["Ida Quill"]),
        ("<p>Reviewed by Otto Fenn</p><p class=author>Ida Quill</p>", ["Ida Quill"]),
        ("<p>Two Moles</p><p>Harbour Walks</p>", []),
        ("<p>By <a href=/author/ida>Ida Quill</a> <a href=/c/walks>Harbour Walks</a></p>", ["Ida Quill"]),
        ("<p>Ida Quill</p><p>May 3, 2024</p><p>Articles by <a href=/author/ida>Ida</a></p>", ["Ida Quill"]),
        ("<p><a href=/author/ida>Ida Quill</a>3 hours ago</p><p>May 3, 2024</p>", ["Ida Quill"]),
        ("<p>Autorin/Autor Ida Quill</p>", ["Ida Quill"]),
        ("<p class=author>Otto von Quill</p><p>3 May 2024</p>", ["Otto von Quill"]),
        ("<p>May 3, 2024, Ida Quill</p>", ["Ida Quill"]),
        ("<h4>Written by</h4><p>Ida Quill</p>", ["Ida Quill"]),
        ("<div>Autorin:</div><div>Ida Quill</div>", ["Ida Quill"]),
        ("<h4>Written by</h4><p>Share</p>", []),
        ("<p class=wp-block-post-author__name>Ida Quill</p>", ["Ida Quill"]),
        ("<p class=c-byline__author--name>Ida Quill</p>", ["Ida Quill"]),
        ("<p><a href=/author/ida>Ida Quill</a> <a href=/c>Travel</a></p><p>May 3, 2024</p>", ["Ida Quill"]),
        ("<p class=author>Ida Quill</p><p class=author>Otto Fenn</p><p>May 3, 2024</p>", ["Ida Quill", "Otto Fenn"]),
        (
            "<div class=by><span class=author>Ida Quill</span><span class=author>Otto Fenn</span></div>",
            ["Ida Quill", "Otto Fenn"],
        ),
        ("<p>Watch Live</p><p>May 3, 2024</p>", []),
        ("<p class=byline>Posted by admin on May 3, 2024</p>", []),
    ],
)
def test_a_byline_near_the_headline(byline: str, names: list[str]) -> None:
    assert list(read(byline).authors) == names


@pytest.mark.parametrize(
    "foot",
    ["<p>Text: Ida Quill</p>", "<p><b><i>Ida Quill</i></b></p>", "<p>Auteur : Ida Quill</p>"],
)
def test_a_signature_below_the_text(foot: str) -> None:
    assert read(foot=foot).authors == ("Ida Quill",)


def test_a_bold_line_in_the_storys_own_words_is_no_signature() -> None:
    words = "<p>All that is left are a few final thoughts on the harbour and what is said there.</p>"
    assert read(foot=f"{words}<p><b>Final Thoughts</b></p>").authors == ()


def test_a_byline_beats_a_head_that_names_the_house() -> None:
    head = claims({"@type": "NewsArticle", "headline": "Mole not finished", "author": {"name": "gazette.example"}})
    assert read(head=head).authors == ("gazette.example",)
    assert read("<p class=author>By Ida Quill</p>", head=head).authors == ("Ida Quill",)
    metas = "<meta name=author content='Gazette'><meta name=parsely-author content='Ida Quill'>"
    assert read(head=metas).authors == ("Ida Quill",)


POSTER = "<meta name=author content='Berta Post'>"


def test_who_is_shown_beats_who_put_it_on_the_site() -> None:
    assert list(read("<p class=byline>By Ida Quill</p>", POSTER).authors) == ["Ida Quill"]
    signed = "<p><em>By Ida Quill, who was harbour master</em></p>"
    assert list(read("<p>By: Ida Quill</p>", POSTER, signed).authors) == ["Ida Quill"]


@pytest.mark.parametrize(
    "shown",
    [
        "<p>By Ida Quill</p><p>Posted by Berta Post</p>",
        "<p>By Ida Quill with Dr. Post</p>",
        "<p class=byline>By Gazette</p>",
        "<p class=byline>ida</p>",
        "<p>The Eastern Mole</p>",
        "",
    ],
)
def test_the_head_is_believed_whose_author_is_shown_or_nobody_else(shown: str) -> None:
    assert list(read(shown, POSTER).authors) == ["Berta Post"]


def test_letters_behind_a_name_are_not_looked_for() -> None:
    head = "<meta name=author content='Ida Quill, Ph.D'>"
    assert read("<p>Ida Quill</p><p>By Berta Post</p>", head).authors[0].startswith("Ida Quill")


def test_the_list_that_has_all_the_names() -> None:
    names = ("Ida Quill", "Otto Fenn", "Berta Post")
    head = claims({"@type": "NewsArticle", "headline": "Mole not finished", "author": "Ida Quill"}) + "".join(
        f"<meta name=citation_authors content='{name}'>" for name in names
    )
    assert read(head=head).authors == names
    assert read(head=head.replace("Ida Quill", "Ina Tern", 1)).authors == ("Ina Tern",)


def test_where_a_house_has_its_seat_is_nobody() -> None:
    assert read(head="<meta name=author content='gazette.example, Harbour City, Ruritania'>").authors == (
        "gazette.example",
    )


def test_the_house_beside_its_reporter_in_two_metas() -> None:
    head = (
        "<meta property=og:site_name content='하버'><meta name=author content='하버'>"
        "<meta name=author content='신항구 기자'>"
    )
    assert read(head=head, lang="ko").authors == ("신항구",)


@pytest.mark.parametrize("name", ["Harbour Press GmbH", "Tern e.V.", "idaquill2", "Gazette Media Inc."])
def test_a_company_or_a_login_gives_way_to_the_byline(name: str) -> None:
    head = f"<meta name=author content='{name}'>"
    assert read("<p class=author>By Ida Quill</p>", head=head).authors == ("Ida Quill",)
    both = f"{head}<meta name=author content='Ida Quill'>"
    assert read(head=both).authors == ("Ida Quill",)


def test_the_publisher_gives_way_to_the_byline() -> None:
    house = {"@type": "Organization", "name": "Tern and Partners"}
    story = {"@type": "NewsArticle", "headline": "Mole not finished, board hears", "author": house, "publisher": house}
    assert read("<p class=author>By Ida Quill</p>", head=claims(story)).authors == ("Ida Quill",)


@pytest.mark.parametrize(
    "name", ["admin", "Staff Writer", "Editor", "Guest Author", "wpadmin", "Author Name", "John Doe", "[object Object]"]
)
def test_a_placeholder_is_nobody(name: str) -> None:
    story = {"@type": "Article", "headline": "Mole not finished, board hears", "author": {"name": name}}
    assert read(head=f"<meta name=author content='{name}'>").authors == ()
    assert read(head=claims(story)).authors == ()


@pytest.mark.parametrize("desk", ["Web Desk", "La rédaction", "Online-Redaktion", "Our Correspondent", "Newsroom"])
def test_a_desk_gives_way_to_the_byline(desk: str) -> None:
    head = claims({"@type": "NewsArticle", "headline": "Mole not finished, board hears", "author": {"name": desk}})
    assert read("<p class=byline>By Ida Quill</p>", head=head).authors == ("Ida Quill",)


@pytest.mark.parametrize(
    "signature",
    ["<p>— Ida Quill</p>", "<p class=byline>Words: Ida Quill</p>", "<p class=byline>By Ida Quill Crime Reporter</p>"],
)
def test_a_name_behind_a_dash_or_a_word_and_before_what_its_bearer_does(signature: str) -> None:
    assert read(foot=signature).authors == ("Ida Quill",)


def test_names_as_catalogues_write_them() -> None:
    head = "<meta name=dc.creator content='Quill, Ida'><meta name=dc.creator content='Fenn, Otto von'>"
    assert read(head=head).authors == ("Ida Quill", "Otto von Fenn")


def test_those_who_comment_wrote_nothing() -> None:
    foot = "<div id=comments><div class=comment><cite class=author>Otto Fenn says</cite><p>First!</p></div></div>"
    form = "<form><p class=comment-form-author><label>Name *</label><input></p></form>"
    assert read(foot=foot + form).authors == ()


def test_claims_that_refer_to_a_person() -> None:
    person = {"@type": "Person", "@id": "#ida", "name": "Ida Quill"}
    other = {"@type": "Person", "@id": "#otto", "name": "Otto Fenn"}
    story = {"@type": "NewsArticle", "headline": "Mole not finished, board hears", "author": {"@id": "#ida"}}
    assert read(head=claims(story, other, person)).authors == ("Ida Quill",)
    nameless = {"@type": "Article", "headline": "Mole not finished, board hears"}
    assert read(head=claims(nameless, person)).authors == ("Ida Quill",)
    assert read(head=claims(nameless, person, other)).authors == ()


def test_a_card_for_other_sites() -> None:
    head = "<meta name=twitter:label1 content='Verfasst von'><meta name=twitter:data1 content='Ida Quill'>"
    assert read(head=head).authors == ("Ida Quill",)


def test_a_site_is_an_author_only_where_nobody_else_is() -> None:
    head = "<meta property=og:site_name content='Harbour Gazette'><meta name=author content='Harbour Gazette'>"
    assert read(head=head).authors == ("Harbour Gazette",)
    assert read("<p class=byline>By Ida Quill</p>", head=head).authors == ("Ida Quill",)


@pytest.mark.parametrize(
    ("byline", "lang"),
    [
        ("<abbr class=published title='2024-05-03T17:06:45+0000'>a while ago</abbr>", "en"),
        ("<div><div><span>03/05/2024</span></div></div>", "fr"),
        (
            "<p>3.5.2024 - Bei der Sitzung des Hafenrats am Montag ging es, wie schon so oft zuvor, "
            "um die lange Mole im Osten.</p>",
            "de",
        ),
        ("<p class=info>Aktualisiert: 03.05.2024</p>", "de"),
        ('<script>window.state = {"publishedAt":"2024-05-03T10:00:00Z"}</script>', "en"),
    ],
    ids=["microformat", "near the headline", "first words", "only changed", "state"],
)
def test_the_day_in_roundabout_ways(byline: str, lang: str) -> None:
    published = read(byline, lang=lang).published
    assert published is not None
    assert published.isoformat()[:10] == "2024-05-03"
