"""A loopback Yahoo and a source that asks it through yfinance."""

import datetime as dt

import pytest

from newsbt.adapters.prices.yahoo import YahooSource
from yahoo_server import Stock, Yahoo, session

#: 2025-02-12 09:00 in New York, 22:00 in Hong Kong: Hong Kong's session is over, New York's is to come.
NOW = dt.datetime(2025, 2, 12, 14, 0, tzinfo=dt.UTC)

ALIBABA_HK = {
    "2025-02-06": (95.0, 98.15, 94.0, 97.9, 1.1e8),
    "2025-02-07": (99.0, 101.9, 97.75, 101.3, 1.2e8),
    "2025-02-10": (103.0, 108.5, 102.6, 107.9, 1.3e8),
    "2025-02-11": (108.2, 109.7, 104.4, 105.0, 1.0e8),
    "2025-02-12": (112.5, 116.9, 111.0, 113.9, 2.0e8),
}
ALIBABA_US = {
    "2025-02-06": (99.9, 101.2, 98.7, 100.4, 2.0e7),
    "2025-02-07": (104.0, 105.9, 102.2, 103.5, 3.0e7),
    "2025-02-10": (110.0, 111.5, 108.9, 111.32, 3.1e7),
    "2025-02-11": (113.0, 115.2, 109.6, 112.78, 4.0e7),
    "2025-02-12": (116.0, 119.3, 115.2, 118.3, 5.0e7),
}
RATES = {
    "2025-02-06": (7.7880, 7.7885, 7.7870, 7.7875, 0),
    "2025-02-07": (7.7890, 7.7895, 7.7880, 7.7885, 0),
    "2025-02-10": (7.7900, 7.7905, 7.7890, 7.7895, 0),
    "2025-02-11": (7.7910, 7.7915, 7.7900, 7.7905, 0),
    "2025-02-12": (7.7920, 7.7925, 7.7910, 7.7915, 0),
}


@pytest.fixture
def yahoo(monkeypatch):
    """A running server that knows BABA, 9988.HK and HKD=X; yfinance's memory and stores are switched off."""
    from yfinance import cache
    from yfinance.data import SingletonMeta, YfData

    monkeypatch.setattr(cache._TzCacheManager, "_tz_cache", cache._TzCacheDummy())
    monkeypatch.setattr(cache._CookieCacheManager, "_Cookie_cache", cache._CookieCacheDummy())
    monkeypatch.setattr(SingletonMeta, "_instances", {})
    YfData.cache_get.cache_clear()
    server = Yahoo()
    server.stocks["9988.HK"] = Stock(dict(ALIBABA_HK), "HK")
    server.stocks["BABA"] = Stock(dict(ALIBABA_US), "US")
    server.stocks["HKD=X"] = Stock(RATES, "FX", kind="CURRENCY")
    yield server
    server.close()


@pytest.fixture(params=["requests", "curl_cffi"])
def client(request):
    """Both HTTP libraries that yfinance works with: their errors are of different classes."""
    return request.param


@pytest.fixture
def source(yahoo, client):
    """A YahooSource that asks the loopback server and does not wait; its waits are in ``source.slept``."""
    slept = []
    made = YahooSource(
        session=session(client, yahoo.port),
        clock=lambda: NOW,
        sleep=slept.append,
        waits=(1.0, 2.0, 4.0),
        pause=0.0,
        timeout=0.5,
    )
    made.slept = slept
    return made
