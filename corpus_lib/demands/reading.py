"""What a network that reads the sentences of an article in their order says of each: whether it demands or answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.strings import get_string_id

from corpus_lib.demands.clues import words_of_unit
from corpus_lib.language.keptvectors import KeptVectors
from corpus_lib.learned.network import Sentences, Shape, load_reader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

    from corpus_lib.demands.setting import Setting, Unit

READER = "sentences"
"""The name of its file."""
QUESTIONS = ("demand", "answer")
_ENCODED, _VECTOR = 128, 96
"""Numbers that the pipeline's encoder and its vectors give a word."""
_COLUMNS = ((12, 60), (8, 30), (12, 100), (24, 200), (4, 20), (48, 5000))
"""Part of speech, kind of name, place in the tree, act of the lexicon, quoted or told, lemma."""
SHAPE = Shape(_COLUMNS, _ENCODED + _VECTOR, QUESTIONS)
_ATTRIBUTES: list[int | str] = ["POS", "ENT_TYPE", "DEP"]
_FEWEST = 3
"""So many sentences, a headline among them, are an article."""
_LONGEST = 80
"""Words of a sentence that are read."""
_TOLD, _DIRECT, _INDIRECT = 1, 2, 3


def read(setting: Setting) -> dict[str, Sequence[float]] | None:
    """Return the log-odds of each question for each sentence; None where there is no article that it could read.

    So it is with a few sentences by themselves, and with the Docs of another pipeline than ours, which lack what the
    network reads: the encoder's numbers and the vectors.
    """
    if not setting.units:
        return dict.fromkeys(QUESTIONS, ())
    if len(setting.units) < _FEWEST or not _is_ours(setting.units[0].block.whole):
        return None
    found = load_reader(READER).scores(sentences_of(setting)).T.tolist()
    return dict(zip(QUESTIONS, found, strict=True))


def _is_ours(doc: Doc) -> bool:
    """Say whether a Doc holds what the shipped encoder and vectors say of its words."""
    return isinstance(doc.vocab.vectors, KeptVectors) and doc.tensor.shape == (len(doc), _ENCODED)


def sentences_of(setting: Setting) -> Sentences:
    """Return the sentences of an article as the network reads them."""
    import numpy as np

    names, encoded, keys, lengths, kinds = [], [], [], [], []
    for unit in setting.units:
        words = words_of_unit(unit, setting)
        held = [t for t in unit.tokens if not t.is_space][:_LONGEST] or [unit.tokens[0]]
        first, places = unit.tokens.start, [t.i for t in held]
        acts, whole = _acts(unit), unit.block.whole
        own = [
            (get_string_id(acts.get(t.i, "")), _said(t, unit, setting), get_string_id(words[t.i - first])) for t in held
        ]
        names.append(np.concatenate([whole.to_array(_ATTRIBUTES)[places], np.array(own, "uint64")], axis=1))
        keys += whole.to_array("ORTH")[places].tolist()
        encoded.append(whole.tensor[places])
        lengths.append(len(held))
        kinds.append((get_string_id(unit.kind),))
    vectors = setting.units[0].block.whole.vocab.vectors.get_batch(keys)
    table = np.concatenate([np.concatenate(encoded), vectors], axis=1).astype("float32")
    return Sentences(np.concatenate(names), table, tuple(lengths), np.array(kinds, "uint64"))


def _said(token: Token, unit: Unit, setting: Setting) -> int:
    """Return whether a word is told, said in direct speech or reported."""
    quote = setting.quote_at(unit.block.span(token))
    return _TOLD if quote is None else _DIRECT if quote.type == "direct" else _INDIRECT


def _acts(unit: Unit) -> dict[int, str]:
    """Return which act of the lexicon each word tells of: its kind at the head, its polarity at the words beside it."""
    beside = {i: f"{act.entry.side} {act.entry.polarity}" for act in unit.named for i in act.words}
    return beside | {act.head: f"{act.entry.side} {act.entry.kind}" for act in unit.named}
