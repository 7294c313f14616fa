"""Bad input through the real command line: a sentence, the right status, no traceback, nothing half-done."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import time

import pytest

HEADER = (
    "id,published_at,time_precision,headline,category,scope,symbols,direction,strength,scheduled,labelled_at,"
    "chain,source,note"
)
ROW = "n1,2025-02-11T14:21:08+00:00,minute,Something happens,partnership,company,Alibaba,1,0.5,no,,,,"
QUICK = ("--symbols", "BABA", "--start", "2025-02-03", "--end", "2025-02-28", "--no-figures")


@pytest.fixture(autouse=True)
def nothing_half_written(workspace):
    """Whatever is refused leaves the shared workspace's results as they were."""
    before = sorted(path.name for path in (workspace / "results").iterdir())
    yield
    assert sorted(path.name for path in (workspace / "results").iterdir()) == before


def changed(**values):
    """The good row with other values, by column."""
    names, cells = HEADER.split(","), ROW.split(",")
    return ",".join(values.get(name, cell) for name, cell in zip(names, cells, strict=True))


CATALOGUES = {
    "empty": (b"", "empty"),
    "binary": (b"\x00\x01\xff\xfe" * 50, ""),
    "latin": (f"{HEADER}\n{ROW}".replace("Something", "Société").encode("latin-1"), "UTF-8"),
    "no-column": (HEADER.replace("headline,", "").encode() + b"\n", "headline"),
    "misspelt-column": (HEADER.replace("published_at", "publishedat").encode() + b"\n", "published_at"),
    "unknown-column": (f"{HEADER},mood\n{ROW},up\n".encode(), "there is no column 'mood'; move it into note"),
    "second-column": (f"{HEADER},sources\n{ROW},Reuters\n".encode(), "'sources'; move it into source, or"),
    "no-offset": (f"{HEADER}\n{changed(published_at='2025-02-11T14:21:08')}\n".encode(), "offset"),
    "no-date": (f"{HEADER}\n{changed(published_at='yesterday')}\n".encode(), "yesterday"),
    "impossible-date": (f"{HEADER}\n{changed(published_at='2025-02-30T10:00:00Z')}\n".encode(), "2025-02-30"),
    "precision": (f"{HEADER}\n{changed(time_precision='hour')}\n".encode(), "hour"),
    "category": (f"{HEADER}\n{changed(category='erarnings')}\n".encode(), "erarnings"),
    "scope": (f"{HEADER}\n{changed(scope='world')}\n".encode(), "world"),
    "direction": (f"{HEADER}\n{changed(direction='2')}\n".encode(), "direction"),
    "strength": (f"{HEADER}\n{changed(strength='1.5')}\n".encode(), "strength"),
    "strength-nan": (f"{HEADER}\n{changed(strength='nan')}\n".encode(), "strength"),
    "scheduled": (f"{HEADER}\n{changed(scheduled='perhaps')}\n".encode(), "scheduled"),
    "short-row": (f"{HEADER}\n{ROW}\nn2,2025-02-11\n".encode(), ":3"),
    "twice": (f"{HEADER}\n{ROW}\n{ROW}\n".encode(), "n1"),
}


@pytest.mark.parametrize("name", CATALOGUES)
def test_catalogues(refused, workspace, tmp_path, name):
    content, words = CATALOGUES[name]
    path = tmp_path / f"{name}.csv"
    path.write_bytes(content)
    sentence = refused("run", "drift", *QUICK, "--catalysts", path, cwd=workspace)
    assert str(path) in sentence
    assert words in sentence


def test_catalogue_lines_of_json(refused, workspace, tmp_path):
    (tmp_path / "news.jsonl").write_text('{"id": "n1"\n')
    assert "news.jsonl:1" in refused(
        "run", "drift", *QUICK, "--catalysts", tmp_path / "news.jsonl", cwd=workspace
    )


def test_catalogue_of_half_a_gigabyte(refused, workspace, tmp_path):
    with (tmp_path / "huge.csv").open("wb") as file:
        file.truncate(512 * 1024**2)
    assert "huge.csv" in refused("run", "drift", *QUICK, "--catalysts", tmp_path / "huge.csv", cwd=workspace)


@pytest.mark.parametrize("name", ["gone.csv", "folder.csv"])
def test_catalogue_that_cannot_be_read(refused, workspace, tmp_path, name):
    (tmp_path / "folder.csv").mkdir()
    assert name in refused("run", "drift", *QUICK, "--catalysts", tmp_path / name, cwd=workspace)


