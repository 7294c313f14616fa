"""Scorers that need nothing but the package: the lexicon, and the classifier with its coefficients."""

from __future__ import annotations

import datetime as dt
import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import newsbt.sentiment
from newsbt.adapters.compilation import keep_compiled

if TYPE_CHECKING:
    from newsbt.sentiment.headline import Coefficients, HeadlineScorer
    from newsbt.sentiment.lexicon import LexiconScorer
    from newsbt.sentiment.scorer import Scorer

__all__ = ["headline_scorer", "lexicon_scorer", "read_coefficients", "sentiment_scorer"]

COEFFICIENTS = Path(newsbt.sentiment.__file__).with_name("headline.npz")


def lexicon_scorer(table: Mapping[str, Any], where: str = "data/lexicon.toml") -> LexiconScorer:
    """The scorer of a lexicon; tables of the same content share one.

    Raises
    ------
    SettingsError, UnknownNameError
        As :func:`newsbt.sentiment.lexicon_table.parse_lexicon`.
    """
    return _lexicon(json.dumps(table, sort_keys=True, default=str), where)


def headline_scorer(lexicon: Mapping[str, Any], where: str = "data/lexicon.toml") -> HeadlineScorer:
    """The shipped classifier, which asks the `lexicon` too and leaves Chinese to it; shared likewise."""
    return _headline(json.dumps(lexicon, sort_keys=True, default=str), where)


def sentiment_scorer(lexicon: Mapping[str, Any], vader: float = 0.0) -> Scorer:
    """The scorer of a `lexicon`, with a share of VADER's value where it is silent."""
    from newsbt.sentiment.vader import VaderBehind

    alone = lexicon_scorer(lexicon)
    return VaderBehind(alone, vader) if vader else alone


@functools.cache
def read_coefficients(path: Path) -> Coefficients:
    """Coefficients as ``training/train_headline.py`` writes them; nothing in the file can run."""
    from newsbt.sentiment.headline import Coefficients

    with np.load(path, allow_pickle=False) as file:
        return Coefficients(
            keys=file["keys"],
            weights=file["weights"].astype(np.float32),
            bias=file["bias"].astype(np.float64),
            lexicon=file["lexicon"].astype(np.float64),
            version=str(file["version"]),
            trained_until=dt.datetime.fromisoformat(str(file["trained_until"])),
        )


@functools.lru_cache(maxsize=4)
def _lexicon(table: str, where: str) -> LexiconScorer:
    keep_compiled()
    from newsbt.sentiment.lexicon import LexiconScorer
    from newsbt.sentiment.lexicon_table import parse_lexicon

    return LexiconScorer(parse_lexicon(json.loads(table), where))


@functools.lru_cache(maxsize=4)
def _headline(table: str, where: str) -> HeadlineScorer:
    from newsbt.sentiment.headline import HeadlineScorer

    lexicon = _lexicon(table, where)
    return HeadlineScorer(read_coefficients(COEFFICIENTS), lexicon)
