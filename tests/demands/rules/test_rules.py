"""Demands, answers, links and the matrix, on invented conflicts in Bokmål and Nynorsk, and on the annotated data."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus_lib.analysis import Analysis
from corpus_lib.demands.rules.agents import is_body
from corpus_lib.demands.rules.frames import may_hold_demands
from corpus_lib.demands.rules.repeats import overlap
from corpus_lib.model import Demand, Response
from tests.demands.ruled import analyse

WAGES = """Fagforbundet har svart på Fjordbyggs krav om lønnskutt

12. mai 2021 sendte Fjordbygg en serie med krav om en ny lønnsavtale.

Fjordbygg krevde blant annet at Fagforbundet godtar lavere lønn i tre år. Fjordbygg har også krevd at de ansatte jobber hver tredje helg. I tillegg vil Fjordbygg ha garanti for at streiken aldri gjentas.

Både Fagforbundet og LO har avvist kravene fra Fjordbygg.

LO vil ikke akseptere de viktigste kravene fra Fjordbygg, sier Per Moe.

– Vi ber Fjordbygg om å møte oss til samtaler, sier talskvinne Kari Lie i Fagforbundet.

– Fjordbygg må trekke oppsigelsene, sier talskvinne Kari Lie i Fagforbundet.

Fagforbundet er villig til å snakke om arbeidstiden.
"""  # noqa: E501  a paragraph is one line

SPORTS = """Skiforbundet vil ha pengane tilbake

Skiforbundet krev at Noregs idrettsforbund betaler tilbake tilskotet. Forbundet bed òg Noregs idrettsforbund om å leggje fram rekneskapen.

Noregs idrettsforbund har avslått kravet.

Skiforbundet oppmodar klubbane til å møte på tinget. Klubbane har ikkje svart på oppmodinga.
"""  # noqa: E501

PLANNING = """Strid om hotell

Naturvernforbundet krever at Lund kommune stanser byggingen av hotellet. Naturvernforbundet ber også Miljødirektoratet om å gripe inn.

Lund kommune nekter å gå med på kravet. Miljødirektoratet har ikke svart på henvendelsen.

– Lund kommune bør flytte hotellet, sier Ola Vik.

