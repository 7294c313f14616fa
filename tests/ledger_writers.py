"""Processes that write into one ledger at once: runs, chunks of their own searches, and of one in common."""

import multiprocessing
import subprocess
import sys
from pathlib import Path

import numpy as np

from newsbt.adapters.ledger import Ledger
from newsbt.runs import RunSpec

SPEC = RunSpec("drift")
CHUNK = 50


def write_at_once(place: str, processes: int, rounds: int) -> None:
    """Let them write and check that everything is there; AssertionError if something is lost."""
    # They are forked from a process without threads that has imported all it needs, which is quick and safe.
    done = subprocess.run(
        [sys.executable, str(Path(__file__)), place, str(processes), str(rounds)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    ledger = Ledger.open(place)
    trials = ledger.trials()
    # Each round: a run, a chunk of its own search, a chunk of the common one; all fingerprints differ.
    each = rounds * (1 + 2 * CHUNK)
    assert trials.points == processes * each
    assert trials.exact == (trials.points <= 4096)
    if trials.exact:
        assert trials.count == trials.points
    else:
        assert abs(trials.count / trials.points - 1) < 5 / 64
    searches = ledger.summary()["searches"]
    assert (searches["kind"] == "run").sum() == processes * rounds
    assert sorted(searches.loc[searches["kind"] == "own", "points"]) == [rounds * CHUNK] * processes
    assert searches.loc[searches["kind"] == "common", "points"].tolist() == [processes * rounds * CHUNK]


def writer(place: str, common: str, start: object, number: int, rounds: int) -> None:
    rng = np.random.default_rng(number)
    start.wait()
    ledger = Ledger.open(place)
    own = ledger.start_search(SPEC, "own")
    for _ in range(rounds):
        hashes = rng.integers(0, 2**64, 1 + 2 * CHUNK, dtype=np.uint64)
        ledger.record_run(SPEC, int(hashes[0]), 0.01, 250.0)
        ledger.record_chunk(own, hashes[1 : 1 + CHUNK], rng.normal(0, 0.05, CHUNK), 250.0)
        ledger.record_chunk(common, hashes[1 + CHUNK :], rng.normal(0, 0.05, CHUNK), 250.0)


def main() -> None:
    place, processes, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    context = multiprocessing.get_context("fork")
    start = context.Event()
    common = Ledger.open(place).start_search(SPEC, "common")
    workers = [
        context.Process(target=writer, args=(place, common, start, number, rounds))
        for number in range(processes)
    ]
    for worker in workers:
        worker.start()
    start.set()
    for worker in workers:
        worker.join()
    sys.exit(max(worker.exitcode for worker in workers))


if __name__ == "__main__":
    main()
