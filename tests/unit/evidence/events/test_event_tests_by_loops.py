"""Every test against the formula of its paper, written out event by event and session by session."""

import math
from itertools import product

import numpy as np
import pytest
from scipy import stats

from newsbt.evidence.events.battery import MEAN_TESTS, TESTS, run_tests
from newsbt.evidence.events.correlation import Pairs, mean_correlation, pair_correlations
from newsbt.evidence.events.models import abnormal_returns
from newsbt.evidence.events.overlap import Overlap, overlap_t, separate_dates
from newsbt.evidence.events.parametric import clustered_t, cross_sectional_t, portfolio_t
from newsbt.evidence.events.ranks import average_ranks, corrado, corrado_zivney, generalised_rank
from newsbt.evidence.events.signs import generalised_sign
from newsbt.evidence.events.standardized import adjusted_bmp, adjusted_patell, bmp, patell
from newsbt.evidence.events.wild import wild_bootstrap, wild_weights

N, T, L = 9, 40, 6
CLUSTER = np.array([0, 0, 0, 1, 1, 2, 3, 3, 4])
CLOSE = {"rel": 1e-10, "abs": 1e-12}


@pytest.fixture(scope="module", params=["full", "with gaps"])
def sample(request):
    """Nine events with fat tails, a common shock, and in one case left-out sessions."""
    rng = np.random.default_rng(5)
    market = 0.01 * rng.standard_t(4, (N, T + L))
    returns = 0.001 + 1.2 * market + 0.02 * rng.standard_t(4, (N, T + L)) + 0.01 * rng.standard_normal(T + L)
    past, event = returns[:, :T].copy(), returns[:, T:]
    if request.param == "with gaps":
        past[rng.random((N, T)) < 0.2] = np.nan
    return abnormal_returns("market", past, market[:, :T], event, market[:, T:])


@pytest.fixture(params=[slice(2, 3), slice(1, 6)], ids=["one session", "five sessions"])
def columns(request):
    return request.param


def used(abnormal, event):
    return [u for u in abnormal.residuals[event].tolist() if not math.isnan(u)]


def mean(values):
    return sum(values) / len(values)


def deviation(values):
    middle = mean(values)
    return math.sqrt(sum((value - middle) ** 2 for value in values) / (len(values) - 1))


def test_cross_sectional_t_is_students(sample, columns):
    car = sample.car(columns)
    expected = stats.ttest_1samp(car, 0.0)
    t, p = cross_sectional_t(car)
    assert (t, p) == (pytest.approx(expected.statistic, **CLOSE), pytest.approx(expected.pvalue, **CLOSE))


def test_clustered_t_sums_within_dates(sample, columns):
    car = sample.car(columns).tolist()
    middle, groups = mean(car), 5
    sums = [sum(car[i] - middle for i in range(N) if CLUSTER[i] == g) for g in range(groups)]
    error = math.sqrt(groups / (groups - 1) * sum(s * s for s in sums)) / N
    t, p = clustered_t(np.array(car), CLUSTER)
    assert t == pytest.approx(middle / error, **CLOSE)
    assert p == pytest.approx(2 * stats.t.sf(abs(middle / error), groups - 1), **CLOSE)


@pytest.mark.parametrize(
    "lean", [(1.0, 1.0, 1.0, 1.0, 1.0), (1.0, 1.0, -0.5, 1.0, -1.0), (1.0, -1.0, 0.5, 0.0, 1.0)]
)
def test_overlap_t_counts_every_pair_of_events_that_share_sessions(sample, columns, lean):
    """Date 1 shares a third of its sessions with date 0, and half of them with date 2."""
    share = np.eye(5)
    share[0, 1] = share[1, 0] = 1 / 3
    share[1, 2] = share[2, 1] = 1 / 2
    overlap = Overlap(share, np.array(lean))
    car = sample.car(columns).tolist()
    off = [value - mean(car) for value in car]
    together = by_date = alike = across = linked = 0.0
    for i, j in product(range(N), range(N)):
        g, h = CLUSTER[i], CLUSTER[j]
        together += off[i] * off[j] * (share[g, h] > 0)
        by_date += off[i] * off[j] * (g == h)
        alike += g == h
        across += (g != h) * share[g, h] * lean[g] * lean[h]
        linked += (g != h) * (share[g, h] > 0) * lean[g] * lean[h]
    dates, alone = (5 * alike / (alike + max(shared, 0.0)) for shared in (across, linked))
    assert separate_dates(CLUSTER, overlap) == pytest.approx(dates, **CLOSE)
    error = math.sqrt(alone / (alone - 1) * max(together, by_date)) / N
    t, p = overlap_t(np.array(car), CLUSTER, overlap)
    assert t == pytest.approx(mean(car) / error, **CLOSE)
    assert p == pytest.approx(2 * stats.t.sf(abs(mean(car) / error), dates - 1), **CLOSE)


