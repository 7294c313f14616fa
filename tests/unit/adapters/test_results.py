"""A run's folder: whole or not at all, the same bytes for the same run, and read back as it was."""

import dataclasses
import datetime as dt
import errno
import json
import os
import shutil
import stat

import numpy as np
import pandas as pd
import pytest

from newsbt.adapters import results
from newsbt.adapters.results import check_writable, free_folder, read_run, write_run
from newsbt.attribution import ATTRIBUTION_COLUMNS, empty_attribution
from newsbt.capital import CAPACITY_COLUMNS
from newsbt.errors import InputError, OutputError
from newsbt.records import Finding
from newsbt.runs import RunResult, RunSpec


def times(*texts, unit="ns"):
    stamps = pd.to_datetime(list(texts), utc=True, format="ISO8601")
    return pd.Series(stamps).astype(f"datetime64[{unit}, UTC]")


@pytest.fixture
def result():
    day = dt.date(2025, 2, 11)
    equity = pd.DataFrame(
        {
            "at": times("2025-02-11T08:00:00Z", "2025-02-11T21:00:00Z"),
            "equity": [100.0, 100.1],
            "cash": [100.0, 0.1 + 0.2],
            "gross_exposure": [0.0, 1 / 3],
            "net_exposure": [0.0, -1 / 3],
            "drawdown": [0.0, 0.0],
        }
    )
    fills = pd.DataFrame(
        {
            "at": times("2025-02-11T14:30:00Z"),
            "session": [day],
            "symbol": ["BABA"],
            "side": ["buy"],
            "size": [3],
            "price": [112.78],
            "currency": ["USD"],
            "fx": [1.0],
            "value_base": [338.34],
            "commission": [0.1],
            "fees_base": [0.1],
            "reason": ["entry, with a comma"],
            "catalyst_ids": ["a;b"],
        }
    )
    trades = pd.DataFrame(
        {
            "symbol": ["BABA"],
            "side": ["long"],
            "opened_at": times("2025-02-11T14:30:00Z"),
            "closed_at": times(None),
            "pnl_base": [1e-17],
            "return": [np.nan],
            "mae": [-1e22],
        }
    )
    signals = pd.DataFrame(
        {
            "catalyst_id": ["a", "b"],
            "symbol": ["BABA", ""],
            "published_at": times("2025-02-11T14:21:08Z", "2025-02-11T14:21:08.5Z", unit="us"),
            "session": [day, None],
            "score": [0.5, np.nan],
            "status": ["traded", "no-listing"],
            "why": ["", 'says "阿里"\nand more'],
            "hindsight": [True, False],
        }
    )
    orders = pd.DataFrame({"symbol": pd.Series([], dtype="str"), "at": times()})
    return RunResult(
        name="drift-1",
        spec=RunSpec("drift", {"hold": 3}, start=dt.date(2025, 1, 2)),
        equity=equity,
        fills=fills,
        trades=trades,
        signals=signals,
        orders=orders,
        metrics={"total_return": 0.001, "sharpe": None, "trades": np.int64(1), "alpha": float("nan")},
        attribution=pd.DataFrame(
            [("category", "none", 1.0, 0.1, 0.1, -1e-17), ("age", "2-5", 0.5, 1 / 3, 0.0, 1 / 3)],
            columns=list(ATTRIBUTION_COLUMNS),
        ),
        findings=(Finding("gap", "warning", "BABA 2025-01-09", "no bar", "left out"),),
        manifest={"versions": {"newsbt": "0.1.0"}, "seed": 0},
    )


def test_the_files_are_written_as_text_that_says_what_it_is(result, tmp_path):
    folder = write_run(result, tmp_path / "results" / "one")
    assert sorted(path.name for path in folder.iterdir()) == [
        "attribution.csv",
        "equity.csv",
        "fills.csv",
        "metrics.json",
        "orders.csv",
        "run.json",
        "signals.csv",
        "trades.csv",
    ]
    assert (folder / "equity.csv").read_bytes() == (
        b"at,equity,cash,gross_exposure,net_exposure,drawdown\n"
        b"2025-02-11T08:00:00Z,100.0,100.0,0.0,0.0,0.0\n"
        b"2025-02-11T21:00:00Z,100.1,0.30000000000000004,0.3333333333333333,-0.3333333333333333,0.0\n"
    )
    assert (folder / "trades.csv").read_text().splitlines()[
        1
    ] == "BABA,long,2025-02-11T14:30:00Z,,1e-17,,-1e+22"
    assert "2025-02-11T14:21:08.5Z," in (folder / "signals.csv").read_text(encoding="utf-8")
    metrics = json.loads((folder / "metrics.json").read_text())
    assert metrics == {"total_return": 0.001, "sharpe": None, "trades": 1, "alpha": None}
    assert json.loads((folder / "run.json").read_text())["versions"] == {"newsbt": "0.1.0"}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o777 & ~results._umask()


