"""One question to Yahoo through yfinance: explicit arguments, retries, every failure in our words."""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from newsbt.adapters.prices.source import SymbolMissingError
from newsbt.errors import DataUnavailableError

__all__ = ["WAITS", "ask", "yfinance_version"]

#: Seconds before each further attempt.
WAITS: tuple[float, ...] = (2.0, 10.0, 30.0)
#: Refusals and server errors pass with time; a broken connection is tried once more.
_MANY, _ONCE = 10, 1
_ELSEWHERE = "use --prices sample or a folder of files meanwhile"


def yfinance_version() -> str:
    """Version of the installed yfinance."""
    import yfinance as yf

    return str(yf.__version__)


def ask(
    symbol: str,
    start: dt.date,
    end: dt.date,
    *,
    session: object | None,
    timeout: float,
    waits: tuple[float, ...],
    sleep: Callable[[float], None],
) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """Daily history of one symbol, raw prices with actions.

    Parameters
    ----------
    symbol : str
        As Yahoo writes it.
    start, end : date
        Both included.
    session : requests.Session or curl_cffi Session or None
        None lets yfinance make its own.
    timeout : float
        Seconds for one request.
    waits : tuple of float
        Seconds to wait before each further attempt.
    sleep : callable
        Waits.

    Returns
    -------
    DataFrame
        As ``Ticker.history`` gives it.
    DataFrame or None
        Dividends with their currency, where Yahoo names one.

    Raises
    ------
    SymbolMissingError
        If Yahoo answers and has nothing.
    DataUnavailableError
        If Yahoo refuses, fails, cannot be reached, or answers in another shape than yfinance knows.
    """
    attempt = 0
    while True:
        try:
            return _history(symbol, start, end, session, timeout)
        except _TransientError as error:
            attempt += 1
            if attempt > min(len(waits), error.retries):
                tried = f" (after {attempt} attempts)" if attempt > 1 else ""
                raise DataUnavailableError(f"{error}{tried}; {_ELSEWHERE}") from error.__cause__
        sleep(waits[attempt - 1])


class _TransientError(Exception):
    """A failure worth further attempts; the message is for the user."""

    def __init__(self, message: str, retries: int) -> None:
        self.retries = retries
        super().__init__(message)


def _history(
    symbol: str, start: dt.date, end: dt.date, session: object | None, timeout: float
) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    import peewee  # type: ignore[import-untyped]
    import yfinance as yf
    from yfinance.exceptions import YFException, YFRateLimitError, YFTickerMissingError

    _forget_answers(yf)
    try:
        with _loud(yf):
            ticker = yf.Ticker(symbol, session=session)
            frame = ticker.history(
                start=start.isoformat(),
                end=(end + dt.timedelta(days=1)).isoformat(),
                interval="1d",
                prepost=False,
                actions=True,
                auto_adjust=False,
                back_adjust=False,
                repair=False,
                keepna=False,
                rounding=False,
                timeout=timeout,
            )
            return frame, _currencies(ticker)
    except YFRateLimitError as error:
        message = f"Yahoo refuses more requests for now (HTTP 429), asked for {symbol}"
        raise _TransientError(message, _MANY) from error
    except YFTickerMissingError as error:
        raise SymbolMissingError(
            f"Yahoo has no prices of {symbol} from {start} to {end}: {error.rationale}; check the symbol in "
            "data/universe.toml and the period"
        ) from error
    except YFException as error:
        raise _TransientError(f"Yahoo gave no prices of {symbol}: {error}", _MANY) from error
    except ValueError as error:
        # JSON errors of both HTTP libraries; a page instead of data is how Yahoo reports a server error.
        message = f"Yahoo's answer for {symbol} is no data but a server error or a piece of an answer"
        raise _TransientError(message, _MANY) from error
    except OSError as error:
        if getattr(getattr(error, "response", None), "status_code", None) == 404:
            raise SymbolMissingError(
                f"Yahoo does not know {symbol}; check the symbol in data/universe.toml"
            ) from error
        message = f"the connection to Yahoo failed for {symbol} ({_short(error)})"
        raise _TransientError(message, _ONCE) from error
    except peewee.PeeweeException as error:
        raise DataUnavailableError(
            f"yfinance cannot use its own store of time zones ({_short(error)}); delete data/cache/yfinance"
        ) from error
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise DataUnavailableError(
            f"Yahoo's answer for {symbol} has another shape than yfinance {yf.__version__} expects "
            f"({_short(error)}); update yfinance, or {_ELSEWHERE}"
        ) from error


@contextlib.contextmanager
def _loud(yf: Any) -> Iterator[None]:
    """Let yfinance raise instead of logging and giving an empty table; only here, then as it was."""
    debug, logger = yf.config.debug, logging.getLogger("yfinance")
    hidden, level = debug.hide_exceptions, logger.level
    debug.hide_exceptions = False
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            # pandas deprecations inside yfinance are none of the user's business.
            warnings.simplefilter("ignore", DeprecationWarning)
            warnings.simplefilter("ignore", FutureWarning)
            yield
    finally:
        debug.hide_exceptions = hidden
        logger.setLevel(level)


def _forget_answers(yf: Any) -> None:
    """Empty yfinance's memory of answers, which keeps failed ones too: a second attempt would be in vain."""
    clear = getattr(getattr(yf.data.YfData, "cache_get", None), "cache_clear", None)
    if clear is not None:
        clear()


def _currencies(ticker: Any) -> pd.DataFrame | None:
    """Dividends with the currency Yahoo names for them.

    ``history`` leaves the currency out of its table, and no public function gives it without asking Yahoo
    once more. Without this attribute dividends count as being in the listing's currency, and the gate
    compares them with those of the issuer's other listing.
    """
    found = getattr(getattr(ticker, "_price_history", None), "_dividends", None)
    return found if isinstance(found, pd.DataFrame) and "currency" in found.columns else None


def _short(error: Exception) -> str:
    text = str(error).splitlines()[0] if str(error) else ""
    return f"{type(error).__name__}: {text[:160]}" if text else type(error).__name__
