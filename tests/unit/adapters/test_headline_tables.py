"""Tables of headlines: read as they are, written with what was said."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from newsbt.adapters.headline_tables import HEADLINE, read_headline_table, write_headline_table
from newsbt.errors import InputError, UnknownNameError


def made(tmp_path: Path, name: str, content: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode(encoding))
    return path


@pytest.mark.parametrize(
    ("name", "content", "encoding"),
    [
        ("a.csv", 'Title,no\n"Up, and away",1\nDown,2\n', "utf-8-sig"),
        ("a.csv", "Title;no\nUp, and away;1\nDown;2\n", "utf-16"),
        ("a.csv", "Title\nUp, and away\nDown\n", "utf-8"),
        ("a.csv", '"Title"\r\n"Up, and away"\r\n\r\n"Down"\r\n', "utf-8-sig"),
        ("a.jsonl", '{"Title": "Up, and away"}\n{"Title": "Down"}\n', "utf-8"),
    ],
)
def test_headlines_are_found_in_their_column(tmp_path: Path, name: str, content: str, encoding: str) -> None:
    rows = read_headline_table(made(tmp_path, name, content, encoding), ["Title"])
    assert [row["Title"] for row in rows] == ["Up, and away", "Down"]


def test_a_text_has_a_headline_a_line(tmp_path: Path) -> None:
    path = made(tmp_path, "a.txt", "\ufeffUp, and away\n\nDown\n")
    assert read_headline_table(path, [HEADLINE]) == [{HEADLINE: "Up, and away"}, {HEADLINE: "Down"}]


def test_every_column_is_kept_and_nothing_can_be_run(tmp_path: Path) -> None:
    rows = [{"a": "=1+1", "label": "old"}, {"a": "x", "b": "y"}]
    write_headline_table(
        tmp_path / "out.csv", rows, [{"label": "good", "p": None}, {"label": "bad", "p": 0.5}]
    )
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as handle:
        assert list(csv.reader(handle)) == [
            ["a", "label", "b", "p"],
            ["'=1+1", "good", "", ""],
            ["x", "bad", "y", "0.5"],
        ]


def test_what_is_wrong_is_named(tmp_path: Path) -> None:
    table = made(tmp_path, "a.csv", "Title,no\nUp,1\nDown,2,3\n")
    with pytest.raises(InputError, match=r"a\.csv:3: the row has 3 cells"):
        read_headline_table(table, ["Title"])
    with pytest.raises(UnknownNameError, match="did you mean 'Title'"):
        read_headline_table(made(tmp_path, "b.csv", "Title,no\nUp,1\n"), ["Titel"])
    with pytest.raises(InputError, match="has no rows"):
        read_headline_table(made(tmp_path, "c.csv", "Title,no\n"), ["Title"])
    with pytest.raises(InputError, match="cannot be read"):
        read_headline_table(tmp_path / "none.csv", ["Title"])
    with pytest.raises(InputError, match=r"written as \.csv"):
        write_headline_table(tmp_path / "out.txt", [], [])
