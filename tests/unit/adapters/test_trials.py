"""The trial store: what was appended is there, whatever happened in between."""

import json
import os
import signal
import subprocess
import sys
import time

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from newsbt.adapters import trials as module
from newsbt.adapters.trial_files import read_header, read_trials, tuning_folder
from newsbt.adapters.trials import TrialStore
from newsbt.errors import InputError, OutputError


def rows(first, count):
    """Some trials, numbered from `first`."""
    numbers = np.arange(first, first + count)
    return pd.DataFrame(
        {
            "trial": numbers,
            "hold": numbers % 7,
            "side": np.where(numbers % 2, "long", "both"),
            "mixed": pd.Series([1 if n % 2 else "word" for n in numbers], dtype=object),
            "sharpe": np.where(numbers % 5, numbers / 3.0, np.nan),
            "objective": numbers / 3.0,
        }
    ).astype({"side": "str"})


@pytest.fixture
def hasty(monkeypatch):
    """Every append is written at once."""
    monkeypatch.setattr(module, "PATIENCE_S", 0.0)


def test_trials_come_back_as_they_were(tmp_path):
    store = TrialStore.create(tmp_path / "t", {"seed": 3})
    assert store.folder == tmp_path / "t.unfinished"
    store.append(rows(0, 5))
    store.append(rows(5, 4))
    folder = store.finish(stopped="trials")
    assert folder == tmp_path / "t"
    assert sorted(path.name for path in folder.iterdir()) == ["trials.parquet", "tune.json"]
    assert_frame_equal(read_trials(folder), rows(0, 9))
    assert_frame_equal(read_trials(folder, ["mixed", "hold"]), rows(0, 9)[["mixed", "hold"]])
    header = read_header(folder)
    assert (header["seed"], header["finished"], header["trials_done"]) == (3, True, 9)


def test_an_unfinished_folder_can_be_read_and_gone_on_with(tmp_path, hasty):
    store = TrialStore.create(tmp_path / "t", {})
    store.append(rows(0, 3))
    store.close()
    assert_frame_equal(read_trials(tmp_path / "t"), rows(0, 3))
    again = TrialStore.reopen(tmp_path / "t")
    assert again.done == 3
    again.append(rows(3, 2))
    assert_frame_equal(read_trials(again.finish()), rows(0, 5))


def test_a_finished_folder_can_be_gone_on_with(tmp_path, hasty):
    store = TrialStore.create(tmp_path / "t", {})
    store.append(rows(0, 3))
    folder = store.finish()
    again = TrialStore.reopen(folder)
    assert not folder.exists()
    again.append(rows(3, 1))
    again.append(rows(4, 2))
    assert_frame_equal(read_trials(again.finish()), rows(0, 6))


def test_many_small_parts_become_few(tmp_path, hasty):
    store = TrialStore.create(tmp_path / "t", {})
    for number in range(150):
        store.append(rows(number, 1))
    assert len(list((store.folder / "parts").iterdir())) == 2 + 150 % 64
    assert_frame_equal(read_trials(store.folder), rows(0, 150))
    assert_frame_equal(read_trials(store.finish()), rows(0, 150))


def test_what_an_interrupted_merge_left_twice_counts_once(tmp_path, hasty, monkeypatch):
    store = TrialStore.create(tmp_path / "t", {})
    for first in (0, 3, 6):
        store.append(rows(first, 3))
    parts = store.folder / "parts"
    kept = {path.name: path.read_bytes() for path in parts.iterdir()}
    monkeypatch.setattr(module, "MANY", 4)
    store.append(rows(9, 3))
    assert [path.name for path in parts.iterdir()] == ["000000000000-000000000012.parquet"]
    for name, content in kept.items():
        (parts / name).write_bytes(content)
    store.close()
    assert_frame_equal(read_trials(store.folder), rows(0, 12))
    again = TrialStore.reopen(store.folder)
    assert again.done == 12
    assert_frame_equal(read_trials(again.finish()), rows(0, 12))


