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
