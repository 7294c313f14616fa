"""The trial ledger: every run and every trial of every search, across days and processes."""

from __future__ import annotations

import datetime as dt
import json
import math
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from newsbt.adapters.ledger_store import Execute, Store, open_store
from newsbt.errors import OutputError
from newsbt.records import FloatArray
from newsbt.runs import RunSpec
from newsbt.specs import spec_to_json
from newsbt.tuning.fingerprint import HashArray
from newsbt.tuning.sketch import Sketch

__all__ = ["Ledger", "Trials", "family_of"]

FORMAT = 1
TABLES = (
    "CREATE TABLE IF NOT EXISTS newsbt_ledger (format INTEGER PRIMARY KEY)",
    "CREATE TABLE IF NOT EXISTS newsbt_searches (id TEXT PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL,"
    " strategy TEXT NOT NULL, signal TEXT NOT NULL, family TEXT NOT NULL, objective TEXT NOT NULL,"
    " spec TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS newsbt_trials (search TEXT NOT NULL REFERENCES newsbt_searches (id),"
    " day TEXT NOT NULL, points BIGINT NOT NULL, best DOUBLE PRECISION, per_year DOUBLE PRECISION NOT NULL,"
    " sketch {blob} NOT NULL, PRIMARY KEY (search, day))",
)
COLUMNS = ("id", "at", "kind", "strategy", "signal", "family", "objective", "day", "points", "best")
SELECT = (
    "SELECT s.id, s.at, s.kind, s.strategy, s.signal, s.family, s.objective, t.day, t.points,"
    " t.best * sqrt(t.per_year), t.sketch"
    " FROM newsbt_searches s JOIN newsbt_trials t ON t.search = s.id"
)


@dataclass(frozen=True, slots=True)
class Trials:
    """What the deflated Sharpe ratio needs of a search; see :func:`newsbt.evidence.sharpe_inference`.

    Parameters
    ----------
    count : int
        Different trials; a trial that was run again counts once.
    exact : bool
        False where `count` is an estimate (standard error 1.6 %).
    points : int
        All trials, repetitions included.
    variance : float
        Sample variance of the different trials' Sharpe ratios, per period (daily return, not annual); of a
        fair sample of 4,096 where there are more. nan for fewer than two defined ones.
    best : float
        Largest Sharpe ratio, a year; nan where none is defined.
    """

    count: int
    exact: bool
    points: int
    variance: float
    best: float


