"""Compiles peer.c and hands it the same numbers as the compiled engine."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from newsbt.adapters.compilation import keep_compiled

keep_compiled()

from newsbt.engine.compiled import CompiledWorld  # noqa: E402
from newsbt.kernel.measure import COUNT  # noqa: E402
from newsbt.records import FloatArray  # noqa: E402

__all__ = ["FLAGS", "LoopInC"]

#: What numba does: all optimisations for this processor, no reordering of floating point.
FLAGS = ("-O3", "-march=native", "-ffp-contract=off")

BAR = np.dtype(
    [
        *((name, "f8") for name in ("open", "high", "low", "close", "fx", "value")),
        *((name, "f8") for name in ("average_volume", "paid_long", "paid_short", "borrow")),
        *((name, "i4") for name in ("session", "lot", "gap", "fees", "ticks")),
        *((name, "u1") for name in ("tradable", "live", "no_short", "pays")),
    ],
    align=True,
)
FEE = np.dtype(
    [
        *(
            (n, "f8")
            for n in ["rate", "per_share", "amount", "of_commission", "minimum", "maximum", "max_rate"]
        ),
        ("rounding", "i4"),
        *((name, "u1") for name in ("buy", "sell", "is_commission", "last")),
    ],
    align=True,
)
POINT = np.dtype([("hold", "i8"), *((name, "f8") for name in ("stop", "take", "weight", "min_score"))])
FILL = np.dtype(
    [("listing", "i8"), ("bar", "i8"), ("shares", "i8"), ("price", "f8"), ("fees", "f8"), ("reason", "i8")]
)
NEWS = np.dtype([("score", "f8"), ("session", "i8")])
LISTING = np.dtype([("first_news", "i8"), ("end_news", "i8")])

P, D, I = ctypes.c_void_p, ctypes.c_double, ctypes.c_int32  # noqa: E741 - as short as in C


class _Market(ctypes.Structure):
    _fields_ = (
        *((name, I) for name in ("steps", "listings", "fees_wide", "ticks_wide")),
        *((name, P) for name in ("bar_at", "bars", "list", "news", "fees", "bounds", "grid")),
        *((n, D) for n in ("cash", "gross", "max_weight", "max_volume", "initial", "maintenance")),
        *((name, I) for name in ("days", "common")),
        *((name, P) for name in ("last_steps", "dates")),
        *((name, D) for name in ("years", "per_year")),
        *((name, P) for name in ("shared", "benchmark")),
        ("common_per_year", D),
    )


def _copy(kind: Any, **columns: Any) -> Any:
    (count,) = {np.shape(column) for column in columns.values()}
    table = np.zeros(count, dtype=kind)
    for name, column in columns.items():
        table[name] = column
    return table


class LoopInC:
    """The plain C loop over one packed world."""

    def __init__(self, compiled: CompiledWorld, folder: Path | None = None) -> None:
        source = Path(__file__).with_name("peer.c")
        compiler = next(name for name in ("gcc", "cc", "clang") if shutil.which(name))
        built = Path(tempfile.mkdtemp(dir=folder)) / "peer.so"
        subprocess.run([compiler, *FLAGS, "-shared", "-fPIC", "-o", built, source, "-lm"], check=True)
        version = subprocess.run([compiler, "--version"], check=True, capture_output=True, text=True).stdout
        self.compiler = f"{compiler} {version.splitlines()[0].split()[-1]} {' '.join(FLAGS)}"
        self._library = ctypes.CDLL(str(built))
        self._library.run_points.restype = ctypes.c_int64
        self._library.run_points.argtypes = [P, P, ctypes.c_int64, P, P]
        self._keep: list[Any] = []
        self._market = self._build(compiled)

    def _address(self, array: Any) -> int:
        """Address of an array that lives as long as this object."""
        kept = np.ascontiguousarray(array)
        self._keep.append(kept)
        return int(kept.ctypes.data)

    def _build(self, compiled: CompiledWorld) -> _Market:
        market, span = compiled._market, compiled._span
        rows, rest, rules, fees = market.bars, market.details, market.rules[0], market.fees
        bars = _copy(
            BAR,
            **{name: rows[name] for name in ("open", "close", "fx", "average_volume", "lot")},
            **{name: rows[name] for name in ("fees", "ticks", "tradable", "live")},
            **{name: rest[name] for name in ("paid_long", "paid_short", "borrow", "gap", "pays")},
            high=market.highs,
            low=market.lows,
            value=rows["close"] * rows["fx"],
            session=rows["number"],
            no_short=rows["no_short_open"],
        )
        news = _copy(NEWS, score=market.news["score"], session=market.news["number"])
        listing = market.listings
        lines = _copy(LISTING, first_news=listing["first_news"], end_news=listing["end_news"])
        table = _copy(FEE, **{name: fees[name] for name in FEE.names or ()})
        steps, listings = market.bar_at.shape
        return _Market(
            steps=steps,
            listings=listings,
            fees_wide=fees.shape[1],
            ticks_wide=market.grid.shape[1],
            bar_at=self._address(market.bar_at),
            bars=self._address(bars),
            list=self._address(lines),
            news=self._address(news),
            fees=self._address(table),
            bounds=self._address(market.bounds),
            grid=self._address(market.grid),
            cash=rules.cash,
            gross=rules.gross,
            max_weight=rules.weight,
            max_volume=rules.volume,
            initial=rules.initial,
            maintenance=rules.maintenance,
            days=len(span.last_steps),
            common=len(span.benchmark),
            last_steps=self._address(span.last_steps),
            dates=self._address(span.dates),
            years=span.years,
            per_year=span.per_year,
            shared=self._address(span.common),
            benchmark=self._address(span.benchmark),
            common_per_year=span.common_per_year,
        )

    def metrics(self, points: Any) -> FloatArray:
        """All metrics of packed points, shape (points, metrics)."""
        out = np.empty((len(points), COUNT))
        if self._call(points, out, 0) < 0:
            raise RuntimeError("peer.c met a margin call, which it does not execute")
        return out

    def fills(self, params: dict[str, Any], most: int = 100_000) -> Any:
        """Fills of one point."""
        log = np.zeros(most, dtype=FILL)
        count = self._call(self.points([params]), np.empty((1, COUNT)), log.ctypes.data)
        return log[:count]

    def points(self, given: Sequence[dict[str, Any]]) -> Any:
        """Points as peer.c wants them."""
        return np.array([tuple(one[name] for name in POINT.names or ()) for one in given], dtype=POINT)

    def _call(self, points: Any, out: FloatArray, log: int) -> int:
        return int(
            self._library.run_points(
                ctypes.addressof(self._market), points.ctypes.data, len(points), out.ctypes.data, log or None
            )
        )
