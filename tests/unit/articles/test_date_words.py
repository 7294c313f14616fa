"""Date words stand for the days that a calendar gives: Thursday 13 February 2025 unless said otherwise."""

import datetime as dt

import pytest

from newsbt.articles.date_rules import Context
from newsbt.articles.date_words import find_date_words, resolve
from newsbt.articles.spans import When

PUBLISHED = dt.date(2025, 2, 13)
HALT = When(dt.date(2020, 11, 3), dt.date(2020, 11, 3))


def read(text, tense="past", anchor=None, published=PUBLISHED):
    """First and last day of the one date word in `text`, as ISO texts."""
    (word,) = find_date_words(text)
    when = resolve(word, Context(published, anchor, tense))
    return when and (when.first.isoformat(), when.last.isoformat())


DAYS = [
    ("on Wednesday shares rose", "2025-02-12"),
    ("on Thursday", "2025-02-13"),
    ("last Thursday", "2025-02-06"),
    ("on Friday", "2025-02-07"),
    ("Monday’s rally", "2025-02-10"),
    ("yesterday", "2025-02-12"),
    ("the day before yesterday", "2025-02-11"),
    ("last night", "2025-02-12"),
    ("earlier today", "2025-02-13"),
    ("Feb. 13", "2025-02-13"),
    ("on January 29, it", "2025-01-29"),
    ("29 January", "2025-01-29"),
    ("the 29th of January", "2025-01-29"),
    ("December 30", "2024-12-30"),
    ("Oct. 24, 2020", "2020-10-24"),
    ("24 October 2020", "2020-10-24"),
    ("2020-11-03", "2020-11-03"),
    ("Tuesday, Nov. 3, 2020", "2020-11-03"),
    ("Monday, Jan. 27", "2025-01-27"),
    ("two days ago", "2025-02-11"),
    ("Friday last week", "2025-02-07"),
    ("Christmas Eve", "2024-12-24"),
    ("New Year's Day this year", "2025-01-01"),
    ("2月13日", "2025-02-13"),
    ("2024年9月24日", "2024-09-24"),
    ("二〇二四年九月二十四日", "2024-09-24"),
    ("去年12月26日", "2024-12-26"),
    ("12月26日", "2024-12-26"),
    ("10日宣布", "2025-02-10"),
    ("20日宣布", "2025-01-20"),
    ("上月20日", "2025-01-20"),
    ("周三公布", "2025-02-12"),
    ("週三公佈", "2025-02-12"),
    ("上周三", "2025-02-05"),
    ("星期日", "2025-02-09"),
    ("昨日", "2025-02-12"),
    ("昨晚", "2025-02-12"),
    ("前天", "2025-02-11"),
    ("今日", "2025-02-13"),
    ("两天前", "2025-02-11"),
]


@pytest.mark.parametrize(("text", "day"), DAYS, ids=[text for text, _ in DAYS])
def test_days(text, day):
    assert read(text) == (day, day)


RANGES = [
    ("last week", "2025-02-03", "2025-02-09"),
    ("this week", "2025-02-10", "2025-02-13"),
    ("earlier this week", "2025-02-10", "2025-02-13"),
    ("earlier this month", "2025-02-01", "2025-02-13"),
    ("last month", "2025-01-01", "2025-01-31"),
    ("late last month", "2025-01-21", "2025-01-31"),
    ("in late January", "2025-01-21", "2025-01-31"),
    ("mid-January", "2025-01-11", "2025-01-20"),
    ("early in 2021", "2021-01-01", "2021-12-31"),
    ("in September", "2024-09-01", "2024-09-30"),
    ("last February", "2024-02-01", "2024-02-29"),
    ("October 2020", "2020-10-01", "2020-10-31"),
    ("in November last year", "2024-11-01", "2024-11-30"),
    ("late 2022", "2022-10-01", "2022-12-31"),
    ("in 2020 it", "2020-01-01", "2020-12-31"),
    ("last year", "2024-01-01", "2024-12-31"),
    ("overnight", "2025-02-12", "2025-02-13"),
    ("over the weekend", "2025-02-08", "2025-02-09"),
    ("three weeks ago", "2025-01-20", "2025-01-26"),
    ("two months ago", "2024-12-01", "2024-12-31"),
    ("Q4 2024", "2024-10-01", "2024-12-31"),
    ("上周", "2025-02-03", "2025-02-09"),
    ("上月", "2025-01-01", "2025-01-31"),
    ("本月初", "2025-02-01", "2025-02-10"),
    ("今年1月底", "2025-01-21", "2025-01-31"),
    ("去年11月", "2024-11-01", "2024-11-30"),
    ("三周前", "2025-01-20", "2025-01-26"),
    ("隔夜", "2025-02-12", "2025-02-13"),
    ("上周末", "2025-02-08", "2025-02-09"),
]


