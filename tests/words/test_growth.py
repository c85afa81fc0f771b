"""Zipf and Heaps."""

from __future__ import annotations

from corpus_lib.words import Index


def test_zipf_and_heaps():
    index = Index.build([" ".join(f"w{i}" for i in range(1, 40) for _ in range(1000 // i))])
    zipf = index.zipf()
    assert zipf.frame["count"].tolist()[0] == 1000
    assert "rank^-1.0" in zipf.description or "rank^-0.99" in zipf.description
    heaps = Index.build(["a b a c a d a e"]).heaps(points=8).frame
    assert heaps["tokens"].tolist() == [1, 2, 3, 4, 5, 6, 7, 8]
    assert heaps["types"].tolist() == [1, 2, 2, 3, 3, 4, 4, 5]
