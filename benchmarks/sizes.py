"""What the benchmarks of size and power share: two processes, a table, and which figures leave the band.

With ``--write`` the table also goes into the page of the documentation that shows it.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

__all__ = ["BAND", "POWER", "Sheet", "chunks", "pool"]

#: Shares of rejections at 5 % that are held to be right, and the power that is asked for.
BAND, POWER = (0.035, 0.065), 0.8
PROCESSES = 2
#: What a table stands between in a page.
BEGIN, END = "<!-- table -->\n", "<!-- end -->\n"
PAGES = Path(__file__).parents[1] / "docs"


def pool() -> ProcessPoolExecutor:
    """Two processes of one thread each: matrices are small, and threads of two pools wait for each other."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    return ProcessPoolExecutor(PROCESSES, mp_context=multiprocessing.get_context("spawn"))


def chunks(worlds: int, parts: int = 8) -> list[tuple[int, int]]:
    """First world and number of worlds of each of `parts`."""
    step = max(-(-worlds // parts), 1)
    return [(first, min(step, worlds - first)) for first in range(0, worlds, step)]


class Sheet:
    """A Markdown table that is printed row by row, and at the end what is out of the band.

    Parameters
    ----------
    tests : iterable of str
    page : str
        File in ``docs/`` that shows the table.
    """

    def __init__(self, tests: Iterable[str], page: str) -> None:
        self.tests, self.page = list(tests), PAGES / page
        self.missed: list[str] = []
        self.known: list[str] = []
        self.lines: list[str] = []
        self._say("| case | worlds | " + " | ".join(self.tests) + " |")
        self._say("| --- |" + " --- |" * (len(self.tests) + 1))

    def _say(self, line: str) -> None:
        self.lines.append(line)
        print(line, flush=True)

    def row(
        self,
        told: str,
        worlds: int,
        found: Mapping[str, float],
        *,
        power: bool = False,
        known: Iterable[str] = (),
    ) -> None:
        """Print the shares `found`; `known` are tests whose failure in this case is documented."""
        cells = ("" if found[key] != found[key] else f"{found[key] * 100:.1f}" for key in self.tests)
        self._say(f"| {told} | {worlds:,} | " + " | ".join(cells) + " |")
        low, high = (POWER, 1.0) if power else BAND
        for key in self.tests:
            if found[key] < low or found[key] > high:
                where = self.known if key in set(known) else self.missed
                where.append(f"{key} {found[key] * 100:.1f} % ({told})")

    def close(self) -> None:
        """Say what is out of the band, and write the table where it was asked for."""
        if "--write" in sys.argv:
            text = self.page.read_text(encoding="utf-8")
            head, rest = text.split(BEGIN)
            table = "".join(f"{line}\n" for line in self.lines)
            self.page.write_text(head + BEGIN + table + END + rest.split(END)[1], encoding="utf-8")
        print(f"\nSize outside {BAND[0]:.1%} to {BAND[1]:.1%}, or power below {POWER:.0%}:")
        print("  unexpected: " + ("; ".join(self.missed) or "none"))
        print("  documented: " + ("; ".join(self.known) or "none"), flush=True)
