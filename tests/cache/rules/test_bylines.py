"""The house among the names in a site's bylines."""

import pytest

from cache.rules.bylines import Byline, name_digest, without_house

PEOPLE = "Dunja Kest,Orla Maren,Ivo Brenholm,Tarja Solund,Pelle Karve,Nadia Lindow,Emil Tarn,Ruth Pell".split(",")
HOUSE = "Kestrel Media"


def bylines(*articles: tuple[str, ...]) -> list[Byline]:
    return [frozenset(map(name_digest, names)) for names in articles]


def test_a_name_beside_everybodys_is_the_house() -> None:
    known = bylines(*((person, HOUSE) for person in PEOPLE))
    assert without_house(("Ann Hove", HOUSE), known) == ("Ann Hove",)
    assert without_house((HOUSE.upper(),), known) == ()
    assert without_house(("Dunja Kest",), known) == ("Dunja Kest",)


@pytest.mark.parametrize(
    "known",
    [
        bylines(*(("Dunja Kest",) for _ in range(20))),  # one person's own site
        bylines(*(("Dunja Kest", PEOPLE[number % 3]) for number in range(20))),  # who writes with a few others
        bylines(*((person, HOUSE) for person in PEOPLE[:7])),  # too little is known
        bylines(*((person, HOUSE) for person in PEOPLE), *((person,) for person in PEOPLE)),  # who writes much
        [],
    ],
)
def test_what_may_be_a_person_stays(known: list[Byline]) -> None:
    for name in (HOUSE, "Dunja Kest"):
        assert without_house((name,), known) == (name,)


def test_letters_alone_tell_a_name() -> None:
    assert name_digest("KESTREL  media") == name_digest(HOUSE) != name_digest("Kestrel Median")
    assert name_digest("") > 1
    assert without_house((), bylines(*((person, HOUSE) for person in PEOPLE))) == ()
