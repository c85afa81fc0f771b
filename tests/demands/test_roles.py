"""Who acts in a predicate and who is called on, by its grammar alone."""

from __future__ import annotations

import pytest

from corpus_lib.actors import introduce
from corpus_lib.analysis import parse_article
from corpus_lib.demands.parties import candidates
from corpus_lib.demands.roles import Roles, roles_of
from corpus_lib.demands.setting import Setting, Unit
from corpus_lib.language import load
from corpus_lib.quotes import find_quotes
from corpus_lib.structure import article_of


def setting_of(text: str) -> Setting:
    article = article_of(text, id="x")
    parsed = parse_article(article, load())
    cast = introduce(article, parsed)
    return Setting(article, parsed, cast, find_quotes(article, parsed, cast))


def read(text: str, verb: str) -> tuple[Roles, Unit]:
    setting = setting_of(f"Om saken\n\nSaken kom opp i går. {text} Det ble kjent mandag.")
    unit = next(u for u in setting.units if verb in [t.text for t in u.tokens])
    return roles_of(next(t for t in unit.tokens if t.text == verb), unit, setting), unit


def words(unit: Unit, first: int, last: int) -> str:
    return "" if first < 0 else unit.tokens.doc[first : last + 1].text


@pytest.mark.parametrize(
    ("text", "verb", "acting"),
    [
        ("Statens helsetilsyn pålegger Sykehuset Vestmarka å rydde.", "pålegger", "Statens helsetilsyn"),
        ("Etterlatte ber Island åpne flysaken på nytt.", "ber", "Etterlatte"),
        ("I et brev ber forbundet kommunen om innsyn.", "ber", "forbundet"),
        ("Nå krever SV at saken stanses.", "krever", "SV"),
        ("Kriminalomsorgen svarer med å be forbundet peke på hvor det kan kuttes.", "be", "Kriminalomsorgen"),
    ],
)  # fmt: skip
def test_the_subject_acts_also_where_the_parse_takes_it_for_something_else(text: str, verb: str, acting: str):
    roles, unit = read(text, verb)
    first, _, last = roles.acting
    assert words(unit, first, last) == acting


@pytest.mark.parametrize(
    ("text", "verb", "called"),
    [
        ("Kommunen må rydde opp i fyllinga.", "må", "Kommunen"),
        ("Naboene krever svar av kommunen.", "krever", "av kommunen"),
        ("Kommunen blir bedt om å svare.", "bedt", "Kommunen"),
    ],
)
def test_who_has_to_do_it_is_called_on(text: str, verb: str, called: str):
    roles, unit = read(text, verb)
    assert called in [words(unit, first, last) for first, last, _ in roles.called]


def test_nobody_acts_in_what_somebody_has_to_do():
    roles, _ = read("Kommunen må rydde opp i fyllinga.", "må")
    assert roles.acting == (-1, -1, -1)
    assert roles.kind == "nobody, obliged"


def test_a_leader_of_nothing_may_speak_for_the_body_told_of_before():
    text = (
        "Strid om elva\n\nNorsk Bibliotekforening er lei av å vente på svar. Nå kan det komme en demning i elva.\n\n"
        "– Vi krever at planen legges bort, sier leder Sigmund Rask."
    )
    setting = setting_of(text)
    unit = next(u for u in setting.units if "krever" in [t.text for t in u.tokens])
    verb = next(t for t in unit.tokens if t.text == "krever")
    found = {setting.cast.entities[e].name: c for c in candidates(verb, unit, setting, None) for e in c.entities}
    body = next(c for name, c in found.items() if name.endswith("Bibliotekforening"))
    assert any(f.startswith("speaker ") and "told of" in f and "says we" in f for f in body.features)
