"""Score a pipeline on treebank documents with gold tokens: tags, trees, lemmas, sentences, names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence, Set
from typing import TYPE_CHECKING

from corpus_lib.language.treebank import Sentence, TreebankDocument, to_doc, words_only

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

LABELS = ("PER", "ORG", "GPE", "LOC")


def score(nlp: Language, documents: Sequence[TreebankDocument], verbs: Iterable[str] = ()) -> dict[str, float]:
    """Return the share of right tags, morphology, lemmas, heads and labels, and F of sentences and names.

    Each document is parsed whole, on its gold tokens, and its names are settled. Morphology is compared as a set of
    features.

    Parameters
    ----------
    verbs
        Lemmas of saying; where given, `speech_subject` is the share of their subjects found exactly.
    """
    from corpus_lib.language.names.settling import settle

    counts: Counter[str] = Counter()
    spoken = frozenset(verbs)
    for document in documents:
        gold = to_doc(nlp.vocab, document.sentences)
        found = nlp(words_only(nlp.vocab, gold))
        settle([found])
        _tokens(gold, found, document.sentences, spoken, counts)
        cut = {_bounds(s) for s in found.sents} if found.has_annotation("SENT_START") else set()
        _spans("sentence", {_bounds(s) for s in gold.sents}, cut, counts)
        mine, theirs = ({(e.start, e.end, e.label_) for e in d.ents if e.label_ in LABELS} for d in (found, gold))
        _spans("names", theirs, mine, counts)
        for label in LABELS:
            _spans(label, {e for e in theirs if e[2] == label}, {e for e in mine if e[2] == label}, counts)
    return _ratios(counts)


def _bounds(span: object) -> tuple[int, int]:
    return span.start, span.end  # type: ignore[attr-defined]


def _tokens(gold: Doc, found: Doc, sentences: Sequence[Sentence], verbs: frozenset[str], counts: Counter[str]) -> None:
    subjects: dict[int, int] = {}
    guessed: dict[int, int] = {}
    for g, f in zip(gold, found, strict=True):
        counts["tokens"] += 1
        counts["upos"] += g.pos_ == f.pos_
        counts["morphology"] += set(g.morph) == set(f.morph)
        counts["lemma"] += g.lemma_ == f.lemma_
        counts["uas"] += g.head.i == f.head.i
        counts["las"] += g.head.i == f.head.i and g.dep_ == f.dep_
        for token, held in ((g, subjects), (f, guessed)):
            if token.dep_.partition(":")[0] == "nsubj":
                held[token.head.i] = token.i
    for verb, subject in subjects.items():
        if gold[verb].lemma_ in verbs:
            counts["speech_verbs"] += 1
            counts["speech_subject"] += guessed.get(verb) == subject


def _spans(name: str, gold: Set[Hashable], found: Set[Hashable], counts: Counter[str]) -> None:
    counts[f"{name}/gold"] += len(gold)
    counts[f"{name}/found"] += len(found)
    counts[f"{name}/right"] += len(gold & found)


def _ratios(counts: Counter[str]) -> dict[str, float]:
    out = {k: counts[k] / counts["tokens"] for k in ("upos", "morphology", "lemma", "uas", "las")}
    for name in ("sentence", "names", *LABELS):
        total = counts[f"{name}/gold"] + counts[f"{name}/found"]
        out[name] = 2 * counts[f"{name}/right"] / total if total else 0.0
    if counts["speech_verbs"]:
        out["speech_subject"] = counts["speech_subject"] / counts["speech_verbs"]
    return {k: round(v, 4) for k, v in out.items()}
