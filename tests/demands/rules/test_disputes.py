"""Whole disputes in Bokmål and Nynorsk: sets, collective answers, counter-demands, offers, silence, conditions."""

from __future__ import annotations

import pytest

from corpus_lib.analysis import Analysis
from corpus_lib.model import Demand
from tests.demands.ruled import analyse

WAGES = """Ny runde i lønnsstriden

Postarbeidarlaget la fram ei rekkje krav på bordet tysdag. Postarbeidarlaget kravde blant anna at Rederlaget legg om nattskifta. Postarbeidarlaget har òg kravd at Rederlaget betaler for overtida. I tillegg vil Postarbeidarlaget ha garanti for at ingen blir sagde opp.

Både Rederlaget og Arbeidsgjevarlaget har avvist krava frå Postarbeidarlaget.

Rederlaget er villig til å snakke om arbeidstida.

– Postarbeidarlaget må avslutte streiken, seier direktør Siv Dale i Rederlaget.

Postarbeidarlaget ber også Arbeidstilsynet om å gripe inn. Arbeidstilsynet har ikkje svart på oppmodinga.
"""  # noqa: E501  a paragraph is one line

SCHOOL = """Krangel om skolen

Foreldreutvalget krever at Fjellvik kommune åpner skolen igjen. Foreldreutvalget ber også Statsforvalteren om å se på saken.

Fjellvik kommune imøtekommer deler av kravet.

Statsforvalteren er villig til å se på saken dersom kommunen legger fram alle papirene.

Rektorlaget oppfordrer Fjellvik kommune til å vente. Fjellvik kommune har avslått oppfordringen.
"""  # noqa: E501  a paragraph is one line

SPORTS = """Uro i roforbundet

Roforbundet krevde at roklubben i Nordby betaler tilbake støtten.

Roklubben vil ikke gå med på kravet før forbundet viser fram regnskapet.

Idrettsstyret foreslo at roklubben betaler halvparten. Roforbundet sa ja til forslaget.
"""


def asked(analysis: Analysis, words: str) -> Demand:
    """The one demand whose content holds some words."""
    found = [d for d in analysis.demands if words in analysis.article.slice(d.content)]
    assert len(found) == 1, [analysis.article.slice(d.content) for d in analysis.demands]
    return found[0]


def cells(analysis: Analysis, demand: Demand) -> dict[str, tuple[str, bool]]:
    names = analysis.names()
    return {names[c.actor]: (c.stance, c.attested) for c in analysis.cells if c.demand == demand.id}


@pytest.fixture(scope="module")
def wages() -> Analysis:
    return analyse(WAGES)


@pytest.fixture(scope="module")
def school() -> Analysis:
    return analyse(SCHOOL)


@pytest.fixture(scope="module")
def sports() -> Analysis:
    return analyse(SPORTS)


def test_a_nynorsk_list_is_a_set_and_each_member_is_rejected_by_both(wages: Analysis):
    members = [asked(wages, w) for w in ("nattskifta", "overtida", "garanti")]
    (group,) = [d for d in wages.demands if d.kind == "set"]
    assert group.members == tuple(m.id for m in members)
    for member in members:
        found = cells(wages, member)
        assert found["Rederlaget"] == found["Arbeidsgjevarlaget"] == ("reject", True)


def test_the_answers_of_the_set_are_those_of_all_its_members(wages: Analysis):
    (group,) = [d for d in wages.demands if d.kind == "set"]
    assert cells(wages, group)["Rederlaget"] == ("reject", True)


def test_a_demand_back_on_the_demander_counters(wages: Analysis):
    counter = asked(wages, "avslutte streiken")
    assert wages.joined(counter.addressees) == "Postarbeidarlaget"
    (group,) = [d for d in wages.demands if d.kind == "set"]
    (response,) = [r for r in wages.responses if r.stance == "counter"]
    assert response.targets == (group.id,)
    assert wages.joined(response.actors) == "Siv Dale"


def test_an_offer_beside_the_rejection_is_kept(wages: Analysis):
    (offer,) = [r for r in wages.responses if r.stance == "offer"]
    assert wages.article.slice(offer.evidence) == "Rederlaget er villig til å snakke om arbeidstida"
    assert offer.targets


def test_silence_that_the_text_attests_and_that_it_leaves(wages: Analysis):
    assert cells(wages, asked(wages, "gripe inn"))["Arbeidstilsynet"] == ("none", True)
    assert cells(wages, asked(wages, "avslutte streiken"))["Postarbeidarlaget"] == ("none", False)


def test_a_part_and_a_condition_and_a_no(school: Analysis):
    assert cells(school, asked(school, "åpner skolen"))["Fjellvik kommune"] == ("partial", True)
    assert cells(school, asked(school, "se på saken"))["Statsforvalteren"] == ("condition", True)
    assert cells(school, asked(school, "vente"))["Fjellvik kommune"] == ("reject", True)


def test_a_yes_goes_to_the_proposal_and_not_to_the_demand(sports: Analysis):
    (accepted,) = [r for r in sports.responses if r.stance == "accept"]
    assert accepted.targets == (asked(sports, "halvparten").id,)


def test_side_by_side_shows_the_words(school: Analysis):
    frame = school.side_by_side().reset_index().set_index("demand")
    assert (
        frame.loc[asked(school, "åpner skolen").id, "Fjellvik kommune"]
        == "partial: Fjellvik kommune imøtekommer deler av kravet"
    )
    assert frame.shape[0] == len(school.demands)
