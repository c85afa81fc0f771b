"""Who may say a quotation: the candidates that stand around it, and where each comes from.

The choice is a learned ranking (`learned/weights/speaker.tsv`, from `quotes/speaker_learning.py`). A candidate has its
sources: who the inquit names, who spoke before, who speaks next, who was last spoken of, whom the article quotes most …
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus_lib.actors import Cast, Context
from corpus_lib.language.parsed import name_from, names_in
from corpus_lib.language.syntax import has_tree, owner_of, sentence_of
from corpus_lib.model import Article
from corpus_lib.quotes.found import Found, cue_of
from corpus_lib.quotes.inquits import speaker_in
from corpus_lib.quotes.scene import Mention, Scene, Who
from corpus_lib.quotes.speaker_features import Candidate, features, marks_around

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens

TASK = "speaker"
_PEOPLE, _BODIES = 3, 2
_SHORTEST, _INQUIT = 3, 15
"""How many tokens a block has that tells who said what stands above it, and how many of them are read."""
_NAMES = 3
"""How many names beside the mention are read."""
_OWNING = ("fra", "frå", "av")
_COUNTED = ("DET", "NUM", "ADJ", "PRON")

Source = tuple[Who, str, float]
"""Who may speak, where that comes from, and how much it counts."""


def candidates(place: int, scene: Scene, mention: Mention | None) -> list[Candidate]:
    """Return who may say a quotation, nobody among them."""
    one = scene.found[place]
    found: dict[Who, dict[str, float]] = {(): {"nobody": 1.0}}
    for who, source, value in _sources(place, one, scene, mention):
        if who:
            found.setdefault(who, {}).setdefault(source, value)
    around = marks_around(place, scene, mention)
    return [
        Candidate(who, tuple(sources), features(who, sources, one, scene, mention, around))
        for who, sources in found.items()
    ]


def _sources(place: int, one: Found, scene: Scene, mention: Mention | None) -> Iterator[Source]:
    cast = scene.cast
    if mention is not None:
        yield from _of_mention(mention, cast)
        yield from _beside(one, mention, scene)
    if scene.is_head(one):
        yield from _below(place, one, scene)
    elif scene.said:
        yield scene.said[-1].who, "spoke last", 1.0
        other = next((s.who for s in reversed(scene.said) if s.who != scene.said[-1].who), ())
        yield other, "spoke before", 1.0
        yield scene.often.most_common(1)[0][0], "most quoted", 1.0
    following = scene.found[place + 1] if place + 1 < len(scene.found) else None
    if following is not None and following.mention is not None and following.block - one.block <= 1:
        then = cast.resolve(following.mention, following.block, scene.context())
        yield then.entities, "speaks next", 1.0
    if mention is None:
        yield from _told_below(one, scene)
    if mention is None or mention.sort not in ("name", "noun"):
        yield from _near(one, scene)


def _of_mention(mention: Mention, cast: Cast) -> Iterator[Source]:
    """Yield whom the words that name who speaks mean, or may mean, and the body behind these."""
    resolved = mention.resolved
    yield resolved.entities, "the mention", 1.0
    for rank, (who, share) in enumerate(resolved.others):
        yield who, f"may be the mention, {rank}", share
    if len(resolved.entities) == 1 and (body := cast.speaks_for(resolved.entities[0])) is not None:
        yield (body,), "the body of the mention", 1.0
    if len(resolved.entities) == 1 and (state := cast.state_of_capital(resolved.entities[0])) is not None:
        yield (state,), "the state of the mention", 1.0
    if mention.sort in ("document", "noun"):
        yield from _owners(mention, cast)
    if mention.sort == "document":
        yield from _behind_document(mention, cast)


def _owners(mention: Mention, cast: Cast) -> Iterator[Source]:
    """Yield whose a noun is: «Kripos' rapport», «rapporten fra Kripos», «forumets presentasjon»."""
    root = mention.tokens.root
    if not has_tree(root) or root.pos_ in _COUNTED:  # «en av plakatene» is not the posters'
        return
    owner = owner_of(root)
    if owner is None:
        noun = next((c for c in root.lefts if "Gen" in c.morph.get("Case", [])), None)
        owner = None if noun is None else root.doc[noun.i : noun.i + 1]
    if owner is not None:
        yield cast.resolve(owner, mention.block, Context()).entities, "owner of the mention", 1.0
    behind = next((t for t in root.doc[root.i + 1 : root.i + 4] if t.lower_ in _OWNING), None)
    if behind is not None and behind.i + 1 < len(root.doc):
        sender = name_from(root.doc, behind.i + 1) or behind.head
        words = sender if not hasattr(sender, "i") else root.doc[sender.i : sender.i + 1]
        if words.start > behind.i:
            yield cast.resolve(words, mention.block, Context()).entities, f"behind the mention, {behind.lower_}", 1.0


