"""Scores against gold: matching, names, tiers, speakers, demands, intervals; agreement against published figures."""

from __future__ import annotations

import importlib.util
import itertools
import json
import random
import re
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from invented import SMALL

from corpus_lib.analysis import Analysis, analyse
from corpus_lib.cli import main
from corpus_lib.errors import CorpusLibError, InputNotFound, MalformedRecord, SchemaError
from corpus_lib.evaluation import (
    Annotation,
    Evaluation,
    agreement,
    annotation_of,
    as_text,
    evaluate,
    nominal_alpha,
    read_annotations,
    read_predictions,
    unitising_alpha,
)
from corpus_lib.evaluation.agreement import unitising_disagreement
from corpus_lib.evaluation.annotation import Answer, Claim, Quotation, line_labels
from corpus_lib.evaluation.gold import from_gold
from corpus_lib.evaluation.matching import Words, assign
from corpus_lib.evaluation.names import same
from corpus_lib.evaluation.recorded import from_record
from corpus_lib.model import Span

TEXT = (
    "Vil ha ny bru\n\n– Brua er farlig. Vi trenger en ny nå, sier statsråd Eva Dahl til NRK.\n\n"
    "Hun mener at tida er knapp.\n\nJon Dahl og Liv Hov er enige. Sola skinte hele dagen.\n\n– Neppe, svarer Hov.\n\n"
    "Laget krever at Staten bygger brua. Staten avviser kravet."
)


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def said(words: str, type_: str, mention: str | None, speaker: str | None, **more: object) -> Quotation:
    return Quotation(type_, (at(words),), speaker, at(mention) if mention else None, **more)  # type: ignore[arg-type]


TURN = said("Brua er farlig. Vi trenger en ny nå", "direct", "statsråd Eva Dahl", "Eva Dahl", kind="name", medium="NRK")
TIME = said("tida er knapp", "indirect", "Hun", "Eva Dahl", kind="pronoun")
HARDLY = said("Neppe", "direct", "Hov", "Liv Hov", kind="name")
DISPUTED = said("Staten bygger brua", "indirect", "Laget", "Laget", core=False)
CLAIM = Claim("d1", at("at Staten bygger brua"), "Laget", ("Staten",))
OPEN_CLAIM = Claim("d2", at("Vil ha ny bru"), "Eva Dahl", core=False)
REFUSAL = Answer("r1", at("Staten avviser kravet"), "Staten", "reject", ("d1",))
GOLD = Annotation(
    doc="a",
    text=TEXT,
    lines=((0, "title"), (2, "body"), (4, "body")),
    quotes=(TURN, TIME, HARDLY, DISPUTED),
    demands=(CLAIM, OPEN_CLAIM),
    responses=(REFUSAL,),
    names=frozenset({"Eva Dahl", "Jon Dahl", "Liv Hov"}),
)


def scored(gold: Annotation = GOLD, **fields: object) -> Evaluation:
    """Score a prediction that has only these fields."""
    return evaluate({"a": gold}, {"a": Annotation("a", TEXT, **fields)}, resamples=0)  # type: ignore[arg-type]


def test_assignment_is_the_best_of_all():
    chance = random.Random(4)
    for n, m in ((3, 3), (2, 4), (4, 2), (1, 5), (5, 3)):
        for _ in range(40):
            weights = [[chance.choice((0.0, 0.0, chance.random())) for _ in range(m)] for _ in range(n)]
            pairs = assign(weights)
            assert len({a for a, _ in pairs}) == len({b for _, b in pairs}) == len(pairs)
            k = min(n, m)
            best = max(
                sum(weights[a][b] for a, b in zip(rows, columns, strict=True))
                for rows in itertools.combinations(range(n), k)
                for columns in itertools.permutations(range(m), k)
            )
            assert sum(weights[a][b] for a, b in pairs) == pytest.approx(best)