def test_equal_runs_give_equal_bytes(result, tmp_path):
    first, second = write_run(result, tmp_path / "a"), write_run(result, tmp_path / "b")
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes()


def test_what_was_written_reads_back(result, tmp_path):
    back = read_run(write_run(result, tmp_path / "one"))
    assert (back.name, back.spec, back.findings) == (result.name, result.spec, result.findings)
    assert (dict(back.manifest), back.path) == (dict(result.manifest), tmp_path / "one")
    assert back.metrics == {"total_return": 0.001, "sharpe": None, "trades": 1, "alpha": None}
    pd.testing.assert_frame_equal(back.equity, result.equity, check_exact=True)
    pd.testing.assert_frame_equal(back.fills, result.fills, check_exact=True)
    pd.testing.assert_frame_equal(back.trades, result.trades, check_exact=True)
    signals = result.signals.assign(published_at=result.signals["published_at"].astype("datetime64[ns, UTC]"))
    pd.testing.assert_frame_equal(back.signals, signals, check_exact=True)
    assert list(back.orders.columns) == ["symbol", "at"]
    pd.testing.assert_frame_equal(back.attribution, result.attribution, check_exact=True)
    again = write_run(back, tmp_path / "two")
    for path in again.iterdir():
        assert path.read_bytes() == (tmp_path / "one" / path.name).read_bytes()


def test_a_run_without_trades_is_a_normal_run(result, tmp_path):
    for name in ("fills", "trades", "signals"):
        object.__setattr__(result, name, getattr(result, name).iloc[:0])
    back = read_run(write_run(result, tmp_path / "one"))
    assert len(back.fills) == len(back.trades) == len(back.signals) == 0
    assert str(back.fills["at"].dtype) == "datetime64[ns, UTC]"


def test_a_folder_of_an_earlier_version_has_no_attribution(result, tmp_path):
    folder = write_run(dataclasses.replace(result, attribution=empty_attribution()), tmp_path / "one")
    pd.testing.assert_frame_equal(read_run(folder).attribution, empty_attribution())
    (folder / "attribution.csv").unlink()
    pd.testing.assert_frame_equal(read_run(folder).attribution, empty_attribution())


def test_a_table_of_capacity_is_a_file_of_its_own(result, tmp_path):
    table = pd.DataFrame([[0.1, 100.0, 1 / 3, np.nan, *([0.0] * 4)]], columns=list(CAPACITY_COLUMNS))
    folder = write_run(dataclasses.replace(result, capacity=table), tmp_path / "one")
    pd.testing.assert_frame_equal(read_run(folder).capacity, table, check_exact=True)
    assert not (write_run(result, tmp_path / "two") / "capacity.csv").exists()
    assert read_run(tmp_path / "two").capacity.dtypes.equals(table.dtypes)


def test_the_run_without_hindsight_is_a_file_of_its_own(result, tmp_path):
    rows = [["catalogue", 1.0, 0.1, 1 / 3], ["taxonomy", 0.0, -0.1, np.nan]]
    table = pd.DataFrame(rows, columns=["signal", "hindsight", "total_return", "sharpe"])
    folder = write_run(dataclasses.replace(result, hindsight=table), tmp_path / "one")
    back = read_run(folder).hindsight
    assert back["signal"].tolist() == ["catalogue", "taxonomy"]
    pd.testing.assert_frame_equal(
        back.drop(columns="signal"), table.drop(columns="signal"), check_exact=True, check_dtype=False
    )
    assert not (write_run(result, tmp_path / "two") / "hindsight.csv").exists()
    assert read_run(tmp_path / "two").hindsight.empty


@pytest.mark.parametrize("name", ["equity.csv", "trades.csv", "metrics.json", "run.json", "rename"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO])
def test_a_failure_while_writing_leaves_nothing(result, tmp_path, monkeypatch, name, code):
    def fail(*_):
        raise OSError(code, os.strerror(code))

    if name == "rename":
        monkeypatch.setattr("pathlib.Path.rename", fail)
    elif name.endswith(".csv"):
        real = results.write_table
        monkeypatch.setattr(
            results, "write_table", lambda frame, path: fail() if path.name == name else real(frame, path)
        )
    else:
        real_json = results.write_json
        monkeypatch.setattr(
            results,
            "write_json",
            lambda path, value: fail() if path.name == name else real_json(path, value),
        )
    with pytest.raises(OutputError, match="cannot be written") as caught:
        write_run(result, tmp_path / "results" / "one")
    assert os.strerror(code).lower() in str(caught.value)
    assert list((tmp_path / "results").iterdir()) == []


