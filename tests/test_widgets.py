"""The views answer their controls, agree with the static reading, and let no article text through as HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

import ipywidgets
import pytest

from corpus_lib import Analysis, Index, analyse
from corpus_lib.corrections import apply, read_layer
from corpus_lib.model import Cell, Quote
from corpus_lib.render import TYPES
from corpus_lib.widgets import (
    UNKNOWN,
    Choice,
    answered,
    cell_html,
    cell_marks,
    collocation_view,
    concordance_view,
    corpus_view,
    correction_view,
    demand_view,
    demands_html,
    evidence_html,
    frequency_view,
    keyness_view,
    lines_html,
    main_cell,
    quote_marks,
    quote_view,
    quotes_html,
    result_html,
    said_by,
    share_html,
    stances_html,
    text_html,
    words_html,
)
from corpus_lib.widgets.owning import links_html
from corpus_lib.widgets.rows import Row, RowTable, rows_html

SCRIPT = "<script>alert(1)</script>"
IMAGE = '"><img onerror=x>'
END = "</mark>"
TEXT = f"""Fagforbundet krever høyere lønn

Fagforbundet krever at kommunen {SCRIPT} øker lønningene med fem prosent. Kommunen avviser kravet.

– Vi har ikke penger {IMAGE} til dette, sier ordfører Kari Lie.

Leder Ola Berg i Fagforbundet sier at streiken kommer {IMAGE}.

