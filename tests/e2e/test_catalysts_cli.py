"""``newsbt catalysts`` as a user calls it: what is printed where, and the exit status."""

from __future__ import annotations

import datetime as dt
import json
import shutil

import pytest

from newsbt.cli.layout import width_of

HEADER = "id,published_at,time_precision,headline,category,scope,symbols,direction,strength,labelled_at"
ROW = "n1,2025-02-11T22:21:08+08:00,minute,Apple and Alibaba,partnership,company,BABA,1,0.5,2025-02-11T00Z"


def changed(**values):
    cells = dict(zip(HEADER.split(","), ROW.split(","), strict=True))
    return ",".join((cells | values).values())


@pytest.fixture
def catalogue(tmp_path):
    def call(*rows, name="mine.csv"):
        path = tmp_path / name
        path.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
        return path

    return call


def test_the_shipped_catalogue_is_clean(newsbt, workspace):
    done = newsbt("catalysts", "check", cwd=workspace)
    assert done.returncode == 0, done.stdout
    assert done.stderr == ""
    assert "no errors, no warnings" in done.stdout.splitlines()[-1]
    assert "data/catalysts/events.csv:" in done.stdout


def test_a_clean_file(newsbt, workspace, catalogue):
    done = newsbt("catalysts", "check", catalogue(ROW), cwd=workspace)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "1 file, 1 row: no errors, no warnings, no hints\n"


def test_hints_do_not_fail(newsbt, workspace, catalogue):
    saturday = changed(published_at="2025-02-15T12:00:00-05:00")
    done = newsbt("catalysts", "check", catalogue(saturday), cwd=workspace)
    assert done.returncode == 0
    assert ":2: info: published on Saturday 2025-02-15, when XNYS" in " ".join(done.stdout.split())


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"published_at": "2025-02-11T22:21:08"}, "no UTC offset; add an offset such as +08:00"),
        ({"published_at": "2025-02-30T22:21:08+08:00"}, "does not exist; correct the date"),
        ({"published_at": "2199-01-01T12:00:00Z"}, "is later than today"),
        ({"symbols": "BABBA"}, "no symbol or issuer 'BABBA'; did you mean BABA?"),
        ({"category": "erarnings"}, "write earnings"),
        ({"direction": "2"}, "none of -1, 0, 1"),
        ({"strength": "1.5"}, "no number from 0 to 1"),
        ({"strength": ""}, "warning: direction is 1 and strength is empty"),
    ],
)
def test_errors_and_warnings_fail_with_file_and_line(newsbt, workspace, catalogue, values, words):
    path = catalogue(ROW, changed(id="n2", headline="other", **values))
    done = newsbt("catalysts", "check", path, cwd=workspace)
    assert (done.returncode, done.stderr) == (1, "")
    shown = " ".join(done.stdout.split())
    assert f"{path}:3: " in shown
    assert words in shown


def test_every_problem_of_every_file(newsbt, workspace, catalogue):
    one = catalogue(changed(direction="2"), changed(id="n2", scope="world"), name="one.csv")
    two = catalogue(ROW, changed(id="n3", symbols="X1;X2"), name="two.csv")
    done = newsbt("catalysts", "check", one, two, "--json", cwd=workspace)
    assert done.returncode == 1
    value = json.loads(done.stdout)
    assert value["files"] == {str(one): 2, str(two): 2}
    assert value["unreadable"] == []
    assert [(item["file"], item["line"], item["code"]) for item in value["findings"]] == [
        (str(one), 2, "bad-direction"),
        (str(one), 3, "unknown-scope"),
        (str(two), 2, "duplicate-id"),
        (str(two), 3, "unknown-symbol"),
        (str(two), 3, "unknown-symbol"),
    ]


UNREADABLE = {
    "empty": b"",
    "binary": b"\x00\x01\xff\xfe" * 50,
    "latin": f"{HEADER}\n{ROW}".replace("Apple", "Société").encode("latin-1"),
    "columns": HEADER.replace("published_at", "publishedat").encode() + b"\n",
}


