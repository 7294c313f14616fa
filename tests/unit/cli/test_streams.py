"""Standard streams that are full or closed, and arguments that are no text: a sentence and a status."""

import os
import sys

import pytest

from newsbt.cli import render
from newsbt.cli.main import main

needs_full = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")


def status_of(*args):
    with pytest.raises(SystemExit) as end:
        main(list(args))
    return end.value.code


@needs_full
def test_a_full_disk_behind_stdout_is_one_sentence(monkeypatch, capsys):
    with open("/dev/full", "w", encoding="utf-8") as full:
        monkeypatch.setattr(sys, "stdout", full)
        assert status_of("--help") == 2
    assert capsys.readouterr().err == (
        "newsbt: the output cannot be written: no space left on device; send it elsewhere\n"
    )


@needs_full
def test_a_full_disk_behind_stderr_leaves_the_status(monkeypatch):
    with open("/dev/full", "w", encoding="utf-8", buffering=1) as full:
        monkeypatch.setattr(sys, "stderr", full)
        assert status_of("list", "--workspace", "/nowhere") == 2
        monkeypatch.undo()
        os.dup2(os.open(os.devnull, os.O_WRONLY), full.fileno())


@pytest.mark.parametrize(("args", "status"), [(("--version",), 0), (("list", "--workspace", "/nowhere"), 2)])
@pytest.mark.parametrize("name", ["stdout", "stderr"])
def test_a_stream_that_was_closed_at_the_start_changes_nothing(monkeypatch, name, args, status):
    monkeypatch.setattr(sys, name, None)
    assert status_of(*args) == status
    getattr(sys, name).close()


def test_bytes_that_are_no_text_are_refused(capsys):
    assert status_of("run", "drift", "--name", os.fsdecode(b"\xff")) == 2
    assert "cannot be read as text in this locale" in capsys.readouterr().err


def test_json_has_stdout_for_itself(capsys):
    with render.json_only():
        sys.stdout.write("a strategy talks\n")
        render.json_value({"runs": []})
    sys.stdout.write("after\n")
    out, err = capsys.readouterr()
    assert out == '{\n  "runs": []\n}\nafter\n'
    assert err == "a strategy talks\n"
