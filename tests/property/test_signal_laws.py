"""Laws of the way from catalysts to signals."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from newsbt.records import ROLES, Catalyst
from newsbt.scoring.model import Score
from newsbt.scoring.netting import net
from signal_tools import build, make_bars, make_universe

SYMBOLS = ["BABA", "9988.HK", "JD", "9618.HK", "0700.HK"]
START = dt.datetime(2023, 12, 28, tzinfo=dt.UTC)

quarter_scores = st.integers(-8, 8).map(lambda number: number / 8)


@st.composite
def scored_rows(draw: st.DrawFn) -> list[tuple[Catalyst, Score]]:
    rows = []
    for at in range(draw(st.integers(0, 12))):
        rows.append(
            (
                Catalyst(
                    id=draw(st.sampled_from("zyxwvu")) + str(at),
                    published_at=START + dt.timedelta(minutes=draw(st.integers(0, 68 * 1440))),
                    time_precision=draw(st.sampled_from(["minute", "session", "day"])),
                    headline="h",
                    category="product",
                    scope=draw(st.sampled_from(["company", "sector", "market"])),
                    symbols=tuple(
                        draw(
                            st.lists(
                                st.sampled_from(["Alibaba", "BABA", "JD.com", "KWEB", "NVDA"]), max_size=3
                            )
                        )
                    ),
                    chain=draw(st.sampled_from(["", "x", "y"])),
                    role=draw(st.sampled_from(["event"] * 6 + list(ROLES))),
                ),
                Score(draw(quarter_scores), draw(st.sampled_from([1.0, 5.0, 20.0])), "model"),
            )
        )
    return rows


options = st.fixed_dictionaries(
    {
        "netting": st.sampled_from(["sum", "mean", "strongest", "latest"]),
        "entry": st.sampled_from(["open", "close"]),
        "spillover": st.sampled_from([0.0, 0.5]),
        "novelty_window": st.sampled_from([dt.timedelta(days=3), dt.timedelta(days=30)]),
    }
)


@settings(max_examples=150, deadline=None)
@given(scored_rows(), options)
def test_every_catalyst_is_accounted_for_and_every_signal_has_its_rows(
    rows: list[tuple[Catalyst, Score]], chosen: dict[str, Any]
) -> None:
    audit, signals = build(rows, SYMBOLS, **chosen)
    assert set(audit["catalyst_id"]) == {catalyst.id for catalyst, _ in rows}
    assert not audit.duplicated(["catalyst_id", "symbol"]).any()
    assert audit["score"].between(-1, 1).all()
    assert (audit["why"] != "").all()
    keys = [(signal.symbol, signal.session) for signal in signals]
    assert len(set(keys)) == len(keys)
    taking_part = audit[audit["status"] == "signal"]
    assert set(zip(taking_part["symbol"], taking_part["session"], strict=True)) == set(keys)
    for signal in signals:
        mine = taking_part[
            (taking_part["symbol"] == signal.symbol) & (taking_part["session"] == signal.session)
        ]
        assert tuple(mine["catalyst_id"]) == signal.catalyst_ids
        assert 0 < abs(signal.score) <= 1
        assert (mine["net_score"] == signal.score).all()
        assert mine["half_life"].min() - 1e-9 <= signal.half_life <= mine["half_life"].max() + 1e-9
    assert (taking_part["tradable_at"] >= taking_part["known_at"]).all()


@settings(max_examples=100, deadline=None)
@given(scored_rows(), options, st.integers(0, 68 * 1440))
def test_leaving_out_the_future_changes_nothing_earlier(
    rows: list[tuple[Catalyst, Score]], chosen: dict[str, Any], minutes: int
) -> None:
    cut = pd.Timestamp(START + dt.timedelta(minutes=minutes))
    audit, signals = build(rows, SYMBOLS, **chosen)
    known = dict(zip(audit["catalyst_id"], audit["known_at"], strict=True))
    past, past_signals = build([row for row in rows if known[row[0].id] <= cut], SYMBOLS, **chosen)
    earlier = audit[audit["known_at"] <= cut].reset_index(drop=True)
    # What a session nets to is open until it trades; all else about a row stands once it is known.
    still_open = ["status", "why", "net_score"]
    pd.testing.assert_frame_equal(past.drop(columns=still_open), earlier.drop(columns=still_open))
    done = (earlier["tradable_at"] <= cut) | earlier["tradable_at"].isna()
    pd.testing.assert_frame_equal(past[done], earlier[done])
    assert [signal for signal in signals if signal.tradable_at <= cut] == [
        signal for signal in past_signals if signal.tradable_at <= cut
    ]


@settings(max_examples=60, deadline=None)
@given(scored_rows(), options, st.randoms(use_true_random=False))
def test_the_order_of_the_catalysts_does_not_matter(
    rows: list[tuple[Catalyst, Score]], chosen: dict[str, Any], random: Any
) -> None:
    audit, signals = build(rows, SYMBOLS, **chosen)
    random.shuffle(rows)
    again, signals_again = build(rows, SYMBOLS, **chosen)
    pd.testing.assert_frame_equal(audit, again)
    assert signals == signals_again


@settings(max_examples=40, deadline=None)
@given(scored_rows(), options)
def test_input_is_left_alone(rows: list[tuple[Catalyst, Score]], chosen: dict[str, Any]) -> None:
    bars = make_bars(make_universe(), BABA=["2024-01-09"])
    before, bars_before = list(rows), copy.deepcopy(bars)
    build(rows, SYMBOLS, bars=bars, **chosen)
    assert rows == before
    for symbol, frame in bars.items():
        pd.testing.assert_frame_equal(frame, bars_before[symbol])


@given(
    st.lists(quarter_scores.filter(bool), min_size=1, max_size=8),
    st.sampled_from(["sum", "mean", "strongest", "latest"]),
    st.randoms(use_true_random=False),
)
def test_netting_is_bounded_and_sum_mean_and_size_of_strongest_ignore_order(
    scores: list[float], rule: Any, random: Any
) -> None:
    def netted(values: list[float]) -> float:
        group = np.zeros(len(values), dtype=np.int64)
        return float(net(group, np.array(values), np.full(len(values), 5.0), rule).score[0])

    first = netted(scores)
    assert -1 <= first <= 1
    assert netted([-score for score in scores]) == -first
    if rule != "sum":
        assert min(scores) <= first <= max(scores)
    shuffled = list(scores)
    random.shuffle(shuffled)
    if rule == "strongest":
        assert abs(netted(shuffled)) == abs(first)
    elif rule != "latest":
        assert netted(shuffled) == first
