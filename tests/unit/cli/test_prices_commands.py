"""``newsbt prices fetch`` and ``check`` in this process, Yahoo being a server on loopback."""

import functools
import json
import shutil

import pandas as pd
import pytest

from newsbt.cli.main import main
from price_tools import ROOT, SAMPLE
from yahoo_server import Stock, Yahoo, session

DAYS = [f"{day:%Y-%m-%d}" for day in pd.bdate_range("2025-02-10", "2025-02-14")]
ROWS = {day: (100.0 + i, 110.0 + i, 98.0 - i, 101.0 + 2 * i, 5000.0 + i) for i, day in enumerate(DAYS)}
RATES = {day: (7.78, 7.79, 7.77, 7.78, 0) for day in DAYS}
PERIOD = ("--start", "2025-02-10", "--end", "2025-02-14")


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A workspace of the least that prices need, as the current folder."""
    for name in ("newsbt.toml", "data/universe.toml", "data/calendar_overlay.toml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(SAMPLE, tmp_path / "data" / "prices" / "sample")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NEWSBT_WORKSPACE", raising=False)
    return tmp_path


@pytest.fixture
def call(capsys):
    """Run a command; gives its status, stdout and stderr."""

    def run(*args):
        with pytest.raises(SystemExit) as ended:
            main(["prices", *args])
        out, err = capsys.readouterr()
        return ended.value.code, out, err

    return run


@pytest.fixture
def yahoo(monkeypatch):
    """A loopback Yahoo that ``open_source("yahoo", ...)`` asks."""
    from yfinance import cache
    from yfinance.data import SingletonMeta

    from newsbt.adapters.prices import yahoo as module

    monkeypatch.setattr(cache._TzCacheManager, "_tz_cache", cache._TzCacheDummy())
    monkeypatch.setattr(cache._CookieCacheManager, "_Cookie_cache", cache._CookieCacheDummy())
    monkeypatch.setattr(SingletonMeta, "_instances", {})
    server = Yahoo()
    server.stocks = {"BABA": Stock(ROWS), "KWEB": Stock(ROWS, kind="ETF"), "HKD=X": Stock(RATES, "FX")}
    quick = functools.partial(
        module.YahooSource, session=session("requests", server.port), sleep=lambda _: None, waits=()
    )
    monkeypatch.setattr(module, "YahooSource", quick)
    yield server
    server.close()


def test_the_sample_is_fine(place, call):
    status, out, err = call("check")
    assert (status, err) == (0, "")
    assert "Nothing wrong." in out
    assert "placeholder" in out
    assert "2024-09-02 to 2025-04-30" in out


def test_findings_end_with_status_1(place, call):
    path = place / "data" / "prices" / "sample" / "BABA.csv"
    lines = path.read_text().splitlines()
    path.write_text("\n".join([*lines[:50], *lines[53:]]) + "\n")
    status, out, err = call("check", "--symbols", "BABA")
    assert (status, err) == (1, "")
    assert "0 errors, 1 warning" in out
    assert "3 sessions of XNYS without a bar" in " ".join(out.split())


def test_json_is_all_there_is_on_stdout(place, call):
    status, out, err = call("check", "--symbols", "9988.HK", "--json")
    assert (status, err) == (0, "")
    found = json.loads(out)
    assert found["counts"] == {"error": 0, "warning": 0, "info": 3}
    assert found["listings"][0]["symbol"] == "9988.HK"
    assert found["listings"][0]["placeholders"] == 3
    assert {item["code"] for item in found["findings"]} == {"placeholder"}


@pytest.mark.parametrize(
    ("args", "status", "says"),
    [
        (("check", "--prices", "sampel"), 2, "did you mean 'sample'?"),
        (("check", "--symbols", "BABBA"), 2, "did you mean 'BABA'?"),
        (("check", "--symbols", "NTES"), 3, "have none of NTES"),
        (("check", "--symbols", "BABA,NTES"), 3, "has no file for NTES"),
        (("check", "--start", "yesterday"), 2, "--start 'yesterday' is no date"),
        (("check", "--start", "2025-03-01", "--end", "2025-02-01"), 2, "is before start"),
        (("check", "--prices", "./nowhere"), 2, "there is no price folder ./nowhere"),
        (("check", "--prices", "data"), 3, "for none of the listings"),
        (("fetch", "--prices", "sample"), 2, "prices fetch fetches from yahoo"),
        (("fetch", "--symbols", "BABBA"), 2, "did you mean 'BABA'?"),
        (("fetch", "--end", "11.2.2025"), 2, "--end '11.2.2025' is no date"),
    ],
)
def test_bad_input_is_one_sentence(place, call, args, status, says):
    code, out, err = call(*args)
    assert (code, out) == (status, "")
    assert says in err
    assert len(err.splitlines()) == 1


def test_fetch_fills_the_cache_and_check_reads_it_offline(place, call, yahoo):
    status, out, err = call("fetch", "--symbols", "BABA", *PERIOD)
    assert (status, err) == (0, "")
    assert out.splitlines()[1].split()[:4] == ["BABA", "5", "2025-02-10", "2025-02-14"]
    assert sorted(path.name for path in (place / "data" / "cache").iterdir() if path.is_file()) == [
        "BABA.parquet",
        "USDHKD.parquet",
    ]
    yahoo.asked.clear()
    yahoo.faults, yahoo.forever = ["500"], True
    status, out, err = call("fetch", "--symbols", "BABA", *PERIOD, "--json")
    assert (status, err) == (0, "")
    assert json.loads(out)["listings"][0]["bars"] == 5
    assert yahoo.asked == []
    status, out, err = call("check", "--prices", "yahoo", "--symbols", "BABA", *PERIOD)
    assert status == 0, out + err


def test_fetch_without_symbols_notes_what_yahoo_lacks(place, call, yahoo):
    status, out, err = call("fetch", *PERIOD)
    assert status == 0
    assert [line.split()[0] for line in out.splitlines()[1:]] == ["BABA", "KWEB"]
    assert "9988.HK" in err
    assert "TCEHY" not in out + err


def test_fetch_of_a_named_symbol_that_yahoo_lacks(place, call, yahoo):
    status, out, err = call("fetch", "--symbols", "JD", *PERIOD)
    assert (status, out) == (3, "")
    assert "JD" in err


def test_fetch_without_network(place, call, yahoo):
    yahoo.faults, yahoo.forever = ["500"], True
    status, out, err = call("fetch", "--symbols", "BABA", *PERIOD)
    assert (status, out) == (3, "")
    assert "Yahoo" in err
    assert len(err.splitlines()) == 1
    assert not [path for path in (place / "data").glob("cache/*") if path.is_file()]
