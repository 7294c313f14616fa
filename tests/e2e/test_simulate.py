"""newsbt simulate: a folder that every other command takes, deterministic, and refused where it cannot be."""

import json

import pytest

SMALL = ("--symbols", "BABA,9988.HK,PDD", "--events", "12", "--end", "2023-12-29")


@pytest.fixture(scope="module")
def world(newsbt, workspace, tmp_path_factory):
    folder = tmp_path_factory.mktemp("simulated") / "world"
    done = newsbt("simulate", folder, *SMALL, "--effect", "0.05", "--seed", "7", cwd=workspace)
    assert done.returncode == 0, done.stderr
    assert "12 stories, 0 of them the wrong way" in done.stdout
    assert "planted: 5.00% over 1 session" in done.stdout
    return folder


def test_the_price_gate_and_the_linter_find_nothing(newsbt, workspace, world):
    prices = newsbt("prices", "check", "--prices", world, cwd=workspace)
    assert prices.returncode == 0, prices.stdout
    assert "Nothing wrong." in prices.stdout
    news = newsbt("catalysts", "check", world / "catalysts.csv", cwd=workspace)
    assert news.returncode == 0
    assert "no errors, no warnings, no hints" in news.stdout


def test_a_run_trades_it_without_hindsight_and_an_event_study_finds_it(newsbt, workspace, world, tmp_path):
    where = ("--prices", world, "--catalysts", world / "catalysts.csv", "--no-figures", "--json")
    done = newsbt("run", "drift", *where, "--set", "hold=1", "--out", tmp_path, cwd=workspace)
    (run,) = json.loads(done.stdout)["runs"]
    assert run["hindsight_share"] == 0
    assert run["without_hindsight"] == []
    assert run["metrics"]["trades"] > 0
    assert run["metrics"]["total_return"] > 0
    study = json.loads(newsbt("events", *where, "--out", tmp_path, cwd=workspace).stdout)
    first = [row for row in study["split_rows"] if (row["grouping"], row["part"]) == ("all", "first-session")]
    assert first[0]["low"] < 0.05 < first[0]["high"]
    assert first[0]["low"] > 0


def test_equal_seeds_give_equal_files_and_json_is_the_truth(newsbt, workspace, world, tmp_path):
    done = newsbt(
        "simulate", tmp_path / "again", *SMALL, "--effect", "0.05", "--seed", "7", "--json", cwd=workspace
    )
    told = json.loads(done.stdout)
    assert sorted(path.name for path in world.iterdir()) == sorted(
        path.name for path in (tmp_path / "again").iterdir()
    )
    for path in world.iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes()
    truth = json.loads((world / "truth.json").read_text())
    assert {key: value for key, value in told.items() if key != "folder"} == truth
    assert sum(len(event["listings"]) for event in truth["events"]) == 18


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--effect", "2"), "effect is 2; choose from -0.3 to 0.3"),
        (("--symbols", "BABBA"), "there is no symbol 'BABBA'"),
        (("--symbols", "KWEB"), "no share among the listings"),
        (("--events", "900"), "do not fit into"),
    ],
)
def test_bad_input_is_one_sentence_and_leaves_nothing(refused, workspace, tmp_path, options, told):
    assert told in refused("simulate", tmp_path / "x", *options, cwd=workspace)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_is_kept(refused, workspace, world):
    before = (world / "truth.json").read_bytes()
    assert "exists already" in refused("simulate", world, cwd=workspace)
    assert (world / "truth.json").read_bytes() == before
