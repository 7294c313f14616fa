"""Sizes by hand."""

from hypothesis import given
from hypothesis import strategies as st

from newsbt.engine.sizing import fit, shares_for, split


def test_split_of_a_reversal() -> None:
    assert split(-25, 10) == (10, 15)
    assert split(5, 10) == (0, 5)
    assert split(-5, 10) == (5, 0)


def test_shares_for_a_weight() -> None:
    assert shares_for(0.5, 10_000.0, 100.0, 1) == 50
    assert shares_for(-0.5, 10_000.0, 100.0, 20) == -40
    assert shares_for(0.5, 10_000.0, 100.0, 100) == 0
    assert shares_for(0.5, -1.0, 100.0, 1) == 0


def test_an_exact_number_of_lots_survives_binary_rounding() -> None:
    """0.1 * 3 / 0.3 is just under 1 in binary; it is one share."""
    assert shares_for(0.1, 3.0, 0.3, 1) == 1


def test_fit_keeps_what_closes_and_cuts_what_opens() -> None:
    assert fit(-25, 10, 1, 100.0, 700.0, may_reduce=True).size == -17
    assert fit(-25, 10, 1, 100.0, 700.0, may_reduce=False).size == -10
    assert fit(-10, 10, 1, 100.0, -5.0, may_reduce=False).size == -10


def test_fit_rounds_to_lots_and_says_so() -> None:
    assert fit(250, 0, 100, 1.0, 1e9, may_reduce=False) == (200, "rounded down from 250 to board lots of 100")


@given(
    st.integers(-10_000, 10_000).filter(bool),
    st.integers(-5_000, 5_000),
    st.sampled_from([1, 20, 100]),
    st.floats(0.01, 1e4),
    st.floats(-1e6, 1e9),
    st.booleans(),
)
def test_fit_never_enlarges_turns_or_overspends(
    size: int, held: int, lot: int, value: float, room: float, may_reduce: bool
) -> None:
    fitted, why = fit(size, held, lot, value, room, may_reduce)
    closing, opening = split(fitted, held)
    assert abs(fitted) <= abs(size)
    assert fitted * size >= 0
    assert opening % lot == 0
    assert opening == 0 or opening * value <= max(room, 0.0) * (1 + 1e-12)
    assert fitted == size or why
    assert closing == split(size, held)[0]
