"""A folder of the user's own files: what is accepted, and what is said about the rest."""

import datetime as dt
import os

import numpy as np
import pandas as pd
import pytest

from newsbt.adapters.prices.folder import FolderSource
from newsbt.adapters.prices.source import SymbolMissingError
from newsbt.errors import DataUnavailableError, InputError
from newsbt.universe import Universe
from price_tools import HK, INDEX, NY

HEADER = "date,open,high,low,close,volume\n"
ROWS = "2025-02-10,110,111.5,108.9,111.32,31000000\n2025-02-11,113,115.2,109.6,112.78,40000000\n"
DAY = dt.date(2025, 2, 11)


@pytest.fixture
def folder(tmp_path):
    """Write files: ``folder({"BABA.csv": text})`` gives the source."""

    def make(files):
        for name, content in files.items():
            path = tmp_path / name
            if isinstance(content, bytes):
                path.write_bytes(content)
            elif isinstance(content, pd.DataFrame):
                content.to_parquet(path)
            else:
                path.write_text(content, encoding="utf-8")
        return FolderSource(tmp_path)

    return make


def fetch(source, listing=NY):
    return source.fetch(listing, DAY, DAY)


def check(raw):
    assert [f"{day:%Y-%m-%d}" for day in raw.frame.index] == ["2025-02-10", "2025-02-11"]
    assert raw.frame.index.tz is None
    assert raw.frame.loc["2025-02-11"].to_list() == [113.0, 115.2, 109.6, 112.78, 40_000_000.0]


@pytest.mark.parametrize(
    "text",
    [
        HEADER + ROWS,
        "\ufeff" + HEADER + ROWS,
        (HEADER + ROWS).replace("\n", "\r\n"),
        "Date,Open,High,Low,Close,Volume\n" + ROWS,
        " DATE , Open,High,Low,Close,VOLUME\n" + ROWS,
        ",open,high,low,close,volume\n" + ROWS,
        "date,open,high,low,close,volume_k\n" + ROWS.replace("000\n", "\n"),
        "date,close,low,high,open,volume,note\n"
        "2025-02-10,111.32,108.9,111.5,110,31000000,\n2025-02-11,112.78,109.6,115.2,113,40000000,up\n",
        "date,open,high,low,close,adj_close,volume\n"
        "2025-02-10,110,111.5,108.9,111.32,55,31000000\n2025-02-11,113,115.2,109.6,112.78,56,40000000\n",
        "Date,Open,High,Low,Close,Adj Close,Volume,Dividends,Stock Splits\n"
        "2025-02-10 00:00:00-05:00,110,111.5,108.9,111.32,55,31000000,0.0,0.0\n"
        "2025-02-11 00:00:00-05:00,113,115.2,109.6,112.78,56,40000000,0.0,0.0\n",
    ],
    ids=["plain", "bom", "crlf", "title case", "spaces", "unnamed index", "volume_k", "other order",
         "adj_close", "yfinance"],
)  # fmt: skip
def test_csv_files_that_are_accepted(folder, text):
    raw = fetch(folder({"BABA.csv": text}))
    check(raw)
    assert len(raw.dividends) == 0
    assert raw.findings == ()


def frame(index):
    values = [[110, 111.5, 108.9, 111.32, 31e6], [113, 115.2, 109.6, 112.78, 40e6]]
    return pd.DataFrame(values, index=index, columns=["Open", "High", "Low", "Close", "Volume"])


@pytest.mark.parametrize(
    "index",
    [
        pd.DatetimeIndex(["2025-02-10", "2025-02-11"], name="Date"),
        pd.DatetimeIndex(["2025-02-10", "2025-02-11"]),
        pd.DatetimeIndex(["2025-02-10", "2025-02-11"], tz="America/New_York", name="Date"),
        pd.DatetimeIndex(["2025-02-10", "2025-02-11"], tz="UTC", name="Date"),
        # Midnight in New York, written in UTC.
        pd.DatetimeIndex(["2025-02-10T05:00", "2025-02-11T05:00"], tz="UTC", name="Date"),
        # The close, as a moment.
        pd.DatetimeIndex(["2025-02-10T21:00", "2025-02-11T21:00"], tz="UTC", name="Date"),
    ],
)
def test_parquet_files_that_are_accepted(folder, index):
    check(fetch(folder({"BABA.parquet": frame(index)})))


def test_parquet_with_a_date_column(folder):
    table = frame(pd.RangeIndex(2)).assign(date=[dt.date(2025, 2, 10), dt.date(2025, 2, 11)])
    check(fetch(folder({"BABA.parquet": table})))


def test_hong_kong_midnights_written_in_utc_do_not_shift(folder):
    index = pd.DatetimeIndex(["2025-02-09T16:00", "2025-02-10T16:00"], tz="UTC", name="Date")
    check(fetch(folder({"9988.HK.parquet": frame(index)}), HK))


