"""Windows by session: where they lie, what they leave out, and why an event is dropped."""

import numpy as np
import pandas as pd
import pytest

from newsbt.errors import ParameterError
from newsbt.evidence.events.returns import return_series
from newsbt.evidence.events.settings import WindowSettings
from newsbt.evidence.events.windows import find_windows
from newsbt.sessions import VenueCalendar

COUNT = 120
DAYS = np.arange(20_000, 20_000 + COUNT)
CALENDAR = VenueCalendar(
    "XNYS", "America/New_York", DAYS, DAYS * 86_400_000_000_000, DAYS * 86_400_000_000_000
)
SMALL = WindowSettings(before=2, after=3, estimation=20, gap=4, minimum=15, reach=40)


def make_frame(seed=0, *, drop=(), flat=(), dividend=None):
    rng = np.random.default_rng(seed)
    close = 100.0 * np.exp(np.cumsum(0.02 * rng.standard_normal(COUNT)))
    opened = close * np.exp(0.01 * rng.standard_normal(COUNT))
    frame = pd.DataFrame(
        {"open": opened, "close": close, "dividend": 0.0, "placeholder": False},
        index=pd.DatetimeIndex(DAYS.astype("datetime64[D]").astype("datetime64[ns]")),
    )
    for place, cash in (dividend or {}).items():
        frame.iloc[place, 2] = cash
    for place in flat:
        frame.iloc[place, [0, 1]] = frame.iloc[place - 1, 1]
        frame.iloc[place, 3] = True
    return frame.drop(frame.index[list(drop)])


def make_events(*places):
    return pd.DataFrame({"symbol": "A", "venue": "XNYS", "at": list(places)})


def cut(places, frame=None, others=(), market=1, settings=SMALL, **how):
    series = {"A": return_series(make_frame() if frame is None else frame, CALENDAR)}
    bench = {"XNYS": return_series(make_frame(market), CALENDAR)} if isinstance(market, int) else market
    taken = {"A": np.array(sorted({*places, *others}))}
    return find_windows(make_events(*places), taken, series, bench, {"XNYS": DAYS}, settings, **how)


def reasons(windows):
    return windows.notes["reason"].tolist()


def test_returns_hold_dividends_and_split_exactly():
    frame = make_frame(dividend={50: 4.0})
    series = return_series(frame, CALENDAR)
    close, opened = frame["close"].to_numpy(), frame["open"].to_numpy()
    assert series.total[50] == pytest.approx(np.log((close[50] + 4.0) / close[49]))
    assert series.gap[50] == pytest.approx(np.log((opened[50] + 4.0) / close[49]))
    assert np.array_equal(
        series.gap[1:] + series.session[1:], series.gap[1:] + (series.total - series.gap)[1:]
    )
    assert np.isnan(series.total[0])


def test_the_windows_lie_where_they_should():
    windows = cut([80])
    series = return_series(make_frame(), CALENDAR)
    assert windows.returns[0].tolist() == series.total[78:84].tolist()
    assert windows.days[0].tolist() == DAYS[78:84].tolist()
    used = np.isfinite(windows.history[0])
    # Twenty sessions, of which the last is four before the event: 57 to 76.
    assert windows.history_days[0][used].tolist() == DAYS[57:77].tolist()
    assert windows.history[0][used].tolist() == series.total[57:77].tolist()
    assert reasons(windows) == []


def test_other_events_are_left_out_of_estimation_and_it_reaches_back_for_them():
    windows = cut([80], others=[70])
    used = np.isfinite(windows.history[0])
    # The other event takes 68 to 73, so six more come from before 57.
    assert windows.history_days[0][used].tolist() == [*DAYS[51:68], *DAYS[74:77]]
    near = cut([80], others=[70], settings=WindowSettings(2, 3, 20, 4, 15, 40, clear=0))
    assert np.isfinite(near.history[0]).sum() == 20
    assert DAYS[70] not in near.history_days[0][np.isfinite(near.history[0])]