def test_gold_against_itself_is_perfect():
    evaluation = evaluate({"a": GOLD}, {"a": GOLD}, resamples=0)
    for layer, measure in (
        ("quotes", "f1_exact"), ("quotes", "joint_recall"), ("quotes", "medium_accuracy"), ("structure", "accuracy"),
        ("demands", "f1"), ("demands", "addressee_accuracy"), ("responses", "stance_accuracy"), ("links", "f1"),
    ):  # fmt: skip
        assert evaluation.value(layer, measure) == 1.0, (layer, measure)
    assert evaluation.misses == ()


def test_punctuation_titles_genitives_and_lone_surnames_are_forgiven():
    found = (
        said("Brua er farlig. Vi trenger en ny nå,", "direct", "Eva Dahl", "statsråd Eva Dahl", medium="nrk."),
        replace(TIME, speaker="Eva Dahls"),
        replace(HARDLY, speaker="Hov"),
    )
    evaluation = scored(quotes=found)
    assert evaluation.value("quotes", "f1_exact") == 1.0
    assert evaluation.value("quotes", "joint_recall") == 1.0
    assert evaluation.value("quotes", "medium_accuracy") == 1.0


@pytest.mark.parametrize("wrong", ["Dahl", "Jon Dahl", None, "Eva Dahl; Liv Hov"])
def test_an_ambiguous_surname_another_person_and_nobody_are_wrong(wrong: str | None):
    evaluation = scored(quotes=(replace(TIME, speaker=wrong),))
    assert evaluation.value("quotes", "entity_pronoun_accuracy") == 0.0
    assert evaluation.value("quotes", "head_accuracy") == 1.0
    assert [m.found for m in evaluation.misses if m.problem == "speaker"] == [wrong]


def test_half_a_turn_counts_at_a_third_and_not_at_four_fifths():
    evaluation = scored(quotes=(said("Vi trenger en ny nå", "direct", "NRK", "Eva Dahl"),))
    recalls = [evaluation.value("quotes", f"recall_{level}") for level in ("0.3", "0.8", "exact")]
    assert recalls == [pytest.approx(1 / 3), 0.0, 0.0]
    assert evaluation.value("quotes", "head_accuracy") == 0.0
    (miss,) = [m for m in evaluation.misses if m.problem == "span"]
    assert (miss.text, miss.found) == ("Brua er farlig. Vi trenger en ny nå", "Vi trenger en ny nå")


def test_a_mention_that_swallows_the_paragraph_is_no_hit():
    wide = said("tida er knapp", "indirect", "Hun mener at tida er knapp", "Eva Dahl")
    assert scored(quotes=(wide,)).value("quotes", "head_accuracy") == 0.0


def test_a_quotation_found_twice_counts_once():
    evaluation = scored(quotes=(HARDLY, HARDLY))
    assert evaluation.value("quotes", "precision_exact") == 0.5
    assert evaluation.value("quotes", "recall_exact") == pytest.approx(1 / 3)


def test_what_gold_leaves_open_counts_neither_way():
    with_open = scored(quotes=(TURN, TIME, HARDLY, replace(DISPUTED, core=True)))
    assert with_open.value("quotes", "precision_exact") == 1.0
    assert with_open.value("quotes", "recall_exact") == 1.0


def test_a_false_alarm_costs_precision_only_where_gold_is_complete():
    alarm = said("Sola skinte hele dagen", "indirect", None, None)
    assert scored(quotes=(alarm,)).value("quotes", "precision_0.3") == 0.0
    partial = replace(GOLD, complete=False, silent=(at("Sola skinte hele dagen"),))
    assert scored(partial, quotes=(alarm,)).value("quotes", "region_precision_0.3") == 0.0
    elsewhere = said("Jon Dahl og Liv Hov er enige", "indirect", None, None)
    assert scored(partial, quotes=(elsewhere,)).value("quotes", "region_precision_0.3") is None


def test_types_are_scored_apart_and_mixed_is_indirect():
    evaluation = scored(quotes=(replace(TIME, type="mixed"), replace(HARDLY, type="indirect")))
    assert evaluation.value("quotes", "type_accuracy") == 0.5
    assert evaluation.value("quotes", "recall_exact", "indirect") == 1.0
    table = evaluation.confusion_frame("quotes")
    assert table.loc["indirect", "mixed"] == 1
    assert table.loc["direct", "None"] == 1


