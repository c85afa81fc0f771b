"""What a reader notices of stories: reprints, who is who, the same demand, its answers, the end; and odd corpora."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from corpus_lib.analysis import Analysis, analyse
from corpus_lib.cli import main
from corpus_lib.corpus import Corpus
from corpus_lib.errors import InputError, UnknownTable
from corpus_lib.learned import load
from corpus_lib.stories import elsewhere, followed, frame, stories_of, story_file
from corpus_lib.stories.building import stories_of_sketches
from corpus_lib.stories.copies import copies, signature
from corpus_lib.stories.demands import SAME, least, pair_features
from corpus_lib.stories.frames import COLUMNS
from corpus_lib.stories.marked import ToldStory, stories_in
from corpus_lib.stories.parties import cast_of
from corpus_lib.stories.scene import Scene
from corpus_lib.stories.sketch import in_order, sketch
from corpus_lib.stories.wants import wants
from corpus_lib.stories.words import Rarity

TOLD = (Path(__file__).parent / "told.txt").read_text(encoding="utf-8")

FERRY = (Path(__file__).parent / "ferry.txt").read_text(encoding="utf-8")


def told(text: str) -> ToldStory:
    return next(stories_in(text))


@pytest.fixture(scope="module")
def ferry():
    return stories_of(told(FERRY).analyses)[0]


def edited(text: str) -> str:
    sentences = text.split(". ")
    return ". ".join(["Et annet blad skriver om dette", *sentences[1:-1:2], *sentences[2:-1:2]])


ARTICLE = (
    "Kommunen vil ha ny bru. Ordføreren sa i går at brua over sundet må komme før jul neste år. Vegvesenet svarte at "
    "pengene ikke finnes. Fiskerne i havna frykter at brua stenger innseilingen for større båter. Rådmannen regner med "
    "at brua koster to hundre millioner kroner. Skolebarna på øya må ta båten klokka sju hver morgen. Lederen for "
    "velforeningen sier at folk er lei av å vente på svar fra staten. Saken skal opp i fylkestinget i mars. "
)


def test_an_edited_copy_is_found_and_names_the_first_of_all():
    texts = (
        ARTICLE,
        "Noe helt annet skjedde i byen i dag, og ingen vet hvorfor det gikk slik. " * 9,
        edited(ARTICLE),
        ARTICLE,
    )
    found = copies([signature(t) for t in texts])
    assert [copy and copy[0] for copy in found] == [None, None, 0, 0]
    assert found[2] is not None
    assert 0.25 <= found[2][1] < 1.0


def test_ten_thousand_copies_of_a_text_are_all_copies_of_the_first():
    one = signature(ARTICLE)
    found = copies([one] * 10_000)
    assert found[0] is None
    assert {copy[0] for copy in found if copy} == {0}
    assert len(found) == 10_000


def test_a_shared_quotation_makes_no_copy():
    quote = "«Vi gir oss aldri, og det vet de godt,» sier lederen. "
    other = "Helt andre ord står her om en sak som ingen andre har skrevet om før i denne avisa, sier folk på kaia. "
    assert copies([signature(ARTICLE + quote), signature(other * 3 + quote)])[1] is None


NOTICE = (
    "Avisa retter seg etter reglene i Vær varsom-plakaten. Den som mener seg urett omtalt, kan klage til utvalget. "
)


def words(start: int, count: int) -> str:
    return " ".join(f"ord{n}" for n in range(start, start + count)) + ". "


def test_short_notices_that_share_the_words_at_the_foot_with_long_articles_are_no_copies():
    long = [words(10_000 * n, 400) + NOTICE for n in range(1, 5)]
    short = [words(100 * n, 32) + NOTICE for n in range(40)]
    assert not any(copies([signature(text) for text in (*long, *short)]))


def test_a_short_notice_is_a_copy_where_it_stands_whole_or_mostly_in_a_long_article():
    notice = words(0, 40)
    long = words(10_000, 60) + notice + words(20_000, 60)
    short = notice.replace("ord20 ", "eit anna ord ")
    assert [copy and copy[0] for copy in copies([signature(text) for text in (long, notice, short)])] == [None, 0, 0]


def test_two_people_of_one_surname_stay_two_and_a_short_name_is_nobody_s():
    text = FERRY.replace("Per Dahl", "Per Lie")
    article = told(text).analyses[0]
    names = ("Kari Lie", "Per Lie", "Lie")
    actors = tuple(replace(article.actors[0], id=f"x{n}", name=name, kind="person") for n, name in enumerate(names))
    cast = cast_of([sketch(replace(article, actors=actors, demands=(), responses=(), cells=()))])
    assert sorted(a.name for a in cast.actors) == ["Kari Lie", "Lie", "Per Lie"]


def test_a_body_is_one_in_both_written_standards_and_by_its_abbreviation():
    pair = """=== forbund
