"""``newsbt leakcheck`` through the real command line, and ``newsbt.leakcheck``."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

import newsbt as package
from leak_tools import PLANTED

QUICK = ("--symbols", "Alibaba", "--start", "2024-12-02", "--end", "2025-03-14", "--cuts", "1")


@pytest.fixture(scope="module")
def leaky(untouched, tmp_path_factory):
    """The workspace with two planted leaks, and few of the shipped strategies: contract tests have all."""
    folder = tmp_path_factory.mktemp("leaky") / "mine"
    shutil.copytree(untouched, folder)
    for path in (folder / "strategies").glob("[a-z]*.py"):
        if path.stem not in ("cash", "drift", "random"):
            path.unlink()
    shutil.copy(PLANTED / "strategies" / "same_bar_close.py", folder / "strategies")
    shutil.copy(PLANTED / "signals" / "next_direction.py", folder / "signals")
    return folder


def test_a_clean_strategy_ends_with_0_and_the_number_of_probes(newsbt, leaky):
    done = newsbt("leakcheck", "drift", *QUICK, cwd=leaky)
    assert (done.returncode, done.stderr) == (0, "")
    assert "strategy drift with signal catalogue: no leak found (16 probes, 1 cut)" in done.stdout
    assert "made after publication" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_a_leak_ends_with_1_and_is_named_with_its_bar(newsbt, leaky):
    done = newsbt("leakcheck", "same_bar_close", *QUICK, "--probe", "same-bar", "--json", cwd=leaky)
    assert (done.returncode, done.stderr) == (1, "")
    said = json.loads(done.stdout)
    assert said["clean"] is False
    check = said["checks"][0]
    leak = check["findings"][0]
    assert (check["strategy"], leak["kind"], leak["probe"]) == ("same_bar_close", "order", "same-bar")
    session = leak["session"]
    assert leak["text"].startswith("order to ")
    assert f"for {session}" in leak["text"]
    assert f"when the close of {session} does" in leak["text"]
    assert check["cuts"][0].startswith(session)


def test_a_signal_alone_is_checked_without_a_strategy(newsbt, leaky):
    done = newsbt("leakcheck", "--signal", "next_direction", *QUICK, cwd=leaky)
    assert done.returncode == 1
    assert done.stdout.startswith("signal next_direction: ")
    assert "score" in done.stdout


def test_with_nothing_named_the_whole_workspace_is_checked(newsbt, leaky):
    done = newsbt("leakcheck", *QUICK, "--probe", "same-bar", "--json", cwd=leaky)
    assert done.returncode == 1
    told = json.loads(done.stdout)
    checks, unchecked = told["checks"], told["unchecked"]
    assert set(unchecked) == {"finbert", "llm"}, "they have neither weights nor an address"
    assert "NEWSBT_LLM_URL" in unchecked["llm"]
    strategies = {path.stem for path in (leaky / "strategies").glob("[a-z]*.py")}
    assert {check["strategy"] for check in checks} == {"", *strategies}
    assert {check["signal"] for check in checks if not check["strategy"]} == {
        path.stem for path in (leaky / "signals").glob("[a-z]*.py")
    } - set(unchecked)
    assert [check["strategy"] for check in checks if not check["clean"]] == ["same_bar_close"]


def test_bad_input_is_refused(refused, leaky):
    assert "--cuts 0" in refused("leakcheck", "drift", "--cuts", "0", cwd=leaky)
    assert "no probe 'same-bars'" in refused("leakcheck", "drift", "--probe", "same-bars", cwd=leaky)
    assert "'drifty'" in refused("leakcheck", "drifty", cwd=leaky)


def test_a_strategy_that_fails_is_named_where_the_user_keeps_it(refused, leaky, tmp_path):
    mine = tmp_path / "mine"
    shutil.copytree(leaky, mine)
    text = (mine / "strategies" / "cash.py").read_text(encoding="utf-8")
    (mine / "strategies" / "cash.py").write_text(f"{text}\n\n1 / 0\n", encoding="utf-8")
    said = refused("leakcheck", "cash", *QUICK, cwd=mine)
    assert said.startswith(f"{mine / 'strategies' / 'cash.py'}: ")
    assert "ZeroDivisionError" in said


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_leaves_nothing_behind(leaky, tmp_path):

    env = {**os.environ, "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-m", "newsbt", "leakcheck", "drift", "--cuts", "50"]
    with subprocess.Popen(
        command, cwd=leaky, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        until = time.monotonic() + 60
        while not list(tmp_path.glob("newsbt-leakcheck-*/probe-2")) and time.monotonic() < until:
            time.sleep(0.05)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
    assert (running.returncode, out) == (130, "")
    assert err == "newsbt: interrupted; nothing half-written is left\n"
    assert list(tmp_path.glob("newsbt-leakcheck-*")) == []


def test_from_python(leaky):
    period = {"symbols": "Alibaba", "start": "2024-12-02", "end": "2025-03-14"}
    found = package.leakcheck(
        signal="next_direction", workspace=leaky, cuts=1, probes=["poison-news"], **period
    )
    assert not found.clean and found.strategy == ""
    assert {leak.kind for leak in found.findings} <= {"score", "audit", "signal"}
    clean = package.leakcheck("drift", {"hold": 3}, workspace=leaky, cuts=1, probes=["end"], **period)
    assert clean.clean and clean.probes == 1
