"""Data files of the package → documents, a corpus, and the annotation that a reader made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from corpus_lib.corpus import Corpus
from corpus_lib.model import Metadata
from corpus_lib.reading import Document

if TYPE_CHECKING:
    import pandas as pd

    from corpus_lib.evaluation import Annotation

LICENCE = "CC0-1.0"
"""The licence of texts and annotations, as SPDX writes it."""


@dataclass(frozen=True, slots=True, repr=False)
class Dataset:
    """Articles with what is known about each and what a reader found in it.

    Attributes
    ----------
    name
        ``story`` or ``invented``.
    about
        In a sentence, what it is.
    documents
        The articles: id, text, and title, date and outlet in their metadata.
    gold
        What was annotated, by article, in the form that `corpus_lib.evaluation` reads.
    reprint_of
        For an article that another outlet printed before: that article's id.
    demands
        Of a story: each demand with a key of its own, and where it is told, as (article, id of the demand in gold).
    answers
        Of a story: each answer with the key of its demand, and where it is told, as (article, number of the answer in
        gold, from 1).
    """

    name: str
    about: str
    documents: tuple[Document, ...]
    gold: Mapping[str, Mapping[str, Any]]
    reprint_of: Mapping[str, str]
    demands: tuple[Mapping[str, Any], ...] = ()
    answers: tuple[Mapping[str, Any], ...] = ()

    def __len__(self) -> int:
        """Return how many articles there are."""
        return len(self.documents)

    def __repr__(self) -> str:
        """Return the name and how many articles there are."""
        return f"<Dataset {self.name!r}: {len(self)} invented articles, {LICENCE}>"

    def text(self, doc: str) -> str:
        """Return the text of an article.

        >>> load_story().text("storya-003").splitlines()[0]
        '– Eg hadde fødd på ferja'
        """
        return next(d.text for d in self.documents if d.id == doc)

    def corpus(self) -> Corpus:
        """Return the articles as a corpus, which can be analysed into a store."""
        return Corpus(lambda: self.documents, name=f"the invented articles {self.name!r}", total=len(self))

    def frame(self) -> pd.DataFrame:
        """Return one row an article: ``id``, ``date``, ``source``, ``title``, ``reprint_of``, ``text``.

        >>> load_story().frame()["source"].nunique()
        4
        """
        import pandas as pd

        rows = [
            (d.id, d.metadata.date, d.metadata.source, d.metadata.title, self.reprint_of.get(d.id), d.text)
            for d in self.documents
        ]
        return pd.DataFrame(rows, columns=["id", "date", "source", "title", "reprint_of", "text"], dtype="object")

    def annotations(self) -> dict[str, Annotation]:
        """Return what was annotated, by article, for `corpus_lib.evaluate`."""
        from corpus_lib.evaluation.gold import from_gold

        return {d.id: from_gold(self.gold[d.id], d.text) for d in self.documents}


def load_story() -> Dataset:
    """Return an invented conflict over a hospital: 20 articles of five months, four outlets, three of them reprints.

    Eighteen demands and their answers go through several articles; ``demands`` and ``answers`` say which are the same.

    >>> story = load_story()
    >>> len(story), story.documents[0].metadata.source, story.reprint_of["storya-002"]
    (20, 'NNT', 'storya-001')
    """
    return _load("story", "An invented conflict over a hospital, told in 20 articles by four outlets in five months.")


def load_invented() -> Dataset:
    """Return forty invented articles, 18 of them in Nynorsk: conflicts, portraits, accidents, court, sports, economy.

    They have no date and no outlet. The weights of the library were learned with them among others, so a score on
    them says nothing about how good the library is on a newspaper.

    >>> len(load_invented())
    40
    """
    return _load("invented", "Forty invented articles, each of another matter, in Bokmål and Nynorsk.")


@cache
def _load(name: str, about: str) -> Dataset:
    data = json.loads((files(__package__) / "data" / f"{name}.json").read_text(encoding="utf-8"))
    articles = data["articles"]
    return Dataset(
        name=name,
        about=about,
        documents=tuple(_document(a) for a in articles),
        gold=MappingProxyType({a["id"]: MappingProxyType(a["gold"]) for a in articles}),
        reprint_of=MappingProxyType({a["id"]: a["reprint_of"] for a in articles if a.get("reprint_of")}),
        demands=tuple(MappingProxyType(d) for d in data.get("demands", ())),
        answers=tuple(MappingProxyType(a) for a in data.get("answers", ())),
    )


def _document(article: Mapping[str, Any]) -> Document:
    known = Metadata(title=article["title"], date=article["date"], source=article["source"])
    return Document(article["id"], article["text"], known)
