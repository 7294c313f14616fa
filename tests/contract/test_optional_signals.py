"""The signals that need a server or weights keep the contract too, with stand-ins."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from chat_server import chat_server, judge
from newsbt.adapters.plugins import find
from newsbt.adapters.signal_models import ModelSource, build_model
from newsbt.errors import DataUnavailableError, ParameterError
from newsbt.scoring.model import SignalModel
from newsbt.testing import SignalContract, sample_catalysts
from newsbt.universe_table import parse_universe

ROOT = Path(__file__).resolve().parents[2]


def read_table(name: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / "data" / name).read_text(encoding="utf-8"))


def maker(name: str, **params: Any) -> Callable[[], SignalModel]:
    universe = parse_universe(read_table("universe.toml"), "data/universe.toml")
    source = ModelSource(universe, lambda other: find(ROOT / "signals", other, "signal"), read_table)
    return lambda: build_model(name, params, source).model


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


class TestLlm(SignalContract):
    @pytest.fixture
    def make_model(self) -> Iterator[Callable[[], SignalModel]]:
        with chat_server(judge) as server:
            yield maker("llm", url=server.url, model="m", trained_until="2024-01-31")


def test_events_before_the_cut_off_are_branded_or_refused() -> None:
    rows = sample_catalysts()
    early = [row.published_at.date().isoformat() < "2024-02-01" for row in rows]
    assert any(early) and not all(early)
    with chat_server(judge) as server:
        given = {"url": server.url, "model": "m", "trained_until": "2024-01-31"}
        branded = maker("llm", **given)().score(rows)
        refused = maker("llm", **given, before_cutoff="refuse")().score(rows)
    for row, first, second in zip(rows, branded, refused, strict=True):
        before = row.published_at.timestamp() < 1706745600  # 2024-02-01T00:00Z
        assert first.hindsight is before and not second.hindsight
        assert second.why.startswith("refused") is before
        assert second.value == (0.0 if before else first.value)
    assert any(score.value for score in branded)


def test_without_settings_or_weights_they_say_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("URL", "MODEL", "TRAINED_UNTIL"):
        monkeypatch.delenv(f"NEWSBT_LLM_{name}", raising=False)
    with pytest.raises(ParameterError, match="NEWSBT_LLM_URL"):
        maker("llm")().score(sample_catalysts())
    with pytest.raises(DataUnavailableError):
        maker("finbert", model="/nowhere")().score(sample_catalysts())
