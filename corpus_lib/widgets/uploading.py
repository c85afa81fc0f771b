"""Files that are uploaded in a browser, kept in a folder so that they are read as any other."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any

from corpus_lib.errors import InputError, MissingExtra, UnsupportedInput
from corpus_lib.reading import SUFFIXES
from corpus_lib.writing import file_name, write_bytes

WORD = ".docx"
ACCEPTED = (*SUFFIXES, ".json", WORD)
_LARGEST = 200_000_000
"""Bytes that a Word file may unpack to."""


def keep(files: Sequence[Mapping[str, Any]], folder: Path) -> list[Path]:
    """Write uploaded files into a folder and return where they lie; a Word file becomes plain text.

    Parameters
    ----------
    files
        As ``ipywidgets.FileUpload`` has them: ``name`` and ``content``.

    Raises
    ------
    UnsupportedInput
        If a file is of a kind that holds no articles.
    InputError
        If a Word file cannot be read.
    MissingExtra
        If it can be, but the package that reads it is not installed.
    """
    kept = []
    for file in files:
        name = PurePath(str(file["name"]).replace("\\", "/"))
        suffix, content = name.suffix.lower(), bytes(file["content"])
        if suffix not in ACCEPTED:
            raise UnsupportedInput(f"{name.name}: expected a file ending in {', '.join(ACCEPTED)}")
        if suffix == WORD:
            suffix, content = ".txt", word_text(content, name.name).encode("utf-8")
        folder.mkdir(parents=True, exist_ok=True)
        kept.append(write_bytes(folder / f"{file_name(name.stem)}{suffix}", content))
    return kept


def word_text(content: bytes, name: str) -> str:
    """Return the text of a Word file (.docx), its paragraphs parted by blank lines.

    Raises
    ------
    InputError
        If it is none, or unpacks to more than any article holds.
    MissingExtra
        If python-docx is not installed.
    """
    try:
        from docx import Document
    except ImportError as error:
        raise MissingExtra(f"{name}: Word files need python-docx: pip install 'corpus_lib[docx]'") from error
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(member.file_size for member in packed.infolist())
        if size > _LARGEST:
            raise InputError(f"{name}: unpacks to {size} bytes, expected at most {_LARGEST}")
        paragraphs = [p.text.strip() for p in Document(io.BytesIO(content)).paragraphs]
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:  # lxml's errors are syntax errors
        raise InputError(f"{name}: no Word file that can be read ({type(error).__name__})") from error
    return "\n\n".join(p for p in paragraphs if p)