class Ledger:
    """An open ledger. Transactions are short: any number of processes may write at once.

    Parameters
    ----------
    store : Store
        As :func:`newsbt.adapters.ledger_store.open_store` gives it.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def open(cls, place: str | Path, folder: Path | None = None) -> Ledger:
        """Open the ledger at `place`, and make its tables where there are none.

        Parameters
        ----------
        place : str or Path
            URL of a database, or a file.
        folder : Path, optional
            What a relative file is taken from; default the current one.

        Raises
        ------
        SettingsError
            For a URL that is none of PostgreSQL or SQLite.
        OutputError
            If it cannot be reached or written, or is of another version of newsbt.
        """
        ledger = cls(open_store(str(place), folder or Path()))
        ledger._make_tables()
        return ledger

    @property
    def name(self) -> str:
        """Where it is, without a password."""
        return self._store.name

    def start_search(
        self, spec: RunSpec, kind: str, *, objective: str = "sharpe", details: Mapping[str, Any] | None = None
    ) -> str:
        """Enter a search that is about to begin; it counts from its first chunk on.

        Parameters
        ----------
        spec : RunSpec
            What its points change.
        kind : str
            ``run``, ``tune``, ...
        objective : str
            What was searched for.
        details : mapping, optional
            JSON values besides the specification: axes, search method.

        Returns
        -------
        str
            Its id, for :meth:`record_chunk`.
        """
        key = uuid.uuid4().hex
        with self._store.begin() as execute:
            _insert_search(execute, key, spec, kind, objective, details)
        return key

    def record_chunk(self, search: str, hashes: HashArray, sharpes: FloatArray, per_year: float) -> None:
        """Count a chunk of trials.

        Parameters
        ----------
        search : str
            Of :meth:`start_search`. Several processes may record chunks of one search.
        hashes : array of uint64, shape (n,)
            See :func:`newsbt.tuning.fingerprint.fingerprints`.
        sharpes : array, shape (n,)
            Sharpe ratios **per period**, not annual; nan where undefined.
        per_year : float
            Periods a year, to show them annually.
        """
        if not len(hashes):
            return
        with self._store.begin() as execute:
            _add_chunk(execute, self._store.locked, search, hashes, sharpes, per_year)

    def record_run(
        self, spec: RunSpec, fingerprint: int, sharpe: float | None, per_year: float, kind: str = "run"
    ) -> None:
        """Count one backtest; `sharpe` is per period, None where undefined, `kind` as of a search."""
        key = uuid.uuid4().hex
        value = np.array([math.nan if sharpe is None else sharpe])
        with self._store.begin() as execute:
            _insert_search(execute, key, spec, kind, "", None)
            hashes = np.array([fingerprint], dtype=np.uint64)
            _add_chunk(execute, self._store.locked, key, hashes, value, per_year)

    def trials(
        self, *, strategy: str | None = None, family: str | None = None, since: dt.date | None = None
    ) -> Trials:
        """Everything tried, or what was tried of one `strategy`, on one `family` of data, since a UTC day."""
        return _totals(self._rows(strategy, family, since))

    def trial_count(
        self, *, strategy: str | None = None, family: str | None = None, since: dt.date | None = None
    ) -> int:
        """Number of different trials; see :meth:`trials`."""
        return self.trials(strategy=strategy, family=family, since=since).count

    def sharpe_variance(
        self, *, strategy: str | None = None, family: str | None = None, since: dt.date | None = None
    ) -> float:
        """Variance of their Sharpe ratios, per period; see :meth:`trials`."""
        return self.trials(strategy=strategy, family=family, since=since).variance

    def summary(
        self, *, strategy: str | None = None, since: dt.date | None = None
    ) -> dict[str, pd.DataFrame]:
        """Totals and searches as tables.

        Returns
        -------
        dict
            ``strategies`` and ``days``: strategy or day, points, trials (different ones), best (Sharpe ratio,
            a year; nan if undefined), deviation (of the different trials' Sharpe ratios, per period).
            ``searches``: id, at (ISO 8601, UTC), kind, strategy, signal, family, objective, points, best;
            latest first.
        """
        rows = self._rows(strategy, None, since)
        searches = rows.groupby("id", sort=False).agg(
            {**dict.fromkeys(COLUMNS[1:7], "first"), "points": "sum", "best": "max"}
        )
        return {
            "strategies": _by(rows, "strategy").sort_values("points", ascending=False, ignore_index=True),
            "days": _by(rows, "day").sort_values("day", ascending=False, ignore_index=True),
            "searches": searches.reset_index().sort_values(["at", "id"], ascending=False, ignore_index=True),
        }

    def _rows(self, strategy: str | None, family: str | None, since: dt.date | None) -> pd.DataFrame:
        """One row a search and day, oldest first, with its sketch."""
        asked = {"strategy": strategy, "family": family, "since": since.isoformat() if since else None}
        tests = {
            "strategy": "s.strategy = :strategy",
            "family": "s.family = :family",
            "since": "t.day >= :since",
        }
        values = {name: value for name, value in asked.items() if value is not None}
        where = " WHERE " + " AND ".join(tests[name] for name in values) if values else ""
        with self._store.begin() as execute:
            found = execute(f"{SELECT}{where} ORDER BY s.at, t.day, s.id", values)
        frame = pd.DataFrame([row[:-1] for row in found], columns=list(COLUMNS))
        frame["best"] = frame["best"].astype("float64")
        frame["sketch"] = pd.Series([Sketch.from_bytes(bytes(row[-1])) for row in found], dtype=object)
        return frame

    def _make_tables(self) -> None:
        with self._store.begin() as execute:
            if self._store.first:
                execute(self._store.first, {})
            for statement in TABLES:
                execute(statement.format(blob=self._store.blob), {})
            execute("INSERT INTO newsbt_ledger VALUES (:format) ON CONFLICT DO NOTHING", {"format": FORMAT})
            found = [row[0] for row in execute("SELECT format FROM newsbt_ledger ORDER BY format", {})]
        if found != [FORMAT]:
            raise OutputError(
                f"the ledger {self.name} has format {found[-1]}; this version of newsbt reads {FORMAT}:"
                " update newsbt, or name another with --ledger"
            )


def family_of(spec: RunSpec) -> str:
    """The data that a run is made on, as a text: prices, listings, period. Trials on the same compete."""
    symbols = ",".join(sorted(spec.symbols)) or "all"
    return f"{Path(spec.prices).name} {symbols} {spec.start or 'first'}..{spec.end or 'last'}"


def _insert_search(
    execute: Execute, key: str, spec: RunSpec, kind: str, objective: str, details: Mapping[str, Any] | None
) -> None:
    values = {
        "id": key,
        "at": dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "kind": kind,
        "strategy": spec.strategy,
        "signal": spec.signal,
        "family": family_of(spec),
        "objective": objective,
        "spec": json.dumps({"spec": spec_to_json(spec), **(details or {})}, ensure_ascii=False, default=str),
    }
    names = ", ".join(f":{name}" for name in values)
    execute(f"INSERT INTO newsbt_searches ({', '.join(values)}) VALUES ({names})", values)


def _add_chunk(
    execute: Execute, locked: str, search: str, hashes: HashArray, sharpes: FloatArray, per_year: float
) -> None:
    """Merge a chunk into the row of the search and of today, which is locked meanwhile."""
    row = {"search": search, "day": dt.datetime.now(dt.UTC).date().isoformat()}
    execute(
        "INSERT INTO newsbt_trials VALUES (:search, :day, 0, NULL, :per_year, :sketch)"
        " ON CONFLICT DO NOTHING",
        {**row, "per_year": float(per_year), "sketch": Sketch().to_bytes()},
    )
    ((best, old),) = execute(
        f"SELECT best, sketch FROM newsbt_trials WHERE search = :search AND day = :day{locked}", row
    )
    defined = sharpes[np.isfinite(sharpes)]
    bests = [float(defined.max())] if len(defined) else []
    bests += [] if best is None else [best]
    execute(
        "UPDATE newsbt_trials SET points = points + :points, best = :best, sketch = :sketch"
        " WHERE search = :search AND day = :day",
        {
            **row,
            "points": len(hashes),
            "best": max(bests, default=None),
            "sketch": Sketch.from_bytes(bytes(old)).add(hashes, sharpes).to_bytes(),
        },
    )


def _totals(rows: pd.DataFrame) -> Trials:
    sketch = Sketch.union(_sketches(rows))
    best = float(rows["best"].max()) if rows["best"].notna().any() else math.nan
    return Trials(sketch.count, sketch.exact, int(rows["points"].sum()), sketch.variance, best)


def _sketches(rows: pd.DataFrame) -> Iterable[Sketch]:
    return rows["sketch"].tolist()


def _by(rows: pd.DataFrame, key: str) -> pd.DataFrame:
    totals = {str(name): _totals(part) for name, part in rows.groupby(key)}
    return pd.DataFrame(
        {
            key: list(totals),
            "points": [item.points for item in totals.values()],
            "trials": [item.count for item in totals.values()],
            "best": [item.best for item in totals.values()],
            "deviation": [math.sqrt(item.variance) for item in totals.values()],
        }
    )
