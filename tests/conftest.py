"""Shared by all tests: the tools of ``tests/`` importable by name."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
# Trials of tests are not trials of whoever works in this folder.
LEDGER = tempfile.TemporaryDirectory(prefix="newsbt-tests-", ignore_cleanup_errors=True)
os.environ["NEWSBT_LEDGER"] = str(Path(LEDGER.name) / "ledger.sqlite")
# Matrices are small here, and threads of several test processes on few cores wait for each other.
for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(threads, "1")
