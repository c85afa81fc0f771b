"""The views answer their controls, agree with the static reading, and let no article text through as HTML."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import ipywidgets
import pandas as pd
import pytest
from hostile import END, IMAGE, SCRIPT, TEXT, tags

from corpus_lib import Analysis, Index, analyse
from corpus_lib.errors import InputError, UnsupportedInput
from corpus_lib.exchange import export
from corpus_lib.labels import labels
from corpus_lib.model import Cell
from corpus_lib.widgets import (
    answered,
    cell_html,
    collocation_view,
    concordance_view,
    corpus_view,
    demands_html,
    evidence_html,
    frame_html,
    frequency_view,
    keyness_view,
    lines_html,
    main_cell,
    matrix_view,
    reader,
    result_html,
    share_html,
    side_by_side_html,
)
from corpus_lib.widgets.owning import links_html
from corpus_lib.widgets.rows import Row, RowTable, rows_html
from corpus_lib.widgets.tabling import write_workbook
from corpus_lib.widgets.uploading import keep, word_text
from corpus_lib.words import content


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


VIEWS = {
    "matrix": lambda a: matrix_view(reader(a)),
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


def test_the_hostile_text_is_there_to_be_escaped(index):
    assert "&lt;script&gt;" in text_of(concordance_view(index, "oss"))


def test_quotes_carry_rule_confidence_and_reason(analysis):
    html = evidence_html(analysis, analysis.quotes)
    for quote in analysis.quotes:
        assert quote.rule in html
        assert f"(confidence {quote.confidence:.2f})" in html


def test_long_words_do_not_swell_the_table():
    long = analyse("Ord\n\n– " + "x" * 10_000 + ", sier Kari Lie.")
    assert len(evidence_html(long, long.quotes)) < 5_000


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


def aligned(html: str) -> list[bool]:
    """Return for each heading of a table whether it is flush right."""
    return ["text-align:right" in head for head in re.findall(r"<th [^>]*>", html)]


def test_numbers_are_flush_right_and_words_are_not(index):
    assert aligned(frame_html(pd.DataFrame({"word": ["krav", "3"], "count": [2, 1000]}), caption="c")) == [False, True]
    assert aligned(result_html(index.frequency(top=2), {"word": "Word", "per_million": "Rate"})) == [False, True]
    assert aligned(rows_html(("A", "B"), [Row("1", "b", ("x", "0,5"))], caption="c")) == [False, True]


def test_the_table_of_demands_has_a_row_each(analysis):
    assert cells(demands_html(analysis)).count("<tr><td>") == len(analysis.demands)


def test_the_main_cell_shows_both_sides_verbatim(analysis):
    cell = main_cell(analysis)
    html = cell_html(analysis, cell)
    assert escape(next(analysis.article.slice(d.content) for d in analysis.demands if d.id == cell.demand)) in html
    assert "Kommunen avviser kravet" in html
    response = next(r for r in analysis.responses if r.id in main_cell(analysis).responses)
    for said in ("refuses", response.basis, "the word «avviser» tells it"):
        assert f"<td>{said}</td>" in cells(html)


def test_a_cell_without_an_answer_says_so(analysis):
    cell = Cell(analysis.demands[0].id, actor(analysis, "Kari Lie"), "none", "computed", (), False, False)
    assert "Kari Lie: not found (computed)</b>. No answer was found." in cell_html(analysis, cell)


def test_frequencies_follow_their_controls_and_open_their_lines(index):
    view = frequency_view(index)
    assert lines_html(content.frequent(index, 10).lines(0)) in shown(view)
    control(view, "kommune").click()
    assert "kommune: 2 lines" in shown(view)
    control(view, "Part").value = "quotations:Kari Lie"
    assert "Most frequent: quotations: Kari Lie" in shown(view)
    assert "kommune" not in [p.description for p in parts(view) if isinstance(p, ipywidgets.Button)]
    control(view, "Number of words").value = 2
    assert shown(view).count("<tr aria-current") == 1
    assert shown(view).count("line-height:1.2") == 3


def test_a_question_without_an_answer_says_why(index):
    view = keyness_view(index, "Kari Lie")
    assert "Key words: quotations: Kari Lie against " in shown(view)
    control(view, "Against").value = control(view, "Key words of").value
    assert "No answer:" in shown(view)
    control(view, "Against").value = "all"
    assert "No answer:" not in shown(view)


def test_key_words_are_lemmas_with_content_against_norwegian_at_large(index):
    pytest.importorskip("wordfreq")
    view = keyness_view(index)
    assert "Key words: everything against Norwegian at large" in shown(view)
    rows = {p.description.removeprefix("▶ ") for p in parts(view) if isinstance(p, ipywidgets.Button)}
    assert "kommune" in rows
    assert not rows & {"kommunen", "vi", "og"}


def test_nynorsk_has_no_list_to_compare_with():
    view = keyness_view(
        Index.of_analyses(analyse("Usemje\n\n– Vi gjev oss ikkje, seier Kari Lie. Eg veit ikkje kva dei gjer."))
    )
    assert "all quotations against everything else" in shown(view)
    assert "Norwegian at large" not in [label for label, _ in control(view, "Against").options]


def test_collocates_and_concordance_follow_their_words(index):
    near = collocation_view(index, "nowhere")
    assert "No answer:" in shown(near)
    control(near, "Word").value = "kravet"
    assert "Collocates of kravet" in shown(near)
    assert "No answer:" not in shown(near)
    lines = concordance_view(index, "nowhere")
    assert "Nothing found: nowhere" in shown(lines)
    control(lines, "Word or words").value = "gir oss"
    assert "▶ line 1" in text_of(lines)


def test_the_sort_key_of_a_concordance_is_marked_and_told():
    texts = Index.build({"a": "Nato svarte nei. Da svarte Russland ja. Nå svarte USA kanskje."})
    view = concordance_view(texts, "svarte")
    assert "<u>" not in shown(view)
    control(view, "Sort by").value = "L1"
    assert re.findall(r"<u>(.*?)</u>", shown(view)) == ["Da", "Nato", "Nå"]
    assert "Sorted by the word before" in shown(view)
    control(view, "Sort by").value = "R2"
    assert re.findall(r"<u>(.*?)</u>", shown(view)) == ["Da", "ja", "kanskje"]


def test_the_words_found_stand_in_one_column_between_flush_sides():
    texts = Index.build({"a": "Nato svarte nei."})
    sides = ["right", "center", "left"]
    static = lines_html(texts.concordance("svarte"))
    assert re.findall(r"<th [^>]*text-align:(\w+)", static) == sides
    assert re.findall(r"<th [^>]*text-align:(\w+)", shown(concordance_view(texts, "svarte"))) == sides
    assert "justify-content:flex-end" in shown(concordance_view(texts, "svarte"))


def test_a_result_shows_its_numbers_in_norwegian_and_how_it_was_counted(index):
    html = result_html(index.frequency(top=1), {"word": "Word", "per_million": "Per million"})
    assert re.search(r"\d\u00a0\d{3}", html)
    assert "How this was counted" in html


def test_views_of_an_article_without_findings(silent):
    assert "<p>No demands were found.</p>" in shown(matrix_view(reader(silent)))
    assert side_by_side_html(silent) == "<p>No demands and no answers were found.</p>"
    assert cell_html(silent, main_cell(silent)) == "<p>No demands were found.</p>"


def test_one_of_a_kind_is_in_the_singular(silent):
    one = analyse("Uenige\n\n– Nei, sier Kari Lie.")
    assert "1 quotation with 1 word<" in share_html(one, one.quotes)
    assert "0 quotations with 0 words" in share_html(silent, ())


# Side by side ---------------------------------------------------------------------------------------------------------

LONELY = "Streik\n\nLO krever at NHO snur. NHO avviste kravet. LO krever høyere lønn."


def test_demands_and_answers_without_a_counterpart_are_in_the_table():
    found = analyse(LONELY)
    table = answered(found)
    assert set(found.frame("demands")["id"]) == set(table["demand"]) - {""}
    (lonely,) = table[table["content"] == "høyere lønn"].to_dict("records")
    assert lonely == {
        "doc": "text", "demand": "d2", "by": "LO", "to": "NHO", "content": "høyere lønn", "answer": "", "actor": "NHO",
        "stance": "not found", "basis": "computed", "evidence": "",
    }  # fmt: skip
    assert found.frame("responses")["evidence"].isin(table["evidence"]).all()
    assert list(answered(analyse("Fin dag\n\nDet var sol hele dagen.")).columns) == list(table.columns)


def test_every_answer_has_a_row_of_its_own(analysis):
    first = analysis.responses[0]
    second = replace(first, id="r9", stance="offer")
    both = replace(analysis, responses=(*analysis.responses, second))
    rows = answered(both)
    met = rows[rows["demand"] == first.targets[0]]
    assert {"r9", first.id} <= set(met["answer"])
    assert "offer" in set(met["stance"])
    html = side_by_side_html(both)
    assert f'rowspan="{len(met)}"' in html
    assert "r9" in html


def test_what_the_matrix_shows_stands_side_by_side(seed_analysis):
    beside = answered(seed_analysis).groupby("demand")["answer"].agg(set)
    sets = {d.id for d in seed_analysis.demands if d.kind == "set"}
    assert any(cell.demand in sets and cell.responses for cell in seed_analysis.cells)
    assert not [c.demand for c in seed_analysis.cells if not set(c.responses) <= beside[c.demand]]


def test_answers_to_nothing_stated_are_in_the_table(analysis):
    response = replace(analysis.responses[0], id="r9", links=(), target_text="et gammelt krav")
    table = answered(replace(analysis, responses=(*analysis.responses, response)))
    (last,) = table[table["answer"] == "r9"].to_dict("records")
    assert (last["demand"], last["by"], last["content"]) == ("", "", "et gammelt krav")
    assert last["evidence"] == analysis.text(response.evidence)


def test_side_by_side_is_escaped(analysis):
    html = side_by_side_html(analysis)
    assert "&lt;script&gt;" in html
    assert not {"script", "img"} & set(tags(html))


# The desk -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path):
    pytest.importorskip("pyarrow")
    return corpus_view(tmp_path / "results", text=TEXT)


def press(view: ipywidgets.Widget) -> None:
    control(view, "Analyse").click()


def read(view: ipywidgets.Widget) -> list[str]:
    """Return who is quoted in the article that the desk's reader shows."""
    (shown_,) = [p for p in parts(view) if hasattr(p, "record")]
    return [q["who"] for q in shown_.record["quotes"]]


