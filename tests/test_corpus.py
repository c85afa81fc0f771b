"""Many articles: nothing is lost and nothing comes twice, whatever happens to workers, disk and files."""

from __future__ import annotations

import errno
import faulthandler
import itertools
import json
import os
import re
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import SMALL

pytest.importorskip("pyarrow", reason="the corpus store needs the extra scale")

from corpus_lib import analysis as analysis_module
from corpus_lib import limits
from corpus_lib.analysis import Analysis, analyse
from corpus_lib.cli import main, storing
from corpus_lib.corpus import MEANING, TABLES, Corpus, engines, running, store, type_of, work
from corpus_lib.corpus.ledger import Ledger
from corpus_lib.corpus.schema import Rows
from corpus_lib.corpus.store import Store
from corpus_lib.errors import (
    BadOption,
    ClusterGone,
    DamagedStore,
    InputError,
    MissingExtra,
    NotAnalysed,
    StoreError,
    UnknownTable,
    WorkersCannotStart,
)
from corpus_lib.model import Article, sha256
from corpus_lib.stories import story_file
from corpus_lib.structure import read_text

POSIX = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


def text(name: str) -> str:
    return (
        f"{name} varsler kamp\n\n– Vi gir oss ikke, sier {name} Lie.\n\nHun krever at Nav svarer. Nav avviser kravet."
    )


NAMES = ("Kari", "Eva", "Liv", "Siri", "Anne", "Berit", "Gro", "Ida", "Mari", "Nina")


def corpus(**texts: str) -> Corpus:
    frame = pd.DataFrame({"text": list(texts.values()), "id": list(texts)}, dtype="object")
    return Corpus.from_frame(frame, id="id")


def people(*names: str) -> Corpus:
    return corpus(**{name.lower(): text(name) for name in names})


def held(folder: Path) -> dict[str, str]:
    """Return text by id, after checking that nothing stands twice and every row belongs to an article."""
    opened = Corpus.open(folder)
    articles = opened.frame("articles")
    assert not articles["doc"].duplicated().any()
    originals = set(articles.loc[articles["copy_of"].isna(), "doc"])
    assert set(articles["copy_of"].dropna()) <= originals | set(opened.frame("errors")["doc"])
    for table in TABLES:
        frame = opened.frame(table)
        assert not frame.duplicated().any(), table
        if table not in ("articles", "errors"):
            assert set(frame["doc"]) <= originals, table
        as_it_is = pd.read_parquet(folder / table)
        assert len(as_it_is) == len(frame), f"{table}: other readers see what is not committed"
    assert opened.frame("quotes").groupby("doc").size().to_dict() == dict.fromkeys(originals, 1)
    return dict(zip(articles["doc"], articles["text"], strict=True))


def expected(*names: str) -> dict[str, str]:
    return {name.lower(): text(name) for name in names}


# Tables ---------------------------------------------------------------------------------------------------------


def test_every_column_has_a_meaning_and_no_meaning_lacks_a_column():
    assert {table: tuple(meanings) for table, meanings in MEANING.items()} == TABLES
    assert all(meaning for meanings in MEANING.values() for meaning in meanings.values())


def test_the_tables_of_an_analysis_stand_in_the_store_as_they_are(tmp_path: Path):
    done = corpus(liten=SMALL).analyse(tmp_path / "lager")

    one = analyse(read_text(SMALL, id="liten"))
    for table in analysis_module.TABLES:
        mine = one.frame(table)
        stored = done.frame(table)
        assert list(stored.columns) == list(mine.columns)
        assert stored.to_dict("records") == mine.to_dict("records")


def test_frames_are_the_same_when_empty(tmp_path: Path):
    empty = corpus().analyse(tmp_path / "tomt")
    full = corpus(liten=SMALL, tom=" ").analyse(tmp_path / "fullt")
    for table, columns in TABLES.items():
        assert empty.frame(table, columns).empty
        assert empty.frame(table, columns).dtypes.to_dict() == full.frame(table, columns).dtypes.to_dict()


def test_a_part_says_what_its_columns_mean(tmp_path: Path):
    import pyarrow.parquet as pq

    corpus(liten=SMALL).analyse(tmp_path)
    schema = pq.read_schema(tmp_path / "quotes" / "000001.parquet")
    assert schema.field("speaker").metadata[b"meaning"].decode() == MEANING["quotes"]["speaker"]
    assert str(schema.field("start").type) == type_of("start") == "int64"


def test_an_analysis_comes_back_whole_also_of_a_copy(tmp_path: Path):
    done = corpus(liten=SMALL, lik=SMALL).analyse(tmp_path)

    assert done.analysis("liten") == analyse(read_text(SMALL, id="liten"))
    assert done.analysis("lik") == done.analysis("liten")
    with pytest.raises(InputError, match="no article 'borte'"):
        done.analysis("borte")


def test_frames_come_batch_by_batch(tmp_path: Path):
    done = people(*NAMES[:5]).analyse(tmp_path, batch_size=2)
    assert [len(f) for f in done.frames("articles", ["doc"])] == [2, 2, 1]


@pytest.mark.parametrize(
    ("table", "columns", "message"), [("quote", None, "no table 'quote'"), ("quotes", ["ord"], "no column 'ord'")]
)
def test_an_unknown_table_or_column_is_named(tmp_path: Path, table: str, columns: list[str] | None, message: str):
    done = corpus(liten=SMALL).analyse(tmp_path)
    with pytest.raises(UnknownTable, match=message):
        done.frame(table, columns)


def test_a_corpus_without_results_says_so():
    with pytest.raises(NotAnalysed, match=r"<Corpus of a DataFrame, 1 documents> has no results yet"):
        corpus(liten=SMALL).frame("quotes")


def test_a_folder_of_other_things_is_no_store(tmp_path: Path):
    (tmp_path / "brev.txt").write_text("Hei", encoding="utf-8")
    with pytest.raises(StoreError, match="expected a corpus store or an empty folder"):
        corpus(liten=SMALL).analyse(tmp_path)
    with pytest.raises(StoreError, match="no corpus store"):
        Corpus.open(tmp_path)
    assert [f.name for f in tmp_path.iterdir()] == ["brev.txt"]


@pytest.mark.parametrize(
    ("option", "wrong"),
    [
        *(("language", value) for value in ("no", "")),
        *(("min_confidence", value) for value in (-0.1, 7, float("nan"), "0.5")),
        *(("seconds", value) for value in (0, -1, float("inf"), float("nan"), "10")),
        *((number, value) for number in ("characters", "workers", "batch_size") for value in (0, -5, 1.5, "4")),
        *(("again", value) for value in ("faild", 1, None)),
        *(("client", value) for value in ("tcp://ingen:8786", object())),
    ],
)
def test_an_option_that_is_none_is_named_before_anything_is_touched(tmp_path: Path, option: str, wrong: Any):
    if option == "client":
        pytest.importorskip("distributed")
    with pytest.raises(BadOption, match=f"^{option}: found {re.escape(repr(wrong))}, expected "):
        corpus(liten=SMALL).analyse(tmp_path / "lager", **{option: wrong})
    assert not (tmp_path / "lager").exists()


def test_a_typing_error_in_an_option_costs_no_results(tmp_path: Path):
    people("Kari", "Eva").analyse(tmp_path)
    with pytest.raises(BadOption, match="language"):
        people("Kari", "Eva").analyse(tmp_path, language="no")
    assert held(tmp_path) == expected("Kari", "Eva")


