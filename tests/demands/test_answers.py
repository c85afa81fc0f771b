"""How answers are told: with a bare no, «det», «komme på tale», the words of the demand; and what is none."""

from __future__ import annotations

import pytest

from corpus_lib.analysis import Analysis, analyse


def said(text: str) -> Analysis:
    return analyse(f"Uenige om saken\n\n{text}")


def answers(text: str) -> list[tuple[str | None, str]]:
    analysis = said(text)
    known = {d.id for d in analysis.demands}
    assert all(r.targets and set(r.targets) <= known for r in analysis.responses)
    return [(analysis.joined(r.actors), r.stance) for r in analysis.responses]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fagforbundet krever høyere lønn. Det avviser NHO.", ("NHO", "reject")),
        ("USA har bedt Iran om å stanse anrikingen. Iran avviser dette.", ("Iran", "reject")),
        ("Partiet ber regjeringen stanse letingen. Regjeringen sier nei.", ("regjeringen", "reject")),
        ("EU krev at Noreg opnar marknaden. Noreg seier blankt nei.", ("Noreg", "reject")),
        ("Norge ba FN om hjelp. FN takket ja.", ("FN", "accept")),
        ("Elevene krevde å få se rapporten. Skolen nektet.", ("skolen", "reject")),
        ("Styret anbefaler kommunen å selge bygget. Kommunen sier seg enig.", ("kommunen", "accept")),
        ("Naboene foreslo en ny vei. – Det kommer ikke på tale, sier ordfører Kari Lie.", ("Kari Lie", "reject")),
        ("Høyre foreslår å kutte skatten. SV er imot forslaget.", ("SV", "reject")),
        ("Rødt krever at byrådet snur. Byrådet snur ikke.", ("byrådet", "reject")),
        ("Lærerne krever penger. Kommunen går med på å dekke halvparten.", ("kommunen", "partial")),
        ("Foreldrene krever flere lærere. Kravet ble drøftet og ble ikke innfridd.", (None, "reject")),
        ("Utvalget anbefaler gratis buss. Kommunen tok anbefalingen til følge.", ("kommunen", "accept")),
        ("Frp krever kutt i avgiftene. Regjeringen avviser å kutte avgiftene.", ("regjeringen", "reject")),
        ("Bondelaget krever høyere pris. Statsråden lover å vurdere kravet.", ("statsråden", "noted")),
        ("Opposisjonen krever gransking. Statsråden ønsker ikke å kommentere kravet.", ("statsråden", "noted")),
        ("Direktoratet tilrår stans. Departementet følgjer tilrådinga.", ("departementet", "accept")),
        ("Presidenten ga generalene ordre om å snu. Generalene adlød ikke ordren.", ("generalene", "reject")),
        ("Streikende krever mer lønn. Ledelsen er klar til å forhandle hvis de snur.", ("ledelsen", "condition")),
        ("Foreldra ber kommunen utsetje vedtaket. Kommunen vil ikkje utsetje saka.", ("kommunen", "reject")),
        ("EU krever at Norge åpner markedet. Norge har ikke tenkt å åpne det.", ("Norge", "reject")),
    ],
)
def test_an_answer(text: str, expected: tuple[str | None, str]):
    assert answers(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Skolen har en helt klar plikt til å varsle.",
        "Et bygg som oppfyller kravene til energiklasse, er dyrere.",
        "Fagforbundet krever høyere lønn. Streiken har vart lenge, og mange er slitne. Det avviser ikke NHO.",
        "Mannen er tiltalt for ran. Det nekter han for.",
        "Foreldrene ber kommunen utsette vedtaket. Foreldrene vil ikke utsette ferien.",
        "Foreldrene ber kommunen utsette vedtaket. Kommunen vil ikke male skolen.",
    ],
)
def test_no_answer(text: str):
    assert said(text).responses == ()


def test_a_proposal_of_last_week_has_its_whole_content():
    analysis = said("Naboene foreslo i forrige uke å flytte veien.")
    assert [analysis.article.slice(d.content) for d in analysis.demands] == ["flytte veien"]


def test_a_proposal_ends_where_its_fate_is_told():
    analysis = said("Forslaget fra Høyre om å kutte skatten ble nedstemt.")
    assert [(analysis.article.slice(d.content), d.addressees) for d in analysis.demands] == [("kutte skatten", ())]
    assert [(r.stance, r.targets) for r in analysis.responses] == [("reject", ("d1",))]


def test_who_is_given_an_order_is_called_on():
    analysis = said("Presidenten ga generalene ordre om å snu.")
    assert [(analysis.joined(d.actors), analysis.joined(d.addressees)) for d in analysis.demands] == [
        ("presidenten", "generalene")
    ]


@pytest.mark.parametrize(
    ("text", "content", "addressee"),
    [
        ("– Israel må stanse bombingen, krever FN.", "stanse bombingen", "Israel"),
        ("– Stans bombingen nå, krever FN.", "Stans bombingen nå", None),
    ],
)
def test_what_is_demanded_in_speech_before_its_verb(text: str, content: str, addressee: str | None):
    analysis = said(text)
    (demand,) = analysis.demands
    assert (analysis.article.slice(demand.content), analysis.joined(demand.addressees)) == (content, addressee)
    assert analysis.joined(demand.actors) == "FN"
    (quote,) = analysis.quotes
    assert analysis.article.slice(quote.segments[0]) == text[2:].partition(",")[0]


def test_a_headline_without_a_subject_calls_on_whom_it_names():
    analysis = analyse("Krever at fylket stanser kuttet\n\nDet regner, og ferja ligger ved kai.")
    (demand,) = analysis.demands
    assert (demand.actors, analysis.joined(demand.addressees)) == ((), "fylket")