def test_a_pasted_article_is_analysed_and_shown_in_the_order_that_is_asked_for(desk):
    press(desk)
    html = shown(desk)
    assert "<p>1 article analysed, 0 failed.</p>" in html
    assert read(desk) == ["Kari Lie", "Ola Berg", "Ola Berg"]
    said = [p for p in parts(desk) if isinstance(p, ipywidgets.HTML) or hasattr(p, "record")]
    marks = ["quoted words, ", "record", "Who answers whom", "Demands, and the answers to each", "<b>Words</b>"]
    at = [next(i for i, p in enumerate(said) if m in str(getattr(p, "value", "record"))) for m in marks]
    assert at == sorted(at)
    assert not {"script", "img", "onerror"} & set(tags(html))


def test_another_pasted_article_takes_the_first_ones_place(desk):
    press(desk)
    control(desk, "Article").value = "Ap varsler kamp\n\n– Vi gir oss ikke, sier Ida Moe."
    press(desk)
    assert "1 article analysed" in shown(desk)
    assert read(desk) == ["Ida Moe"]


def test_each_pasted_article_has_corrections_of_its_own(desk):
    for text, who in ((TEXT, "Kari Lie"), ("Ap varsler kamp\n\n– Vi gir oss ikke, sier Ida Moe.", "Ida Moe")):
        control(desk, "Article").value = text
        press(desk)
        assert read(desk)[0] == who
        (view,) = [p for p in parts(desk) if hasattr(p, "record")]
        view._handle_custom_msg({"do": "decide", "action": "change", "id": "q1", "values": {"speaker": "Per Moe"}}, [])
        assert read(desk)[0] == "Per Moe"


