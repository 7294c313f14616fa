"""``newsbt.run`` and ``newsbt.compare`` as a notebook uses them; the README's example among them."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

import newsbt

ROOT = Path(__file__).parents[2]


def test_public_names_are_importable_and_sorted() -> None:
    module = importlib.import_module("newsbt")
    assert list(module.__all__) == sorted(module.__all__)
    for name in module.__all__:
        assert getattr(module, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        module.nothing  # noqa: B018


def test_the_example_of_the_readme(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"<!-- example -->\n```python\n(.*?)```", text, re.DOTALL)
    monkeypatch.chdir(ROOT)
    exec(compile(code, "README.md", "exec"), {})
    shown = capsys.readouterr().out
    assert re.search(r"return -?\d+\.\d+% in \d+ trades", shown)
    assert "max_drawdown" in shown


def test_nothing_is_written_unless_asked(tmp_path: Path) -> None:
    result = newsbt.run("hold", symbols=["BABA"], workspace=ROOT, out=tmp_path)
    assert result.path is None
    assert not list(tmp_path.iterdir())
    saved = newsbt.run(
        "hold", symbols=["BABA"], workspace=ROOT, out=tmp_path, save=True, name="one", figures=False
    )
    assert saved.path == tmp_path / "one"


def test_mistakes_are_sentences() -> None:
    with pytest.raises(newsbt.NewsbtError, match="did you mean 'drift'"):
        newsbt.run("drfit", workspace=ROOT)
    with pytest.raises(newsbt.NewsbtError, match="hold"):
        newsbt.run("drift", params={"hold": 0}, workspace=ROOT)
    with pytest.raises(newsbt.NewsbtError, match="sybmols"):
        newsbt.run("drift", sybmols="BABA", workspace=ROOT)
    with pytest.raises(newsbt.NewsbtError, match="index"):
        newsbt.run("drift", symbols="HSI", workspace=ROOT)


def test_results_are_ordinary_frames() -> None:
    result = newsbt.run("drift", symbols="Alibaba", workspace=ROOT)
    assert str(result.equity["at"].dtype) == "datetime64[ns, UTC]"
    assert result.equity["at"].is_monotonic_increasing
    assert set(result.trades["symbol"]) == {"BABA", "9988.HK"}
    assert result.fills["fees_base"].sum() == pytest.approx(result.metrics["fees"])


def test_comparing_a_result_with_a_name_and_a_folder(tmp_path: Path) -> None:
    first = newsbt.run(
        "drift", symbols="Alibaba", workspace=ROOT, save=True, out=tmp_path, name="a", figures=False
    )
    found = newsbt.compare(first, "hold", tmp_path / "a", symbols="Alibaba", workspace=ROOT)
    assert len(found.labels) == len(set(found.labels)) == 3
    assert found.table.loc["total_return"].iloc[0] == found.table.loc["total_return"].iloc[2]


def test_a_plain_backtrader_strategy_runs(tmp_path: Path) -> None:
    """A user who knows Backtrader drops a file in and it trades."""
    from newsbt.adapters.scaffold import init_workspace

    init_workspace(tmp_path / "ws")
    (tmp_path / "ws/strategies/cross.py").write_text(
        '"""Moving averages."""\nimport backtrader as bt\n\n\nclass Cross(bt.Strategy):\n'
        '    """Long above the moving average."""\n\n    params = (("period", 10),)\n\n'
        "    def __init__(self):\n        self.mean = bt.ind.SMA(self.data.close, period=self.p.period)\n\n"
        "    def next(self):\n        if self.data.close[0] > self.mean[0] and not self.position:\n"
        "            self.buy(size=100)\n"
        "        elif self.data.close[0] < self.mean[0] and self.position:\n            self.close()\n",
        encoding="utf-8",
    )
    result = newsbt.run("cross", symbols=["BABA"], params={"period": 5}, workspace=tmp_path / "ws")
    assert len(result.trades) > 3
    assert set(result.signals.loc[result.signals["symbol"] == "BABA", "status"]) >= {"not-traded"}
