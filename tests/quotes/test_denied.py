"""Denials: what a speaker rejects is shown as denied wherever it is shown, and is never a statement of the speaker."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus_lib import Analysis, analyse, plots
from corpus_lib.cli import main
from corpus_lib.exchange.marks import marks_of
from corpus_lib.report import report
from corpus_lib.widgets import evidence_html, share_html
from corpus_lib.words import Index

HEAD = {"nb": "Striden om badet fortsetter\n\n", "nn": "Striden om badet held fram\n\n"}
CONTENT = ("lekker", "lek", "konflikt", "penger", "pengar", "løyet", "loge", "visst", "visste", "stengt", "stengd")

DENIALS = (
    ("nb", "Ordfører Kari Lie avviser at taket lekker."),
    ("nb", "Ordfører Kari Lie avviste at taket lekker."),
    ("nb", "Ordfører Kari Lie har avvist at taket lekker."),
    ("nb", "Ordfører Kari Lie benekter at det er konflikt i styret."),
    ("nb", "Ordfører Kari Lie benektet overfor NTB at taket lekker."),
    ("nb", "Kari Lie nekter for at hun har løyet om taket."),
    ("nb", "Hun nekter for å ha løyet om taket."),
    ("nb", "Kari Lie benekter å ha visst at taket lekker."),
    ("nb", "Kommunen avkrefter at badet blir stengt."),
    ("nb", "Kommunen avkreftet tirsdag at badet blir stengt."),
    ("nb", "Rådmannen tilbakeviser at det mangler penger."),
    ("nb", "Rådmannen tilbakeviste at det mangler penger til taket."),
    ("nb", "Rådmannen bestrider at taket lekker."),
    ("nb", "Selskapet dementerer at det er konflikt i styret."),
    ("nb", "Selskapet dementerte at badet blir stengt."),
    ("nb", "Kari Lie avviste påstanden om at taket lekker."),
    ("nb", "Kari Lie avviste påstander om at hun har løyet."),
    ("nb", "Styret tilbakeviser anklagene om at det mangler penger."),
    ("nb", "Styret avviser ryktene om at badet blir stengt."),
    ("nb", "Partiet avkrefter ryktet om at det er konflikt i styret."),
    ("nb", "Påstanden om at taket lekker, ble avvist av ordfører Kari Lie."),
    ("nb", "Det avvises av kommunen at badet blir stengt."),
    ("nb", "Det ble avvist fra kommunen at taket lekker."),
    ("nb", "Det er konflikt i styret. Det avviser ordfører Kari Lie."),
    ("nb", "Det er konflikt i styret, noe ordfører Kari Lie avviser."),
    ("nb", "Kari Lie kom med et dementi av at badet blir stengt."),
    ("nb", "Lies avvisning av at taket lekker, kom tirsdag."),
    ("nb", "Kari Lie går ikke med på at taket lekker, og avviser at det er konflikt i styret."),
    ("nb", "At taket lekker, benekter ordfører Kari Lie."),
    ("nb", "Siktede nekter for at han visste om pengene."),
    ("nn", "Ordførar Kari Lie avviser at taket lek."),
    ("nn", "Ordførar Kari Lie avviste at taket lek."),
    ("nn", "Ho nektar for at det er konflikt i styret."),
    ("nn", "Ho nekta for å ha visst at taket lek."),
    ("nn", "Kommunen avkreftar at badet blir stengt."),
    ("nn", "Rådmannen tilbakeviser at det manglar pengar."),
    ("nn", "Selskapet dementerer at badet blir stengt."),
    ("nn", "Ordføraren avviste påstanden om at taket lek."),
    ("nn", "Leiaren avviser skuldingane om at det manglar pengar."),
    ("nn", "Påstanden om at taket lek, blei avvist av ordførar Kari Lie."),
    ("nn", "Det er konflikt i styret. Det avviser ordførar Kari Lie."),
    ("nn", "Kari Lie benektar å ha visst at taket lek."),
    ("nb", "Kari Lie benekter å ha sagt at taket lekker."),
    ("nb", "Kari Lie tror ikke at taket lekker."),
    ("nn", "Kari Lie trur ikkje at taket lek."),
    ("nb", "Kari Lie er uenig i at taket lekker."),
    ("nb", "Kari Lie er ikke enig i at det mangler penger."),
)


def statements(analysis: Analysis) -> list[str]:
    """Return what is shown as said by somebody."""
    return [analysis.words_of(q) for q in analysis.quotes if not q.denied]


@pytest.mark.parametrize(("language", "text"), DENIALS)
def test_a_denial_is_no_statement(language: str, text: str):
    analysis = analyse(HEAD[language] + text, language=language)
    told = [words for words in statements(analysis) if any(c in words.split() for c in CONTENT)]
    assert told == []


def test_most_denials_are_found_as_such():
    found = [any(q.denied for q in analyse(HEAD[n] + text, language=n).quotes) for n, text in DENIALS]
    assert sum(found) >= 42


@pytest.mark.parametrize(
    "text",
    [
        "Ordfører Kari Lie sier at taket lekker.",
        "– Taket er helt tett, avviser Kari Lie.",
        "Ordfører Kari Lie bekrefter at taket lekker.",
        "Kari Lie mener at taket ikke lekker.",
    ],
)
def test_a_statement_is_no_denial(text: str):
    assert [q.denied for q in analyse(HEAD["nb"] + text, language="nb").quotes] == [False]


TEXT = """Striden om badet fortsetter