def test_a_half_written_part_is_none(tmp_path, hasty):
    store = TrialStore.create(tmp_path / "t", {})
    store.append(rows(0, 4))
    store.close()
    (store.folder / "parts" / ".000000000004-000000000006.parquet").write_bytes(b"PAR1 half")
    again = TrialStore.reopen(store.folder)
    again.append(rows(4, 1))
    assert_frame_equal(read_trials(again.finish()), rows(0, 5))


def test_a_fold_that_was_cut_short_is_done_again(tmp_path, hasty):
    store = TrialStore.create(tmp_path / "t", {})
    store.append(rows(0, 4))
    store._fold(store.folder / "trials.parquet")
    store.close()
    again = TrialStore.reopen(store.folder)
    assert again.done == 4
    again.append(rows(4, 2))
    assert_frame_equal(read_trials(again.finish()), rows(0, 6))


def test_a_hole_is_told(tmp_path, hasty):
    store = TrialStore.create(tmp_path / "t", {})
    for first in (0, 2, 4):
        store.append(rows(first, 2))
    store.close()
    (store.folder / "parts" / "000000000002-000000000004.parquet").unlink()
    with pytest.raises(InputError, match="trials 2 to 3 are missing"):
        read_trials(store.folder)


def test_two_at_once_are_refused(tmp_path, hasty):
    pytest.importorskip("fcntl")
    store = TrialStore.create(tmp_path / "t", {})
    store.append(rows(0, 1))
    with pytest.raises(InputError, match="being written by another newsbt"):
        TrialStore.reopen(tmp_path / "t")
    store.close()


def test_without_a_trial_nothing_is_left(tmp_path):
    TrialStore.create(tmp_path / "t", {}).abandon()
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_is_taken(tmp_path, hasty):
    store = TrialStore.create(tmp_path / "t", {})
    store.append(rows(0, 1))
    store.close()
    with pytest.raises(OutputError, match="exists already"):
        TrialStore.create(tmp_path / "t", {})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "is no folder of a tuning"),
        ("{", "is damaged"),
        ('{"format": 9}', "has format 9"),
        ("[]", "format None"),
    ],
)
def test_a_header_that_cannot_be_used(tmp_path, content, words):
    if content is not None:
        (tmp_path / "tune.json").write_text(content)
    with pytest.raises(InputError, match=words):
        read_header(tmp_path)


def test_a_damaged_part_is_told(tmp_path, hasty):
    store = TrialStore.create(tmp_path / "t", {})
    store.append(rows(0, 3))
    store.close()
    next((store.folder / "parts").iterdir()).write_bytes(b"nothing")
    with pytest.raises(InputError, match="is damaged"):
        read_trials(store.folder)


WRITER = """
import itertools, sys, time
sys.path.insert(0, {tests!r})
from pathlib import Path
from newsbt.adapters.trials import TrialStore
from test_trials import rows
store = TrialStore.create(Path({target!r}), {{}})
for first in itertools.count(0, 20):
    store.append(rows(first, 20))
    Path({mark!r}).write_text(f"{{first + 20}} {{time.time()}}")
"""


def test_a_killed_process_loses_less_than_two_seconds(tmp_path):
    target, mark = tmp_path / "t", tmp_path / "mark"
    code = WRITER.format(tests=os.path.dirname(__file__), target=str(target), mark=str(mark))
    writer = subprocess.Popen([sys.executable, "-c", code])
    try:
        deadline = time.monotonic() + 30
        while (
            len(list(target.with_name("t.unfinished").glob("parts/0*"))) < 3 and time.monotonic() < deadline
        ):
            time.sleep(0.01)
    finally:
        writer.send_signal(signal.SIGKILL)
        writer.wait(timeout=10)
    killed = time.time()
    found = read_trials(target)
    assert_frame_equal(found, rows(0, len(found)))
    newest = max(path.stat().st_mtime for path in tuning_folder(target).glob("parts/0*"))
    assert len(found) > 0
    assert killed - newest < 2.0
    again = TrialStore.reopen(target)
    again.append(rows(len(found), 1))
    assert_frame_equal(read_trials(again.finish()), rows(0, len(found) + 1))
    assert json.loads((target / "tune.json").read_text())["finished"]
