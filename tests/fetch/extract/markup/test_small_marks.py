"""What small marks mean is kept in a line of plain text."""

import time

import pytest

from fetch.extract import extract, extract_text
from tests.pages import LINES, URL, story


def told(sentence: str, language: str = "en") -> str:
    lines = extract(story(f"<p>{sentence}</p>", language=language), URL).text.split("\n")
    assert len(lines) == len(LINES) + 1
    return lines[2]


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("The tank holds 10<sup>6</sup> litres of oil.", "The tank holds 10⁶ litres of oil."),
        ("It is 40 m<sup>2</sup> large, give or take 10<sup>−3</sup>.", "It is 40 m² large, give or take 10⁻³."),
        ("They grow as 2<sup>n</sup> or x<sup>a+1</sup> does.", "They grow as 2ⁿ or x^(a+1) does."),
        ("The 21<sup>st</sup> winter, said M<sup>me </sup>Roux.", "The 21st winter, said Mme Roux."),
        ("Too much CO<sub>2</sub> and H<sub>2</sub>O, they say.", "Too much CO₂ and H₂O, they say."),
        ("She said: <q>We wait</q>, and went below.", "She said: “We wait”, and went below."),
        ("She said: <q>He cried <q>ice</q> twice</q>, and left.", "She said: “He cried ‘ice’ twice”, and left."),
        ("It costs <del>four</del> <ins>six</ins> crowns a day.", "It costs six crowns a day."),
        ("It costs <s>four</s> six crowns a day for all.", "It costs six crowns a day for all."),
        ("Take <math alttext='a^2+b'><mi>a</mi></math> of them all.", "Take a^2+b of them all."),
        (
            "Take <math><mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow></mfrac></math> of them all.",
            "Take a/(b+1) of them all.",
        ),
        ("Take <math><msup><mi>a</mi><mn>2</mn></msup></math> of them all.", "Take a² of them all."),
        (
            "The isle of <ruby>東京<rp>(</rp><rt>とうきょう</rt><rp>)</rp></ruby> is far.",
            "The isle of 東京（とうきょう） is far.",
        ),
        ("The <ruby>漢<rt>hàn</rt>字<rt>zì</rt></ruby> are old and many.", "The 漢字（hànzì） are old and many."),
        ("Some like it<sup><a href='#fn1'>1</a></sup> here and there.", "Some like it[1] here and there."),
        ("Ask <a href=/m>the mate<span class=sr-only> (opens in a tab)</span></a> for it.", "Ask the mate for it."),
        ("The mate<span hidden> Jon Vik, 44, at sea since 1999</span> said no.", "The mate said no."),
        ("The mate<span class=hovercard> Jon Vik, 44, at sea</span> said no.", "The mate said no."),
        ("The mate<span role=tooltip> Jon Vik, 44, at sea</span> said no.", "The mate said no."),
        ("The mate<span class=glossary-tooltip__text> Jon Vik, at sea</span> said no.", "The mate said no."),
        ("The mate<span class=hidden> Jon Vik, 44, at sea</span> said no.", "The mate said no."),
        ("It holds 10<span style='vertical-align: super'>6</span> litres of oil.", "It holds 10⁶ litres of oil."),
        ("It costs <span style='text-decoration:line-through'>four</span> six crowns.", "It costs six crowns."),
        (
            "Take <span style='display:none'><math alttext='a^2'><mi>a</mi></math></span> of them all.",
            "Take a^2 of them all.",
        ),
        ("Take <script type=math/tex>a^2+1</script> of them all, he said.", "Take a^2+1 of them all, he said."),
        ("Full of fish <img class=emoji alt=🐟 src=/1f41f.png> and oil it was.", "Full of fish 🐟 and oil it was."),
        ("Fish&shy;ing is al<wbr>lowed in the whole of the sound.", "Fishing is allowed in the whole of the sound."),
    ],
)
def test_in_plain_text(sentence: str, text: str) -> None:
    assert told(sentence) == text


def test_quotation_marks_of_the_language() -> None:
    assert told("Sie sagte: <q>Wir warten hier</q>, und ging.", "de") == "Sie sagte: „Wir warten hier“, und ging."
    assert told("Elle a dit : <q>On attend ici</q> et partit.", "fr") == "Elle a dit : « On attend ici » et partit."


def test_a_story_that_stands_in_a_badly_closed_deletion_is_kept() -> None:
    lines = "".join(f"<p>{line} {line} {line}</p>" for line in LINES)
    assert len(extract(f"<article><h1>Ferry sails</h1><s>{lines}</s></article>".encode(), URL).text.split("\n")) == 4


def test_the_time_for_line_breaks_grows_with_their_number() -> None:
    def seconds(lines: int) -> float:
        page = story(f"<p>{'<br>'.join(f'row {at} of the long list of boats' for at in range(lines))}</p>")
        began = time.process_time()
        assert f"row {lines - 1} of" in extract_text(page, URL)
        return time.process_time() - began

    few = min(seconds(2_000) for _ in range(3))
    assert min(seconds(16_000) for _ in range(3)) < 32 * few  # in proportion 8, by the square 64
