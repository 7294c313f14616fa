"""The shipped word lists and coefficients."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from newsbt.adapters.scorers.shipped import headline_scorer, lexicon_scorer
from newsbt.sentiment.headline import HeadlineScorer
from newsbt.sentiment.lexicon import LexiconScorer

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def lexicon_table() -> dict[str, Any]:
    return tomllib.loads((ROOT / "data" / "lexicon.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def lexicon(lexicon_table: dict[str, Any]) -> LexiconScorer:
    return lexicon_scorer(lexicon_table)


@pytest.fixture(scope="session")
def headline(lexicon_table: dict[str, Any]) -> HeadlineScorer:
    return headline_scorer(lexicon_table)
