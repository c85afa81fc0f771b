"""Two names of one: a body by its noun alone, a person by half of a double surname, a state by its capital."""

from __future__ import annotations

import pytest

from corpus_lib.actors import Cast, introduce
from corpus_lib.analysis import parse_article
from corpus_lib.language import load
from corpus_lib.structure import read_text


def cast_of(text: str) -> Cast:
    article = read_text("Strid om havna\n\n" + text)
    return introduce(article, parse_article(article, load()))


BODIES = (
    ("Norsk Epilepsiforbund har 6000 medlemmer. Epilepsiforbundet ber om et lager.", "Epilepsiforbundet"),
    ("Statens vegvesen stengte veien. Vegvesenet åpner den mandag.", "Vegvesenet"),
    ("Norges Fiskarlag møttest i Bodø. Fiskarlaget vil ha større kvotar.", "Fiskarlaget"),
    ("Asker Bondelag har 200 medlemmer. Bondelaget vil verne jorda.", "Bondelaget"),
)


@pytest.mark.parametrize(("text", "short"), BODIES)
def test_a_body_is_one_with_the_noun_that_ends_its_name(text: str, short: str):
    cast = cast_of(text)
    place = cast.article.text.rindex(short)
    (number,) = {s.entity for s in cast.sightings if s.span.start == place}
    assert cast.entities[number].name == " ".join(text.split()[: 3 if text.split()[2][0].isupper() else 2])


def test_of_two_bodies_of_one_noun_the_one_of_the_whole_country_is_meant():
    cast = cast_of("Norges Bondelag og Asker Bondelag møttes. Bondelaget krever høyere priser.")
    assert cast.number("Bondelaget") == cast.number("Norges Bondelag") != cast.number("Asker Bondelag")


def test_a_noun_that_ends_two_names_alike_joins_neither():
    cast = cast_of("Asker Bondelag og Modum Bondelag møttes. Bondelaget krever høyere priser.")
    assert cast.number("Asker Bondelag") != cast.number("Modum Bondelag")
    assert cast.number("Bondelaget") not in (cast.number("Asker Bondelag"), cast.number("Modum Bondelag"))


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("The Washington Post skriver om saken. Posten varsler høyere priser.", "The Washington Post", "Posten"),
        ("Han bor i Indre Sandvik. Sandviken vant 3-0 over Brann.", "Indre Sandvik", "Sandviken"),
    ],
)
def test_a_name_of_its_own_joins_no_longer_one(text: str, one: str, other: str):
    cast = cast_of(text)
    assert cast.number(other) is None or cast.number(other) != cast.number(one)


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        (
            "Naturvernforbundet i Troms ber om et møte. Naturvernforbundet mener det haster.",
            "Naturvernforbundet",
            "Naturvernforbundet i Troms",
        ),
        ("FAU ved Solvang skole vil ha svar. FAU skrev brev i går.", "FAU", "FAU ved Solvang skole"),
        ("Mattilsynet på Voss stengte lokalet. Mattilsynet er bekymret.", "Mattilsynet", "Mattilsynet"),
    ],
)
def test_a_body_that_many_places_have_is_called_by_its_place_too(text: str, short: str, full: str):
    cast = cast_of(text)
    number = cast.number(short)
    assert number is not None
    assert cast.entities[number].name == full


def test_many_are_called_by_the_noun_and_not_by_how_many_they_are():
    cast = cast_of("17 musikarar skreiv under. Musikarane krev eit møte med styret. No ventar musikarane på svar.")
    names = [e.name for e in cast.entities if e.kind == "unnamed" and e.lemma == "musikar"]
    assert names == ["musikarane"]


def test_a_whole_surname_comes_before_half_of_one():
    cast = cast_of("Ola Lie og Kari Berg-Lie møttes i Bergen. Lie krever svar.")
    assert cast.person_by_one_word("Lie") == cast.number("Ola Lie")


def test_half_of_a_double_surname_names_its_bearer():
    cast = cast_of("President Aurelio Oyarzún-Prieto talte søndag til folket i Cordoba.")
    assert (
        cast.person_by_one_word("Oyarzún") == cast.person_by_one_word("Prieto") == cast.number("Aurelio Oyarzún-Prieto")
    )


@pytest.mark.parametrize(("state", "capital"), [("Russland", "Moskva"), ("Kviterussland", "Minsk")])
def test_a_capital_stands_for_its_state_where_that_is_named(state: str, capital: str):
    cast = cast_of(f"Regjeringen i {state} svarte onsdag. {capital} avviser kravet.")
    number = cast.number(capital)
    assert number is not None
    assert cast.state_of_capital(number) == cast.number(state)
    alone = cast_of(f"{capital} avviser kravet.")
    assert alone.state_of_capital(alone.number(capital) or 0) is None
