"""The real command line, in a process of its own for each call."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from command_server import CommandServer


@pytest.fixture(scope="session")
def untouched(tmp_path_factory):
    """A workspace as ``newsbt init`` makes it, to be copied."""
    folder = tmp_path_factory.mktemp("e2e") / "untouched"
    subprocess.run(
        [sys.executable, "-m", "newsbt", "init", folder], check=True, capture_output=True, timeout=120
    )
    return folder


@pytest.fixture(scope="session")
def workspace(untouched):
    """One for all tests: they may leave results there, and nothing else."""
    return shutil.copytree(untouched, untouched.with_name("mine"))


@pytest.fixture
def own(untouched, tmp_path):
    """One that the test may break."""
    return shutil.copytree(untouched, tmp_path / "own")


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """Processes that have the libraries loaded; None where there is no fork."""
    if not hasattr(os, "fork"):
        yield None
        return
    found = CommandServer(tmp_path_factory.mktemp("commands"))
    yield found
    found.close()


@pytest.fixture(scope="session")
def newsbt(server):
    """Call the command line: ``newsbt("run", "drift", cwd=folder)``.

    A changed environment, which libraries may read as they are loaded, gets an interpreter of its own.
    """

    def call(*args, cwd: Path | None = None, env: dict[str, str] | None = None, timeout: float = 300):
        foreign = ("NEWSBT", "PYTEST", "COV")
        variables = {k: v for k, v in os.environ.items() if k == "NEWSBT_LEDGER" or not k.startswith(foreign)}
        variables |= env or {}
        words = [str(arg) for arg in args]
        if server is not None and set(env or ()) <= {"NEWSBT_LEDGER", "NEWSBT_WORKSPACE"}:
            return server.run(words, cwd, variables, timeout)
        return subprocess.run(
            [sys.executable, "-m", "newsbt", *words],
            cwd=cwd,
            env=variables,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
        )

    return call


@pytest.fixture
def refused(newsbt):
    """Call it with bad input: one sentence on stderr, nothing on stdout, no traceback."""

    def call(*args, status: int = 2, **how):
        done = newsbt(*args, **how)
        assert "Traceback" not in done.stderr
        assert done.returncode == status, done.stderr
        assert done.stdout == ""
        lines = done.stderr.splitlines()
        assert len(lines) == 1, done.stderr
        assert lines[0].startswith("newsbt: ")
        return lines[0].removeprefix("newsbt: ")

    return call