def test_what_is_corrected_is_seen_beside_and_in_the_files(desk, tmp_path):
    press(desk)
    (view,) = [p for p in parts(desk) if hasattr(p, "record")]
    view._handle_custom_msg({"do": "decide", "action": "change", "id": "d1", "values": {"actor": "Per Moe"}}, [])
    assert "d1 Per Moe" in shown(desk)
    control(desk, "Corrections").click()
    assert "Corrections: 1" in shown(desk)
    assert ".corrections.json" in shown(desk)
    control(desk, "Tables (csv)").click()
    assert "Per Moe" in (tmp_path / "results" / "tables" / "demands.csv").read_text(encoding="utf-8-sig")


def test_a_name_that_is_given_later_signs_what_follows(desk):
    press(desk)
    (view,) = [p for p in parts(desk) if hasattr(p, "record")]
    for name in ("", "Ida Nes"):
        control(desk, "Your name, for corrections").value = name
        values = {"speaker": f"Per {name or 'Moe'}"}
        view._handle_custom_msg({"do": "decide", "action": "change", "id": "q1", "values": values}, [])
        assert (f"changed by {name}, 2" if name else "changed 2") in view.record["quotes"][0]["reason"]


def test_without_a_correction_there_is_no_table(desk):
    press(desk)
    control(desk, "Corrections").click()
    assert "<p>Nothing is corrected.</p>" in shown(desk)
    assert "Decision" not in shown(desk)