--- 2024-01-01 | A | nb
Krav
Helsearbeiderforbundet (HAF) krever [[a|Helsearbeiderforbundet > staten|høyere lønn til alle]].
--- 2024-01-02 | B | nn
Krav
HAF krev [[a|HAF > staten|høgare løn til alle]].
Helsearbeidarforbundet krev [[b|Helsearbeidarforbundet > staten|fleire folk]].
"""
    cast = cast_of([sketch(a) for a in told(pair).analyses])
    assert sum("arbeid" in name for a in cast.actors for name in a.names[:1]) == 1


def test_the_same_demand_is_one_through_the_papers_and_its_answers_go_with_it(ferry):
    demand = ferry.demands[0]
    assert [(t.doc, t.id) for t in demand.told] == [("ferje-01", "d1"), ("ferje-03", "d1")]
    assert [(a.stance, a.told[0].doc) for a in demand.answers] == [("reject", "ferje-02"), ("accept", "ferje-03")]
    assert demand.id == "ferje-01 d1"


def test_a_later_answer_overtakes_an_earlier_one_and_settles_the_end(ferry):
    demand, other = ferry.demands
    assert demand.answers[0].overtaken == demand.answers[1].id
    assert demand.answers[1].overtaken is None
    assert (demand.state, other.state) == ("met", "open")


def test_every_passage_is_what_stands_at_its_place(ferry):
    texts = {a.article.id: a.article.text for a in told(FERRY).analyses}
    for t in [t for d in ferry.demands for t in (*d.told, *(x for a in d.answers for x in a.told))]:
        assert texts[t.doc][t.start : t.end] == t.text
        assert t.text in t.sentence


def test_what_is_put_together_says_why(ferry):
    first, second = ferry.demands[0].told
    assert not first.reasons
    assert second.reasons
    assert least(load(SAME)) <= second.likely <= 1
    assert "ferje-03" in ferry.explain("ferje-01 d1")


def test_the_contributions_of_a_pair_sum_to_its_score():
    sketches = [sketch(a) for a in told(FERRY).analyses]
    scene = Scene(sketches, cast_of(sketches), Rarity.among(s.words for s in sketches))
    features, model = pair_features(0, 2, scene), load(SAME)
    assert sum(c.weight for c in model.contributions(features)) == pytest.approx(model.scores(features)[0])


def test_most_of_what_is_put_together_in_the_written_stories_belongs_together():
    found, right = set(), set()
    for story in stories_in(TOLD):
        groups = [[(t.doc, t.id) for t in d.told] for s in stories_of(story.analyses) for d in s.demands]
        found |= {frozenset(p) for g in groups for p in combinations(g, 2) if p[0][0] != p[1][0]}
        keys: dict[str, list[tuple[str, str]]] = {}
        for place, key in story.demands.items():
            keys.setdefault(key, []).append(place)
        right |= {frozenset(p) for g in keys.values() for p in combinations(g, 2) if p[0][0] != p[1][0]}
    assert len(found & right) > 0.7 * len(found)
    assert len(found & right) > 0.5 * len(right)


def without_dates(analyses: tuple[Analysis, ...]) -> list[Analysis]:
    def bare(a: Analysis) -> Analysis:
        about = replace(a.article.metadata, date=None, published=None, updated=None)
        return replace(a, article=replace(a.article, metadata=about))

    return [bare(a) for a in analyses]


def test_undated_articles_come_in_the_order_in_which_they_were_given():
    story = stories_of(without_dates(told(FERRY).analyses))[0]
    assert [a.doc for a in story.articles] == ["ferje-01", "ferje-02", "ferje-03"]
    assert story.frame("demands")["first"].isna().all()


def test_one_article_is_a_story_of_its_own():
    story, *others = stories_of([analyse("Uenige om lønn\n\nLO krever at NHO snur. NHO avviste kravet.")])
    assert not others
    assert [(d.content, d.state) for d in story.demands] == [("NHO snur", "refused")]


def test_no_articles_are_no_story_and_empty_tables():
    assert stories_of([]) == []
    for table, columns in COLUMNS.items():
        assert tuple(frame([], table).columns) == columns
    assert story_file([]) == {"articles": [], "demands": [], "answers": []}


def test_a_corpus_of_one_outlet_names_it_once():
    story = stories_of(told(FERRY.replace("Kysten", "Fjordposten")).analyses)[0]
    assert set(story.frame("demands")["outlets"]) == {"Fjordposten"}


def test_two_stories_with_one_actor_stay_two():
    both = [a for s in stories_in(TOLD) if s.name in ("bompenger", "teater") for a in s.analyses]
    joined = [
        replace(a, actors=tuple(replace(x, name=x.name.replace("Unni Lange", "Ida Berg")) for x in a.actors))
        for a in both
    ]
    for story in stories_of(joined):
        assert len({a.doc.partition("-")[0] for a in story.articles}) == 1


def test_articles_given_in_any_order_tell_the_same():
    analyses = list(told(FERRY).analyses)
    assert story_file(stories_of(analyses)) == story_file(stories_of(analyses[::-1]))


def test_sets_are_told_by_their_members_alone(ferry):
    assert all(len(d.told) == len({(t.doc, t.id) for t in d.told}) for d in ferry.demands)


def test_a_store_that_grows_tells_what_one_made_at_once_tells(tmp_path: Path, monkeypatch):
    demand = "Nes kommune krever at Fylkesrederiet setter inn ei større ferje til Nesøya."
    texts = {
        "a1": f"Vil ha ferje\n\n20. januar 2024\n\n{demand}",
        "a2": f"Vil ha ferje\n\n22. januar 2024\n\n{demand} Saken er kjent.",
        "a3": f"Nei til ferje\n\n24. januar 2024\n\n{demand} Fylkesrederiet avviser kravet.",
    }
    Corpus.from_texts({k: texts[k] for k in ("a1", "a2")}).analyse(tmp_path / "grown")
    Corpus.open(tmp_path / "grown").stories()
    Corpus.from_texts(texts).analyse(tmp_path / "grown")
    from corpus_lib.corpus import stories as kept

    read: list[int] = []
    real = kept.sketch_batch
    monkeypatch.setattr(
        kept, "sketch_batch", lambda root, manifest: read.append(manifest.batch) or real(root, manifest)
    )
    grown = Corpus.open(tmp_path / "grown").stories()
    assert read == [2]
    Corpus.from_texts(texts).analyse(tmp_path / "whole")
    whole = Corpus.open(tmp_path / "whole").stories()
    assert story_file(grown) == story_file(whole)


def test_an_exact_copy_in_a_store_is_a_reprint(tmp_path: Path):
    first = f"Vil ha bru\n\n{ARTICLE}"
    corpus = Corpus.from_texts({"a": first, "b": first}).analyse(tmp_path / "store")
    assert {a.doc: a.reprint_of for a in corpus.story("b").articles} == {"a": None, "b": "a"}


def test_a_story_is_found_by_a_name_or_not_at_all(tmp_path: Path):
    corpus = Corpus.from_texts({"a": "Strid\n\nLO krever at NHO snur. NHO avviste kravet."}).analyse(tmp_path / "store")
    assert corpus.story("nho").demands
    assert list(corpus.demands_over_time()["state"]) == ["refused"]
    with pytest.raises(InputError, match="no story has 'Nav'"):
        corpus.story("Nav")
    with pytest.raises(UnknownTable, match="no table 'x'"):
        corpus.story().frame("x")


def test_a_demand_is_followed_in_the_language_that_is_asked_for(ferry):
    """The library's words are of that language, the articles' stay as they are."""
    pages = {language: followed(ferry, ferry.demands[0].id, language=language) for language in ("en", "nb", "nn")}
    for said in ("at the end", "demanded", "told again", "First told", "Likely", "refuses"):
        assert said in pages["en"]
        assert said not in pages["nb"] + pages["nn"]
    assert "sier nei" in pages["nb"]
    assert "Første gong fortalt" in pages["nn"]
    assert all(ferry.demands[0].told[0].text in page for page in pages.values())


def test_hostile_words_are_shown_as_words():
    bad = FERRY.replace("gratis skolebuss", "<script>alert(1)</script>")
    story = stories_of(told(bad).analyses)[0]
    page = followed(story, story.demands[1].id)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    with pytest.raises(KeyError, match="no demand"):
        followed(story, "x")


def test_the_other_articles_tell_of_a_demand_and_not_its_own(ferry):
    found = [(e.told.doc, e.stance) for e in elsewhere(ferry, "ferje-01", "d1")]
    assert found == [("ferje-02", "reject"), ("ferje-03", None), ("ferje-03", "accept")]
    assert [e.told.doc for e in elsewhere(ferry, "ferje-03", "d1")] == ["ferje-01", "ferje-02"]
    assert elsewhere(ferry, "ferje-01", "d2") == []


def test_the_card_of_a_demand_says_where_else_it_is_told_and_answered(ferry):
    pytest.importorskip("anywidget")
    from corpus_lib.widgets.reader import Reader

    first = told(FERRY).analyses[0]
    record = Reader(first, language="nn", story=ferry).record
    lines = {d["id"]: d["elsewhere"] for d in record["demands"]}
    assert [line.partition(" ·")[0] for line in lines["d1"]] == ["2024-01-20 Kysten"] + 2 * ["2024-03-02 Fjordposten"]
    assert "seier nei: «Fylkeskommunen set ikkje inn" in lines["d1"][0]
    assert lines["d2"] == []
    assert all("elsewhere" not in d for d in Reader(first).record["demands"])


def test_words_that_ask_for_one_thing_are_of_one_kind_in_both_standards():
    for one, other in (
        ("legge bort planen", "Heile planen blir skrinlagd"),
        ("fratre", "gå av som leiar"),
        ("beholde skolen", "behalde skulen"),
        ("utlevere rapporten", "leggje fram tala"),
        ("en stillingsgaranti", "at ingen skal bli sagt opp"),
        ("en uavhengig risikoanalyse", "granske saka"),
    ):
        assert set(wants(one)) & set(wants(other)), (one, other)
    assert not set(wants("legge bort planen")) & set(wants("beholde skolen"))


def test_a_word_that_only_begins_like_another_asks_for_nothing():
    for text in ("bruke tida", "stille seg bak", "svare før fredag", "på vegne av Bergen", "ta stilling til saken"):
        assert wants(text) == (), text


def test_what_is_denied_is_asked_for_the_other_way_round():
    assert wants("Ingen filial skal stenges") == wants("behalde filialane")
    assert wants("Saken skulle vært avvist, ikke utsatt") == ("drop",)


def test_nobody_is_read_as_calling_on_themselves():
    first, *others = told(FERRY).analyses
    misread = replace(first, demands=tuple(replace(d, addressees=d.actors) for d in first.demands))
    demand = stories_of([misread, *others])[0].demands[0]
    assert set(demand.actors).isdisjoint(demand.addressees)
    assert [t.doc for t in demand.told] == ["ferje-01", "ferje-03"]


def written(tmp_path: Path) -> tuple[Path, list[Analysis]]:
    analyses = list(told(FERRY).analyses)
    for a in analyses:
        (tmp_path / f"{a.article.id}.txt").write_text(a.article.text, encoding="utf-8")
    lines = [json.dumps(a.to_dict(), ensure_ascii=False) for a in analyses]
    (tmp_path / "wire.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path, analyses


def test_the_command_writes_a_story_file_with_the_ids_of_given_analyses(tmp_path: Path, capsys):
    folder, analyses = written(tmp_path)
    articles = [str(p) for p in sorted(folder.glob("ferje-*.txt"))]
    assert main(["story", *articles, "--analyses", str(folder / "wire.jsonl"), "-o", str(folder / "story.json")]) == 0
    found = json.loads((folder / "story.json").read_text(encoding="utf-8"))
    known = {(a.article.id, d.id) for a in analyses for d in a.demands}
    assert {tuple(t) for d in found["demands"] for t in d["told"]} == known
    assert found["demands"][0]["told"] == [["ferje-01", "d1"], ["ferje-03", "d1"]]
    assert {a["stance"] for a in found["answers"]} == {"reject", "accept"}
    assert "3 articles" in capsys.readouterr().err


def test_the_command_takes_annotations_as_they_are(tmp_path: Path):
    folder, analyses = written(tmp_path)
    records = []
    for a in analyses:
        d = [
            {"id": d.id, "actor": a.joined(d.actors), "addressees": [a.joined(d.addressees)],
             "content": {"start": d.content.start, "end": d.content.end, "text": a.text(d.content)}}
            for d in a.demands
        ]  # fmt: skip
        r = [{"id": r.id, "actor": a.joined(r.actors), "stance": r.stance, "targets": list(r.targets),
              "evidence": [r.evidence.start, r.evidence.end]} for r in a.responses]  # fmt: skip
        records.append(json.dumps({"doc": a.article.id, "demands": d, "responses": r}, ensure_ascii=False))
    (folder / "gold.jsonl").write_text("\n".join(records), encoding="utf-8")
    articles = [str(p) for p in sorted(folder.glob("ferje-*.txt"))]
    assert main(["story", *articles, "--analyses", str(folder / "gold.jsonl"), "-o", str(folder / "story.json")]) == 0
    found = json.loads((folder / "story.json").read_text(encoding="utf-8"))
    assert len(found["demands"]) == 2


def test_the_command_names_an_article_that_is_missing(tmp_path: Path, capsys):
    folder, _ = written(tmp_path)
    one = str(folder / "ferje-01.txt")
    assert main(["story", one, "--analyses", str(folder / "wire.jsonl"), "-o", str(folder / "story.json")]) == 2
    assert "no article 'ferje-02' among those given" in capsys.readouterr().err


@pytest.mark.parametrize("format", ["csv", "graphml", "dna"])
def test_the_command_writes_for_other_programs(format: str, tmp_path: Path):
    folder, _ = written(tmp_path)
    articles = [str(p) for p in sorted(folder.glob("ferje-*.txt"))]
    target = folder / f"out.{format}" if format != "csv" else folder / "tables"
    assert (
        main(["story", *articles, "--analyses", str(folder / "wire.jsonl"), "--format", format, "-o", str(target)]) == 0
    )
    if format == "csv":
        assert {p.stem for p in target.iterdir()} == set(COLUMNS)
    elif format == "graphml":
        import networkx

        network = networkx.read_graphml(target)
        answers = [d for *_, d in network.edges(data=True) if d["relation"] == "answers"]
        assert {d["stance"] for d in answers} == {"reject", "accept"}
        assert sum(d["type"] == "demand" for _, d in network.nodes(data=True)) == 2
    else:
        import sqlite3
        from contextlib import closing

        with closing(sqlite3.connect(target)) as base:
            rows = base.execute("SELECT Value FROM ENTITIES WHERE VariableId = 3").fetchall()
            statements = base.execute("SELECT COUNT(*) FROM STATEMENTS").fetchone()[0]
        assert len(rows) == 2  # one concept a demand, told in two articles and answered in two
        assert statements == 5


def test_the_order_of_time_is_that_of_the_dates():
    sketches = [sketch(a) for a in told(FERRY).analyses]
    assert [s.doc for s in in_order(sketches[::-1])] == ["ferje-01", "ferje-02", "ferje-03"]
    assert stories_of_sketches(sketches)[0].articles[0].doc == "ferje-01"


@pytest.mark.shared
def test_on_the_shared_story_reprints_are_right_and_little_is_put_together_wrongly(shared: Path):
    from corpus_lib.stories.learning import stories_of as read

    story = next(read(shared / "gold" / "storya.story.json"))
    found = stories_of(story.analyses)
    gold = json.loads((shared / "gold" / "storya.story.json").read_text(encoding="utf-8"))
    assert {a.doc: a.reprint_of for s in found for a in s.articles} == {
        a["doc"]: a["reprint_of"] for a in gold["articles"]
    }
    groups = [[(t.doc, t.id) for t in d.told] for s in found for d in s.demands]
    pairs = {frozenset(p) for g in groups for p in combinations(g, 2) if p[0][0] != p[1][0]}
    right = [p for p in pairs if len({story.demands.get(place) for place in p}) == 1]
    assert len(right) > 0.7 * len(pairs)
