"""Simulated worlds: consistent bars on sessions, moments as asked, effects where they were planted."""

import dataclasses
import datetime as dt
import itertools

import numpy as np
import pytest

from newsbt.adapters.scaffold import template_root
from newsbt.adapters.workspace import Workspace
from newsbt.api.simple_simulate import build_simulation
from newsbt.api.simulate import scene_of
from newsbt.errors import InputError, ParameterError, UnknownNameError
from newsbt.evidence.simulation.worlds import price_book
from newsbt.prices.quality import clean

SYMBOLS = ("BABA", "9988.HK", "PDD", "0700.HK")
PLAIN = {"effect": 0.0, "noise": 0.0, "dividend": 0.0, "start": "2022-01-03", "end": "2023-12-29"}


def stage(symbols=SYMBOLS, **settings):
    return scene_of(build_simulation(**settings), Workspace(template_root()), symbols)


def worlds(count=1, seed=1, symbols=SYMBOLS, **settings):
    return list(stage(symbols, **{"events": 8, **settings}).worlds(count, seed=seed))


def totals(found, symbol):
    """Close-to-close log returns, a row a world."""
    return np.array([w.returns[symbol].gap[1:] + w.returns[symbol].session[1:] for w in found])


def excess(values):
    off = values - values.mean()
    return float((off**4).mean() / (off**2).mean() ** 2 - 3.0)


def test_constant_variance_and_normal_tails_give_the_variance_and_correlation_asked_for():
    found = worlds(60, **PLAIN, tails=1000, arch=0, persistence=0, volatility=0.3, correlation=0.5)
    deviation = 0.3 / np.sqrt(252)
    for symbol in SYMBOLS:
        # 60 worlds of 500 sessions: the standard error of a deviation is 0.4 %; venues differ by 1 %.
        assert totals(found, symbol).std() == pytest.approx(deviation, rel=0.025)
        # A session after a holiday has what the other venue did meanwhile, so variances are not all alike.
        assert excess(totals(found, symbol)) == pytest.approx(0.0, abs=0.25)
    pair = np.corrcoef(totals(found, "BABA").ravel(), totals(found, "PDD").ravel())[0, 1]
    assert pair == pytest.approx(0.5, abs=0.02)
    other = np.corrcoef(totals(found, "9988.HK").ravel(), totals(found, "0700.HK").ravel())[0, 1]
    assert other == pytest.approx(0.5, abs=0.02)


def test_tails_are_fat_and_volatility_clusters():
    found = worlds(40, **PLAIN)
    for symbol in ("PDD", "KWEB", "HSI"):
        values = totals(found, symbol)
        squares = values**2
        lagged = np.mean([np.corrcoef(row[1:], row[:-1])[0, 1] for row in squares])
        assert excess(values) > 1.0
        assert lagged > 0.02
        assert abs(np.mean([np.corrcoef(row[1:], row[:-1])[0, 1] for row in values])) < 0.03


@pytest.mark.parametrize("share", [0.5, 0.6, 0.8])
def test_the_gap_has_its_share_of_the_variance(share):
    found = worlds(30, **PLAIN, overnight=share, tails=1000, arch=0, persistence=0)
    for symbol in ("PDD", "0700.HK"):
        gaps = np.array([w.returns[symbol].gap[1:] for w in found])
        assert gaps.var() / totals(found, symbol).var() == pytest.approx(share, abs=0.02)


def test_the_listing_that_was_shut_catches_up_in_its_gap():
    """New York's session moves the next Hong Kong open, and the ADS keeps to its ordinary share."""
    found = worlds(20, **PLAIN)
    (scene_calendars,) = [stage(**PLAIN).calendars]
    york, hong = scene_calendars["XNYS"], scene_calendars["XHKG"]
    nights = [
        (n, h)
        for n, day in enumerate(york.days)
        if (h := int(np.searchsorted(hong.days, day, side="right"))) < len(hong.days)
        and hong.days[h] == day + 1
    ]
    there, here = (np.array(part) for part in zip(*nights, strict=True))
    own = [np.corrcoef(w.returns["BABA"].session[there], w.returns["9988.HK"].gap[here])[0, 1] for w in found]
    strange = [
        np.corrcoef(w.returns["BABA"].session[there], w.returns["9988.HK"].session[here])[0, 1] for w in found
    ]
    assert np.mean(own) > 0.6
    assert abs(np.mean(strange)) < 0.05


