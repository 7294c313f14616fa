"""Ctrl-C before a command begins: one line and status 130, from the first import on."""

import sys
from types import ModuleType
from typing import Any

import pytest

from newsbt.__main__ import main as start
from newsbt.cli import main as command_line


class _Interrupted(ModuleType):
    """A module whose import the user interrupts."""

    def __getattr__(self, name: str) -> Any:
        raise KeyboardInterrupt


def test_ctrl_c_during_the_imports(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "newsbt.cli.main", _Interrupted("newsbt.cli.main"))
    with pytest.raises(SystemExit) as ended:
        start()
    assert ended.value.code == 130
    assert capsys.readouterr().err == "newsbt: interrupted; nothing was begun\n"


def test_ctrl_c_while_options_are_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command_line._Commands, "parse_args", interrupt)
    with pytest.raises(SystemExit) as ended:
        command_line.main(["list"])
    assert ended.value.code == 130
    assert capsys.readouterr().err == "newsbt: interrupted; nothing half-written is left\n"
