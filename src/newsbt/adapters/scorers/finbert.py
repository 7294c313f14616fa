"""Headlines judged by FinBERT or another transformer that tells good from bad and neutral."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from newsbt.adapters.scorers.answers import Cached
from newsbt.adapters.scorers.chat import read_day
from newsbt.errors import DataUnavailableError
from newsbt.sentiment.scorer import Opinion, Scorer

__all__ = ["FinbertScorer", "finbert_scorer"]

#: Words in a model's own labels, in its config, by sign.
SIGNS = {"positive": 1, "bullish": 1, "pos": 1, "negative": -1, "bearish": -1, "neg": -1, "neutral": 0}
LONGEST = 128


class FinbertScorer:
    """A sequence classifier of the transformers library, on the CPU unless torch has something better.

    The text is judged once; whoever it names gets the value of the part of the text that names him: clauses
    around each name, where there are several names.

    Parameters
    ----------
    model : str
        Folder, or name in the local cache of models.
    revision : str
        Of the model; empty for the newest there.
    trained_until : datetime
        Aware.
    batch : int
        Texts read together.

    Raises
    ------
    DataUnavailableError
        If the extra or the weights are missing, or the model has no labels for good and bad.
    """

    name = "finbert"

    def __init__(self, model: str, revision: str, trained_until: dt.datetime, batch: int = 32) -> None:
        self._model_name, self._batch = model, batch
        self._tokenizer, self._model = _load(model, revision)
        labels = {int(at): str(word).lower() for at, word in self._model.config.id2label.items()}
        self._signs = [SIGNS.get(labels[at]) for at in sorted(labels)]
        if None in self._signs or not {1, -1} <= set(self._signs):
            raise DataUnavailableError(
                f"model {model!r} has the labels {', '.join(labels.values())}; use one that tells positive,"
                " negative and neutral"
            )
        found = revision or getattr(self._model.config, "_commit_hash", None) or _digest(Path(model))
        self.version = f"{model}@{found}"
        self.settings = f"{LONGEST} tokens"
        self.trained_until: dt.datetime | None = trained_until

    def score(self, texts: Sequence[str], aspects: Sequence[tuple[str, ...]]) -> list[Opinion]:
        """Opinions; see :class:`newsbt.sentiment.scorer.Scorer`."""
        asked: dict[str, int] = {}
        plans = []
        for text, names in zip(texts, aspects, strict=True):
            parts = [text, *(_part(text, name, names) for name in names)]
            plans.append([asked.setdefault(part, len(asked)) for part in parts])
        shares = self._shares(list(asked))
        opinions = []
        for text, plan in zip(texts, plans, strict=True):
            if not text.strip():
                opinions.append(Opinion(0.0, 0.0, (0.0,) * (len(plan) - 1), "no text"))
                continue
            values = [self._value(shares[at]) for at in plan]
            sure = max(shares[plan[0]])
            whole = values[0] if len(plan) == 1 else sum(values[1:]) / (len(plan) - 1)
            opinions.append(Opinion(whole, sure, tuple(values[1:]), f"{self._model_name} ({sure:.0%})"))
        return opinions

    def _value(self, shares: Sequence[float]) -> float:
        signs = [sign or 0 for sign in self._signs]
        if signs[shares.index(max(shares))] == 0:
            return 0.0
        return sum(sign * share for sign, share in zip(signs, shares, strict=True))

    def _shares(self, texts: Sequence[str]) -> list[list[float]]:
        import torch

        found: list[list[float]] = []
        for at in range(0, len(texts), self._batch):
            part = [text or " " for text in texts[at : at + self._batch]]
            inputs = self._tokenizer(
                part, padding=True, truncation=True, max_length=LONGEST, return_tensors="pt"
            )
            with torch.no_grad():
                logits = self._model(**inputs).logits
            found += [_softmax([float(value) for value in row]) for row in logits]
        return found


def finbert_scorer(model: str, revision: str, trained_until: str, batch: int) -> Scorer:
    """A transformer behind the cache of answers; the same model is loaded once."""
    return Cached(_loaded(model, revision, read_day(trained_until), batch))


@functools.lru_cache(maxsize=2)
def _loaded(model: str, revision: str, trained_until: dt.datetime, batch: int) -> FinbertScorer:
    return FinbertScorer(model, revision, trained_until, batch)


def _load(model: str, revision: str) -> tuple[Any, Any]:
    try:
        from transformers import AutoModelForSequenceClassification, AutoTokenizer
    except ImportError as error:
        raise DataUnavailableError(
            "the signal finbert needs transformers and torch; install them: pip install 'newsbt[finbert]'"
        ) from error
    options: dict[str, Any] = {"local_files_only": True, **({"revision": revision} if revision else {})}
    try:
        tokenizer = AutoTokenizer.from_pretrained(model, **options)
        network = AutoModelForSequenceClassification.from_pretrained(model, use_safetensors=None, **options)
    except (OSError, ValueError) as error:
        raise DataUnavailableError(
            f"the weights of {model!r} are not on this machine; fetch them once with transformers"
            " (from_pretrained), or give the folder that holds them as signal.model"
        ) from error
    network.eval()
    return tokenizer, network


def _digest(folder: Path) -> str:
    """What the files of a model in a folder hold, in twelve signs; ``"unknown"`` where it is none."""
    if not folder.is_dir():
        return "unknown"
    digest = hashlib.sha256()
    for path in sorted(item for item in folder.iterdir() if item.is_file()):
        digest.update(path.name.encode())
        with path.open("rb") as handle:
            digest.update(hashlib.file_digest(handle, "sha256").digest())
    return digest.hexdigest()[:12]


def _part(text: str, name: str, names: Sequence[str]) -> str:
    """What of `text` is said of `name`: its own clause, where other names stand in other clauses."""
    if len(names) < 2:
        return text
    for clause in text.replace(";", "\n").replace(",", "\n").replace(" while ", "\n").splitlines():
        if name in clause and not any(other in clause for other in names if other != name):
            return clause.strip()
    return text


def _softmax(row: Sequence[float]) -> list[float]:
    top = max(row)
    odds = [math.exp(value - top) for value in row]
    return [value / sum(odds) for value in odds]