def test_parity_holds_up_to_the_noise():
    (world,) = worlds(1, effect=0.0, noise=0.002, dividend=0.0)
    ads, share = world.bars["BABA"], world.bars["9988.HK"]
    rates = dict(zip(world.fx_days.tolist(), world.hkd_per_usd.tolist(), strict=True))
    # At New York's close Hong Kong's next open shows the same value, but for the hours in between.
    premium = [
        np.log(ads.close[n] / 8 * rates[int(day)] / share.open[h])
        for n, day in enumerate(ads.days)
        if (h := int(np.searchsorted(share.days, day, side="right"))) < len(share.days)
        and share.days[h] == day + 1
    ]
    assert abs(np.mean(premium)) < 0.003
    assert np.std(premium) < 0.015


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("extra", [{}, {"volatility": 1.0, "tails": 4.5}, {"volatility": 0.02, "noise": 0.0}])
def test_bars_are_consistent_on_sessions_only_and_the_price_gate_finds_nothing(seed, extra):
    scene = stage(events=8, start="2023-01-03", end="2024-12-31", effect=0.05, quiet=100, **extra)
    (world,) = scene.worlds(1, seed=seed)
    book = price_book(world)
    for item in scene.listings:
        frame, calendar = book.bars[item.symbol], scene.calendars[item.venue]
        days = frame.index.to_numpy().astype("datetime64[D]").astype("int64")
        assert days.tolist() == calendar.days.tolist()
        prices = frame[["open", "high", "low", "close"]].to_numpy()
        assert (prices > 0).all()
        assert (frame["low"] <= prices.min(axis=1)).all()
        assert (frame["high"] >= prices.max(axis=1)).all()
        assert (frame["volume"] >= 1).all()
        paid = frame["dividend"][frame["dividend"] > 0]
        kept, findings = clean(
            frame.drop(columns=["dividend", "placeholder"]), item, calendar,
            scene.simulation.start, scene.simulation.end, dividends=paid,
        )  # fmt: skip
        # Where prices move by 100 % a year with fat tails, a bar can be that wide.
        allowed = {"wide-range"} if extra.get("volatility") == 1.0 else set()
        assert [f for f in findings if f.severity != "info" and f.code not in allowed] == []
        assert kept.equals(frame)
    assert world.hkd_per_usd.min() >= 7.75
    assert world.hkd_per_usd.max() <= 7.85


def test_the_highest_of_a_session_is_that_of_a_brownian_path():
    """Mean of the range of a driftless Brownian motion over unit time: sqrt(8 / pi) (Feller 1951)."""
    found = worlds(30, **PLAIN, tails=1000, arch=0, persistence=0, overnight=0.5, volatility=0.2)
    spans = []
    for world in found:
        bars, returns = world.bars["PDD"], world.returns["PDD"]
        spans.append(np.log(bars.high / bars.low) / np.sqrt(returns.variance))
    assert np.mean(spans) == pytest.approx(np.sqrt(8 / np.pi), rel=0.02)


def test_holding_earns_nothing_and_a_dividend_is_neither_gained_nor_lost():
    found = worlds(150, effect=0.0, dividend=0.08, events=4, volatility=0.2)
    growth = []
    for world in found:
        bars = world.bars["PDD"]
        growth.append(np.prod((bars.close[1:] + bars.dividend[1:]) / bars.close[:-1]) - 1)
    assert abs(np.mean(growth)) < 3.5 * np.std(growth) / np.sqrt(len(growth))


