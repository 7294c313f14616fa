"""The winner of a search: the parts are those of their own modules, put together on the right numbers."""

import numpy as np
import pytest

from newsbt.cli.search_lines import search_evidence_lines
from newsbt.evidence.overfitting import overfitting
from newsbt.evidence.search import sample_trials, search_evidence
from newsbt.evidence.search_figures import search_figures
from newsbt.evidence.sharpe_inference import (
    deflated_sharpe,
    expected_maximum,
    probabilistic_sharpe,
    sharpe_sample,
)

YEAR = 250.0


def noise(periods=500, settings=40, seed=0):
    return np.random.default_rng(seed).normal(size=(periods, settings)) * 0.01


def yearly(values):
    return values.mean(axis=0) / values.std(axis=0, ddof=1) * np.sqrt(YEAR)


def test_the_best_of_noise_owes_its_sharpe_to_the_search():
    values = noise()
    sharpes = yearly(values)
    best = int(sharpes.argmax())
    found = search_evidence(values, best, sharpes, YEAR)
    # Forty Sharpe ratios of no edge over two years spread by 1 / sqrt(2).
    assert found.deflated.threshold * np.sqrt(YEAR) == pytest.approx(
        expected_maximum(40) / np.sqrt(2), rel=0.3
    )
    assert probabilistic_sharpe(found.winner) > 0.95
    assert 0.2 < found.deflated.probability < 0.8
    assert found.deflated.threshold == pytest.approx(
        expected_maximum(40, sharpes.var(ddof=1)) / np.sqrt(YEAR)
    )
    assert found.overfitting.probability == overfitting(values, 16).probability
    assert found.superior.consistent > 0.05
    assert (found.trials, found.sampled, found.missing) == (40, 40, ())


def test_trials_on_record_count_and_their_variance_is_taken():
    values = noise()
    sharpes = yearly(values)
    found = search_evidence(values, 3, sharpes, YEAR, trials=1000, variance=0.001)
    assert found.trials == 1000
    assert found.deflated.threshold == pytest.approx(expected_maximum(1000, 0.001))
    assert found.winner == sharpe_sample(values[:, 3])
    plain = search_evidence(values, 3, sharpes, YEAR, trials=5, variance=np.nan)
    assert plain.trials == 40
    assert plain.deflated.threshold == pytest.approx(expected_maximum(40, sharpes.var(ddof=1) / YEAR))


def test_settings_that_trade_alike_are_scaled_to_all_trials():
    values = np.repeat(noise(settings=1), 20, axis=1) + noise(settings=20, seed=1) * 0.01
    found = search_evidence(values, 0, np.linspace(0, 1, 200), YEAR)
    assert found.independent.trials == pytest.approx(200 * found.effective.by_correlation / 20)
    assert found.independent.probability >= found.deflated.probability


def test_an_edge_is_told_from_noise():
    values = noise(1500)
    values[:, 5] += 0.002
    found = search_evidence(values, 5, yearly(values), YEAR)
    assert found.deflated.probability > 0.95
    assert found.overfitting.probability < 0.01
    assert found.superior.consistent < 0.01 and found.superior.best == 5


def test_emptied_and_idle_settings_are_left_out_and_said():
    values = noise()
    values[250:, 7] = np.nan
    found = search_evidence(values, 7, yearly(values), YEAR)
    assert found.sampled == 39 and found.winner is None and found.deflated is None
    assert "lost its whole account" in found.missing[0]
    idle = search_evidence(np.zeros((500, 3)), 0, np.full(3, np.nan), YEAR)
    assert idle.superior is None and idle.effective.counted == 0
    assert any("nothing to test" in text for text in idle.missing)
    short = search_evidence(noise(10), 0, np.ones(40), YEAR)
    assert short.overfitting is None and short.superior is None
    few = noise()
    few[12:, 3] = 0.0
    rare = search_evidence(few, 3, yearly(few), YEAR, winner=sharpe_sample(few[:, 3]))
    assert rare.winner is None and "moved on 12 of 500 days only" in rare.missing[0]
    alone = search_evidence(noise(settings=1), 0, np.ones(1), YEAR)
    assert alone.deflated.probability == probabilistic_sharpe(alone.winner)
    assert alone.overfitting is None


def test_the_sample_holds_the_best_and_no_row_twice():
    rows = sample_trials(1000, 777, 50, seed=3)
    assert len(set(rows.tolist())) == 50 and 777 in rows and (np.diff(rows) > 0).all()
    assert sample_trials(1000, 777, 50, seed=3).tolist() == rows.tolist()
    assert sample_trials(5, 2, 50).tolist() == [0, 1, 2, 3, 4]
    assert 999 in sample_trials(1000, 999, 2) and len(sample_trials(1000, 0, 1)) == 1


def test_it_is_said_in_lines_and_in_numbers():
    values = noise()
    found = search_evidence(values, 0, np.append(yearly(values), np.nan), YEAR)
    lines = search_evidence_lines(found)
    text = " ".join(line.strip() for line in lines)
    for words in (
        "The best of 41 settings tried",
        "40 of the 41 settings",
        "Probability of overfitting",
        "Hansen",
    ):
        assert words in text
    assert max(map(len, lines)) <= 80
    numbers = search_figures(found)
    assert numbers["deflated_sharpe"] == found.deflated.probability
    assert numbers["trials"] == 41 and numbers["stand_out"] == 0
    nothing = search_figures(search_evidence(np.zeros((500, 3)), 0, np.full(3, np.nan), YEAR))
    assert (
        nothing["sharpe"] is None
        and nothing["spa_consistent"] is None
        and nothing["mean_correlation"] is None
    )


def test_the_best_of_noise_stands_about_at_its_expected_maximum():
    """Of twenty worthless settings: the deflated Sharpe ratio is centred on a half, and rarely convincing."""
    rng = np.random.default_rng(8)
    found = []
    for _ in range(300):
        values = rng.normal(size=(250, 20))
        ratios = values.mean(axis=0) / values.std(axis=0, ddof=1)
        sample = sharpe_sample(values[:, ratios.argmax()])
        found.append(deflated_sharpe(sample, 20, float(ratios.var(ddof=1))).probability)
    assert np.mean(found) == pytest.approx(0.5, abs=0.05)
    assert np.mean(np.array(found) > 0.95) < 0.02
