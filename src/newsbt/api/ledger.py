"""Counting trials while something else is being done: a ledger that fails never loses a result."""

from __future__ import annotations

import hashlib
import math
import os
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from newsbt.adapters.ledger import Ledger, family_of
from newsbt.adapters.plugins import describe
from newsbt.adapters.settings import load_settings
from newsbt.adapters.workspace import Workspace
from newsbt.errors import OutputError
from newsbt.metrics.daily import daily_equity, periods_per_year
from newsbt.records import Finding, FloatArray
from newsbt.runs import RunResult, RunSpec, Tried
from newsbt.tuning.fingerprint import describe_trial, fingerprint, fingerprints

__all__ = ["VARIABLE", "SearchLog", "TrialLog", "open_ledger", "open_trial_log"]

VARIABLE = "NEWSBT_LEDGER"
#: In place of a URL: count nothing.
OFF = "none"


def open_ledger(workspace: Workspace, explicit: str | None = None) -> Ledger | None:
    """The ledger of `workspace`; None where it is switched off.

    Parameters
    ----------
    workspace : Workspace
    explicit : str, optional
        URL or file, as given with ``--ledger``; without it the variable ``NEWSBT_LEDGER``, then ``[ledger]
        url`` of ``newsbt.toml``, then ``data/ledger.sqlite``. ``none`` switches it off.

    Raises
    ------
    SettingsError
        For a URL that cannot be one.
    OutputError
        If the ledger cannot be reached or written.
    """
    named = explicit or os.environ.get(VARIABLE, "")
    if named:
        return None if named == OFF else Ledger.open(named)
    url = load_settings(workspace).ledger.url
    return None if url == OFF else Ledger.open(url, workspace.root)


def open_trial_log(workspace: Workspace, explicit: str | None = None) -> TrialLog:
    """A log to count trials with; call it before the work starts.

    A ledger that cannot be reached is an error where it was named with ``--ledger`` (`explicit`); otherwise
    it becomes a warning among the log's findings, and nothing is counted.

    Raises
    ------
    SettingsError
        For a URL that cannot be one, wherever it was given.
    OutputError
        If `explicit` cannot be reached or written.
    """
    try:
        return TrialLog(workspace, open_ledger(workspace, explicit))
    except OutputError as error:
        if explicit:
            raise
        log = TrialLog(workspace, None)
        log.fail(error)
        return log


class TrialLog:
    """Counts trials of one workspace; never raises once it is open.

    Attributes
    ----------
    findings : list of Finding
        One warning if the ledger failed; for the result that the trials belong to.
    """

    def __init__(self, workspace: Workspace, ledger: Ledger | None) -> None:
        self.ledger, self.findings = ledger, list[Finding]()
        self._workspace = workspace

    def run(self, spec: RunSpec, result: RunResult, kind: str = "run") -> None:
        """Count one backtest; `kind` is what the ledger calls it."""
        dates = pd.DatetimeIndex(daily_equity(result.equity).index)
        per_year = periods_per_year(dates)
        sharpe = result.metrics.get("sharpe")
        daily = None if sharpe is None else sharpe / math.sqrt(per_year)
        number = fingerprint(*self._identity(spec))
        years = per_year if len(dates) else 1.0
        self._try(lambda ledger: ledger.record_run(spec, number, daily, years, kind))

    def tried(self, spec: RunSpec) -> Tried | None:
        """The different trials on record on the data of `spec`; None where nothing is counted."""
        found: list[Tried] = []

        def read(ledger: Ledger) -> None:
            trials = ledger.trials(family=family_of(spec))
            found.append(Tried(trials.count, trials.variance))

        self._try(read)
        return found[0] if found else None

    def search(
        self, spec: RunSpec, kind: str, *, objective: str = "sharpe", details: Mapping[str, Any] | None = None
    ) -> SearchLog:
        """Begin a search whose points change `spec`; see :meth:`Ledger.start_search`."""
        keys: list[str] = []
        self._try(
            lambda ledger: keys.append(ledger.start_search(spec, kind, objective=objective, details=details))
        )
        return SearchLog(self, keys[0] if keys else "", *self._identity(spec))

    def fail(self, error: OutputError) -> None:
        """Stop counting, and say so once."""
        self.ledger = None
        self.findings.append(
            Finding(
                "not-counted",
                "warning",
                "ledger",
                f"these trials are not counted: {error}",
                "the deflated Sharpe will think that less was tried",
            )
        )

    def _try(self, write: Callable[[Ledger], None]) -> None:
        if self.ledger is None:
            return
        try:
            write(self.ledger)
        except OutputError as error:
            self.fail(error)

    def _identity(self, spec: RunSpec) -> tuple[dict[str, Any], dict[str, Any]]:
        """What makes a trial of `spec`, and the defaults of its parameters."""
        plugins = (self._workspace.strategy(spec.strategy), self._workspace.signal(spec.signal))
        code = hashlib.sha256(b"\0".join(ref.path.read_bytes() for ref in plugins)).hexdigest()
        own, of_signal = (describe(ref).params for ref in plugins)
        defaults = {param.name: param.default for param in own}
        defaults.update({f"signal.{param.name}": param.default for param in of_signal})
        return describe_trial(spec, code), defaults


class SearchLog:
    """Counts the trials of one search, chunk by chunk.

    Parameters
    ----------
    log : TrialLog
    key : str
        The search's id in the ledger; empty if it could not be entered.
    base, defaults : mapping
        See :func:`newsbt.tuning.fingerprint.fingerprints`.
    """

    def __init__(self, log: TrialLog, key: str, base: Mapping[str, Any], defaults: Mapping[str, Any]) -> None:
        self._log, self._key, self._base, self._defaults = log, key, base, defaults

    def add(self, batch: pd.DataFrame, sharpes: FloatArray, per_year: FloatArray | float) -> None:
        """Count the points of `batch`.

        Parameters
        ----------
        batch : DataFrame
            One row a point, one column an axis.
        sharpes : array, shape (len(batch),)
            Metric ``sharpe`` of each, **a year**, nan where undefined.
        per_year : float or array, shape (len(batch),)
            Metric ``dates_per_year``: daily returns a year; nan only where the Sharpe ratio is.
        """
        if self._key and self._log.ledger is not None:
            hashes = fingerprints(self._base, batch, self._defaults)
            daily = sharpes / np.sqrt(per_year)
            known = np.atleast_1d(per_year)[np.isfinite(np.atleast_1d(per_year))]
            shown = float(np.median(known)) if len(known) else 1.0
            self._log._try(lambda ledger: ledger.record_chunk(self._key, hashes, daily, shown))
