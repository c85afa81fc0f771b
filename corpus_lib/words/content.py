"""Words that carry content, by lemma: what is left out of a list of key words, and how names are written in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from corpus_lib.language.lexicon import stop_words
from corpus_lib.words.index import Index
from corpus_lib.words.lemmas import LANGUAGES, Lemmas
from corpus_lib.words.reference import FrequencyList

if TYPE_CHECKING:
    from corpus_lib.words.result import Result
    from corpus_lib.words.selection import Selection

_CONTENT = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "X"})
"""Parts of speech that carry content; X is what no list knows, mostly names."""

_TOLD = ("title", "lead", "subheading", "body")
"""The blocks whose words are counted."""

_MOST_FORMS = 60_000
"""As many of the most frequent forms of a reference are counted with their lemma; rarer ones count as they stand."""


def languages_of(index: Index) -> tuple[str, ...]:
    """Return the languages of an index's documents that have lemmas; Bokmål where none is told."""
    known = set(index.values("language")) if "language" in index.columns else set()
    return tuple(language for language in LANGUAGES if language in known) or ("nb",)


def without_content(index: Index, languages: Iterable[str] | None = None) -> frozenset[str]:
    """Return the lemmas of an index that carry no content: numbers, single letters, pronouns, stop words.

    Parameters
    ----------
    languages
        ``nb``, ``nn`` or both; None takes those of the documents.

    Examples
    --------
    >>> from corpus_lib import Index
    >>> index = Index.build(["De 3 krevde streik, og streiken kom."])
    >>> index.frequency(layer="lemma", stop_words=without_content(index), min_count=1).frame["word"].tolist()
    ['streik', 'kreve']
    """
    chosen = tuple(languages_of(index) if languages is None else languages)
    known = [Lemmas.load(language) for language in chosen if language in LANGUAGES]
    out = {word for language in chosen for word in stop_words(language)}
    out |= {lemmas.look_up(word)[0] for lemmas in known for word in out}
    for lemma in index.layer("lemma").strings:
        plain = len(lemma) > 1 and lemma[0].isalpha()
        if not plain or not any(lemmas.look_up(lemma)[1] in _CONTENT for lemmas in known):
            out.add(lemma)
    return frozenset(out)


def told(index: Index) -> Selection | None:
    """Return titles, leads, subheadings and body: captions, bylines and credits carry no story; None is all."""
    return index.where(block=_TOLD, label="the text") if "block" in index.marks else None


def frequent(index: Index, top: int = 15) -> Result:
    """Return the most frequent lemmas that carry content, of what is told.

    Parameters
    ----------
    top
        How many.
    """
    return index.frequency(layer="lemma", selection=told(index), stop_words=without_content(index), top=top)


def typical(index: Index, *, top: int | None = 100) -> Result | None:
    """Return what sets what is told apart from Norwegian at large, by lemma; None where there is no such list.

    Parameters
    ----------
    top
        How many.
    """
    reference = general(languages_of(index))
    if reference is None:
        return None
    target, without = told(index) or index.whole, without_content(index)
    return index.keyness(target, reference, layer="lemma", stop_words=without, top=top)


def as_lemmas(index: Index, query: str) -> str:
    """Return a query with the lemma in place of each word that is none: «kravet» becomes «krav».

    >>> as_lemmas(Index.build(["Kravet kom."]), "kravet"), as_lemmas(Index.build(["Kravet kom."]), "krav*")
    ('krav', 'krav*')
    """
    known, tables = index.layer("lemma").strings, [Lemmas.load(language) for language in languages_of(index)]

    def lemma(word: str) -> str:
        looked_up = (lemmas.look_up(word)[0] for lemmas in tables)
        return next((w for w in (word.lower(), *looked_up) if known.place(w) is not None), word)

    return " ".join(map(lemma, query.split()))


def as_written(result: Result) -> Result:
    """Return a result by lemma with names as the texts write them: «Nato» for «nato», «Blinken» for «blink».

    >>> from corpus_lib import Index
    >>> index = Index.build(["Nato svarte. Blinken svarte Nato, og Blinken gikk."])
    >>> as_written(index.frequency(layer="lemma", stop_words=["og"], min_count=2)).frame["word"].tolist()
    ['Blinken', 'Nato', 'svare']
    """
    if not isinstance(result.index, Index) or "word" not in result.frame:
        return result
    written = names(result.index)
    return replace(result, frame=result.frame.assign(word=[written.get(w, w) for w in result.frame["word"]]))


def names(index: Index) -> dict[str, str]:
    """Return how lemmas are written whose forms never stand in lower case."""
    layer, words = index.layer("lemma"), index.layer("word").strings
    forms: dict[str, dict[str, int]] = {}
    lemmas = range(len(words)) if layer.of is None else layer.of.tolist()
    strings = list(layer.strings)
    for word, place, count in zip(words, lemmas, index.counts("word").tolist(), strict=True):
        forms.setdefault(strings[place], {})[word] = count
    found = {}
    for lemma, counts in forms.items():
        form = max(counts, key=lambda f: (counts[f], f))
        # A noun that opens one sentence stands with a capital too; only a name does so again and again.
        if not any(f == f.lower() for f in counts) and (form.lower() == lemma or sum(counts.values()) > 1):
            found[lemma] = form
    return found


@cache
def general(languages: tuple[str, ...]) -> FrequencyList | None:
    """Return how frequent lemmas are in Norwegian at large, where wordfreq is installed and has the language.

    Its list of Norwegian is Bokmål's; of Nynorsk there is none, and Bokmål's would make every Nynorsk form a key word.

    Parameters
    ----------
    languages
        Of the texts, as `languages_of` has them.

    Examples
    --------
    >>> general(("nn",)) is None
    True
    """
    if languages != ("nb",) or find_spec("wordfreq") is None:
        return None
    forms = FrequencyList.of_wordfreq("nb")
    shipped = Lemmas.load("nb")
    lemmas = Lemmas("nb", shipped.tables, shipped.choices, general=False)
    counts = dict(forms.counts)
    for form in sorted(forms.counts, key=lambda f: -forms.counts[f])[:_MOST_FORMS]:
        lemma = lemmas.look_up(form)[0]
        if lemma != form:
            counts[lemma] = counts.get(lemma, 0) + counts.pop(form)
    return FrequencyList(forms.label, counts, forms.total)
