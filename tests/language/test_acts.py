"""The lexicon of acts: its form, and what is found in sentences."""

import csv
from importlib.resources import files

import pytest
from counting import lines_run
from spacy.tokens import Doc

from corpus_lib.language import load
from corpus_lib.language.acts import acts, readings
from corpus_lib.language.acts_lexicon import SIDES, entries, words

MOST_LINES = 100
"""Lines that the look-up may run for each word of running text: parsing it takes hundreds of times as long."""

DATA = files("corpus_lib.language") / "data" / "acts"
KINDS = {
    "asking": "demand order request appeal urge propose advise invite threaten warn seek wish protest question duty",
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


def test_the_frame_of_an_entry_names_places_in_a_clause():
    places = {"subj", "obj", "iobj", "gen", "speaker", "at", "å", "inf", "clause", "hva", "kva"}
    places |= {"av", "hos"}
    places |= {"for", "til", "fra", "frå", "om", "på", "mot", "med", "overfor", "over", "i", "mellom", "ved"}
    for entry in entries():
        assert set(entry.who + entry.whom + entry.what) <= places, entry.id


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
    pairs = """
    ikke ikkje · fra frå · hva kva · noe noko · mye mykje · hvordan korleis · hjem heim · selv sjølv · se sjå · gi gje
    gjøre gjere · være vere · høre høyre · saken saka · hodet hovudet · planer planar · penger pengar
    endringer endringar · kommentarer kommentarar · samtaler samtalar · forhandlinger forhandlingar
    veien vegen · hvis viss
    """
    only = dict(pair.split() for line in pairs.strip().splitlines() for pair in line.split(" · "))
    for entry in entries():
        for element in entry.elements:
            for bokmal, nynorsk in only.items():
                assert bokmal not in element.forms or nynorsk in element.forms, entry.pattern


FOUND = [
    ("Fagforbundet krever at kommunen svarer.", "krever", "demand"),
    ("Dei krev meir pengar.", "krev", "demand"),
    ("Foreldrene stilte krav om flere lærere.", "krav om", "demand"),
    ("Lønnskravet er høyt.", "Lønnskravet", "demand"),
    ("Sjåførane held fast ved kravet.", "held fast ved", "demand"),
    ("Kommunen ble bedt om å rydde.", "bedt om", "request"),
    ("Elevane bad rektor om svar.", "bad rektor om svar", "request"),
    ("Velforeningen anmoder byrådet om et møte.", "anmoder byrådet om", "request"),
    ("Foreldra oppmodar kommunen til å bygge skule.", "oppmodar kommunen til", "urge"),
    ("Vi oppfordrer alle til å spare vann.", "oppfordrer alle til", "urge"),
    ("Legene slår alarm om ventetidene.", "slår alarm om", "appeal"),
    ("Hun tok til orde for gratis buss.", "tok til orde for", "urge"),
    ("Laget foreslår at møtet flyttes.", "foreslår", "propose"),
    ("Styret la fram et forslag.", "la fram", "propose"),
    ("Rådet tilrår at bygget vert rive.", "tilrår", "advise"),
    ("Politiet fraråder all ferdsel.", "fraråder", "advise"),
    ("Dei åtvara mot bygginga.", "åtvara mot", "advise"),
    ("Statsråden inviterte bøndene til samtaler.", "inviterte bøndene til samtaler", "invite"),
    ("Pilotene truer med streik.", "truer med", "threaten"),
    ("Dei tilsette trugar med å slutte.", "trugar med", "threaten"),
    ("Museet søkte om støtte.", "søkte om", "seek"),
    ("Naboene protesterer mot utbyggingen.", "protesterer mot", "protest"),
    ("Ho ynskjer at vegen blir stengd.", "ynskjer", "wish"),
    ("Regjeringen sa i går nei til planen.", "sa i går nei til", "reject"),
    ("Regjeringa røysta ned framlegget.", "røysta ned", "vote_down"),
    ("Derfor motsetter kommunen seg planene.", "motsetter kommunen seg", "reject"),
    ("Han gikk med på det.", "gikk med på", "accept"),
    ("Han gjekk ikkje med på det.", "gjekk ikkje med på", "reject"),
    ("Styret avviste kravet.", "avviste", "reject"),
    ("Byrådet setter foten ned for bompenger.", "setter foten ned for", "reject"),
    ("Leiaren seier ja til tilbodet.", "seier ja til", "accept"),
    ("Departementet innvilget søknaden.", "innvilget", "grant"),
    ("Kommunen tok klagen til følge.", "tok klagen til følge", "grant"),
    ("Kommunen tok klaga til følgje.", "tok klaga til følgje", "grant"),
    ("Eieren gav etter for presset.", "gav etter for", "yield"),
    ("Rektor la seg flat.", "la seg flat", "yield"),
    ("Ordføreren lover å se på saken.", "lover å se på", "promise"),
    ("Fylket nekter å betale.", "nekter å betale", "refuse"),
    ("Vegvesenet har avslått søknaden.", "avslått", "decline"),
    ("Klubben fekk avslag på søknaden.", "fekk avslag på", "decline"),
    ("Utvalget utsatte behandlingen.", "utsatte behandlingen", "postpone"),
    ("Partiet trakk forslaget.", "trakk", "withdraw"),
    ("Ministeren viser til budsjettet.", "viser til budsjettet", "excuse"),
    ("Det er ikke på tale.", "er ikke på tale", "reject"),
    ("– Uaktuelt, sier ordføreren.", "Uaktuelt", "reject"),
    ("Dei er opne for samtalar.", "er opne for", "offer"),
    ("Rederiet tilbyr nye vakter.", "tilbyr", "offer"),
    ("Partene ble enige om en avtale.", "ble enige om", "negotiate"),
    ("Kravet ble møtt med et motkrav.", "motkrav", "counter"),
    ("Kommunen tek kritikken til etterretning.", "tek kritikken til etterretning", "note"),
    ("Han vil ikke kommentere saken.", "vil ikke kommentere", "silence"),
    ("Brevet ligg usvart.", "ligg usvart", "silence"),
    ("Kommunen har ikkje svart på brevet.", "har ikkje svart på", "silence"),
    ("Stortinget vedtok endringen.", "vedtok", "do"),
    ("Gislene ble løslatt.", "ble løslatt", "do"),
    ("Styret avviste at det var sant.", "avviste at det", "allegation"),
    ("Han nekter straffskyld.", "nekter straffskyld", "allegation"),
    ("Brannen krevde to liv.", "krevde", "cost"),
    ("De har krav på erstatning.", "har krav på", "entitlement"),
    ("Det er strenge krav til kvaliteten.", "krav til", "standard"),
    ("Forsvaret øver.", "Forsvaret", "idle"),
    ("Hun ønsker å reise.", "ønsker", "plan"),
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


def test_a_negation_in_the_expression_is_said():
    doc = load()("Han gjekk ikkje med på det.")
    assert [a.entry.negative for a in acts(doc)] == [True]


def test_looking_up_is_little_work_for_each_word():
    doc = load()(" ".join(row[0] for row in FOUND))
    acts(doc[:])  # the lexicon is read once
    assert lines_run(lambda: [acts(sentence) for sentence in doc.sents]) < MOST_LINES * len(doc)


def test_a_long_sentence_of_the_same_words_is_work_in_proportion_to_its_length():
    short, long = (Doc(load().vocab, words=["si", "ikke", "nei", "krav"] * n) for n in (500, 4000))
    acts(short)
    assert lines_run(lambda: acts(long)) < 10 * lines_run(lambda: acts(short))