VALUES = {
    "strategy": (("run", "drfit"), "did you mean 'drift'"),
    "no-strategy": (("run",), "no strategy is named"),
    "parameter": (("run", "drift", "--set", "hodl=3"), "did you mean 'hold'"),
    "too-large": (("run", "drift", "--set", "hold=251"), "1 to 250"),
    "too-small": (("run", "drift", "--set", "stop=-0.1"), "0 to 1"),
    "no-number": (("run", "drift", "--set", "stop=tight"), "'tight'"),
    "not-a-number": (("run", "drift", "--set", "stop=nan"), "'nan'"),
    "no-choice": (("run", "drift", "--set", "side=up"), "both, long, short"),
    "no-pair": (("run", "drift", "--set", "hold"), "key=value"),
    "twice": (("run", "drift", "--set", "hold=3", "--set", "hold=4"), "twice"),
    "prefix": (("run", "drift", "--set", "fade.hold=3", "--set", "sginal.x=3"), "did you mean 'signal'"),
    "run-key": (("run", "drift", "--set", "run.cahs=3"), "did you mean 'cash'"),
    "netting": (("run", "drift", "--set", "run.netting=average"), "'strongest'"),
    "signal": (("run", "drift", "--signal", "catalog"), "did you mean 'catalogue'"),
    "signal-parameter": (("run", "drift", "--set", "signal.halflife=3"), "did you mean 'half_life'"),
    "symbol": (("run", "drift", "--symbols", "BABBA"), "did you mean 'BABA'"),
    "issuer": (("run", "drift", "--symbols", "Alibab"), "did you mean 'Alibaba'"),
    "index": (("run", "drift", "--symbols", "HSI"), "HSI"),
    "benchmark": (("run", "drift", "--benchmark", "KWB"), "did you mean 'KWEB'"),
    "preset": (("run", "drift", "--preset", "albaba"), "did you mean 'alibaba'"),
    "broker": (("run", "drift", "--broker", "zreo"), "did you mean 'zero'"),
    "base": (("run", "drift", "--base", "EUR"), "'USD' or 'HKD'"),
    "entry": (("run", "drift", "--entry", "noon"), "'open' or 'close'"),
    "latency": (("run", "drift", "--latency", "5"), "5min"),
    "latency-negative": (("run", "drift", "--latency=-5min"), "5min"),
    "seed": (("run", "drift", "--seed", "x"), "seed"),
    "cash": (("run", "drift", "--cash=-1"), "greater than 0"),
    "cash-nan": (("run", "drift", "--cash", "nan"), "cash"),
    "start": (("run", "drift", "--start", "02/03/2025"), "2019-01-02"),
    "end": (("run", "drift", "--end", "2025-02-30"), "2019-01-02"),
    "backwards": (("run", "drift", "--start", "2025-02-28", "--end", "2025-02-03"), "after its end"),
    "prices": (("run", "drift", "--prices", "nowhere"), "nowhere"),
    "name": (("run", "drift", *QUICK, "--name", "a/b"), "without slashes"),
}


@pytest.mark.parametrize("name", VALUES)
def test_values(refused, workspace, name):
    args, words = VALUES[name]
    assert words in refused(*args, cwd=workspace)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--start", "1999-01-04", "--end", "1999-12-31"), "1999"),
        (("--start", "2999-01-04"), "2999"),
        (("--symbols", "0992.HK"), "0992.HK"),
    ],
)
def test_prices_that_are_not_to_be_had_end_with_3(refused, workspace, args, words):
    assert words in refused("run", "drift", *args, cwd=workspace, status=3)


PRICES = {
    "no-close": b"date,open,high,low,volume\n2025-02-10,1,1,1,5\n",
    "binary": b"\x00\x01\xff\xfe" * 50,
    "no-dates": b"date,open,high,low,close,volume\nMonday,1,1,1,1,5\n",
    "no-numbers": b"date,open,high,low,close,volume\n2025-02-10,a,b,c,d,5\n",
    "empty": b"",
}


@pytest.mark.parametrize("name", PRICES)
def test_price_files_that_are_none(newsbt, workspace, tmp_path, name):
    folder = tmp_path / "prices"
    shutil.copytree(workspace / "data" / "prices" / "sample", folder)
    (folder / "BABA.csv").write_bytes(PRICES[name])
    done = newsbt("run", "drift", *QUICK, "--prices", folder, cwd=workspace)
    assert done.returncode in (2, 3)
    assert (done.stdout, len(done.stderr.splitlines())) == ("", 1)
    assert "BABA" in done.stderr


def test_an_empty_folder_of_prices(newsbt, workspace, tmp_path):
    (tmp_path / "prices").mkdir()
    done = newsbt("run", "drift", *QUICK, "--prices", tmp_path / "prices", cwd=workspace)
    assert done.returncode in (2, 3)
    assert (done.stdout, len(done.stderr.splitlines())) == ("", 1)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser reads and writes everything")
@pytest.mark.parametrize("mode", [0o000, 0o555])
def test_folders_without_permission(refused, own, mode):
    (own / "results").chmod(mode)
    try:
        assert "cannot be written" in refused("run", "drift", *QUICK, cwd=own)
    finally:
        (own / "results").chmod(0o755)