def test_options_at_their_bounds_are_taken(tmp_path: Path):
    corpus(liten=SMALL).analyse(tmp_path / "a", min_confidence=1, seconds=None, characters=None, language="nb")
    corpus(liten=SMALL).analyse(tmp_path / "b", min_confidence=0, seconds=3600, characters=len(SMALL))
    assert Corpus.open(tmp_path / "a").frame("errors").empty
    assert Corpus.open(tmp_path / "b").frame("errors").empty


def test_without_pyarrow_the_error_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in [m for m in sys.modules if m.split(".")[0] == "pyarrow"]:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(MissingExtra, match=r"pip install corpus_lib\[scale\]"):
        corpus(liten=SMALL).analyse(tmp_path / "lager")
    with pytest.raises(MissingExtra, match=r"pip install corpus_lib\[scale\]"):
        Corpus.open(tmp_path)


# Carried on -----------------------------------------------------------------------------------------------------


def test_the_analyses_come_back_one_by_one_without_the_copies(tmp_path: Path):
    done = corpus(liten=SMALL, lik=SMALL, tom=" ", kari=text("Kari")).analyse(tmp_path)
    assert list(done.analyses()) == [done.analysis("liten"), done.analysis("kari")]


def test_demands_are_counted_by_month_and_a_copy_counts_once(tmp_path: Path):
    frame = pd.DataFrame({"text": [text("Kari"), text("Kari"), text("Eva")], "date": ["2021-05-03"] * 2 + ["2021-06"]})
    done = Corpus.from_frame(frame, date="date").analyse(tmp_path)
    table = done.demands_by_month()
    counts = table[["actor", "month", "demands", "reject"]].to_dict("records")
    assert counts == [
        {"actor": "Eva Lie", "month": "2021-06", "demands": 1, "reject": 1},
        {"actor": "Kari Lie", "month": "2021-05", "demands": 1, "reject": 1},
    ]


def test_a_store_is_exported_as_csv_and_parquet_with_every_row(tmp_path: Path):
    sums = "=1+1 er likt\n\nKommunestyret vedtok onsdag at skolen skal bygges i byen.\n\n– Ja, sier Kari Lie."
    sources = corpus(liten=SMALL, tom=" ", kari=text("Kari"), regnet=sums)
    done = sources.analyse(tmp_path / "lager", batch_size=1)
    tables = {f.stem: pd.read_csv(f, keep_default_na=False) for f in done.export(tmp_path / "csv", "csv")}
    assert list(tables) == list(TABLES)
    for file in done.export(tmp_path / "parquet", "parquet"):
        stored = done.frame(file.stem)
        assert list(tables[file.stem].columns) == list(stored.columns)
        assert len(tables[file.stem]) == len(stored)
        assert pd.read_parquet(file).astype(object).where(lambda f: f.notna(), None).to_dict("records") == (
            stored.astype(object).to_dict("records")
        )
    assert tables["articles"]["title"].tolist()[-1] == "'=1+1 er likt"
    assert tables["errors"]["doc"].tolist() == ["tom"]
    for file in done.export(tmp_path / "norsk", excel=True):
        assert file.read_bytes().startswith(b"\xef\xbb\xbfdoc;")
        norwegian = pd.read_csv(file, sep=";", decimal=",", keep_default_na=False)
        assert norwegian.to_dict("records") == tables[file.stem].to_dict("records")


def test_a_store_is_exported_in_the_wire_format(tmp_path: Path):
    done = corpus(liten=SMALL, lik=SMALL).analyse(tmp_path / "lager")
    (file,) = done.export(tmp_path / "ut" / "analyser.jsonl", "jsonl")
    (line,) = file.read_text(encoding="utf-8").splitlines()
    assert json.loads(line) == done.analysis("liten").to_dict()


def test_an_export_that_cannot_be_is_named(tmp_path: Path):
    done = corpus(liten=SMALL).analyse(tmp_path / "lager")
    with pytest.raises(UnknownTable, match="no format 'xlsx'; there are csv, parquet, jsonl"):
        done.export(tmp_path / "ut", "xlsx")  # type: ignore[arg-type]
    with pytest.raises(UnknownTable, match="parquet is not for spreadsheets; csv is"):
        done.export(tmp_path / "ut", "parquet", excel=True)
    (tmp_path / "fil").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="fil: cannot be written"):
        done.export(tmp_path / "fil", "csv")


def test_duckdb_reads_the_store_as_it_is(tmp_path: Path):
    duckdb = pytest.importorskip("duckdb")
    done = people(*NAMES[:3]).analyse(tmp_path, batch_size=2)
    corpus(kari=text("Olga"), tom=" ").analyse(tmp_path)
    said = duckdb.sql(f"select doc, speaker from '{tmp_path}/quotes/*.parquet' order by doc").fetchall()
    assert said == [("eva", "Eva Lie"), ("kari", "Olga Lie"), ("liv", "Liv Lie")]
    counts = f"select sum(n_quotes), count(*) from '{tmp_path}/articles/*.parquet'"
    assert duckdb.sql(counts).fetchall() == [(3, 3)]
    assert duckdb.sql(f"select doc, stage from '{tmp_path}/errors/*.parquet'").fetchall() == [("tom", "reading")]
    for table, columns in TABLES.items():
        found = duckdb.sql(f"select * from '{tmp_path}/{table}/*.parquet'")
        assert tuple(found.columns) == columns
        assert len(found.fetchall()) == len(done.frame(table))


# What is done, and what is left ---------------------------------------------------------------------------------


def test_a_second_run_does_nothing(tmp_path: Path):
    first = people(*NAMES[:3]).analyse(tmp_path, batch_size=2)
    before = sorted(p.name for p in tmp_path.rglob("*"))
    second = people(*NAMES[:3]).analyse(tmp_path, batch_size=2)
    assert (first.run, second.run) == (running.Run(analysed=3), running.Run(skipped=3))
    assert sorted(p.name for p in tmp_path.rglob("*")) == before
    assert held(tmp_path) == expected(*NAMES[:3])


def test_only_what_is_new_or_changed_is_done(tmp_path: Path):
    people(*NAMES[:3]).analyse(tmp_path, batch_size=2)
    changed = corpus(**expected("Kari", "Eva"), liv=text("Olga"), ny=text("Nora")).analyse(tmp_path)
    assert changed.run == running.Run(analysed=2, skipped=2, changed=1)
    assert held(tmp_path) == {**expected("Kari", "Eva"), "liv": text("Olga"), "ny": text("Nora")}
    assert set(changed.frame("quotes")["speaker"]) == {"Kari Lie", "Eva Lie", "Olga Lie", "Nora Lie"}


@pytest.mark.parametrize("batch_size", [1, 2, 10])
def test_exact_copies_are_analysed_once_and_marked(tmp_path: Path, batch_size: int):
    texts = {"a": text("Kari"), "b": text("Eva"), "c": text("Kari"), "d": text("Kari")}
    done = corpus(**texts).analyse(tmp_path, batch_size=batch_size)
    assert done.run == running.Run(analysed=2, copies=2)
    assert done.frame("articles", ["doc", "copy_of"]).to_dict("list") == {
        "doc": ["a", "b", "c", "d"],
        "copy_of": [None, None, "a", "a"],
    }
    assert held(tmp_path) == texts
    later = corpus(e=text("Eva")).analyse(tmp_path)
    assert later.run == running.Run(copies=1)
    assert later.frame("articles", ["copy_of"])["copy_of"].tolist() == [None, None, "a", "a", "b"]


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_a_copy_whose_original_has_changed_is_analysed_itself(tmp_path: Path, order: str):
    corpus(a=text("Kari"), b=text("Kari")).analyse(tmp_path)
    now = {"a": text("Eva"), "b": text("Kari")}
    done = corpus(**{k: now[k] for k in order}).analyse(tmp_path)
    assert done.frame("articles", ["copy_of"])["copy_of"].tolist() == [None, None]
    assert held(tmp_path) == now
    assert corpus(**now).analyse(tmp_path).run == running.Run(skipped=2)


