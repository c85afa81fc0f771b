"""How answers are told: with a bare no, «det», «komme på tale», the words of the demand; and what is none."""

from __future__ import annotations

from time import process_time

import pytest

from corpus_lib.analysis import Analysis
from tests.demands.ruled import analyse


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
        ("Indonesia ble bedt om å gå. Indonesia avslo.", ("Indonesia", "reject")),
        ("Naboene krever lavere fart. Vegvesenet har sagt nei hver gang.", ("Vegvesenet", "reject")),
        ("Utøverne krever at kuttet reverseres. Forbundet sier nei til å reversere det.", ("forbundet", "reject")),
        ("Elevane foreslår ny buss. Forslaget får tommelen ned av ordføraren.", ("ordføraren", "reject")),
        (
            "Laget bad kommunen om lys. Kommunen svarar at det kan vere aktuelt, dersom laget betaler.",
            ("kommunen", "condition"),
        ),
        (
            "Laget krev at styret kjøper drakter. Det er greitt for styret så lenge dei er billege.",
            ("styret", "condition"),
        ),
        ("Laget krever nye drakter. Styret sier ja, men bare hvis kommunen betaler.", ("styret", "condition")),
        ("Laget krever nye drakter. Styret er enig i kravet, men vil ikke betale alt.", ("styret", "partial")),
        ("Laget krever to millioner. Styret vil ikke gå lenger enn til én million.", ("styret", "partial")),
        ("Forfattarane krev eit forbod mot robotar. Høgre er imot eit forbod.", ("Høgre", "reject")),
        ("Legene ber kommunen om penger. Det synes kommunen er en god idé.", ("kommunen", "accept")),
        ("Kommunen ba Statnett om svar. Statnett har ikke besvart henvendelsen.", ("Statnett", "none")),
        ("Laget ber kommunen om lys. Kommunen skal vurdere kravet.", ("kommunen", "noted")),
        ("Laget ber kommunen om lys. Kommunen sier ja til kravet, men bare for én sesong.", ("kommunen", "partial")),
        ("Legeforeningen krever flere leger. Høyre støtter kravet fra legene.", ("Høyre", "accept")),
        ("Laget ber kommunen om lys. Kommunen er uenig i kravet.", ("kommunen", "reject")),
        ("Partiet ber Norge bryte med Israel.\n\n– Nei, sier statsråd Odd Berg.", ("Odd Berg", "reject")),
    ],
)
def test_an_answer(text: str, expected: tuple[str | None, str]):
    assert answers(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Elevene krever at skolen varsler. Skolen har en helt klar plikt til å varsle om mobbing.",
        "LO krever at NHO åpner veien. NHO er ikke mot kravet.",
        "LO krever at NHO åpner veien. Det gjør NHO sterkere.",
        "LO krever at NHO åpner veien. NHO følger kravet med interesse.",
        "LO krever at Rema åpner veien. Rema er åpen for alle kunder.",
        "LO krever at NHO åpner veien. NHO vil ikke åpne dørene til festen.",
        "LO krever at NHO snur. NHO snur ikke på flisa.",
        "Laget krever lys. – Når kommunen sier nei, gir vi opp, sier Odd Berg i laget.",
        "Partiet ber Norge snu. – Er du redd? – Nei, sier Odd Berg.",
        "Et bygg som oppfyller kravene til energiklasse, er dyrere.",
        "Fagforbundet krever høyere lønn. Streiken har vart lenge, og mange er slitne. Det avviser ikke NHO.",
        "LO krever at Odd Berg går. Odd Berg er tiltalt for ran. Det nekter han for.",
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


def test_items_behind_a_colon_are_the_members_of_the_set():
    analysis = said(
        "Strid om kutt\n\nDet er uro i idretten etter at budsjettet ble lagt fram i forrige uke.\n\n"
        "Utøverne stiller to krav:\n\n– at kuttet blir omgjort før landsstyret møtes i mars\n\n"
        "– at forbundet beklager saken overfor alle medlemmer\n\n"
        "Forbundet avviser begge deler."
    )
    whole, first, second = analysis.demands
    assert (whole.kind, whole.members) == ("set", (first.id, second.id))
    assert [analysis.article.slice(d.content) for d in (first, second)] == [
        "kuttet blir omgjort før landsstyret møtes i mars",
        "forbundet beklager saken overfor alle medlemmer",
    ]
    assert {analysis.joined(d.actors) for d in analysis.demands} == {"utøverne"}
    assert analysis.joined(second.addressees) == "forbundet"
    assert [(analysis.joined(r.actors), r.stance) for r in analysis.responses] == [("forbundet", "reject")]
    assert analysis.quotes == ()


def test_items_without_an_announcement_are_no_demands():
    assert said("Dette vet vi:\n\n– at det regner\n\n– at det blåser").demands == ()


def test_how_long_somebody_has_asked_is_not_what_is_asked_for():
    assert said("– Det er jo det vi har bedt om hele veien, sier Kari Lie.").demands == ()


def test_a_dateline_demands_nothing():
    analysis = said("OSLO (NTB): Transportarbeiderne krever høyere lønn.")
    assert [analysis.joined(d.actors) for d in analysis.demands] == ["transportarbeiderne"]


def test_a_wish_that_a_party_act_calls_on_it():
    analysis = said("Senterpartiet vil at kommunen setter av penger.")
    assert [(analysis.joined(d.actors), analysis.joined(d.addressees)) for d in analysis.demands] == [
        ("Senterpartiet", "kommunen")
    ]


def test_one_long_sentence_takes_time_in_proportion():
    def once(times: int) -> float:
        text = "Kommunen har ikke tenkt " + "å åpne og å stenge og ikke planer om " * times + "veien."
        start = process_time()
        said("Kari Lie krever at kommunen åpner veien. " + text)
        return process_time() - start

    def seconds(times: int) -> float:
        return min(once(times) for _ in range(3))

    once(1)
    assert seconds(200) < 13 * max(seconds(20), 0.02)


@pytest.mark.parametrize("sentence", ["Det synes kommunen er en god idé.", "Det sier kommunen ja til."])
def test_an_answer_is_no_quotation(sentence: str):
    analysis = said(f"Legene ber kommunen om penger. {sentence}")
    assert analysis.quotes == ()
    assert [(analysis.joined(r.actors), r.stance) for r in analysis.responses] == [("kommunen", "accept")]


def test_a_minister_does_not_speak_for_whatever_organisation_stands_there():
    analysis = said("FN ber partene legge ned våpnene.\n\nUtenriksminister Sergej Lavrov avviser kravet.")
    assert [(analysis.joined(r.actors), r.stance) for r in analysis.responses] == [("Sergej Lavrov", "reject")]