@pytest.mark.parametrize(("text", "first", "last"), RANGES, ids=[row[0] for row in RANGES])
def test_ranges(text, first, last):
    assert read(text) == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("the same day", "2020-11-03", "2020-11-03"),
        ("the next day", "2020-11-04", "2020-11-04"),
        ("a day later", "2020-11-04", "2020-11-04"),
        ("two days earlier", "2020-11-01", "2020-11-01"),
        ("days later", "2020-11-04", "2020-11-09"),
        ("in December that year", "2020-12-01", "2020-12-31"),
        ("in April the next year", "2021-04-01", "2021-04-30"),
        ("that month", "2020-11-01", "2020-11-30"),
        ("the following week", "2020-11-09", "2020-11-15"),
        ("次日", "2020-11-04", "2020-11-04"),
        ("同年12月", "2020-12-01", "2020-12-31"),
    ],
)
def test_words_that_go_back_to_a_date_read_before(text, first, last):
    assert read(text, anchor=HALT) == (first, last)
    assert read(text) is None or "年" in text


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("will report on Thursday next week", "2025-02-20", "2025-02-20"),
        ("next Tuesday", "2025-02-18", "2025-02-18"),
        ("on March 5", "2025-03-05", "2025-03-05"),
        ("this October", "2025-10-01", "2025-10-31"),
        ("in May", "2025-05-01", "2025-05-31"),
        ("tomorrow", "2025-02-14", "2025-02-14"),
        ("next month", "2025-03-01", "2025-03-31"),
        ("下周三", "2025-02-19", "2025-02-19"),
        ("明日", "2025-02-14", "2025-02-14"),
        ("5月公布", "2025-05-01", "2025-05-31"),
    ],
)
def test_what_is_to_come(text, first, last):
    assert read(text, tense="future") == (first, last)


def test_since_reaches_to_publication_and_until_from_it():
    assert read("since late 2020") == ("2020-10-01", "2025-02-13")
    assert read("until March 5", tense="future") == ("2025-02-13", "2025-03-05")


def test_a_period_that_figures_are_about_is_marked():
    roles = {
        find_date_words(text)[0].role
        for text in ("the December quarter", "three months to March", "去年第四季度")
    }
    assert roles == {"fiscal"}


@pytest.mark.parametrize("text", ["2月30日", "February 30, 2025", "2025-13-01"])
def test_days_that_do_not_exist_stand_for_nothing(text):
    assert all(
        resolve(word, Context(PUBLISHED)) is None or len(word.text) < 8 for word in find_date_words(text)
    )


@pytest.mark.parametrize(
    "text", ["Mar-a-Lago", "may rise", "US$56.3 billion", "Black Friday", "a march on", "2,025"]
)
def test_what_only_looks_like_a_date(text):
    assert find_date_words(text) == []


def test_a_weekday_that_disagrees_with_its_date_gives_both():
    # 25 February 2025 was a Tuesday.
    when = read("Monday, February 25, 2025", published=dt.date(2025, 3, 1))
    assert when == ("2025-02-24", "2025-02-25")
