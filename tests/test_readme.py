"""The README keeps its promises: its commands are one line each, its scripts run, every command is named."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

from corpus_lib.cli import parser

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> list[str]:
    (choices,) = (a.choices for a in parser()._actions if isinstance(a, argparse._SubParsersAction))
    return list(choices)


@pytest.mark.parametrize("command", commands())
def test_every_command_is_in_the_readme(command: str):
    assert f"corpus-lib {command} " in README


@pytest.mark.parametrize("name", ["run", "test"])
def test_the_two_set_up_commands_are_one_line_each(name: str):
    match = re.search(rf"<!-- command: {name} -->\n```sh\n(.+)\n```", README)
    assert match is not None
    assert "-c constraints.txt" in match[1]


def test_the_script_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    script = re.search(r"## In a script\n\n```python\n(.+?)```", README, re.DOTALL)
    assert script is not None
    monkeypatch.chdir(ROOT)
    exec(compile(script[1], "README.md", "exec"), {})
    assert "Stoltenberg" in capsys.readouterr().out


def test_pins_carry_no_address():
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+==[A-Za-z0-9_.+!-]+", pin) for pin in pins)
