"""The ledger on a real PostgreSQL server, which these tests start and stop."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
import pytest

from ledger_writers import write_at_once
from newsbt.adapters.ledger import Ledger
from newsbt.errors import OutputError
from newsbt.runs import RunSpec


def program(name):
    """A program of PostgreSQL, from the path or from where its own configuration says."""
    if found := shutil.which(name):
        return found
    if shutil.which("pg_config"):
        asked = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=False)
        return shutil.which(name, path=asked.stdout.strip())
    return None


@pytest.fixture(scope="module")
def server():
    """URL of a server on a Unix socket in a folder of its own; root hands it to another user."""
    pytest.importorskip("sqlalchemy")
    pytest.importorskip("psycopg")
    initdb, postgres = program("initdb"), program("postgres")
    if not initdb or not postgres:
        pytest.skip("PostgreSQL is not installed")
    other = {}
    folder = Path(tempfile.mkdtemp(prefix="newsbt-pg-", dir="/tmp"))
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        other = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, **other}
    data = folder / "data"
    make = [initdb, "-D", data, "-U", "newsbt", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    running = None
    try:
        if subprocess.run(make, check=False, timeout=60, **quiet).returncode:
            pytest.skip("initdb does not work here")
        running = subprocess.Popen(
            [postgres, "-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"], **quiet
        )
        url = f"postgresql+psycopg://newsbt@/postgres?host={folder}"
        deadline = time.monotonic() + 30
        while True:
            try:
                Ledger.open(url)
                break
            except OutputError:
                assert running.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.05)
        yield url
    finally:
        if running is not None:
            running.terminate()
            running.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def test_six_processes_lose_nothing(server):
    write_at_once(server, processes=6, rounds=4)


def test_it_counts_as_sqlite_does(server, tmp_path):
    """The same trials in both: equal totals and tables but for ids and times."""
    for name in ("one", "two"):
        spec = RunSpec(name)
        hashes = np.random.default_rng(5).integers(0, 2**64, 6000, dtype=np.uint64)
        sharpes = np.random.default_rng(6).normal(0, 0.05, 6000)
        sharpes[::7] = np.nan
        both = Ledger.open(server), Ledger.open(tmp_path / "ledger.sqlite")
        for ledger in both:
            search = ledger.start_search(spec, "tune", objective="sharpe - 0.5*max_drawdown")
            ledger.record_chunk(search, hashes[:4000], sharpes[:4000], 261.0)
            ledger.record_chunk(search, hashes[2000:], sharpes[2000:], 261.0)
            ledger.record_run(spec, 17, None, 261.0)
        there, here = (ledger.trials(strategy=name) for ledger in both)
        assert there == here
        assert here.points == 8001
        tables = [ledger.summary(strategy=name) for ledger in both]
        for key in ("strategies", "days"):
            assert tables[0][key].to_dict() == tables[1][key].to_dict()
        assert tables[0]["searches"]["points"].tolist() == tables[1]["searches"]["points"].tolist()


def test_an_unknown_search_is_refused_and_leaves_nothing(server):
    ledger = Ledger.open(server)
    before = ledger.trials().points
    with pytest.raises(OutputError, match="foreign key"):
        ledger.record_chunk("no such search", np.array([1], dtype=np.uint64), np.array([0.1]), 250.0)
    assert ledger.trials().points == before


def test_a_wrong_database_is_an_error_without_the_password(server):
    with pytest.raises(OutputError, match='database "nothing" does not exist') as caught:
        Ledger.open(server.replace("newsbt@/postgres", "newsbt:hidden@/nothing"))
    assert "hidden" not in str(caught.value)
    assert "newsbt:***@" in str(caught.value)


def test_a_server_that_is_down(tmp_path):
    pytest.importorskip("psycopg")
    with pytest.raises(OutputError, match=r"cannot be used: connection .*No such file") as caught:
        Ledger.open(f"postgresql://me:hidden@/trials?host={tmp_path}")
    assert "hidden" not in str(caught.value)
