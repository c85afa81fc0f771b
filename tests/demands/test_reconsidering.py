"""The parties of a demand are looked at once more when it is known who answers."""

from __future__ import annotations

from corpus_lib.analysis import analyse

ASKED = "Vil ha fri\n\nDe ansatte krever fri på lørdager."


def called_on(text: str) -> list[str]:
    analysis = analyse(text)
    return [analysis.joined(d.addressees) or "" for d in analysis.demands]


def test_who_answers_is_who_was_called_on():
    assert called_on(ASKED)[-1] == ""
    assert called_on(ASKED + " Kommunen avviser kravet.")[-1] == "kommunen"


def test_nobody_answers_what_they_asked_for_themselves():
    analysis = analyse(ASKED + " Kommunen avviser kravet. De ansatte godtar ikke avslaget.")
    asking = {d.id: set(d.actors) for d in analysis.demands}
    assert analysis.responses
    assert all(asking[t].isdisjoint(r.actors) for r in analysis.responses for t in r.targets)
