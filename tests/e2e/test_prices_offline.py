"""``newsbt run --prices yahoo`` without network, from a filled cache."""

import datetime as dt
import shutil

import pytest

from newsbt.adapters.prices.cache_file import Cached, cache_path, write_cached
from newsbt.adapters.prices.cache_table import fx_to_table, to_table
from newsbt.adapters.prices.folder import FolderSource
from newsbt.adapters.workspace import Workspace
from price_tools import ROOT, SAMPLE

#: A proxy that nobody is at.
OFFLINE = {name: "http://127.0.0.1:9" for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")}
FIRST, LAST = dt.date(2024, 9, 2), dt.date(2025, 4, 30)


@pytest.fixture(scope="module")
def filled(untouched, tmp_path_factory):
    """A workspace whose cache holds BABA, KWEB and the rates of the sample."""
    place = tmp_path_factory.mktemp("offline") / "mine"
    shutil.copytree(untouched, place)
    source, universe = FolderSource(SAMPLE), Workspace(ROOT).universe()
    provenance = {"source": "yahoo"}
    tables = {
        symbol: to_table(source.fetch(universe.listings[symbol], FIRST, LAST)) for symbol in ("BABA", "KWEB")
    }
    tables["USDHKD"] = fx_to_table(source.fetch_fx(FIRST, LAST))
    for symbol, table in tables.items():
        # Rates are fetched from two weeks before the first bar on.
        start = FIRST - dt.timedelta(days=60 if symbol == "USDHKD" else 30)
        write_cached(cache_path(place / "data" / "cache", symbol), Cached(table, start, LAST, provenance))
    return place


def test_a_period_the_cache_holds_runs(newsbt, filled):
    args = ("run", "hold", "--prices", "yahoo", "--symbols", "BABA", "--no-figures")
    done = newsbt(*args, "--start", "2024-10-01", "--end", "2025-03-31", cwd=filled, env=OFFLINE)
    assert done.returncode == 0, done.stderr
    assert "2024-10-01 to 2025-03-31" in done.stdout
    assert "Yahoo" not in done.stdout + done.stderr


def test_a_period_up_to_today_runs_with_a_warning(newsbt, filled):
    args = ("run", "hold", "--prices", "yahoo", "--symbols", "BABA", "--no-figures")
    done = newsbt(*args, "--start", "2024-10-01", cwd=filled, env=OFFLINE)
    assert done.returncode == 0, done.stderr
    assert "the cache holds BABA from 2024-08-03 to 2025-04-30, and that is used" in " ".join(
        done.stdout.split()
    )


@pytest.mark.parametrize("period", [("--end", "2025-06-30"), ("--symbols", "JD")])
def test_what_the_cache_does_not_hold_is_not_to_be_had(refused, filled, period):
    args = ("run", "hold", "--prices", "yahoo", "--symbols", "BABA", "--start", "2024-10-01", *period)
    assert "the connection to Yahoo failed" in refused(*args, status=3, cwd=filled, env=OFFLINE)
    assert not list((filled / "data" / "cache").glob("JD*"))
