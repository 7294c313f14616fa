"""The moment of publication is found where an article states it, and nowhere else."""

import datetime as dt

import pytest

from newsbt.articles.published import find_published, parse_moment

DAY = dt.date(2025, 2, 13)
STORY = (
    "Alibaba rose on Wednesday.\nIt was fined on April 10, 2021, as everybody remembers, and paid at once.\n"
)


@pytest.mark.parametrize(
    "line",
    [
        "Published: February 13, 2025",
        "Posted on 13 February 2025",
        "2025-02-13",
        "Feb 13, 2025 | By A. Writer",
        "By Our Staff | February 13, 2025",
        "HANGZHOU, China, Feb. 13, 2025 /Newsline/ -- Alibaba today announced",
        "Thursday, February 13, 2025",
        "发布时间：2025年2月13日",
        "2025年02月13日 来源：示例",
    ],
)
def test_lines_that_state_it(line):
    assert find_published(f"A title\n{line}\n{STORY}") == DAY


def test_a_clock_with_its_zone_makes_a_moment():
    found = find_published("Published Feb 13, 2025 18:05 HKT\n" + STORY)
    assert found == dt.datetime(2025, 2, 13, 18, 5, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    assert find_published("Published Feb 13, 2025 18:05\n" + STORY) == DAY


def test_a_date_inside_the_story_is_not_taken_for_it():
    assert find_published(STORY) is None
    assert find_published("HONG KONG, Feb 13 (Wire) - Alibaba rose.\n") is None


def test_the_pages_own_fields_go_first():
    stamps = ["nonsense", "2025-02-13T10:00:00+08:00"]
    found = find_published("Published: March 1, 2024\n", stamps)
    assert found == dt.datetime.fromisoformat("2025-02-13T10:00:00+08:00")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2025-02-13", DAY),
        ("2025-02-13T10:00:00", DAY),
        ("13.2.2025", None),
        ("2025-02-30", None),
        ("", None),
    ],
)
def test_moments_as_people_type_them(text, value):
    assert parse_moment(text) == value
