"""News items become rows of a catalogue or are left out with a reason; none is lost."""

import datetime as dt

import pytest

from newsbt.linking.catalogue import REASONS, link_items
from newsbt.linking.linker import Linker
from newsbt.news.items import NewsItem
from newsbt.universe import Listing, Universe

NOON = dt.datetime(2025, 2, 11, 12, tzinfo=dt.UTC)
DAY0 = ((dt.date.min, 1),)


def listing(symbol, issuer, kind="equity"):
    return Listing(symbol=symbol, issuer=issuer, venue="XNYS", currency="USD", kind=kind, lots=DAY0)


UNIVERSE = Universe(
    {
        "ACME": listing("ACME", "Acme"),
        "BOLT": listing("BOLT", "Bolt"),
        "FUND": listing("FUND", "Fund of Acmes", "etf"),
    },
    {},
    {},
    {},
)
LINKER = Linker.from_table(
    {
        "issuer": {
            "Acme": {"names": ["Acme"]},
            "Bolt": {"names": ["Bolt"]},
            "Fund of Acmes": {"names": ["AcmeFund"]},
        }
    }
)


def item(title, id_="a", **fields):
    return NewsItem(**{"id": id_, "published_at": NOON, "precision": "second", "title": title, **fields})


def link(*items, **options):
    return link_items(items, LINKER, UNIVERSE, **options)


def test_a_row_holds_what_the_item_held():
    found = link(
        item("Acme \x07 opens\na plant", source="Wire", url="https://example.org/1", summary="With Bolt")
    )
    (row,) = found.catalysts
    assert row.headline == "Acme opens a plant"
    assert row.symbols == ("Acme", "Bolt")
    assert (row.published_at, row.time_precision) == (NOON, "minute")
    assert (row.scope, row.role, row.direction, row.strength) == ("company", "event", None, None)
    assert row.source == "Wire"
    assert "relevance Acme 1.00, Bolt 0." in row.note
    assert "https://example.org/1" in row.note


def test_a_day_stays_a_day():
    (row,) = link(item("Acme opens", precision="day", published_at=NOON.replace(hour=0))).catalysts
    assert row.time_precision == "day"


def test_a_story_enters_when_it_was_seen_if_so_asked():
    seen = NOON + dt.timedelta(hours=3)
    late = item("Acme opens", fetched_at=seen)
    assert link(late).catalysts[0].published_at == NOON
    assert link(late, known="fetched").catalysts[0].published_at == seen


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (item("Nobody opens"), "no-issuer"),
        (item("Firms open", summary="In the end, far behind all else, rivals such as Acme"), "low-relevance"),
        (item("AcmeFund rises"), "funds-only"),
        (item(" \x00 "), "no-title"),
        (item("A firm opens", tickers=("ACME",)), "low-relevance"),
    ],
)
def test_what_is_left_out_has_its_reason(given, reason):
    found = link(given)
    assert not found.catalysts
    assert [row.reason for row in found.rejected] == [reason]
    assert reason in REASONS


def test_funds_count_if_so_asked():
    assert link(item("AcmeFund rises"), funds=True).catalysts[0].symbols == ("Fund of Acmes",)


def test_an_id_stands_once_and_is_fit_for_a_catalogue():
    found = link(item("Acme opens", "x; y"), item("Bolt opens", "x; y"))
    assert [row.id for row in found.catalysts] == ["x-y"]
    assert [row.reason for row in found.rejected] == ["repeated-id"]


def test_rows_are_in_order_of_time_and_nothing_is_lost():
    items = [
        item("Acme opens", str(at), published_at=NOON - dt.timedelta(minutes=at))
        if at % 2
        else item("Nobody opens", str(at))
        for at in range(7)
    ]
    found = link(*items)
    assert [row.id for row in found.catalysts] == ["5", "3", "1"]
    assert len(found.catalysts) + len(found.rejected) == 7


def test_relevance_is_a_threshold():
    assert link(item("Acme and Bolt open"), min_relevance=0.0).catalysts[0].symbols == ("Acme", "Bolt")
    assert not link(item("Acme and Bolt open"), min_relevance=1.0).catalysts


def test_a_rivals_news_is_peer_news_only_where_the_issuer_is_aside():
    own = link(item("Acme adds DeepSeek to its app")).catalysts[0]
    assert own.category != "peer_news"
    aside = link(item("DeepSeek draws users away, hurting rivals such as Acme"), min_relevance=0.0).catalysts[
        0
    ]
    assert aside.category == "peer_news"
