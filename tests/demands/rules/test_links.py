"""Which demand an answer goes to: said again, along with another, told point by point."""

from __future__ import annotations

from time import process_time

from corpus_lib.analysis import Analysis
from corpus_lib.demands import comparison
from corpus_lib.demands.rules.linking import Answered, links_of
from corpus_lib.model import Demand, Response, Span
from tests.demands.ruled import analyse


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


def test_a_judgement_that_leads_to_the_speakers_own_demand_is_no_answer():
    analysis = said(
        "Nå krever kommunen at vedtaket trekkes.\n\n"
        "– Dette er uakseptabelt. Vi krever at staten trekker vedtaket, sier ordfører Kari Lie i Ramsvåg kommune.\n\n"
        "Statsråd Odd Berg avviser kravet."
    )
    assert [(analysis.joined(r.actors), r.stance) for r in analysis.responses] == [("Odd Berg", "reject")]


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


_WIDTH = 40
"""Characters of a made sentence."""


def demand(number: int) -> Demand:
    """Return the demand that a made sentence holds, of the first actor on the second."""
    start = 2 * number * _WIDTH
    return Demand(
        id=f"d{number}", kind="single", actors=("a1",), voice=None,
        addressees=("a2",), addressee_basis=None, content=Span(start, start + _WIDTH), cue=None,
        strength="demand", members=(), mentions=(), quote=None, date=None, rule="given",
        reasons=(), confidence=1.0,
    )  # fmt: skip


def refusal(number: int) -> Answered:
    """Return the second actor's refusal, in the sentence behind a demand."""
    start = (2 * number + 1) * _WIDTH
    return Answered(
        block=0, evidence=Span(start, start + _WIDTH), cue=Span(start, start + 1), actors=(1,), bodies=(), voice=None,
        stance="reject", target=None, target_kind=None, owners=(), scope="unspecified", basis="explicit", rule="given",
        lemma="avvise", alone=False, of_other=False, confidence=1.0,
    )  # fmt: skip


def sentences(many: int) -> str:
    """Return made sentences of one length, a demand and an answer in turn, no two of the same words."""
    return "".join(
        f"bygge vei{n:05} over fjellet".ljust(_WIDTH) + f"nei til vei{n:05}".ljust(_WIDTH) for n in range(many)
    )


def test_what_somebody_put_forward_is_known_by_its_answers():
    analysis = said(
        "Mens Høyre ga klarsignal søndag, har Venstre nektet å gå med på skissen som statsminister Odd Berg la frem "
        "i forrige uke, og som Frp ga sin tilslutning til."
    )
    (proposal,) = analysis.demands
    assert analysis.article.slice(proposal.content) == "skissen som statsminister Odd Berg la frem i forrige uke"
    assert (analysis.joined(proposal.actors), proposal.strength) == ("Odd Berg", "proposal")
    answers = {(analysis.joined(r.actors), r.stance, r.targets) for r in analysis.responses}
    assert answers == {
        ("Høyre", "accept", (proposal.id,)),
        ("Venstre", "reject", (proposal.id,)),
        ("Frp", "accept", (proposal.id,)),
    }


def test_what_is_put_forward_and_told_is_one_demand():
    analysis = said("Odd Berg krever at skolen åpnes. Kari Lie avviser kravet som Odd Berg stilte.")
    assert len(analysis.demands) == 1
    assert [r.targets for r in analysis.responses] == [(analysis.demands[0].id,)]


def test_the_opinion_of_the_demander_does_not_hold_what_came_of_the_demand():
    analysis = said("Venstre mente alle burde få vite mer, og krevde å få svar, men måtte gi seg for flertallet.")
    assert [(r.stance, r.targets) for r in analysis.responses] == [("reject", (analysis.demands[0].id,))]


def test_an_answer_goes_to_the_demand_before_it_in_a_text_of_many_demands():
    many = 1000
    text, demands = sentences(many), [demand(n) for n in range(many)]
    for number in (0, 7, 400, 999):
        assert [k.demand for k in links_of(refusal(number), demands, text)] == [f"d{number}"]


def test_linking_and_comparing_take_time_in_proportion_to_the_demands_and_answers():
    """Three times as many took some twenty times as long when members were sought anew for every pair."""

    def seconds(many: int) -> float:
        text, demands = sentences(many), [demand(n) for n in range(many)]
        start = process_time()
        found = [(n, links_of(refusal(n), demands, text)) for n in range(0, many, 6)]
        responses = [
            Response(
                id=f"r{n}", actors=("a2",), voice=None, links=links, target_text=None, stance="reject",
                evidence=refusal(n).evidence, cue=None, scope="unspecified", basis="explicit", quote=None,
                rule="given", reasons=(), confidence=1.0,
            )
            for n, links in found
        ]  # fmt: skip
        cells = comparison(demands, responses)
        spent = process_time() - start
        assert sum(c.stance == "reject" for c in cells) == len(found)
        return spent

    few, many = (min(seconds(n) for _ in range(3)) for n in (300, 900))
    assert many < 8 * few