def _beside(one: Found, mention: Mention, scene: Scene) -> Iterator[Source]:
    """Yield the names within the words that name who speaks, and those beside them in their sentence."""
    tokens, cast = mention.tokens, scene.cast
    for name in names_in(tokens):
        yield cast.resolve(name, mention.block, Context()).entities, f"in the mention, {_place(name, tokens)}", 1.0
    if mention.above:
        return
    block, found = scene.parsed.blocks[one.block], 0
    for name in names_in(sentence_of(tokens[0])):
        if (name.end <= tokens.start or name.start >= tokens.end) and not _is_told(name, tokens):
            spoken = any(block.of(name).overlaps(s) for s in one.segments)
            if not spoken and found < _NAMES:
                found += 1
                yield (
                    cast.resolve(name, mention.block, Context()).entities,
                    f"beside the mention, {_place(name, tokens)}",
                    1.0,
                )


def _is_told(name: Tokens, mention: Tokens) -> bool:
    """Say whether a name is the object of the verb whose subject speaks: «Kari Lie svarer Ola Dahl»."""
    subject = mention.root
    return subject.dep_ == "nsubj" and name.root.dep_ in ("obj", "iobj") and name.root.head.i == subject.head.i


def _place(name: Tokens, mention: Tokens) -> str:
    """Return what a name is to the mention in whose sentence it stands."""
    before = name.doc[name.start - 1].lower_ if name.start else ""
    governed = before if name.doc[name.start - 1].pos_ == "ADP" and name.start else "comma" if before == "," else "word"
    owns = ", owns" if name.text.endswith(("s", "'", "’")) and name.end < mention.end else ""
    side = "before" if name.end <= mention.start else "behind" if name.start >= mention.end else "inside"
    return f"{name.label_} {side} {governed}{owns}"


def _behind_document(mention: Mention, cast: Cast) -> Iterator[Source]:
    """Yield who is named in the sentences in which a document stands: «en undersøkelse utført av X»."""
    places = {cast.sentence(mention.span.start)}
    for number in mention.resolved.entities:
        places |= {cast.sentence(span.start) for span in cast.entities[number].mentions if span <= mention.span}
    for sighting in cast.sightings:
        named = cast.entities[sighting.entity].kind != "unnamed" and sighting.span.start <= mention.span.end
        if named and cast.sentence(sighting.span.start) in places:
            yield (sighting.entity,), "named with the document", 1.0


def _told_below(one: Found, scene: Scene) -> Iterator[Source]:
    """Yield whom the block below names as who said it: «Det sier Kari Lie»."""
    number = one.block + 1
    doc = scene.parsed.blocks[number].doc if number < len(scene.parsed.blocks) else None
    if doc is None or len(doc) < _SHORTEST or doc[0].lower_ not in ("det", "dette") or cue_of(doc[1]) is None:
        return
    named = speaker_in(doc[1], doc[1 : min(len(doc), 1 + _INQUIT)])
    if named is not None:
        yield scene.cast.resolve(named, number, Context()).entities, "told below", 1.0


def _near(one: Found, scene: Scene) -> Iterator[Source]:
    """Yield who was spoken of shortly before."""
    people, bodies, cast = 0, 0, scene.cast
    for sighting in cast.before(one.start, one.block, 2):
        kind = cast.entities[sighting.entity].kind
        if scene.is_apart(sighting.entity):
            continue
        if kind == "person" and people < _PEOPLE:
            if sighting.subject:
                yield (sighting.entity,), "last subject", 1.0
            yield (sighting.entity,), f"person before, {people}", 1.0
            people += 1
        elif kind == "organisation" and bodies < _BODIES:
            yield (sighting.entity,), f"body before, {bodies}", 1.0
            bodies += 1
        elif people >= _PEOPLE and bodies >= _BODIES:
            return


def _below(place: int, one: Found, scene: Scene) -> Iterator[Source]:
    """Yield who speaks below a headline: who says the same words there, who speaks first, who most."""
    words = scene.words.setdefault(place, _word_list(scene.article, one))
    for other in range(len(scene.found)):
        who = scene.spoken_for.get(other)
        if other == place or not who or scene.is_head(scene.found[other]):
            continue
        said = scene.words.setdefault(other, _word_list(scene.article, scene.found[other]))
        if words.count(" ") > 2 and words in said:
            yield who, "says the same below", 1.0
    after = next((w for i, w in sorted(scene.spoken_for.items()) if w and scene.found[i].start > one.start), ())
    yield after, "speaks first below", 1.0
    if scene.often:
        yield scene.often.most_common(1)[0][0], "most quoted", 1.0


def _word_list(article: Article, one: Found) -> str:
    """Return the words of a quotation in lower case, a space around each."""
    text = " ".join(article.slice(s) for s in one.segments).casefold()
    return " " + "".join(c if c.isalnum() else " " for c in text).strip() + " "
