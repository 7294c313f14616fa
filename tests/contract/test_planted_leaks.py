"""``newsbt leakcheck`` finds what is planted in ``tests/plugins/leaks``: each by the probe made for it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import newsbt
from leak_tools import PLANTED, check, leaky_workspace
from newsbt.adapters.workspace import Workspace

#: Planted strategy, a probe that must show it, and words of the finding.
STRATEGIES = {
    "same_bar_close": ("same-bar", "when the close of 202"),
    "same_bar_range": ("same-bar", "when the high of 202"),
    "same_bar_volume": ("same-bar", "when the volume of 202"),
    "plain_cheat_on_open": ("same-bar", "when the close of 202"),
    "plain_next_bar": ("poison-prices", "when the close of 202"),
    "sibling_later_close": ("poison-prices", "when the bar of BABA on 202"),
    "limit_at_the_low": ("same-bar", "when the low of 202"),
    "weekly_bars": ("same-bar", ""),
    "centred_window": ("poison-prices", ""),
    "full_sample_volatility": ("poison-prices", ""),
    "dividends_ahead": ("poison-prices", "are replaced"),
    "price_file": ("poison-prices", "are replaced"),
    "future_maximum": ("scramble-prices", ""),
    "full_sample_scale": ("delay-prices", ""),
    "before_the_end": ("end", "the run and its prices end on 202"),
    "random_by_length": ("end", "the run and its prices end on 202"),
    "survivors": ("listings", "some listings stop trading after 202"),
    "future_signals": ("cut-news", "news"),
    "day_news_same_morning": ("cut-news", "is taken away"),
    "timezone_dropped": ("cut-news", "news N"),
    "hong_kong_date": ("delay-news", "is taken away"),
    "agenda_outcome": ("poison-news", "news"),
    "early_trader": ("publication", "is published 12 days later"),
    "unseeded_random": ("repeat", "the same run is made again"),
    "wall_clock": ("clock", "on another day"),
    "hash_seed": ("hashes", "PYTHONHASHSEED"),
    "module_state": ("state", "something is kept"),
}
#: Leaks that do not show at every cut.
RARE = ("limit_at_the_low", "weekly_bars", "plain_cheat_on_open", "plain_next_bar", "sibling_later_close")
SIGNALS = {
    "next_direction": ("poison-news", ""),
    "last_of_chain": ("cut-news", ""),
    "overlapping_labels": ("poison-prices", ""),
    "later_revision": ("poison-news", ""),
    "agenda_result": ("poison-news", ""),
    "reaction_label": ("poison-prices", "are replaced"),
    "learned_on_all": ("scramble-news", ""),
    "past_cutoff": ("poison-news", ""),
    "scaled_scores": ("cut-news", ""),
    "silent_hindsight": ("labels", "does not say that it rests on one"),
    "kept_rows": ("state", "something is kept"),
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return leaky_workspace(tmp_path_factory.mktemp("leaks") / "workspace")


def test_there_are_more_than_twenty_and_all_are_tried() -> None:
    planted = {
        kind: {path.stem for path in (PLANTED / kind).glob("*.py")} for kind in ("strategies", "signals")
    }
    assert planted == {"strategies": set(STRATEGIES), "signals": set(SIGNALS)}
    assert len(STRATEGIES) + len(SIGNALS) > 20


@pytest.mark.parametrize("name", STRATEGIES)
def test_a_planted_strategy_is_found(place: Workspace, name: str) -> None:
    probe, words = STRATEGIES[name]
    # Dividends of the sample lie in April 2025.
    other = {"symbols": "JD,9618.HK", "end": "2025-04-30"} if name == "dividends_ahead" else {}
    found = check(place, name, probes=(probe,), cuts=8 if name in RARE or "news" in probe else 3, **other)
    assert {leak.probe for leak in found.findings} == {probe}
    assert any(words in leak.because for leak in found.findings), found.findings[0].text


@pytest.mark.parametrize("name", SIGNALS)
def test_a_planted_signal_is_found(place: Workspace, name: str) -> None:
    probe, words = SIGNALS[name]
    found = check(place, signal=name, probes=(probe,))
    assert {leak.probe for leak in found.findings} == {probe}
    assert {leak.kind for leak in found.findings} <= {"score", "audit", "signal"}
    assert any(words in leak.because for leak in found.findings), found.findings[0].text


def test_files_of_the_workspace_are_left_alone(tmp_path: Path) -> None:
    mine = leaky_workspace(tmp_path / "mine")

    def files() -> dict[Path, bytes]:
        found = [path for path in mine.root.rglob("*") if path.is_file()]
        return {path: path.read_bytes() for path in found if path.parent.name != "__pycache__"}

    before = files()
    check(mine, "price_file", cuts=1, probes=("poison-prices",))
    assert files() == before


def test_what_could_not_be_probed_is_said(place: Workspace) -> None:
    text = (PLANTED / "strategies" / "price_file.py").read_text(encoding="utf-8")
    absolute = text.replace("Path(__file__).parents[1]", f"Path({str(place.root)!r})")
    (place.strategies / "by_full_path.py").write_text(absolute, encoding="utf-8")
    found = check(place, "by_full_path", cuts=1, probes=("end",))
    assert found.clean
    assert [
        str(place.prices / "sample" / name) in " ".join(found.notes) for name in ("BABA.csv", "9988.HK.csv")
    ]
    assert all("nothing could be changed in it" in note for note in found.notes)


def test_state_chance_and_the_clock_are_no_leak_where_nothing_rests_on_them(
    place: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(PLANTED.parent / "honest" / "stateful.py", place.strategies / "stateful.py")
    monkeypatch.chdir(tmp_path)
    asked = {"symbols": "BABA,9988.HK", "start": "2024-11-11", "end": "2025-02-28", "ledger": "none"}
    traded = newsbt.run("stateful", workspace=place.root, **asked)
    assert len(traded.fills) > 10, "who trades nothing leaks nothing"
    assert (tmp_path / "results" / "stateful.log").stat().st_size > 0
    probes = ("repeat", "clock", "state", "same-bar", "poison-news")
    found = check(place, "stateful", cuts=1, probes=probes)
    assert (found.clean, found.notes) == (True, ())
    assert found.probes == 5


def test_data_from_elsewhere_is_named(place: Workspace, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("1.0\n", encoding="utf-8")
    text = (PLANTED / "strategies" / "same_bar_close.py").read_text(encoding="utf-8")
    file, base = str(tmp_path / "mine.csv"), str(tmp_path / "mine.db")
    asked = f"open({file!r}).close()\nsqlite3.connect({base!r}).close()\n"
    (place.strategies / "elsewhere.py").write_text(f"{text}\nimport sqlite3\n{asked}", encoding="utf-8")
    found = check(place, "elsewhere", cuts=1, probes=("end",))
    assert (
        f"{tmp_path / 'mine.csv'} is read, which the run was not given: nothing could be changed in it"
        in (found.notes)
    )
    assert (
        f"the database {tmp_path / 'mine.db'} is asked, and its answers could not be changed" in found.notes
    )


def test_a_plug_in_that_cannot_take_another_future_ends_that_probe_alone(place: Workspace) -> None:
    text = (PLANTED / "strategies" / "same_bar_close.py").read_text(encoding="utf-8")
    fragile = text.replace("closes[desk.bars]", "closes[110]")
    (place.strategies / "fragile.py").write_text(fragile, encoding="utf-8")
    found = check(place, "fragile", cuts=1, probes=("end", "repeat"))
    assert found.probes >= 2
    assert any(
        f"{place.strategies / 'fragile.py'}: line " in note and "IndexError" in note for note in found.notes
    ), found.notes