def visible(view: ipywidgets.Widget) -> set[str]:
    """Return what stands on a view, but for what is marked as English: controls, words between tags, the reader's."""
    said: set[str] = set()
    for part in parts(view):
        texts = [str(getattr(part, name, "") or "") for name in ("description", "tooltip", "placeholder")]
        texts += [str(label) for label, _ in getattr(part, "_options_full", ())]
        if isinstance(part, ipywidgets.HTML):
            texts += re.split(r"<[^>]*>", re.sub(r'<li lang="en">.*?</li>', "", part.value))
        if hasattr(part, "record"):
            shown_ = [one for table in ("quotes", "demands", "answers") for one in part.record[table]]
            texts += [*part.labels.values(), *(one["reason"] for one in shown_)]
            texts += [step for one in shown_ for step in one["steps"]]
        said |= {html.unescape(text).strip() for text in texts}
    return said


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_a_norwegian_desk_says_nothing_in_english(tmp_path, language):
    pytest.importorskip("pyarrow")
    view = corpus_view(tmp_path, text=TEXT, language=language)
    control(view, labels(language)("desk.analyse")).click()
    control(view, labels(language)("desk.corrections")).click()
    own = set(labels(language).texts.values())
    english = {text for text in labels("en").texts.values() if len(text) > 3 and "{" not in text} - own
    said = visible(view)
    assert not said & english
    assert labels(language)("desk.found") in said
    assert not [text for text in said if re.search(r"\b(the|demands?|speaker|quotations?|of)\b", text)]


def named(tmp_path: Path, *texts: str, folder: str = "own") -> str:
    (tmp_path / folder).mkdir()
    for place, text in enumerate(texts):
        (tmp_path / folder / f"{folder}_a<b>{place}.txt").write_text(text, encoding="utf-8")
    return str(tmp_path / folder)


def test_a_folder_is_read_with_its_errors(tmp_path):
    pytest.importorskip("pyarrow")
    view = corpus_view(tmp_path / "results", path=named(tmp_path, TEXT, " ", LONELY))
    press(view)
    html = shown(view)
    assert "2 articles analysed, 1 failed" in html
    assert "Not analysed: 1" in html
    assert "own_a&lt;b&gt;0" in html
    bar = control(view, "Progress")
    assert (bar.value, bar.max, bar.bar_style) == (3, 3, "warning")
    articles = next(p for p in parts(view) if isinstance(p, ipywidgets.Dropdown) and p.description == "Article")
    articles.value = articles.options[1][1]
    assert read(view) == []


def test_what_cannot_be_read_is_said(tmp_path):
    view = corpus_view(tmp_path, path=str(tmp_path / "nowhere<b>"))
    press(view)
    assert "<b>Not analysed:</b>" in shown(view)
    assert "nowhere&lt;b&gt;: no such file or folder" in shown(view)


def test_what_cannot_be_read_is_said_in_norwegian_with_the_message_folded(tmp_path):
    view = corpus_view(tmp_path, path=str(tmp_path / "nowhere<b>"), language="nn")
    control(view, "Analyser").click()
    assert "<b>Ikkje analysert:</b> fila eller mappa finst ikkje." in shown(view)
    assert "nowhere&lt;b&gt;: no such file or folder</span></details>" in shown(view)


def test_nothing_given_is_said(tmp_path):
    view = corpus_view(tmp_path)
    press(view)
    assert "nothing is pasted, uploaded or named" in shown(view)


def hidden(view: ipywidgets.Widget, words: str) -> bool:
    """Say whether words are shown nowhere but in parts of a view that are hidden."""
    if getattr(view, "layout", None) is not None and view.layout.display == "none":
        return True
    return words not in str(getattr(view, "value", "")) and all(hidden(c, words) for c in getattr(view, "children", ()))


@pytest.mark.parametrize("next_path", ["nowhere", "*.nothing", "", "empty"])
def test_nothing_of_a_former_input_is_left(tmp_path, next_path):
    pytest.importorskip("pyarrow")
    (tmp_path / "empty").mkdir()
    view = corpus_view(tmp_path / "results", path=named(tmp_path, TEXT))
    press(view)
    assert not hidden(view, "Ola Berg")
    control(view, "Corrections").click()
    control(view, "Or a folder or file").value = str(tmp_path / next_path) if next_path else " "
    press(view)
    assert "Not analysed:" in shown(view)
    assert "Ola Berg" not in shown(view)
    assert not [p for p in parts(view) if hasattr(p, "record")]
    assert hidden(view, "<b>Words</b>")
    assert control(view, "Progress").bar_style == "danger"


