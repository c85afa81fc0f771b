"""Which demand an answer goes to: said again, along with another, told point by point."""

from __future__ import annotations

from corpus_lib.analysis import Analysis, analyse


def said(text: str) -> Analysis:
    return analyse(f"Uenige om saken\n\n{text}")


def test_an_answer_said_again_by_the_same_side_goes_to_the_same_demand():
    analysis = said(
        "Venstre har lagt en rekke nye krav på bordet, men Høyre vil ikke forhandle mer.\n\n"
        "Det regner i hovedstaden, og mange holder seg inne.\n\n"
        "Høyre-leder Odd Berg har gjentatt at han ikke vil forhandle videre."
    )
    rejected = [r for r in analysis.responses if r.stance == "reject"]
    assert len(rejected) == 2
    assert rejected[0].targets == rejected[1].targets == (analysis.demands[0].id,)


def test_a_yes_to_following_a_proposal_is_a_yes_to_it():
    analysis = said(
        "Per Moe foreslo at Fjellvik betaler mindre. Per Moe ba Odd Berg bli med på forslaget.\n\n"
        "– Jeg blir med, sa Odd Berg."
    )
    accepted = [r for r in analysis.responses if r.stance == "accept"]
    assert [set(r.targets) for r in accepted] == [{d.id for d in analysis.demands}]


def test_owned_claims_that_were_met_are_demands():
    analysis = said("Etter at Venstre hadde fått innfridd sine krav til komitéledere, var partiet fornøyd.")
    (demand,) = analysis.demands
    assert (analysis.joined(demand.actors), analysis.article.slice(demand.content)) == ("Venstre", "komitéledere")
    assert [(r.stance, r.targets) for r in analysis.responses] == [("accept", (demand.id,))]


def test_the_points_of_an_answer_are_offers_to_the_demander():
    analysis = said(
        "Fjellvik krevde at Sandvik kommune flytter søpla. Sandvik kommune har svart på kravet.\n\n"
        "Det første punktet er dialog.\n\n"
        "– Vi bør møtes hver måned, sier ordfører Kari Lie i Sandvik kommune."
    )
    (offer,) = [r for r in analysis.responses if r.rule == "point of an answer"]
    assert analysis.article.slice(offer.evidence) == "Vi bør møtes hver måned"


def test_a_counter_demand_is_the_later_one_by_date_or_order():
    analysis = said(
        "Rederiet krever at mannskapet godtar kutt.\n\nMannskapet krever at rederiet legger fram regnskapet."
    )
    (counter,) = [r for r in analysis.responses if r.stance == "counter"]
    assert (analysis.joined(counter.actors), counter.targets) == ("mannskapet", ("d1",))


def test_what_the_demander_is_told_to_have_got_is_an_answer():
    for verb, stance in (("fikk flertall", "accept"), ("fikk ikke flertall", "reject"), ("fikk gjennomslag", "accept")):
        analysis = said(f"Høyre foreslo at byen bygger badeland. Høyre {verb} for forslaget.")
        assert [(r.stance, r.targets) for r in analysis.responses] == [(stance, ("d1",))]


def test_who_has_to_give_in_was_refused():
    analysis = said("Senterpartiet krevde at kommunestyret avviste saken, men måtte gi seg for flertallet.")
    assert [(r.stance, r.targets) for r in analysis.responses] == [("reject", ("d1",))]
