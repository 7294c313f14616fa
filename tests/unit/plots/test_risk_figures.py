"""Pictures of risk and profit: what they say, for the usual and the bare run."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
import runs_for_plots as runs

from newsbt.attribution import GROUPS
from newsbt.plots.risk import profit_figure, risk_figure
from newsbt.plots.risk_data import distribution_data, rolling_data


@pytest.mark.parametrize("run", [runs.usual, runs.no_trades, runs.one_day, runs.empty])
def test_every_run_has_both_pictures(run):
    found = run()
    for figure in (risk_figure(found), profit_figure(found)):
        assert figure.get_size_inches()[0] == 10.0


def test_a_panel_for_exposure_three_rolling_figures_and_the_distribution():
    figure = risk_figure(runs.usual())
    said = [ax.get_ylabel() for ax in figure.axes]
    assert said == [
        "Exposure\n(% of equity)", "Rolling Sharpe\nratio (a year)", "Rolling volatility\n(% a year)",
        "Rolling\nbeta", "Days",
    ]  # fmt: skip


def test_rolling_figures_are_those_of_the_window():
    run = runs.usual()
    found = rolling_data(run, 20)
    equity = run.equity.groupby(run.equity["at"].dt.normalize())["equity"].last().to_numpy()
    returns = np.diff(equity, prepend=run.spec.cash) / np.concatenate([[run.spec.cash], equity[:-1]])
    last = returns[-20:]
    ratio = found.sharpe[-1] / (last.mean() / last.std(ddof=1))
    assert ratio == pytest.approx(found.volatility[-1] / last.std(ddof=1))
    assert rolling_data(run, len(returns) + 1) is None


def test_the_distribution_holds_every_return():
    found = distribution_data(runs.usual())
    assert found.counts.sum() == len(found.returns)
    assert 0.0 in found.edges.round(12)


def test_profit_has_a_bar_for_each_name_and_says_its_value():
    rows = [
        (by, name, 1.0, pnl + 10.0, 10.0, pnl) for by in GROUPS for name, pnl in (("a", 300.0), ("b", -40.0))
    ]
    columns = ["by", "name", "trades", "pnl_before_costs", "costs", "pnl"]
    run = dataclasses.replace(runs.usual(), attribution=pd.DataFrame(rows, columns=columns))
    figure = profit_figure(run)
    assert len(figure.axes) == len(GROUPS)
    for ax in figure.axes:
        assert [text.get_text() for text in ax.texts] == ["300", "−40"]
        assert [bar.get_width() for bar in ax.patches] == [300.0, -40.0]
