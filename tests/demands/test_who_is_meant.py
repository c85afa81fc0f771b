"""Who may be meant as a party of a demand: whoever wrote a comment is, though no sentence of it names them."""

from __future__ import annotations

import pytest

from corpus_lib.actors import introduce
from corpus_lib.analysis import parse_article
from corpus_lib.demands.naming import wanted_of
from corpus_lib.demands.parties import Candidate, candidates
from corpus_lib.demands.setting import Setting
from corpus_lib.language import load
from corpus_lib.quotes import find_quotes
from corpus_lib.structure import article_of

COMMENT = {
    "nb": """Nå må kommunen rydde opp

Av Kari Moe

Jeg har bodd ved elva i tretti år. Nå må kommunen rydde opp i fyllinga.

Adresseavisen har skrevet om saken i vår.""",
    "nn": """No må kommunen rydde opp

Av Kari Moe

Eg har budd ved elva i tretti år. No må kommunen rydde opp i fyllinga.

Adresseavisen har skrive om saka i vår.""",
}


def offered(text: str) -> dict[str, Candidate]:
    """Return who may be a party of «rydde» in the sentence of the body that holds it, by name."""
    article = article_of(text, id="x")
    parsed = parse_article(article, load())
    cast = introduce(article, parsed)
    setting = Setting(article, parsed, cast, find_quotes(article, parsed, cast))
    unit = next(u for u in setting.units if "fyllinga" in u.tokens.text)
    verb = next(t for t in unit.tokens if t.text == "rydde")
    return {cast.entities[e].name: c for c in candidates(verb, unit, setting, None) for e in c.entities}


@pytest.mark.parametrize("language", COMMENT)
def test_the_author_and_the_paper_may_be_meant(language: str) -> None:
    found = offered(COMMENT[language])
    assert "author" in found["Kari Moe"].rules
    assert "paper" in found["Adresseavisen"].rules


@pytest.mark.parametrize("language", COMMENT)
def test_an_article_that_says_i_and_quotes_nobody_is_told_from_a_report(language: str) -> None:
    assert "author told we 1, quotes 0" in offered(COMMENT[language])["Kari Moe"].features


def test_an_unknown_party_is_nobody() -> None:
    assert wanted_of({"actor": "UNKNOWN"}, "actor") == []
    assert wanted_of({"actor": "LO; NHO"}, "actor") == ["LO", "NHO"]
    assert wanted_of({"addressees": ["Nav", "UNKNOWN"]}, "addressee") == ["Nav"]
