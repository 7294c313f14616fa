"""Other futures: nothing up to the cut changes, everything after it may, and inputs are left alone."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from leak_parts import FIRST, cut_of, parts
from newsbt.evidence.leaks import news, prices
from newsbt.evidence.leaks.parts import Cut, Parts
from newsbt.evidence.leaks.probes import PROBES, narrower, probes_for

PRICES: dict[str, Callable[[Parts, Cut], dict[str, pd.DataFrame]]] = {
    "cut": prices.cut_bars,
    "delay": prices.delay_bars,
    "scramble": lambda given, cut: prices.scramble_bars(given, cut, 3),
    "poison": lambda given, cut: prices.poison_bars(given, cut, 3),
    "bar": prices.replace_bar,
    "end": lambda given, cut: prices.end_listings(given, cut, odd=True),
}


@pytest.mark.parametrize("name", PRICES)
@pytest.mark.parametrize("day", [1, 5, 9])
def test_bars_before_the_cut_stay(name: str, day: int) -> None:
    given, before = parts(), copy.deepcopy(parts())
    changed = PRICES[name](given, cut_of(day))
    for symbol, frame in changed.items():
        # On the day of A's cut H has long opened; A has not.
        known = day + (symbol == "H")
        pd.testing.assert_frame_equal(frame.iloc[:known], before.bars[symbol].iloc[:known])
        pd.testing.assert_frame_equal(given.bars[symbol], before.bars[symbol])
        assert np.isfinite(frame[list(prices.FIELDS)].to_numpy(dtype=float)).all()
        assert (frame[list(prices.FIELDS)].to_numpy(dtype=float) > 0).all()


def test_the_session_of_the_cut_is_kept_by_an_end_and_replaced_by_poison() -> None:
    given, cut = parts(), cut_of(5)
    ended, poisoned = prices.cut_bars(given, cut), prices.poison_bars(given, cut, 1)
    assert {symbol: len(frame) for symbol, frame in ended.items()} == {"A": 6, "H": 6}
    assert poisoned["A"]["close"].iloc[5] != given.bars["A"]["close"].iloc[5]
    assert poisoned["H"]["close"].iloc[5] == given.bars["H"]["close"].iloc[5]
    assert len(poisoned["A"]) == 10


def test_a_dividend_of_the_session_itself_was_announced_and_stays() -> None:
    given = parts()
    for name in ("delay", "scramble", "poison"):
        assert PRICES[name](given, cut_of(6))["A"]["dividend"].iloc[6] == 0.5
    assert prices.poison_bars(given, cut_of(5), 2)["A"]["dividend"].sum() == 0.0


def test_one_bar_alone_turns_round() -> None:
    given = parts()
    for day in range(1, 10):
        bars = given.bars["A"]
        changed = prices.replace_bar(given, cut_of(day), ("close",))["A"]
        differs = changed["close"] != bars["close"]
        assert differs.sum() == 1 and differs.iloc[day]
        rose = bars["close"].iloc[day] >= bars["close"].iloc[day - 1]
        assert (changed["close"].iloc[day] < bars["close"].iloc[day - 1]) == rose
        pd.testing.assert_frame_equal(changed.drop(columns="close"), bars.drop(columns="close"))


def test_delay_is_a_shift_and_scramble_a_permutation() -> None:
    given, cut = parts(), cut_of(4)
    close = given.bars["A"]["close"].to_numpy()
    np.testing.assert_array_equal(prices.delay_bars(given, cut)["A"]["close"].to_numpy()[4:], close[3:9])
    mixed = prices.scramble_bars(given, cut, 5)["A"]["close"].to_numpy()
    assert (mixed != close).any()
    np.testing.assert_array_equal(np.sort(mixed[4:]), np.sort(close[4:]))


def test_every_second_listing_ends() -> None:
    given = parts()
    even, odd = (prices.end_listings(given, cut_of(4), odd=odd) for odd in (False, True))
    assert [len(frame) for frame in even.values()] == [5, 10]
    assert [len(frame) for frame in odd.values()] == [10, 5]


@pytest.mark.parametrize("change", ["cut", "delay", "scramble", "poison"])
def test_news_before_the_cut_and_announced_dates_stay(change: str) -> None:
    given, cut = parts(), cut_of(3)  # at 14:30 of day 3: n1 and n3 are known
    rows = {
        "cut": news.cut_news(given, cut),
        "delay": news.delay_news(given, cut),
        "scramble": news.scramble_news(given, cut, 1),
        "poison": news.poison_news(given, cut),
    }[change]
    assert rows[:2] == given.catalysts[:2]
    announced = next(row for row in rows if row.id == "n8")
    assert announced.published_at == given.catalysts[4].published_at
    assert announced.scheduled and announced.symbols == ("A",)


def test_what_each_future_of_news_does() -> None:
    given, cut = parts(), cut_of(3)
    left = news.cut_news(given, cut)
    assert [row.id for row in left] == ["n1", "n3", "n8"]
    assert (left[2].direction, left[2].headline, left[2].eps_actual) == (None, "", None)
    late = news.delay_news(given, cut)
    moved = [row.published_at - old.published_at for row, old in zip(late, given.catalysts, strict=True)]
    assert [span.days for span in moved] == [0, 0, 5, 5, 0]
    bad = {row.id: row for row in news.poison_news(given, cut)}
    assert [bad[name].direction for name in ("n1", "n3", "n5", "n7", "n8")] == [1, 1, -1, -1, 1]
    assert (bad["n8"].eps_actual, bad["n8"].eps_consensus) == (1.0, 2.0)
    assert {name for name in bad if name.endswith("-revised")} == {"n1-revised", "n3-revised"}
    assert bad["n3-revised"].direction == -1
    assert bad["n3-revised"].published_at > given.catalysts[1].published_at
    assert [row.id for row in news.drop_news(given, {"n5"})] == ["n1", "n3", "n7", "n8"]


def test_labels_and_publication() -> None:
    given = parts()
    early = given.catalysts[0]
    rows = news.move_publication(given, "n1")
    assert (rows[0].published_at - early.published_at).days == 12
    assert (rows[0].labelled_at, rows[1:]) == (rows[0].published_at, given.catalysts[1:])
    assert news.flip_hindsight(given) == given.catalysts  # labelled at publication
    silent = dataclasses.replace(given, catalysts=(dataclasses.replace(early, labelled_at=None),))
    assert news.flip_hindsight(silent)[0].direction == -1


def test_a_probe_that_touches_what_is_taken_on_purpose_is_left_out() -> None:
    names = [probe.name for probe in probes_for(engine=True, ahead=("news", "sessions"), reads=False)]
    assert names == ["same-bar", "poison-prices", "scramble-prices", "delay-prices"]
    assert len(probes_for(engine=True, ahead=(), reads=False)) == len(PROBES)
    alone = probes_for(engine=False, ahead=(), reads=False)
    assert {next(iter(probe.touches)) for probe in alone} == {"news"}


def test_each_probe_names_its_moment() -> None:
    for probe in PROBES:
        text = probe.because(cut_of(5))
        assert "2024-01-06" in text and text.startswith("when ")


def test_smaller_changes_begin_with_the_close_of_the_session() -> None:
    tried = dict(narrower(parts(), cut_of(5), "A", frozenset({"prices", "news"})))
    texts = list(tried)
    assert texts[0] == f"when the close of {FIRST.replace(day=6)} does"
    assert "when the bar of H on 2024-01-07 does" in texts
    assert "when news n7, known at 2024-01-08 12:00 UTC, is taken away" in texts
    assert "when news n8, known at 2024-01-09 12:00 UTC, has no outcome" in texts