def test_the_same_id_for_another_text_gets_a_number_and_a_warning(tmp_path: Path):
    frame = pd.DataFrame({"text": [text("Kari"), text("Eva"), text("Kari"), text("Liv")], "id": ["sak"] * 4})
    done = Corpus.from_frame(frame, id="id").analyse(tmp_path)
    assert held(tmp_path) == {"sak": text("Kari"), "sak#2": text("Eva"), "sak#3": text("Liv")}
    assert done.frame("articles")["warnings"][1] == "the id 'sak' belongs to another text; this one is 'sak#2'"
    assert Corpus.from_frame(frame, id="id").analyse(tmp_path).run == running.Run(skipped=4)


def test_many_texts_of_one_id_are_told_apart_in_linear_time():
    def tried(number: int) -> int:
        looked = [0]

        class Seen(set[str]):
            def __contains__(self, name: object) -> bool:
                looked[0] += 1
                return super().__contains__(name)

        ledger = Ledger([], "", again=False, first=1)
        ledger._seen = Seen()
        for _ in range(2):
            names = [t.id for i in range(number) if (t := ledger.plan(work.Document("sak", f"Sak {i}"), 1))]
            assert names in (["sak", *(f"sak#{i}" for i in range(2, number + 1))], [])
        return looked[0]

    assert tried(400) < 10 * 400


def test_an_id_that_looks_numbered_is_not_taken_twice(tmp_path: Path):
    frame = pd.DataFrame({"text": [text(n) for n in NAMES[:4]], "id": ["sak", "sak#2", "sak", "sak#2"]})
    for run in (running.Run(analysed=4), running.Run(skipped=4)):
        assert Corpus.from_frame(frame, id="id").analyse(tmp_path, batch_size=2).run == run
    assert list(held(tmp_path)) == ["sak", "sak#2", "sak#3", "sak#2#2"]


def test_a_text_under_the_id_of_what_has_become_unreadable_is_analysed(tmp_path: Path):
    corpus(sak=text("Kari")).analyse(tmp_path)
    frame = pd.DataFrame({"text": [" ", text("Kari")], "id": ["sak", "sak"]})
    for run in (running.Run(copies=1, failed=1), running.Run(skipped=2)):
        assert Corpus.from_frame(frame, id="id").analyse(tmp_path).run == run
    assert held(tmp_path) == {"sak": text("Kari"), "sak#2": text("Kari")}


UNREADABLE = [" ", None, text("Kari")]


@pytest.mark.parametrize("batch_size", [1, 2, 10])
@pytest.mark.parametrize("texts", [UNREADABLE, UNREADABLE[::-1], [" "] * 3, [text("Kari"), " ", text("Kari"), " "]])
def test_every_failure_of_an_id_has_its_row_and_a_second_run_does_nothing(
    tmp_path: Path, texts: list[str | None], batch_size: int
):
    frame = pd.DataFrame({"text": texts, "id": ["sak"] * len(texts)}, dtype="object")
    unreadable = sum(t in (" ", None) for t in texts)
    for again in (False, True, False, "failed", False):
        done = Corpus.from_frame(frame, id="id").analyse(tmp_path, batch_size=batch_size, again=again)  # type: ignore[arg-type]
        assert len(done.frame("errors")) == unreadable
        assert list(held(tmp_path).values()) == [text("Kari")] * (len(set(texts) - {" ", None}))
    assert done.run == running.Run(skipped=len(texts))


@pytest.mark.parametrize("batch_size", [1, 2, 10])
def test_a_copy_of_what_failed_fails_too_until_both_are_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch_size: int
):
    def falls(article: Any, **options: Any) -> Any:
        if article.id == "kari":
            raise ZeroDivisionError
        return analyse(article, **options)

    told: list[int] = []
    texts = {**expected("Kari", "Eva"), "lik": text("Kari"), "maken": text("Kari")}
    with monkeypatch.context() as patch:
        patch.setattr(work, "analyse", falls)
        done = corpus(**texts).analyse(tmp_path, batch_size=batch_size, progress=lambda n, *_: told.append(n))
        assert done.run == running.Run(analysed=1, failed=3)
        assert (max(told), told[-1]) == (4, 4)
        errors = done.frame("errors").set_index("doc")["message"]
        assert sorted(errors.index) == ["kari", "lik", "maken"]
        assert errors["lik"] == "lik: has the same text as 'kari', whose analysis failed"
        assert corpus(**texts).analyse(tmp_path).run == running.Run(skipped=4)
        later = corpus(**texts, ny=text("Kari")).analyse(tmp_path)
        assert later.run == running.Run(failed=1, skipped=4)
        assert held(tmp_path) == expected("Eva")
    again = corpus(**texts, ny=text("Kari")).analyse(tmp_path, again="failed", batch_size=batch_size)
    assert again.run == running.Run(analysed=1, copies=3, skipped=1)
    assert held(tmp_path) == {**texts, "ny": text("Kari")}
    assert again.frame("errors").empty


def test_another_version_does_all_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    people(*NAMES[:3]).analyse(tmp_path)
    monkeypatch.setattr(running, "__version__", "99.0.0")
    assert people(*NAMES[:2]).analyse(tmp_path).run == running.Run(analysed=2)
    assert held(tmp_path) == expected(*NAMES[:3])
    assert [m.made_by["corpus_lib"] == "99.0.0" for m in Store(tmp_path).manifests()] == [False, True]


def test_other_options_do_all_anew(tmp_path: Path):
    people("Kari").analyse(tmp_path)
    strict = people("Kari").analyse(tmp_path, min_confidence=1.0)
    assert strict.run == running.Run(analysed=1)
    assert strict.frame("demands").empty


def test_again_does_all_anew_and_replaces_it(tmp_path: Path):
    texts = expected("Kari", "Eva") | {"lik": text("Kari"), "tom": " "}
    corpus(**texts).analyse(tmp_path, batch_size=2)
    again = corpus(**texts).analyse(tmp_path, again=True, batch_size=2)
    assert again.run == running.Run(analysed=2, copies=1, failed=1)
    assert held(tmp_path) == expected("Kari", "Eva") | {"lik": text("Kari")}
    assert again.frame("errors")["doc"].tolist() == ["tom"]


def test_again_can_be_for_what_failed(tmp_path: Path):
    first = people("Kari", "Eva").analyse(tmp_path, characters=len(text("Eva")))
    assert first.frame("errors")[["doc", "stage"]].to_dict("list") == {"doc": ["kari"], "stage": ["size"]}
    assert people("Kari", "Eva").analyse(tmp_path).run == running.Run(skipped=2)
    assert people("Kari", "Eva").analyse(tmp_path, again="failed").run == running.Run(analysed=1, skipped=1)
    assert held(tmp_path) == expected("Kari", "Eva")
    assert Corpus.open(tmp_path).frame("errors").empty


