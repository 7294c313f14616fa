"""Items a second and peak memory of importing, by format and size of the file.

    python benchmarks/news_import.py                       # every format, 20 MB each
    python benchmarks/news_import.py --megabytes 1024 --only jsonl csv parquet

Each file is made up, imported in a process of its own with `newsbt.import_news`, and deleted. The memory is
that process's peak, the interpreter and its libraries among it; the rate includes reading, cleaning,
comparing and writing the news file.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

WORDS = [
    "orchard",
    "lantern",
    "harbour",
    "plant",
    "profit",
    "outlook",
    "board",
    "shares",
    "rises",
    "falls",
    "after",
    "before",
    "quarter",
    "talks",
    "deal",
]
START = 1_600_000_000

CHILD = """
import resource, sys, time
from newsbt import import_news
begun = time.perf_counter()
report = import_news(sys.argv[1], sys.argv[2])
spent = time.perf_counter() - begun
print(report.items, report.rejected, spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def story(n: int) -> tuple[str, str]:
    title = " ".join(WORDS[(n * k + k * k) % len(WORDS)] for k in range(1, 9)) + f" {n}"
    return title, f"{title}. " * 6


def jsonl(n: int) -> str:
    title, summary = story(n)
    return (
        json.dumps({"time": START + 60 * n, "title": title, "summary": summary, "url": f"https://e.com/{n}"})
        + "\n"
    )


def csv(n: int) -> str:
    title, summary = story(n)
    return f'{START + 60 * n},{title},"{summary}",https://e.com/{n}\n'


def rss(n: int) -> str:
    title, summary = story(n)
    return (
        f"<item><title>{title}</title><link>https://e.com/{n}</link><description>&lt;p&gt;{summary}&lt;/p&gt;"
        f"</description><pubDate>Thu, 27 Feb 2025 17:{n // 60 % 60:02}:{n % 60:02} +0800</pubDate></item>\n"
    )


def finnhub(n: int) -> str:
    title, summary = story(n)
    entry = {"category": "company", "datetime": START + 60 * n, "headline": title, "id": n + 1}
    entry |= {"related": "ORCH", "source": "Wire", "summary": summary, "url": f"https://e.com/{n}"}
    return ("," if n else "") + json.dumps(entry) + "\n"


def gdelt(n: int) -> str:
    title, _ = story(n)
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(START + 900 * n))
    entry = {"url": f"https://e.com/{n}", "url_mobile": "", "title": title, "seendate": stamp}
    entry |= {"domain": "e.com", "language": "English", "sourcecountry": "Iceland"}
    return ("," if n else "") + json.dumps(entry) + "\n"


FORMS: dict[str, tuple[str, str, Callable[[int], str], str]] = {
    "jsonl": (".jsonl", "", jsonl, ""),
    "csv": (".csv", "time,title,summary,url\n", csv, ""),
    "rss": (".xml", "<rss version='2.0'><channel><title>Wire</title>\n", rss, "</channel></rss>\n"),
    "finnhub": (".json", "[", finnhub, "]\n"),
    "gdelt": (".json", '{"articles": [', gdelt, "]}\n"),
}


def text_file(path: Path, form: str, size: int) -> None:
    _, head, entry, tail = FORMS[form]
    with path.open("w", encoding="utf-8") as handle:
        handle.write(head)
        n = 0
        while handle.tell() < size:
            handle.writelines(entry(k) for k in range(n, n + 1000))
            n += 1000
        handle.write(tail)


def parquet_file(path: Path, size: int) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    def batches() -> Iterator[pa.Table]:
        n = 0
        while True:
            rows = [story(k) for k in range(n, n + 50_000)]
            times = pa.array([START + 60 * k for k in range(n, n + 50_000)])
            yield pa.table(
                {"time": times, "title": [row[0] for row in rows], "summary": [row[1] for row in rows]}
            )
            n += 50_000

    written = 0
    with pq.ParquetWriter(path, next(batches()).schema, compression="none", use_dictionary=False) as writer:
        for table in batches():
            writer.write_table(table)
            written += table.nbytes
            if written >= size:
                return


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megabytes", type=int, default=20)
    parser.add_argument("--only", nargs="+", choices=[*FORMS, "parquet"], default=[*FORMS, "parquet"])
    options = parser.parse_args()
    print(f"{'format':<9}{'file MB':>9}{'items':>12}{'items/s':>10}{'peak MB':>9}")
    for form in options.only:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"feed{'.parquet' if form == 'parquet' else FORMS[form][0]}"
            if form == "parquet":
                parquet_file(path, options.megabytes * 2**20)
            else:
                text_file(path, form, options.megabytes * 2**20)
            command = [sys.executable, "-c", CHILD, str(path), str(Path(folder) / "out.jsonl")]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            items, rejected, spent, peak = map(float, done.stdout.split())
            size = path.stat().st_size / 2**20
        print(f"{form:<9}{size:>9.0f}{items:>12,.0f}{items / spent:>10,.0f}{peak:>9.0f}")
        if rejected:
            raise SystemExit(f"{form}: {rejected:.0f} entries were rejected")


if __name__ == "__main__":
    main()
