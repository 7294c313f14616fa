"""Actual against consensus, read from headlines."""

from __future__ import annotations

import pytest

from newsbt.scoring.figures import find_pairs
from newsbt.scoring.words import clauses

WORDS = frozenset({"vs", "above", "below", "than"})


def pairs(headline: str) -> list[tuple[float, float]]:
    found, before = [], []  # type: ignore[var-annotated]
    for clause in clauses(headline):
        found += find_pairs(clause, WORDS, before)
        before = clause
    return [(pair.actual, pair.consensus) for pair in found]


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("sales 161.5bn yuan vs 159.7bn; EPS $2.61 vs $2.27", [(161.5e9, 159.7e9), (2.61, 2.27)]),
        ("EPS 8.84 vs 4.00 yuan", [(8.84, 4.0)]),
        ("sales 1.2 billion vs 1.4 billion", [(1.2e9, 1.4e9)]),
        ("sales 900m vs 1.1bn", [(900e6, 1.1e9)]),
        ("sales 161.5bn vs 159.7", [(161.5e9, 159.7e9)]),
        ("profit 1,234,567 vs 1,200,000 yuan", [(1234567.0, 1200000.0)]),
        ("profit 16,45 vs 15,5", [(16.45, 15.5)]),
        ("sales $28.6bn, above the $27.8bn expected", [(28.6e9, 27.8e9)]),
        ("loss of $0.39 a share, wider than the $0.28 expected", [(-0.39, -0.28)]),
        ("EPS -$0.39 vs -$0.28", [(-0.39, -0.28)]),
        ("growth 4.8% vs 4.5%", [(4.8, 4.5)]),
        ("growth 4.8% vs 4.5", []),
        ("sales 10bn vs 9bn a year earlier", []),
        ("sales 10bn vs last year 9bn", []),
        ("sales 10bn vs hopes", []),
        ("Alibaba vs JD", []),
        ("version 1.2.3 vs 1.2.2", []),
    ],
)
def test_pairs(headline: str, expected: list[tuple[float, float]]) -> None:
    assert pairs(headline) == [(pytest.approx(actual), pytest.approx(other)) for actual, other in expected]


@pytest.mark.parametrize(
    ("headline", "surprise"),
    [
        ("EPS $1.10 vs $1.00", 0.1),
        ("EPS $0.90 vs $1.00", -0.1),
        ("a loss of 3 vs 2", -0.5),
        ("EPS 1 vs 0", 1.0),
        ("EPS -1 vs 0", -1.0),
        ("EPS 0 vs 0", 0.0),
        ("EPS 1 vs -2", 1.5),
    ],
)
def test_surprise_is_a_share_of_the_consensus(headline: str, surprise: float) -> None:
    (clause,) = clauses(headline)
    (pair,) = find_pairs(clause, WORDS)
    assert pair.surprise == pytest.approx(surprise)


def test_a_pair_tells_its_words() -> None:
    (pair,) = find_pairs(["below", "the", "209bn", "expected"], WORDS, ["sales", "206bn", "yuan"])
    assert (pair.places, pair.text) == ((0, 1, 2), "206bn against 209bn")
