"""How likely a find of direct speech is right: learned weights over how it stands on the page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from corpus_lib.actors import PRONOUNS, SPEAKER
from corpus_lib.language.syntax import is_finite
from corpus_lib.learned import load
from corpus_lib.model import BlockKind, Reason
from corpus_lib.quotes.cues import entries_of
from corpus_lib.quotes.features import bucket
from corpus_lib.quotes.found import Found

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens

    from corpus_lib.language import ParsedBlock

DIRECT = "direct"
"""The decision's name."""
LEAST = 0.5
_SHOWN = 3


def judged(one: Found, parsed: ParsedBlock, kind: BlockKind) -> Found:
    """Return a find with its probability and the features that weighed most."""
    model, features = load(DIRECT), spoken_features(one, parsed, kind)
    added = [c for c in model.contributions(features) if c.feature != "(bias)"][:_SHOWN]
    span = one.cue or one.segments[0]
    why = tuple(Reason(c.feature, span, "", round(c.weight, 2)) for c in added)
    return replace(one, probability=model.probability(features), reasons=(*one.reasons, *why))


def spoken_features(one: Found, parsed: ParsedBlock, kind: BlockKind) -> dict[str, float]:
    """Return what tells whether a find is direct speech with just these words."""
    names = [f"rule={one.rule}", f"rule={one.rule} block={kind}", f"segments={len(one.segments)}"]
    words = parsed.tokens(one.segments[0])
    if words is not None:
        names += [f"rule={one.rule} {n}" for n in _of_words(words)] + _of_words(words)
        names += _around(words, parsed)
    cue = None if one.cue is None else parsed.tokens(one.cue)
    if cue is not None:
        entry = next(iter(entries_of(cue[0])), None)
        names += [f"cue class={entry.kind}", f"cue use={entry.use}"] if entry is not None else ["cue not listed"]
        names.append(f"cue form={'/'.join(cue[0].morph.get('VerbForm', []))}")
    names.append(f"rule={one.rule} mention={_who(one.mention)}")
    return dict.fromkeys(names, 1.0)


def _of_words(words: Tokens) -> list[str]:
    lowered = {t.lower_ for t in words}
    names = [f"words={bucket(len(words))}", f"ends={words[-1].text if words[-1].text in '?!' else 'word'}"]
    names += ["says I or we"] if lowered & SPEAKER else []
    names += [] if any(is_finite(t) for t in words) else ["no finite verb"]
    names += ["begins small"] if words[0].text[:1].islower() else []
    said = [t for t in words if any(e.use in ("say", "sound", "ask") for e in entries_of(t)[:1]) and is_finite(t)]
    names += [f"verb of saying inside, behind={said[-1].nbor(-1).text}"] if said and said[-1].i > words.start else []
    opened = words[0].lower_ in ("når", "da", "hvis", "om", "dersom", "viss")
    names += ["begins with a condition and ends at its comma"] if opened and not _has_main(words) else []
    return names


def _has_main(words: Tokens) -> bool:
    """Say whether a comma and another finite verb follow the first clause."""
    comma = next((t.i for t in words if t.text == ","), None)
    return comma is not None and any(is_finite(t) for t in words.doc[comma : words.end])


def _around(words: Tokens, parsed: ParsedBlock) -> list[str]:
    doc = parsed.doc
    opens = words.start <= 1
    before = doc[words.start - 1].text if words.start else "(start)"
    after = doc[words.end].text if words.end < len(doc) else "(end)"
    names = [f"before={before}" if not before[0].isalpha() else "before=word", f"opens the block={opens}"]
    names.append(f"after={after}" if not after[0].isalpha() else "after=word")
    last = words.end >= len(doc) - 1
    return [*names, f"ends the block={last}", f"fills the block={opens and last}"]


def _who(mention: Tokens | None) -> str:
    if mention is None:
        return "none"
    root = mention.root
    return root.ent_type_ or ("pronoun" if root.lower_ in PRONOUNS else root.pos_)