def test_a_speaker_given_where_complete_gold_knows_none_is_wrong():
    unknown = replace(GOLD, quotes=(said("Neppe", "direct", None, None),))
    assert scored(unknown, quotes=(replace(HARDLY, mention=None),)).value("quotes", "joint_recall") == 0.0
    assert scored(unknown, quotes=(said("Neppe", "direct", None, None),)).value("quotes", "joint_recall") == 1.0


def test_demands_responses_links_and_cells():
    gold = replace(GOLD, cells=(("d1", "Staten", "reject"),))
    evaluation = scored(
        gold,
        lines=((0, "title"), (2, "lead")),
        demands=(
            Claim("x", at("Staten bygger brua"), "Laget", ("staten",)),
            Claim("y", at("Vil ha ny bru"), "noen"),
            Claim("z", at("Sola skinte"), "noen"),
        ),
        responses=(Answer("q", at("Staten avviser kravet"), "Staten", "accept", ("x", "y")),),
        cells=(("x", "Statens", "reject"),),
    )
    assert evaluation.value("demands", "precision") == 0.5  # the open demand is excused, the sun is not
    assert evaluation.value("demands", "recall") == 1.0
    assert evaluation.value("demands", "addressee_accuracy") == 1.0
    assert evaluation.value("responses", "f1") == 1.0
    assert evaluation.value("responses", "stance_accuracy") == 0.0
    assert evaluation.value("links", "f1") == 1.0  # the link to the open demand counts nowhere
    assert evaluation.value("matrix", "accuracy") == 1.0
    assert evaluation.value("structure", "accuracy") == pytest.approx(1 / 3)
    problems = sorted((m.layer, m.problem) for m in evaluation.misses if m.layer != "quotes")
    assert problems == [
        ("demands", "spurious"), ("responses", "stance"), ("structure", "label"), ("structure", "label"),
    ]  # fmt: skip


def test_every_miss_has_its_text():
    evaluation = scored(quotes=(said("Sola skinte hele dagen", "direct", None, None),))
    assert len(evaluation.misses) > 4
    assert all(m.text == TEXT[m.start : m.end] for m in evaluation.misses)
    assert list(evaluation.miss_frame()["problem"])[:3] == ["spurious", "missed", "missed"]


def test_an_article_without_prediction_is_empty_and_counted():
    evaluation = evaluate({"a": GOLD}, {}, resamples=0)
    assert (evaluation.docs, evaluation.docs_predicted) == (1, 0)
    assert evaluation.value("quotes", "recall_0.3") == 0.0


def test_layers_can_be_chosen_and_must_exist():
    evaluation = evaluate({"a": GOLD}, {}, layers=["demands", "responses"], resamples=0)
    assert {f.layer for f in evaluation.figures} == {"demands", "responses", "links", "matrix"}
    assert {m.layer for m in evaluation.misses} <= {"demands", "responses", "links"}
    with pytest.raises(CorpusLibError, match="quote"):
        evaluate({"a": GOLD}, {}, layers=["quote"])


def test_intervals_come_from_articles_and_repeat_with_their_seed():
    gold = {str(i): replace(GOLD, doc=str(i)) for i in range(8)}
    found = {str(i): gold[str(i)] for i in range(4)}
    first, again = (evaluate(gold, found, seed=1, resamples=300) for _ in range(2))
    assert first.figures == again.figures
    (recall,) = [f for f in first.figures if (f.layer, f.group, f.measure) == ("quotes", "all", "recall_exact")]
    assert recall.value == 0.5
    assert recall.low is not None
    assert recall.high is not None
    assert 0.05 <= recall.low <= 0.25  # 8 coins: the 2.5th percentile is 1 or 2 of 8
    assert 0.75 <= recall.high <= 0.95
    assert evaluate(gold, gold, resamples=50).value("quotes", "f1_exact") == 1.0


