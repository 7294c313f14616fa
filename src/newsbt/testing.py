"""What every signal model must do, as a test class to inherit from: use it for your own files too."""

from __future__ import annotations

import copy
import datetime as dt
import math
from collections.abc import Callable, Sequence

from newsbt.records import CATEGORIES, Catalyst
from newsbt.scoring.model import Score, SignalModel

__all__ = ["SignalContract", "sample_catalysts"]

_HEADLINES = (
    "Regulator fines Alibaba 18bn yuan",
    "Alibaba September quarter: sales 236.5bn yuan vs 239.1bn; EPS $2.15 vs $1.98",
    "Apple picks Alibaba as its partner for AI features in China",
    "US drops plan to blacklist Alibaba, Tencent and Baidu",
    "",
    "中国放宽对平台企业的监管",
    "Broker raises its target for BABA; another cuts its rating",
    "A headline without any opinion in it",
    "!!! ... ;;; — 0 vs 0",
    "Fine " * 400,
)
_SYMBOLS = (
    ("Alibaba",),
    ("BABA", "9988.HK"),
    ("9988.HK",),
    ("JD.com", "PDD"),
    ("NVDA",),
    ("0700.HK", "TCEHY"),
)
_DIRECTIONS = ((1, 0.5), (-1, 1.0), (0, 0.0), (None, None), (-1, 0.25), (1, None), (1, 1.0))


def sample_catalysts(count: int = 60) -> list[Catalyst]:
    """Invented catalysts, sorted by publication, that between them have every odd shape a row may have.

    Parameters
    ----------
    count : int
        How many. Two follow each other by 37 hours, every fifth one comes at the same time as the one before.
    """
    start = dt.datetime(2024, 1, 2, 8, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    rows = []
    for at in range(count):
        direction, strength = _DIRECTIONS[at % len(_DIRECTIONS)]
        published = start + dt.timedelta(hours=37 * (at - (at % 5 == 4)))
        rows.append(
            Catalyst(
                id=f"T{at:04d}",
                published_at=published,
                time_precision=("minute", "session", "day")[at % 3],
                headline=_HEADLINES[at % len(_HEADLINES)],
                category=CATEGORIES[at % len(CATEGORIES)],
                scope=("company", "company", "sector", "market")[at % 4],
                symbols=_SYMBOLS[at % len(_SYMBOLS)],
                direction=direction,
                strength=strength,
                scheduled=at % 7 == 0,
                labelled_at=(None, published, published + dt.timedelta(days=400))[at % 3],
                chain=("", "", "story-a", "story-b")[at % 4],
                role=("event", "event", "event", "umbrella", "noise", "calendar")[at % 6],
                revenue_actual=236.5 if at % 10 == 1 else None,
                revenue_consensus=239.1 if at % 20 == 1 else None,
                eps_actual=2.15 if at % 10 == 1 else None,
                eps_consensus=0.0 if at % 20 == 11 else None,
            )
        )
    return rows


class SignalContract:
    """Tests of one signal model, for pytest.

    Inherit from it in a test class (``class TestMine(SignalContract)``) that has a fixture `make_model`: a
    function of no arguments that gives a new model. Override :meth:`catalysts` to try it on rows of your own,
    sorted by publication.
    """

    def catalysts(self) -> list[Catalyst]:
        """Rows that the model is tried on."""
        return sample_catalysts()

    def test_one_score_for_each_catalyst(self, make_model: Callable[[], SignalModel]) -> None:
        """As many scores as catalysts."""
        rows = self.catalysts()
        found = len(make_model().score(rows))
        _check(found == len(rows), f"{found} scores for {len(rows)} catalysts")

    def test_scores_are_in_range(self, make_model: Callable[[], SignalModel]) -> None:
        """Values lie in [-1, 1], half-lives are positive, and there is always a reason."""
        for row, score in zip(self.catalysts(), make_model().score(self.catalysts()), strict=True):
            _check(-1.0 <= score.value <= 1.0, f"{row.id}: score {score.value} is outside [-1, 1]")
            for issuer, value in score.by_issuer.items():
                _check(-1.0 <= value <= 1.0, f"{row.id}: score {value} for {issuer} is outside [-1, 1]")
            good = math.isfinite(score.half_life) and score.half_life > 0.0
            _check(good, f"{row.id}: half-life {score.half_life} is not positive")
            _check(bool(score.why), f"{row.id}: the score has no reason")

    def test_same_input_same_scores(self, make_model: Callable[[], SignalModel]) -> None:
        """A model asked twice, and a new model, answer the same."""
        model = make_model()
        first = _scores(model, self.catalysts())
        _check(first == _scores(model, self.catalysts()), "asked again, the model answers otherwise")
        _check(first == _scores(make_model(), self.catalysts()), "a new model answers otherwise")

    def test_input_is_left_alone(self, make_model: Callable[[], SignalModel]) -> None:
        """Neither the rows nor the model's tables change."""
        model, rows = make_model(), self.catalysts()
        tables = copy.deepcopy(dict(model.context.tables))
        model.score(rows)
        _check(rows == self.catalysts(), "the model changed the list of catalysts")
        _check(tables == dict(model.context.tables), "the model changed its tables")

    def test_later_news_changes_nothing_earlier(self, make_model: Callable[[], SignalModel]) -> None:
        """Scores of the first k rows are the same when the rest is left away."""
        rows = self.catalysts()
        everything = _scores(make_model(), rows)
        for length in range(len(rows) + 1):
            _check(
                _scores(make_model(), rows[:length]) == everything[:length],
                f"without the catalysts from number {length + 1} on, an earlier score differs",
            )

    def test_no_catalysts_no_scores(self, make_model: Callable[[], SignalModel]) -> None:
        """Nothing in, nothing out."""
        _check(len(make_model().score([])) == 0, "scores came out of no catalysts")


def _scores(model: SignalModel, rows: Sequence[Catalyst]) -> list[Score]:
    return list(model.score(rows))


def _check(holds: bool, message: str) -> None:
    """Fail with `message`; unlike ``assert`` this also works under ``python -O``."""
    if not holds:
        raise AssertionError(message)
