"""What a sentence shows: its words, who does what to whom in it, its typography and where it stands."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from corpus_lib.demands.setting import Setting, Unit

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
    n = len(tokens)
    out["length %d" % min(n // 5, 6)] = 1.0
    return out


@lru_cache(8192)
def ends(word: str) -> tuple[str, ...]:
    """Return what may be the last part of a compound."""
    if len(word) < 8 or not word.isalpha(): return ()
    return tuple(word[-n:] for n in (4,5,6,7,8) if len(word) - n >= 3)