def test_hong_kong_moments_in_text_do_not_shift(folder):
    text = "2025-02-09 16:00:00+00:00,110,111.5,108.9,111.32,31000000\n"
    text += "2025-02-10 16:00:00+00:00,113,115.2,109.6,112.78,40000000\n"
    check(fetch(folder({"9988.HK.csv": HEADER + text}), HK))


def test_offsets_on_both_sides_of_a_change_of_the_clocks(folder):
    text = "2025-03-07 00:00:00-05:00,1,1,1,1,1\n2025-03-10 00:00:00-04:00,1,1,1,1,1\n"
    raw = fetch(folder({"BABA.csv": HEADER + text}))
    assert [f"{day:%m-%d}" for day in raw.frame.index] == ["03-07", "03-10"]


def test_names_of_files(folder):
    source = folder(
        {"baba.CSV": HEADER + ROWS, "^HSI.csv": HEADER + ROWS, "unknown.csv": "x", "notes.txt": "x"}
    )
    universe = Universe({"BABA": NY, "9988.HK": HK, "HSI": INDEX})
    assert source.symbols(universe) == ("BABA", "HSI")
    check(fetch(source))
    check(fetch(source, INDEX))
    assert source.span([NY, HK]) == (dt.date(2025, 2, 10), DAY)
    assert source.span([HK]) is None


def test_an_index_needs_no_volume(folder):
    text = "date,open,high,low,close\n2025-02-11,1,2,0.5,1.5\n"
    assert fetch(folder({"HSI.csv": text}), INDEX).frame["volume"].to_list() == [0.0]


def test_gaps_in_the_table_are_left_to_the_gate(folder):
    raw = fetch(
        folder({"BABA.csv": HEADER + "2025-02-10,,111.5,108.9,111.32,\n\n2025-02-11,113,115.2,,1,2\n"})
    )
    assert np.isnan(raw.frame.loc["2025-02-10", "open"])
    assert np.isnan(raw.frame.loc["2025-02-10", "volume"])
    assert np.isnan(raw.frame.loc["2025-02-11", "low"])


def test_dividends_of_the_folder(folder):
    raw = fetch(
        folder(
            {
                "9988.HK.csv": HEADER + ROWS,
                "DIVIDENDS.csv": "symbol,ex_date,amount,currency,basis\n9988.HK,2025-02-11,0.25,usd,x\n"
                "BABA,2025-02-10,2.0,USD,x\n",
            }
        ),
        HK,
    )
    assert list(raw.dividends.itertuples(index=False, name=None)) == [
        (pd.Timestamp("2025-02-11"), 0.25, "USD")
    ]
    assert len(raw.provenance["dividends_sha256"]) == 64


def test_a_dividend_written_twice_counts_once(folder):
    line = "BABA,2025-02-11,1.0,USD\n"
    raw = fetch(
        folder({"BABA.csv": HEADER + ROWS, "DIVIDENDS.csv": "symbol,ex_date,amount,currency\n" + line * 2})
    )
    assert raw.dividends["amount"].to_list() == [1.0]
    assert [(found.code, found.severity, found.where) for found in raw.findings] == [
        ("duplicate-dividend", "warning", "BABA 2025-02-11")
    ]


def test_dividends_and_splits_in_columns_count_where_there_is_no_other_table(folder):
    text = "Date,Open,High,Low,Close,Volume,Dividends,Stock Splits\n"
    text += "2025-02-10,1,1,1,1,1,0.5,0\n2025-02-11,1,1,1,1,1,0,4\n"
    raw = fetch(folder({"BABA.csv": text}))
    assert list(raw.dividends.itertuples(index=False, name=None)) == [
        (pd.Timestamp("2025-02-10"), 0.5, "USD")
    ]
    assert raw.splits.to_dict() == {pd.Timestamp("2025-02-11"): 4.0}


def test_exchange_rates_of_the_folder(folder):
    rates = folder({"USDHKD.csv": "date,open,close\n2025-02-10,,7.7895\n2025-02-11,,7.7905\n"}).fetch_fx(
        DAY, DAY
    )
    # 2025-02-10 is day 20129.
    assert rates.days.tolist() == [20129, 20130]
    assert rates.usdhkd.tolist() == [7.7895, 7.7905]


def test_no_exchange_rates_is_none(folder):
    assert folder({"BABA.csv": HEADER + ROWS}).fetch_fx(DAY, DAY) is None