def test_a_gap_in_prices_over_a_signal_is_reported_and_not_filled(newsbt, workspace, tmp_path):
    folder, news = tmp_path / "prices", tmp_path / "news.csv"
    shutil.copytree(workspace / "data" / "prices" / "sample", folder)
    lines = (folder / "BABA.csv").read_text().splitlines(keepends=True)
    gone = [line for line in lines if line.startswith(("2025-02-11", "2025-02-12"))]
    assert len(gone) == 2
    (folder / "BABA.csv").write_text("".join(line for line in lines if line not in gone))
    news.write_text(f"{HEADER}\n{ROW}\n")
    out = tmp_path / "out"
    done = newsbt(
        "run",
        "drift",
        *QUICK,
        "--prices",
        folder,
        "--catalysts",
        news,
        "--out",
        out,
        "--name",
        "gap",
        cwd=workspace,
    )
    assert done.returncode == 0, done.stderr
    assert "2025-02-11" in done.stdout
    fills = (out / "gap" / "fills.csv").read_text()
    assert "2025-02-11" not in fills
    assert "2025-02-12T" not in fills


BROKEN = {
    "newsbt.toml": ("[run\n", "is not valid TOML"),
    "data/universe.toml": ("[listing.BABA]\n", "issuer"),
    "data/calendar_overlay.toml": ("not toml", "calendar_overlay.toml"),
    "strategies/drift.py": ("def broken(:\n", "line 1"),
    "signals/catalogue.py": ("raise ValueError('no')\n", "signals/catalogue.py"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_files_of_the_workspace(refused, own, name):
    text, words = BROKEN[name]
    (own / name).write_text(text)
    assert words in refused("run", "drift", *QUICK, cwd=own)


@pytest.mark.parametrize("name", ["data/universe.toml", "data/calendar_overlay.toml"])
def test_missing_files_of_the_workspace(refused, own, name):
    (own / name).unlink()
    assert name in refused("run", "drift", *QUICK, cwd=own)


def test_a_strategy_that_raises_names_its_line(refused, own):
    (own / "strategies" / "mine.py").write_text(
        "import backtrader as bt\n\n\nclass Mine(bt.Strategy):\n    def next(self):\n        {}['gone']\n"
    )
    sentence = refused("run", "mine", *QUICK, cwd=own)
    assert "strategies/mine.py: line 6: " in sentence
    assert "gone" in sentence
    assert list((own / "results").iterdir()) == [own / "results" / ".gitkeep"]


def test_a_signal_that_raises_names_its_line(refused, own):
    (own / "signals" / "mine.py").write_text(
        "from newsbt.scoring.model import SignalModel\n\n\nclass Mine(SignalModel):\n"
        "    def score(self, catalysts):\n        return catalysts[0].gone\n"
    )
    sentence = refused("run", "drift", *QUICK, "--signal", "mine", cwd=own)
    assert "signals/mine.py: line 6: " in sentence


def test_a_name_that_is_taken(newsbt, refused, own):
    assert newsbt("run", "drift", *QUICK, "--name", "one", cwd=own).returncode == 0
    before = (own / "results" / "one" / "run.json").read_bytes()
    assert "exists already" in refused("run", "drift", *QUICK, "--name", "one", cwd=own)
    assert (own / "results" / "one" / "run.json").read_bytes() == before


def test_results_that_cannot_be_written(refused, workspace, tmp_path):
    (tmp_path / "file").touch()
    assert "cannot be written" in refused("run", "drift", *QUICK, "--out", tmp_path / "file", cwd=workspace)


def test_a_disk_that_is_full_while_writing(own):
    """No file may grow beyond two kilobytes: like a full disk, this is met in the middle of a file."""
    done = subprocess.run(
        [sys.executable, "-m", "newsbt", "run", "drift", *QUICK],
        cwd=own,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048)),
    )
    assert done.returncode == 2, done.stderr
    assert (done.stdout, len(done.stderr.splitlines())) == ("", 1)
    assert "cannot be written" in done.stderr
    assert [path.name for path in (own / "results").iterdir()] == [".gitkeep"]


def test_ctrl_c_in_the_middle(own):
    command = [sys.executable, "-m", "newsbt", "run", "drift", "fade", "decay", "hold", "random"]
    began = time.monotonic()
    subprocess.run(command[:5], cwd=own, check=True, capture_output=True, timeout=120)
    one_run = time.monotonic() - began
    for after_one in (False, True):
        before = finished(own)
        process = subprocess.Popen(
            command, cwd=own, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        if after_one:
            until = time.monotonic() + 120
            while finished(own) == before and process.poll() is None and time.monotonic() < until:
                time.sleep(0.02)
        else:
            time.sleep(0.6 * one_run)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=120)
        assert process.returncode == 130
        assert "Traceback" not in stderr
        assert stderr.startswith("newsbt: interrupted; ")
        for folder in (own / "results").iterdir():
            assert folder.name == ".gitkeep" or (folder / "run.json").is_file()
        assert before <= finished(own)
        assert not after_one or 1 <= len(finished(own) - before) < 5, "what was finished is kept"


def finished(own):
    """Names of the runs that are there."""
    return {path.parent.name for path in (own / "results").glob("[a-z]*-*/run.json")}


def test_comparisons(refused, workspace, tmp_path):
    assert "did you mean 'drift'" in refused("compare", "drfit", "hold", cwd=workspace)
    (tmp_path / "none").mkdir()
    assert "is no folder of a run" in refused("compare", tmp_path / "none", "hold", cwd=workspace)
