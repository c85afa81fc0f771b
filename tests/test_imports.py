"""Which module may import which, and what an import may load."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import corpus_lib

ORDER = (
    "version", "model", "errors", "given", "limits", "writing", "spreadsheet", "fields", "labels", "render", "learned",
    "language", "pages", "reading", "structure", "actors", "quotes", "demands", "corrections", "wire", "tables",
    "sources", "analysis", "reader", "stories",
    "component", "words", "corpus", "evaluation", "datasets", "exchange", "plots",
    "findings", "reasons", "report", "widgets", "cli",
)  # fmt: skip
"""A module imports only from those before it; a package counts as one."""

PACKAGE = Path(corpus_lib.__file__).parent
FILES = sorted(p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py")
HEAVY = ("numpy", "pandas", "scipy", "spacy", "ipywidgets", "matplotlib")


PROGRAMS = {"learned/train.py", "language/train.py", "language/names/training.py"}
"""Modules that are run, or part of one that is: they may import from everywhere, as the commands do."""

APART = {"learned/pages.py": "pages"}
"""Modules that have a place of their own: annotated articles hold parses, weights are needed to parse."""


def unit(file: Path) -> str:
    if file.relative_to(PACKAGE).as_posix() in PROGRAMS:
        return "cli"
    if own := APART.get(file.relative_to(PACKAGE).as_posix()):
        return own
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_modules(file: Path) -> Iterator[tuple[int, str]]:
    """Yield (line, dotted name) of every import, in functions and under TYPE_CHECKING too."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file.name}, line {node.lineno}: a relative import; write corpus_lib.…"
            if node.module == "corpus_lib":
                yield from ((node.lineno, f"corpus_lib.{alias.name}") for alias in node.names)
            elif node.module:
                yield node.lineno, node.module


def project_imports(file: Path) -> Iterator[tuple[int, str]]:
    for line, name in imported_modules(file):
        if name.split(".")[0] == "corpus_lib":
            apart = APART.get(f"{'/'.join(name.split('.')[1:3])}.py")
            yield line, apart or f"{name}.".split(".")[1]


def names(file: Path) -> str:
    return file.relative_to(PACKAGE).as_posix()


def test_every_module_has_its_place_in_the_order():
    assert {unit(f) for f in FILES} <= set(ORDER)


@pytest.mark.parametrize("file", FILES, ids=names)
def test_imports_go_one_way(file: Path):
    own = unit(file)
    wrong = [
        f"line {line}: {own} imports {target}, which is not above it"
        for line, target in project_imports(file)
        if target != own and target not in ORDER[: ORDER.index(own)]
    ]
    assert not wrong


def module(file: Path) -> str:
    return ".".join(("corpus_lib", *file.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")


def graph(files: dict[str, Path]) -> dict[str, set[str]]:
    """Return which module imports which, for types too; ``from package import module`` is an import of the module."""
    found: dict[str, set[str]] = {}
    for name, file in files.items():
        imported: set[str] = set()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                whole = {f"{node.module}.{alias.name}" for alias in node.names}
                imported |= {w if w in files else node.module for w in whole}
        found[name] = (imported & set(files)) - {name}
    return found


def circle(edges: dict[str, set[str]]) -> list[str]:
    """Return modules that import each other in a circle, none where there is no circle."""
    left = {name: set(targets) for name, targets in edges.items()}
    while done := [name for name, targets in left.items() if not targets & set(left)]:
        for name in done:
            del left[name]
    if not left:
        return []
    way = [min(left)]
    while way[-1] not in way[:-1]:
        way.append(min(left[way[-1]] & set(left)))
    return way[way.index(way[-1]) :]


def test_no_modules_import_each_other_in_a_circle():
    assert circle(graph({module(f): f for f in FILES})) == []


def test_a_circle_is_found_also_through_a_type(tmp_path: Path):
    for name, text in {
        "a": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from b import B\n",
        "b": "def later():\n    import c\n",
        "c": "import a\n",
        "d": "import a\n",
    }.items():
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    assert circle(graph({f.stem: f for f in tmp_path.glob("*.py")})) == ["a", "b", "c", "a"]


@pytest.mark.parametrize("file", FILES, ids=names)
def test_only_the_command_prints(file: Path):
    calls = [n for n in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)]
    printing = [n.lineno for n in calls if isinstance(n.func, ast.Name) and n.func.id == "print"]
    assert unit(file) == "cli" or not printing


@pytest.mark.parametrize("file", FILES, ids=names)
def test_only_the_widgets_import_ipywidgets(file: Path):
    found = [line for line, name in imported_modules(file) if name.split(".")[0] in ("ipywidgets", "anywidget")]
    assert unit(file) == "widgets" or not found


def in_a_fresh_python(code: str, project: Path) -> str:
    run = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


def test_importing_the_library_loads_nothing_heavy(project: Path):
    code = f"import sys, corpus_lib; print(sorted(set({HEAVY}) & set(sys.modules)))"
    assert in_a_fresh_python(code, project) == "[]"


@pytest.mark.parametrize("module", ["model", "errors", "render", "reading", "structure", "wire"])
def test_the_pure_modules_load_nothing_heavy(module: str, project: Path):
    code = f"import sys, corpus_lib.{module}; print(sorted(set({HEAVY}) & set(sys.modules)))"
    assert in_a_fresh_python(code, project) == "[]"


def test_importing_the_library_loads_next_to_nothing(project: Path):
    code = "import sys; before = set(sys.modules); import corpus_lib; print(len(set(sys.modules) - before))"
    assert int(in_a_fresh_python(code, project)) < 40


@pytest.mark.parametrize("name", corpus_lib.__all__)
def test_every_public_name_resolves(name: str):
    assert getattr(corpus_lib, name) is not None
    assert name in dir(corpus_lib)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'analyze'"):
        corpus_lib.analyze  # noqa: B018
