from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

CHECKSUM = "b8ab0cd48ccf839c4e2886fad4d839173c7cb228d1cf98e366f0aa431b8669d4"


def test_the_seed_is_the_file_that_was_given_byte_for_byte(seed_path: Path):
    assert hashlib.sha256(seed_path.read_bytes()).hexdigest() == CHECKSUM


def test_the_seeds_folder_holds_articles_alone(seed_path: Path):
    assert [f.name for f in sorted(seed_path.parent.iterdir())] == [seed_path.name]


@pytest.mark.shared
def test_the_seed_is_the_same_as_the_original(seed_path: Path, shared: Path):
    assert seed_path.read_bytes() == (shared / "seeds" / seed_path.name).read_bytes()