def test_provenance_is_the_file_and_its_hash(folder):
    import hashlib

    found = fetch(folder({"BABA.csv": HEADER + ROWS})).provenance
    assert found["file"] == "BABA.csv"
    assert found["sha256"] == hashlib.sha256((HEADER + ROWS).encode()).hexdigest()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("BABA.csv", "", "is empty"),
        ("BABA.csv", " \n\n", "is empty"),
        ("BABA.csv", HEADER, "has a header but no bars"),
        ("BABA.csv", HEADER.replace("close", "clsoe") + ROWS, r"no column close \(.*misspell it as 'clsoe'"),
        ("BABA.csv", HEADER.replace("volume", "vol") + ROWS, r"volume or volume_k \(.*misspell it as 'vol'"),
        ("BABA.csv", HEADER.replace(",", ";") + ROWS.replace(",", ";"), "no columns date, open"),
        ("BABA.csv", HEADER.replace("open", "close") + ROWS, "no column open"),
        ("BABA.csv", "date,Close,open,high,low,close,volume\n2025-02-10,1,1,1,1,1,1\n", "two columns"),
        ("BABA.csv", "Price,Close,High,Low,Open,Volume\nTicker,BABA,BABA,BABA,BABA,BABA\n", "download"),
        ("BABA.csv", b"\x00\x01\x02" * 400, "binary"),
        ("BABA.csv", b"\xff\xfe\x00d\x00a" * 400, "not UTF-8"),
        ("BABA.csv", HEADER + "11/02/2025,1,1,1,1,1\n", "line 2 has date '11/02/2025'; write it as 2025"),
        ("BABA.csv", HEADER + "2025-02-30,1,1,1,1,1\n", "line 2 has date '2025-02-30'"),
        ("BABA.csv", HEADER + ROWS + ",1,1,1,1,1\n", "line 4 has date ''"),
        ("BABA.csv", HEADER + "2025-02-10,1,1,one,1,1\n", "line 2 has low 'one'; write a plain number"),
        ("BABA.csv", HEADER + '2025-02-10,1,1,1,"1,234.5",1\n', "line 2 has close '1,234.5'"),
        ("BABA.csv", HEADER + "2025-02-10,1,1,1,1,1,7\n2025-02-11,1,1,1,1,1,7\n", "not a proper CSV table"),
        ("BABA.csv", HEADER + "2025-02-10,1,1,1,1,1\n2025-02-11,1,1,1,1,1,7,8\n", "not a proper CSV table"),
        ("BABA.csv", HEADER + '2025-02-10,"1,1,1,1,1\n', "BABA.csv"),
        ("BABA.parquet", b"PAR1 no", "is not a Parquet file"),
        ("BABA.parquet", HEADER + ROWS, "is not a Parquet file"),
        ("BABA.parquet", pd.DataFrame({"a": [1]}), "no columns date"),
        ("DIVIDENDS.csv", "symbol,date,amount,currency\nBABA,2025-02-11,1,USD\n", "ex_date"),
        ("DIVIDENDS.csv", "symbol,ex_date,amount,currency\nBABA,2025-02-11,one,USD\n", "has amount 'one'"),
        ("DIVIDENDS.csv", "symbol,ex_date,amount,currency\nBABA,11.2.2025,1,USD\n", "has date '11.2.2025'"),
    ],
)  # fmt: skip
def test_files_that_are_refused(folder, name, content, says):
    source = folder(
        {"BABA.csv": HEADER + ROWS, name: content} if name == "DIVIDENDS.csv" else {name: content}
    )
    with pytest.raises(InputError, match=says) as caught:
        fetch(source)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_huge_file_is_refused_unread(folder, tmp_path):
    source = folder({"BABA.csv": HEADER})
    os.truncate(tmp_path / "BABA.csv", 300 * 2**20)
    with pytest.raises(InputError, match="larger than 256 MiB"):
        fetch(source)


def test_a_file_that_is_a_folder(tmp_path):
    (tmp_path / "BABA.csv").mkdir()
    with pytest.raises(InputError, match=r"BABA.csv cannot be read"):
        fetch(FolderSource(tmp_path))


def test_two_files_of_one_symbol(folder):
    with pytest.raises(InputError, match=r"BABA.csv and BABA.parquet are of one symbol"):
        folder({"BABA.csv": HEADER + ROWS, "BABA.parquet": b""})


def test_no_folder(tmp_path):
    with pytest.raises(InputError, match="nowhere cannot be read: No such file or directory"):
        FolderSource(tmp_path / "nowhere")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everywhere")
def test_an_unreadable_folder(tmp_path):
    (tmp_path / "shut").mkdir(mode=0)
    with pytest.raises(InputError, match="Permission denied"):
        FolderSource(tmp_path / "shut")


def test_a_folder_without_any_known_symbol(folder):
    source = folder({"AAPL.csv": HEADER + ROWS})
    with pytest.raises(DataUnavailableError, match=r"for none of the listings.*BABA"):
        source.symbols(Universe({"BABA": NY}))


def test_a_symbol_without_a_file(folder):
    with pytest.raises(SymbolMissingError, match=r"no file for 9988.HK; add 9988.HK.csv"):
        fetch(folder({"BABA.csv": HEADER + ROWS}), HK)
