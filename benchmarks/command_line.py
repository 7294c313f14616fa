"""The real command line as the benchmarks start it: a process of its own, timed, with its memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from typing import NamedTuple

from sample import END, PRICES, ROOT, START

__all__ = ["Finished", "run_tune"]


class Finished(NamedTuple):
    """One command: seconds until it ended, until a text was printed, and its largest memory in MB."""

    seconds: float
    until: float
    memory: float
    printed: str


def run_tune(*options: str, until: str = "") -> Finished:
    """Run ``newsbt tune drift`` on the sample with `options`; count no trials and throw its folder away."""
    with tempfile.TemporaryDirectory() as out:
        command = [
            sys.executable,
            "-m",
            "newsbt",
            "tune",
            "drift",
            "--workspace",
            str(ROOT),
            "--prices",
            str(PRICES),
        ]
        command += [
            "--start",
            START,
            "--end",
            END,
            "--broker",
            "ibkr_tiered",
            "--out",
            out,
            "--ledger",
            "none",
        ]
        # As a user's own: with the bytecode of its modules on disk, like the compiled engine.
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        begin = time.perf_counter()
        process = subprocess.Popen(
            [*command, *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**environment, "COLUMNS": "80"},
        )
        seen, printed = float("nan"), bytearray()
        assert process.stdout is not None
        while chunk := os.read(process.stdout.fileno(), 65536):
            printed += chunk
            if until and seen != seen and until.encode() in printed:
                seen = time.perf_counter() - begin
        _, status, used = os.wait4(process.pid, 0)
        took = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
    text = printed.decode(errors="replace")
    if process.returncode:
        sys.exit(f"newsbt tune ended with status {process.returncode}:\n{text}")
    return Finished(took, seen, used.ru_maxrss / 1024, text)