– Vi gir oss ikke {SCRIPT} {END}, sier Ola Berg.
"""


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return analyse(TEXT)


@pytest.fixture(scope="module")
def silent() -> Analysis:
    """An article with neither quotations nor demands."""
    return analyse("Fin dag på fjellet\n\nDet var sol hele dagen, og mange gikk på tur.")


@pytest.fixture(scope="module")
def index(analysis: Analysis) -> Index:
    return Index.of_analyses(analysis)


def parts(view: ipywidgets.Widget) -> Iterator[ipywidgets.Widget]:
    """Yield a view and everything in it."""
    yield view
    for child in getattr(view, "children", ()):
        yield from parts(child)


def control(view: ipywidgets.Widget, description: str) -> ipywidgets.Widget:
    """Return the control with a description; of a button the mark of being open does not count."""
    return next(p for p in parts(view) if getattr(p, "description", "").removeprefix("▶ ") == description)


def shown(view: ipywidgets.Widget) -> str:
    """Return all HTML of a view."""
    return "\n".join(p.value for p in parts(view) if isinstance(p, ipywidgets.HTML))


def text_of(view: ipywidgets.Widget) -> str:
    return next(p.value for p in parts(view) if isinstance(p, ipywidgets.HTML) and 'role="region"' in p.value)


def cells(html: str) -> str:
    """Return HTML without the styles of its cells."""
    return re.sub(r"<(t[dh])[^>]*>", r"<\1>", html)


def actor(analysis: Analysis, name: str) -> str:
    return next(a.id for a in analysis.actors if a.name == name)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen += [tag, *(name for name, _ in attrs if name.startswith("on"))]

    def handle_endtag(self, tag: str) -> None:
        self.seen.append(f"/{tag}")


def tags(html: str) -> list[str]:
    parser = _Tags()
    parser.feed(html)
    return parser.seen


VIEWS = {
    "quotations": quote_view,
    "demands": demand_view,
    "corrections": lambda a: correction_view(a, "nowhere", "reader"),
    "frequencies": lambda a: frequency_view(Index.of_analyses(a)),
    "keyness": lambda a: keyness_view(Index.of_analyses(a)),
    "collocates": lambda a: collocation_view(Index.of_analyses(a), "kravet"),
    "concordance": lambda a: concordance_view(Index.of_analyses(a), "oss"),
    "own articles": lambda a: corpus_view("nowhere", text=a.article.text),
}


@pytest.mark.parametrize("make", VIEWS.values(), ids=VIEWS)
def test_every_control_has_a_label(analysis, make):
    takes_no_input = (ipywidgets.HTML, ipywidgets.Box)
    controls = [p for p in parts(make(analysis)) if not isinstance(p, takes_no_input)]
    assert controls
    assert all(c.description for c in controls)


@pytest.mark.parametrize("make", VIEWS.values(), ids=VIEWS)
def test_no_view_needs_an_output_widget(analysis, make):
    assert not any(isinstance(p, ipywidgets.Output) for p in parts(make(analysis)))


def test_hostile_text_is_found_by_the_helper():
    assert {"script", "img", "onerror", "/mark"} <= set(tags(SCRIPT + IMAGE + END))


@pytest.mark.parametrize("make", VIEWS.values(), ids=VIEWS)
def test_article_text_is_escaped(analysis, make):
    html = shown(make(analysis))
    found = tags(html)
    assert not {"script", "img", "onerror"} & set(found)
    assert found.count("mark") == found.count("/mark")
    assert SCRIPT not in html
    assert IMAGE not in html


def test_the_hostile_text_is_there_to_be_escaped(analysis, index):
    for view in (quote_view(analysis), demand_view(analysis), concordance_view(index, "oss")):
        assert "&lt;script&gt;" in text_of(view)
    assert "&gt;&lt;img onerror=x&gt;" in text_of(quote_view(analysis))


def test_the_text_holds_every_quotation_and_all_its_words(analysis):
    html = text_html(analysis.article, quote_marks(analysis, analysis.quotes))
    plain = re.sub(r"<span[^>]*>.*?</span>|<[^>]+>", "", html)
    assert "".join(plain.split()) == "".join(re.sub(r"[<>\"']", lambda m: _escaped(m[0]), TEXT).split())
    assert html.count("<mark") == sum(len(q.segments) for q in analysis.quotes)


def _escaped(sign: str) -> str:
    return {"<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"}[sign]


def test_the_mark_in_focus_is_framed_and_scrolled_to_and_no_other(analysis):
    marks = quote_marks(analysis, analysis.quotes)
    html = text_html(analysis.article, marks, ("q2",))
    (current,) = re.findall(r"<mark[^>]*aria-current[^>]*>", html)
    assert "scroll-initial-target" in current
    assert "▶ q2" in html
    assert "aria-current" not in text_html(analysis.article, marks)


def test_a_word_without_end_is_broken(analysis):
    long = analyse("Ord\n\n– " + "x" * 10_000 + ", sier Kari Lie.")
    html = text_html(long.article, quote_marks(long, long.quotes))
    assert "overflow-wrap:anywhere" in html
    assert len(evidence_html(long, long.quotes)) < 5_000


def test_signs_of_direction_stay_in_their_mark():
    turned = analyse("Ord\n\n– Vi gir oss ikke \u202e nå, sier Kari Lie.")
    assert "unicode-bidi:isolate" in text_html(turned.article, quote_marks(turned, turned.quotes))


def test_quotes_open_on_all(analysis):
    choice = Choice(analysis)
    assert choice.quotes() == list(analysis.quotes)
    assert share_html(analysis, analysis.quotes) in shown(quote_view(choice))


def test_quotes_by_speaker(analysis):
    view = quote_view(analysis)
    lie = control(view, "Kari Lie (1)")
    lie.value = False
    assert "[Kari Lie]" not in text_of(view)
    assert "[Ola Berg]" in text_of(view)
    control(view, "No speaker").click()
    assert "<mark" not in text_of(view)
    control(view, "All speakers").click()
    assert "[Kari Lie]" in text_of(view)
    assert lie.value


def test_quotes_by_type(analysis):
    choice = Choice(analysis)
    view = quote_view(choice)
    left = list(analysis.quotes)
    for kind, label in TYPES.items():
        assert control(view, label).value
        control(view, label).value = False
        left = [q for q in left if q.type != kind]
        assert choice.quotes() == left
    assert f"Quotations shown: 0 of {len(analysis.quotes)}" in shown(view)


def test_quotes_by_confidence(analysis):
    view = quote_view(analysis)
    least = control(view, "Least confidence (0 to 1)")
    least.value = 1.0
    assert f"Quotations shown: 0 of {len(analysis.quotes)}" in shown(view)
    least.value = min(round(q.confidence, 2) for q in analysis.quotes)
    assert f"Quotations shown: {len(analysis.quotes)} of {len(analysis.quotes)}" in shown(view)


def test_a_row_puts_its_quotation_in_focus_with_its_reason(analysis):
    choice = Choice(analysis)
    view = quote_view(choice)
    control(view, "q2").click()
    assert choice.focus == ("q2",)
    assert "▶ q2" in text_of(view)
    assert "<b>Why q2?</b>" in shown(view)
    assert "▶ q2" in [p.description for p in parts(view) if isinstance(p, ipywidgets.Button)]


def test_views_of_one_choice_are_linked(analysis):
    choice = Choice(analysis)
    first, second = quote_view(choice), quote_view(choice)
    control(first, "q1").click()
    assert "▶ q1" in text_of(second)
    control(first, "direct").value = False
    assert text_of(first) == text_of(second)


def test_quotes_carry_rule_confidence_and_reason(analysis):
    html = quotes_html(analysis, analysis.quotes)
    assert evidence_html(analysis, analysis.quotes) in html
    for quote in analysis.quotes:
        assert quote.rule in html
        assert f"(confidence {quote.confidence:.2f})" in html


def quotation(id: str, *speakers: str) -> Quote:
    return Quote(id, "direct", (), None, None, None, speakers, None, "made up", (), 1.0)


def test_a_joint_quotation_belongs_to_each_speaker_and_the_unknown_have_their_own():
    joint, alone, nobody = quotation("q1", "a1", "a2"), quotation("q2", "a2"), quotation("q3")
    quotes = (joint, alone, nobody)
    assert said_by(quotes, "a1") == [joint]
    assert said_by(quotes, "a2") == [joint, alone]
    assert said_by(quotes, UNKNOWN) == [nobody]


def test_rows_come_a_page_at_a_time_and_open_what_they_say():
    opened: list[str] = []
    table = RowTable(("Number",), opened.append, size=3)
    table.show([Row(str(i), f"b{i}", (f"<{i}>",)) for i in range(7)], caption="seven")
    assert [b.description for b in table.column.children] == ["b0", "b1", "b2"]
    table.later.click()
    table.later.click()
    assert [b.description for b in table.column.children] == ["b6"]
    assert table.later.disabled
    assert "seven; rows 7 to 7" in table.table.value
    assert "&lt;6&gt;" in table.table.value
    table.column.children[0].click()
    assert opened == ["6"]
    table.show(table.rows, caption="seven", current="4")
    assert [b.description for b in table.column.children] == ["b3", "▶ b4", "b5"]


def test_the_current_row_is_marked_by_more_than_colour():
    html = rows_html(("A",), [Row("1", "b", ("x",)), Row("2", "b", ("y",))], caption="c", current="2")
    assert re.findall(r"<tr aria-current[^>]*><td[^>]*>(.)", html) == ["y"]


def test_demands_show_both_sides_verbatim(analysis):
    html = shown(demand_view(analysis))
    assert cell_html(analysis, main_cell(analysis)) in html
    assert "øker lønningene med fem prosent" in html
    assert "Kommunen avviser kravet" in html
    response = next(r for r in analysis.responses if r.id in main_cell(analysis).responses)
    for said in (response.stance, response.basis, response.rule):
        assert f"<td>{said}</td>" in cells(html)


def test_a_cell_of_the_matrix_opens_its_evidence_in_the_text(analysis):
    choice = Choice(analysis)
    view = demand_view(choice)
    buttons = [p for p in parts(view) if isinstance(p, ipywidgets.Button)]
    assert len(buttons) == len(analysis.cells)
    for place, button in enumerate(buttons):
        button.click()
        assert choice.cell == place
        assert cell_html(analysis, analysis.cells[place]) in shown(view)
        assert "▶ " in button.description
        assert f"▶ {analysis.cells[place].demand}" in text_of(view)


def test_the_matrix_is_narrowed_by_actor_stance_and_basis(analysis):
    choice = Choice(analysis)
    view = demand_view(choice)
    every = [p for p in parts(view) if isinstance(p, ipywidgets.Button)]
    for trait, label in (("stance", "Stance"), ("basis", "Basis"), ("actor", "Actor")):
        wanted = getattr(analysis.cells[0], trait)
        control(view, label).value = wanted
        assert [not b.disabled for b in every] == [getattr(c, trait) == wanted for c in analysis.cells]
        control(view, label).value = "all"
    assert not any(b.disabled for b in every)


def test_the_marks_of_a_cell_are_its_demand_and_its_answers(analysis):
    cell = main_cell(analysis)
    assert {m.record for m in cell_marks(analysis, cell)} == {cell.demand, *cell.responses}
    assert cell_marks(analysis, None) == []


def test_a_cell_without_an_answer_says_so(analysis):
    cell = Cell(analysis.demands[0].id, actor(analysis, "Kari Lie"), "none", "computed", (), False, False)
    assert "Kari Lie: not found (computed)</b>. No answer was found." in cell_html(analysis, cell)


def test_tables_of_demands_and_stances_have_a_row_each(analysis):
    assert cells(demands_html(analysis)).count("<tr><td>") == len(analysis.demands)
    assert cells(stances_html(analysis, [0])).count("<tr><td>") == 1


def test_words_by_text_and_stop_words(analysis):
    assert "<td>krever</td><td>2</td>" in cells(words_html(analysis))
    assert "<td>vi</td>" not in cells(words_html(analysis))
    assert "<td>vi</td><td>2</td>" in cells(words_html(analysis, stop=False))
    lie = cells(words_html(analysis, actor(analysis, "Kari Lie"), stop=False))
    assert "<td>vi</td><td>1</td>" in lie
    assert "<td>krever</td>" not in lie


def test_frequencies_follow_their_controls_and_open_their_lines(index):
    view = frequency_view(index, stop=("vi",))
    assert lines_html(index.frequency(without=("vi",), most=10).lines(0)) in shown(view)
    control(view, "kommunen").click()
    assert "kommunen: 2 of 2 lines" in shown(view)
    control(view, "Part").value = "quotations:Kari Lie"
    assert "quotations of Kari Lie" in shown(view)
    assert "kommunen" not in [p.description for p in parts(view) if isinstance(p, ipywidgets.Button)]
    control(view, "Number of words").value = 2
    assert shown(view).count("<tr aria-current") == 1
    assert shown(view).count("line-height:1.2") == 3


def test_a_question_without_an_answer_says_why(index):
    view = keyness_view(index, "Kari Lie")
    assert "Key words: quotations of Kari Lie" in shown(view)
    control(view, "Against").value = control(view, "Key words of").value
    assert "No answer:" in shown(view)
    control(view, "Against").value = "all"
    assert "No answer:" not in shown(view)


def test_collocates_and_concordance_follow_their_words(index):
    near = collocation_view(index, "nowhere")
    assert "No answer:" in shown(near)
    control(near, "Word").value = "kravet"
    assert "Collocates of kravet" in shown(near)
    lines = concordance_view(index, "nowhere")
    assert "Nothing found: nowhere" in shown(lines)
    control(lines, "Word or words").value = "gir oss"
    assert "▶ line 1" in text_of(lines)


def test_a_result_shows_its_numbers_in_norwegian_and_how_it_was_counted(index):
    html = result_html(index.frequency(most=1), {"word": "Word", "per_million": "Per million"})
    assert re.search(r"\d\u00a0\d{3}", html)
    assert "How this was counted" in html


def test_views_of_an_article_without_findings(silent):
    assert "Quotations shown: 0 of 0" in shown(quote_view(silent))
    assert "<p>No demands were found.</p>" in shown(demand_view(silent))
    assert "<td>fjellet</td><td>1</td>" in cells(words_html(silent))
    assert "Corrections: 0" in shown(correction_view(silent, "nowhere", "reader"))


@pytest.fixture
def form(analysis, tmp_path):
    choice = Choice(analysis)
    return choice, correction_view(choice, tmp_path / "kept", "Reader", clock=lambda: "2026-01-02T03:04:05+00:00")


def layer_in(folder):
    (file,) = (folder / "kept").glob("*.corrections.json")
    return read_layer(file)


def test_nothing_is_written_before_something_is_decided(form, tmp_path):
    assert not list(tmp_path.iterdir())


def test_a_changed_speaker_is_kept_beside_the_automatic_layer(form, analysis, tmp_path):
    choice, view = form
    choice.focus = ("q1",)
    assert control(view, "Record").value == "q1"
    control(view, "Speaker").value = "Per Moe"
    control(view, "Type").value = "mixed"
    control(view, "Change").click()
    (made,) = layer_in(tmp_path).corrections
    assert (made.by, made.at, made.action, made.record) == ("Reader", "2026-01-02T03:04:05+00:00", "change", "quote")
    corrected = apply(analysis, layer_in(tmp_path)).analysis
    assert corrected.joined(corrected.quotes[0].speakers) == "Per Moe"
    assert choice.analysis.quotes[0].type == "mixed"
    assert analysis.joined(analysis.quotes[0].speakers) != "Per Moe"
    assert "Corrections: 1" in shown(view)


def test_linked_views_show_the_correction(form):
    choice, view = form
    text = quote_view(choice)
    choice.focus = ("q1",)
    control(view, "Speaker").value = "Per Moe"
    control(view, "Change").click()
    assert "[Per Moe]" in text_of(text)
    assert control(text, "Per Moe (1)").value
    assert "corrected by hand: change by Reader 2026-01-02T03:04:05+00:00" in shown(text)
    control(view, "Take back the last").click()
    assert "[Per Moe]" not in text_of(text)


def test_a_deleted_record_is_gone_and_can_be_taken_back(form, analysis, tmp_path):
    choice, view = form
    others = quote_view(choice), demand_view(choice)
    control(view, "Record").value = "d1"
    assert "d1" in choice.focus
    control(view, "Delete").click()
    assert "d1" not in [d.id for d in choice.analysis.demands]
    assert (choice.open_cell() or main_cell(choice.analysis)).demand != "d1"
    assert all("Why d1" not in shown(other) for other in others)
    control(view, "Take back the last").click()
    assert choice.analysis.demands == analysis.demands
    assert layer_in(tmp_path).corrections == ()


def test_an_accepted_answer_is_kept_as_it_was(form, analysis, tmp_path):
    _, view = form
    control(view, "Record").value = "r1"
    control(view, "Note").value = "read twice"
    control(view, "Accept").click()
    (made,) = layer_in(tmp_path).corrections
    assert (made.action, made.values["stance"], made.note) == ("accept", analysis.responses[0].stance, "read twice")


def test_a_quotation_is_added_changed_and_taken_out_again(form, tmp_path):
    choice, view = form
    control(view, "Record").value = "+"
    control(view, "Words of the new record").value = "Kommunen avviser kravet"
    control(view, "Speaker").value = "Kommunen"
    control(view, "Type").value = "indirect"
    control(view, "Add").click()
    new = next(q for q in choice.analysis.quotes if choice.analysis.words_of(q) == "Kommunen avviser kravet")
    control(view, "Record").value = new.id
    control(view, "Speaker").value = "Kari Lie"
    control(view, "Change").click()
    (made,) = layer_in(tmp_path).corrections
    assert (made.action, made.values["speaker"]) == ("add", "Kari Lie")
    control(view, "Record").value = new.id
    control(view, "Delete").click()
    assert layer_in(tmp_path).corrections == ()


@pytest.mark.parametrize("words", ["", "står ikke her"])
def test_words_that_are_not_there_are_not_added(form, tmp_path, words):
    _, view = form
    control(view, "Record").value = "+"
    control(view, "Words of the new record").value = words
    control(view, "Add").click()
    assert "Not saved: the article has these words 0 times" in shown(view)
    assert not list(tmp_path.iterdir())


def test_the_second_occurrence_can_be_added(form, tmp_path):
    _, view = form
    control(view, "Record").value = "+"
    control(view, "Words of the new record").value = "Ola Berg"
    control(view, "Which occurrence").value = 2
    control(view, "Add").click()
    assert layer_in(tmp_path).corrections[0].start == TEXT.rindex("Ola Berg")


def test_corrections_are_taken_up_again(form, analysis, tmp_path):
    _, view = form
    control(view, "Speaker").value = "Per Moe"
    control(view, "Change").click()
    again = Choice(analysis)
    reopened = correction_view(again, tmp_path / "kept", "Other")
    assert again.analysis.joined(again.analysis.quotes[0].speakers) == "Per Moe"
    assert "Corrections: 1" in shown(reopened)


def test_a_correction_that_no_longer_fits_is_said(analysis, tmp_path):
    correction_view(Choice(analysis), tmp_path, "x", clock=lambda: "")
    view = correction_view(Choice(analysis), tmp_path, "Reader")
    control(view, "Accept").click()
    (file,) = tmp_path.glob("*.json")
    kept = json.loads(file.read_text(encoding="utf-8"))
    kept["corrections"][0]["end"] -= 1
    file.write_text(json.dumps(kept), encoding="utf-8")
    assert "no longer fits" in shown(correction_view(Choice(analysis), tmp_path, "Reader"))


@pytest.fixture
def desk(tmp_path):
    pytest.importorskip("pyarrow")
    return corpus_view(tmp_path / "results", text=TEXT)


def test_a_pasted_article_is_analysed_and_shown(desk):
    assert "Nothing is analysed yet" in shown(desk)
    control(desk, "Analyse the pasted article").click()
    assert "<p>1 article analysed, 0 failed.</p>" in shown(desk)
    assert "No errors" in shown(desk)
    assert "&lt;script&gt;" in text_of(desk)
    assert not {"script", "img", "onerror"} & set(tags(shown(desk)))


def test_another_pasted_article_takes_the_first_ones_place(desk):
    control(desk, "Analyse the pasted article").click()
    control(desk, "Article").value = "Ap varsler kamp\n\n– Vi gir oss ikke, sier Ida Moe."
    control(desk, "Analyse the pasted article").click()
    assert "1 article analysed" in shown(desk)
    assert "[Ida Moe]" in text_of(desk)


def test_a_folder_is_read_with_its_errors(desk, tmp_path):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "a<b>.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "own" / "empty.txt").write_text(" ", encoding="utf-8")
    control(desk, "Folder or file").value = str(tmp_path / "own")
    control(desk, "Read and analyse").click()
    assert "1 article analysed, 1 failed" in shown(desk)
    assert "errors: 1 row<" in shown(desk)
    assert "<td>empty</td>" in cells(shown(desk))
    assert "a&lt;b&gt;" in shown(desk)
    bar = control(desk, "Progress")
    assert (bar.value, bar.max, bar.bar_style) == (2, 2, "warning")


def test_what_cannot_be_read_is_said(desk, tmp_path):
    control(desk, "Folder or file").value = str(tmp_path / "nowhere<b>")
    control(desk, "Read and analyse").click()
    assert "<b>Not analysed:</b>" in shown(desk)
    assert "nowhere&lt;b&gt;: no such file or folder" in shown(desk)


def hidden(view: ipywidgets.Widget, words: str) -> bool:
    """Say whether words are shown nowhere but in parts of a view that are hidden."""
    if getattr(view, "layout", None) is not None and view.layout.display == "none":
        return True
    return words not in str(getattr(view, "value", "")) and all(hidden(c, words) for c in getattr(view, "children", ()))


@pytest.mark.parametrize("next_path", ["nowhere", "*.nothing", "", "empty"])
def test_nothing_of_a_former_input_is_left(desk, tmp_path, next_path):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "empty").mkdir()
    control(desk, "Folder or file").value = str(tmp_path / "own")
    control(desk, "Read and analyse").click()
    assert not hidden(desk, "Kari Lie")
    control(desk, "Export as JSONL").click()
    control(desk, "Folder or file").value = str(tmp_path / next_path) if next_path else " "
    control(desk, "Read and analyse").click()
    assert "Not analysed:" in shown(desk)
    assert "Kari Lie" not in shown(desk)
    assert "analyses.jsonl" not in shown(desk)
    assert hidden(desk, "<b>Tables</b>")
    assert control(desk, "Progress").bar_style == "danger"


def test_two_folders_are_not_mixed(desk, tmp_path):
    for name, who in (("first", "Kari Lie"), ("second", "Ida Moe")):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text(f"Uenige\n\n– Vi gir oss ikke, sier {who}.", encoding="utf-8")
        control(desk, "Folder or file").value = str(tmp_path / name)
        control(desk, "Read and analyse").click()
        assert "1 article analysed, 0 failed" in shown(desk)
        assert f"[{who}]" in text_of(desk)
    assert "Kari Lie" not in shown(desk)


LONELY = "Streik\n\nLO krever at NHO snur. NHO avviste kravet. LO krever mer lærertid."


def test_demands_and_answers_without_a_counterpart_are_in_the_table():
    found = analyse(LONELY)
    table = answered(found)
    assert set(found.frame("demands")["id"]) == set(table["demand"]) - {""}
    (lonely,) = table[table["content"] == "mer lærertid"].to_dict("records")
    assert lonely == {
        "doc": "text", "demand": "d2", "by": "LO", "content": "mer lærertid", "actor": "NHO", "stance": "not found",
        "basis": "computed", "evidence": "",
    }  # fmt: skip
    assert found.frame("responses")["evidence"].isin(table["evidence"]).all()
    assert list(answered(analyse("Fin dag\n\nDet var sol hele dagen.")).columns) == list(table.columns)


def test_answers_that_no_cell_rests_on_are_in_the_table(analysis):
    response = replace(analysis.responses[0], id="r9", links=(), target_text="et gammelt krav")
    table = answered(replace(analysis, responses=(*analysis.responses, response)))
    last = table.to_dict("records")[-1]
    assert (last["demand"], last["by"], last["content"]) == ("", "", "et gammelt krav")
    assert last["evidence"] == analysis.text(response.evidence)


def test_the_form_shows_every_demand(tmp_path):
    pytest.importorskip("pyarrow")
    view = corpus_view(tmp_path, text=LONELY)
    control(view, "Analyse the pasted article").click()
    control(view, "Table").value = "comparison"
    assert "demands and answers: " in shown(view)
    assert "<td>mer lærertid</td>" in cells(shown(view))


def test_a_demand_without_a_cell_stands_in_the_matrix():
    lonely = analyse("Streik\n\nLO krever mer lærertid.")
    assert lonely.demands
    assert not lonely.cells
    html = shown(demand_view(lonely))
    assert "mer lærertid" in html
    assert "call on nobody by name" in html
    assert "No demands were found" not in html
    both = analyse(LONELY)
    assert shown(demand_view(both)).count("<b>d2 LO:</b> mer lærertid") == 1


def test_rows_of_two_lines_are_as_high_as_their_buttons():
    table = RowTable(("Rule",), lambda _: None, lines=2)
    table.show([Row("1", "q1", ("clause of a verb of saying, and <more>",))], caption="c")
    height = int(table.column.children[0].layout.height.removesuffix("px"))
    assert f'<tr style="height:{height + 4}px' in table.table.value
    assert "-webkit-line-clamp:2" in table.table.value
    assert "&lt;more&gt;" in table.table.value
    assert "nowrap" not in table.table.value.split("<tbody>")[1]


def test_one_of_a_kind_is_in_the_singular(silent):
    one = analyse("Uenige\n\n– Nei, sier Kari Lie.")
    assert "1 quotation with 1 word<" in share_html(one, one.quotes)
    assert "0 quotations with 0 words" in share_html(silent, ())


@pytest.mark.parametrize(
    ("kind", "file"), [("CSV", "quotes.csv"), ("Parquet", "quotes.parquet"), ("JSONL", "analyses.jsonl")]
)
def test_exports_are_written_and_offered(desk, tmp_path, kind, file):
    control(desk, "Analyse the pasted article").click()
    control(desk, f"Export as {kind}").click()
    assert f'download="{file}"' in shown(desk)
    assert list((tmp_path / "results").rglob(file))


def test_a_large_file_is_named_but_not_put_into_the_page(tmp_path):
    large = tmp_path / "large<.csv"
    large.write_bytes(b"x" * 2_000_001)
    assert links_html([large]) == "<ul><li>large&lt;.csv, 2\u00a0000\u00a0001 bytes</li></ul>"
