"""The signal contract catches models that break it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from newsbt.records import Catalyst
from newsbt.scoring.model import Score, SignalContext, SignalModel
from newsbt.testing import SignalContract, sample_catalysts
from newsbt.universe import Universe

GOOD = Score(0.1, 5.0, "because")


class Short(SignalModel):
    def score(self, catalysts: Sequence[Catalyst]) -> list[Score]:
        return [GOOD] * (len(catalysts) - 1)


class Wild(SignalModel):
    def score(self, catalysts: Sequence[Catalyst]) -> list[Score]:
        return [Score(float("nan"), 5.0, "because") for _ in catalysts]


class Fickle(SignalModel):
    calls = 0

    def score(self, catalysts: Sequence[Catalyst]) -> list[Score]:
        self.calls += 1
        return [Score(0.1 * self.calls, 5.0, "because") for _ in catalysts]


class Tidy(SignalModel):
    def score(self, catalysts: Sequence[Catalyst]) -> list[Score]:
        list.reverse(catalysts)  # type: ignore[arg-type]
        return [GOOD for _ in catalysts]


class Seer(SignalModel):
    def score(self, catalysts: Sequence[Catalyst]) -> list[Score]:
        return [Score(0.5 if row is not catalysts[-1] else 0.1, 5.0, "because") for row in catalysts]


class Greedy(SignalModel):
    def score(self, catalysts: Sequence[Catalyst]) -> list[Score]:
        return [GOOD, *(GOOD for _ in catalysts)]


@pytest.mark.parametrize(
    ("model", "check"),
    [
        (Short, "test_one_score_for_each_catalyst"),
        (Wild, "test_scores_are_in_range"),
        (Fickle, "test_same_input_same_scores"),
        (Tidy, "test_input_is_left_alone"),
        (Seer, "test_later_news_changes_nothing_earlier"),
        (Greedy, "test_no_catalysts_no_scores"),
    ],
)
def test_a_broken_model_fails(model: type[SignalModel], check: str) -> None:
    context = SignalContext(Universe({}))
    with pytest.raises(AssertionError):
        getattr(SignalContract(), check)(lambda: model(context, {}))


def test_the_sample_is_sorted_and_odd_enough() -> None:
    rows = sample_catalysts()
    assert [row.published_at for row in rows] == sorted(row.published_at for row in rows)
    assert len({row.id for row in rows}) == len(rows)
    assert {row.role for row in rows} == {"event", "umbrella", "noise", "calendar"}
    assert len({row.category for row in rows}) == 14