def test_the_report_has_figures_confusions_and_misses():
    evaluation = evaluate(
        {"a": GOLD}, {"a": replace(GOLD, quotes=(replace(TURN, speaker="Jon\x1bDahl"), TIME))}, resamples=20
    )
    report = as_text(evaluation, misses=5)
    assert report.startswith("1 of 1 gold article has a prediction; 95 % intervals over 20 samples of articles, seed 0")
    assert "quotes: recall exact" in report
    assert "quotes: gold in rows, predicted in columns" in report
    assert "quotes speaker: Eva Dahl → Jon Dahl  «Brua er farlig. Vi trenger en ny nå»" in report
    assert "quotes missed: Liv Hov → –  «Neppe»" in report
    assert "\x1b" not in report


def test_frames_and_json_have_every_figure():
    evaluation = scored(quotes=(HARDLY,))
    frame = evaluation.frame()
    assert list(frame.columns) == ["layer", "group", "measure", "value", "low", "high", "n"]
    assert len(frame) == len(evaluation.figures)
    assert json.loads(json.dumps(evaluation.to_dict()))["docs"] == 1


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("Ordfører Eva Dahl", "eva dahl", True), ("Hovs", "Liv Hov", True), ("Liv", "Liv Hov", False),
        ("Eva Dahl; Liv Hov", "Liv Hov; Eva Dahl", True), ("Eva Dahl", "Eva Dahl; Liv Hov", False),
        ("Nato", "NATOs", True), (None, "Hov", False), ("", "", False), ("Dahl", "Eva Dahl", False),
        ("partileder Liv Hov", "Hov", True),
    ],
)  # fmt: skip
def test_spellings_of_one_name(one: str | None, other: str | None, agree: bool):
    assert same(one, other, {"Eva Dahl", "Jon Dahl", "Liv Hov"}) is agree


def test_words_that_a_span_touches():
    words = Words("aa bb, cc")
    assert words.touched(Span(2, 6)) == {1}
    assert words.touched(Span(5, 7)) == frozenset()
    assert words.touched(Span(0, 2), Span(7, 9)) == {0, 2}


def test_lines_take_the_block_that_covers_most():
    assert line_labels("ab cd\r\n\nef", [("title", 0, 2), ("lead", 3, 6), ("body", 8, 9)]) == (
        (0, "lead"),
        (2, "body"),
    )


@pytest.fixture(scope="module")
def small() -> Analysis:
    return analyse(SMALL)


def test_an_analysis_scores_perfectly_against_its_own_record(small: Analysis, tmp_path: Path):
    (tmp_path / "gold.jsonl").write_text(json.dumps(small.to_dict(text=True)) + "\n", encoding="utf-8")
    gold = read_annotations(tmp_path / "gold.jsonl")
    evaluation = evaluate(gold, {"text": annotation_of(small)}, resamples=0)
    assert evaluation.value("quotes", "joint_recall") == 1.0
    assert evaluation.value("demands", "f1") == 1.0
    assert evaluation.value("quotes", "entity_name_accuracy") == 1.0


def test_a_tier_in_the_wire_format_sets_an_item_aside(small: Analysis):
    record = small.to_dict()
    record["quotes"][0]["tier"] = "edge"
    gold = from_record(record, SMALL)
    assert gold.quotes[0].core is False
    assert evaluate({"text": gold}, {}, resamples=0).value("quotes", "recall_exact") is None


def test_text_beside_the_record_is_found_and_checked(small: Analysis, tmp_path: Path):
    (tmp_path / "text.json").write_text(json.dumps(small.to_dict()), encoding="utf-8")
    with pytest.raises(SchemaError, match=r"put text\.txt beside it"):
        read_annotations(tmp_path)
    (tmp_path / "text.txt").write_text(SMALL, encoding="utf-8", newline="")
    assert read_annotations(tmp_path)["text"].text == SMALL
    (tmp_path / "text.txt").write_text(SMALL + "!", encoding="utf-8", newline="")
    with pytest.raises(SchemaError, match="SHA-256"):
        read_annotations(tmp_path)


