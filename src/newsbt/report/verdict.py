"""Whether the winner of a search is more than luck, as figures and a sentence (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from newsbt.evidence.words import chance
from newsbt.metrics.formats import count, plain
from newsbt.report.values import minus

__all__ = ["CONFIDENT", "RARE", "Test", "verdict", "verdict_tests"]

#: Deflated Sharpe ratio from which searching does not explain the winner.
CONFIDENT = 0.95
#: Chance below which the other two speak for the winner.
RARE = 0.05


class Test(NamedTuple):
    """One view of the winner: its figure, what would speak for it, and whether it does.

    `passed` is None where the figure is not known.
    """

    label: str
    value: str
    note: str
    passed: bool | None


def verdict_tests(figures: Mapping[str, Any]) -> list[Test]:
    """Deflated Sharpe ratio, probability of overfitting and Hansen's test.

    Parameters
    ----------
    figures : mapping
        ``evidence`` of a tuning's ``tune.json``; empty where none was gathered.
    """
    deflated, pbo, spa = (figures.get(key) for key in ("deflated_sharpe", "pbo", "spa_consistent"))
    tried, luck = figures.get("trials"), figures.get("expected_best_sharpe")
    return [
        Test(
            "Deflated Sharpe ratio",
            _share(deflated),
            f"confidence after {count(tried)} trials, whose best would show"
            f" {minus(plain(luck))} a year by luck; 95 % or more speaks for the winner"
            if deflated is not None
            else "not known: no daily returns to judge, or the winner lost",
            None if deflated is None else deflated >= CONFIDENT,
        ),
        Test(
            "Probability of overfitting",
            _share(pbo),
            "share of halvings of the period in which the best of one half was below the median of the other;"
            " 5 % or less speaks for the choice",
            None if pbo is None else pbo <= RARE,
        ),
        Test(
            "Hansen's test (SPA)",
            _share(spa),
            "chance that the best looks this good when no setting beats holding cash; 5 % or less speaks for"
            " it",
            None if spa is None else spa <= RARE,
        ),
    ]


def verdict(tests: list[Test]) -> tuple[str, str]:
    """The kind (``good``, ``warning``, ``note``) and the sentence over all `tests`."""
    known = [test for test in tests if test.passed is not None]
    passed = sum(bool(test.passed) for test in known)
    if not known:
        return "note", "Nothing is known of overfitting: the search was interrupted, or there was no choice."
    some = f"{passed} of {len(known)} tests speak{'s' if passed == 1 else ''} for the winner"
    if passed == len(known):
        return "good", f"{some}: searching alone does not explain it. Days that it has not seen still decide."
    if passed:
        return "warning", f"{some}: part of its result may be luck of the search."
    return "warning", f"{some}: what was found here may be nothing but luck of the search."


def _share(value: float | None) -> str:
    return "n/a" if value is None else chance(value)
