"""From catalysts to signals and their audit, worked out by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from newsbt.records import Signal
from newsbt.scoring.audit import AUDIT_COLUMNS, STATUSES
from newsbt.scoring.model import Score
from signal_tools import build, make_bars, make_catalyst, make_universe

#: Monday evening in Hong Kong, in session in New York.
MONDAY = "2024-01-08 20:00"


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def column(audit: pd.DataFrame, name: str) -> dict[tuple[str, str], Any]:
    return dict(zip(zip(audit["catalyst_id"], audit["symbol"], strict=True), audit[name], strict=True))


def test_each_listing_has_its_own_session() -> None:
    audit, signals = build([(make_catalyst("a", MONDAY), 0.5)])
    tuesday = dt.date(2024, 1, 9)
    assert signals == [
        Signal("9988.HK", tuesday, utc("2024-01-09 01:30"), 0.5, 5.0, ("a",)),
        Signal("BABA", tuesday, utc("2024-01-09 14:30"), 0.5, 5.0, ("a",)),
    ]
    assert audit["symbol"].tolist() == ["BABA", "9988.HK"]
    assert audit["known_at"].tolist() == [pd.Timestamp("2024-01-08 20:05", tz="UTC")] * 2
    assert audit["published_at"].tolist() == [pd.Timestamp("2024-01-08 20:00", tz="UTC")] * 2
    assert audit["session"].tolist() == [tuesday, tuesday]
    assert audit["status"].tolist() == ["signal", "signal"]
    assert audit["why"].tolist() == ["model", "model"]
    assert audit["net_score"].tolist() == [0.5, 0.5]


def test_one_story_may_be_good_for_one_issuer_and_bad_for_another() -> None:
    story = make_catalyst("a", MONDAY, ("JD.com", "BABA"))
    gains = Score(0.1, 5.0, "JD gains share", by_issuer={"JD.com": 0.8, "Alibaba": -0.6})
    audit, signals = build([(story, gains)])
    expected = {"JD": 0.8, "9618.HK": 0.8, "BABA": -0.6}
    assert {signal.symbol: signal.score for signal in signals} == expected
    assert column(audit, "score") == {("a", symbol): value for symbol, value in expected.items()}


def test_a_peer_without_an_opinion_follows_the_issuer_it_hears_from() -> None:
    story = make_catalyst("a", MONDAY, ("JD.com",))
    said = Score(0.1, 5.0, "cue", by_issuer={"JD.com": 0.8, "Alibaba": -0.6})
    audit, _ = build([(story, said)], spillover=0.5)
    scores = column(audit, "score")
    assert scores["a", "JD"] == 0.8
    assert scores["a", "0700.HK"] == pytest.approx(0.8 * 0.5 * 0.8)  # passed on from JD.com at 0.8
    assert scores["a", "BABA"] == pytest.approx(-0.6 * 0.5 * 0.5)  # its own opinion, passed on at 0.5


def test_entry_at_the_close_trades_new_york_the_same_day() -> None:
    _, signals = build([(make_catalyst("a", MONDAY), 0.5)], entry="close")
    assert [(signal.symbol, signal.tradable_at) for signal in signals] == [
        ("BABA", utc("2024-01-08 21:00")),
        ("9988.HK", utc("2024-01-09 08:00")),
    ]


def test_a_longer_cutoff_misses_that_close() -> None:
    _, signals = build(
        [(make_catalyst("a", MONDAY), 0.5)], ["BABA"], entry="close", cutoff=dt.timedelta(hours=1)
    )
    assert [signal.session for signal in signals] == [dt.date(2024, 1, 9)]


def test_columns_and_kinds() -> None:
    audit, _ = build([(make_catalyst("a", MONDAY), 0.5)])
    assert tuple(audit.columns) == AUDIT_COLUMNS
    assert {str(audit[name].dtype) for name in ("published_at", "known_at", "tradable_at")} == {
        "datetime64[ns, UTC]"
    }


def test_no_catalysts_give_an_empty_audit_of_the_same_kinds() -> None:
    empty, signals = build([])
    full, _ = build([(make_catalyst("a", MONDAY), 0.5)])
    assert signals == [] and len(empty) == 0
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()


@pytest.mark.parametrize(
    ("more", "score", "status", "why"),
    [
        ({"role": "umbrella"}, 0.5, "not-an-event", "umbrella row: stands for a period"),
        ({"role": "noise"}, 0.5, "not-an-event", "noise row: unrelated"),
        ({"role": "calendar"}, 0.0, "not-an-event", "calendar row: a date announced"),
        ({"symbols": ("NVDA",)}, 0.5, "no-listing", "not in the universe: NVDA"),
        ({"symbols": ()}, 0.5, "no-listing", "not in the universe: it names no symbol"),
        (
            {"symbols": tuple("ABCDEFGH")},
            0.5,
            "no-listing",
            "not in the universe: A, B, C, D, E, F and 2 more",
        ),
        ({"symbols": ("KWEB",)}, 0.5, "not-selected", "not among the listings of this run: KWEB"),
        ({"symbols": ("BABA",)}, Score(0.0, 5.0, "no cue"), "no-score", "no cue"),
        ({"symbols": ("BABA",)}, Score(0.0, 5.0), "no-score", "the model gives no reason"),
        ({"symbols": ("BABA",)}, 0.5, "signal", "model"),
    ],
)
def test_status_and_reason(more: dict[str, Any], score: float | Score, status: str, why: str) -> None:
    audit, signals = build([(make_catalyst("a", MONDAY, **more), score)])
    assert set(audit["status"]) == {status}
    assert all(text.startswith(why) for text in audit["why"])
    assert bool(signals) == (status == "signal")


def test_a_row_that_reaches_nothing_still_says_when_it_was_known() -> None:
    audit, _ = build([(make_catalyst("a", MONDAY, ["NVDA"]), 0.5)])
    row = audit.iloc[0]
    assert (row["symbol"], row["weight"], row["score"], row["session"]) == ("", 0.0, 0.0, None)
    assert row["known_at"] == pd.Timestamp("2024-01-08 20:05", tz="UTC")
    assert pd.isna(row["tradable_at"]) and pd.isna(row["net_score"])


def test_prices_decide_whether_a_session_can_be_traded_and_never_move_it() -> None:
    universe = make_universe()
    bars = make_bars(universe, BABA=["2024-01-09"])
    bars["9988.HK"] = bars["9988.HK"].loc["2024-01-15":]  # type: ignore[misc]
    bars["JD"] = bars["JD"].loc[:"2024-01-05"]  # type: ignore[misc]
    bars["0700.HK"] = bars["0700.HK"].iloc[:0]
    del bars["9618.HK"]
    audit, signals = build([(make_catalyst("a", MONDAY, scope="sector"), 0.5)], bars=bars)
    assert signals == []
    assert set(audit["status"]) == {"no-session"}
    assert set(audit["session"]) == {dt.date(2024, 1, 9)}
    assert {symbol: why for (_, symbol), why in column(audit, "why").items()} == {
        "BABA": "BABA has no price for session 2024-01-09 (gap in the prices)",
        "9988.HK": "published 2024-01-08, before the first price of 9988.HK (2024-01-15)",
        "JD": "session 2024-01-09 is after the last price of JD (2024-01-05)",
        "0700.HK": "0700.HK has no prices in this run",
        "9618.HK": "9618.HK has no prices in this run",
    }


def test_outside_the_calendar() -> None:
    rows = [(make_catalyst("old", "2023-06-01 12:00"), 0.5), (make_catalyst("new", "2024-03-05 12:00"), 0.5)]
    audit, signals = build(rows, ["BABA"])
    assert signals == []
    assert audit["status"].tolist() == ["no-session", "no-session"]
    assert audit["why"].tolist() == [
        "published 2023-06-01, before the calendar of XNYS (2024-01-01 to 2024-02-29)",
        "published 2024-03-05, after the calendar of XNYS (2024-01-01 to 2024-02-29)",
    ]
    assert audit["tradable_at"].isna().all() and audit["session"].tolist() == [None, None]


def test_period_of_the_run_is_inclusive() -> None:
    rows = [(make_catalyst(str(day), f"2024-01-{day:02} 12:00", ["BABA"]), 0.5) for day in (9, 10, 11, 12)]
    audit, signals = build(rows, ["BABA"], start=dt.date(2024, 1, 10), end=dt.date(2024, 1, 11))
    assert [signal.session.day for signal in signals] == [10, 11]
    assert audit["status"].tolist() == ["out-of-period", "signal", "signal", "out-of-period"]
    assert audit["why"].tolist()[0] == "session 2024-01-09 is before the start of the run (2024-01-10)"
    assert audit["why"].tolist()[3] == "session 2024-01-12 is after the end of the run (2024-01-11)"


def test_spillover_reaches_peers_with_its_share_and_says_so() -> None:
    audit, signals = build([(make_catalyst("a", MONDAY, ["Alibaba"]), 0.8)], spillover=0.5)
    assert {signal.symbol: signal.score for signal in signals} == {
        "BABA": 0.8, "9988.HK": 0.8, "JD": 0.8 * 0.25, "9618.HK": 0.8 * 0.25, "0700.HK": 0.8 * 0.125,
    }  # fmt: skip
    assert column(audit, "why")["a", "JD"] == "model; passed on from Alibaba at 0.25"
    assert column(audit, "relation")["a", "JD"] == "peer:Alibaba"
    assert column(audit, "weight")["a", "0700.HK"] == 0.125


def test_novelty_falls_along_a_chain_at_each_listing_of_its_own() -> None:
    rows = [
        (make_catalyst("a", "2024-01-08 20:00", ["BABA"], chain="ipo"), 0.8),
        (make_catalyst("b", "2024-01-09 20:00", ["Alibaba"], chain="ipo"), 0.8),
        (make_catalyst("c", "2024-01-10 20:00", ["Alibaba"], chain="other"), 0.8),
        (make_catalyst("d", "2024-01-11 20:00", ["Alibaba"]), 0.8),
    ]
    audit, _ = build(rows)
    assert column(audit, "novelty") == {
        ("a", "BABA"): 1.0,
        ("b", "BABA"): 0.5,
        ("b", "9988.HK"): 1.0,
        ("c", "BABA"): 1.0,
        ("c", "9988.HK"): 1.0,
        ("d", "BABA"): 1.0,
        ("d", "9988.HK"): 1.0,
    }
    assert column(audit, "score")["b", "BABA"] == 0.4
    assert column(audit, "why")["b", "BABA"] == "model; story 2 of chain 'ipo' counts 0.5"


def test_umbrella_rows_are_no_stories_and_rows_without_opinion_are() -> None:
    rows = [
        (make_catalyst("a", "2024-01-08 20:00", ["BABA"], chain="x", role="umbrella"), 0.8),
        (make_catalyst("b", "2024-01-09 20:00", ["BABA"], chain="x"), 0.0),
        (make_catalyst("c", "2024-01-10 20:00", ["BABA"], chain="x"), 0.8),
    ]
    assert build(rows)[0]["novelty"].tolist() == [1.0, 1.0, 0.5]


def test_novelty_of_nothing_leaves_no_score() -> None:
    rows = [
        (make_catalyst(name, f"2024-01-0{day} 20:00", ["BABA"], chain="x"), 0.8)
        for name, day in (("a", 8), ("b", 9))
    ]
    audit, signals = build(rows, novelty=(1.0, 0.0))
    assert audit["status"].tolist() == ["signal", "no-score"]
    assert audit["why"].tolist()[1] == "model; story 2 of chain 'x' counts 0"
    assert len(signals) == 1


#: Three stories for one open: New York, Tuesday 9 January.
THREE = [
    (make_catalyst("a", "2024-01-08 20:00", ["BABA"]), Score(0.5, 4.0, "model")),
    (make_catalyst("b", "2024-01-08 22:00", ["BABA"]), Score(-0.75, 8.0, "model")),
    (make_catalyst("c", "2024-01-09 12:00", ["BABA"]), Score(0.75, 8.0, "model")),
]


@pytest.mark.parametrize(
    ("rule", "score", "half_life", "behind", "statuses"),
    [
        ("sum", 0.5, 7.0, ("a", "b", "c"), ["signal"] * 3),
        ("mean", 0.5 / 3, 7.0, ("a", "b", "c"), ["signal"] * 3),
        ("strongest", 0.75, 8.0, ("c",), ["netted-out", "netted-out", "signal"]),
        ("latest", 0.75, 8.0, ("c",), ["netted-out", "netted-out", "signal"]),
    ],
)
def test_netting(
    rule: str, score: float, half_life: float, behind: tuple[str, ...], statuses: list[str]
) -> None:
    audit, signals = build(THREE, netting=rule)
    assert len(signals) == 1
    assert signals[0].score == pytest.approx(score) and signals[0].half_life == pytest.approx(half_life)
    assert signals[0].catalyst_ids == behind
    assert audit["status"].tolist() == statuses
    assert audit["net_score"].tolist() == [signals[0].score] * 3
    said = "c (+0.75)" if rule in ("strongest", "latest") else f"{score:+.3g}"
    assert set(audit["why"]) == {f"model; {rule} of 3 on this session is {said}"}


def test_scores_that_cancel_are_reported_and_give_no_signal() -> None:
    audit, signals = build(THREE[1:])
    assert signals == []
    assert audit["status"].tolist() == ["netted-out", "netted-out"]
    assert set(audit["why"]) == {"model; netted to zero, 2 scores on this session cancel"}
    assert audit["net_score"].tolist() == [0.0, 0.0]


def test_stories_of_different_sessions_are_not_netted() -> None:
    rows = [
        (make_catalyst("a", "2024-01-08 12:00", ["BABA"]), 0.5),
        (make_catalyst("b", "2024-01-08 15:00", ["BABA"]), 0.25),
    ]
    _, signals = build(rows)
    assert [(signal.session.day, signal.score) for signal in signals] == [(8, 0.5), (9, 0.25)]


def test_hindsight_is_kept() -> None:
    audit, _ = build([(make_catalyst("a", MONDAY, ["BABA"]), Score(0.5, 5.0, "label", hindsight=True))])
    assert audit["hindsight"].tolist() == [True]


def test_a_placeholder_session_keeps_its_signal() -> None:
    bars = make_bars(make_universe())
    bars["BABA"]["placeholder"] = True
    _, signals = build([(make_catalyst("a", MONDAY, ["BABA"]), 0.5)], bars=bars)
    assert [signal.session for signal in signals] == [dt.date(2024, 1, 9)]


def test_every_status_that_is_asked_before_the_engine_is_described() -> None:
    asked = "not-an-event no-listing not-selected no-score out-of-period no-session netted-out signal"
    assert list(STATUSES) == asked.split()