def test_predictions_take_the_texts_of_gold_and_name_what_gold_lacks(small: Analysis, tmp_path: Path):
    gold = {"text": annotation_of(small)}
    records = [small.to_dict(), small.to_dict() | {"doc": "other"}]
    (tmp_path / "p.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    found, left = read_predictions(tmp_path / "p.jsonl", gold)
    assert list(found) == ["text"]
    assert left == ("other",)
    with pytest.raises(SchemaError, match="SHA-256"):
        read_predictions(tmp_path / "p.jsonl", {"text": GOLD})


def test_nothing_to_score_is_refused_and_no_table_of_zeros(small: Analysis, tmp_path: Path, capsys):
    gold, other, empty = tmp_path / "gold.jsonl", tmp_path / "other.jsonl", tmp_path / "empty"
    gold.write_text(json.dumps(small.to_dict(text=True)), encoding="utf-8")
    other.write_text(json.dumps(small.to_dict(text=True) | {"doc": "other"}), encoding="utf-8")
    empty.mkdir()
    for files, said_ in (
        ((empty, gold), "empty: no annotated article"),
        ((gold, empty), "empty: no predicted article"),
        ((gold, other), "its 1 have no gold (other)"),
    ):
        assert main(["evaluate", *map(str, files)]) == 2
        told = capsys.readouterr()
        assert said_ in told.err
        assert not told.out


def test_an_article_that_comes_twice_is_an_error_and_a_sidecar_is_no_gold(small: Analysis, tmp_path: Path):
    (tmp_path / "a.json").write_text(json.dumps(small.to_dict(text=True)), encoding="utf-8")
    (tmp_path / "a.corrections.json").write_text('{"schema": "corpus_lib.corrections/1", "doc": "a"}', encoding="utf-8")
    assert list(read_annotations(tmp_path)) == ["text"]
    (tmp_path / "b.json").write_text(json.dumps(small.to_dict(text=True)), encoding="utf-8")
    with pytest.raises(SchemaError, match=r"b\.json: the article text comes twice"):
        read_annotations(tmp_path)


def test_precision_counts_the_completely_annotated_articles_alone():
    alarm = Annotation("b", TEXT, quotes=(said("Sola skinte hele dagen", "indirect", None, None),))
    gold = {"a": GOLD, "b": replace(GOLD, doc="b", complete=False)}
    evaluation = evaluate(gold, {"a": GOLD, "b": alarm}, resamples=0)
    assert evaluation.value("quotes", "precision_exact") == 1.0
    assert evaluation.value("quotes", "recall_exact") == 0.5


def test_a_span_that_is_not_its_text_is_refused(small: Analysis):
    record = small.to_dict()
    record["quotes"][0]["segments"][0]["text"] = "noe annet"
    with pytest.raises(
        SchemaError,
        match=r"text: quotes\[0\].segments\[0\].text: expected the 15 characters of the span, found 'noe annet'",
    ):
        from_record(record, SMALL)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"doc": None}, "doc: expected a text, found None"),
        (
            {"quotes": [{"type": "loud", "segments": [[0, 3]]}]},
            "quotes[0].type: expected one of direct, indirect",
        ),
        ({"quotes": [{"type": "direct"}]}, "quotes[0].segments: expected a list of one span or more, found nothing"),
        ({"quotes": [{"type": "direct", "segments": [{"start": 0, "end": 3, "text": "Nei"}]}]}, "expected 'Vil'"),
        ({"demands": [{"id": "d1"}]}, "demands[0].content: expected a span: start, end and text, found nothing"),
        ({"responses": [{"id": "r1", "evidence": [0, 3], "stance": "yes"}]}, "responses[0].stance: expected one of"),
        ({"structure": [{"line": "0", "label": "title"}]}, "structure[0].line: expected a place"),
        ({"none_spans": [[3, 0]]}, "none_spans[0].end: expected an end from 3 on, found 0"),
        ({"none_spans": [[0, 9999]]}, "none_spans[0].end: expected a place in the text of"),
        ({"matrix": {"d1": {"Nato": "yes"}}}, "matrix.d1.Nato: expected one of accept"),
        ({"entities": ["Nato"]}, "entities[0]: expected an object, found 'Nato'"),
        (
            {"quotes": [{"type": "direct", "segments": [[0, 3]], "tier": "sure"}]},
            "tier: expected core or edge",
        ),
    ],
)
def test_a_gold_file_that_is_none_is_told_with_the_place(change: dict[str, object], message: str):
    with pytest.raises(SchemaError, match=re.escape(message)):
        from_gold({"doc": "a", "complete": True} | change, TEXT)


