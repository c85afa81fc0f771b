"""What fills the place of a missing object: the noun of a relative clause, the clause before «slik»."""

from __future__ import annotations

import pytest

from corpus_lib.language import load
from corpus_lib.language.gaps import gap_of


def filler(text: str, word: str) -> tuple[str, str] | None:
    doc = load()(text)
    verb = next(t for t in doc if t.text == word)
    gap = gap_of(verb, doc[:])
    return None if gap is None else (gap.kind, doc[gap.first : gap.last + 1].text)


@pytest.mark.parametrize(
    ("text", "verb", "words"),
    [
        ("Tallet står i rapporten som laget har bedt foretaket om å få siden januar.", "bedt", "rapporten"),
        ("Reisetidene som Helsetilsynet forlangte innen 1. mai, er ikke kommet.", "forlangte", "Reisetidene"),
        ("Det ene er utredningen som statsråden ba styret om på møtet.", "ba", "utredningen"),
        ("Kommunen foreslo en løsning som naboene har bedt om lenge.", "bedt", "en løsning"),
        ("Ei uavhengig gransking, som aksjonen har ropt på, vil han ta opp.", "ropt", "Ei uavhengig gransking"),
        ("Alle dei sju stillingane forbundet ville ha, kjem på trykk måndag.", "ha", "Alle dei sju stillingane"),
        ("Trygg Kyst fekk det dei bad om.", "bad", "det"),
    ],
)
def test_a_relative_clause_asks_for_its_noun(text: str, verb: str, words: str):
    assert filler(text, verb) == ("relative", words)


@pytest.mark.parametrize(
    ("text", "verb", "words"),
    [
        ("De sendte saken tilbake, slik ordfører Tveit hadde bedt om.", "bedt", "De sendte saken tilbake"),
        ("Varselet er trekt attende, slik direktør Moe bad om heile vegen.", "bad", "Varselet er trekt attende"),
        ("Det er en måned tidligere enn Hollvik kommune ønsket.", "ønsket", "Det er en måned tidligere"),
    ],
)
def test_slik_and_enn_point_to_the_clause_before(text: str, verb: str, words: str):
    assert filler(text, verb) == ("like", words)


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Mannen som krever erstatning, fikk nei.", "krever"),
        ("Foreningen som ba om hjelp, er glad.", "ba"),
        ("Forbundet krever en ny rapport.", "krever"),
        ("Laget som har bedt foretaket om å få rapporten, venter.", "bedt"),
        ("Naboene ber om at saken stanses.", "ber"),
    ],
)
def test_who_asks_and_has_an_object_leaves_no_gap(text: str, verb: str):
    assert filler(text, verb) is None
