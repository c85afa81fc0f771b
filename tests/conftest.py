"""What the tests share: the seed, the annotated data beside the project, settings of the property tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from corpus_lib.analysis import Analysis, analyse
from corpus_lib.model import Article
from corpus_lib.structure import read_article

PROJECT = Path(__file__).resolve().parent.parent
SEED = "000_3b71882cc0bf1758.txt"

settings.register_profile(
    "corpus_lib",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),  # the same examples in every run of CI, new ones elsewhere
)
settings.load_profile("corpus_lib")


@pytest.fixture(scope="session")
def project() -> Path:
    """The folder that holds the package, the seeds and the tests."""
    return PROJECT


@pytest.fixture(scope="session")
def seed_path() -> Path:
    return PROJECT / "seeds" / SEED


@pytest.fixture(scope="session")
def seed_article(seed_path: Path) -> Article:
    return read_article(seed_path)


@pytest.fixture(scope="session")
def seed_analysis(seed_article: Article) -> Analysis:
    return analyse(seed_article)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The annotated data, which may not be copied into the project; tests that need them are skipped without."""
    folder = Path(os.environ.get("CORPUS_LIB_SHARED") or PROJECT.parent / "shared")
    if not (folder / "gold").is_dir():
        pytest.skip(
            f"no annotated data in {folder.name}/gold beside the project (CORPUS_LIB_SHARED names another place)"
        )
    return folder
