"""A model is asked in order and its answer is checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from newsbt.errors import InputError
from newsbt.records import Catalyst
from newsbt.scoring.apply import score_catalysts
from newsbt.scoring.model import Score, SignalContext, SignalModel
from signal_tools import make_catalyst, make_universe

ROWS = [
    make_catalyst("c", "2024-01-10 12:00"),
    make_catalyst("b", "2024-01-09 12:00"),
    make_catalyst("a", "2024-01-10 12:00"),
]


class Ranks(SignalModel):
    def score(self, catalysts: Sequence[Catalyst]) -> list[Score]:
        return [Score(at / 10, 1.0, row.id) for at, row in enumerate(catalysts)]


class Constant(SignalModel):
    answer: tuple[Score, ...] = ()

    def score(self, catalysts: Sequence[Catalyst]) -> Sequence[Score]:
        return self.answer


def context() -> SignalContext:
    return SignalContext(make_universe())


def test_models_see_catalysts_by_publication_then_id_and_answers_come_back_in_place() -> None:
    found = score_catalysts(Ranks(context(), {}), ROWS, "ranks")
    assert [(score.why, score.value) for score in found] == [("c", 0.2), ("b", 0.0), ("a", 0.1)]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (None, "signal 'odd': its score() gives NoneType; give a list, one Score a catalyst"),
        ((0.5,) * 3, "signal 'odd' gives catalyst 'b' 0.5; give Score(value, half_life, why)"),
        ((Score("up", 1.0),) * 3, "signal 'odd' gives catalyst 'b' Score(value='up'"),  # type: ignore[arg-type]
        ((Score(0.0, 1.0),), "signal 'odd' gives 1 scores for 3 catalysts"),
        ((Score(1.5, 1.0),) * 3, "signal 'odd' scores catalyst 'b' 1.5; keep scores in [-1, 1]"),
        ((Score(float("nan"), 1.0),) * 3, "signal 'odd' scores catalyst 'b' nan"),
        ((Score(0.5, 1.0, by_issuer={"JD.com": -1.5}),) * 3, "scores catalyst 'b' -1.5 for JD.com; keep"),
        ((Score(0.5, 1.0, by_issuer={"JD": 0.5}),) * 3, "judges 'JD' in catalyst 'b', no issuer in data"),
        ((Score(0.5, 0.0),) * 3, "signal 'odd' gives catalyst 'b' a half-life of 0.0"),
        ((Score(0.5, float("inf")),) * 3, "signal 'odd' gives catalyst 'b' a half-life of inf"),
    ],
)
def test_wrong_answers_are_named(answer: Any, said: str) -> None:
    model = Constant(context(), {})
    model.answer = answer
    with pytest.raises(InputError) as caught:
        score_catalysts(model, ROWS, "odd")
    assert said in str(caught.value)


def test_a_model_without_score_says_so() -> None:
    with pytest.raises(InputError, match=r"signal 'odd' has no method score\(self, catalysts\); write one"):
        score_catalysts(SignalModel(context(), {}), ROWS, "odd")
    with pytest.raises(NotImplementedError):
        SignalModel(context(), {}).score(ROWS)
