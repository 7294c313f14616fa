"""``newsbt catalysts link`` and ``chain`` in this process, on a small made-up week."""

import csv
import json
import shutil

import pytest

from newsbt.cli.main import main
from price_tools import ROOT

WEEK = [
    ("n1", "2025-03-03T01:00:00Z", "JD.com enters food delivery without a commission", "Wire"),
    ("n2", "2025-03-03T01:20:00Z", "JD.com enters food delivery without a commission - report", "Desk"),
    ("n3", "2025-03-03T02:00:00Z", "京東外賣上線，商家全年免佣金", "港聞"),
    ("n4", "2025-03-03T03:00:00Z", "Just baidu it, says the teacher", "Wire"),
    ("n5", "2025-03-04T03:00:00Z", "恒指收升三百點", "港聞"),
    ("n6", "2025-03-05T03:00:00Z", "Baidu names a new finance chief", "Wire"),
]


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A workspace of the least that linking needs, as the current folder, with a news file."""
    for name in ("newsbt.toml", "data/universe.toml", "data/aliases.toml", "data/calendar_overlay.toml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    rows = [
        {"id": id_, "published_at": at, "precision": "second", "title": title, "source": source}
        for id_, at, title, source in WEEK
    ]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    (tmp_path / "week.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NEWSBT_WORKSPACE", raising=False)
    return tmp_path


@pytest.fixture
def call(capsys):
    """Run a command; gives its status, stdout and stderr."""

    def run(*args):
        with pytest.raises(SystemExit) as ended:
            main(["catalysts", *args])
        out, err = capsys.readouterr()
        return ended.value.code, out, err

    return run


def table(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_news_becomes_a_catalogue_in_which_every_story_stands_once(place, call):
    status, out, err = call("link", "week.jsonl", "-o", "linked.csv", "--rejects", "left.csv")
    assert (status, err) == (0, "")
    assert "4 of 6 items are about an issuer" in out
    assert {row["id"]: row["reason"] for row in table(place / "left.csv")} == {
        "n4": "no-issuer",
        "n5": "funds-only",
    }
    status, out, err = call("chain", "linked.csv", "-o", "stories.csv", "--rejects", "again.csv")
    assert (status, err) == (0, "")
    assert "4 rows: 1 tell again what another has told; 3 written" in out
    assert [(row["id"], row["repeats"]) for row in table(place / "again.csv")] == [("n2", "n1")]
    rows = table(place / "stories.csv")
    assert [(row["id"], row["symbols"], row["chain"]) for row in rows] == [
        ("n1", "JD.com", "n1"),
        ("n3", "JD.com", "n1"),
        ("n6", "Baidu", ""),
    ]
    assert call("check", "stories.csv")[0] == 0


def test_json_counts_every_item(place, call):
    status, out, _ = call("link", "week.jsonl", "-o", "linked.csv", "--funds", "--json")
    told = json.loads(out)
    assert status == 0
    assert told["linked"] + sum(told["left_out"].values()) == told["items"] == 6
    assert told["issuers"]["Hang Seng Index"] == {"items": 1, "first": 1}
    status, out, _ = call("chain", "linked.csv", "-o", "stories.csv", "--json")
    told = json.loads(out)
    assert told["repeated"] == {"n2": "n1"}
    assert [chain["ids"] for chain in told["chains"]] == [["n1", "n3"]]
    status, out, _ = call("chain", "linked.csv", "-o", "all.csv", "--keep-repeated", "--json")
    assert json.loads(out)["repeated"] == {}


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("link", "none.jsonl", "-o", "x.csv"), "none.jsonl"),
        (("link", "week.jsonl", "-o", "x.txt"), "x.txt ends in .txt"),
        (("chain", "none.csv", "-o", "x.csv"), "none.csv"),
        (("link", "week.jsonl", "-o", "no/such/x.csv"), "cannot be written"),
    ],
)
def test_bad_input_is_one_sentence_and_leaves_nothing(place, call, args, words):
    before = sorted(path.name for path in place.iterdir())
    status, out, err = call(*args)
    assert (status, out) == (2, "")
    assert words in err
    assert len(err.splitlines()) == 1
    assert sorted(path.name for path in place.iterdir()) == before


def test_a_mistake_in_the_table_of_aliases_is_named(place, call):
    path = place / "data" / "aliases.toml"
    path.write_text(path.read_text("utf-8").replace("[issuer.Baidu]", "[issuer.Baido]"), encoding="utf-8")
    status, _, err = call("link", "week.jsonl", "-o", "x.csv")
    assert status == 2
    assert "Baido" in err
    assert "did you mean 'Baidu'?" in err
    path.unlink()
    status, _, err = call("link", "week.jsonl", "-o", "x.csv")
    assert status == 2
    assert "aliases.toml is missing" in err


def test_the_python_twin_gives_the_same(place):
    import newsbt

    found = newsbt.link_news("week.jsonl")
    assert [row.id for row in found.catalysts] == ["n1", "n2", "n3", "n6"]
    assert [row.id for row in newsbt.find_stories(found.catalysts).catalysts] == ["n1", "n3", "n6"]
