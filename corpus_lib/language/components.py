"""Pipeline components of our own: lemmas by language from a table, and spaCy's lemmatizer for what it leaves."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import srsly
from spacy.language import Language
from spacy.pipeline import EditTreeLemmatizer

from corpus_lib.language.identify import identify
from corpus_lib.language.parsed import LANGUAGE_KEY

if TYPE_CHECKING:
    from spacy.tokens import Doc

LEMMAS = "corpus_lib_lemmas"
REST = "corpus_lib_lemmatizer"
LEARNED = "trainable_lemmatizer"
"""The name of spaCy's lemmatizer in the pipeline; it runs as `Rest`."""

Table = Mapping[str, Mapping[str, str]]


def language_of(doc: Doc) -> str:
    """Return the language of a Doc, found from its text where nobody has said it."""
    given = doc.user_data.get(LANGUAGE_KEY)
    return given if given in ("nb", "nn") else "nn" if identify(doc.text) == "nn" else "nb"


class Lemmas:
    """Sets the lemma of a known form and part of speech from a table of the text's language.

    The trained lemmatiser serves both languages at once and takes «er» for «vere» in Bokmål; a form
    that has one lemma in its own language gets that.
    """

    def __init__(self, tables: dict[str, Table] | None = None) -> None:
        self.tables: dict[str, Table] = tables or {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemmas that the table knows."""
        table = self.tables.get(language_of(doc), {})
        for token in doc:
            lemma = table.get(token.pos_, {}).get(token.lower_)
            if lemma is not None:
                token.lemma_ = lemma
        return doc

    def to_bytes(self, exclude: Sequence[str] = ()) -> bytes:
        """Return the tables as msgpack."""
        data: bytes = srsly.msgpack_dumps(self.tables)
        return data

    def from_bytes(self, data: bytes, exclude: Sequence[str] = ()) -> Lemmas:
        """Read the tables from msgpack."""
        self.tables = srsly.msgpack_loads(data)
        return self


class Rest(EditTreeLemmatizer):
    """spaCy's edit-tree lemmatizer, of which only the tokens without a lemma are asked: one in seven."""

    def predict(self, docs: Iterable[Doc]) -> list[Any]:
        """Return the tree of each token without a lemma, -1 of the others."""
        found = list(docs)
        encoder, output = self.model.layers
        places = [np.flatnonzero(doc.to_array("LEMMA") == 0) for doc in found]
        rows = [table[where] for table, where in zip(encoder.predict(found), places, strict=True)]
        labels, out = self.cfg["labels"], []
        for doc, where, scores in zip(found, places, output.predict(rows), strict=True):
            trees = np.full(len(doc), -1)
            for place, label in zip(where.tolist(), scores.argmax(axis=1).tolist() if len(where) else (), strict=True):
                if self.trees.apply(labels[label], doc[place].text) is not None:
                    trees[place] = labels[label]
            out.append(trees)
        return out


@Language.factory(REST)
def make_rest(
    nlp: Language,
    name: str,
    model: Any,
    scorer: Any = None,
    backoff: str | None = "orth",
    min_tree_freq: int = 3,
    overwrite: bool = False,
    top_k: int = 1,
) -> Rest:
    """Return the lemmatizer untrained, with spaCy's settings; its trees and weights come with the packed pipeline."""
    settings: dict[str, Any] = {"min_tree_freq": min_tree_freq, "overwrite": overwrite, "top_k": top_k}
    return Rest(nlp.vocab, model, name, scorer=scorer, backoff=backoff, **settings)


@Language.factory(LEMMAS)
def make_lemmas(nlp: Language, name: str) -> Lemmas:
    """Return the component with empty tables; they come with the packed pipeline."""
    return Lemmas()


def lemma_table(
    readings: Iterable[tuple[str, str, str]], least: int = 2, share: float = 0.9
) -> dict[str, dict[str, str]]:
    """Return upos → form → lemma for forms that nearly always have one lemma.

    Parameters
    ----------
    readings
        (form, upos, lemma) of each token.
    least
        How often a form must have been seen.
    share
        How large a share its lemma must have.

    Examples
    --------
    >>> lemma_table([("er", "AUX", "være")] * 3 + [("kort", "NOUN", "kort")])
    {'AUX': {'er': 'være'}}
    """
    seen: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for form, upos, lemma in readings:
        seen[upos, form.lower()][lemma] += 1
    table: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for (upos, form), lemmas in sorted(seen.items()):
        lemma, count = lemmas.most_common(1)[0]
        total = sum(lemmas.values())
        if upos not in ("PROPN", "PUNCT", "X", "SYM") and total >= least and count >= share * total:
            table[upos][form] = lemma
    return dict(table)