def test_an_unreadable_input_stands_once_until_it_can_be_read(tmp_path: Path):
    file = tmp_path / "inn" / "sak.txt"
    file.parent.mkdir()
    file.write_bytes(b"\x00\x01")
    read = Corpus.read(tmp_path / "inn")
    for failed, skipped in ((1, 0), (0, 1)):
        done = read.analyse(tmp_path / "lager")
        assert done.run == running.Run(failed=failed, skipped=skipped)
        assert done.frame("errors")[["doc", "stage"]].to_dict("list") == {"doc": ["sak"], "stage": ["reading"]}
    file.write_text(text("Kari"), encoding="utf-8")
    assert read.analyse(tmp_path / "lager").run == running.Run(analysed=1)
    assert Corpus.open(tmp_path / "lager").frame("errors").empty


def test_the_store_may_stand_in_the_folder_that_is_read(tmp_path: Path):
    (tmp_path / "sak.txt").write_text(text("Kari"), encoding="utf-8")
    for done in (1, 0):
        run = Corpus.read(tmp_path).analyse(tmp_path / "lager").run
        assert run == running.Run(analysed=done, skipped=1 - done)


_runs = st.lists(
    st.dictionaries(st.sampled_from("abcd"), st.sampled_from(NAMES[:3]), max_size=4), min_size=1, max_size=4
)


@settings(max_examples=15)
@given(_runs, st.integers(1, 3))
def test_after_any_runs_the_store_holds_the_last_text_of_every_id(
    tmp_path_factory: pytest.TempPathFactory, runs: list[dict[str, str]], batch_size: int
):
    folder = tmp_path_factory.mktemp("lager")
    last: dict[str, str] = {}
    for run in runs:
        texts = {i: text(name) for i, name in run.items()}
        before = dict(last)
        last |= texts
        corpus(**texts).analyse(folder, batch_size=batch_size)
        kept = Corpus.open(folder).frame("articles")
        stored = dict(zip(kept["doc"], kept["text"], strict=True))
        assert stored == last, before


# Faults ---------------------------------------------------------------------------------------------------------


def test_what_fails_becomes_an_error_row_and_the_rest_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def falls(article: Any, **options: Any) -> Any:
        if article.id == "eva":
            raise ZeroDivisionError("division by zero")
        return analyse(article, **options)

    monkeypatch.setattr(work, "analyse", falls)
    english = "The minister said that the government would not give in to the demands of the union. " * 3
    texts = expected("Kari", "Eva", "Liv") | {"tom": "", "engelsk": english}
    done = corpus(**texts).analyse(tmp_path, batch_size=2)
    assert done.run == running.Run(analysed=2, failed=3)
    errors = done.frame("errors").set_index("doc")
    assert errors["stage"].to_dict() == {"eva": "analysis", "tom": "reading", "engelsk": "structure"}
    assert errors["message"]["eva"] == "eva: ZeroDivisionError: division by zero"
    assert "expected Norwegian" in errors["message"]["engelsk"]
    assert held(tmp_path) == expected("Kari", "Liv")


def test_a_broken_installation_stops_the_run_instead_of_filling_the_errors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def broken(*_: object) -> None:
        raise ImportError("no module named spacy")

    work.ready.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(analysis_module, "analyse", broken)
        with pytest.raises(ImportError, match="no module named spacy"):
            people("Kari", "Eva").analyse(tmp_path)
    assert Corpus.open(tmp_path).frame("errors").empty
    assert people("Kari", "Eva").analyse(tmp_path).run == running.Run(analysed=2)


def spins() -> None:
    while True:
        with suppress(Exception):  # code that swallows errors may not swallow the limit
            sum(range(1000))


def sleeps() -> None:
    time.sleep(600)


def searches() -> None:
    re.match(r"(a+)+$", "a" * 60 + "b")


HANG = {"spins": spins, "sleeps": sleeps, "searches": searches}

LIMIT = 600
"""Seconds an article may take in these tests: no other one does, however busy the machine, and the clock of one that
hangs is turned on."""


def hanging(article: Any, **options: Any) -> Any:
    """Analyse an article; «eva» hangs, in the way that her text names, and her time is soon up."""
    if article.id == "eva":
        how = article.text.split()[-1]
        turn_the_clock_on(how)
        HANG[how]()
    return analyse(article, **options)


def turn_the_clock_on(how: str) -> None:
    """Let the time limit that is running strike at once, by the first means that reaches."""
    on_main = threading.current_thread() is threading.main_thread()
    if on_main and signal.SIGALRM not in signal.pthread_sigmask(signal.SIG_BLOCK, ()):
        assert signal.getitimer(signal.ITIMER_REAL)[0] > LIMIT / 2
        signal.setitimer(signal.ITIMER_REAL, 0.05, 1)
    elif how == "spins":
        Hurried.now.set()
    else:
        faulthandler.dump_traceback_later(0.05, exit=True)


class Hurried(threading.Event):
    """What the watcher of a thread waits with: until the clock is turned on."""

    now = threading.Event()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for the end of the work, or for the clock."""
        assert timeout is not None
        while not self.is_set() and not self.now.wait(0.02):
            pass
        self.now.clear()  # for the next article
        return super().wait(0.05)


@contextmanager
def hurried() -> Iterator[None]:
    """Let threads be watched by a clock that can be turned on."""
    real = limits.threading
    Hurried.now.clear()
    limits.threading = SimpleNamespace(**vars(threading) | {"Event": Hurried})  # type: ignore[assignment]
    try:
        yield
    finally:
        limits.threading = real


@pytest.fixture
def long_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what was begun have been begun long ago, as if the limit had passed."""
    hours = itertools.count(0, 3600)
    monkeypatch.setattr(engines, "time", SimpleNamespace(monotonic=lambda: float(next(hours))))


def with_a_hanging_one(how: str) -> Corpus:
    return corpus(**expected("Kari"), eva=f"{text('Eva')} {how}", **expected("Liv"))


def in_a_thread(do: Callable[[], object]) -> None:
    """Run something on another thread than the main one, as Dask does, and raise what it raises."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(do).result()


def cut_off(folder: Path) -> str:
    """Return the message of the article that hung, after checking that all others are there."""
    (error,) = Corpus.open(folder).frame("errors").to_dict("records")
    assert (error["doc"], error["stage"]) == ("eva", "time")
    assert held(folder) == expected("Kari", "Liv")
    return str(error["message"])


@POSIX
@pytest.mark.parametrize("how", HANG)
def test_an_article_that_hangs_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str):
    monkeypatch.setattr(work, "analyse", hanging)
    before = signal.getsignal(signal.SIGALRM)
    with_a_hanging_one(how).analyse(tmp_path, seconds=LIMIT)
    assert cut_off(tmp_path) == "eva: not done after 600 seconds (analysis); the limit is seconds="
    assert signal.getsignal(signal.SIGALRM) == before
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_an_article_that_hangs_is_cut_off_on_any_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(work, "analyse", hanging)
    with hurried():
        in_a_thread(lambda: with_a_hanging_one("spins").analyse(tmp_path, seconds=LIMIT))
    assert cut_off(tmp_path) == "eva: not done after 600 seconds (analysis); the limit is seconds="


def test_no_interruption_comes_late_on_a_thread():
    def many() -> None:
        for number in range(400):
            with suppress(limits.TimeUp), limits.time_limit(0.002):
                for _ in range(number):
                    sum(range(100))
        for _ in range(5000):
            sum(range(100))

    in_a_thread(many)


INTERRUPTED_THEN_TRACED = """
import sys, threading, time
from corpus_lib.limits import TimeUp, time_limit

