"""The whole study on made-up prices: what is planted comes out, in the tables and in words."""

import datetime as dt
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from newsbt.errors import InputError
from newsbt.evidence.events.catalogue import EVENT_COLUMNS
from newsbt.evidence.events.returns import return_series
from newsbt.evidence.events.selection import Selection, check_selection, choose
from newsbt.evidence.events.settings import WindowSettings
from newsbt.evidence.events.study import StudySettings, run_study
from newsbt.evidence.events.tables import is_small, named_windows
from newsbt.evidence.events.words import study_words
from newsbt.sessions import VenueCalendar

COUNT, FIRST = 900, 18_000
DAYS = np.arange(FIRST, FIRST + COUNT)
CALENDAR = VenueCalendar("XNYS", "America/New_York", DAYS, DAYS * 86_400 * 10**9, DAYS * 86_400 * 10**9)
SYMBOLS = tuple(f"S{number}" for number in range(12))


def frame_of(gap, session):
    close = 50.0 * np.exp(np.cumsum(gap + session))
    opened = np.concatenate([[50.0], close[:-1]]) * np.exp(gap)
    index = pd.DatetimeIndex(DAYS.astype("datetime64[D]").astype("datetime64[ns]"))
    return pd.DataFrame({"open": opened, "close": close, "dividend": 0.0, "placeholder": False}, index=index)


def world(effects, seed=0, dates=5):
    """Twelve listings, `dates` events each; log effects on gap, session and the ten sessions after."""
    rng = np.random.default_rng(seed)
    market = 0.006 * rng.standard_normal((2, COUNT))
    places = [300 + 60 * number for number in range(dates)]
    series, rows = {}, []
    for number, symbol in enumerate(SYMBOLS):
        gap, session = market + 0.008 * rng.standard_normal((2, COUNT))
        for turn, place in enumerate(places):
            at, sign = place + 3 * number, 1 if (number + turn) % 2 else -1
            gap[at] += sign * effects[0]
            session[at] += sign * effects[1]
            session[at + 1 : at + 11] += sign * effects[2] / 10
            day = dt.date(1970, 1, 1) + dt.timedelta(days=int(DAYS[at]))
            rows.append((symbol, f"I{number}", "XNYS", day, pd.Timestamp(day, tz="UTC"), sign, 0.5 * sign,
                         "earnings" if turn % 2 else "product", "company", bool(turn % 2), "first", day.year,
                         f"{symbol}-{turn}", "a story", at, at - 1))  # fmt: skip
        series[symbol] = return_series(frame_of(gap, session), CALENDAR)
    return pd.DataFrame(rows, columns=list(EVENT_COLUMNS)), series, return_series(frame_of(*market), CALENDAR)


def study_of(effects, settings=None, keep=None, **how):
    events, series, market = world(effects, **how)
    events = events.iloc[:keep]
    taken = {name: np.sort(rows["at"].to_numpy()) for name, rows in events.groupby("symbol")}
    return run_study(events, taken, series, {"XNYS": market}, {"XNYS": DAYS}, settings or StudySettings())


@pytest.fixture(scope="module")
def planted():
    return study_of((0.05, 0.02, 0.03))


def test_planted_parts_come_out_in_the_direction_of_the_news(planted):
    rows = planted.split[planted.split["grouping"] == "all"].set_index("part")["mean"]
    assert rows["untradable"] == pytest.approx(0.05, abs=0.004)
    assert rows["first-session"] == pytest.approx(0.02, abs=0.004)
    assert rows["drift"] == pytest.approx(0.03, abs=0.012)


def test_every_split_adds_up_to_the_move_of_the_window(planted):
    events = planted.events
    parts = events[["untradable", "first_session", "drift"]].sum(axis=1)
    window = planted.abnormal.loc[:, 0:].sum(axis=1)
    assert parts.to_numpy() == pytest.approx(window.to_numpy(), abs=1e-14)


def test_tables_say_the_same(planted):
    tests = planted.tests.set_index(["grouping", "group", "window", "test"])
    caar = planted.caar.set_index(["grouping", "group", "session"])
    for group in (("all", "all"), ("direction", "down"), ("category", "earnings")):
        total = (
            tests.loc[(*group, "reaction", "t"), "estimate"] + tests.loc[(*group, "before", "t"), "estimate"]
        )
        assert caar.loc[(*group, 10), "caar"] == pytest.approx(total)
        row = caar.loc[(*group, 0)]
        assert row["low"] < row["caar"] < row["high"]
    assert (planted.tests.loc[planted.tests["window"] == "day-0", "p_value"].dropna() < 0.05).mean() > 0.95


def test_the_mean_of_groups_is_the_mean_of_all(planted):
    every = planted.caar[planted.caar["session"] == 10]
    whole = every.loc[every["grouping"] == "all", "caar"].item()
    for grouping, rows in every.groupby("grouping"):
        assert np.average(rows["caar"], weights=rows["events"]) == pytest.approx(whole), grouping


