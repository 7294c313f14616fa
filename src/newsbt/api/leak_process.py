"""The probe in another process: the same run with other hashes of strings."""

from __future__ import annotations

import dataclasses
import os
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path

from newsbt.adapters.workspace import Workspace
from newsbt.api.leak_runs import Outcome, Runner
from newsbt.errors import InputError
from newsbt.evidence.leaks.parts import Parts

__all__ = ["main", "with_other_hashes"]

CODE = "from newsbt.api.leak_process import main; main()"


def with_other_hashes(runner: Runner, copy: Workspace, parts: Parts) -> Outcome:
    """What `runner` gives in a process of its own with another seed of Python's hashes.

    Raises
    ------
    InputError
        If that process ends with an error.
    """
    inputs = dataclasses.replace(runner.inputs, model=None)  # type: ignore[arg-type]
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    with tempfile.TemporaryDirectory(prefix="newsbt-leakcheck-") as folder:
        given, answer = Path(folder) / "given", Path(folder) / "answer"
        given.write_bytes(pickle.dumps((runner.spec, inputs, runner.original, runner.engine, copy, parts)))
        done = subprocess.run(
            [sys.executable, "-c", CODE, str(given), str(answer)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise InputError(f"the run in another process failed: {last}")
        outcome: Outcome = pickle.loads(answer.read_bytes())
        return outcome


def main() -> None:
    """Run what the parent process wrote, and write what came of it."""
    given, answer = map(Path, sys.argv[1:3])
    spec, inputs, original, engine, copy, parts = pickle.loads(given.read_bytes())
    runner = Runner(spec, inputs, original, engine=engine)
    answer.write_bytes(pickle.dumps(runner.within(copy, parts)))