def test_overlap_t_without_shared_sessions_is_clustered_and_with_all_shared_none(sample, columns):
    car = sample.car(columns)
    alone, clustered = overlap_t(car, CLUSTER, Overlap.none(5)), clustered_t(car, CLUSTER)
    assert alone == (pytest.approx(clustered[0], **CLOSE), pytest.approx(clustered[1], **CLOSE))
    assert np.isnan(overlap_t(car, CLUSTER, Overlap(np.full((5, 5), 0.9), np.ones(5)))[1])


def test_clustered_t_is_that_of_a_regression_on_a_constant(sample, columns):
    linear = pytest.importorskip("statsmodels.api", reason="statsmodels is not installed")
    car = sample.car(columns)
    fitted = linear.OLS(car, np.ones(N)).fit(cov_type="cluster", cov_kwds={"groups": CLUSTER}, use_t=True)
    # statsmodels multiplies by (n - 1) / (n - k) as well, which is 1 for a constant.
    assert clustered_t(car, CLUSTER)[0] == pytest.approx(fitted.tvalues[0], **CLOSE)


def test_portfolio_t_is_of_the_means_of_dates(sample, columns):
    car = sample.car(columns)
    means = [mean([car[i] for i in range(N) if CLUSTER[i] == g]) for g in range(5)]
    expected = stats.ttest_1samp(means, 0.0)
    assert portfolio_t(car, CLUSTER)[1] == pytest.approx(expected.pvalue, **CLOSE)


def test_patell_and_bmp(sample, columns):
    scar = sample.scar(columns).tolist()
    m = [len(used(sample, i)) for i in range(N)]
    z = sum(scar) / math.sqrt(sum((k - 2) / (k - 4) for k in m))
    assert patell(np.array(scar), sample.df)[0] == pytest.approx(z, **CLOSE)
    assert patell(np.array(scar), sample.df)[1] == pytest.approx(2 * stats.norm.sf(abs(z)), **CLOSE)
    t = mean(scar) * math.sqrt(N) / deviation(scar)
    assert bmp(np.array(scar))[0] == pytest.approx(t, **CLOSE)


def test_kolari_and_pynnonen_adjust_for_the_mean_correlation(sample, columns):
    scar = sample.scar(columns)
    pairs = []
    for i in range(N):
        for j in range(N):
            u, v = sample.residuals[i], sample.residuals[j]
            both = [t for t in range(T) if not (math.isnan(u[t]) or math.isnan(v[t]))]
            if i != j:
                pairs.append(float(np.corrcoef(u[both], v[both])[0, 1]))
    r = mean(pairs)
    assert r > 0.0
    found = mean_correlation(pair_correlations(sample.residuals), np.ones((N, N)))
    assert found == pytest.approx(r, **CLOSE)
    factor = math.sqrt((1 - r) / (1 + (N - 1) * r))
    t, p = adjusted_bmp(scar, found)
    assert t == pytest.approx(float(bmp(scar)[0]) * factor, **CLOSE)
    assert p == pytest.approx(2 * stats.t.sf(abs(float(t)), N - 1), **CLOSE)
    z = float(patell(scar, sample.df)[0]) / math.sqrt(1 + (N - 1) * r)
    assert adjusted_patell(scar, sample.df, found)[0] == pytest.approx(z, **CLOSE)


def test_mean_correlation_weighs_pairs_by_shared_sessions():
    correlations = np.array([[1.0, 0.4, 0.2], [0.4, 1.0, np.nan], [0.2, np.nan, 1.0]])
    shares = np.array([[1.0, 1.0, 0.5], [1.0, 1.0, 0.5], [0.5, 0.5, 1.0]])
    # 0.4 at 1 and 0.2 at a half: 0.5 / 1.5 a unit of weight; the unknown pair has half a unit; three pairs.
    assert mean_correlation(correlations, shares) == pytest.approx(0.5 / 1.5 * 2.0 / 3.0, **CLOSE)