def test_too_little_history_is_said_with_its_numbers():
    windows = cut([80], others=list(range(45, 76, 5)))
    assert windows.rows.tolist() == []
    (note,) = windows.notes.itertuples()
    assert (note.reason, note.dropped) == ("too-little-history", True)
    assert "15 are needed" in note.detail
    assert "near other events" in note.detail


@pytest.mark.parametrize(
    ("other", "reason"), [(82, "confounded"), (78, "confounded"), (84, "overlapping"), (76, "overlapping")]
)
def test_neighbours_are_named(other, reason):
    windows = cut([80], others=[other])
    assert reasons(windows) == [reason]
    assert windows.rows.tolist() == [0]
    assert f"{other - 80:+d}" in windows.notes["detail"][0]


def test_confounded_events_can_be_dropped():
    windows = cut([80, 82, 110], drop_confounded=True)
    assert windows.rows.tolist() == [2]
    assert reasons(windows) == ["confounded", "confounded"]


@pytest.mark.parametrize(
    ("place", "frame", "reason"),
    [
        (2, {}, "before-prices"),
        (117, {}, "after-prices"),
        (80, {"drop": [81]}, "missing-prices"),
        (80, {"drop": [79]}, "missing-prices"),
        (80, {"flat": [80]}, "placeholder"),
    ],
)
def test_unusable_windows_are_dropped_with_a_reason(place, frame, reason):
    windows = cut([place], make_frame(**frame))
    assert reasons(windows) == [reason]
    assert windows.notes["dropped"].all()


def test_no_benchmark_drops_unless_the_model_needs_none():
    assert reasons(cut([80], market={})) == ["no-benchmark"]
    assert cut([80], market={}, needs_market=False).rows.tolist() == [0]
    gone = {"XNYS": return_series(make_frame(1, drop=[82]), CALENDAR)}
    assert reasons(cut([80], market=gone)) == ["benchmark-missing"]


def test_a_placeholder_after_day_0_carries_listing_and_benchmark_alike():
    frame = make_frame(flat=[82])
    windows = cut([80], frame)
    close, bench = frame["close"].to_numpy(), return_series(make_frame(1), CALENDAR).total
    assert windows.returns[0, 4] == 0.0
    assert windows.market[0, 4] == 0.0
    assert windows.returns[0, 5] == pytest.approx(np.log(close[83] / close[81]))
    assert windows.market[0, 5] == pytest.approx(bench[82] + bench[83])
    assert windows.market[0].sum() == pytest.approx(bench[78:84].sum())


def test_a_placeholder_before_the_window_carries_into_it():
    frame = make_frame(flat=[76, 77])
    windows = cut([80], frame)
    bench = return_series(make_frame(1), CALENDAR).total
    close = frame["close"].to_numpy()
    assert windows.returns[0, 0] == pytest.approx(np.log(close[78] / close[75]))
    assert windows.market[0, 0] == pytest.approx(bench[76:79].sum())


def test_a_dividend_on_a_placeholder_is_not_lost():
    frame = make_frame(flat=[82], dividend={82: 3.0})
    series = return_series(frame, CALENDAR)
    close = frame["close"].to_numpy()
    assert series.carried[83] == pytest.approx(np.log((close[83] + 3.0) / close[81]))


def test_no_future_price_changes_the_history():
    """Cut the prices after an event's window: nothing of it changes."""
    frame = make_frame()
    whole, cut_off = cut([80], frame), cut([80], frame.iloc[:84])
    for name in ("history", "returns", "gaps", "market", "history_gap"):
        assert np.array_equal(getattr(whole, name), getattr(cut_off, name), equal_nan=True)


@pytest.mark.parametrize(
    "lengths",
    [
        {"after": 0},
        {"before": 10, "gap": 10},
        {"minimum": 200},
        {"minimum": 5},
        {"reach": 100},
        {"clear": -1},
        {"before": -1},
    ],
)
def test_lengths_that_make_no_window_are_refused(lengths):
    with pytest.raises(ParameterError):
        WindowSettings(**lengths)