def interrupted():
    try:
        with time_limit(0.01):
            while True:
                time.sleep(0)
    except TimeUp:
        print("interrupted")

for number in range(3):
    thread = threading.Thread(target=interrupted)
    thread.start()
    thread.join()
sys.settrace(lambda *_: None)
(lambda: None)()
print("traced")
"""


def test_after_an_interruption_a_debugger_still_works():
    ended = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_THEN_TRACED], capture_output=True, text=True, timeout=300, check=True
    )
    assert ended.stdout.split() == ["interrupted"] * 3 + ["traced"]


@POSIX
def test_an_alarm_of_the_caller_still_goes_off():
    rung: list[int] = []
    before = signal.signal(signal.SIGALRM, lambda *_: rung.append(1))
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        with limits.time_limit(60):
            assert signal.getitimer(signal.ITIMER_REAL)[0] > 50
        time.sleep(0.5)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert rung == [1]


@contextmanager
def analysing_hangs() -> Iterator[None]:
    """Let «eva» hang in this process, a worker that is needed again."""
    real = work.analyse
    work.analyse = hanging  # type: ignore[assignment]
    try:
        with hurried():
            yield
    finally:
        work.analyse = real


def stuck(tasks: Sequence[work.Task], options: work.Options) -> work.Result:
    with analysing_hangs():
        return work.work(tasks, options)


def stuck_rows(tasks: Sequence[work.Task], options: work.Options) -> Rows:
    with analysing_hangs():
        return work.rows_of(tasks, options)


def uninterrupted(tasks: Sequence[work.Task], options: work.Options) -> work.Result:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})  # what no signal reaches
    return stuck(tasks, options)


def uninterrupted_rows(tasks: Sequence[work.Task], options: work.Options) -> Rows:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    return stuck_rows(tasks, options)


@POSIX
@pytest.mark.usefixtures("long_ago")
def test_a_worker_that_cannot_be_interrupted_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(engines, "work", uninterrupted)
    monkeypatch.setattr(engines, "rows_of", uninterrupted_rows)
    with_a_hanging_one("sleeps").analyse(tmp_path, seconds=LIMIT, workers=2, batch_size=3)
    assert cut_off(tmp_path) == (
        "eva: not done after 1200 seconds, and its process had to be ended; the limit is seconds="
    )


@POSIX
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the limit may strike in a gc hook
def test_a_time_limit_reaches_into_a_hostile_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def soon_over(article: Article, **options: Any) -> Analysis:
        if article.id == "lang":
            signal.setitimer(signal.ITIMER_REAL, 0.5, 1)
        return analyse(article, **options)

    monkeypatch.setattr(work, "analyse", soon_over)
    long = " ".join([text("Kari")] * (900_000 // len(text("Kari"))))
    done = corpus(lang=long, eva=text("Eva")).analyse(tmp_path, seconds=LIMIT)
    assert done.frame("errors")[["doc", "stage"]].to_dict("list") == {"doc": ["lang"], "stage": ["time"]}
    assert held(tmp_path) == expected("Eva")


def test_a_text_beyond_the_limit_is_not_begun(tmp_path: Path):
    done = corpus(lang="Ferja kommer. " * 100_000, eva=text("Eva")).analyse(tmp_path)
    (error,) = done.frame("errors").to_dict("records")
    assert error["message"] == "lang: found 1400000 characters, expected at most 1000000"
    assert held(tmp_path) == expected("Eva")


def deadly(tasks: Sequence[work.Task], options: work.Options) -> work.Result:
    _die_of(tasks)
    return work.work(tasks, options)


def deadly_rows(tasks: Sequence[work.Task], options: work.Options) -> Rows:
    _die_of(tasks)
    return work.rows_of(tasks, options)


def _die_of(tasks: Sequence[work.Task]) -> None:
    if any(isinstance(t, work.Document) and t.id == "eva" for t in tasks):
        os.kill(os.getpid(), signal.SIGKILL)


@POSIX
def test_an_article_that_kills_its_worker_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(engines, "work", deadly)
    monkeypatch.setattr(engines, "rows_of", deadly_rows)
    done = people(*NAMES[:6]).analyse(tmp_path, workers=2, batch_size=2)
    assert done.run == running.Run(analysed=5, failed=1)
    (error,) = done.frame("errors").to_dict("records")
    assert (error["doc"], error["stage"]) == ("eva", "worker")
    assert held(tmp_path) == expected(*(n for n in NAMES[:6] if n != "Eva"))


@POSIX
def test_a_worker_killed_from_outside_costs_nothing(tmp_path: Path):
    import multiprocessing

    killed: list[int] = []

    def kill_one(done: int, total: int | None, errors: int) -> None:
        if not killed:
            killed.append(multiprocessing.active_children()[0].pid or 0)
            os.kill(killed[0], signal.SIGKILL)

    done = people(*NAMES).analyse(tmp_path, workers=2, batch_size=1, progress=kill_one)
    assert killed
    assert done.run == running.Run(analysed=10)
    assert held(tmp_path) == expected(*NAMES)


def test_workers_give_what_one_process_gives(tmp_path: Path):
    one = people(*NAMES[:5]).analyse(tmp_path / "en", batch_size=2)
    two = people(*NAMES[:5]).analyse(tmp_path / "to", batch_size=2, workers=2)
    for table, columns in TABLES.items():
        pd.testing.assert_frame_equal(one.frame(table, columns), two.frame(table, columns))


def test_a_script_without_its_guard_is_told_so(tmp_path: Path, project: Path):
    script = tmp_path / "skript.py"
    script.write_text(
        "import sys, corpus_lib.corpus as c\nc.Corpus.read(sys.argv[1]).analyse(sys.argv[2], workers=2)\n",
        encoding="utf-8",
    )
    env = os.environ | {"PYTHONPATH": str(project)}
    command = [sys.executable, str(script), str(script), str(tmp_path / "lager")]
    run = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    assert run.returncode == 1
    assert f"{WorkersCannotStart.__name__}: the worker processes ended before they began" in run.stderr
    assert 'if __name__ == "__main__":' in run.stderr


def test_a_full_disk_stops_cleanly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    people(*NAMES[:2]).analyse(tmp_path, batch_size=1)
    real, left = os.fsync, [12]

    def full(descriptor: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(store.os, "fsync", full)
        with pytest.raises(StoreError, match=r"cannot be written \(No space left on device\).*run the same again"):
            people(*NAMES[:6]).analyse(tmp_path, batch_size=1)
    assert held(tmp_path) == expected(*NAMES[:3])
    assert not list(tmp_path.rglob("*.part"))
    assert people(*NAMES[:6]).analyse(tmp_path).run == running.Run(analysed=3, skipped=3)
    assert held(tmp_path) == expected(*NAMES[:6])


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("spoil", "seen"),
    [
        (flipped, False),
        (lambda p: p.write_bytes(p.read_bytes()[:-9]), True),
        (lambda p: p.unlink(), True),
        (lambda p: p.write_bytes(b""), True),
    ],
    ids=["a byte flipped", "cut off", "deleted", "emptied"],
)
@pytest.mark.parametrize("table", ["articles", "quotes"])
def test_a_damaged_part_is_named_and_its_batch_done_again(
    tmp_path: Path, table: str, spoil: Callable[[Path], object], seen: bool
):
    people(*NAMES[:5]).analyse(tmp_path, batch_size=2)
    part = tmp_path / table / "000002.parquet"
    spoil(part)
    if seen:
        with pytest.raises(DamagedStore, match=rf"{table}/000002\.parquet: damaged"):
            Corpus.open(tmp_path).frame(table)
    done = people(*NAMES[:5]).analyse(tmp_path, batch_size=2)
    assert done.run == running.Run(analysed=2, failed=1, skipped=3)
    (error,) = done.frame("errors").to_dict("records")
    assert (error["doc"], error["stage"]) == (f"{table}/000002.parquet", "store")
    assert held(tmp_path) == expected(*NAMES[:5])
    assert (tmp_path / "damaged" / "batches" / "000002.json").exists()


def test_what_is_set_aside_is_not_overwritten_by_what_is_damaged_later(tmp_path: Path):
    people("Kari").analyse(tmp_path)
    for number in ("000001", "000002"):
        flipped(tmp_path / "quotes" / f"{number}.parquet")
        assert people("Kari").analyse(tmp_path).run == running.Run(analysed=1, failed=1)
    assert sorted(p.stem for p in (tmp_path / "damaged" / "quotes").iterdir()) == ["000001", "000002"]
    assert held(tmp_path) == expected("Kari")


@pytest.mark.parametrize("spoilt", ["{", "[]", "", '{"batch": 2}'])
def test_a_damaged_manifest_is_named_and_its_batch_done_again(tmp_path: Path, spoilt: str):
    people(*NAMES[:5]).analyse(tmp_path, batch_size=2)
    (tmp_path / "batches" / "000002.json").write_text(spoilt, encoding="utf-8")
    with pytest.raises(DamagedStore, match=r"000002\.json: a damaged manifest .*analyse the same inputs .* again"):
        Corpus.open(tmp_path).frame("quotes")
    told: list[tuple[int, int | None, int]] = []
    done = people(*NAMES[:5]).analyse(tmp_path, batch_size=2, progress=lambda *now: told.append(now))
    assert done.run == running.Run(analysed=2, failed=1, skipped=3)
    assert told[-1] == (6, 6, 1)  # the damage counts as one
    assert done.frame("errors")[["doc", "stage"]].to_dict("list") == {
        "doc": ["batches/000002.json"],
        "stage": ["store"],
    }
    assert held(tmp_path) == expected(*NAMES[:5])
    assert (tmp_path / "damaged" / "quotes" / "000002.parquet").exists()
    assert people(*NAMES[:5]).analyse(tmp_path).run == running.Run(skipped=5)


@pytest.mark.parametrize("files", range(len(TABLES) + 1))
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_the_creation_of_a_store_that_was_interrupted_is_completed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: int, error: BaseException
):
    real, left = os.replace, [files]

    def stops(source: Path, target: Path) -> None:
        left[0] -= 1
        if left[0] < 0:
            (target.parent / f".{target.name}.part").write_bytes(b"PAR")
            raise error
        real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(store.os, "replace", stops)
        patch.setattr(Path, "unlink", lambda *_, **__: None)  # killed, it leaves the half-written file too
        with pytest.raises((StoreError, KeyboardInterrupt)):
            Store.create(tmp_path)
    assert any(tmp_path.iterdir())
    Store.create(tmp_path).sweep()
    assert Corpus.open(tmp_path).frame("quotes").empty
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize(
    "other", ["quotes/brev.txt", "quotes/000001.parquet", "batches/000001.json", "mappe/000000.parquet"]
)
def test_a_folder_that_only_resembles_the_beginning_of_a_store_is_left_alone(tmp_path: Path, other: str):
    (tmp_path / other).parent.mkdir()
    (tmp_path / other).write_text("Hei", encoding="utf-8")
    with pytest.raises(StoreError, match="expected a corpus store or an empty folder"):
        Store.create(tmp_path)
    assert [str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*.*")] == [other]


def test_a_file_that_cannot_be_written_is_named_with_the_cause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    pytest.importorskip("fcntl")
    people("Kari").analyse(tmp_path / "lager")
    (tmp_path / "lager" / "lock").unlink()
    (tmp_path / "lager" / "lock").mkdir()
    with pytest.raises(StoreError, match=r"lager/lock: cannot be written \(Is a directory\)"):
        people("Kari").analyse(tmp_path / "lager")
    (tmp_path / "fil").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match=r"fil/lager.*: cannot be written \(Not a directory\)"):
        people("Kari").analyse(tmp_path / "fil" / "lager")
    (tmp_path / "lager" / "lock").rmdir()
    (tmp_path / "lager" / "quotes" / ".000001.parquet.part").mkdir()
    with pytest.raises(StoreError, match=r"000001\.parquet\.part: cannot be written"):
        people("Kari").analyse(tmp_path / "lager")


def test_an_interruption_while_old_rows_are_taken_out_is_mended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    people(*NAMES[:4]).analyse(tmp_path, batch_size=4)
    changed = corpus(**expected("Eva", "Liv", "Siri"), kari=text("Olga"))
    real = store.write_file

    def stops(path: Path, data: bytes) -> None:
        if path.name == "000001.json":
            raise KeyboardInterrupt
        real(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(store, "write_file", stops)
        with pytest.raises(KeyboardInterrupt):
            changed.analyse(tmp_path)
    articles = Corpus.open(tmp_path).frame("articles")
    assert sorted(articles["doc"]) == ["eva", "kari", "liv", "siri"]
    assert changed.analyse(tmp_path).run == running.Run(skipped=4)
    assert held(tmp_path) == expected("Eva", "Liv", "Siri") | {"kari": text("Olga")}


def test_ctrl_c_leaves_what_is_committed_and_says_how_to_go_on(tmp_path: Path):
    def stop(done: int, total: int | None, errors: int) -> None:
        if done >= 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as stopped:
        people(*NAMES).analyse(tmp_path, batch_size=2, progress=stop)
    assert "run the same again to go on from there" in stopped.value.__notes__[0]
    assert held(tmp_path) == expected(*NAMES[:4])
    assert people(*NAMES).analyse(tmp_path, batch_size=2).run == running.Run(analysed=6, skipped=4)
    assert held(tmp_path) == expected(*NAMES)


SCRIPT = """
    import signal
    import sys
    import time
    from corpus_lib.corpus import Corpus

    if __name__ == "__main__":
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
        slower = lambda done, total, errors: time.sleep(1 if done >= 12 else 0)  # there is time to kill it
        Corpus.read(sys.argv[1]).analyse(sys.argv[2], workers=int(sys.argv[3]), batch_size=4, progress=slower)