def test_ranks_are_scipys():
    values = np.array([[0.3, 0.1, np.nan, 0.3, -1.0], [np.nan, 2.0, 2.0, 2.0, 1.0]])
    expected = stats.rankdata(values, axis=1, nan_policy="omit")
    assert np.array_equal(average_ranks(values), expected, equal_nan=True)


def units_of(series):
    """Ranks over their number and one, less a half, of each event's values; nan is missing."""
    units = []
    for values in series:
        known = [v for v in values if not math.isnan(v)]
        ranks = iter(stats.rankdata(known).tolist())
        units.append([math.nan if math.isnan(v) else next(ranks) / (1 + len(known)) - 0.5 for v in values])
    return units


def rank_z(series, tested, q=None):
    """Corrado's statistic from each event's values, the tested sessions last; q is from calendar dates."""
    units = units_of(series)
    daily = []
    for t in range(len(units[0])):
        there = [row[t] for row in units if not math.isnan(row[t])]
        if there:
            daily.append(sum(there) / math.sqrt(len(there)))
    variance = mean([s * s for s in daily])
    if q is not None:
        variance = mean([u * u for row in units for u in row if not math.isnan(u)]) * (1 + (N - 1) * q)
        m = mean([sum(not math.isnan(u) for u in row) for row in units])
        variance *= (m - tested) / (m - 1)
    return sum(daily[-tested:]) / math.sqrt(tested * variance)


def test_corrado(sample, columns):
    tested = columns.stop - columns.start
    series = [[*sample.residuals[i].tolist(), *sample.ar[i, columns].tolist()] for i in range(N)]
    for q in (None, 0.2):
        z, p = corrado(sample, columns, q)
        assert z == pytest.approx(rank_z(series, tested, q), **CLOSE)
        assert p == pytest.approx(2 * stats.norm.sf(abs(float(z))), **CLOSE)


def test_corrado_and_zivney(sample, columns):
    sar = sample.sar()[:, columns]
    spread = [deviation(sar[:, t].tolist()) for t in range(sar.shape[1])]
    for r, q in ((0.0, None), (0.3, None), (0.3, 0.2)):
        series = [
            [u / sample.sigma[i] for u in sample.residuals[i].tolist()]
            + [math.sqrt(1 - r) * sar[i, t] / spread[t] for t in range(sar.shape[1])]
            for i in range(N)
        ]
        found = corrado_zivney(sample, columns, r, q)[0]
        assert found == pytest.approx(rank_z(series, sar.shape[1], q), **CLOSE)


def test_generalised_sign(sample, columns):
    car = sample.car(columns)
    share = mean([sum(u > 0 for u in used(sample, i)) / len(used(sample, i)) for i in range(N)])
    z = (sum(car > 0) - N * share) / math.sqrt(N * share * (1 - share))
    assert generalised_sign(car, sample.residuals)[0] == pytest.approx(z, **CLOSE)


def generalised(sample, columns):
    """U of each event, the tested window last."""
    scar = sample.scar(columns).tolist()
    spread = deviation(scar)
    return units_of(
        [[*(u / sample.sigma[i] for u in sample.residuals[i].tolist()), scar[i] / spread] for i in range(N)]
    )


def test_generalised_rank(sample, columns):
    units = generalised(sample, columns)
    total, sessions = 0.0, T + 1
    for t in range(sessions):
        there = [row[t] for row in units if not math.isnan(row[t])]
        total += len(there) / N * mean(there) ** 2
    z = mean([row[-1] for row in units]) / math.sqrt(total / sessions)
    t = z * math.sqrt((sessions - 2) / (sessions - 1 - z * z))
    found, p = generalised_rank(sample, columns)
    assert found == pytest.approx(t, **CLOSE)
    assert p == pytest.approx(2 * stats.t.sf(abs(t), sessions - 2), **CLOSE)


