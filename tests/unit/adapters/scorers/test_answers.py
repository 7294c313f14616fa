"""The cache of answers: asked once, told apart by all that matters, used by many at once."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from newsbt.adapters.scorers.answers import Cached, answer_key
from newsbt.errors import InputError
from newsbt.sentiment.scorer import Opinion


class Slow:
    """Says the length of a text, and counts what it is asked."""

    trained_until: dt.datetime | None = None

    def __init__(self, name: str = "slow", version: str = "1", settings: str = "") -> None:
        self.name, self.version, self.settings = name, version, settings
        self.asked: list[str] = []

    def score(self, texts: Sequence[str], aspects: Sequence[tuple[str, ...]]) -> list[Opinion]:
        self.asked += texts
        return [
            Opinion(min(len(text), 100) / 100, float("unsure" not in text), (0.25,) * len(names), "len ✓")
            for text, names in zip(texts, aspects, strict=True)
        ]


def test_each_question_is_asked_once_ever(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "answers.sqlite"
    first, second = Slow(), Slow()
    texts, names = ["a", "bb", "a"], [("x",), (), ("x",)]
    found = Cached(first, path).score(texts, names)
    assert first.asked == ["a", "bb"]
    assert Cached(second, path).score(texts, names) == found == Slow().score(texts, names)
    assert second.asked == []


def test_what_an_answer_depends_on_tells_questions_apart() -> None:
    keys = {
        answer_key(scorer, text, names)
        for scorer in (Slow(), Slow("other"), Slow(version="2"), Slow(settings="t=1"))
        for text in ("a", "b", "\ud800")
        for names in ((), ("x",), ("x", "y"), ("xy",))
    }
    assert len(keys) == 4 * 3 * 4


def test_an_answer_without_confidence_is_asked_for_again(tmp_path: Path) -> None:
    scorer = Slow()
    cached = Cached(scorer, tmp_path / "answers.sqlite")
    assert [cached.score(["unsure"], [()])[0].confidence for _ in range(2)] == [0.0, 0.0]
    assert scorer.asked == ["unsure", "unsure"]


def test_writers_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"

    def work(number: int) -> None:
        for step in range(3):
            Cached(Slow(), path).score([f"{number} {step} {at}" for at in range(5)], [()] * 5)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    with sqlite3.connect(path) as database:
        assert database.execute("SELECT count(*) FROM answers").fetchone() == (60,)
    database.close()


def test_a_file_that_is_no_cache_is_named(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    path.write_text("not a database, but long enough to look at" * 30, encoding="utf-8")
    with pytest.raises(InputError, match=r"answers\.sqlite cannot be used: .*; delete it"):
        Cached(Slow(), path).score(["a"], [()])


def test_many_keys_at_once(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    texts = [str(at) for at in range(2500)]
    found = Cached(Slow(), path).score(texts, [()] * 2500)
    again = Slow()
    assert Cached(again, path).score(texts, [()] * 2500) == found and not again.asked


def test_a_folder_that_cannot_be_made_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    scorer = Slow()
    assert Cached(scorer, tmp_path / "file" / "answers.sqlite").score(["a"], [()])[0].value == 0.01
