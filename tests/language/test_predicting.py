"""The shipped networks give what thinc makes of the same weights, before and after they learn."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from spacy.language import Language

from corpus_lib.language import packing

MODEL = Path(packing.__file__).parent / "model" / "norwegian.zip"
TEXTS = (
    "Statsminister Kari Lie fra Bodø kom til Hamar i går, sier hun til Vårt Land.",
    "",
    "Nei!",
    "– Det er ikkje Noregs sak å svare for NATO, seier ho. Bodø/Glimt tapte 1-2.",
)


@pytest.fixture(scope="module")
def pipelines() -> tuple[Language, Language]:
    """The pipeline as it is shipped, and as thinc runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("corpus_lib.language.predicting.quicken", lambda nlp: None)
        plain = packing.unpack(MODEL)
    return packing.unpack(MODEL), plain


def test_networks_give_what_thinc_gives(pipelines: tuple[Language, Language]):
    ours, plain = pipelines
    for _ in range(2):  # the second time from what was kept
        docs, others = (list(nlp.pipe(TEXTS)) for nlp in pipelines)
        for doc, other in zip(docs, others, strict=True):
            assert np.allclose(doc.tensor, other.tensor, atol=1e-3)
            assert (
                doc.to_array(["POS", "DEP", "HEAD", "LEMMA"]).tolist()
                == other.to_array(["POS", "DEP", "HEAD", "LEMMA"]).tolist()
            )
        for name in ("tok2vec", "ner"):
            rows, expected = (nlp.get_pipe(name).model.predict(docs) for nlp in (ours, plain))
            assert all(np.allclose(a, b, atol=1e-3) for a, b in zip(rows, expected, strict=True))


def test_weights_that_have_changed_are_read_anew(pipelines: tuple[Language, Language]):
    docs = [pipelines[0].make_doc(text) for text in TEXTS]
    models = [nlp.get_pipe("tok2vec").model for nlp in pipelines]
    before = models[0].predict(docs)
    for model in models:
        node = next(n for n in model.walk() if n.name == "maxout")
        node.set_param("W", node.get_param("W") * 0.5)
    after, expected = (model.predict(docs) for model in models)
    assert not np.allclose(before[0], after[0], atol=1e-3)
    assert all(np.allclose(a, b, atol=1e-3) for a, b in zip(after, expected, strict=True))


def test_networks_still_learn(pipelines: tuple[Language, Language]):
    model = pipelines[0].get_pipe("ner").model
    docs = [pipelines[0](text) for text in TEXTS if text]
    scores, back = model.begin_update(docs)
    back([np.ones_like(rows) for rows in scores])
    assert any(node.has_grad(name) for node in model.walk() for name in node.param_names)
