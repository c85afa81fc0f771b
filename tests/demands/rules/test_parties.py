"""Who demands and who is called on: pronouns, offices, bare roles, audiences, the doer of a passive."""

from __future__ import annotations

import pytest

from corpus_lib.analysis import Analysis
from corpus_lib.language.syntax import stem as stem_of
from tests.demands.ruled import analyse


def parties(analysis: Analysis, number: int = 0) -> tuple[str | None, str | None]:
    demand = analysis.demands[number]
    return analysis.joined(demand.actors), analysis.joined(demand.addressees)


def said(text: str) -> Analysis:
    return analyse(f"Uenige om saken\n\n{text}")


@pytest.mark.parametrize(
    ("text", "actor", "addressees"),
    [
        ("Ordførerne ber om at saken behandles av fylkestinget.", "ordførerne", "fylkestinget"),
        ("Ordførarane bed om at vedtaket blir fatta på fylkestinget.", "ordførarane", "fylkestinget"),
        ("Fansen krevde trenerens avgang fra klubben.", "fansen", None),
        ("Fansen krevde svar fra klubben.", "fansen", "klubben"),
        ("Framlegget frå Senterpartiet om å byggje ny veg kom tysdag.", "Senterpartiet", None),
        ("Idrettslaget drøfta framlegget til Felland om å byggje ny hall.", "Felland", None),
        ("Ei arbeidsgruppe møttest. Arbeidsgruppa krev ny veg.", "arbeidsgruppa", None),
        ("Dahl er blitt ilagt munnkurv av klinikken. – De ber oss om å tie, sier Dahl.", "klinikken", "Dahl"),
        ("Kari Lie ba statsråden om å kalle inn partene.", "Kari Lie", "statsråden"),
        ("Foreininga kravde òg at kommunen betaler.", "foreininga", "kommunen"),
        ("Motstandere av den planlagte linja fra Moen krever svar.", "motstandere av den planlagte linja", None),
    ],
)
def test_frames_of_parties(text: str, actor: str, addressees: str | None):
    assert parties(said(text)) == (actor, addressees)


def test_a_spokesperson_demands_for_the_party_named_before():
    analysis = said("Høyre var misfornøyd. Partiets talsmann, Odd Berg, ba kommunen svare.")
    assert parties(analysis)[0] == "Høyre"


def test_we_of_a_named_body_is_that_body():
    analysis = said("– Vi i Sjømannslaget ber rederiet om å snu, sier Kari Lie.")
    assert parties(analysis)[0] == "Sjømannslaget"


def test_they_in_speech_is_never_the_speaker():
    analysis = said("Rederiet Nordhav ville ikke svare.\n\n– De ber oss om å tie, sier Kari Lie i Sjømannslaget.")
    assert "Kari Lie" not in (parties(analysis)[0] or "")


def test_the_first_person_of_the_narration_is_nobody_of_the_text():
    analysis = said("Rektor Anne Vik tok imot. Da jeg ba om å få se rommet, lo hun.")
    assert all("Anne Vik" not in (analysis.joined(d.actors) or "") for d in analysis.demands)


def test_a_bare_role_of_a_headline_is_who_speaks_in_the_text():
    text = "Ekspert ber om gransking av ulykken\n\n– Dette må granskes, sier professor Siri Dahl."
    assert parties(analyse(text))[0] == "Siri Dahl"


def test_you_are_those_to_whom_the_words_were_announced():
    analysis = said(
        "Elevene hadde en oppfordring til foreldre, lærere og politikere:\n\n"
        "– Det er på tide at dere rydder opp, sier Kari Lie."
    )
    assert parties(analysis)[1] == "foreldre; lærere; politikere"


def test_a_demand_that_goes_on_goes_to_the_same_party():
    analysis = said("Idrettslaget ber kommunen om svar. Samtidig ber idrettslaget om et møte.")
    assert parties(analysis, 1) == parties(analysis, 0)
    assert analysis.demands[1].addressee_basis == "continued"


@pytest.mark.parametrize(
    "sentence",
    [
        "Idrettslaget vil kreve at kommunen bygger hall.",
        "Lærerne varsler krav om høyere lønn.",
        "Lærarane kjem til å be kommunen om høgare løn.",
    ],
)
def test_an_announced_demand_says_so(sentence: str):
    (demand,) = said(sentence).demands
    assert "announced, not yet made" in {r.note for r in demand.reasons}


@pytest.mark.parametrize(
    "sentence",
    ["Kommunen kommer ikke til å kreve hjelm.", "Jegere hadde våpen hjemme, uten at det var krav om våpenskap."],
)
def test_a_standard_and_a_demand_that_will_not_come_are_none(sentence: str):
    assert said(sentence).demands == ()


def test_a_made_demand_is_not_announced():
    (demand,) = said("Idrettslaget krever at kommunen bygger hall.").demands
    assert "announced, not yet made" not in {r.note for r in demand.reasons}


def test_stems():
    assert stem_of("kandidatane") == stem_of("kandidatar")


def test_a_place_before_the_verb_belongs_to_the_party():
    analysis = said("Kari Lie vet at folk i gatene har grunn til sinne, men hun har bedt dem om å gå hjem.")
    assert parties(analysis)[1] == "folk i gatene"


def test_who_asks_me_in_my_own_words_is_another():
    analysis = said("– Den gamle kvinnen tryglet meg om hjelp, sier Kari Lie.")
    assert parties(analysis) == ("den gamle kvinnen", "Kari Lie")


def test_who_comes_from_a_place_is_not_asked_of_it():
    assert said("– Jeg ville ha en forfatter fra Grønland, sier Kari Lie.").demands == ()
