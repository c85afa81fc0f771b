"""What annotated articles tell of the parties of demands that were found, beside each other and their answers."""

from __future__ import annotations

from collections.abc import Iterator

from corpus_lib.demands.examples import OPEN, Case, is_core, pairing
from corpus_lib.demands.naming import same_people, wanted_of
from corpus_lib.demands.reconsidering import beside, options
from corpus_lib.learned.fitting import Choice


def again(case: Case, role: str) -> Iterator[Choice]:
    """Yield who demands, or who is called on, beside the other demands and the answers that were found."""
    targets, demands = pairing(case, "demand"), [d.act for d in case.kept]
    places = {id(a): i for i, a in enumerate(case.acts["demand"])}
    for place, demand in enumerate(demands):
        item = targets.get(places[id(demand)])
        if item is None:
            continue
        told, wanted = beside(place, demands, case.answers, case.setting), wanted_of(item, role)
        offered = options(role, demand, told, demands, case.setting)
        right = tuple(i for i, c in enumerate(offered) if same_people(case.setting.cast, c.entities, wanted))
        if right:
            weight = case.weight * (1.0 if wanted or is_core(item) else OPEN)
            yield Choice(case.page.doc, tuple(c.features for c in offered), right, weight)
