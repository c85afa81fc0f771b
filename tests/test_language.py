"""Norwegian itself: which language, where sentences and tokens end, dates, and the shipped pipeline."""

from __future__ import annotations

import socket
import threading
import tracemalloc
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from invented import PAGE, articles
from spacy.language import Language

from corpus_lib import language
from corpus_lib.errors import TreebankError, UnsuitablePipeline
from corpus_lib.language import check_pipeline, forget_words, load, parse
from corpus_lib.language.dates import find_dates, month_of
from corpus_lib.language.identify import identify
from corpus_lib.language.lexicon import stop_words, verbs
from corpus_lib.language.packing import from_bytes, rounded, to_bytes
from corpus_lib.language.sentences import sentences
from corpus_lib.language.treebank import Word, read_conllu, to_doc
from corpus_lib.language.typography import DASHES, QUOTES, rewrite
from corpus_lib.model import Span


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("nb", "Hun sier at hun ikke vet hva som skjer med ferja."),
        ("nb", "Statsråden mener det er en sak for kommunen, og at den må løses nå."),
        ("nn", "Ho seier at ho ikkje veit kva som skjer med ferja."),
        ("nn", "Dei vil ha svar frå departementet før jul, men ingen har ringt."),
        ("nn", "– Eg har ikkje fått noko svar, seier ordføraren.\nKommunen ventar."),
        (
            "da",
            "Ministeren siger, at hun ikke ved, hvad der sker, og at det er meget vigtigt for os at blive hørt af dem.",
        ),
        ("sv", "Ministern säger att hon inte vet vad som händer och att det är mycket viktigt för oss."),
        ("en", "The minister said that she was not there and that they will be back."),
        ("de", "Der Minister sagte, dass er nicht wisse, was die Regierung mit dem Geld macht und wie es weitergeht."),
        ("fr", "Le ministre a dit que les députés ne sont pas dans la salle et que cela est une honte pour le pays."),
        ("es", "El ministro dijo que no sabe lo que pasa en el país y que los diputados están en la sala."),
        ("nl", "De minister zei dat hij niet weet wat er gebeurt en dat het een belangrijke zaak is voor het land."),
        ("fi", "Ministeri sanoi että hän ei tiedä mitä tapahtuu ja että se on tärkeä asia mutta ei nyt."),
        ("nb", "Han sang «Let it be» og «All you need is love» for dem som var der, og alle ville høre mer."),
        ("nb", "1234"),
    ],
)
def test_the_language_of_a_text(code: str, text: str):
    assert identify(text) == code


@pytest.mark.shared
@pytest.mark.parametrize("part", ["train", "dev"])
@pytest.mark.parametrize("code", ["nb", "nn"])
def test_whole_articles_are_told_apart(shared: Path, part: str, code: str):
    files = sorted((shared / "gold" / "treebank" / part / code).glob("*.txt"))
    assert len(files) > 20
    right = sum(identify(f.read_text(encoding="utf-8")) == code for f in files)
    assert right >= 0.99 * len(files)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("26. jan. 2022 19:04 Sist oppdatert nå nettopp", ["2022-01-26T19:04"]),
        ("Publisert 3. mai 2021 kl. 08.15", ["2021-05-03T08:15"]),
        ("Publisert 3. mai 2021, kl 8.15", ["2021-05-03T08:15"]),
        ("måndag 2. januar 2017 klokka ti", ["2017-01-02"]),
        ("1. SEPT. 2020", ["2020-09-01"]),
        ("03.05.2021 08:15", ["2021-05-03T08:15"]),
        ("2021-05-03T08:15", ["2021-05-03T08:15"]),
        ("fra 3. mai 2021 til 4. juni 2021", ["2021-05-03", "2021-06-04"]),
        ("31. februar 2022", []),
        ("12.13.2020", []),
        ("for 2 timer siden", []),
        ("17. desember", []),
        ("resultatet ble 3-2 i 2021", []),
    ],
)
def test_dates_of_a_text(text: str, expected: list[str]):
    found = find_dates(text)
    assert [d.iso for d in found] == expected
    assert all(text[d.start].isdigit() and text[d.end - 1] not in " ," for d in found)


@pytest.mark.parametrize(
    ("text", "reference", "expected"),
    [
        ("17. desember i fjor", "2022-01-26", "2021-12-17"),
        ("17. desember", "2022-01-26", "2021-12-17"),
        ("17. januar", "2022-01-26", "2022-01-17"),
        ("17. januar", "2022-01", "2022-01-17"),
        ("29. februar", "2024-03-01", "2024-02-29"),
    ],
)
def test_a_date_without_a_year_counts_from_the_article(text: str, reference: str, expected: str):
    assert [d.iso for d in find_dates(text, reference=reference)] == [expected]


