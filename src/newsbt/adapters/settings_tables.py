"""The tables of ``newsbt.toml`` as validated models, and the run that they and a request make."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from newsbt.adapters.settings_errors import validate
from newsbt.durations import parse_duration
from newsbt.errors import InputError, UnknownNameError
from newsbt.records import Entry
from newsbt.runs import RunSpec

__all__ = ["BROKERS", "Broker", "LedgerTable", "Params", "Preset", "RunDefaults", "Settings"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def _split(value: Any) -> Any:
    """``"A,B"`` as ``("A", "B")``; anything else as it is. A text without a name is a slip, not all names."""
    if not isinstance(value, str):
        return value
    names = tuple(part.strip() for part in value.split(",") if part.strip())
    if not names:
        raise ValueError("name listings or issuers, or leave it out for all")
    return names


def _file(value: Any) -> Any:
    """A path as text; anything else as it is."""
    return os.fspath(value) if isinstance(value, os.PathLike) else value


def _files(value: Any) -> Any:
    """One file as a tuple of one, paths as texts; anything else as it is."""
    if isinstance(value, str | os.PathLike):
        return (_file(value),)
    return tuple(map(_file, value)) if isinstance(value, list | tuple) else value


def _span(value: Any) -> Any:
    return parse_duration(str(value), "latency") if isinstance(value, str | int | float) else value


def _day(value: Any) -> Any:
    """Dates as ISO text or TOML dates only; pydantic alone takes 20200101 for seconds since 1970."""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError as error:
        raise ValueError("write a date such as 2019-01-02") from error


Day = Annotated[dt.date, BeforeValidator(_day)]
Names = Annotated[tuple[str, ...], BeforeValidator(_split)]
Params = dict[str, bool | int | float | str]


class Broker(_Frozen):
    """What trading costs, each way.

    Parameters
    ----------
    commission : float or str
        Fraction of the value traded, or the name of a broker in ``data/fees.toml``.
    slippage : float
        Fraction of the price.
    slippage_fixed : float
        Local currency a share.
    slippage_ticks : float
        Price steps of the venue; 0.5 is half of the narrowest spread.
    impact : float
        Scale of the square-root impact; see :class:`newsbt.slippage.SquareRootImpact`.
    """

    commission: Annotated[float, Field(ge=0, lt=0.1)] | Annotated[str, Field(min_length=1)] = 0.0
    slippage: Annotated[float, Field(ge=0, lt=0.1)] = 0.0
    slippage_fixed: Annotated[float, Field(ge=0)] = 0.0
    slippage_ticks: Annotated[float, Field(ge=0, le=100)] = 0.0
    impact: Annotated[float, Field(ge=0, le=10)] = 0.0


BROKERS: dict[str, Broker] = {"zero": Broker(), "percent": Broker(commission=0.001, slippage=0.0005)}
"""Brokers that are there without a ``[broker.NAME]`` table, as those of ``data/fees.toml`` are; a table of
the name replaces them."""


class LedgerTable(_Frozen):
    """The ``[ledger]`` table.

    Parameters
    ----------
    url : str
        URL of a database, a file (relative to the workspace), or ``none`` to count no trials.
    """

    url: Annotated[str, Field(min_length=1)] = "data/ledger.sqlite"


class RunDefaults(_Frozen):
    """The fields of a :class:`~newsbt.runs.RunSpec` that a settings table may give; None is not given."""

    signal: str | None = None
    symbols: Names | None = None
    start: Day | None = None
    end: Day | None = None
    prices: Annotated[str | None, Field(min_length=1), BeforeValidator(_file)] = None
    catalysts: Annotated[tuple[str, ...] | None, BeforeValidator(_files)] = None
    cash: Annotated[float | None, Field(gt=0, le=1e15)] = None
    base: Literal["USD", "HKD"] | None = None
    broker: str | None = None
    entry: Entry | None = None
    latency: Annotated[dt.timedelta | None, BeforeValidator(_span)] = None
    max_gross: Annotated[float | None, Field(gt=0, le=10)] = None
    max_weight: Annotated[float | None, Field(gt=0, le=10)] = None
    max_volume: Annotated[float | None, Field(ge=0, le=1)] = None
    shares: Annotated[int | None, Field(ge=0, le=10**9)] = None
    spillover: Annotated[float | None, Field(ge=0, le=1)] = None
    netting: Literal["sum", "mean", "strongest", "latest"] | None = None
    benchmark: str | None = None
    seed: Annotated[int | None, Field(ge=0, le=2**32 - 1)] = None

    def given(self) -> dict[str, Any]:
        """The fields of a RunSpec that this table gives."""
        names = [name for name in RunDefaults.model_fields if getattr(self, name) is not None]
        return {name: getattr(self, name) for name in names}


class Preset(RunDefaults):
    """A ``[run.NAME]`` table."""

    strategy: str | None = None
    params: Params = {}
    signal_params: Params = {}


class Settings(_Frozen):
    """The whole of ``newsbt.toml``.

    Parameters
    ----------
    run : RunDefaults
        ``[run]``.
    presets : mapping of name to Preset
        ``[run.NAME]``.
    broker : mapping of name to Broker
        ``[broker.NAME]``, besides :data:`BROKERS` and those of ``data/fees.toml``.
    strategy, signal : mapping of name to parameters
        ``[strategy.NAME]`` and ``[signal.NAME]``: other defaults for the parameters of that file.
    ledger : LedgerTable
        ``[ledger]``: where trials are counted.
    """

    run: RunDefaults = RunDefaults()
    presets: dict[str, Preset] = {}
    broker: dict[str, Broker] = BROKERS
    strategy: dict[str, Params] = {}
    signal: dict[str, Params] = {}
    ledger: LedgerTable = LedgerTable()

    def preset(self, name: str) -> Preset:
        """Preset `name`; UnknownNameError with the nearest name if there is none."""
        if name not in self.presets:
            raise UnknownNameError("preset", name, self.presets, where="newsbt.toml")
        return self.presets[name]

    def broker_named(self, name: str) -> Broker:
        """Broker `name`; UnknownNameError with the nearest name if there is none."""
        if name not in self.broker:
            raise UnknownNameError("broker", name, self.broker, where="newsbt.toml or data/fees.toml")
        return self.broker[name]

    def spec(
        self,
        strategy: str,
        given: Mapping[str, Any] | None = None,
        *,
        preset: str | None = None,
        params: Mapping[str, Any] | None = None,
        signal_params: Mapping[str, Any] | None = None,
    ) -> RunSpec:
        """The run of `strategy` under these settings; `given` wins over the preset, that over ``[run]``.

        Parameters
        ----------
        strategy : str
        given : mapping
            Fields of a RunSpec as texts or values; None is not given.
        preset : str or None
            Its strategy parameters count if it names `strategy` or none, its signal parameters if the run
            keeps its signal.
        params, signal_params : mapping
            They win over the preset's, those over ``[strategy.NAME]`` and ``[signal.NAME]``. They are not
            checked against the plug-in here.

        Raises
        ------
        InputError
            For a value out of bounds, or a start after the end.
        UnknownNameError
            For an unknown field, preset or broker.
        """
        chosen = self.preset(preset) if preset else Preset()
        asked = validate(RunDefaults, {k: v for k, v in (given or {}).items() if v is not None}, "")
        values = {**self.run.given(), **chosen.given()}
        signal = values.get("signal", RunSpec.signal)
        values.update(asked.given())
        spec = RunSpec(strategy, **values)
        self.broker_named(spec.broker)
        if spec.start and spec.end and spec.start > spec.end:
            raise InputError(
                f"the run starts on {spec.start}, after its end on {spec.end}; swap --start and --end"
            )
        strategy_params: dict[str, Any] = dict(self.strategy.get(strategy, {}))
        if chosen.strategy in (None, strategy):
            strategy_params.update(chosen.params)
        own_params: dict[str, Any] = dict(self.signal.get(spec.signal, {}))
        if spec.signal == signal:
            own_params.update(chosen.signal_params)
        return RunSpec(
            strategy,
            {**strategy_params, **(params or {})},
            signal_params={**own_params, **(signal_params or {})},
            **{"signal": spec.signal, **values},
        )
