"""Walk-forward windows counted on a calendar by hand, and what a user may get wrong."""

import datetime as dt

import pytest

from newsbt.errors import InputError
from newsbt.tuning.folds import Fold, Plan, Span, folds, leftover, parse_plan

D = dt.date.fromisoformat


def windows(found):
    return [tuple(map(str, (f.train_start, f.train_end, f.test_start, f.test_end))) for f in found]


def test_two_years_then_half_years_roll():
    found = folds(D("2019-01-01"), D("2022-06-30"), parse_plan("train=24m,test=6m"))
    assert windows(found) == [
        ("2019-01-01", "2020-12-31", "2021-01-01", "2021-06-30"),
        ("2019-07-01", "2021-06-30", "2021-07-01", "2021-12-31"),
        ("2020-01-01", "2021-12-31", "2022-01-01", "2022-06-30"),
    ]
    assert [fold.number for fold in found] == [1, 2, 3]
    assert leftover(found, D("2022-06-30")) is None


def test_anchored_training_grows():
    found = folds(D("2019-01-01"), D("2022-06-30"), parse_plan("train=2y,test=6m,anchored"))
    assert [(str(f.train_start), str(f.train_end)) for f in found] == [
        ("2019-01-01", "2020-12-31"),
        ("2019-01-01", "2021-06-30"),
        ("2019-01-01", "2021-12-31"),
    ]


def test_months_are_counted_from_the_first_day_at_month_ends():
    # One month after 31 January is the last of February, two months after it is 31 March.
    found = folds(D("2024-01-31"), D("2024-05-30"), parse_plan("train=1m,test=1m"))
    assert windows(found) == [
        ("2024-01-31", "2024-02-28", "2024-02-29", "2024-03-30"),
        ("2024-02-29", "2024-03-30", "2024-03-31", "2024-04-29"),
        ("2024-03-31", "2024-04-29", "2024-04-30", "2024-05-30"),
    ]


def test_leap_day_and_years():
    assert Span(12).after(D("2024-02-29")) == D("2025-02-28")
    assert Span(12).after(D("2024-02-29"), 4) == D("2028-02-29")
    assert Span(1, 3).after(D("2023-01-31")) == D("2023-03-03")


def test_weeks_and_days():
    found = folds(D("2024-01-01"), D("2024-02-04"), parse_plan("train=2w,test=10d"))
    assert windows(found) == [
        ("2024-01-01", "2024-01-14", "2024-01-15", "2024-01-24"),
        ("2024-01-11", "2024-01-24", "2024-01-25", "2024-02-03"),
    ]
    assert leftover(found, D("2024-02-04")) == (D("2024-02-04"), D("2024-02-04"))


@pytest.mark.parametrize(("last", "tests"), [("2024-01-29", 2), ("2024-01-28", 1), ("2024-02-03", 2)])
def test_a_last_window_of_half_its_length_is_kept_and_a_shorter_one_left_out(last, tests):
    # Second test window: 25 January to 3 February, ten days; its fifth day is the 29th.
    found = folds(D("2024-01-01"), D(last), parse_plan("train=14d,test=10d"))
    assert len(found) == tests
    assert (leftover(found, D(last)) is None) == (tests == 2)


def test_no_fold_fits():
    with pytest.raises(InputError, match=r"train=24m,test=6m needs more than the 366 days from 2020-01-01"):
        folds(D("2020-01-01"), D("2020-12-31"), parse_plan("train=24m,test=6m"))


def test_windows_beyond_the_calendar_fit_nowhere():
    with pytest.raises(InputError, match="needs more than"):
        folds(D("9990-01-01"), D("9999-12-31"), parse_plan("train=20y,test=1y"))


def test_every_part_is_read_and_written():
    plan = parse_plan(" train = 24m , test=6m, anchored, embargo=5d, purge=10 ")
    assert plan == Plan(Span(24), Span(6), anchored=True, embargo=Span(0, 5), purge=10)
    assert str(plan) == "train=24m,test=6m,anchored,embargo=5d,purge=10"
    assert parse_plan(str(plan)) == plan
    assert parse_plan("train=2Y,test=8w") == Plan(Span(24), Span(0, 56))
    assert parse_plan("train=1m,test=1m,embargo=0d").embargo == Span()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "cannot take ''"),
        ("24m,6m", "cannot take '24m'"),
        ("train=24m", "has no test"),
        ("anchored", "has no train and no test"),
        ("train=24m,test=6m,test=3m", "has test twice"),
        ("train=24,test=6m", "train is '24'; write a number and d, w, m or y"),
        ("train=-1m,test=6m", "train is '-1m'"),
        ("train=0m,test=6m", "train is 0m; write a length above 0"),
        ("train=1.5y,test=6m", "train is '1.5y'"),
        ("train=101y,test=6m", "write at most 100y"),
        ("train=24m,test=6m,anchored=yes", "anchored takes no value"),
        ("train=24m,test=6m,purge=5d", "purge is '5d'; write a number of sessions"),
        ("train=24m,test=6m,purge=99999", "purge is '99999'"),
        ("train=24m,test=6m,embargo", "embargo is ''"),
        ("train=24m,test=6m,gap=3d", "cannot take 'gap=3d'"),
    ],
)
def test_what_cannot_be_read_is_named(text, message):
    with pytest.raises(InputError) as caught:
        parse_plan(text)
    assert message in str(caught.value)
    assert str(caught.value).startswith("--walk-forward")


def test_a_fold_names_itself():
    fold = Fold(2, D("2020-01-01"), D("2020-12-31"), D("2021-01-01"), D("2021-03-31"))
    assert str(fold) == "fold 2 (training 2020-01-01 to 2020-12-31)"
