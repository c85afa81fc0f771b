"""Which names and nouns of a phrase speak: sixty phrases, both standards."""

from __future__ import annotations

import pytest

from corpus_lib.actors.heads import speakers_of_phrase
from corpus_lib.language import load

PHRASES = [
    ("Kari Lie", "Kari Lie"),
    ("ordfører Kari Lie", "Kari Lie"),
    ("ordførar Kari Lie", "Kari Lie"),
    ("statsråd for samferdsel Kari Lie", "Kari Lie"),
    ("leder i Fjordlaget, Kari Lie", "Kari Lie"),
    ("leiar i Fjordlaget, Kari Lie", "Kari Lie"),
    ("lederen for fagforeningen Fellesforbundet, Kari Lie", "Kari Lie"),
    ("tidligere statsminister i Danmark, nå generalsekretær i Nato, Ola Dahl", "Ola Dahl"),
    ("tidlegare statsråd i Sverige, no generalsekretær i Nato, Ola Dahl", "Ola Dahl"),
    ("Norges statsminister Kari Lie", "Kari Lie"),
    ("Noregs statsminister Kari Lie", "Kari Lie"),
    ("spesialrådgiver for helsemyndighetene Kari Lie", "Kari Lie"),
    ("talskvinne for Røde Kors, Kari Lie", "Kari Lie"),
    ("prosjektleder for Jernbaneverket i Bergen, Ola Dahl", "Ola Dahl"),
    ("Kari Lie, leder i Fjordlaget", "Kari Lie"),
    ("Kari Lie, leiar i Fjordlaget", "Kari Lie"),
    ("Kari Lie (34), lege i Bodø", "Kari Lie"),
    ("Kari Lie i Senterpartiet", "Kari Lie"),
    ("Kari Lie, styremedlem og talsperson for Røde Kors", "Kari Lie"),
    ("Kari Lie, søster av Ola Dahl", "Kari Lie"),
    ("Kari Lie, forsvareren til Ola Dahl", "Kari Lie"),
    ("forsvarer Kari Lie for drapsdømte Ola Dahl", "Kari Lie"),
    ("moren til Ola Dahl, Kari Lie", "Kari Lie"),
    ("mor til Ola Dahl, Kari Lie", "Kari Lie"),
    ("Ola Dahls advokat Kari Lie", "Kari Lie"),
    ("Ola Dahls advokat, Kari Lie", "Kari Lie"),
    ("rektor Kari Lie ved Åsen skole", "Kari Lie"),
    ("rektor Kari Lie ved Åsen skule", "Kari Lie"),
    ("den 34 år gamle legen Kari Lie", "Kari Lie"),
    ("partileder Kari Lie (Sp)", "Kari Lie"),
    ("Kari Lie og Ola Dahl", "Kari Lie; Ola Dahl"),
    ("ordfører Kari Lie og rådmann Ola Dahl", "Kari Lie; Ola Dahl"),
    ("ordførar Kari Lie og rådmann Ola Dahl", "Kari Lie; Ola Dahl"),
    ("Kari Lie, Ola Dahl og Per Moe", "Kari Lie; Ola Dahl; Per Moe"),
    ("Kari Lie (Ap) og Ola Dahl (Høyre)", "Kari Lie; Ola Dahl"),
    ("Kari Lie i Senterpartiet og Ola Dahl i Venstre", "Kari Lie; Ola Dahl"),
    ("forskerne Kari Lie og Ola Dahl", "Kari Lie; Ola Dahl"),
    ("forskarane Kari Lie og Ola Dahl", "Kari Lie; Ola Dahl"),
    ("hun og Ola Dahl", "hun; Ola Dahl"),
    ("ho og Ola Dahl", "ho; Ola Dahl"),
    ("Kari Lie og politiet", "Kari Lie; politiet"),
    ("Kari Lie sammen med Ola Dahl", "Kari Lie"),
    ("Kari Lie saman med Ola Dahl", "Kari Lie"),
    ("sjef og eier Kari Lie", "Kari Lie"),
    ("sjef og eigar Kari Lie", "Kari Lie"),
    ("lederen", "lederen"),
    ("leiaren i laget", "leiaren"),
    ("lederen i Senterpartiet", "lederen"),
    ("broren til Kari Lie", "broren"),
    ("bror til Kari Lie", "bror"),
    ("Kari Lies advokat", "advokat"),
    ("advokaten til Kari Lie", "advokaten"),
    ("Norges statsminister", "statsminister"),
    ("den norske regjeringen", "regjeringen"),
    ("en talsperson for politiet", "talsperson"),
    ("ein talsperson for politiet", "talsperson"),
    ("politiet og kommunen", "politiet; kommunen"),
    ("fagforeningen Fellesforbundet", "Fellesforbundet"),
    ("nyhetsbyrået Reuters", "Reuters"),
    ("nyheitsbyrået Reuters", "Reuters"),
    ("Nato", "Nato"),
    ("han", "han"),
    ("mannen som reddet Kari Lie", "mannen"),
    ("mannen som redda Kari Lie", "mannen"),
]


@pytest.mark.parametrize(("phrase", "speakers"), PHRASES)
def test_who_speaks(phrase: str, speakers: str):
    doc = load()(f"– Det er ikke så lett, sier {phrase}.")
    mention = doc.char_span(doc.text.index(phrase), doc.text.index(phrase) + len(phrase), alignment_mode="expand")
    assert "; ".join(s.text for s in speakers_of_phrase(mention)) == speakers