def test_ctrl_c_while_writing_leaves_nothing(result, tmp_path, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(results, "write_json", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_run(result, tmp_path / "results" / "one")
    assert list((tmp_path / "results").iterdir()) == []


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_disk_is_met_by_the_real_writer(result, tmp_path, monkeypatch):
    real = results.write_table

    def onto_full(frame, path):
        path.symlink_to("/dev/full")
        real(frame, path)

    monkeypatch.setattr(results, "write_table", onto_full)
    with pytest.raises(OutputError, match="no space left on device"):
        write_run(result, tmp_path / "one")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_exists_is_never_touched(result, tmp_path):
    (tmp_path / "one").mkdir()
    with pytest.raises(OutputError, match="exists already"):
        write_run(result, tmp_path / "one")
    assert [path.name for path in tmp_path.iterdir()] == ["one"]
    assert list((tmp_path / "one").iterdir()) == []


def test_names_get_a_number_unless_they_were_asked_for(tmp_path):
    assert free_folder(tmp_path, "one", exact=True) == tmp_path / "one"
    (tmp_path / "one").mkdir()
    (tmp_path / "one-2").touch()
    assert free_folder(tmp_path, "one", exact=False) == tmp_path / "one-3"
    with pytest.raises(OutputError, match="exists already; choose another --name"):
        free_folder(tmp_path, "one", exact=True)


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "../a", "a\0b"])
def test_a_name_is_one_folder(tmp_path, name):
    with pytest.raises(OutputError, match="is no name"):
        free_folder(tmp_path, name, exact=True)


def test_an_unwritable_place_is_met_before_the_run(tmp_path):
    check_writable(tmp_path / "new" / "results")
    assert list((tmp_path / "new" / "results").iterdir()) == []
    (tmp_path / "file").touch()
    for place in (tmp_path / "file", tmp_path / "file" / "results"):
        with pytest.raises(OutputError, match="cannot be written"):
            check_writable(place)


def damage(folder, name, change):
    path = folder / name
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        ("run.json", lambda text: text[:20], r"run\.json is damaged"),
        ("run.json", lambda _: "[]", "it is no JSON object"),
        ("run.json", lambda _: "{}", "has format None"),
        ("run.json", lambda text: text.replace('"format": 1', '"format": 9'), "has format 9"),
        ("run.json", lambda _: '{"format": 1}', "holds no specification"),
        ("run.json", lambda text: text.replace('"code"', '"cod"'), "findings cannot be read"),
        ("metrics.json", lambda text: text.replace("0.001", '"much"'), "total_return is 'much'"),
        ("equity.csv", lambda _: "", "it has no column 'at'"),
        ("equity.csv", lambda text: text[:-6], r"equity\.csv:3 is damaged|could not convert"),
        ("equity.csv", lambda text: text.replace("100.1", "lots"), "column 'equity'"),
        ("equity.csv", lambda text: text.replace("2025-02-11T08", "yesterday"), "column 'at'"),
        ("fills.csv", lambda text: text.replace("2025-02-11,", "Tuesday,"), "column 'session'"),
        ("trades.csv", lambda text: text.replace("symbol", "ticker"), "no column 'symbol'"),
        ("attribution.csv", lambda text: text.replace("costs", "cost"), "no column 'pnl_before_costs'"),
        ("attribution.csv", lambda text: text.replace("0.1,0.1", "0.1,ten"), "column 'costs'"),
    ],
)
def test_a_damaged_folder_is_named(result, tmp_path, name, change, message):
    folder = write_run(result, tmp_path / "one")
    damage(folder, name, change)
    with pytest.raises(InputError, match=message):
        read_run(folder)


def test_a_missing_or_binary_file_is_named(result, tmp_path):
    folder = write_run(result, tmp_path / "one")
    (folder / "trades.csv").write_bytes(b"\xff\x00\xfe")
    with pytest.raises(InputError, match=r"trades\.csv is damaged"):
        read_run(folder)
    (folder / "trades.csv").unlink()
    with pytest.raises(InputError, match=r"trades\.csv is missing"):
        read_run(folder)
    shutil.rmtree(folder)
    with pytest.raises(InputError, match="is not there"):
        read_run(folder)
    folder.mkdir()
    with pytest.raises(InputError, match="is no folder of a run"):
        read_run(folder)