"""


@POSIX
@pytest.mark.parametrize(("how", "workers"), [(signal.SIGKILL, 1), (signal.SIGINT, 2)], ids=["kill -9", "Ctrl-C"])
def test_a_run_that_is_killed_goes_on_where_it_stopped(
    tmp_path: Path, project: Path, how: signal.Signals, workers: int
):
    inputs, folder, script = tmp_path / "inn.jsonl", tmp_path / "lager", tmp_path / "skript.py"
    texts = {f"sak{i}": text(NAMES[i % 10]) + f" Det var sak nummer {i}." for i in range(300)}
    inputs.write_text("\n".join(json.dumps({"id": i, "text": t}) for i, t in texts.items()), encoding="utf-8")
    script.write_text(textwrap.dedent(SCRIPT), encoding="utf-8")
    command = [sys.executable, str(script), str(inputs), str(folder), str(workers)]
    env = os.environ | {"PYTHONPATH": str(project)}
    process = subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True)
    while len(list((folder / "batches").glob("*.json"))) < 3 and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(how)
    _, error = process.communicate(timeout=300)
    assert process.returncode != 0
    assert how == signal.SIGKILL or "run the same again to go on" in error
    kept = {k.id for m in Store(folder).manifests() for k in m.articles}
    assert 12 <= len(kept) < 300
    done = Corpus.read(inputs).analyse(folder)
    assert done.run == running.Run(analysed=300 - len(kept), skipped=len(kept))
    assert held(folder) == texts


ENDLESS = """
    import signal
    import sys
    import time
    from corpus_lib.corpus.engines import Processes

    if __name__ == "__main__":
        engine = Processes(2)
        print(*engine._pool._processes, *(engine._pool.submit(time.sleep, 300) and ()), flush=True)
        time.sleep(300)
