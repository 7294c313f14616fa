"""What counts as a change before a cut, which cuts are taken, and the sentences."""

from __future__ import annotations

import datetime as dt

import numpy as np

from leak_parts import DAY, HOUR, NUMBER, cut_of
from newsbt.cli.leak_lines import report_json, report_lines
from newsbt.evidence.leaks.cuts import choose_cuts, sessions_of
from newsbt.evidence.leaks.report import Leak, LeakReport, first_of_each, leak_of
from newsbt.evidence.leaks.trace import Change, Entry, compare, numbered, utc


def order(moment: int, size: int, symbol: str = "BABA") -> Entry:
    text = f"order to buy {size} {symbol} for 2025-02-12"
    return Entry("order", moment, (symbol, moment), 0, (size,), text, symbol, dt.date(2025, 2, 12), ("S1",))


def score(moment: int, value: float) -> Entry:
    return Entry("score", moment, ("S1", "BABA"), 0, (value,), f"score {value}", "BABA", None, ("S1",))


def test_changes_before_the_moment_are_named_oldest_and_causes_first() -> None:
    base = [order(10, 300), order(20, 5), score(10, 0.5)]
    other = [order(10, 200), order(20, 6), score(10, 0.4), order(5, 1)]
    found = compare(base, other, decided=20, known=11)
    assert [(item.entry.kind, item.entry.moment, item.what) for item in found] == [
        ("order", 5, "appears"), ("score", 10, "changes"), ("order", 10, "changes"),
    ]  # fmt: skip
    assert [item.entry.kind for item in compare(base, other, decided=20, known=10)] == ["order", "order"]
    assert compare(base, base, 99, 99) == []
    gone = compare(base, base[1:], 99, 99)
    assert [(item.what, item.entry.value) for item in gone] == [("is gone", (300,))]


def test_equal_orders_are_told_apart() -> None:
    twice = numbered([order(10, 1), order(10, 2), order(11, 3)])
    assert [entry.number for entry in twice] == [0, 1, 0]
    assert len(compare(twice, twice[:1], 99, 99)) == 2


def test_the_sentence_of_the_brief() -> None:
    leak = leak_of(Change(order(10, 300), None), "when the close of 2025-02-12 does", "same-bar")
    assert leak.text == (
        "order to buy 300 BABA for 2025-02-12 is gone when the close of 2025-02-12 does (news S1)"
    )
    turned = leak_of(Change(order(10, 300), order(10, 200)), "when it does", "end")
    assert turned.text.startswith("order to buy 300 BABA for 2025-02-12 changes to order to buy 200 BABA")
    assert utc(0) == "1970-01-01 00:00 UTC"


def test_one_finding_for_each_thing_that_changed() -> None:
    second_ns = 1_000_000_000
    first, second = (
        leak_of(Change(order(10 * second_ns, 300), None), "x", name) for name in ("same-bar", "end")
    )
    earlier = leak_of(Change(order(5 * second_ns, 1), None), "x", "end")
    assert first_of_each([first, second, earlier]) == (earlier, first)


def test_cuts_are_where_orders_are_and_just_before_news() -> None:
    sessions = [cut_of(day) for day in range(40)]
    acted = [cut_of(day).at for day in range(0, 40, 2)]
    news = [cut_of(30).at + HOUR, cut_of(21).at + HOUR]
    chosen = choose_cuts(sessions, acted, news, 8)
    assert len(chosen) == 8 and chosen == sorted(chosen, key=lambda cut: cut.at)
    assert cut_of(30) in choose_cuts(sessions, acted, news, 1) or cut_of(30) in chosen
    assert sum(cut.at in acted for cut in chosen) >= 6
    assert choose_cuts([], acted, news, 3) == []
    assert len(choose_cuts(sessions[:2], acted, news, 8)) == 2


def test_no_cut_before_every_listing_has_a_bar_and_none_at_the_very_end() -> None:
    days = {"A": NUMBER + np.arange(10), "L": NUMBER + np.arange(4, 10)}
    opens = {name: value * DAY + 10 * HOUR for name, value in days.items()}
    closes = {name: value * DAY + 16 * HOUR for name, value in days.items()}
    venues = {"A": "XNYS", "L": "XNYS"}
    first = dt.date(2024, 1, 1)
    found = sessions_of(opens, closes, days, venues, first_day=first, at_close=False)
    assert [cut.day.day for cut in found] == [6, 7, 8, 9]
    at_close = sessions_of(opens, closes, days, venues, first_day=dt.date(2024, 1, 8), at_close=True)
    assert [(cut.day.day, cut.known - cut.at) for cut in at_close] == [(8, 6 * HOUR), (9, 6 * HOUR)]


def report(*leaks: Leak, **more: object) -> LeakReport:
    return LeakReport("drift", "catalogue", ("2025-02-12 14:30 UTC",), 12, leaks, 9, 4, **more)  # type: ignore[arg-type]


def test_a_verdict_says_how_many_probes_were_made() -> None:
    clean = report(notes=("nothing of that was changed",))
    assert clean.clean
    assert "no leak found where it could be probed (12 probes" in " ".join(report_lines(clean, 200))
    lines = report_lines(report())
    assert lines[0] == "strategy drift with signal catalogue: no leak found (12 probes, 1 cut)"
    hindsight = "  4 of 9 scores rest on judgements made after publication, and say so"
    assert lines[1:] == [hindsight]
    assert report_lines(clean)[-2:] == [hindsight, "  note: nothing of that was changed"]


def test_many_findings_are_cut_short_and_all_are_in_the_json() -> None:
    leaks = [leak_of(Change(order(at, at), None), "when it does", "end") for at in range(1, 9)]
    found = report(*leaks)
    assert not found.clean
    lines = report_lines(found)
    assert "8 things changed that must not" in lines[0]
    assert "  and 3 more; --json has them" in lines
    value = report_json(found)
    assert (value["clean"], len(value["findings"]), value["probes"]) == (False, 8, 12)
    assert value["findings"][0]["text"] == leaks[0].text
