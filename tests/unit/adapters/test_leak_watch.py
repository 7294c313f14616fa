"""What a leak check sees of the files, databases and programs that plug-ins use."""

import socket
import sqlite3
import subprocess
import sys

import pytest

from newsbt.adapters.leak_watch import is_foreign_data, watched
from newsbt.adapters.scaffold import template_root


def test_what_is_read_is_seen_and_what_is_written_first_is_not(tmp_path):
    given, log, mine = (tmp_path / name for name in ("given.csv", "run.log", "kept.json"))
    given.write_text("a\n")
    with watched() as seen:
        given.read_text()
        with log.open("a") as file:
            file.write("at noon\n")
        mine.write_text("{}")
        mine.read_text()
    assert seen.files == {str(given)}
    given.read_text()
    assert seen.others == set()


def test_databases_programs_and_addresses_are_named(tmp_path):
    with watched() as seen:
        sqlite3.connect(tmp_path / "own.db").close()
        sqlite3.connect(":memory:").close()
        subprocess.run([sys.executable, "-S", "-c", ""], check=True)
        with socket.socket() as line, pytest.raises(OSError):
            line.connect(("127.0.0.1", 1))
    assert f"the database {tmp_path / 'own.db'}" in seen.others
    assert any(text.startswith("another program, python") for text in seen.others)
    assert "the network, 127.0.0.1," in seen.others
    assert len(seen.others) == 3


def test_data_of_the_user_is_foreign_and_parts_of_python_are_not(tmp_path):
    assert is_foreign_data(tmp_path / "prices.csv")
    assert not is_foreign_data(tmp_path / "helper.py")
    assert not is_foreign_data(template_root().parent / "numpy" / "notes.md")
    import numpy as np

    assert not is_foreign_data((type(tmp_path)(np.__file__).parent / "tests" / "data" / "x.csv").resolve())
    assert is_foreign_data(template_root().resolve() / "data" / "prices" / "sample" / "BABA.csv")