def test_a_world_depends_on_its_seed_and_number_only():
    scene = stage(events=8)
    together = list(scene.worlds(20, seed=5))
    (alone,) = scene.worlds(1, seed=5, first=18)
    assert alone.stories == together[18].stories
    assert all((alone.bars[s].close == together[18].bars[s].close).all() for s in alone.bars)
    (other,) = scene.worlds(1, seed=6, first=18)
    assert (other.bars["PDD"].close != alone.bars["PDD"].close).any()


@pytest.mark.parametrize(
    "effect",
    [
        {"effect": 0.015},
        {"effect": 0.04, "over": 10},
        {"effect": -0.02, "over": 6, "half_life": 2.0, "delay": 3},
        {"effect": 0.05, "gap": 0.4, "leak": 0.2, "leak_over": 4, "over": 2},
        {"effect": 0.02, "gap": 1.0},
        {"effect": 0.02, "leak": 1.0},
    ],
)
def test_what_is_planted_is_what_prices_gain(effect):
    """The same draws with and without an effect differ by what truth tells, and it adds up to the effect."""
    (with_effect,) = worlds(1, seed=3, **effect)
    (without,) = worlds(1, seed=3, **{**effect, "effect": 0.0})
    ways = {story.catalyst.id: story.direction for story in with_effect.stories}
    calendars = stage().calendars
    expected = {s: (np.zeros_like(r.gap), np.zeros_like(r.gap)) for s, r in without.returns.items()}
    universe = Workspace(template_root()).universe()
    for item in with_effect.planted:
        calendar = calendars[universe.listings[item.symbol].venue]
        assert item.gap + sum(value for _, value in item.sessions) == pytest.approx(
            ways[item.catalyst_id] * effect["effect"]
        )
        assert item.gap == pytest.approx(ways[item.catalyst_id] * effect["effect"] * effect.get("gap", 0.0))
        expected[item.symbol][0][calendar.index_of(item.day_0)] += item.gap
        for day, value in item.sessions:
            expected[item.symbol][1][calendar.index_of(day)] += value
    for symbol, (gap, session) in expected.items():
        assert with_effect.returns[symbol].gap - without.returns[symbol].gap == pytest.approx(gap, abs=1e-12)
        found = with_effect.returns[symbol].session - without.returns[symbol].session
        assert found == pytest.approx(session, abs=1e-12)


def test_parts_halve_with_their_half_life_and_wait_for_the_delay():
    (world,) = worlds(1, effect=0.07, over=3, half_life=1.0, delay=2)
    calendars, universe = stage().calendars, Workspace(template_root()).universe()
    for item in world.planted:
        calendar = calendars[universe.listings[item.symbol].venue]
        sizes = [abs(value) for _, value in item.sessions]
        assert sizes == pytest.approx([0.04, 0.02, 0.01])
        assert calendar.index_of(item.sessions[0][0]) == calendar.index_of(item.day_0) + 2


def test_a_leak_ends_before_the_story():
    (world,) = worlds(1, effect=0.05, leak=1.0, leak_over=5)
    told = {story.catalyst.id: story.catalyst for story in world.stories}
    calendars, universe = stage().calendars, Workspace(template_root()).universe()
    for item in world.planted:
        calendar = calendars[universe.listings[item.symbol].venue]
        last = calendar.closes[calendar.index_of(item.sessions[-1][0])]
        assert len(item.sessions) == 5
        assert last / 1e9 <= told[item.catalyst_id].published_at.timestamp()


@pytest.mark.parametrize("precision", ["minute", "session", "day"])
def test_the_first_session_opens_after_the_story_was_public_for_certain(precision):
    (world,) = worlds(1, precision=precision, events=20)
    told = {story.catalyst.id: story.catalyst for story in world.stories}
    calendars, universe = stage().calendars, Workspace(template_root()).universe()
    for item in world.planted:
        story = told[item.catalyst_id]
        calendar = calendars[universe.listings[item.symbol].venue]
        opens = calendar.opens[calendar.index_of(item.day_0)] / 1e9
        assert opens >= story.published_at.timestamp()
        if precision == "day":
            end = dt.datetime.combine(
                story.published_at.date() + dt.timedelta(days=1), dt.time(), story.published_at.tzinfo
            )
            assert opens >= end.timestamp()