@pytest.mark.parametrize(
    ("text", "possible"), [("2022-12", True), ("2022-13", False), ("0000-01", False), ("22-1", False)]
)
def test_a_month_is_possible_or_not(text: str, possible: bool):
    assert (month_of(text) == text) is possible


@pytest.mark.parametrize(
    "expected",
    [
        ["Møtet begynner kl. 14.30 i Bodø.", "Alle kan komme."],
        ["Det skjer bl.a. i Oslo, f.eks. på Frogner.", "Slutt."],
        ["Dr. Lie og nr. 3 tapte.", "Det var 5 pst. flere, jf. Statistisk sentralbyrå."],
        ["A. Hansen kom.", "B.B. Lie gikk."],
        ["St. Pauli vant 2–1.", "Det var bra."],
        ["Den 17. desember kom ferja.", "Den gikk igjen 18. desember."],
        ["Kravet gjelder land fra før 1997.", "Nato svarte."],
        ["– Hva skjer?", "– Ingenting!"],
        ["– Hva skjer? spør hun.", "Ingen svarer."],
        ["Han sa: «Nei.»", "Så gikk han."],
        ["Epler, pærer osv.", "Hun gikk."],
        ["Hun nølte … og gikk.", "Han ble."],
        ["Første linje", "Andre linje"],
    ],
)
def test_sentences_of_a_text(expected: list[str]):
    text = ("\n" if expected[0].endswith("linje") else " ").join(expected)
    assert [s.of(text) for s in sentences(text)] == expected


@settings(max_examples=50)
@given(articles)
def test_sentences_leave_nothing_out(text: str):
    found = sentences(text)
    assert "".join("".join(s.of(text) for s in found).split()) == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(found))


@settings(max_examples=50)
@given(articles)
def test_tokens_cover_the_text(text: str):
    doc = load().make_doc(text)
    assert doc.text == text
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("-Noen ville ha LO-krav.", ["-", "Noen", "ville", "ha", "LO-krav", "."]),
        ("– Nei, sier A. Hansen.", ["–", "Nei", ",", "sier", "A.", "Hansen", "."]),
        ("Det var «nei» før 1997.", ["Det", "var", "«", "nei", "»", "før", "1997", "."]),
        ("Det var kl. 14.30, bl.a. hos Nav.", ["Det", "var", "kl.", "14.30", ",", "bl.a.", "hos", "Nav", "."]),
    ],
)
def test_tokens_of_newspaper_text(text: str, tokens: list[str]):
    assert [t.text for t in load().make_doc(text)] == tokens