Ordfører Kari Lie sier at badet er trygt.

Ordfører Kari Lie avviser at taket lekker.
"""


@pytest.fixture(scope="module")
def strife() -> Analysis:
    analysis = analyse(TEXT, language="nb")
    assert [q.denied for q in analysis.quotes] == [False, True]
    return analysis


def test_tables_tell_a_denial_and_keep_it_apart(strife: Analysis):
    frame = strife.frame("quotes")
    assert frame["text"].tolist() == ["badet er trygt", "denies: taket lekker"]
    assert frame["denied"].tolist() == [False, True]


def test_the_record_on_the_wire_tells_it_and_is_read_back(strife: Analysis):
    assert [q["denied"] for q in strife.to_dict()["quotes"]] == [False, True]
    assert Analysis.from_dict(strife.to_dict(), TEXT).quotes[1].denied


def test_the_marked_article_and_its_legend_name_who_denies(strife: Analysis):
    shown = strife._repr_html_()
    assert "[Kari Lie (denies)]" in shown
    assert "Kari Lie: 1" in shown
    assert "Kari Lie (denies): 1" in shown


def test_the_explanation_says_that_it_is_denied(strife: Analysis):
    assert "Kari Lie denies it" in strife.explain("q2")
    assert "denies" not in strife.explain("q1")


def test_shares_of_words_count_a_denial_apart(strife: Analysis):
    finding = plots.share_finding(strife.frame("quotes"))
    assert "Kari Lie 3" in finding
    assert "Kari Lie (denies) 2" in finding
    assert plots.speaker_blocks(strife)["speaker"].tolist() == ["Kari Lie", "Kari Lie (denies)"]


def test_the_report_and_the_terminal_show_it_as_denied(strife: Analysis, tmp_path: Path, capsys: pytest.CaptureFixture):
    assert "avviser: taket lekker" in re.sub(r"<[^<>]*>", "", report([strife]))
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert main(["analyse", str(tmp_path / "a.txt")]) == 0
    assert "denies: taket lekker" in capsys.readouterr().out


def test_the_words_of_a_speaker_leave_out_what_is_denied(strife: Analysis):
    index = Index.of_analyses([strife])
    assert index.where(speaker="Kari Lie").total == 3
    assert index.where(denier="Kari Lie").total == 2


def test_marks_for_other_tools_carry_it(strife: Analysis):
    assert [m.features.get("denied") for m in marks_of(strife) if m.label in ("Indirect", "Mixed")] == [None, "true"]


def test_widgets_show_it_as_denied(strife: Analysis):
    shown = evidence_html(strife, strife.quotes)
    assert "denies: taket lekker" in shown
    assert "Kari Lie (denies)" in share_html(strife, strife.quotes)