def test_the_share_of_wrong_directions_is_exact_and_the_rest_is_right():
    (world,) = worlds(1, events=40, wrong=0.25, symbols=())
    wrong = [story for story in world.stories if story.catalyst.direction != story.direction]
    assert len(wrong) == 10
    assert len(world.stories) == 40
    assert not any(story.catalyst.hindsight for story in world.stories)


def test_stories_are_apart_or_share_dates():
    scattered = worlds(1, events=60, symbols=())[0].stories
    by_issuer: dict[str, list[dt.date]] = {}
    for story in scattered:
        by_issuer.setdefault(story.catalyst.symbols[0], []).append(story.catalyst.published_at.date())
    gaps = [b - a for days in by_issuer.values() for a, b in itertools.pairwise(days)]
    assert min(gaps) >= dt.timedelta(days=26)  # 20 sessions are four weeks
    assert {len(days) for days in by_issuer.values()} <= {5, 6}
    (shared,) = worlds(1, events=60, dates=12, symbols=())
    ways = {story.catalyst.id: story.direction for story in shared.stories}
    by_date: dict[dt.date, set[str]] = {}
    for item in shared.planted:
        by_date.setdefault(item.day_0, set()).add(item.catalyst_id)
    assert len(by_date) == 12
    assert {len(group) for group in by_date.values()} == {5}
    assert all(len({ways[name] for name in group}) == 1 for group in by_date.values())


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"volatility": 0.0}, "volatility is 0; choose from 0.01 to 1"),
        ({"tails": 4.0}, "tails is 4"),
        ({"sector": 0.6}, "sector is 0.6; choose from 0 to 0.4"),
        ({"arch": 0.2, "persistence": 0.1}, "arch is 0.2"),
        ({"effect": 0.5}, "effect is 0.5; choose from -0.3 to 0.3"),
        ({"over": 0}, "over is 0"),
        ({"gap": 0.7, "leak": 0.7}, "more than the whole effect"),
        ({"wrong": float("nan")}, "wrong is nan"),
        ({"events": 0}, "events is 0"),
        ({"dates": 61}, "dates is 61"),
        ({"noise": 0.02, "volatility": 0.3}, "noise is 0.02"),
    ],
)
def test_values_out_of_bounds_are_refused(settings, told):
    with pytest.raises(ParameterError, match=told):
        build_simulation(**settings)


def test_unknown_settings_words_and_dates_are_refused():
    with pytest.raises(UnknownNameError, match="did you mean 'effect'"):
        build_simulation(efect=0.1)
    with pytest.raises(UnknownNameError, match="precision"):
        build_simulation(precision="hour")
    with pytest.raises(InputError, match="is no date"):
        build_simulation(start="soon")
    with pytest.raises(InputError, match="choose a later end"):
        build_simulation(start="2024-01-05", end="2024-01-04")


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"events": 500}, "do not fit"),
        ({"events": 40, "dates": 4}, "10 a date, and there are 3 issuers"),
        ({"start": "2024-01-02", "end": "2024-03-01"}, "do not fit"),
        ({"start": "2024-01-06", "end": "2024-01-07"}, "no session"),
    ],
)
def test_news_without_room_is_refused(settings, told):
    with pytest.raises(ParameterError, match=told):
        worlds(1, **settings)


def test_what_is_no_share_is_refused():
    with pytest.raises(InputError, match="SPY is no share"):
        stage(("BABA", "SPY"))


def test_benchmarks_hold_the_market_and_no_story():
    scene = stage(symbols=())
    assert [item.symbol for item in scene.listings[-2:]] == ["KWEB", "HSI"]
    (world,) = dataclasses.replace(scene).worlds(1)
    assert not {item.symbol for item in world.planted} & {"KWEB", "HSI"}