Lund kommune oppfordres til å legge fram nye tegninger.
"""  # noqa: E501


@pytest.fixture(scope="module")
def wages() -> Analysis:
    return analyse(WAGES)


@pytest.fixture(scope="module")
def sports() -> Analysis:
    return analyse(SPORTS)


@pytest.fixture(scope="module")
def planning() -> Analysis:
    return analyse(PLANNING)


def asked(analysis: Analysis, words: str) -> Demand:
    """The one demand whose content holds some words."""
    found = [d for d in analysis.demands if words in analysis.article.slice(d.content)]
    assert len(found) == 1, [analysis.article.slice(d.content) for d in analysis.demands]
    return found[0]


def answers(analysis: Analysis, actor: str, stance: str) -> list[Response]:
    return [r for r in analysis.responses if r.stance == stance and analysis.joined(r.actors) == actor]


def cells(analysis: Analysis) -> dict[tuple[str, str], tuple[str, bool]]:
    names = analysis.names()
    return {(c.demand, names[c.actor]): (c.stance, c.attested) for c in analysis.cells}


def test_a_list_over_sentences_is_one_set_with_members_and_a_date(wages: Analysis):
    group = asked(wages, "en ny lønnsavtale")
    members = [asked(wages, w) for w in ("lavere lønn", "hver tredje helg", "garanti")]
    assert group.kind == "set"
    assert group.members == tuple(m.id for m in members)
    assert {m.date for m in members} == {"2021-05-12"}
    assert {wages.joined(d.actors) for d in (group, *members)} == {"Fjordbygg"}


def test_the_subject_of_the_clause_is_called_on(wages: Analysis):
    demand = asked(wages, "lavere lønn")
    assert (wages.joined(demand.addressees), demand.addressee_basis) == ("Fagforbundet", "content_subject")


def test_a_collective_answer_of_two_goes_to_every_member_for_each(wages: Analysis):
    members = asked(wages, "en ny lønnsavtale").members
    for actor in ("Fagforbundet", "LO"):
        rejected = next(r for r in answers(wages, actor, "reject") if r.scope == "all")
        assert rejected.targets == members


def test_an_answer_to_some_goes_to_the_set_and_never_to_a_member(wages: Analysis):
    partial = next(r for r in answers(wages, "LO", "reject") if r.scope == "some")
    assert partial.targets == (asked(wages, "en ny lønnsavtale").id,)


def test_a_demand_on_the_earlier_demander_is_a_counter_demand(wages: Analysis):
    counter = asked(wages, "trekke oppsigelsene")
    assert (wages.joined(counter.actors), wages.joined(counter.addressees)) == ("Fagforbundet", "Fjordbygg")
    assert [r.targets for r in answers(wages, "Fagforbundet", "counter")] == [(asked(wages, "lønnsavtale").id,)]


def test_an_offer_is_linked_by_its_direction(wages: Analysis):
    (offer,) = answers(wages, "Fagforbundet", "offer")
    assert wages.article.slice(offer.evidence) == "Fagforbundet er villig til å snakke om arbeidstiden"
    demand = next(d for d in wages.demands if d.id in offer.targets)
    assert wages.joined(demand.actors) == "Fjordbygg"
    assert any(reason.rule == "direction" for reason in offer.links[0].reasons)


def test_a_headline_that_names_the_demand_adds_no_demand(wages: Analysis):
    assert not [d for d in wages.demands if "lønnskutt" in wages.article.slice(d.content)]


def test_silence_is_computed_where_nothing_is_said_and_attested_where_the_text_says_so(
    wages: Analysis, sports: Analysis
):
    assert cells(wages)[asked(wages, "møte oss").id, "Fjordbygg"] == ("none", False)
    assert cells(sports)[asked(sports, "tinget").id, "klubbane"] == ("none", True)


def test_every_cell_of_the_members_is_a_rejection(wages: Analysis):
    found = cells(wages)
    for member in asked(wages, "en ny lønnsavtale").members:
        assert found[member, "Fagforbundet"] == found[member, "LO"] == ("reject", True)


def test_nynorsk_demands_and_the_demand_that_a_noun_takes_up(sports: Analysis):
    first, second = asked(sports, "tilskotet"), asked(sports, "rekneskapen")
    assert (first.strength, second.strength) == ("demand", "request")
    assert sports.joined(second.addressees) == "Noregs idrettsforbund"
    (rejected,) = answers(sports, "Noregs idrettsforbund", "reject")
    assert rejected.targets == (first.id,)


def test_a_refusal_to_yield_is_a_rejection_not_an_acceptance(planning: Analysis):
    (rejected,) = answers(planning, "Lund kommune", "reject")
    assert rejected.targets == (asked(planning, "stanser byggingen").id,)
    assert not answers(planning, "Lund kommune", "accept")


def test_silence_goes_to_the_demand_on_who_is_silent(planning: Analysis):
    (silent,) = answers(planning, "Miljødirektoratet", "none")
    assert silent.targets == (asked(planning, "gripe inn").id,)


def test_a_passive_calls_on_its_subject(planning: Analysis):
    demand = asked(planning, "nye tegninger")
    assert (planning.joined(demand.addressees), demand.actors) == ("Lund kommune", ())


def test_a_modal_verb_in_speech_calls_on_its_subject(planning: Analysis):
    demand = asked(planning, "flytte hotellet")
    assert (planning.joined(demand.actors), planning.joined(demand.addressees)) == ("Ola Vik", "Lund kommune")
    assert demand.quote is not None


@pytest.mark.parametrize(
    ("sentence", "actor", "addressees", "content"),
    [
        ("Rektor Anne Vik ba foreldrene møte opp på skolen.", "Anne Vik", "foreldrene", "møte opp på skolen"),
        ("Høyre vil ha en forklaring fra statsråd Per Moe.", "Høyre", "Per Moe", "en forklaring"),
        ("Venstre tar til orde for lavere avgifter.", "Venstre", None, "lavere avgifter"),
        ("Senterpartiet vil kreve at regjeringen snur.", "Senterpartiet", "regjeringen", "regjeringen snur"),
        ("Elevrådet sendte en oppfordring til rektor Anne Vik om å åpne kantina.", "Elevrådet", "Anne Vik", "åpne"),
        ("Bondelaget føreslår at staten aukar støtta.", "Bondelaget", None, "staten aukar støtta"),
        ("Politiet etterlyser vitner til ulykken.", "politiet", None, "vitner til ulykken"),
    ],
)
def test_frames(sentence: str, actor: str, addressees: str | None, content: str):
    analysis = analyse(f"Strid i byen\n\n{sentence}")
    demand = asked(analysis, content)
    assert (analysis.joined(demand.actors) or "").lower() == actor.lower()
    if addressees is not None:
        assert analysis.joined(demand.addressees) == addressees


@pytest.mark.parametrize(
    "sentence",
    [
        "Brannen krevde to liv i natt.",
        "Saken krever tid og tålmodighet.",
        "Passasjerene har krav på erstatning.",
        "Det stilles strenge krav til sikkerhet.",
        "Loven pålegger helsepersonell å varsle.",
        "Inkassobyrået vil kreve inn gjelden.",
        "Statsråden ba om unnskyldning for feilen.",
        "Presten ber for de syke.",
        "Kommunen har ikke krevd at hotellet rives.",
        "Hvis kommunen krever en ny plan, stanser arbeidet.",
        "Ordføreren avviser at kommunen har lovet penger.",
        "Ministeren avviste påstanden om juks.",
    ],
)
def test_hard_negatives_do_not_fire(sentence: str):
    analysis = analyse(f"Strid i byen\n\n{sentence}")
    assert (analysis.demands, analysis.responses) == ((), ())


@pytest.mark.parametrize(
    ("answer", "stance"),
    [
        ("Regjeringen sa nei til forslaget.", "reject"),
        ("Regjeringen vil ikke godta forslaget.", "reject"),
        ("Regjeringen godtok forslaget.", "accept"),
        ("Forslaget ble avvist av regjeringen.", "reject"),
        ("Regjeringa har gått med på framlegget.", "accept"),
    ],
)
def test_stances_with_negation_and_voice(answer: str, stance: str):
    analysis = analyse(f"Strid om avgift\n\nVenstre foreslo at regjeringen fjerner avgiften.\n\n{answer}")
    assert [r.stance for r in analysis.responses] == [stance]
    assert analysis.responses[0].targets == (analysis.demands[0].id,)


@pytest.mark.parametrize("hedge", ["bør", "kan", "skal"])
def test_an_answer_that_is_only_owed_or_possible_is_none(hedge: str):
    analysis = analyse(f"Strid om avgift\n\nRegjeringen {hedge} si ja til forslaget.")
    assert analysis.responses == ()


def test_repeats_share_their_words_by_compound_parts():
    assert overlap("drapsetterforskning", "en etterforskning av drapet") == 1.0
    assert overlap("lavere lønn", "flere vakter") < 0.5


def test_bodies_and_things():
    assert is_body("fylkestinget")
    assert not is_body("oppgaven")


def test_blocks_without_a_cue_need_no_parse():
    assert not may_hold_demands("Toget kjører videre til byen.")
    assert may_hold_demands("Rådet oppfordrer alle til å spare.")


@pytest.mark.shared
def test_demand_sentences(shared: Path):
    """At most one of the hard negatives fires, and most of the demands are found."""
    import json

    sentences = json.loads((shared / "gold" / "demand_sentences.json").read_text(encoding="utf-8"))["sentences"]
    fired = {s["id"]: analyse(s["text"]) for s in sentences}
    negatives = [s["id"] for s in sentences if s["kind"] == "hard_negative"]
    assert sum(bool(fired[i].demands or fired[i].responses) for i in negatives) <= 1
    asking = [s["id"] for s in sentences if s["kind"] in ("demand", "both")]
    assert sum(bool(fired[i].demands) for i in asking) / len(asking) >= 0.8