@pytest.mark.parametrize("name", [*UNREADABLE, "gone", "folder", "huge"])
def test_a_file_that_cannot_be_read_at_all(refused, workspace, tmp_path, name):
    path = tmp_path / f"{name}.csv"
    if name in UNREADABLE:
        path.write_bytes(UNREADABLE[name])
    elif name == "folder":
        path.mkdir()
    elif name == "huge":
        with path.open("wb") as handle:
            handle.truncate(512 * 2**20)
    assert str(path) in refused("catalysts", "check", path, cwd=workspace)


def test_a_file_that_cannot_be_read_does_not_hide_another(newsbt, workspace, catalogue, tmp_path):
    path = catalogue(changed(direction="2"))
    done = newsbt("catalysts", "check", tmp_path / "gone.csv", path, cwd=workspace)
    assert done.returncode == 2
    assert "gone.csv" in done.stderr
    assert f"{path}:2: error:" in done.stdout


def test_a_workspace_without_catalogues(refused, untouched, tmp_path):
    own = shutil.copytree(untouched, tmp_path / "own")
    shutil.rmtree(own / "data" / "catalysts")
    for command in ("check", "list"):
        assert "no catalyst file in" in refused("catalysts", command, cwd=own)


def test_a_list_fits_eighty_columns(newsbt, workspace):
    done = newsbt("catalysts", "list", cwd=workspace)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert max(map(width_of, lines)) <= 80
    assert lines[-1] == "440 of 440 catalysts"
    shown = [line[:16] for line in lines if not line.startswith(" ")][:-2]
    assert len(shown) == 440
    assert shown == sorted(shown)
    # The report of Apple and Alibaba, stamped 09:21:08 in New York.
    assert any(line.startswith("2025-02-11 14:21 UTC  S030  ") for line in lines)


def test_filters_of_the_list(newsbt, workspace):
    def ids(*args):
        done = newsbt("catalysts", "list", *args, "--json", cwd=workspace)
        assert (done.returncode, done.stderr) == (0, "")
        return json.loads(done.stdout)

    everything = ids()["catalysts"]
    assert len(everything) == 440
    results = ids(
        "--issuer", "Alibaba", "--category", "earnings", "--start", "2025-01-01", "--end", "2025-12-31"
    )
    assert {row["category"] for row in results["catalysts"]} == {"earnings"}
    # Four quarters a year.
    assert len(results["catalysts"]) == results["matching"] == 4
    assert all({"BABA", "9988.HK", "Alibaba"} & set(row["symbols"]) for row in results["catalysts"])
    one_day = ids("--start", "2025-02-20", "--end", "2025-02-20")["catalysts"]
    assert {row["published_utc"][:10] for row in one_day} == {"2025-02-20"}
    assert "S038" in {row["id"] for row in one_day}
    latest = ids("--limit", "3")
    assert [row["id"] for row in latest["catalysts"]] == [row["id"] for row in everything[-3:]]
    assert (latest["total"], latest["matching"]) == (440, 440)
    noise = ids("--role", "noise", "--role", "umbrella")["catalysts"]
    assert {row["role"] for row in noise} == {"noise", "umbrella"}
    both = ids("--symbols", "JD,Baidu")["catalysts"]
    assert all({"JD", "BIDU", "9888.HK", "JD.com", "Baidu"} & set(row["symbols"]) for row in both)
    moments = [dt.datetime.fromisoformat(row["published_at"]) for row in everything]
    assert moments == sorted(moments)


def test_a_list_of_ones_own_file(newsbt, workspace, catalogue):
    done = newsbt("catalysts", "list", "--catalysts", catalogue(ROW), cwd=workspace)
    assert done.stdout.splitlines() == [
        "2025-02-11 14:21 UTC  n1  partnership  +0.5  BABA",
        "  Apple and Alibaba",
        "",
        "1 of 1 catalysts",
    ]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--issuer", "Alibab"), "did you mean 'Alibaba'"),
        (("--category", "erarnings"), "did you mean 'earnings'"),
        (("--role", "nois"), "did you mean 'noise'"),
        (("--start", "11.2.2025"), "--start '11.2.2025' is no date"),
        (("--start", "2025-02-02", "--end", "2025-02-01"), "before the start"),
        (("--catalysts", "gone.csv"), "gone.csv"),
    ],
)
def test_a_list_that_is_refused(refused, workspace, args, words):
    assert words in refused("catalysts", "list", *args, cwd=workspace)
