"""Short invented articles with demands and answers, and sentences that only look so: their form, and the lexicon.

`minis.json` (CC0): ``minis`` annotated as gold is, ``lookalikes`` hold no demand and no answer.
"""

import json
from pathlib import Path

import pytest

from corpus_lib.language import load
from corpus_lib.language.acts import acts

DATA = json.loads((Path(__file__).parent / "minis.json").read_text(encoding="utf-8"))
STANCES = {"accept", "partial", "condition", "reject", "counter", "offer", "noted", "none"}


@pytest.mark.parametrize("mini", DATA["minis"], ids=lambda m: m["id"])
def test_a_mini_article_is_annotated_as_gold_is(mini):
    ids = {d["id"] for d in mini["demands"]}
    for demand in mini["demands"]:
        assert demand["strength"] in {"demand", "request", "proposal"}
    for response in mini["responses"]:
        assert response["stance"] in STANCES
        assert ids.issuperset(response["targets"])
    spans = [d[k] for d in mini["demands"] for k in ("content", "cue")]
    spans += [r[k] for r in mini["responses"] for k in ("evidence", "cue")]
    for span in spans:
        assert mini["text"][span["start"] : span["end"]] == span["text"]


def test_nothing_stands_twice():
    texts = [m["text"] for m in DATA["minis"] + DATA["lookalikes"]]
    assert len(texts) == len(set(texts))


def test_the_lexicon_knows_the_words_by_which_somebody_asks():
    nlp, known, total = load(), 0, 0
    for mini in DATA["minis"]:
        doc = nlp(mini["text"])
        found = [(doc[a.start].idx, doc[a.end - 1].idx + len(doc[a.end - 1])) for a in acts(doc) if asks(a)]
        for demand in mini["demands"]:
            total += 1
            known += any(s < demand["cue"]["end"] and demand["cue"]["start"] < e for s, e in found)
    assert known / total > 0.9


def test_the_lexicon_is_seldom_sure_of_what_only_looks_like_asking():
    nlp = load()
    sure = [x for x in DATA["lookalikes"] if any(asks(a) and not a.entry.broad for a in acts(nlp(x["text"])))]
    assert len(sure) / len(DATA["lookalikes"]) < 0.15


def asks(act):
    return act.entry.side == "asking"
