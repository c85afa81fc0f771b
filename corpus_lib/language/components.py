"""Two pipeline components of our own: lemmas by language, and names that agree with each other."""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import srsly
from spacy.language import Language

from corpus_lib.language.identify import identify
from corpus_lib.language.lexicon import words_of
from corpus_lib.language.parsed import LANGUAGE_KEY

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

LEMMAS = "corpus_lib_lemmas"
NAMES = "corpus_lib_names"

_OPENERS = frozenset('–—-«»"“”:.!?')
_BODIES = tuple(words_of("persons.toml", "body_endings"))
_BODY_NOUNS = words_of("persons.toml", "body_nouns")
_REPEATED = 2

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


@cache
def gazetteer() -> Mapping[str, str]:
    """Return the label of each name of the gazetteer; a name of two labels is left out."""
    data = tomllib.loads((files(__package__) / "data" / "gazetteer.toml").read_text(encoding="utf-8"))
    labels: dict[str, str] = {}
    twice = set()
    for label, names in data.items():
        for name in names:
            if labels.setdefault(name, label) != label:
                twice.add(name)
    return {n: label for n, label in labels.items() if n not in twice}


@Language.component(NAMES)
def names_component(doc: Doc) -> Doc:
    """Make the names of one Doc agree with the gazetteer and with each other."""
    agree([doc])
    return doc


def agree(docs: Sequence[Doc]) -> None:
    """Make the names of an article's Docs agree: with the gazetteer, and a name with its other mentions.

    A surname that stands alone takes the label of the full name; a name that the gazetteer knows takes
    its label, and is found where the trained names missed it.
    """
    full = _surnames(docs)
    labels = _by_context(docs) | _majority(docs)
    for doc in docs:
        kept = [_with_body(_relabelled(_without_title(ent), full, labels)) for ent in _joined(doc.ents)]
        taken = {i for ent in kept for i in range(ent.start, ent.end)}
        doc.ents = (*kept, *(_with_body(e) for e in _missed(doc, taken, full, labels)))


def _surnames(docs: Sequence[Doc]) -> set[str]:
    """Return the last words of the persons' full names."""
    return {e[-1].text for d in docs for e in d.ents if e.label_ == "PER" and len(e) > 1 and e[-1].text[:1].isupper()}


def _majority(docs: Sequence[Doc]) -> dict[str, str]:
    """Return the label that most mentions of a repeated name have."""
    seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for doc in docs:
        for ent in doc.ents:
            seen[_base(ent.text)][ent.label_] += 1
    return {
        name: c.most_common(1)[0][0]
        for name, c in seen.items()
        if sum(c.values()) > 1 and c.most_common(1)[0][1] * 3 >= 2 * sum(c.values())
    }


def _by_context(docs: Sequence[Doc]) -> dict[str, str]:
    """Return labels for names that were nowhere found, though they stand twice or more in mid-sentence.

    A word with the ending of a body («-utvalget») is one; a name that is a subject is a person, unless
    it mostly stands behind «i» or «på».
    """
    places: defaultdict[str, list[Token]] = defaultdict(list)
    for doc in docs:
        for token in doc:
            named = token.ent_type_ == "" and token.text[:1].isupper() and token.pos_ in ("PROPN", "NOUN", "X")
            if named and token.i > token.sent.start and token.nbor(-1).text not in _OPENERS:
                places[_base(token.text)].append(token)
    return {name: label for name, tokens in places.items() if (label := _label_of(name, tokens))}


def _is_body(name: str) -> bool:
    """Say whether a name's ending makes it a body's: «Europautvalget»."""
    return name.lower().endswith(_BODIES) and name.lower() not in _BODIES


def _label_of(name: str, tokens: Sequence[Token]) -> str | None:
    if _is_body(name):
        return "ORG"
    if len(tokens) < _REPEATED or name.isupper() or 3 * sum(t.pos_ == "PROPN" for t in tokens) < 2 * len(tokens):
        return None
    behind = sum(t.nbor(-1).lower_ in ("i", "på", "frå", "fra", "til") for t in tokens)
    subjects = sum(t.dep_ == "nsubj" and t.head.pos_ == "VERB" for t in tokens)
    if 2 * behind > len(tokens):
        return None
    return "PER" if subjects else None


