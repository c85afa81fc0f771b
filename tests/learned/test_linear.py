"""Learned decisions: contributions sum to the score, files are read back, training finds what is there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lib.errors import CorpusLibError, InputNotFound
from corpus_lib.learned import Linear, load, weights_in
from corpus_lib.learned.fitting import Choice, Example, fit, fit_by_fold, fit_ranking
from corpus_lib.learned.linear import BIAS, parse_weights, write_weights
from corpus_lib.learned.pages import readable, sheets

NAMES = st.sampled_from(["a", "b", "c", "d", BIAS])
WEIGHTS = st.dictionaries(NAMES, st.tuples(*[st.floats(-5, 5)] * 3))
FEATURES = st.dictionaries(st.sampled_from(["a", "b", "c", "d", "unknown"]), st.floats(-3, 3))


@given(WEIGHTS, FEATURES)
def test_contributions_sum_to_the_score_of_each_class(weights: dict, features: dict):
    model = Linear("x", ("one", "two", "three"), weights)
    for name, score in zip(model.classes, model.scores(features), strict=True):
        assert sum(c.weight for c in model.contributions(features, name)) == pytest.approx(score, abs=1e-9)


@given(WEIGHTS, FEATURES)
def test_probabilities_sum_to_one(weights: dict, features: dict):
    model = Linear("x", ("one", "two", "three"), weights)
    assert sum(model.distribution(features).values()) == pytest.approx(1)
    assert sum(model.rank([features, {}, {"a": 1.0}])) == pytest.approx(1)


@given(WEIGHTS)
def test_what_is_written_is_read_back(weights: dict):
    model = Linear("x", ("one", "two", "three"), weights, ("a note",))
    once = parse_weights("x", write_weights(model))
    assert once == parse_weights("x", write_weights(once))
    assert once.notes == model.notes
    assert once.scores({"a": 1.0}) == pytest.approx(model.scores({"a": 1.0}), rel=1e-2, abs=1e-2)


def examples() -> list[Example]:
    return [
        Example("doc", {"verb of saying": float(i % 2), f"noise {i % 3}": 1.0}, "yes" if i % 2 else "no")
        for i in range(40)
    ]


def test_a_decision_is_learned_and_learned_alike():
    model = fit("speech", examples())
    assert model.probability({"verb of saying": 1.0}) > 0.8
    assert model.probability({}) < 0.3
    assert write_weights(model) == write_weights(fit("speech", examples()))


def test_a_decision_of_which_yes_is_rare_or_first_keeps_its_direction():
    rare = [Example("d", {"sign": 1.0}, "yes")] * 3 + [Example("d", {"other": 1.0}, "no")] * 30
    model = fit("rare", rare)
    assert model.probability({"sign": 1.0}) > model.probability({"other": 1.0})


def test_several_classes_are_learned():
    model = fit("kind", [Example("d", {name: 1.0}, name) for name in ("one", "two", "three")] * 20)
    assert model.classes == ("one", "three", "two")
    assert max(model.distribution({"two": 1.0}).items(), key=lambda kv: kv[1])[0] == "two"


def test_scaled_features_are_learned_too_and_a_quantity_may_be_negative():
    told = [({"tells": 1.0, "always": 1.0, "sum": 2.0}, "yes"), ({"always": 1.0, "sum": -2.0}, "no")]
    examples = [Example(str(i), f, label) for i in range(6) for f, label in told]
    models = fit_by_fold("x", examples, [i // 2 % 3 for i in range(12)], smoothing=1.0)
    assert set(models) == {0, 1, 2, None}
    for model in models.values():
        assert model.probability(told[0][0]) > 0.8
        assert model.probability(told[1][0]) < 0.2
        assert abs(model.weights.get("always", (0.0,))[0]) < abs(model.weights["tells"][0])


def test_a_ranking_prefers_what_was_right():
    near, far = {"near": 1.0, "distance": 1.0}, {"distance": 4.0}
    model = fit_ranking("who", [Choice("d", (far, near), (1,)), Choice("d", (near, far, far), (0,))] * 5)
    assert model.rank([far, near])[1] > 0.9


def test_weights_of_a_folder_stand_in_for_the_shipped_ones_here_alone(tmp_path: Path):
    (tmp_path / "mine.tsv").write_text("feature\tyes\n(bias)\t2\n", encoding="utf-8")
    with weights_in(tmp_path):
        assert load("mine").weights == {BIAS: (2.0,)}
    with pytest.raises(CorpusLibError, match="mine"):
        load("mine")


def test_blind_articles_are_not_read(tmp_path: Path):
    folder = tmp_path / "modern"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.json").write_text("{}", encoding="utf-8")
    split = {"blind": ["a"], "folds": {"b": 3}}
    (tmp_path / "modern.split.json").write_text(json.dumps(split), encoding="utf-8")
    assert [(s.doc, s.blind) for s in sheets([folder])] == [("a", True), ("b", False)]
    assert [(s.doc, s.fold) for s in readable([folder])] == [("b", 3)]
    more = tmp_path / "further" / "modern"
    more.mkdir(parents=True)
    (more / "b.json").write_text('{"actors": []}', encoding="utf-8")
    assert [s.gold() for s in sheets([folder], tmp_path / "further")] == [{}, {"actors": []}]
    with pytest.raises(InputNotFound, match="nowhere"):
        readable([tmp_path / "nowhere"])
