"""FinBERT's loading and labels, with stand-ins for the libraries; what is missing is named."""

from __future__ import annotations

import datetime as dt
import sys
import types
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from newsbt.adapters.scorers.finbert import FinbertScorer
from newsbt.errors import DataUnavailableError

CUTOFF = dt.datetime(2020, 12, 31, tzinfo=dt.UTC)
LABELS = {0: "positive", 1: "negative", 2: "neutral"}


class Network:
    """Logits by words: 'good' speaks for the label positive, 'bad' for negative, whatever their place."""

    def __init__(self, labels: dict[int, str]) -> None:
        self.config = types.SimpleNamespace(id2label=labels, _commit_hash="abc")
        self.batches: list[int] = []

    def eval(self) -> None:
        pass

    def __call__(self, texts: Sequence[str]) -> Any:
        self.batches.append(len(texts))
        words = {"positive": "good", "negative": "bad"}
        rows = [
            [
                3.0 if words.get(label.lower(), "\0") in text else 1.0
                for _, label in sorted(self.config.id2label.items())
            ]
            for text in texts
        ]
        return types.SimpleNamespace(logits=rows)


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> types.SimpleNamespace:
    """Modules transformers and torch that hold what the scorer uses of them."""
    made = types.SimpleNamespace(labels=dict(LABELS), options={}, network=None)

    def load_network(name: str, **options: Any) -> Network:
        if name == "absent":
            raise OSError("not found")
        made.options = options
        made.network = Network(made.labels)
        return made.network

    def load_tokenizer(name: str, **options: Any) -> Any:
        return lambda texts, **_: {"texts": texts}

    transformers = types.ModuleType("transformers")
    transformers.AutoTokenizer = types.SimpleNamespace(from_pretrained=load_tokenizer)  # type: ignore[attr-defined]
    transformers.AutoModelForSequenceClassification = types.SimpleNamespace(  # type: ignore[attr-defined]
        from_pretrained=load_network
    )
    torch = types.ModuleType("torch")
    torch.no_grad = nullcontext  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "transformers", transformers)
    monkeypatch.setitem(sys.modules, "torch", torch)
    return made


def test_labels_are_the_model_s_own_whatever_their_order(stand_in: types.SimpleNamespace) -> None:
    texts, names = ["good day", "bad day", "a day", ""], [(), (), (), ()]
    values = []
    for labels in (LABELS, {0: "neutral", 1: "Negative", 2: "Positive"}):
        stand_in.labels = labels
        values.append([o.value for o in FinbertScorer("m", "", CUTOFF).score(texts, names)])
    good, bad, neutral, empty = values[0]
    assert values[0] == pytest.approx(values[1])
    # Softmax of (3, 1, 1): e^2 / (e^2 + 2) = 0.787, and 0.107 for each of the others.
    assert good == pytest.approx(0.787 - 0.107, abs=1e-3)
    assert bad == pytest.approx(-good)
    assert neutral == pytest.approx(0.0) and empty == 0.0


def test_each_name_by_its_own_clause(stand_in: types.SimpleNamespace) -> None:
    (found,) = FinbertScorer("m", "", CUTOFF).score(["good for JD, bad for Alibaba"], [("JD", "Alibaba")])
    assert found.by_aspect[0] > 0.5 and found.by_aspect[1] < -0.5
    assert found.value == pytest.approx(0.0)


def test_nothing_is_downloaded_and_batches_are_bounded(stand_in: types.SimpleNamespace) -> None:
    scorer = FinbertScorer("m", "r1", CUTOFF, batch=2)
    scorer.score([f"text {at}" for at in range(5)], [()] * 5)
    assert stand_in.options["local_files_only"] is True and stand_in.options["revision"] == "r1"
    assert stand_in.network.batches == [2, 2, 1]
    assert (scorer.version, scorer.trained_until) == ("m@r1", CUTOFF)


def test_a_model_with_other_labels_is_refused(stand_in: types.SimpleNamespace) -> None:
    stand_in.labels = {0: "LABEL_0", 1: "LABEL_1"}
    with pytest.raises(DataUnavailableError, match="has the labels label_0, label_1"):
        FinbertScorer("m", "", CUTOFF)


def test_missing_weights_are_named(stand_in: types.SimpleNamespace) -> None:
    with pytest.raises(DataUnavailableError, match="weights of 'absent' are not on this machine"):
        FinbertScorer("absent", "", CUTOFF)


def test_the_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "transformers", None)
    with pytest.raises(DataUnavailableError, match=r"newsbt\[finbert\]"):
        FinbertScorer("m", "", CUTOFF)


def test_a_tiny_transformer_of_the_real_libraries(tmp_path: Path) -> None:
    """Random weights: what counts is that ours are the library's own answers, alone and in batches."""
    transformers = pytest.importorskip("transformers", reason="the extra finbert is not installed")
    torch = pytest.importorskip("torch", reason="the extra finbert is not installed")
    torch.manual_seed(1)
    words = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "[MASK]",
        "jd",
        "alibaba",
        "gains",
        "share",
        "from",
        "falls",
        "profit",
        "rises",
        ",",
        ";",
    ]
    (tmp_path / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    tokenizer = transformers.BertTokenizerFast(str(tmp_path / "vocab.txt"))
    tokenizer.save_pretrained(tmp_path)
    config = transformers.BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        initializer_range=1.0,
        id2label=LABELS,
        label2id={label: at for at, label in LABELS.items()},
    )
    network = transformers.BertForSequenceClassification(config).eval()
    network.save_pretrained(tmp_path)
    texts = ["profit rises", "JD gains share from Alibaba", "JD falls ; profit rises , share"]
    scorer = FinbertScorer(str(tmp_path), "", CUTOFF, batch=2)
    for text, found in zip(texts, scorer.score(texts, [()] * 3), strict=True):
        logits = network(**tokenizer(text, return_tensors="pt")).logits
        good, bad, neutral = torch.softmax(logits, -1)[0].tolist()
        expected = 0.0 if neutral >= max(good, bad) else good - bad
        assert found.value == pytest.approx(expected, abs=1e-5)
    assert scorer.version.startswith(f"{tmp_path}@") and not scorer.version.endswith("unknown")
