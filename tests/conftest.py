"""Shared by all tests: the tools of ``tests/`` importable by name."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
# Trials of tests are not trials of whoever works in this folder.
LEDGER = tempfile.TemporaryDirectory(prefix="newsbt-tests-", ignore_cleanup_errors=True)
os.environ["NEWSBT_LEDGER"] = str(Path(LEDGER.name) / "ledger.sqlite")
# Matrices are small here, and threads of several test processes on few cores wait for each other.
for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(threads, "1")
# A shell that starts the tests in the background has them ignore Ctrl-C, and all that they start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items):
    """What compiles the engine comes first: the other processes find it done where their share needs it."""
    items.sort(key=lambda item: "parity" not in item.path.parts)


@pytest.fixture(scope="session")
def engine():
    """The compiled engine, compiled: by one test process, while others that need it wait."""
    from newsbt.adapters.compilation import ENGINE, compile_once, keep_compiled

    keep_compiled()
    from newsbt.engine.compiled import CompiledWorld
    from parity.agreement import complete
    from parity.markets import halted

    compile_once(ENGINE, lambda: CompiledWorld(halted(), "drift").metrics([complete("drift", {})]))
    return CompiledWorld
