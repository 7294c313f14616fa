"""Every shipped strategy and signal passes ``newsbt leakcheck``, at the open and at the close."""

from __future__ import annotations

from pathlib import Path

import pytest

from leak_tools import check, leaky_workspace
from newsbt.adapters.plugins import discover
from newsbt.adapters.workspace import Workspace
from newsbt.evidence.leaks.probes import PROBES

ROOT = Path(__file__).parents[2]
STRATEGIES = [ref.name for ref in discover(ROOT / "strategies")]
#: These two need weights or a server; but for the scorer they are as the others that read headlines.
ELSEWHERE = ("finbert", "llm")
SIGNALS = [ref.name for ref in discover(ROOT / "signals") if ref.name not in ELSEWHERE]
#: Parameters with which 42 rows are history enough.
LEARNS = {
    "surprise": {"min_history": 3},
    "reaction": {"min_events": 2, "sessions": 2},
    "ensemble": {"models": "+".join(name for name in SIGNALS if name != "ensemble")},
}
#: What `random` takes of the whole run, by its nature.
BASELINE = "random"
#: Another process and what is kept between runs are tried for one strategy and one signal.
OF_A_CUT = (*(probe.name for probe in PROBES), "publication", "labels", "repeat")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return leaky_workspace(tmp_path_factory.mktemp("shipped") / "workspace")


@pytest.mark.parametrize("name", STRATEGIES)
def test_a_shipped_strategy_is_clean(place: Workspace, name: str) -> None:
    # Half of them at the close, so that both auctions are tried on every kind of decision.
    entry = "close" if STRATEGIES.index(name) % 2 else "open"
    probes = () if name == "drift" else OF_A_CUT
    found = check(place, name, cuts=2, probes=probes, entry=entry)
    assert found.clean, [leak.text for leak in found.findings[:3]]
    assert found.probes >= (9 if name == BASELINE else 22)
    assert bool(found.notes) == (name == BASELINE)


@pytest.mark.parametrize("name", SIGNALS)
def test_a_shipped_signal_is_clean(place: Workspace, name: str) -> None:
    # A reaction is measured against the other issuers of the venue.
    symbols = "BABA,JD,9988.HK,9618.HK" if name == "reaction" else "BABA,9988.HK"
    # The ensemble asks all others, so that what takes another process or day is tried once for all.
    probes = () if name == "ensemble" else OF_A_CUT
    found = check(place, signal=name, cuts=3, symbols=symbols, probes=probes, signal_params=LEARNS.get(name))
    assert found.clean, [leak.text for leak in found.findings[:3]]
    assert found.strategy == ""
    assert found.scores >= 5, "a signal without opinions cannot leak any"
    assert (found.hindsight > 0) == (name in ("catalogue", "ensemble"))
