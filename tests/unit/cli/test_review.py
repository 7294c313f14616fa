"""The walk through drafts: what is accepted is written at once, what is pending stays."""

import io
import sys

import pytest

from newsbt.adapters.catalogue import read_catalogue
from newsbt.adapters.drafts import read_drafts, write_drafts
from newsbt.articles.draft_rows import row_of
from newsbt.articles.drafting import draft_article
from newsbt.articles.model import Article
from newsbt.articles.outside_names import OutsideNames
from newsbt.cli.review import edited, walk
from newsbt.errors import InputError
from newsbt.linking.linker import Linker
from newsbt.universe import Listing, Universe

import datetime as dt  # isort: skip

UNIVERSE = Universe({"BIDU": Listing("BIDU", "Baidu", "XNYS", "USD")}, outside={"AAPL": "XNYS"})
TEXT = (
    "Baidu launched a chatbot app on Monday.\nBaidu was fined by regulators on Tuesday.\n"
    "Baidu named a new chief financial officer on Wednesday.\n"
)


@pytest.fixture
def rows():
    linker = Linker.from_table({"issuer": {"Baidu": {"names": ["Baidu"]}}})
    article = Article(TEXT, dt.date(2025, 2, 13), None, "a.txt", "ab" * 32)
    found = draft_article(article, linker, OutsideNames.of(["AAPL"]))
    assert [draft.when.first.day for draft in found] == [10, 11, 12]
    return [row_of(article, draft) for draft in found]


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    def call(rows, answers):
        monkeypatch.setattr(sys, "stdin", io.StringIO(answers))
        walk(rows, tmp_path / "d.jsonl", tmp_path / "mine.csv", UNIVERSE)
        return capsys.readouterr().out

    return call


def test_accept_skip_quit_and_go_on(rows, run, tmp_path):
    write_drafts(tmp_path / "d.jsonl", rows)
    out = run(rows, "a\ns\nq\n")
    assert "1 appended" in out
    assert "1 still pending" in out
    kept = read_drafts(tmp_path / "d.jsonl")
    assert [row.review for row in kept] == ["accepted", "skipped", "pending"]
    assert "Draft 1 of 1" in run(kept, "a\n")
    assert [item.published_at.day for item in read_catalogue(tmp_path / "mine.csv")] == [10, 12]


def test_the_end_of_input_is_quit(rows, run, tmp_path):
    assert "3 still pending" in run(rows, "")
    assert not (tmp_path / "mine.csv").exists()


def test_an_answer_that_is_none_is_asked_again(rows, run):
    assert run(rows[:1], "x\n\n?\ns\n").count("[a]ccept") == 4


def test_edit_asks_each_field_until_it_can_be_used(rows, run, tmp_path):
    answers = "e\n2025-02-30\n2025-02-07\nA better headline\nNobody\nBIDU\n\n\n0\n0.2\n\nq\n"
    out = run(rows, answers)
    assert "there is no symbol 'Nobody'" in out
    (made,) = read_catalogue(tmp_path / "mine.csv")
    assert made.published_at.date() == dt.date(2025, 2, 7)
    assert (made.headline, made.symbols, made.direction, made.strength) == (
        "A better headline",
        ("BIDU",),
        0,
        0.2,
    )


def test_what_the_file_holds_as_accepted_is_appended_first(rows, run, tmp_path):
    path = tmp_path / "d.csv"
    write_drafts(path, rows)
    path.write_text(path.read_text().replace(",pending,", ",accepted,", 2))
    assert "2 appended" in run(read_drafts(path), "q\n")
    assert len(read_catalogue(tmp_path / "mine.csv")) == 2


def test_an_edited_range_that_is_wide_does_not_trade(rows):
    made = edited(rows[0], "date", "2025-01-01 2025-01-31", UNIVERSE)
    assert (made.draft.when.days, made.draft.role) == (31, "umbrella")
    assert edited(made, "date", "2025-01-15", UNIVERSE).draft.role == "event"


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("date", "soon"),
        ("date", "1 2 3"),
        ("direction", "up"),
        ("category", "x"),
        ("strength", "high"),
        ("role", "x"),
    ],
)
def test_edits_that_cannot_be_used(rows, name, answer):
    with pytest.raises(InputError):
        edited(rows[0], name, answer, UNIVERSE)
