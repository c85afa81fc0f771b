"""The lexicon of saying: its lines are in order, and it knows the verbs of both standards."""

from __future__ import annotations

from collections import Counter

import pytest

from corpus_lib.language.lexicon import rows

USES = {"say", "opine", "ask", "act", "sound", "label", "demand", "wish", "document", "noun", "adjective"}
CLASSES = {
    *("tell", "claim", "stress", "add", "explain", "confirm", "deny", "admit", "warn", "promise", "threaten", "hint"),
    *("think", "hope", "fear", "feel", "ask", "propose", "demand", "agree", "judge", "praise", "blame", "joke"),
    *("call", "stand", "show", "sound"),
}


def test_every_line_has_a_known_use_and_class_and_its_lemma_among_its_forms() -> None:
    entries = rows("saying.csv")
    assert {r["use"] for r in entries} == USES
    assert {r["class"] for r in entries} == CLASSES
    assert [r["lemma"] for r in entries if not r["forms"].split()] == []
    assert [r["lemma"] for r in entries if len(set(r["forms"].split())) < len(r["forms"].split())] == []


def test_no_line_stands_twice() -> None:
    times = Counter((r["lemma"], r["particle"], r["use"]) for r in rows("saying.csv"))
    assert [line for line, n in times.items() if n > 1] == []


@pytest.mark.parametrize(
    ("form", "particle", "use", "kind"),
    [
        ("poengterte", "", "say", "stress"),
        ("medgjev", "", "say", "admit"),
        ("supplerer", "", "say", "add"),
        ("redegjorde", "for", "act", "explain"),
        ("rekna", "med", "opine", "hope"),
        ("gjev", "uttrykk for", "act", "tell"),
        ("slo", "alarm om", "act", "warn"),
        ("avkreftast", "", "act", "deny"),
        ("utelukker", "", "act", "deny"),
        ("tvilar", "på", "opine", "deny"),
        ("oppmodar", "", "act", "propose"),
        ("truga", "med", "act", "threaten"),
        ("stotra", "", "sound", "sound"),
        ("titulerer", "", "label", "call"),
        ("kom", "fram", "document", "stand"),
        ("åtvaringa", "om", "noun", "warn"),
        ("dementiet", "av", "noun", "deny"),
        ("overraska", "over", "adjective", "feel"),
        ("samde", "i", "adjective", "agree"),
    ],
)
def test_a_form_is_known_with_its_particle_use_and_class(form: str, particle: str, use: str, kind: str) -> None:
    found = {(r["particle"], r["use"], r["class"]) for r in rows("saying.csv") if form in r["forms"].split()}
    assert (particle, use, kind) in found


@pytest.mark.parametrize(
    ("lemma", "particle"), [("protestere", "mot"), ("bagatellisere", ""), ("ta", "avstand fra"), ("protest", "mot")]
)
def test_who_objects_to_what_is_so_does_not_deny_it(lemma: str, particle: str) -> None:
    classes = {r["class"] for r in rows("saying.csv") if (r["lemma"], r["particle"]) == (lemma, particle)}
    assert classes
    assert "deny" not in classes