def test_gold_is_read_as_it_is_written():
    hun = at("Hun")
    gold = from_gold(
        {
            "doc": "a",
            "complete": True,
            "structure": [{"line": 0, "label": "title", "start": 0, "end": 13}],
            "quotes": [
                {
                    "type": "indirect",
                    "segments": [{"start": at("tida").start, "end": at("knapp").end, "text": "tida er knapp"}],
                    "speaker_mention": {
                        "start": at("Hun").start,
                        "end": at("Hun").end,
                        "head": [at("Hun").start, at("Hun").end],
                    },
                    "speaker_kind": "pronoun",
                    "speaker_entity": "Eva Dahl",
                    "strict": False,
                }
            ],
            "matrix": {"d1": {"Staten": "reject"}},
            "entities": [{"name": "Eva Dahl"}],
        },
        TEXT,
    )
    assert gold.lines == ((0, "title"),)
    assert gold.quotes == (replace(TIME, core=False, head=hun),)
    assert gold.cells == (("d1", "Staten", "reject"),)
    assert gold.names == {"Eva Dahl"}


def test_what_is_not_there_or_not_json_is_named(tmp_path: Path):
    with pytest.raises(InputNotFound, match="nowhere"):
        read_annotations(tmp_path / "nowhere")
    (tmp_path / "bad.jsonl").write_text('{"doc": "a"', encoding="utf-8")
    with pytest.raises(MalformedRecord, match=r"bad\.jsonl, line 1"):
        read_annotations(tmp_path / "bad.jsonl")


def test_line_separators_inside_a_record_do_not_split_it(small: Analysis, tmp_path: Path):
    record = small.to_dict(text=True) | {"note": "a\u2028b\u0085c"}
    (tmp_path / "gold.jsonl").write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")
    assert list(read_annotations(tmp_path / "gold.jsonl")) == ["text"]


# --- agreement -----------------------------------------------------------------------------------------------


def units(*pairs: tuple[int, int]) -> list[Span]:
    return [Span(start, start + length) for start, length in pairs]


def test_unitising_alpha_gives_krippendorffs_published_figures():
    """The worked example of Krippendorff (2004), Content Analysis, 2nd ed., p. 254, shifted to begin at 0."""
    c = [units((75, 70), (220, 30)), units((70, 80), (205, 20), (250, 20))]
    k = [units((30, 60), (150, 50))] * 2
    observed, expected = unitising_disagreement(c, 300)
    assert observed == pytest.approx(0.0144, abs=5e-5)
    assert expected == pytest.approx(0.0532, abs=5e-5)
    assert unitising_alpha(c, 300) == pytest.approx(0.7286, abs=1e-4)
    assert unitising_alpha(k, 300) == 1.0
    assert unitising_disagreement(k, 300)[1] == pytest.approx(0.0490, abs=5e-5)


@pytest.mark.parametrize(
    ("one", "other", "observed", "alpha"),
    [
        (units((2, 8), (14, 6)), units((4, 4), (15, 2)), 0.03125, 0.553),
        (
            units((0, 2), (2, 8), (10, 4), (14, 6), (20, 4)),
            units((0, 4), (4, 4), (8, 7), (15, 2), (17, 7)),
            0.38715,
            0.066,
        ),
    ],
)  # fmt: skip
def test_unitising_alpha_of_the_examples_of_1995(one: list[Span], other: list[Span], observed: float, alpha: float):
    """Krippendorff (1995), On the reliability of unitizing contiguous data, p. 57, examples A and D."""
    assert unitising_disagreement([one, other], 24)[0] == pytest.approx(observed, abs=1e-5)
    fine = [[Span(s.start * 50_000, s.end * 50_000) for s in marked] for marked in (one, other)]
    assert unitising_alpha(fine, 24 * 50_000) == pytest.approx(alpha, abs=1e-3)


