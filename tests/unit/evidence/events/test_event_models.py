"""Normal-return models against other libraries and by hand."""

import numpy as np
import pytest
from scipy import stats

from newsbt.evidence.events.models import abnormal_returns

CLOSE = {"rel": 1e-10, "abs": 1e-13}


@pytest.fixture
def data():
    rng = np.random.default_rng(8)
    x, xe = 0.01 * rng.standard_normal((3, 60)), 0.01 * rng.standard_normal((3, 7))
    y = 0.0005 + 1.3 * x + 0.02 * rng.standard_normal((3, 60))
    ye = 1.3 * xe + 0.02 * rng.standard_normal((3, 7))
    y[1, [3, 4, 50]] = np.nan
    return y, x, ye, xe


def test_market_model_is_least_squares(data):
    y, x, ye, xe = data
    found = abnormal_returns("market", y, x, ye, xe)
    for i in range(3):
        there = np.isfinite(y[i])
        line = stats.linregress(x[i, there], y[i, there])
        residual = y[i, there] - line.intercept - line.slope * x[i, there]
        assert found.alpha[i] == pytest.approx(line.intercept, **CLOSE)
        assert found.beta[i] == pytest.approx(line.slope, **CLOSE)
        sigma = np.sqrt((residual**2).sum() / (there.sum() - 2))
        assert found.sigma[i] == pytest.approx(sigma, **CLOSE)
        assert found.ar[i] == pytest.approx(ye[i] - line.intercept - line.slope * xe[i], **CLOSE)
    assert found.count.tolist() == [60, 57, 60]


def test_forecast_errors_are_those_of_a_prediction(data):
    """One session and the sum of several, from the design matrix."""
    y, x, ye, xe = data
    found = abnormal_returns("market", y, x, ye, xe)
    for i in range(3):
        there = np.isfinite(y[i])
        design = np.column_stack([np.ones(there.sum()), x[i, there]])
        ahead = np.column_stack([np.ones(7), xe[i]])
        spread = np.eye(7) + ahead @ np.linalg.inv(design.T @ design) @ ahead.T
        alone = found.ar[i] / (found.sigma[i] * np.sqrt(np.diag(spread)))
        assert found.sar()[i] == pytest.approx(alone, **CLOSE)
        summed = found.ar[i, 2:6].sum() / (found.sigma[i] * np.sqrt(spread[2:6, 2:6].sum()))
        assert found.scar(slice(2, 6))[i] == pytest.approx(summed, **CLOSE)


def test_forecast_error_is_that_of_statsmodels(data):
    linear = pytest.importorskip("statsmodels.api", reason="statsmodels is not installed")
    y, x, ye, xe = data
    found = abnormal_returns("market", y, x, ye, xe)
    fitted = linear.OLS(y[0], linear.add_constant(x[0])).fit()
    predicted = fitted.get_prediction(linear.add_constant(xe[0]))
    assert found.sar()[0] == pytest.approx((ye[0] - predicted.predicted_mean) / predicted.se_obs, **CLOSE)


def test_mean_adjusted_by_hand():
    past = np.array([[0.01, 0.03, np.nan, 0.02]])
    nothing = np.full((1, 4), np.nan)
    found = abnormal_returns("mean", past, nothing, np.array([[0.05, 0.01]]), nothing[:, :2])
    assert found.ar[0] == pytest.approx([0.03, -0.01])
    assert found.sigma[0] == pytest.approx(0.01)
    assert found.scar(slice(0, 2))[0] == pytest.approx(0.02 / (0.01 * np.sqrt(2 + 4 / 3)))


def test_market_adjusted_by_hand():
    past, market = np.array([[0.01, 0.03, 0.02]]), np.array([[0.0, 0.0, 0.02]])
    found = abnormal_returns("market-adjusted", past, market, np.array([[0.05]]), np.array([[0.02]]))
    assert found.ar[0, 0] == pytest.approx(0.03)
    assert found.residuals[0] == pytest.approx([0.01, 0.03, 0.0])
    assert found.sigma[0] == pytest.approx(np.std([0.01, 0.03, 0.0], ddof=1))
    assert found.scar(slice(0, 1))[0] == pytest.approx(0.03 / found.sigma[0])


def test_a_benchmark_that_stands_still_gives_nothing():
    still = np.zeros((1, 5))
    found = abnormal_returns("market", np.ones((1, 5)), still, still[:, :1], still[:, :1])
    assert np.isnan(found.beta[0])
