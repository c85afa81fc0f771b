"""The reader: what it sends to the browser, what it does when asked, and its static twin."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hostile import END, IMAGE, SCRIPT, TEXT, tags

from corpus_lib import Analysis, analyse
from corpus_lib.corrections import apply, read_layer
from corpus_lib.widgets import Reader, matrix_view, reader, reader_html
from corpus_lib.widgets.reader import corrections_html, record_of
from corpus_lib.widgets.reader import widget as source

CLOCK = "2026-01-02T03:04:05+00:00"


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return analyse(TEXT)


@pytest.fixture
def view(analysis: Analysis, tmp_path: Path) -> Reader:
    return reader(analysis, tmp_path / "kept", "Reader", clock=lambda: CLOCK)


def ask(view: Reader, **message: object) -> None:
    """Ask for something as the browser does."""
    view._handle_custom_msg(message, [])


def place(words: str) -> dict[str, int]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words)}


def kept(folder: Path) -> list[tuple[str, str, dict[str, object]]]:
    (file,) = (folder / "kept").glob("*.corrections.json")
    return [(c.action, c.record, dict(c.values)) for c in read_layer(file).corrections]


def by_id(view: Reader, table: str, id: str) -> dict[str, object]:
    return next(r for r in view.record[table] if r["id"] == id)


def test_the_record_is_plain_and_its_spans_cut_their_words(analysis):
    record = json.loads(json.dumps(record_of(analysis)))
    marked = [one for table in ("quotes", "demands", "answers") for one in record[table]]
    assert len(marked) == len(analysis.quotes) + len(analysis.demands) + len(analysis.responses)
    for one in marked:
        cut = " … ".join(record["text"][s:e] for s, e in one["segments"])
        assert one["words"].removeprefix("denies: ") == cut != ""


def test_those_who_are_heard_have_a_look_of_their_own(analysis):
    record = record_of(analysis)
    looks = {q["who"]: tuple(q["look"].values()) for q in record["quotes"]}
    assert len(looks) == len(set(looks.values())) == 2
    assert {a["name"]: tuple(a["look"].values()) for a in record["actors"]}.items() >= looks.items()


def test_a_demand_is_bound_to_its_answer_and_who_is_silent_is_told():
    record = record_of(analyse("Streik\n\nLO krever at NHO snur. NHO avviste kravet. LO krever høyere lønn."))
    assert [(a["stance"], [k["demand"] for k in a["links"]]) for a in record["answers"]] == [("reject", ["d1"])]
    assert [(s["demand"], s["who"], s["shown"]) for s in record["silent"]] == [("d2", "NHO", "not found")]


def test_every_record_says_why(analysis):
    record = record_of(analysis)
    assert all(one["reason"] and one["steps"] for table in ("quotes", "demands", "answers") for one in record[table])


def test_weights_are_written_as_norwegian_writes_them(analysis):
    steps = " ".join(s for q in record_of(analysis)["quotes"] for s in q["steps"])
    assert re.search(r"\([+-]\d,\d\)", steps)
    assert not re.search(r"\([+-]\d\.\d\)", steps)


def test_a_speaker_is_changed_and_kept_beside_the_automatic_layer(view, analysis, tmp_path):
    ask(view, do="decide", action="change", id="q1", values={"speaker": "Per Moe", "type": "mixed"})
    assert kept(tmp_path) == [("change", "quote", {"speaker": "Per Moe", "type": "mixed"})]
    assert by_id(view, "quotes", "q1")["who"] == "Per Moe"
    assert by_id(view, "quotes", "q1")["hand"]
    assert "corrected by hand: changed by Reader, 2026-01-02" in str(by_id(view, "quotes", "q1")["reason"])
    assert "Per Moe" not in analysis.names().values()
    assert view.said.startswith("Saved in")
    assert view.focus == ["q1"]


def test_a_second_decision_adds_to_the_first(view, tmp_path):
    ask(view, do="decide", action="change", id="q1", values={"speaker": "Per Moe"})
    ask(view, do="decide", action="change", id="q1", values={"type": "mixed"})
    assert kept(tmp_path) == [("change", "quote", {"speaker": "Per Moe", "type": "mixed"})]
    ask(view, do="decide", action="accept", id="q1")
    assert (by_id(view, "quotes", "q1")["who"], by_id(view, "quotes", "q1")["type"]) == ("Per Moe", "mixed")


def test_undo_goes_back_decision_by_decision(view, analysis, tmp_path):
    ask(view, do="decide", action="change", id="q1", values={"speaker": "Per Moe"})
    ask(view, do="decide", action="change", id="q1", values={"speaker": "Ida Nes"})
    ask(view, do="decide", action="delete", id="q2")
    assert "q2" not in [q["id"] for q in view.record["quotes"]]
    for who in ("Ida Nes", "Per Moe"):
        ask(view, do="undo")
        assert by_id(view, "quotes", "q2")
        assert by_id(view, "quotes", "q1")["who"] == (who if who == "Ida Nes" else "Per Moe")
    ask(view, do="undo")
    assert view.record == record_of(analysis)
    assert kept(tmp_path) == []
    ask(view, do="undo")
    assert view.said == "Nothing to undo."


@pytest.mark.parametrize(
    ("kind", "table", "words"),
    [
        ("quote", "quotes", "Kommunen avviser kravet"),
        ("demand", "demands", "fem prosent"),
        ("response", "answers", "streiken kommer"),
    ],
)
def test_words_become_a_record_that_can_be_changed_and_taken_out(view, tmp_path, kind, table, words):
    before = len(view.record[table])
    ask(view, do="add", kind=kind, **place(words))
    (new,) = view.focus
    assert by_id(view, table, new)["words"] == words
    field = "speaker" if kind == "quote" else "actor"
    ask(view, do="decide", action="change", id=new, values={field: "Kari Lie"})
    assert by_id(view, table, new)["who"] == "Kari Lie"
    assert [(a, k) for a, k, _ in kept(tmp_path)] == [("add", kind)]
    ask(view, do="decide", action="delete", id=new)
    assert len(view.record[table]) == before
    assert kept(tmp_path) == []


def test_words_behind_a_sign_of_speech_are_direct(view):
    ask(view, do="add", kind="quote", **place("Vi har ikke penger"))
    direct = by_id(view, "quotes", view.focus[0])
    ask(view, do="add", kind="quote", **place("Kommunen avviser"))
    assert (direct["type"], by_id(view, "quotes", view.focus[0])["type"]) == ("direct", "indirect")


def test_a_record_takes_other_words_and_can_still_be_changed(view, tmp_path):
    ask(view, do="add", kind="demand", **place("fem prosent"))
    (new,) = view.focus
    ask(view, do="words", id=new, **place("lønningene med fem prosent"))
    ask(view, do="decide", action="change", id=new, values={"actor": "Ola Berg"})
    assert by_id(view, "demands", new)["words"] == "lønningene med fem prosent"
    assert by_id(view, "demands", new)["who"] == "Ola Berg"
    assert len(kept(tmp_path)) == 1
    ask(view, do="words", id="q1", **place("penger"))
    assert by_id(view, "quotes", "q1")["words"] == "penger"


def test_a_bond_is_drawn_and_parted(view):
    answer = next(a for a in view.record["answers"] if a["links"])["id"]
    demand = by_id(view, "answers", answer)["links"][0]["demand"]  # type: ignore[index]

    def bound() -> list[str]:
        return [k["demand"] for k in by_id(view, "answers", answer)["links"]]  # type: ignore[attr-defined]

    assert demand in bound()
    ask(view, do="link", answer=answer, demand=demand, on=False)
    assert demand not in bound()
    ask(view, do="link", answer=answer, demand=demand, on=True)
    assert demand in bound()


@pytest.mark.parametrize(
    "message",
    [
        {"do": "decide", "action": "change", "id": "q99", "values": {}},
        {"do": "decide", "action": "change", "id": "q1", "values": {"type": "loud"}},
        {"do": "decide", "action": "burn", "id": "q1"},
        {"do": "add", "kind": "quote", "start": 9, "end": 9},
        {"do": "add", "kind": "rumour", "start": 0, "end": 9},
        {"do": "link", "answer": "q1", "demand": "d1", "on": True},
        {"do": "sing"},
        {},
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(view, tmp_path, message):
    before = view.record
    ask(view, **message)
    assert view.said.startswith("Not saved: ")
    assert view.record == before
    assert not list(tmp_path.iterdir())


def test_without_a_folder_nothing_can_be_changed(analysis):
    view = reader(analysis)
    before = view.record
    ask(view, do="decide", action="delete", id="q1")
    assert not view.edits
    assert view.record == before


def test_nothing_is_written_before_something_is_decided(view, tmp_path):
    assert view.edits
    assert not list(tmp_path.iterdir())


def test_corrections_are_taken_up_again_and_applied(view, analysis, tmp_path):
    ask(view, do="decide", action="change", id="q1", values={"speaker": "Per Moe"})
    again = reader(analysis, tmp_path / "kept", "Other")
    assert by_id(again, "quotes", "q1")["who"] == "Per Moe"
    (file,) = (tmp_path / "kept").glob("*.json")
    corrected = apply(analysis, read_layer(file)).analysis
    assert corrected.joined(corrected.quotes[0].speakers) == "Per Moe"
    ask(again, do="undo")
    assert by_id(again, "quotes", "q1")["who"] != "Per Moe"


def test_a_correction_that_no_longer_fits_is_said(view, analysis, tmp_path):
    ask(view, do="decide", action="accept", id="q1")
    (file,) = (tmp_path / "kept").glob("*.json")
    data = json.loads(file.read_text(encoding="utf-8"))
    data["corrections"][0]["end"] -= 1
    file.write_text(json.dumps(data), encoding="utf-8")
    bench = reader(analysis, tmp_path / "kept").bench
    assert "no longer fits" in corrections_html(bench.layer, bench.lost)


def test_the_table_of_corrections_is_escaped(view):
    ask(view, do="decide", action="change", id="q1", values={"speaker": "<b>Moe"})
    html = corrections_html(view.bench.layer)
    assert "Corrections: 1" in html
    assert "Speaker: &lt;b&gt;Moe" in html


def test_the_matrix_follows_what_is_corrected_and_lights_its_evidence(view):
    matrix = matrix_view(view)
    buttons = [b for row in matrix.children for b in getattr(row, "children", ()) if hasattr(b, "click")]
    assert len(buttons) == len(view.analysis.cells)
    cell = view.analysis.cells[0]
    buttons[0].click()
    assert view.focus[-1] == cell.demand
    assert buttons[0].description.startswith("▶ ")
    ask(view, do="decide", action="delete", id=cell.demand)
    left = [b for row in matrix.children for b in getattr(row, "children", ()) if hasattr(b, "click")]
    assert len(left) == len(view.analysis.cells) < len(buttons)


def test_a_demand_without_a_cell_stands_in_the_matrix():
    lonely = analyse("Streik\n\nLO krever høyere lønn.")
    assert lonely.demands
    assert not lonely.cells
    labels = [w.value for row in matrix_view(reader(lonely)).children for w in row.children]
    assert any("<b>d1 LO:</b> høyere lønn" in label for label in labels)


def test_the_twin_has_every_record_with_its_words_and_reason(analysis):
    html = reader_html(analysis)
    plain = re.sub(r"<[^>]+>", "", html)
    for one in (*analysis.demands, *analysis.responses):
        assert f"{one.id}: " in plain
        assert f"[{one.id}: " in plain or f"; {one.id}: " in plain  # in the text
    for quote in analysis.quotes:
        assert analysis.joined(quote.speakers) in plain
    assert html.count("<summary>Why?") >= len(analysis.demands)


def test_the_twin_lets_no_article_text_through(analysis):
    html = reader_html(analysis)
    found = tags(html)
    assert not {"script", "img", "onerror"} & set(found)
    assert found.count("mark") == found.count("/mark")
    assert "&lt;script&gt;" in html
    assert SCRIPT not in html
    assert IMAGE not in html
    assert "&lt;/mark&gt;" in html
    assert END in html  # its own


def test_the_twin_of_an_article_without_findings():
    assert "Fin dag på fjellet" in reader_html(analyse("Fin dag på fjellet\n\nDet var sol hele dagen."))


def test_signs_of_direction_stay_in_their_mark():
    assert "unicode-bidi:isolate" in reader_html(analyse("Ord\n\n– Vi gir oss ikke \u202e nå, sier Kari Lie."))


FOLDER = Path(source.__file__).parent
SCRIPT_TEXT = (FOLDER / "reader.js").read_text(encoding="utf-8")


def test_the_browser_builds_no_markup_from_text():
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function("):
        assert way not in SCRIPT_TEXT


def test_the_browser_asks_nobody():
    for way in ("fetch(", "XMLHttpRequest", "import(", "http", "WebSocket"):
        assert way not in SCRIPT_TEXT.replace("http://www.w3.org/2000/svg", "")
    assert "url(" not in (FOLDER / "reader.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "nb", "nn"])
def test_no_label_is_missing(analysis, language):
    known = reader(analysis, language=language).labels
    asked = set(re.findall(r"""(?:say|button|tell)\(\s*"(\w+)\"""", SCRIPT_TEXT))
    asked |= {
        key
        for pair in re.findall(r'\? "(\w+)" : "(\w+)"', SCRIPT_TEXT)
        for key in pair
        if key.startswith(("link_", "choose_"))
    }
    assert asked
    assert asked <= set(known)
    assert {"direct", "indirect", "mixed", "reject", "not_found", "none", "requests_of"} <= set(known)
