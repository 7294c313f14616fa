"""A position whose prices ended before the run did is named, and nothing else is."""

import datetime as dt

import numpy as np
import pytest

from engine_tools import DAY, EPOCH, GOLDEN, HOUR, HOURS, make_tape, make_world, ours, scripted
from newsbt.engine.price_ends import check_price_ends
from newsbt.sessions import VenueCalendar

FIRST = dt.date(2024, 1, 1)
LONG = [(100.0, 101.0, 99.0, 100.0)] * 20


def every_day(venue, count=20):
    """A calendar on which every day from 2024-01-01 on is a session."""
    days = np.arange(count, dtype=np.int64) + (FIRST - EPOCH).days
    opens, closes = HOURS[venue]
    return VenueCalendar(venue, "UTC", days, days * DAY + int(opens * HOUR), days * DAY + int(closes * HOUR))


CALENDARS = {venue: every_day(venue) for venue in HOURS}


def findings(short_one, actions, base="USD", bars=LONG):
    """Run `actions` with a listing that ends early and one that goes on."""
    tapes = [short_one, make_tape(bars, symbol="Y")]
    world = make_world(tapes, base=base)
    return check_price_ends(ours(world, scripted(actions)).journal, world, CALENDARS)


def buy(size):
    return {2: lambda me: me.buy(me.datas[0], size=size)}


def test_a_position_is_named_with_its_last_session_and_value():
    (found,) = findings(make_tape(GOLDEN), buy(30))
    assert (found.code, found.severity, found.where) == ("prices-end", "warning", "X 2024-01-07")
    # 20 sessions less the 7 it has; 30 shares at the last close of 98.
    assert "13 sessions before the end" in found.message
    assert "30 shares long, worth 2,940.00 USD" in found.message
    assert "--end 2024-01-07" in found.action


def test_the_value_is_in_base_currency():
    (found,) = findings(make_tape(GOLDEN, venue="XHKG", fx=0.125), buy(80))
    assert "80 shares long, worth 980.00 USD" in found.message


def test_a_short_is_named_too():
    (found,) = findings(make_tape(GOLDEN), {2: lambda me: me.sell(me.datas[0], size=1_0)})
    assert "10 shares short, worth 980.00 USD" in found.message


def test_nothing_is_said_where_nothing_is_held():
    assert findings(make_tape(GOLDEN), {}) == []
    sold = {**buy(30), 4: lambda me: me.sell(me.datas[0], size=30)}
    assert findings(make_tape(GOLDEN), sold) == []


@pytest.mark.parametrize(("sessions", "count"), [(12, 0), (13, 1)])
def test_five_sessions_late_is_a_source_that_is_behind(sessions, count):
    assert len(findings(make_tape(GOLDEN), buy(30), bars=LONG[:sessions])) == count


def test_a_run_that_ends_with_the_prices_holds_at_the_last_one():
    world = make_world([make_tape(GOLDEN)])
    journal = ours(world, scripted(buy(30))).journal
    assert check_price_ends(journal, world, CALENDARS) == []
