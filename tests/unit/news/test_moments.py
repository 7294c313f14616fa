"""When an item enters a backtest: by its stamp, by the poll that saw it, and days in their own zone."""

import dataclasses
import datetime as dt

import pytest

from newsbt.news.items import NewsItem
from newsbt.news.moments import entered_at, entered_precision


def utc(*parts):
    return dt.datetime(*parts, tzinfo=dt.UTC)


STAMP, SEEN = utc(2025, 2, 11, 9, 0, 7), utc(2025, 2, 11, 9, 12)
EXACT = NewsItem("a", STAMP, "second", "A", fetched_at=SEEN)
DAY = NewsItem("b", utc(2025, 2, 10, 16), "day", "B")


def test_by_its_stamp_or_by_the_poll():
    assert entered_at(EXACT) == STAMP
    assert entered_at(EXACT, "fetched") == SEEN
    assert entered_at(dataclasses.replace(EXACT, fetched_at=None), "fetched") == STAMP
    # A feed may stamp ahead of the poll: the later counts.
    assert (
        entered_at(dataclasses.replace(EXACT, fetched_at=STAMP - dt.timedelta(hours=1)), "fetched") == STAMP
    )


def test_a_later_version_is_never_known_before_it_was_seen():
    later = dataclasses.replace(EXACT, id="a-r1", revises="a")
    assert entered_at(later, "published") == SEEN


@pytest.mark.parametrize(
    ("start", "offset"),
    [
        (utc(2025, 2, 10, 16), 8),  # Hong Kong
        (utc(2025, 2, 11, 0), 0),
        (utc(2025, 2, 11, 5), -5),  # New York
        (utc(2025, 2, 10, 18, 30), 5.5),  # Delhi
        (utc(2025, 2, 10, 11), 13),  # Auckland in summer
    ],
)
def test_a_day_is_written_as_midnight_where_it_is_midnight(start, offset):
    moment = entered_at(dataclasses.replace(DAY, published_at=start))
    assert moment == start
    assert moment.isoformat()[11:19] == "00:00:00"
    # The catalogue counts it as public a day later, which is the same moment whichever offset is taken.
    assert moment.utcoffset() in (dt.timedelta(hours=offset), dt.timedelta(hours=offset - 24))
    assert entered_precision(DAY) == "day"


def test_an_unknown_hour_is_known_by_the_poll():
    seen = dataclasses.replace(DAY, fetched_at=utc(2025, 2, 11, 3))
    assert (entered_at(seen, "fetched"), entered_precision(seen, "fetched")) == (
        utc(2025, 2, 11, 3),
        "minute",
    )
    assert (entered_at(seen), entered_precision(seen)) == (DAY.published_at, "day")
    assert entered_precision(DAY, "fetched") == "day"
