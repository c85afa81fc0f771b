"""The hand-made layer: applied anew, reported where it no longer fits, gold for the scorer, sampled, in a CSV."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import PAGE, SMALL

from corpus_lib.analysis import Analysis, analyse
from corpus_lib.corrections import (
    Correction,
    Layer,
    apply,
    as_gold,
    correct,
    read_layer,
    read_layers,
    read_worksheet,
    sample,
    sidecar,
    write_layer,
    write_worksheet,
)
from corpus_lib.errors import CorpusLibError, InputNotFound, SchemaError
from corpus_lib.evaluation import annotation_of, evaluate
from corpus_lib.evaluation.recorded import from_record
from corpus_lib.model import Link, Span
from corpus_lib.spreadsheet import as_written, set_off
from corpus_lib.structure import read_text

WHO = {"by": "Ada", "at": "2024-05-01T10:00"}


@pytest.fixture(scope="module")
def page() -> Analysis:
    return analyse(read_text(PAGE, id="page"))


def layer(analysis: Analysis, *corrections: Correction) -> Layer:
    return Layer(analysis.article.id, analysis.article.sha256).with_(*corrections)


def where(analysis: Analysis, words: str) -> Span:
    start = analysis.article.text.index(words)
    return Span(start, start + len(words))


def test_a_corrected_speaker_survives_reanalysis_and_moves_the_score(page: Analysis):
    quote = next(q for q in page.quotes if page.joined(q.speakers) == "Per Lund")
    fix = layer(page, correct(page, "change", "speaker", quote, **WHO, speaker="Eva Berg"))
    again = apply(analyse(read_text(PAGE, id="page")), fix)
    assert again.unanchored == ()
    mended = next(q for q in again.analysis.quotes if q.segments == quote.segments)
    assert again.analysis.joined(mended.speakers) == "Eva Berg"
    assert (mended.rule, mended.confidence) == ("corrected by hand", 1.0)
    assert mended.reasons[0].note == "change by Ada 2024-05-01T10:00"
    gold = {"page": from_record(as_gold(page, fix, complete=True), PAGE)}
    before = evaluate(gold, {"page": annotation_of(page)}, resamples=0)
    after = evaluate(gold, {"page": annotation_of(again.analysis)}, resamples=0)
    assert (before.value("quotes", "joint_recall"), after.value("quotes", "joint_recall")) == (0.0, 1.0)


def test_the_automatic_layer_stays_as_it_is(page: Analysis):
    before = page.to_dict()
    apply(page, layer(page, correct(page, "delete", "quote", page.quotes[0], **WHO)))
    assert page.to_dict() == before


def test_what_was_accepted_keeps_the_values_it_had(page: Analysis):
    quote = page.quotes[0]
    accepted = layer(page, correct(page, "accept", "quote", quote, **WHO))
    later = replace(page, quotes=(replace(quote, speakers=(), type="mixed"), *page.quotes[1:]))
    mended = apply(later, accepted).analysis.quotes[0]
    assert (page.joined(mended.speakers), mended.type) == (page.joined(quote.speakers), quote.type)


def test_a_deleted_demand_takes_its_links_and_cells_along(page: Analysis):
    demand = page.demands[0]
    answered = replace(page, responses=(replace(page.responses[0], links=(Link(demand.id, 0.9, ()),)),))
    done = apply(answered, layer(page, correct(page, "delete", "demand", demand, **WHO))).analysis
    assert len(done.responses) == 1
    assert demand.id not in {d.id for d in done.demands}
    assert all(demand.id not in r.targets for r in done.responses)
    assert all(c.demand != demand.id for c in done.cells)
    Analysis.from_dict(done.to_dict(text=True))


def test_an_added_demand_can_be_answered(page: Analysis):
    asked, answered = where(page, "Vi har ventet lenge nok"), where(page, "Det blir ikke aktuelt")
    done = apply(
        page,
        layer(
            page,
            correct(
                page, "add", "response", answered, **WHO, actor="Per Lund", stance="reject",
                targets=[[asked.start, asked.end]],
            ),
            correct(page, "add", "demand", asked, **WHO, actor="Eva Berg", addressees="Nye Folk; staten"),
        ),
    ).analysis  # fmt: skip
    (demand,) = [d for d in done.demands if d.content == asked]
    (answer,) = [r for r in done.responses if r.evidence == answered]
    assert answer.targets == (demand.id,)
    assert done.joined(demand.addressees) == "Nye Folk; staten"
    assert len({d.id for d in done.demands}) == len(done.demands)
    assert ("reject", "Per Lund") in {(c.stance, done.joined((c.actor,))) for c in done.cells if c.demand == demand.id}


@pytest.mark.parametrize("named", ["before", "after"])
def test_an_answer_finds_a_demand_whose_span_was_mended(page: Analysis, named: str):
    demand, response = page.demands[0], page.responses[0]
    new = [demand.content.start, demand.content.end - 2]
    old = [demand.content.start, demand.content.end]
    fix = layer(
        page,
        correct(page, "change", "demand", demand, **WHO, content=new),
        correct(page, "change", "response", response, **WHO, targets=[old if named == "before" else new]),
    )
    done = apply(page, fix).analysis
    assert next(d.content for d in done.demands if d.id == demand.id) == Span(*new)
    assert next(r.targets for r in done.responses if r.id == response.id) == (demand.id,)


def test_an_added_quotation_may_have_several_parts(page: Analysis):
    first, second = where(page, "for den nye ferja"), where(page, "før jul. Slik")
    spans = [[first.start, first.end], [second.start, second.end]]
    whole = Span(first.start, second.end)
    added = correct(page, "add", "quote", whole, **WHO, segments=spans, type="mixed", speaker="Eva Berg")
    done = apply(page, layer(page, added)).analysis
    (quote,) = [q for q in done.quotes if q.segments == (first, second)]
    assert quote.id not in {q.id for q in page.quotes}
    assert list(done.quotes) == sorted(done.quotes, key=lambda q: (q.start, q.end))


def test_a_speaker_can_be_taken_away(page: Analysis):
    done = apply(page, layer(page, correct(page, "delete", "speaker", page.quotes[0], **WHO))).analysis
    assert len(done.quotes) == len(page.quotes)
    assert (done.quotes[0].speakers, done.quotes[0].speaker_mention) == ((), None)


def test_what_no_longer_anchors_is_handed_back_and_changes_nothing(page: Analysis):
    stray = Correction("change", "quote", 3, 9, "x", {"type": "mixed"})
    wrong_kind = Correction("accept", "demand", page.quotes[0].start, page.quotes[0].end, "x")
    outside = Correction("add", "quote", 5, 10_000, "x")
    done = apply(page, layer(page, stray, wrong_kind, outside))
    assert done.unanchored == (stray, wrong_kind, outside)
    assert done.analysis.to_dict() == page.to_dict()


def test_another_text_takes_no_correction(page: Analysis):
    fix = layer(page, correct(page, "delete", "quote", page.quotes[0], **WHO))
    other = analyse(read_text(PAGE + "\nTil slutt.", id="page"))
    done = apply(other, fix)
    assert done.analysis is other
    assert done.unanchored == fix.corrections


def test_a_later_decision_replaces_the_one_before(page: Analysis):
    quote = page.quotes[0]
    fix = layer(page, correct(page, "delete", "quote", quote, **WHO))
    fix = fix.with_(correct(page, "accept", "quote", quote, by="Bo", at="2024-06-01"))
    assert [c.action for c in fix.corrections] == ["accept"]


def test_a_layer_is_saved_beside_the_article(page: Analysis, tmp_path: Path):
    fix = layer(page, correct(page, "change", "quote", page.quotes[0], **WHO, medium="NRK", note="se lyd 😀"))
    file = write_layer(fix, sidecar(tmp_path / "page.txt"))
    assert file.name == "page.corrections.json"
    assert read_layer(file) == fix
    assert json.loads(file.read_text(encoding="utf-8"))["corrections"][0]["by"] == "Ada"


def test_the_layers_of_a_folder_are_found_by_article(page: Analysis, tmp_path: Path):
    fix = layer(page, correct(page, "accept", "quote", page.quotes[0], **WHO))
    (tmp_path / "in").mkdir()
    write_layer(fix, sidecar(tmp_path / "in" / "page.txt"))
    (tmp_path / "other.json").write_text("{}", encoding="utf-8")
    assert read_layers(tmp_path) == {"page": fix}
    write_layer(fix, tmp_path / "again.corrections.json")
    with pytest.raises(SchemaError, match="a second layer about page"):
        read_layers(tmp_path)
    with pytest.raises(InputNotFound, match="nowhere"):
        read_layers(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("correction", "message"),
    [
        ({"action": "mend"}, "accept, change, delete, add, found 'mend'"),
        ({"record": "word"}, "found 'word'"),
        ({"values": {"colour": "red"}}, "a quote has type, .* found colour"),
        ({"values": {"type": "spoken"}}, "type: expected one of direct, indirect, mixed, found 'spoken'"),
        ({"start": 9, "end": 9}, "expected a span, found 9–9"),
    ],
)
def test_a_broken_layer_is_refused_by_name(tmp_path: Path, correction: dict[str, object], message: str):
    whole = {"action": "change", "record": "quote", "start": 1, "end": 2, "text": "x"} | correction
    data = {"schema": "corpus_lib.corrections/1", "doc": "a", "sha256": "0", "corrections": [whole]}
    (tmp_path / "a.json").write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(SchemaError, match=f"a, correction 1: .*{message}"):
        read_layer(tmp_path / "a.json")


def test_what_is_no_layer_is_refused(tmp_path: Path):
    (tmp_path / "a.json").write_text('{"schema": "corpus_lib.corrections/1"}', encoding="utf-8")
    with pytest.raises(SchemaError, match=r"a\.json: doc: expected a text"):
        read_layer(tmp_path / "a.json")


def test_gold_holds_what_was_decided_and_leaves_the_rest_open(page: Analysis):
    fix = layer(
        page,
        correct(page, "accept", "quote", page.quotes[0], **WHO),
        correct(page, "delete", "quote", page.quotes[1], **WHO),
    )
    record = as_gold(page, fix)
    assert [q["tier"] for q in record["quotes"]].count("core") == 1
    assert record["silent"] == [[page.quotes[1].start, page.quotes[1].end]]
    gold = from_record(record, PAGE)
    score = evaluate({"page": gold}, {"page": annotation_of(page)}, resamples=0)
    assert score.value("quotes", "recall_exact") == 1.0
    assert score.value("quotes", "region_precision_0.3") == 0.5  # the accepted one and the deleted one
    kept = apply(page, fix).analysis
    assert evaluate({"page": gold}, {"page": annotation_of(kept)}, resamples=0).value(
        "quotes", "region_precision_0.3"
    ) == 1.0  # fmt: skip


def test_a_random_sample_repeats_with_its_seed_and_says_so(page: Analysis):
    first, again, other = sample([page], 3, seed=1), sample([page], 3, seed=1), sample([page], 3, seed=2)
    assert first == again
    assert first.items != other.items
    total = len(page.quotes) + len(page.demands) + len(page.responses)
    assert first.how == f"random, seed 1, 3 of {total}"
    assert len(sample([page], 10_000).items) == total


def test_the_least_sure_come_first(page: Analysis):
    drawn = sample([page], 2, by="confidence", records=["quote"])
    left = sorted(q.confidence for q in page.quotes)[2:]
    assert max(r.confidence for _, _, r in drawn.items) <= min(left)
    assert drawn.how == f"lowest confidence, 2 of {len(page.quotes)}"
    with pytest.raises(CorpusLibError, match="'random' or 'confidence'"):
        sample([page], 2, by="chance")  # type: ignore[arg-type]


# --- the worksheet ---------------------------------------------------------------------------------------------


def edited(file: Path, change: dict[str, str], *, match: str, delimiter: str = ",") -> None:
    """Fill in the rows whose text holds these words, as somebody in a spreadsheet would."""
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    touched = [r for r in rows if match in r["text"] and r["record"] == change.get("record", "quote")]
    assert touched
    for row in touched:
        row.update(change)
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.DictWriter(opened, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_worksheet_is_filled_in_and_read_back(page: Analysis, tmp_path: Path, delimiter: str):
    file = write_worksheet([page], tmp_path / "check.csv")
    edited(
        file, {"action": "change", "speaker": "Kari Nordmann", "by": "Bo"}, match="ikke aktuelt", delimiter=delimiter
    )
    (fix,) = read_worksheet(file, [page], by="Ada", at="2024")
    (correction,) = fix.corrections
    assert (correction.by, correction.at, correction.action) == ("Bo", "2024", "change")
    done = apply(page, fix)
    assert done.unanchored == ()
    changed = [(old, new) for old, new in zip(page.quotes, done.analysis.quotes, strict=True) if old.rule != new.rule]
    ((old, new),) = changed
    assert done.analysis.joined(new.speakers) == "Kari Nordmann"
    assert (new.segments, new.cue, new.medium, new.type) == (old.segments, old.cue, old.medium, old.type)


def test_every_record_accepted_in_a_worksheet_stays_what_it_is(page: Analysis, tmp_path: Path):
    file = write_worksheet([page], tmp_path / "check.csv")
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    for row in rows:
        row["action"] = "accept"
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    (fix,) = read_worksheet(file, [page])
    done = apply(page, fix)
    assert done.unanchored == ()
    assert [(q.segments, q.speakers, q.type, q.medium, q.cue) for q in done.analysis.quotes] == [
        (q.segments, q.speakers, q.type, q.medium, q.cue) for q in page.quotes
    ]
    assert [(d.content, d.actors, d.addressees) for d in done.analysis.demands] == [
        (d.content, d.actors, d.addressees) for d in page.demands
    ]
    assert {(r.evidence, r.stance, r.targets) for r in done.analysis.responses} == {
        (r.evidence, r.stance, r.targets) for r in page.responses
    }
    assert all(q["tier"] == "core" for q in as_gold(page, fix)["quotes"])


def test_a_row_can_be_added_by_its_words(page: Analysis, tmp_path: Path):
    file = tmp_path / "new.csv"
    file.write_text(
        "doc,record,action,text,speaker,type\npage,quote,add,Slik har det vært siden 1997,Eva Berg,indirect\n",
        encoding="utf-8",
    )
    (fix,) = read_worksheet(file, [page])
    done = apply(page, fix).analysis
    (quote,) = [q for q in done.quotes if q.start == where(page, "Slik har").start]
    assert (done.joined(quote.speakers), quote.type) == ("Eva Berg", "indirect")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("nowhere,quote,add,Slik,,", "row 2: no article 'nowhere'"),
        ("page,quote,add,finnes ikke,,", "'finnes ikke' stands 0 times"),
        ("page,quote,add,e,,", "stands .* times in the article; give start and end"),
        ("page,quote,mend,Slik har,,", "found 'mend'"),
        ("page,quote,add,Slik har,,5-9", "cue takes spans such as 45:80, found '5-9'"),
        ("page,quote,add,Slik har,,9:5", "cue takes spans"),
    ],
)
def test_a_row_that_cannot_be_is_named(page: Analysis, tmp_path: Path, line: str, message: str):
    file = tmp_path / "bad.csv"
    file.write_text(f"doc,record,action,text,speaker,cue\n{line}\n", encoding="utf-8")
    with pytest.raises(SchemaError, match=rf"bad\.csv, row 2: .*{message}|bad\.csv, {message}"):
        read_worksheet(file, [page])


def test_a_table_without_the_columns_is_named(page: Analysis, tmp_path: Path):
    (tmp_path / "bad.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(SchemaError, match="the columns action, doc, record, text are missing"):
        read_worksheet(tmp_path / "bad.csv", [page])


def test_a_worksheet_of_a_sample_says_how_it_was_drawn(page: Analysis, tmp_path: Path):
    drawn = sample([page], 2, seed=5)
    file = write_worksheet([page], tmp_path / "check.csv", chosen=drawn)
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [r["sample"] for r in rows] == [drawn.how] * 2


def test_a_worksheet_shows_what_is_already_decided(page: Analysis, tmp_path: Path):
    fix = layer(page, correct(page, "change", "quote", page.quotes[0], **WHO, medium="Avisa"))
    file = write_worksheet([page], tmp_path / "check.csv", layers=[fix])
    (again,) = read_worksheet(file, [page])
    assert again.corrections[0].values["medium"] == "Avisa"
    assert again.corrections[0].by == "Ada"


@given(st.text(alphabet="'-=+@a\t", max_size=6))
def test_what_looks_like_a_formula_is_set_off_and_comes_back(text: str):
    assert not set_off(text).startswith(("=", "+", "-", "@", "\t"))
    assert as_written(set_off(text)) == text


def test_an_empty_analysis_takes_additions():
    empty = replace(analyse(SMALL), quotes=(), demands=(), responses=(), cells=())
    span = Span(SMALL.index("Vi gir"), SMALL.index("Vi gir") + 15)
    done = apply(empty, layer(empty, correct(empty, "add", "quote", span, **WHO, speaker="Kari Lie"))).analysis
    assert [(q.id, done.joined(q.speakers)) for q in done.quotes] == [("q1", "Kari Lie")]