def test_the_pipeline_is_loaded_once_also_by_two_threads_at_a_time():
    language._load.cache_clear()
    start = threading.Barrier(2)
    found: list[Language] = []

    def fetch() -> None:
        start.wait()
        found.append(load())

    threads = [threading.Thread(target=fetch) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found[0] is found[1] is load()


def test_words_are_forgotten_with_their_places_in_the_tables():
    nlp = load()
    kept = nlp("Kari Nordmann bor i Bø.")
    before = [(t.text, t.lemma_, t.norm_, t.ent_type_) for t in kept]

    def grown(article: int) -> int:
        with nlp.memory_zone():
            nlp.make_doc(" ".join(f"ord{article}x{n}" for n in range(5000)))
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        first, *_, last = [grown(article) for article in range(20)]
        forget_words(nlp)
        after = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert last - first > 2_000_000
    assert after - first < 500_000
    assert [(t.text, t.lemma_, t.norm_, t.ent_type_) for t in kept] == before
    assert [(t.text, t.lemma_, t.norm_, t.ent_type_) for t in nlp(kept.text)] == before


def test_a_component_can_be_left_out():
    assert "ner" in load().pipe_names
    assert "ner" not in load(exclude={"ner"}).pipe_names
    assert load(exclude={"ner"}) is load(exclude=["ner"])


def test_the_pipeline_loads_and_runs_without_a_network(monkeypatch: pytest.MonkeyPatch):
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    language._load.cache_clear()
    assert [t.pos_ for t in load()("Ho kom til Bodø.")] == ["PRON", "VERB", "ADP", "PROPN", "PUNCT"]


def test_each_block_is_parsed_by_itself_and_only_where_wanted():
    text = "Staten sier nei\n\n– Det er for dyrt, sier Per Lund."
    parsed = parse(text, [Span(0, 15), Span(17, len(text))], wanted=lambda block: "sier Per" in block)
    assert [b.parsed for b in parsed.blocks] == [False, True]
    assert [b.whole.has_annotation("DEP") for b in parsed.blocks] == [False, True]
    block = parsed.block_at(20)
    assert block.span(block.doc[0]).of(text) == "–"
    last = block.tokens(Span(text.index("Per"), len(text) - 1))
    assert last is not None
    assert block.of(last).of(text) == "Per Lund"


def test_an_unsuitable_pipeline_is_told_what_it_lacks():
    with pytest.raises(UnsuitablePipeline, match=r"lacks a parser \(dependencies and sentences\) and parts of speech"):
        check_pipeline(spacy.blank("nb"))
    check_pipeline(load())


@pytest.mark.parametrize("shape", [(1, 1), (7, 96), (300, 16)])
def test_vectors_survive_eight_bits(shape: tuple[int, int]):
    table = np.random.default_rng(2).normal(size=shape).astype("float32")
    table[0] = 0
    values, scales = to_bytes(table)
    assert (values.dtype, scales.dtype) == (np.dtype("int8"), np.dtype("float16"))
    back = from_bytes(values, scales)
    assert np.abs(back - table).max() <= 0.6 * scales.max()
    assert np.array_equal(rounded(back), back)


TURN = tuple(
    Word(form, form, "X", "", head, "dep", "O", space)
    for form, head, space in [
        ("-", 2, True), ("Nei", 0, False), (",", 2, True), ("sa", 2, True), ("han", 4, True), ('"', 7, False),
        ("kort", 4, False), ('"', 7, True), ("...", 4, False), (".", 4, True),
    ]
)  # fmt: skip


@pytest.mark.parametrize("quotes", QUOTES)
@pytest.mark.parametrize("dash", DASHES)
@pytest.mark.parametrize("glued", [None, True, False])
def test_another_typography_keeps_tokens_and_annotation(quotes: tuple[str, str], dash: str, glued: bool | None):
    changed = rewrite(TURN, dash=dash, quotes=quotes, ellipsis="…", glued=glued)
    assert [w.form for w in changed] == [dash, "Nei", ",", "sa", "han", quotes[0], "kort", quotes[1], "…", "."]
    assert [replace(w, form="", space=True) for w in changed] == [replace(w, form="", space=True) for w in TURN]
    assert changed[0].space is (glued is not True)


CONLLU = """# newdoc id = sak
# newpar
1\tHo\tho\tPRON\t_\t_\t2\tnsubj\t_\t_
2\tkom\tkomme\tVERB\t_\t_\t0\troot\t_\t_
3\ttil\ttil\tADP\t_\t_\t4\tcase\t_\t_
4\tBodø\tBodø\tPROPN\t_\t_\t2\tobl\t_\tname=B-GPE_LOC|SpaceAfter=No
5\t.\t$.\tPUNCT\t_\t_\t2\tpunct\t_\t_

"""


def test_a_treebank_file_becomes_annotated_docs(tmp_path: Path):
    file = tmp_path / "sak.conllu"
    file.write_text(CONLLU, encoding="utf-8")
    (document,) = read_conllu(file)
    doc = to_doc(spacy.blank("nb").vocab, document.sentences)
    assert (document.id, doc.text.strip()) == ("sak", "Ho kom til Bodø.")
    assert [t.head.text for t in doc] == ["kom", "kom", "Bodø", "kom", "kom"]
    assert [(e.text, e.label_) for e in doc.ents] == [("Bodø", "GPE")]


def test_a_bad_treebank_line_is_named(tmp_path: Path):
    file = tmp_path / "sak.conllu"
    file.write_text(CONLLU.replace("VERB\t_\t", "VERB\t"), encoding="utf-8")
    with pytest.raises(TreebankError, match=r"sak\.conllu, line 4: expected 10 columns, found 9"):
        read_conllu(file)


def test_the_lexicons_serve_both_languages():
    forms = {form for verb in verbs("saying") for form in verb.forms}
    assert {"sier", "seier", "mener", "meiner"} <= forms
    assert {"ikke", "hun"} <= stop_words("nb")
    assert {"ikkje", "ho"} <= stop_words("nn")
    assert not {"ikkje", "ho"} & stop_words("nb")
    assert all(word == word.lower() for code in ("nb", "nn") for word in stop_words(code))


def test_names_of_an_article_agree_with_each_other():
    spans = [Span(m, m + len(line)) for line in PAGE.splitlines() if line for m in [PAGE.index(line)]]
    labels = {e.text: e.label_ for b in parse(PAGE, spans).blocks for e in b.doc.ents}
    assert labels["Eva Berg"] == labels["Per Lund"] == labels["Lund"] == "PER"


def test_an_empty_text_is_a_doc_without_words():
    assert [len(doc) for doc in load().pipe(["", "Hei du.", ""])] == [0, 3, 0]
    assert not len(load()(""))
