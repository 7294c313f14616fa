"""Repetitions in a generated archive of a million headlines: seconds, memory, and how many are found.

    python benchmarks/dedupe_archive.py [ROWS]               # the functions, on columns in this process
    python benchmarks/dedupe_archive.py [ROWS] --file .csv   # newsbt catalysts chain; also .jsonl, .parquet

A third of the rows repeat a headline of the two days before, half of those word for word and half with a few
words changed; as many are decoys: the same words with another figure.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from newsbt.stories.chains import find_chains
from newsbt.stories.duplicates import find_duplicates

WHO = ["Alibaba", "JD.com", "Tencent", "Baidu", "PDD", "Meituan", "Xiaomi", "Lenovo", "NetEase", "Bilibili"]
WEN = ["阿里巴巴", "京东", "腾讯", "百度", "拼多多", "美团", "小米", "联想", "网易", "哔哩哔哩"]
SYLLABLES = [a + b for a in "bcdfghklmnprstvw" for b in ("a", "en", "or", "il", "ust", "eck", "ow", "ai")]
#: Second of 1970 at which the archive begins: 1 January 2019.
START = 1_546_300_800
HANZI = [chr(code) for code in range(0x4E00, 0x4E00 + 1500)]


def word(random_: random.Random) -> str:
    return "".join(random_.choices(SYLLABLES, k=random_.randint(1, 3)))


def headline(random_: random.Random) -> tuple[str, str]:
    """A headline and its issuer; words come from a vocabulary with a long tail, as in language."""
    at = random_.randrange(len(WHO))
    if random_.random() < 0.5:
        words = [random_.choice(VOCABULARY) for _ in range(random_.randint(6, 12))]
        return f"{WHO[at]} {' '.join(words)} {random_.randint(2, 900)} million", WHO[at]
    signs = "".join(random_.choices(HANZI, k=random_.randint(12, 26)))
    return f"{WEN[at]}{signs}{random_.randint(2, 900)}亿元", WHO[at]


def changed(text: str, random_: random.Random) -> str:
    """The headline with one small edit, as another desk would make it."""
    if " " in text:
        return f"{text} - report" if random_.random() < 0.5 else f"Market Chatter: {text}"
    return f"{text[:-2]}{random_.choice('，：')}{text[-2:]}" if random_.random() < 0.5 else f"快讯｜{text}"


def decoy(text: str, random_: random.Random) -> str:
    """The same words with another figure."""
    figure = "".join(char for char in text if char.isdigit())
    return text.replace(figure, str(int(figure) + random_.randint(1, 90)))


def archive(rows: int) -> tuple[list[str], np.ndarray, list[tuple[str, ...]], np.ndarray]:
    """Headlines, seconds, issuers, and whether each is a planted repetition."""
    random_ = random.Random(7)
    titles, issuers, planted = [], [], np.zeros(rows, bool)
    times = np.sort(np.random.default_rng(7).integers(0, 6 * 365 * 86_400, rows))
    per_two_days = max(2, rows // (3 * 365))
    for at in range(rows):
        draw = random_.random()
        if at > per_two_days and draw < 2 / 3:
            source = at - random_.randint(1, per_two_days)
            text, who = titles[source], issuers[source]
            planted[at] = draw < 1 / 3
            titles.append(
                decoy(text, random_) if draw >= 1 / 3 else changed(text, random_) if draw < 1 / 6 else text
            )
            issuers.append(who)
        else:
            text, name = headline(random_)
            titles.append(text)
            issuers.append((name,))
    return titles, times.astype(np.int64), issuers, planted


def memory_gb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def write_file(path: Path, rows: int) -> int:
    """The archive as a catalogue; how many repetitions are planted."""
    titles, times, issuers, planted = archive(rows)
    columns = {
        "id": [f"wire-{at:07d}" for at in range(rows)],
        "published_at": [f"{stamp}+00:00" for stamp in (times + START).astype("datetime64[s]").tolist()],
        "time_precision": ["minute"] * rows,
        "headline": titles,
        "category": ["product"] * rows,
        "scope": ["company"] * rows,
        "symbols": [";".join(who) for who in issuers],
        "source": [f"Wire {at % 40}" for at in range(rows)],
        "note": [f"relevance {who[0]} 0.9; https://example.com/{at}" for at, who in enumerate(issuers)],
    }
    columns["published_at"] = [text.replace(" ", "T") for text in columns["published_at"]]
    if path.suffix == ".parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        pq.write_table(pa.table(columns), path)
        return int(planted.sum())
    with path.open("w", encoding="utf-8", newline="") as handle:
        if path.suffix == ".csv":
            writer = csv.writer(handle, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(zip(*columns.values(), strict=True))
        else:
            for cells in zip(*columns.values(), strict=True):
                handle.write(json.dumps(dict(zip(columns, cells, strict=True)), ensure_ascii=False) + "\n")
    return int(planted.sum())


def of_command(rows: int, suffix: str) -> None:
    """Time and memory of `newsbt catalysts chain` on a file, as the system counts them for its process."""
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder) / f"archive{suffix}", Path(folder) / f"stories{suffix}"
        # Made elsewhere, so that nothing of it is in memory here.
        make = (
            f"import dedupe_archive as d, pathlib; print(d.write_file(pathlib.Path({str(path)!r}), {rows}))"
        )
        made = subprocess.run(
            [sys.executable, "-c", make],
            cwd=Path(__file__).parent,
            capture_output=True,
            text=True,
            check=True,
        )
        program = str(Path(sys.executable).with_name("newsbt"))
        workspace = str(Path(__file__).parents[1])
        command = [program, "catalysts", "chain", str(path), "-o", str(out), "--workspace", workspace]
        begun = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            told = process.stdout.read() if process.stdout else ""
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        took, worked = time.perf_counter() - begun, used.ru_utime + used.ru_stime
        print(f"{path.name}, {path.stat().st_size / 2**20:.0f} MB, {made.stdout.strip()} planted repetitions")
        print(told.splitlines()[0].partition(";")[0])
        print(f"{took:.1f} s ({worked:.1f} s of CPU), {used.ru_maxrss / 2**20:.2f} GB at most")


def of_functions(rows: int) -> None:
    """Time and memory of the two functions on columns in this process."""
    titles, times, issuers, planted = archive(rows)
    print(f"{rows:,} headlines made; {memory_gb():.2f} GB")
    start, worked = time.perf_counter(), time.process_time()
    lead = find_duplicates(titles, times, issuers)
    took, worked = time.perf_counter() - start, time.process_time() - worked
    found = lead != np.arange(rows)
    print(f"repetitions: {took:.1f} s ({worked:.1f} s of CPU), {memory_gb():.2f} GB at most")
    right = int((found & planted).sum())
    print(f"planted {int(planted.sum()):,}, found {int(found.sum()):,}, of those planted {right:,}")
    kept = np.flatnonzero(~found)
    start, worked = time.perf_counter(), time.process_time()
    chain = find_chains(
        [titles[at] for at in kept], times[kept], [issuers[at] for at in kept], [""] * len(kept)
    )
    took, worked = time.perf_counter() - start, time.process_time() - worked
    joined = int((chain != np.arange(len(kept))).sum())
    print(f"chains of the {len(kept):,} kept: {took:.1f} s ({worked:.1f} s of CPU), {joined:,} follow-ups")
    print(f"{memory_gb():.2f} GB at most")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--file", choices=(".csv", ".jsonl", ".parquet"), help="the command, on such a file")
    given = parser.parse_args()
    of_command(given.rows, given.file) if given.file else of_functions(given.rows)


VOCABULARY = [word(random.Random(seed)) for seed in range(6000)]

if __name__ == "__main__":
    main()