def test_generalised_rank_with_the_spread_of_sums_and_correlation_by_date(sample, columns):
    """v from sums of as many residuals in a row, ranked among the single ones of their event."""
    length, q = columns.stop - columns.start, 0.2
    sums = []
    for i in range(N):
        u = (sample.residuals[i] / sample.sigma[i]).tolist()
        sums += [(i, sum(u[at : at + length])) for at in range(0, T - length + 1, max(length // 2, 1))]
    sums = [(i, y) for i, y in sums if not math.isnan(y)]
    spread = math.sqrt(mean([y * y for _, y in sums]))
    squares = []
    for i, y in sums:
        single = [u / sample.sigma[i] for u in used(sample, i)]
        rank = sum(u < y / spread for u in single) + sum(u == y / spread for u in single) / 2 + 1
        squares.append((rank / (len(single) + 2) - 0.5) ** 2)
    if length == 1:  # no sums to rank: the spread of the single ranks themselves
        single = units_of([sample.residuals[i].tolist() for i in range(N)])
        squares = [u * u for row in single for u in row if not math.isnan(u)]
    u_0 = mean([row[-1] for row in generalised(sample, columns)])
    t = u_0 / math.sqrt(mean(squares) * (1 + (N - 1) * q) / N)
    found, p = generalised_rank(sample, columns, 0.0, q)
    assert found == pytest.approx(t, **CLOSE)
    assert p == pytest.approx(2 * stats.t.sf(abs(t), T - 1), **CLOSE)


def wild_p(car, weights):
    """Share of the drawn statistics that are as far out, cluster by cluster."""

    def t_of(values):
        middle = mean(values)
        sums = [sum(values[i] - middle for i in range(N) if CLUSTER[i] == g) for g in range(5)]
        return abs(middle) * N / math.sqrt(5 / 4 * sum(s * s for s in sums))

    seen = t_of(car)
    return sum(t_of([w[CLUSTER[i]] * car[i] for i in range(N)]) >= seen * (1 - 1e-9) for w in weights)


def test_wild_bootstrap_over_every_pattern_of_signs(sample, columns):
    car = sample.car(columns)
    weights = wild_weights(5, 999, np.random.default_rng(0))
    assert sorted(map(tuple, weights.tolist())) == sorted(product((-1.0, 1.0), repeat=5))
    assert wild_bootstrap(car, CLUSTER, weights)[1] == wild_p(car.tolist(), weights.tolist()) / 32


@pytest.mark.parametrize("kind", ["rademacher", "mammen"])
def test_wild_bootstrap_with_random_weights(sample, columns, kind):
    car = sample.car(columns)
    rng = np.random.default_rng(1)
    weights = wild_weights(5, 200, rng, "mammen") if kind == "mammen" else rng.choice([-1.0, 1.0], (200, 5))
    expected = (1 + wild_p(car.tolist(), weights.tolist())) / 201
    assert wild_bootstrap(car, CLUSTER, weights)[1] == pytest.approx(expected, **CLOSE)


def test_mammens_weights_have_his_moments():
    drawn = wild_weights(1, 400_000, np.random.default_rng(2), "mammen")[:, 0]
    for power, expected in ((1, 0.0), (2, 1.0), (3, 1.0)):
        assert float((drawn**power).mean()) == pytest.approx(expected, abs=0.02)


def test_worlds_are_tested_as_if_one_by_one(sample):
    """A leading axis of worlds gives each world the figures it has alone."""
    columns = slice(1, 4)
    rng = np.random.default_rng(3)
    past, event = rng.standard_normal((4, N, T)), rng.standard_normal((4, N, L))
    x, y = rng.standard_normal((4, N, T)), rng.standard_normal((4, N, L))
    weights, shares = wild_weights(5, 99, rng), (CLUSTER[:, None] == CLUSTER).astype(float)

    def run(where):
        found = abnormal_returns("market", past[where], x[where], event[where], y[where])
        pairs = Pairs(
            pair_correlations(found.residuals), pair_correlations(average_ranks(found.residuals)), shares
        )
        return run_tests(found, columns, CLUSTER, weights, pairs)

    together = run(slice(None))
    assert list(together) == list(TESTS)
    for world in range(4):
        for key, (statistic, p) in run(world).items():
            assert together[key][0][world] == pytest.approx(float(statistic), **CLOSE)
            assert together[key][1][world] == pytest.approx(float(p), **CLOSE)


def test_one_event_or_one_date_has_no_test():
    found = abnormal_returns("mean", *(np.random.default_rng(4).standard_normal((1, 30)) for _ in range(4)))
    alone = Pairs(*np.ones((3, 1, 1)))
    result = run_tests(found, slice(0, 1), np.zeros(1, int), np.ones((9, 1)), alone)
    for key in (*MEAN_TESTS, "bmp", "bmp_kp", "corrado", "corrado_zivney", "grank"):
        assert np.isnan(result[key][1])