def test_turning_every_direction_turns_every_estimate():
    events, series, market = world((0.01, 0.0, 0.0), seed=3, dates=2)
    taken = {name: np.sort(rows["at"].to_numpy()) for name, rows in events.groupby("symbol")}
    how = ({"XNYS": market}, {"XNYS": DAYS}, StudySettings(draws=99))
    one = run_study(events, taken, series, *how)
    other = run_study(events.assign(direction=-events["direction"]), taken, series, *how)
    pick = one.tests[one.tests["grouping"] == "all"]
    turned = other.tests[other.tests["grouping"] == "all"]
    assert pick["estimate"].to_numpy() == pytest.approx(-turned["estimate"].to_numpy())
    same = pick["test"] != "sign"
    assert pick.loc[same, "p_value"].to_numpy() == pytest.approx(
        turned.loc[same, "p_value"].to_numpy(), nan_ok=True
    )


def test_words_say_what_was_tradable_and_how_sure(planted):
    text = " ".join(study_words(planted))
    assert "before the first price that anybody could trade" in text
    assert "rare by chance" in text
    nothing = " ".join(study_words(study_of((0.03, 0.0, 0.0), seed=12)))
    assert "not shown to differ from nothing" in nothing


def test_small_samples_are_called_small():
    study = study_of((0.0, 0.0, 0.0), dates=1, keep=4)
    assert "This is a small sample: 4 events on 4 dates" in " ".join(study_words(study))
    assert (is_small(9, 9), is_small(20, 4), is_small(10, 5)) == (True, True, False)
    small = study.caar[(study.caar["grouping"] == "issuer")]
    assert small["small"].all()


def test_no_event_left_is_a_study_without_tables():
    study = study_of(
        (0.0, 0.0, 0.0), StudySettings(windows=WindowSettings(estimation=800, minimum=800, reach=900))
    )
    assert len(study.events) == len(study.tests) == len(study.caar) == len(study.split) == 0
    assert set(study.dropped["reason"]) == {"too-little-history"}
    assert study_words(study)[0] == "No event is left to study."


def test_buy_and_hold_is_compounded():
    study = study_of((0.05, 0.02, 0.03), StudySettings(model="market-adjusted", draws=99), keep=6)
    event = study.events.iloc[0]
    _, series, market = world((0.05, 0.02, 0.03))
    window = slice(event["at"], event["at"] + 11)
    own, other = series[event["symbol"]].total[window], market.total[window]
    assert event["bhar"] == pytest.approx(np.prod(np.exp(own)) - np.prod(np.exp(other)))


def test_windows_follow_the_first_tradable_price():
    settings = WindowSettings()
    by_open, by_close = named_windows(settings, "open"), named_windows(settings, "close")
    assert by_open == {
        "before": slice(0, 5),
        "day-0": slice(5, 6),
        "drift": slice(6, 16),
        "reaction": slice(5, 16),
    }
    assert by_close["drift"] == slice(7, 16)


class Names:
    """Every name is the symbol it is."""

    issuers = listings = ("S1", "S2")

    def resolve(self, name):
        return [SimpleNamespace(symbol=name)] if name in self.listings else []


@pytest.mark.parametrize(
    ("selection", "meets"),
    [
        (Selection(), lambda row: True),
        (Selection(categories=("earnings", "product")), lambda row: True),
        (Selection(categories=("earnings",)), lambda row: row.category == "earnings"),
        (Selection(direction="down"), lambda row: row.direction == -1),
        (Selection(issuers=("S1", "S2")), lambda row: row.symbol in ("S1", "S2")),
        (Selection(("earnings",), "up", ("S1",)), lambda row: (row.category, row.direction, row.symbol)
         == ("earnings", 1, "S1")),
        (Selection(min_score=0.6), lambda row: False),
        (Selection(start=dt.date(2020, 8, 1)), lambda row: row.session >= dt.date(2020, 8, 1)),
        (Selection(end=dt.date(2020, 8, 1)), lambda row: row.session <= dt.date(2020, 8, 1)),
    ],
)  # fmt: skip
def test_selection_keeps_what_meets_every_condition(selection, meets):
    events, _, _ = world((0.0, 0.0, 0.0))
    expected = [row.catalyst_ids for row in events.itertuples() if meets(row)]
    assert choose(events, selection, Names())["catalyst_ids"].tolist() == expected


@pytest.mark.parametrize(
    "selection",
    [
        Selection(categories=("earning",)),
        Selection(direction="sideways"),
        Selection(issuers=("S9",)),
        Selection(role="signal"),
        Selection(min_score=1.5),
        Selection(start=dt.date(2025, 1, 2), end=dt.date(2025, 1, 1)),
    ],
)
def test_names_that_there_are_none_of_are_refused(selection):
    with pytest.raises(InputError):
        check_selection(selection, Names())