def _base(text: str) -> str:
    known = gazetteer()
    for ending in ("'s", "’s", "s", "'", "’"):
        if text.endswith(ending) and text not in known and text.removesuffix(ending) in known:
            return text.removesuffix(ending)
    return text


def _joined(ents: Sequence[Span]) -> list[Span]:
    """Return names with the parts joined that the tree joins (flat:name) and the names' tagger has cut."""
    from spacy.tokens import Span

    out: list[Span] = []
    for ent in ents:
        before = out[-1] if out else None
        part = ent[0].dep_ == "flat:name" and before is not None and before.start <= ent[0].head.i < before.end
        if part and before is not None and before.end == ent.start and len(before) == 1 and before.label_ != "PER":
            out[-1] = Span(ent.doc, before.start, ent.end, label="PER")
        else:
            out.append(ent)
    return out


def _without_title(ent: Span) -> Span:
    """Return a person's name without the title that stands with a capital before it: «Statsminister Kari Lie»."""
    from spacy.tokens import Span

    titled = ent.label_ == "PER" and len(ent) > 2 and ent[0].pos_ == "NOUN" and ent[1].pos_ == "PROPN"
    return Span(ent.doc, ent.start + 1, ent.end, label=ent.label_) if titled else ent


def _with_body(ent: Span) -> Span:
    """Return a name with the noun behind it that makes it a body's: «Øst politidistrikt», «Voss gymnas»."""
    from spacy.tokens import Span

    following = ent.doc[ent.end : ent.end + 1]
    joined = len(following) > 0 and following[0].lower_ in _BODY_NOUNS and not ent.text.endswith(("s", "'", "’"))
    return (
        Span(ent.doc, ent.start, ent.end + 1, label="ORG") if joined and (ent.label_ != "PER" or len(ent) == 1) else ent
    )


def _relabelled(ent: Span, full: set[str], labels: Mapping[str, str]) -> Span:
    from spacy.tokens import Span

    base = _base(ent.text)
    is_place = labels.get(base, ent.label_) in ("GPE", "LOC")
    if len(ent) == 1 and not is_place and (base in full or base.removesuffix("s") in full):
        label = "PER"
    elif base in gazetteer() and (ent.label_ != "PER" or len(ent) == 1):
        label = gazetteer()[base]
    elif len(ent) == 1 and _is_body(base):
        label = "ORG"
    else:
        label = labels.get(base, ent.label_)
    return ent if label == ent.label_ else Span(ent.doc, ent.start, ent.end, label=label)


def _missed(doc: Doc, taken: set[int], full: set[str], labels: Mapping[str, str]) -> Iterator[Span]:
    from spacy.tokens import Span

    tagged = doc.has_annotation("TAG") or doc.has_annotation("POS")
    for token in doc:
        if token.i in taken or not token.text[:1].isupper() or len(token.text) < 2:
            continue
        if tagged and token.pos_ not in ("PROPN", "X"):
            continue
        base = _base(token.text)
        label = gazetteer().get(base) or ("PER" if tagged and base in full else labels.get(base) if tagged else None)
        alone = not _beside_name(doc, token.i, taken)
        if label and alone:
            yield Span(doc, token.i, token.i + 1, label=label)


def _beside_name(doc: Doc, i: int, taken: set[int]) -> bool:
    """Say whether another capitalised word stands beside a token: it is then part of a longer name."""
    before = doc[i - 1] if i else None
    after = doc[i + 1] if i + 1 < len(doc) else None
    return bool(
        (before is not None and i > 1 and before.text[:1].isupper() and before.pos_ == "PROPN")
        or (after is not None and after.text[:1].isupper() and after.pos_ == "PROPN")
    )
