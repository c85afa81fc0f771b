"""Where a phrase stands to a predicate: its way through the parse, its case, what it is the subject of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus_lib.demands.clues import word_of
from corpus_lib.language import syntax
from corpus_lib.language.matters import matter
from corpus_lib.language.nouns import noun
from corpus_lib.language.subjects import subject_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from corpus_lib.demands.setting import Unit
    from corpus_lib.demands.spans import Stretch

NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_PATH = 4


def path(head: Token, token: Token) -> str:
    """Return the way from a predicate to a word through the parse, «far» where it is long."""
    up: list[str] = []
    chain = token
    above = {token.i: ""}
    for _ in range(_PATH):
        if chain.head.i == chain.i:
            break
        up.append("^" + chain.dep_)
        chain = chain.head
        above[chain.i] = "".join(up)
    down: list[str] = []
    at = head
    for _ in range(_PATH):
        if at.i in above:
            return above[at.i] + "".join(reversed(down))
        case = syntax.preposition_of(at)
        down.append("/" + at.dep_ + ("" if case is None or len(down) else f":{case.lower_}"))
        if at.head.i == at.i:
            break
        at = at.head
    return above[at.i] + "".join(reversed(down)) if at.i in above else "far"


def place_of(head: Token, token: Token, unit: Unit, content: Stretch | None, quoted: bool) -> list[str]:
    """Return how the head of a noun phrase stands to a predicate, as features."""
    way = path(head, token)
    word = word_of(token)
    side = "<" if head.i < token.i else ">"
    case = syntax.preposition_of(head)
    within = "in" if content is not None and content.first.i <= head.i <= content.last.i else "out"
    passive = "passive" if syntax.is_passive(token) else "active"
    between = sum(t.pos_ in NOMINAL for t in token.doc[min(head.i, token.i) + 1 : max(head.i, token.i)])
    out = [f"way {way}", f"way {way} {token.pos_} {passive}", f"way {way} {word}"]
    out += [f"{within} {side}", f"{within} {side} {head.dep_}", f"as {head.dep_} {within}"]
    out += [f"apart {side} {min(between, 4)}", f"apart {side} {min(between, 4)} {within}"]
    out.append(f"{'quoted' if quoted else 'told'} {within} {side}")
    if case is not None:
        out += [f"case {case.lower_} {within}", f"case {word} {case.lower_}"]
    owner = _is_owner(head)
    owns = owner and head.head.i == token.i
    if owner:
        out += [f"owner {within}", f"owner of {word_of(head.head)}", f"owner {'of it' if owns else 'of other'}"]
    if content is not None and content.first.i == head.left_edge.i:
        out.append(f"opens the content {head.dep_}")
    if content is not None and within == "in" and head.dep_.startswith("nsubj"):
        out.append(f"subject in the content {head.dep_} {'first' if head.i - content.first.i < 4 else 'later'}")
    out += _nested(head, case)
    out += _by_frame(token, unit, way, "owner" if owns else None if case is None else case.lower_, within)
    first = next((t for t in unit.tokens if t.pos_ in NOMINAL and t.dep_.startswith("nsubj")), None)
    if first is not None and first.i == head.i:
        out.append("first subject")
    out += _subject(head, token, within)
    known = noun(head.lower_)
    if known is not None:
        out += [f"noun {k}" for k in known.kinds] + [f"noun {k} {within}" for k in known.kinds]
    elif head.pos_ == "NOUN" and not head.ent_type_:
        kind = matter(head.lower_)
        out += ["noun, no party", f"noun, {kind or 'of no class'}", f"noun, {kind or 'of no class'} {within}"]
    out.append("word " + word_of(head) if not head.ent_type_ else "name " + head.ent_type_)
    out.append(f"{within} {'word ' + word_of(head) if not head.ent_type_ else 'name ' + head.ent_type_}")
    return out


def _by_frame(token: Token, unit: Unit, way: str, case: str | None, within: str) -> Iterator[str]:
    """Yield whether the frame of what a predicate does, in the lexicon, has a place for a phrase in its case."""
    mine = "subj" if way.endswith("nsubj") else "obj" if "obj" in way else case
    for act in unit.named:
        if act.head != token.i:
            continue
        for role, frame in (("who", act.entry.who), ("whom", act.entry.whom)):
            if mine in frame or (role, mine) == ("who", "owner"):
                yield from (f"frame {role}", f"frame {role} {mine}", f"frame {role} {within}")
            elif frame:
                yield f"frame, not {role}"
        yield f"way {way} {act.entry.kind}"


def _nested(head: Token, case: Token | None) -> Iterator[str]:
    """Yield in whose phrase a word stands, «pilotene i Fjellvinge», «lederen for laget», and what stands in its own."""
    above = head.head
    if case is not None and above.i < head.i and above.pos_ == "NOUN" and head.dep_.startswith("nmod"):
        known = noun(above.lower_)
        kind = "thing" if known is None else f"{known.kind}{'s' if known.plural else ''}"
        yield from (f"inside {kind}", f"inside {kind}, {case.lower_}", f"inside {word_of(above)}")
    if head.pos_ == "NOUN":
        known = noun(head.lower_)
        kind = "thing" if known is None else f"{known.kind}{'s' if known.plural else ''}"
        for child in head.rights:
            if child.ent_type_ and child.dep_.startswith("nmod") and syntax.preposition_of(child) is not None:
                yield f"{kind} with a name inside"
                break


def _is_owner(head: Token) -> bool:
    """Say whether a word stands in the genitive before what it owns: «Russlands krav»."""
    return "Gen" in head.morph.get("Case", []) or (
        head.lower_.endswith("s") and head.dep_ == "nmod" and head.i < head.head.i
    )


def _subject(head: Token, token: Token, within: str) -> Iterator[str]:
    """Yield whether a word is the subject of a predicate, or of what governs it."""
    above = token
    for level in range(_PATH):
        if syntax.is_verb(above):
            subject = subject_of(above)
            if subject is not None:
                if subject.i == head.i:
                    passive = "passive" if syntax.is_passive(token) else "active"
                    yield from (f"subject {level}", f"subject {level} {within}", f"subject {level} {passive}")
                    yield "its subject"
                return
        if above.head.i == above.i:
            return
        above = above.head
