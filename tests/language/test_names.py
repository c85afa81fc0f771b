"""Names: recognised, settled over the article, found inside compounds; the gazetteer; what they are learned from."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import combinations, pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.vectors import Vectors

from corpus_lib.analysis import analyse
from corpus_lib.language import Parsed, load, parse
from corpus_lib.language.keptvectors import KeptVectors
from corpus_lib.language.names import gazetteer
from corpus_lib.language.names.learning import in_tokens, mentions
from corpus_lib.language.names.passages import Passage, stock_of, varied
from corpus_lib.language.names.recogniser import SCORES_KEY, TAGS, names_of
from corpus_lib.language.names.settling import best
from corpus_lib.model import Span


def parsed(text: str) -> Parsed:
    """Return a text parsed line by line."""
    starts = [0, *(i + 1 for i, c in enumerate(text) if c == "\n")]
    return parse(text, [Span(s, s + len(line)) for s, line in zip(starts, text.split("\n"), strict=True)])


def labels(text: str) -> dict[str, set[str]]:
    """Return the labels of each name of a text, wherever it stands."""
    found: dict[str, set[str]] = {}
    for block in parsed(text).blocks:
        for ent in block.doc.ents:
            found.setdefault(ent.text, set()).add(ent.label_)
    return found


PERSONS = [
    ("Fagforeningen ber om mer tid, sier leder Tiril Aasgarden.\nAasgarden er kritisk.", "Aasgarden"),
    ("Ordfører Jostein Bakkelund vil vente.\nTORSDAG: Bakkelund møtte pressen.", "Bakkelund"),
    ("Det sier trener Ragnhild Moen til NTB.\nFornøyd: Moen (42) smilte etter kampen.", "Moen"),
]


@pytest.mark.parametrize(("text", "name"), PERSONS)
def test_a_surname_alone_is_the_person_of_the_full_name(text: str, name: str):
    assert labels(text)[name] == {"PER"}


def test_a_title_is_no_part_of_a_name():
    found = labels("Statsminister Kari Lie svarte.\nInnenriksminister Per Holm sa nei.")
    assert found["Kari Lie"] == found["Per Holm"] == {"PER"}


def test_a_name_in_capitals_is_the_one_that_stands_elsewhere():
    text = "KARI LIE I OSLO\n\nStatsråd Kari Lie kom til Oslo torsdag."
    found = labels(text)
    assert found["Kari Lie"] == {"PER"}
    assert found["KARI LIE"] == {"PER"}
    named = {a.name: (a.kind, [text[m.start : m.end] for m in a.mentions]) for a in analyse(text).actors}
    assert named["Oslo"] == ("state", ["OSLO", "Oslo"])


def test_names_inside_compounds():
    text = "Nato-sjefen møtte EU-ledere, men Oslo-folk og en e-post teller ikke."
    block = parsed(text).blocks[0]
    parts = {text[p.start : p.end]: p.label for p in block.parts}
    assert parts.get("Nato") == parts.get("EU") == "ORG"
    assert "e" not in parts
    assert all(block.doc[p.token].text.startswith(text[p.start : p.end].split()[-1]) for p in block.parts)


def test_a_handle_is_the_name_of_whom_it_stands_behind():
    found = labels(
        "Jan Aage Fjortoft (@JanAageF) skriver om kampen.\nJonas Gahr Støre svarte.\nFølg @jonasgahrstore i dag."
    )
    assert found["@JanAageF"] == found["@jonasgahrstore"] == {"PER"}


def test_a_handle_is_what_the_gazetteer_says_and_another_no_name():
    found = labels("Kampanjen #hetsmeg sprer seg, skriver @NRKno, og @stor_begeistring er glad. Send til kari@nrk.no.")
    assert found["@NRKno"] == {"ORG"}
    assert not {"#hetsmeg", "@stor_begeistring", "kari@nrk.no"} & found.keys()


def test_the_name_in_a_hashtag():
    text = "Det skjedde i #Bodø i går. Laget fra #NFL kom, og #glad var alle."
    block = parsed(text).blocks[0]
    assert {text[p.start : p.end]: p.label for p in block.parts} == {"Bodø": "GPE", "NFL": "ORG"}
    assert not any(ent.text.startswith("#") for ent in block.doc.ents)


def test_what_the_recogniser_thought_is_not_kept():
    assert all(SCORES_KEY not in b.whole.user_data for b in parsed("Kari Lie kom til Oslo.\nHun smilte.").blocks)


def test_the_names_of_another_pipeline_stand():
    pipeline = load(exclude={"ner"})
    ruler = pipeline.add_pipe("entity_ruler")
    try:
        ruler.add_patterns([{"label": "PER", "pattern": "Zyx Qvortrup"}])  # type: ignore[attr-defined]
        text = "I går svarte Zyx Qvortrup at det er bra."
        doc = parse(text, [Span(0, len(text))], nlp=pipeline).blocks[0].doc
        assert [(e.text, e.label_) for e in doc.ents] == [("Zyx Qvortrup", "PER")]
    finally:
        pipeline.remove_pipe("entity_ruler")


STRETCHES = st.lists(
    st.tuples(st.integers(0, 6), st.integers(1, 3), st.floats(0.01, 9)).map(lambda t: (t[0], t[0] + t[1], "PER", t[2])),
    max_size=8,
)


@given(STRETCHES)
def test_the_best_stretches_gain_most_without_overlap(found: list[tuple[int, int, str, float]]):
    def apart(some: tuple[tuple[int, int, str, float], ...]) -> bool:
        ordered = sorted(s[:2] for s in some)
        return all(a[1] <= b[0] for a, b in pairwise(ordered))

    gain = {(a, b): max(g for c, d, _, g in found if (c, d) == (a, b)) for a, b, _, _ in found}
    chosen = best(found)
    assert all(a[1] <= b[0] for a, b in pairwise(chosen))
    most = max(sum(s[3] for s in some) for n in range(len(found) + 1) for some in combinations(found, n) if apart(some))
    assert sum(gain[a, b] for a, b, _ in chosen) == pytest.approx(most)


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.integers(1, 12))
def test_whatever_the_probabilities_names_do_not_overlap(seed: int, size: int):
    shares = np.random.default_rng(seed).dirichlet(np.full(len(TAGS), 0.1), size).astype("float32")
    found = list(names_of(shares))
    assert all(0 <= a < b <= size for a, b, _ in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))


def test_kept_vectors_are_the_vectors():
    strings = load().vocab.strings
    table = np.random.default_rng(1).normal(size=(200, 8)).astype("float32")
    settings_ = {"strings": strings, "data": table, "mode": "floret", "minn": 3, "maxn": 5, "hash_count": 2}
    keys = [strings.add(word) for word in ("Oslo", "regjeringen", "Oslo", "NTB", "–")]
    kept, plain = KeptVectors(**settings_), Vectors(**settings_)
    for _ in range(2):
        assert np.allclose(kept.get_batch(keys), plain.get_batch(keys), atol=1e-6)


def test_vectors_are_forgotten_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("corpus_lib.language.keptvectors._MOST", 50)
    strings = load().vocab.strings
    table = np.random.default_rng(1).normal(size=(200, 8)).astype("float32")
    kept = KeptVectors(strings=strings, data=table, mode="floret", minn=3, maxn=5, hash_count=2)
    plain = Vectors(strings=strings, data=table, mode="floret", minn=3, maxn=5, hash_count=2)
    for start in range(0, 200, 40):
        keys = [strings.add(f"ord{n}") for n in range(start, start + 60)]
        assert np.allclose(kept.get_batch(keys), plain.get_batch(keys), atol=1e-6)
    assert len(kept.kept) <= 50


def test_the_gazetteer_knows_names_in_genitive_and_in_capitals():
    assert gazetteer.kinds_in_genitive("Bodøs") == gazetteer.kinds_of("BODØ") == gazetteer.kinds_of("Bodø")
    assert any(kind.startswith("GPE") for kind in gazetteer.kinds_of("Bodø"))
    assert not gazetteer.kinds_of("Nordbykoll")


PASSAGE = Passage(
    ("Leder", "Kari", "Lie", "i", "Bodøs", "avis", "Nordlys", "kom", "."),
    (True,) * 7 + (False, True),
    ((1, 3, "PER"), (4, 5, "GPE"), (6, 7, "ORG")),
)


@given(st.integers(0, 2000))
def test_a_varied_passage_has_the_same_names_in_other_words(seed: int):
    other = Passage(
        ("Per", "Dal", "fra", "Hamar", "leste", "Vårt", "Land"),
        (True,) * 7,
        ((0, 2, "PER"), (3, 4, "GPE"), (5, 7, "ORG")),
    )
    made = varied(PASSAGE, stock_of([PASSAGE, other]), Random(seed), 1.0)
    assert [label for _, _, label in made.names] == ["PER", "GPE", "ORG"]
    assert len(made.words) == len(made.spaces)
    said = [" ".join(made.words[a:b]).lower().removesuffix("s") for a, b, _ in made.names]
    first, *_, last = said[0].split()
    assert first in {"kari", "per"}
    assert last in {"lie", "dal"}
    assert said[1] in {"bodø", "hamar"}
    assert said[2].rstrip("s") in {"nordly", "vårt land"}


def test_annotated_names_in_tokens():
    text = "Kari Lie fra EU-kommisjonen kom. NTB."
    gold = {
        "actors": [
            {
                "kind": "person",
                "mentions": [{"start": 0, "end": 8, "proper": True}, {"start": 0, "end": 4, "proper": False}],
            },
            {
                "kind": "organisation",
                "mentions": [{"start": 13, "end": 15, "proper": True}, {"start": 33, "end": 36, "proper": True}],
            },
            {"kind": "other", "mentions": [{"start": 28, "end": 31, "proper": True}]},
        ]
    }
    found = mentions(gold)
    assert found == [(0, 8, "PER"), (13, 15, "ORG"), (33, 36, "ORG")]
    doc = load().make_doc(text)
    assert [(doc[a:b].text.rstrip("."), label) for a, b, label in in_tokens(doc, 0, found)] == [
        ("Kari Lie", "PER"),
        ("NTB", "ORG"),
    ]


def test_threads_share_the_kept_vectors():
    strings = load().vocab.strings
    table = np.random.default_rng(1).normal(size=(500, 8)).astype("float32")
    kept = KeptVectors(strings=strings, data=table, mode="floret", minn=3, maxn=5, hash_count=2)
    plain = Vectors(strings=strings, data=table, mode="floret", minn=3, maxn=5, hash_count=2)
    lots = [[strings.add(f"vind{(n * step) % 300}") for n in range(120)] for step in range(1, 25)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(kept.get_batch, lots))
    for made, keys in zip(found, lots, strict=True):
        assert np.allclose(made, plain.get_batch(keys), atol=1e-6)
