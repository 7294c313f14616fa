"""Prices from Yahoo Finance: raw bars and actions, one symbol a call."""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from newsbt.adapters.prices.source import (
    ZONES,
    RawBars,
    RawFx,
    SymbolMissingError,
    empty_dividends,
)
from newsbt.adapters.prices.yfinance_call import WAITS, ask, yfinance_version
from newsbt.errors import DataUnavailableError
from newsbt.prices.report import index_days
from newsbt.universe import Listing, Universe

__all__ = ["EARLIEST", "FX_ZONE", "YahooSource", "digest", "utc_now"]

#: First day asked for when the user names none.
EARLIEST = dt.date(2015, 1, 1)
_FX_YAHOO = "HKD=X"
FX_ZONE = "Europe/London"
_COLUMNS = {"Open": "open", "High": "high", "Low": "low", "Close": "close", "Volume": "volume"}
_ACTIONS = ("Dividends", "Stock Splits")


def utc_now() -> dt.datetime:
    """The present, UTC."""
    return dt.datetime.now(dt.UTC)


class YahooSource:
    """Yahoo Finance through yfinance.

    Parameters
    ----------
    session : requests.Session or curl_cffi Session or None
        None lets yfinance make its own, which looks like a browser.
    state_dir : Path or None
        Where yfinance keeps time zones and cookies; None for the user's cache folder.
    clock : callable
        The present as an aware datetime: the exchange's today is dropped as unfinished.
    sleep : callable
        Waits between symbols and attempts.
    waits : tuple of float
        Seconds before each further attempt.
    pause : float
        Seconds between two symbols.
    timeout : float
        Seconds for one request.
    """

    def __init__(
        self,
        *,
        session: object | None = None,
        state_dir: Path | None = None,
        clock: Callable[[], dt.datetime] = utc_now,
        sleep: Callable[[float], None] = time.sleep,
        waits: tuple[float, ...] = WAITS,
        pause: float = 0.5,
        timeout: float = 20.0,
    ) -> None:
        self._session, self._state_dir, self._clock, self._sleep = session, state_dir, clock, sleep
        self._waits, self._pause, self._timeout = waits, pause, timeout
        self._asked = False

    @property
    def name(self) -> str:
        """``"yahoo"``."""
        return "yahoo"

    def describe(self) -> str:
        """One line: what and where."""
        return f"Yahoo Finance, through yfinance {yfinance_version()}"

    def symbols(self, universe: Universe) -> tuple[str, ...]:
        """All of them; which ones Yahoo really has is known after asking."""
        return tuple(universe.listings)

    def span(self, listings: Sequence[Listing]) -> tuple[dt.date, dt.date] | None:
        """From :data:`EARLIEST` to today."""
        return EARLIEST, self._clock().date()

    def fetch(self, listing: Listing, start: dt.date, end: dt.date) -> RawBars:
        """Bars from `start` to `end` without the exchange's unfinished today."""
        frame, named = self._history(listing.yahoo or listing.symbol, start, end, ZONES[listing.venue])
        prices = frame.rename(columns=_COLUMNS)[list(_COLUMNS.values())].astype(np.float64)
        paid = frame["Dividends"].to_numpy(np.float64)
        cash = np.flatnonzero(np.nan_to_num(paid) != 0.0)
        dividends = empty_dividends()
        if len(cash):
            currency = _currency_by_day(named)
            days = frame.index[cash]
            codes = [currency.get(day, listing.currency) for day in index_days(days).tolist()]
            dividends = pd.DataFrame({"ex_date": days, "amount": paid[cash], "currency": codes})
        ratio = frame["Stock Splits"].astype(np.float64)
        return RawBars(
            prices, dividends, ratio[ratio.fillna(0.0) != 0.0], self._provenance(listing.yahoo, prices)
        )

    def fetch_fx(self, start: dt.date, end: dt.date) -> RawFx | None:
        """Closes of ``HKD=X``; None where Yahoo has none for the period."""
        try:
            frame, _ = self._history(_FX_YAHOO, start, end, FX_ZONE)
        except SymbolMissingError:
            return None
        rates = frame["Close"].to_numpy(np.float64)
        return RawFx(index_days(frame.index), rates, self._provenance(_FX_YAHOO, frame[["Close"]]))

    def _history(
        self, symbol: str, start: dt.date, end: dt.date, zone: str
    ) -> tuple[pd.DataFrame, pd.DataFrame | None]:
        """Table with naive local dates, today's bar dropped; columns checked."""
        if self._asked:
            self._sleep(self._pause)
        elif self._state_dir is not None:
            import yfinance as yf

            yf.set_tz_cache_location(str(self._state_dir))
        self._asked = True
        frame, named = ask(
            symbol,
            start,
            end,
            session=self._session,
            timeout=self._timeout,
            waits=self._waits,
            sleep=self._sleep,
        )
        missing = [name for name in (*_COLUMNS, *_ACTIONS) if name not in frame.columns]
        if missing:
            raise DataUnavailableError(
                f"yfinance {yfinance_version()} gives no column {', '.join(missing)} for {symbol} but "
                f"{', '.join(map(str, frame.columns))}; install the version that pyproject.toml asks for"
            )
        moments = pd.DatetimeIndex(frame.index)
        # The index is midnight of the exchange's own zone: its local date is the session.
        frame = frame.set_axis(moments.tz_localize(None).normalize().as_unit("ns").rename(None), axis=0)
        today = self._clock().astimezone(ZoneInfo(str(moments.tz or zone))).date()
        frame = frame[frame.index < pd.Timestamp(today)]
        if not len(frame):
            raise SymbolMissingError(f"Yahoo has no finished session of {symbol} from {start} to {end}")
        return frame, named

    def _provenance(self, symbol: str, frame: pd.DataFrame) -> dict[str, str]:
        return {
            "source": "yahoo",
            "request": f"history({symbol}, interval=1d, auto_adjust=False, actions=True)",
            "fetched_at": self._clock().astimezone(dt.UTC).isoformat(timespec="seconds"),
            "yfinance": yfinance_version(),
            "sha256": digest(frame),
        }


def digest(frame: pd.DataFrame) -> str:
    """SHA-256 of dates and values."""
    out = hashlib.sha256(index_days(frame.index).tobytes())
    out.update(np.ascontiguousarray(frame.to_numpy(np.float64)).tobytes())
    return out.hexdigest()


def _currency_by_day(named: pd.DataFrame | None) -> dict[int, str]:
    """Currency that Yahoo names for the dividend of each local day."""
    if named is None:
        return {}
    days = index_days(pd.DatetimeIndex(named.index).tz_localize(None))
    codes = named["currency"].fillna("").astype("str").str.upper()
    return {day: code for day, code in zip(days.tolist(), codes, strict=True) if code}
