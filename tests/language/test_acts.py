"""The lexicon of acts: its form, and what is found in sentences."""

import csv
from importlib.resources import files

import pytest

from corpus_lib.language import load
from corpus_lib.language.acts import acts, readings
from corpus_lib.language.acts_lexicon import SIDES, entries, words

DATA = files("corpus_lib.language") / "data" / "acts"
KINDS = {
    "asking": "demand order request appeal urge propose advise invite threaten warn seek wish protest question",
    "answering": "accept grant follow support yield promise reject refuse stop vote_down decline dismiss postpone "
    "withdraw excuse condition counter offer negotiate note silence partial",
    "doing": "do undo",
    "lookalike": "cost entitlement standard allegation plan statement idle",
}


def rows(name):
    lines = (DATA / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(lines, delimiter=";"))


@pytest.mark.parametrize("side", SIDES)
def test_the_rows_of_a_side_are_sorted_and_valid(side):
    keys = [(r["pattern"].lstrip("~"), r["pos"], r["when"]) for r in rows(side)]
    assert keys == sorted(keys)
    for row in rows(side):
        assert row["kind"] in KINDS[side].split(), row
        assert row["polarity"] in {"+", "-", "0"}, row
        assert row["strength"] in {"1", "2", "3"}, row
        assert {row["presupposes"], row["broad"]} <= {"yes", "no"}, row
        assert row["pos"] in {"verb", "noun", "adj", "other"}, row


def test_no_entry_stands_twice():
    ids = [e.id for e in entries()]
    assert len(ids) == len(set(ids))


def test_every_word_has_its_forms_and_is_used():
    used = {form for e in entries() for element in e.elements for form in element.forms}
    for word in words().values():
        assert word.lemma in word.forms, word
        assert word.nynorsk in word.forms, word
        assert used.issuperset(word.forms), word


def test_what_differs_between_the_standards_stands_in_both():
    only = {"ikke": "ikkje", "fra": "frå", "hva": "kva"}
    for entry in entries():
        for element in entry.elements:
            for bokmal, nynorsk in only.items():
                assert bokmal not in element.forms or nynorsk in element.forms, entry.pattern


FOUND = [
    ("Fagforbundet krever at kommunen svarer.", "krever", "demand"),
    ("Dei krev meir pengar.", "krev", "demand"),
    ("Kommunen ble bedt om å rydde.", "bedt om", "request"),
    ("Foreldra oppmodar kommunen til å bygge skule.", "oppmodar kommunen til", "urge"),
    ("Regjeringen sa i går nei til planen.", "sa i går nei til", "reject"),
    ("Regjeringa røysta ned framlegget.", "røysta ned", "vote_down"),
    ("Derfor motsetter kommunen seg planene.", "motsetter kommunen seg", "reject"),
    ("Han gikk med på det.", "gikk med på", "accept"),
    ("Styret avviste at det var sant.", "avviste at det", "allegation"),
    ("Styret avviste kravet.", "avviste", "reject"),
    ("Brannen krevde to liv.", "krevde", "cost"),
    ("De har krav på erstatning.", "har krav på", "entitlement"),
    ("Han vil ikke kommentere saken.", "vil ikke kommentere", "silence"),
    ("Lønnskravet er høyt.", "Lønnskravet", "demand"),
    ("Forsvaret øver.", "Forsvaret", "idle"),
]


@pytest.mark.parametrize(("text", "words", "kind"), FOUND)
def test_an_act_is_found(text, words, kind):
    doc = load()(text)
    assert (words, kind) in [(doc[a.start : a.end].text, a.entry.kind) for a in acts(doc)]


def test_all_readings_of_a_word_are_there_the_closest_first():
    doc = load()("Styret avviste at det var sant.")
    kinds = [a.entry.kind for a in readings(doc[1])]
    assert kinds[0] == "allegation"
    assert "reject" in kinds