def test_unitising_alpha_refuses_what_it_cannot_compare():
    with pytest.raises(CorpusLibError, match="two annotators"):
        unitising_alpha([units((0, 2))], 10)
    with pytest.raises(CorpusLibError, match="lie apart"):
        unitising_alpha([units((0, 5), (3, 4)), []], 10)
    assert unitising_alpha([[], []], 10) is None


def test_nominal_alpha_gives_the_published_figure():
    """Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section C: nominal data, missing values."""
    a = "1 2 3 3 2 1 4 1 2 . . ."
    b = "1 2 3 3 2 2 4 1 2 5 . 3"
    c = ". 3 3 3 2 3 4 2 2 5 1 ."
    d = "1 2 3 3 2 4 4 1 2 5 1 ."
    rows = [[None if v == "." else v for v in row.split()] for row in (a, b, c, d)]
    assert nominal_alpha(list(zip(*rows, strict=True))) == pytest.approx(0.743, abs=5e-4)


def test_nominal_alpha_agrees_with_an_independent_library():
    krippendorff = pytest.importorskip("krippendorff")
    chance = random.Random(7)
    for _ in range(20):
        items = [[chance.choice([0, 1, 2, None]) for _ in range(3)] for _ in range(12)]
        table = [[float("nan") if v is None else float(v) for v in row] for row in zip(*items, strict=True)]
        expected = krippendorff.alpha(reliability_data=table, level_of_measurement="nominal")
        assert nominal_alpha(items) == pytest.approx(expected)


def test_labels_that_never_vary_have_no_alpha():
    assert nominal_alpha([("a", "a"), ("a", "a")]) is None


def test_agreement_of_two_annotations():
    other = replace(
        GOLD, quotes=(TURN, replace(TIME, type="mixed"), HARDLY), responses=(replace(REFUSAL, stance="noted"),)
    )
    by_name = {(a.layer, a.measure): a for a in agreement({"a": GOLD}, {"a": other})}
    assert by_name["demands", "units"].alpha == 1.0
    assert by_name["quotes", "units"].alpha is not None
    assert 0 < by_name["quotes", "units"].alpha < 1
    assert by_name["quotes", "speaker"].alpha == 1.0
    assert by_name["quotes", "type"].n == 3
    assert by_name["structure", "labels"].alpha == 1.0
    with pytest.raises(CorpusLibError, match="no article in common"):
        agreement({"a": GOLD}, {"b": GOLD})


# --- the same figures as the scorer of the annotated data -------------------------------------------------------