def test_two_folders_are_not_mixed(tmp_path):
    pytest.importorskip("pyarrow")
    view = corpus_view(tmp_path / "results")
    for name, who in (("first", "Kari Lie"), ("second", "Ida Moe")):
        text = f"Uenige\n\n– Vi gir oss ikke, sier {who}."
        control(view, "Or a folder or file").value = named(tmp_path, text, folder=name)
        press(view)
        assert "1 article analysed, 0 failed" in shown(view)
        assert read(view) == [who]
    assert "Kari Lie" not in shown(view)


@pytest.mark.parametrize(
    ("button", "file"),
    [("Report", "report.html"), ("Tables (xlsx)", "tables.xlsx"), ("Tables (csv)", "quotes.csv")],
)
def test_files_are_written_and_offered(desk, tmp_path, button, file):
    press(desk)
    control(desk, button).click()
    assert f'download="{file}"' in shown(desk)
    assert list((tmp_path / "results").rglob(file))


def test_a_large_file_is_named_but_not_put_into_the_page(tmp_path):
    large = tmp_path / "large<.csv"
    large.write_bytes(b"x" * 2_000_001)
    assert links_html([large], labels("en")) == "<ul><li>large&lt;.csv, 2\u00a0000\u00a0001 bytes</li></ul>"


# Files ----------------------------------------------------------------------------------------------------------------


def word_file(*paragraphs: str) -> bytes:
    docx = pytest.importorskip("docx")
    made, out = docx.Document(), io.BytesIO()
    for words in paragraphs:
        made.add_paragraph(words)
    made.save(out)
    return out.getvalue()


def test_uploaded_files_are_kept_under_names_of_their_own(tmp_path):
    files = [{"name": "../a/../evil.txt", "content": memoryview(b"Nato")}, {"name": "B.HTML", "content": b"<p>"}]
    kept = keep(files, tmp_path / "up")
    assert [f.parent for f in kept] == [tmp_path / "up"] * 2
    assert [f.name for f in kept] == ["evil.txt", "B.html"]
    assert kept[0].read_bytes() == b"Nato"


def test_a_word_file_becomes_text(tmp_path):
    (kept,) = keep([{"name": "sak.docx", "content": word_file("Tittel", "", "– Nei, sier Kari Lie.")}], tmp_path)
    assert kept.name == "sak.txt"
    assert kept.read_text(encoding="utf-8") == "Tittel\n\n– Nei, sier Kari Lie."


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", word_file("x")[:900], b"plain"])
def test_a_word_file_that_is_none_is_refused(content):
    with pytest.raises(InputError, match="no Word file that can be read"):
        word_text(content, "sak.docx")


def test_other_files_are_refused_with_those_that_are_read(tmp_path):
    with pytest.raises(UnsupportedInput, match=r"bilde\.png: expected a file ending in \.txt"):
        keep([{"name": "bilde.png", "content": b""}], tmp_path)


def test_an_uploaded_file_is_analysed(tmp_path):
    pytest.importorskip("pyarrow")
    view = corpus_view(tmp_path)
    content = word_file("Uenige", "– Vi gir oss ikke, sier Kari Lie.")
    upload = {
        "name": "sak.docx",
        "type": "",
        "size": len(content),
        "last_modified": datetime.now(UTC),
        "content": content,
    }
    control(view, "Or upload files").set_trait("value", (upload,))
    press(view)
    assert read(view) == ["Kari Lie"]


def test_a_workbook_has_a_sheet_a_table_and_no_formulas(analysis, tmp_path):
    import zipfile

    formula = replace(analysis, article=replace(analysis.article, id="=1+1"))
    file = write_workbook([formula], tmp_path / "new" / "tables.xlsx")
    with zipfile.ZipFile(file) as packed:
        sheets = [packed.read(n).decode() for n in packed.namelist() if n.startswith("xl/worksheets/sheet")]
        names = packed.read("xl/workbook.xml").decode()
    assert re.findall(r'<sheet name="(\w+)"', names) == [
        "blocks", "actors", "quotes", "demands", "responses", "comparison",
    ]  # fmt: skip
    assert any("=1+1" in sheet for sheet in sheets)
    assert not any("<f>" in sheet for sheet in sheets)


def test_csv_for_norwegian_programs(analysis, tmp_path):
    (file,) = [f for f in export([analysis], "csv", tmp_path, excel=True) if f.name == "quotes.csv"]
    head, first, *_ = file.read_text(encoding="utf-8-sig").splitlines()
    assert head.split(";")[:3] == ["doc", "id", "type"]
    assert re.search(r";0,\d+", first)
