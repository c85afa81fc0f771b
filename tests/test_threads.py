"""Several threads at once give what one gives."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TypeVar

from corpus_lib.analysis import Analysis, analyse
from corpus_lib.language import alone, load
from corpus_lib.reading import read_documents
from corpus_lib.report import report

THREADS = 4
In = TypeVar("In")
Out = TypeVar("Out")
PEOPLE = ("Kari Lie", "Per Lund", "Eva Berg", "Ola Vik", "Siri Dahl")


def text(number: int) -> str:
    who, other = PEOPLE[number % 5], PEOPLE[(number * 3 + 1) % 5]
    return (
        f"Bodø vil ha ny ferje{number}\n\n– Vi har ventet i {number} år, sier {who} i X{number}-partiet.\n\n"
        f"{who} krever at {other} betaler {number} millioner. {other} avviser kravet."
    )


def at_once(do: Callable[[In], Out], given: Iterable[In]) -> list[Out]:
    with ThreadPoolExecutor(THREADS) as threads:
        return list(threads.map(do, given))


@cache
def one_by_one() -> list[Analysis]:
    return [analyse(text(n)) for n in range(40)]


def test_threads_that_analyse_give_what_one_thread_gives():
    expected = one_by_one()
    assert at_once(lambda n: analyse(text(n)), range(40)) == expected
    assert analyse(text(7)) == expected[7]  # and the process is as good as before
    assert any(a.quotes and a.demands and a.responses for a in expected)


def test_one_thread_at_a_time_has_the_pipeline_and_may_ask_for_it_again_afterwards():
    inside = 0

    def enter(_: int) -> int:
        nonlocal inside
        with alone(load()):
            inside += 1
            found = inside
            list(load()("Kongen kom til Hamar."))
            inside -= 1
        return found

    assert set(at_once(enter, range(20))) == {1}


def test_threads_that_read_one_table_give_all_its_rows_and_leave_the_module_csv_as_it_was(tmp_path: Path):
    file = tmp_path / "arkiv.csv"
    longer = csv.field_size_limit() + 10
    rows = "".join(
        f'{n},"{"Ferja kommer. " * (longer // 14 + 1) if n % 7 == 0 else "Ferja kommer."}"\n' for n in range(40)
    )
    file.write_text("id,text\n" + rows, encoding="utf-8")
    before = csv.field_size_limit()
    expected = list(read_documents([file]))
    found = at_once(lambda _: list(read_documents([file])), range(8))
    assert all(f == expected for f in found)
    assert len(expected) == 40
    assert csv.field_size_limit() == before


def test_threads_that_write_reports_write_what_one_thread_writes():
    analyses = one_by_one()[:6]
    assert at_once(report, analyses * 2) == [report(a) for a in analyses] * 2