def reference(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference_score", shared / "gold" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def spoiled(gold: dict[str, Annotation], seed: int) -> dict[str, Annotation]:
    """Return gold with items dropped, shifted, relabelled and given to others: predictions with every fault."""
    chance = random.Random(seed)

    def moved(span: Span, text: str) -> Span:
        start = max(0, span.start + chance.choice((0, 0, 0, -9, 12)))
        return Span(start, max(start + 1, min(len(text), span.end + chance.choice((0, 0, 0, 15, -11)))))

    out = {}
    for doc, a in gold.items():
        who = [*sorted(a.names), *(q.speaker for q in a.quotes if q.speaker), None]
        quotes = [
            replace(
                q,
                segments=tuple(moved(s, a.text) for s in q.segments),
                speaker=chance.choice([q.speaker, q.speaker, chance.choice(who)]),
                mention=chance.choice([q.mention, q.head, None]),
                type=chance.choice([q.type, q.type, "indirect"]),
            )
            for q in a.quotes
            if chance.random() < 0.85
        ]
        demands = [replace(d, span=moved(d.span, a.text), id=f"x{d.id}") for d in a.demands if chance.random() < 0.8]
        responses = [
            replace(
                r,
                span=moved(r.span, a.text),
                stance=chance.choice([r.stance, "reject"]),
                targets=tuple(f"x{t}" for t in r.targets if chance.random() < 0.8),
            )
            for r in a.responses
            if chance.random() < 0.8
        ]
        cells = tuple((f"x{d}", name, chance.choice([stance, "none"])) for d, name, stance in a.cells)
        lines = [(n, chance.choice([label, label, "body"])) for n, label in a.lines]
        out[doc] = replace(
            a, quotes=tuple(quotes), demands=tuple(demands), responses=tuple(responses), lines=tuple(lines), cells=cells
        )
    return out


def as_prediction(a: Annotation) -> dict[str, object]:
    """Return a prediction as the reference scorer reads it."""

    def plain(span: Span | None) -> list[int] | None:
        return None if span is None else [span.start, span.end]

    return {
        "doc": a.doc,
        "structure": [{"line": n, "label": label} for n, label in a.lines],
        "quotes": [
            {
                "type": q.type, "segments": [plain(s) for s in q.segments], "speaker_mention": plain(q.mention),
                "speaker": q.speaker, "medium": q.medium,
            }
            for q in a.quotes
        ],
        "demands": [
            {"id": d.id, "content": plain(d.span), "actor": d.actor, "addressees": list(d.addressees)}
            for d in a.demands
        ],
        "responses": [
            {"id": r.id, "evidence": plain(r.span), "actor": r.actor, "stance": r.stance, "targets": list(r.targets)}
            for r in a.responses
        ],
        "comparison": [{"demand": d, "actor": name, "stance": stance} for d, name, stance in a.cells],
    }  # fmt: skip


def close(mine: float | None, theirs: float | None) -> bool:
    return abs((mine or 0.0) - (theirs or 0.0)) < 2e-4


@pytest.mark.shared
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("folder", ["dev", "seed", "treebank/dev/nn"])
def test_the_figures_are_those_of_the_reference_scorer(shared: Path, folder: str, seed: int):
    gold = read_annotations(shared / "gold" / folder)
    predicted = spoiled(gold, seed)
    complete = not folder.startswith("treebank")
    module = reference(shared)
    golds = {
        p.stem: (json.loads(p.read_text(encoding="utf-8")), p.with_suffix(".txt").read_bytes().decode("utf-8"))
        for p in sorted((shared / "gold" / folder).glob("*.json"))
    }
    golds = {data["doc"]: (data, text) for data, text in golds.values()}
    theirs = module.score(golds, {d: as_prediction(a) for d, a in predicted.items()}, complete=complete)
    mine = evaluate(gold, predicted, resamples=0)
    for group in ("all", "direct", "indirect"):
        row = theirs["quotes"][group]
        for level, name in (("exact", "recall_exact"), ("0.8", "recall@0.8"), ("0.3", "recall@0.3")):
            assert close(mine.value("quotes", f"recall_{level}", group), row[name]), (group, level)
            for measure in ("precision", "recall", "f1") if complete else ():
                assert close(mine.value("quotes", f"{measure}_{level}", group), row[f"prf_{level}"][measure])
        assert close(mine.value("quotes", "joint_recall", group), row["joint_recall"])
        if not complete:
            assert close(mine.value("quotes", "region_precision_0.3", group), row["region_precision@0.3"])
        for name in ("type", "head", "entity", "entity_name", "entity_noun", "entity_pronoun", "medium"):
            assert close(mine.value("quotes", f"{name}_accuracy", group), row[f"{name}_accuracy"]), (group, name)
    if complete:
        assert close(mine.value("structure", "accuracy"), theirs["structure"]["accuracy"])
        assert close(mine.value("structure", "macro_f1"), theirs["structure"]["macro_f1"])
        for measure in ("precision", "recall", "f1", "actor_accuracy"):
            assert close(mine.value("demands", measure), theirs["demands"][measure]), measure
            assert close(mine.value("responses", measure), theirs["responses"][measure]), measure
        assert close(mine.value("demands", "addressee_accuracy"), theirs["demands"]["addressee_accuracy"])
        assert close(mine.value("responses", "stance_accuracy"), theirs["responses"]["stance_accuracy"])
        assert close(mine.value("responses", "stance_macro_f1"), theirs["responses"]["stance_macro_f1"])
        for measure in ("precision", "recall", "f1"):
            assert close(mine.value("links", measure), theirs["responses"]["links"][measure]), measure
        if folder == "seed":
            assert close(mine.value("matrix", "accuracy"), theirs["matrix"]["accuracy"])
