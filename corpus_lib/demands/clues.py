"""What a sentence shows: its words, who does what to whom in it, its typography and where it stands."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from corpus_lib.demands.setting import Setting, Unit
from corpus_lib.language import syntax
from corpus_lib.language.acts import Act as NamedAct
from corpus_lib.language.nouns import noun

if TYPE_CHECKING:
    from spacy.tokens import Token

_KEPT = frozenset("?!:«»–-\"”")
_PEOPLE = {"vi": "WE", "me": "WE", "oss": "WE", "jeg": "WE", "eg": "WE", "meg": "WE", "du": "YOU", "dere": "YOU", "dykk": "YOU", "de": "THEY", "dei": "THEY", "dem": "THEY",
  "han": "ONE", "hun": "ONE", "ho": "ONE", "henne": "ONE", "ham": "ONE", "hans": "ONE", "hennes": "ONE", "hennar": "ONE", "deres": "THEY", "deira": "THEY", "vår": "WE", "våre": "WE", "min": "WE", "mine": "WE"}
_SAME = {"ikkje": "ikke", "frå": "fra", "kva": "hva", "noko": "noe", "berre": "bare", "nokon": "noen", "meir": "mer", "etter": "etter", "no": "nå", "korleis": "hvordan",
  "krevje": "kreve", "seie": "si", "kome": "komme", "gje": "gi", "verte": "bli", "vere": "være", "gjere": "gjøre", "bede": "be", "oppmode": "oppfordre", "spørje": "spørre", "meine": "mene", "leggje": "legge", "føreslå": "foreslå", "røyste": "stemme", "framlegg": "forslag", "søkje": "søke", "avvise": "avvise", "ynskje": "ønske", "ønskje": "ønske", "hjelpe": "hjelpe", "vilje": "ville", "å": "å", "få": "få", "ta": "ta", "takke": "takke", "einig": "enig", "samd": "enig", "ueinig": "uenig", "usamd": "uenig", "aktuell": "aktuell", "uaktuell": "uaktuell", "stå": "stå", "halde": "holde", "støtte": "støtte", "stø": "støtte", "venje": "vente", "korkje": "verken", "heller": "heller", "difor": "derfor", "einskild": "enkelt", "ja": "ja", "saman": "sammen", "drøfte": "drøfte", "vurdere": "vurdere", "arbeide": "arbeide", "betale": "betale", "byggje": "bygge", "sjå": "se", "gå": "gå", "fylgje": "følge", "følgje": "følge", "sende": "sende", "skrive": "skrive", "svare": "svare", "anke": "anke", "imot": "mot", "nei": "nei", "aldri": "aldri", "ingen": "ingen", "inga": "ingen", "ikkje noko": "ikke noe", "lenger": "lenger", "lengre": "lenger", "men": "men", "dersom": "hvis", "viss": "hvis", "om": "om"}


def word_of(token: Token) -> str:
    """Return what stands for a word in features: the kind of a name, the person of a pronoun, else the lemma."""
    if token.ent_type_:
        return token.ent_type_
    lowered = token.lower_
    if lowered in _PEOPLE:
        return _PEOPLE[lowered]
    if token.like_num:
        return "NUM"
    lemma = token.lemma_
    if lemma.startswith("$"):
        return lowered
    lemma = lemma.lower()
    return _SAME.get(lemma, lemma)


def told_of(act: NamedAct, unit: Unit, quoted: str) -> dict[str, float]:
    """Return what an entry of the lexicon and its place in the sentence say: kind, negation, mood, subject, matter."""
    entry = act.entry
    head = unit.tokens.doc[act.head]
    base = f"{entry.side} {entry.kind}"
    verb = head if syntax.is_verb(head) else head.head
    negated = syntax.is_negated(head) or syntax.is_negated(verb)
    modal = syntax.modal_of(head)
    subject = syntax.subject_of(verb)
    who = "-" if subject is None else subject_kind(subject)
    mark = syntax.mark_of(verb)
    form = "/".join(head.morph.get("VerbForm") + head.morph.get("Tense") + head.morph.get("Definite"))
    turned = {"+": "-", "-": "+", "0": "0"}[entry.polarity] if negated else entry.polarity
    out = [
        base, f"{base} {entry.strength}", f"{base} {quoted}", f"{base} {form}", f"{base} by {who}", f"{base} {entry.pos}",
        f"pattern {entry.pattern}", f"{entry.side} {turned}", f"{entry.side}", f"{entry.side} {entry.pos} {entry.strength}",
    ]  # fmt: skip
    if negated:
        out += [f"{base} negated", f"{entry.side} negated"]
    if modal is not None:
        out += [f"{base} modal {modal.lemma_}", f"{entry.side} modal {modal.lemma_}"]
    if mark is not None:
        out += [f"{base} mark {word_of(mark)}", f"{entry.side} mark {word_of(mark)}"]
    if syntax.is_passive(verb):
        out.append(f"{base} passive")
    if entry.presupposes:
        out.append(f"{entry.side} presupposes")
    if entry.broad:
        out += [f"{base} broad", f"{entry.side} broad"]
    following = {t.lower_ for t in unit.tokens.doc[act.end : min(act.end + 8, unit.tokens.end)]}
    met = [w for w in entry.what if w in following or (w == "obj" and syntax.object_of(verb) is not None)]
    for what in met:
        out.append(f"{base} what {what}")
    out.append(f"{entry.side} with its matter" if met else f"{entry.side} without its matter")
    if syntax.receiver_of(verb) is not None or any(w in following for w in entry.whom):
        out.append(f"{entry.side} with its party")
    return dict.fromkeys(out, 1.0)


def subject_kind(token: Token) -> str:
    """Return what a subject is: the kind of a name, the person of a pronoun, a noun for a person or a body."""
    if token.ent_type_ or token.lower_ in _PEOPLE:
        return word_of(token)
    if token.lower_ in ("det", "dette"):
        return "it"
    known = noun(token.lower_)
    return "thing" if known is None else known.kinds[0]


def clues(unit: Unit, setting: Setting) -> dict[str, float]:
    """Return the features of a sentence."""
    out: dict[str, float] = {}
    tokens = [t for t in unit.tokens if not t.is_space]
    words = [word_of(t) for t in tokens]
    start = unit.tokens.start
    end = unit.tokens.end
    by_place = {t.i: w for t, w in zip(tokens, words)}
    before = "^"
    for t, w in zip(tokens, words):
        if t.is_punct and t.text not in _KEPT:
            continue
        if not t.is_punct:
            out["w " + w] = 1.0
            for end_of in ends(w):
                out["e " + end_of] = 1.0
        out[f"n {before} {w}"] = 1.0
        before = w
        head = t.head.i
        dep = t.dep_
        if head != t.i and head in by_place and dep != "punct":
            out[f"d {by_place[head]} {dep} {w}"] = 1.0
            out[f"r {by_place[head]} {dep}"] = 1.0
    if words:
        out["first " + words[0]] = 1.0
        out["last " + words[-1]] = 1.0
        out["opens " + " ".join(words[:2])] = 1.0
    out["block " + unit.kind] = 1.0
    quotes = setting.quotes_in(unit.span)
    if quotes:
        q = quotes[0]
        out["quote " + q.type] = 1.0
        out["quoted, with a speaker" if q.speakers else "quoted, without a speaker"] = 1.0
        if unit.span.start >= q.start - 2 and unit.span.end <= q.end + 2: out["all quoted"] = 1.0
        first = next((w for t, w in zip(tokens, words) if not t.is_punct), "")
        if q.type == "direct": out["speech opens " + first] = 1.0
        for w in words:
          if q.type=="direct": out["q " + w] = 1.0
    else:
        out["told"] = 1.0
    quoted = quotes[0].type if quotes else "told"
    for act in unit.named:
        out |= {"a " + n: 1.0 for n in told_of(act, unit, quoted)}
    sides = [a.entry.side for a in unit.named]
    for side in ("asking", "answering", "doing"):
        out[f"a number of {side} {min(sides.count(side), 3)}"] = 1.0
    if "asking" in sides and "answering" in sides:
        out["a asking and answering"] = 1.0
    n = len(tokens)
    out["length %d" % min(n // 5, 6)] = 1.0
    return out


@lru_cache(8192)
def ends(word: str) -> tuple[str, ...]:
    """Return what may be the last part of a compound."""
    if len(word) < 8 or not word.isalpha(): return ()
    return tuple(word[-n:] for n in (4,5,6,7,8) if len(word) - n >= 3)