"""


HANDING_IN = """
    import sys
    import time
    from corpus_lib.corpus.engines import Processes

    if __name__ == "__main__":
        engine = Processes(1)
        engine._pool.submit(bytes, 200_000_000)
        time.sleep(float(sys.argv[1]))
        engine.close(now=True)
"""


@POSIX
@pytest.mark.parametrize("seconds", [0.1, 0.2, 0.3, 0.5])
def test_a_worker_may_be_ended_while_it_hands_in_a_result(tmp_path: Path, project: Path, seconds: float):
    script = tmp_path / "skript.py"
    script.write_text(textwrap.dedent(HANDING_IN), encoding="utf-8")
    command = [sys.executable, str(script), str(seconds)]
    subprocess.run(command, env=os.environ | {"PYTHONPATH": str(project)}, check=True, timeout=120)


def is_running(pid: int) -> bool:
    psutil = pytest.importorskip("psutil")
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


@POSIX
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_no_worker_outlives_the_process_that_began_it(tmp_path: Path, project: Path, how: signal.Signals):
    script = tmp_path / "skript.py"
    script.write_text(textwrap.dedent(ENDLESS), encoding="utf-8")
    env = os.environ | {"PYTHONPATH": str(project)}
    with subprocess.Popen([sys.executable, str(script)], env=env, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        workers = [int(pid) for pid in process.stdout.readline().split()]
        assert workers
        assert all(map(is_running, workers))
        process.send_signal(how)
        process.wait(timeout=300)
        for _ in range(3000):
            if not any(map(is_running, workers)):
                break
            time.sleep(0.1)
        left = [pid for pid in workers if is_running(pid)]
        for pid in left:
            os.kill(pid, signal.SIGKILL)
        assert not left


def test_two_runs_do_not_share_a_store(tmp_path: Path):
    pytest.importorskip("fcntl")

    def second(done: int, total: int | None, errors: int) -> None:
        people("Eva").analyse(tmp_path)

    with pytest.raises(StoreError, match="another run is at work in this store"):
        people("Kari").analyse(tmp_path, progress=second)


# Reading lazily -------------------------------------------------------------------------------------------------


def test_no_more_is_read_than_is_under_way(tmp_path: Path):
    taken = [0]
    ahead: list[int] = []

    def documents() -> Iterator[work.Document]:
        for i in range(20):
            taken[0] += 1
            yield work.Document(f"sak{i}", text(f"Kari{i}"))

    Corpus(documents, "prøve").analyse(
        tmp_path, batch_size=2, progress=lambda done, total, errors: ahead.append(taken[0] - done)
    )
    assert len(ahead) == 10
    assert max(ahead) == 0


def test_progress_counts_to_the_total(tmp_path: Path):
    told: list[tuple[int, int | None, int]] = []
    texts = expected(*NAMES[:4]) | {"tom": " "}
    corpus(**texts).analyse(tmp_path, batch_size=2, progress=lambda *now: told.append(now))
    assert told == [(2, 5, 0), (4, 5, 0), (5, 5, 1)]
    told.clear()
    corpus(**texts).analyse(tmp_path, batch_size=2, progress=lambda *now: told.append(now))
    assert told == [(5, 5, 0)]


def test_totals_are_known_where_files_are_articles(tmp_path: Path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(text("Kari"), encoding="utf-8")
    assert Corpus.read(tmp_path).total == 2
    (tmp_path / "c.jsonl").write_text("{}", encoding="utf-8")
    assert Corpus.read(tmp_path).total is None


def test_columns_of_a_frame_are_mapped_and_the_frame_left_alone(tmp_path: Path):
    frame = pd.DataFrame(
        {
            "body": [text("Kari"), None, text("Eva")],
            "url": ["no/1", "no/2", None],
            "when": pd.to_datetime(["2021-05-03 00:00", None, "2021-05-04 08:15"]),
            "paper": ["Bodø Tidende", "", float("nan")],
            "head": ["Kamp", "x", "Strid"],
        }
    )
    before = frame.copy(deep=True)
    read = Corpus.from_frame(frame, text="body", id="url", date="when", source="paper", title="head")
    done = read.analyse(tmp_path)
    pd.testing.assert_frame_equal(frame, before)
    rows = done.frame("articles", ["doc", "sha256", "date", "source", "title"]).to_dict("records")
    assert rows == [
        {
            "doc": "no/1",
            "sha256": sha256(text("Kari")),
            "date": "2021-05-03",
            "source": "Bodø Tidende",
            "title": "Kamp",
        },
        {
            "doc": "row 2",
            "sha256": sha256(text("Eva")),
            "date": "2021-05-04T08:15:00",
            "source": None,
            "title": "Strid",
        },
    ]
    assert done.frame("errors")["doc"].tolist() == ["no/2"]
    with pytest.raises(InputError, match=r"lacks the column 'tekst'; it has body"):
        Corpus.from_frame(frame, text="tekst")


def test_pasted_texts_are_a_corpus(tmp_path: Path):
    done = Corpus.from_texts(text("Kari"), {"eva": text("Eva"), "tom": ""}).analyse(tmp_path)
    assert held(tmp_path) == {"text1": text("Kari"), "eva": text("Eva")}
    assert done.frame("errors")[["doc", "stage"]].to_dict("list") == {"doc": ["tom"], "stage": ["reading"]}
    assert repr(Corpus.from_texts("a", "b")) == "<Corpus of 2 texts, 2 documents>"


# The command ----------------------------------------------------------------------------------------------------


def test_the_command_reads_named_columns_into_a_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    pd.DataFrame({"body": [text("Kari"), " "], "url": ["no/1", "no/2"]}).to_csv(tmp_path / "arkiv.csv", index=False)
    lager = str(tmp_path / "lager")
    command = ["analyse", str(tmp_path / "arkiv.csv"), "--columns", "text=body,id=url", "-o", lager]
    assert main(command) == 1
    out, err = capsys.readouterr()
    assert out == "1 analysed, 0 copies, 0 done before, 1 failed\n"
    told, last = err.splitlines()  # no bar where there is no terminal
    assert json.loads(told)["doc"] == "no/2"
    assert last == f"corpus-lib: {lager}/errors says what failed and why"
    assert main(["show", lager, "no/1"]) == 0
    assert capsys.readouterr().out.startswith("Kari varsler kamp\nno/1 · nb")
    assert main(["show", lager, "no/3"]) == 2
    assert "no article 'no/3'" in capsys.readouterr().err
    assert main([*command, "--again"]) == 1
    assert capsys.readouterr().out == "1 analysed, 0 copies, 0 done before, 1 failed\n"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ([1, 2], "expected a DataFrame, found list"),
        (pd.DataFrame([["a", "b"]], columns=["text", "text"]), "several columns called 'text'"),
    ],
)
def test_what_is_no_frame_of_texts_is_refused(wrong: object, told: str):
    with pytest.raises(InputError, match=told):
        Corpus.from_frame(wrong)  # type: ignore[arg-type]


def test_a_text_that_takes_the_place_of_another_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    for paper, name in (("nrk", "Kari"), ("vg", "Per")):
        (tmp_path / paper).mkdir()
        (tmp_path / paper / "001.txt").write_text(text(name), encoding="utf-8")
    lager = str(tmp_path / "lager")
    assert main(["analyse", str(tmp_path / "nrk"), "-o", lager]) == 0
    assert "took the place" not in capsys.readouterr().err
    assert main(["analyse", str(tmp_path / "vg"), "-o", lager]) == 0
    assert "1 article took the place of an earlier text of the same id" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", ["body", "text=", "tekst=body"])
def test_columns_that_are_none_are_named(tmp_path: Path, wrong: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        main(["analyse", str(tmp_path), "--columns", wrong])
    assert "expected such as text=body,id=url of text, id, date, title, source" in capsys.readouterr().err


def test_progress_is_a_bar_on_a_terminal_and_a_line_now_and_then_elsewhere(capsys: pytest.CaptureFixture[str]):
    storing._bar(5, 10, 0)
    storing._bar(64, None, 2)
    assert capsys.readouterr().err == f"\r[{'█' * 20}{' ' * 20}] 5 of 10\r64 articles, 2 failed"
    clock = iter([0.0, 1.0, 31.0, 31.0, 60.0])
    tell = storing._lines(lambda: next(clock))
    for done in (1, 2, 3):
        tell(done, 10, 1)
    assert capsys.readouterr().err == "2 of 10, 1 failed\n"


# Dask -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    distributed = pytest.importorskip("distributed")
    import dask

    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


def test_a_dask_cluster_gives_what_one_process_gives(tmp_path: Path, client: Any):
    one = people(*NAMES[:5]).analyse(tmp_path / "en", batch_size=2)
    dask = people(*NAMES[:5]).analyse(tmp_path / "dask", batch_size=2, client=client)
    for table, columns in TABLES.items():
        pd.testing.assert_frame_equal(one.frame(table, columns), dask.frame(table, columns))
    assert people(*NAMES[:6]).analyse(tmp_path / "dask", client=client).run == running.Run(analysed=1, skipped=5)


def test_the_workers_of_a_dask_cluster_sketch_a_store_for_its_stories(
    tmp_path: Path, client: Any, monkeypatch: pytest.MonkeyPatch
):
    for name in ("here", "dask"):
        people(*NAMES[:5]).analyse(tmp_path / name, batch_size=2)
    here = Corpus.open(tmp_path / "here").stories()
    monkeypatch.setattr("corpus_lib.corpus.stories._sketched", None)  # so that this process can sketch nothing
    dask = Corpus.open(tmp_path / "dask")
    assert story_file(dask.stories(client=client)) == story_file(here)
    assert story_file(dask.stories()) == story_file(here)


@POSIX
def test_an_article_that_kills_a_dask_worker_is_found_out(tmp_path: Path, client: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(engines, "work", deadly)
    monkeypatch.setattr(engines, "rows_of", deadly_rows)
    done = people(*NAMES[:4]).analyse(tmp_path, client=client, batch_size=2)
    assert done.frame("errors")[["doc", "stage"]].to_dict("list") == {"doc": ["eva"], "stage": ["worker"]}
    assert held(tmp_path) == expected("Kari", "Liv", "Siri")


@POSIX
@pytest.mark.usefixtures("long_ago")
@pytest.mark.parametrize(("how", "seconds"), [("spins", LIMIT), ("sleeps", 2 * LIMIT), ("searches", 2 * LIMIT)])
def test_an_article_that_hangs_on_a_dask_worker_is_cut_off(
    tmp_path: Path, client: Any, monkeypatch: pytest.MonkeyPatch, how: str, seconds: int
):
    monkeypatch.setattr(engines, "work", stuck)
    monkeypatch.setattr(engines, "rows_of", stuck_rows)
    with_a_hanging_one(how).analyse(tmp_path, seconds=LIMIT, client=client, batch_size=2)
    assert f"not done after {seconds} seconds" in cut_off(tmp_path)


@POSIX
def test_a_dask_worker_killed_from_outside_costs_nothing(tmp_path: Path, client: Any):
    pids: list[int] = []

    def kill_one(done: int, total: int | None, errors: int) -> None:
        if not pids:
            pids.extend(client.run(os.getpid).values())
            os.kill(pids[0], signal.SIGKILL)

    done = people(*NAMES).analyse(tmp_path, client=client, batch_size=1, progress=kill_one)
    assert pids
    assert done.run == running.Run(analysed=10)
    assert held(tmp_path) == expected(*NAMES)


def test_ctrl_c_with_a_dask_client_leaves_what_is_committed(tmp_path: Path, client: Any):
    def stop(done: int, total: int | None, errors: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        people(*NAMES).analyse(tmp_path, client=client, batch_size=2, progress=stop)
    kept = held(tmp_path)
    assert 2 <= len(kept) < 10
    again = people(*NAMES).analyse(tmp_path, client=client, batch_size=2)
    assert again.run == running.Run(analysed=10 - len(kept), skipped=len(kept))
    assert held(tmp_path) == expected(*NAMES)


def test_the_command_asks_a_scheduler_and_names_one_that_is_not_there(
    tmp_path: Path, client: Any, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "sak.txt").write_text(text("Kari"), encoding="utf-8")
    arguments = ["analyse", str(tmp_path / "sak.txt"), "-o", str(tmp_path / "lager"), "--scheduler"]
    assert main([*arguments, client.scheduler.address]) == 0
    assert held(tmp_path / "lager") == {"sak": text("Kari")}
    assert main([*arguments, "ftp://ingen"]) == 2
    assert "--scheduler ftp://ingen: no Dask scheduler answers" in capsys.readouterr().err


def test_a_closed_client_is_told_from_one_at_work(tmp_path: Path, client: Any):
    import distributed

    other = distributed.Client(client.scheduler.address, set_as_default=False)
    other.close()
    with pytest.raises(BadOption, match="client: found one that is closed, expected one that is running"):
        people("Kari").analyse(tmp_path / "lager", client=other)
    assert not (tmp_path / "lager").exists()


def test_a_cluster_that_goes_away_is_named_and_the_run_can_go_on(tmp_path: Path):
    distributed = pytest.importorskip("distributed")
    cluster = distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=":0")
    client = distributed.Client(cluster, set_as_default=False)
    try:
        with pytest.raises(ClusterGone, match=r"the Dask cluster went away .* run the same again"):
            people(*NAMES).analyse(tmp_path, client=client, batch_size=1, progress=lambda *_: client.close())
    finally:
        client.close()
        cluster.close()
    kept = held(tmp_path)
    assert 1 <= len(kept) < 10
    assert people(*NAMES).analyse(tmp_path).run == running.Run(analysed=10 - len(kept), skipped=len(kept))
