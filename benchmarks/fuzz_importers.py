"""Feeds mangled at random for as long as asked: no importer may crash, hang, or fill the memory.

    python benchmarks/fuzz_importers.py --minutes 10
    python benchmarks/fuzz_importers.py --minutes 10 --only rss2.xml
    python benchmarks/fuzz_importers.py --minutes 10 --engine atheris  # guided by coverage

Every case is a sample of tests/data/news with pieces cut out, doubled, changed or put in, or raw bytes.
What may come of it: items, entries refused with a reason, or the whole file refused with one sentence. A case
that raises anything else, takes longer than five seconds, or takes the process beyond two gigabytes ends the
run with its bytes in a file.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import signal
import sys
import tempfile
import time
import warnings
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from news_tools import NASTY, SAMPLES, mangled, survives

LONGEST_S = 5
MOST_BYTES = 2 * 2**30


def hang(*_: object) -> None:
    raise TimeoutError(f"a case takes longer than {LONGEST_S} s")


def run(content: bytes) -> list[object]:
    """One case within its time; the bytes are kept if it fails."""
    signal.setitimer(signal.ITIMER_REAL, LONGEST_S)
    try:
        return list(survives(content))
    except BaseException as error:
        with tempfile.NamedTemporaryFile(prefix="newsbt-case-", delete=False) as handle:
            handle.write(content)
        print(f"{type(error).__name__}: {error}; the case is in {handle.name}")
        raise
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def by_chance(minutes: float, samples: list[Path], seed: int) -> None:
    rng = random.Random(seed)
    contents = [path.read_bytes() for path in samples]
    counts: Counter[str] = Counter()
    cases, slowest, end = 0, 0.0, time.monotonic() + 60 * minutes
    while (begun := time.monotonic()) < end:
        content = rng.choice(contents)
        if cases % 50 == 0:
            content = (
                rng.randbytes(rng.randint(0, 4000)) if rng.random() < 0.5 else rng.choice(NASTY) * 20_000
            )
        found = run(mangled(rng, content, most=rng.choice((1, 3, 12))))
        slowest = max(slowest, time.monotonic() - begun)
        counts.update(type(outcome).__name__ for outcome in found)
        counts["refused as a whole"] += not found
        cases += 1
    print(f"{cases:,} cases in {minutes:g} min from seed {seed}: {dict(counts)}")
    print(f"slowest {slowest:.2f} s, peak memory {peak_mb():.0f} MB; no crash, no hang")


def by_coverage(minutes: float, samples: list[Path], seed: int) -> None:
    import atheris

    corpus = tempfile.mkdtemp(prefix="newsbt-fuzz-")
    for path in samples:
        (Path(corpus) / path.name).write_bytes(path.read_bytes())
    arguments = [sys.argv[0], corpus, f"-max_total_time={int(60 * minutes)}", f"-timeout={LONGEST_S}"]
    atheris.instrument_all()
    atheris.Setup([*arguments, "-rss_limit_mb=2048", f"-seed={seed or 1}", "-max_len=8192"], run)
    atheris.Fuzz()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--only", help="one sample, by its file name")
    parser.add_argument("--engine", choices=("chance", "atheris"), default="chance")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    warnings.simplefilter("error")
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_BYTES, MOST_BYTES))
    signal.signal(signal.SIGALRM, hang)
    samples = [path for path in SAMPLES if options.only in (None, path.name)]
    if not samples:
        parser.error(f"--only is one of {', '.join(path.name for path in SAMPLES)}")
    (by_coverage if options.engine == "atheris" else by_chance)(options.minutes, samples, options.seed)


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
