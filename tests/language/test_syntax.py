"""Questions of grammar: a sentence of ours each, both standards, and what the parse answers."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc, Token

from corpus_lib.language import load
from corpus_lib.language import syntax as ask
from corpus_lib.language.subjects import subject_of


def doc_of(text: str) -> Doc:
    return load()(text)


def word(doc: Doc, text: str) -> Token:
    return next(t for t in doc if t.text == text)


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("Kari Lie sier at taket lekker.", "sier", "Lie"),
        ("I går sa ordføreren at taket lekker.", "sa", "ordføreren"),
        ("Til Kystavisa sier statsråd Lie at taket lekker.", "sier", "statsråd"),
        ("Ordføreren som krevde svar, gikk hjem.", "krevde", "Ordføreren"),
        ("Ordføraren seier at taket lek.", "seier", "Ordføraren"),
        ("Kari Lie kom i går og sa nei.", "sa", "Lie"),
        ("Veien ble stengt.", "stengt", None),
        ("Det avviser Holm blankt.", "avviser", "Holm"),
        ("Dette tilbakeviser ordfører Kari Lie.", "tilbakeviser", "Lie"),
        ("Dette provoserer ordfører Holm.", "provoserer", "Dette"),
        ("Det sier mye om Holm.", "sier", "Det"),
    ],
)
def test_the_subject_of_a_verb(text: str, verb: str, subject: str | None):
    found = subject_of(word(doc_of(text), verb))
    assert (found and (found.text if found.text != "Kari" else "Lie")) == subject


@pytest.mark.parametrize(
    ("text", "verb", "thing"),
    [("Styret avviste kravet.", "avviste", "kravet"), ("Styret har ikke lest brevet.", "lest", "brevet")],
)
def test_the_object_of_a_verb(text: str, verb: str, thing: str):
    found = ask.object_of(word(doc_of(text), verb))
    assert found is not None
    assert found.text == thing


def test_who_does_what_a_passive_verb_tells():
    found = ask.agent_of(word(doc_of("Kravet ble avvist av ordføreren."), "avvist"))
    assert found is not None
    assert found.text == "ordføreren"


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("Hun sier ikke hvem som kommer.", "sier", True),
        ("Hun har aldri sagt at taket lekker.", "sagt", True),
        ("Ho seier ikkje at taket lek.", "seier", True),
        ("Hun sier at taket ikke lekker.", "sier", False),
        ("Ho fekk ei bok.", "fekk", False),
    ],
)
def test_negation_belongs_to_its_own_clause(text: str, verb: str, expected: bool):
    assert ask.is_negated(word(doc_of(text), verb)) is expected


@pytest.mark.parametrize(
    ("text", "verb", "modal"),
    [
        ("Hun vil si nei.", "si", "vil"),
        ("Ho må svare.", "svare", "må"),
        ("Hun har sagt nei.", "sagt", None),
        ("Dei skulle spørje foreldra.", "spørje", "skulle"),
    ],
)
def test_the_modal_verb_above(text: str, verb: str, modal: str | None):
    found = ask.modal_of(word(doc_of(text), verb))
    assert (found and found.text) == modal


def test_a_condition_is_supposed_a_that_clause_is_not():
    assert ask.is_supposed(word(doc_of("Hvis hun sier nei, stenger vi."), "sier"))
    assert not ask.is_supposed(word(doc_of("De vet at hun sier nei."), "sier"))


def test_what_a_preposition_governs():
    doc = doc_of("Rapporten fra det nye tilsynet er hard.")
    found = ask.governed_by(word(doc, "fra"))
    assert found is not None
    assert found.text == "tilsynet"
    before = ask.preposition_of(found)
    assert before is not None
    assert before.text == "fra"


def test_a_name_has_a_preposition_before_it_or_none():
    doc = doc_of("Møtet i Hamar ble ledet av Kari Lie.")
    assert [ask.has_preposition(e) for e in doc.ents] == [True, True]
    assert not any(ask.has_preposition(e) for e in doc_of("Kari Lie ledet møtet.").ents)


def test_a_noun_phrase_has_its_modifiers_and_no_relative_clause():
    doc = doc_of("Den nye lederen i foreningen som ble valgt i går, gikk.")
    assert ask.noun_phrase(word(doc, "lederen")).text == "Den nye lederen i foreningen"


def test_the_owner_of_a_noun():
    doc = doc_of("Norges statsminister kom.")
    owner = ask.owner_of(word(doc, "statsminister"))
    assert owner is not None
    assert owner.text == "Norges"


@pytest.mark.parametrize(
    ("text", "verb", "at"),
    [
        ("Hun sier i et intervju at taket lekker.", "sier", 5),
        ("Hun sier nei.", "sier", None),
        ("Hun sier det hun tror, men at det er sant, vet ingen.", "sier", None),
    ],
)
def test_the_that_which_opens_a_content_clause(text: str, verb: str, at: int | None):
    doc = doc_of(text)
    assert ask.that_after(word(doc, verb), len(doc)) == at


def test_where_clauses_may_end():
    doc = doc_of("Taket lekker, og ordføreren har bedt om hjelp fordi det haster.")
    kinds = {doc[i].text if i < len(doc) else "": kind for i, kind in ask.boundaries(doc[:])}
    assert kinds[","] == "comma"
    assert kinds["og"] == "and"
    assert kinds["fordi"] == "subordinate"
    assert kinds[""] == "end"


def test_a_sentence_goes_to_its_full_stop():
    doc = doc_of("Hun sier nei. Han sier ja.")
    assert ask.sentence_of(word(doc, "ja")).text == "Han sier ja."


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Kravet avvises av styret.", "avvises"),
        ("Han ble spurt.", "spurt"),
        ("Tilsynet er bedt av de ansatte om å gripe inn.", "bedt"),
    ],
)
def test_passive(text: str, verb: str):
    assert ask.is_passive(word(doc_of(text), verb))


@pytest.mark.parametrize(("text", "verb"), [("Hun er reist hjem.", "reist"), ("Styret har avvist kravet.", "avvist")])
def test_a_participle_that_tells_of_its_subject_is_not_passive(text: str, verb: str):
    assert not ask.is_passive(word(doc_of(text), verb))


def test_the_stem_is_the_same_in_all_forms_of_a_noun():
    assert ask.stem("kommisjonen") == ask.stem("kommisjoner") == "kommisjon"
