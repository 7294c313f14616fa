"""Answers of slow scorers, kept by text and model: a file that many processes may use at once."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import astuple
from pathlib import Path

from newsbt.errors import InputError
from newsbt.sentiment.scorer import Opinion, Scorer

__all__ = ["Cached", "answer_key", "answers_file"]

#: Seconds to wait for another writer.
PATIENCE = 60.0
#: Keys looked up in one query; SQLite takes 999 at least.
_MANY = 500
#: Questions after whose answers the file is written.
_PART = 128


def answers_file() -> Path:
    """Below ``XDG_CACHE_HOME`` or ``~/.cache``."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(home) / "newsbt" / "answers.sqlite"


def answer_key(scorer: Scorer, text: str, aspects: Sequence[str]) -> str:
    """SHA-256 of everything that an answer depends on."""
    parts = [scorer.name, scorer.version, scorer.settings, text, list(aspects)]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


class Cached:
    """A scorer that is asked only what it has not been asked before.

    Parameters
    ----------
    scorer : Scorer
        Opinions without confidence are not kept: they stand for an answer that never came.
    path : Path, optional
        SQLite file; default :func:`answers_file`. Where its folder cannot be written, nothing is kept.
    """

    def __init__(self, scorer: Scorer, path: Path | None = None) -> None:
        self._scorer, self._path = scorer, path or answers_file()

    @property
    def name(self) -> str:
        """Of the scorer."""
        return self._scorer.name

    @property
    def version(self) -> str:
        """Of the scorer."""
        return self._scorer.version

    @property
    def settings(self) -> str:
        """Of the scorer."""
        return self._scorer.settings

    @property
    def trained_until(self) -> dt.datetime | None:
        """Of the scorer."""
        return self._scorer.trained_until

    def score(self, texts: Sequence[str], aspects: Sequence[tuple[str, ...]]) -> list[Opinion]:
        """Opinions, kept ones first; each distinct question is asked once.

        Raises
        ------
        InputError
            If the file is no cache of ours, or stays locked.
        """
        keys = [answer_key(self._scorer, text, named) for text, named in zip(texts, aspects, strict=True)]
        found = self._read(keys)
        missing = {key: at for at, key in reversed(list(enumerate(keys))) if key not in found}
        if missing:
            places = sorted(missing.values())
            # Part by part: whoever interrupts keeps what was answered so far.
            for begin in range(0, len(places), _PART):
                part = places[begin : begin + _PART]
                asked = self._scorer.score([texts[at] for at in part], [aspects[at] for at in part])
                new = {keys[at]: opinion for at, opinion in zip(part, asked, strict=True)}
                self._write({key: opinion for key, opinion in new.items() if opinion.confidence > 0.0})
                found |= new
        return [found[key] for key in keys]

    def _read(self, keys: Sequence[str]) -> dict[str, Opinion]:
        found: dict[str, Opinion] = {}
        if not self._path.exists():
            return found
        distinct = list(dict.fromkeys(keys))
        with self._open() as database:
            for at in range(0, len(distinct), _MANY):
                part = distinct[at : at + _MANY]
                marks = ",".join("?" * len(part))
                for key, text in database.execute(
                    f"SELECT key, opinion FROM answers WHERE key IN ({marks})",
                    part,
                ):
                    value, confidence, by_aspect, why = json.loads(text)
                    found[key] = Opinion(value, confidence, tuple(by_aspect), why)
        return found

    def _write(self, opinions: dict[str, Opinion]) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            return
        if not opinions or not os.access(self._path.parent, os.W_OK):
            return
        rows = [(key, json.dumps(astuple(opinion))) for key, opinion in opinions.items()]
        with self._open() as database:
            database.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?)", rows)

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with contextlib.closing(sqlite3.connect(self._path, timeout=PATIENCE)) as database:
                with database:
                    database.execute(
                        "CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, opinion TEXT NOT NULL)"
                    )
                with database:
                    yield database
        except sqlite3.Error as error:
            raise InputError(
                f"the cache of answers {self._path} cannot be used: {error}; delete it, answers will be asked"
                " for again"
            ) from error
