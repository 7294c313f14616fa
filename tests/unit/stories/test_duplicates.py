"""Repetitions of a story: who counts as one, and who as the first."""

import numpy as np
import pytest

from newsbt.stories.duplicates import find_duplicates

HOUR = 3600
FIRST = "Acme opens a plant for electric cars in the north"


def leads(*titles, hours=None, issuers=None):
    times = np.array(hours if hours is not None else range(len(titles)), np.int64) * HOUR
    return find_duplicates(list(titles), times, issuers).tolist()


@pytest.mark.parametrize(
    "again",
    [
        FIRST,
        FIRST.upper(),
        f"{FIRST} - report",
        f"Market Chatter: {FIRST}",
        "Acme (ACM) opens a plant for electric cars in the North!",
        "Acme opens its plant for electric cars in the north",
    ],
)
def test_the_same_words_are_the_same_story(again):
    assert leads(FIRST, again) == [0, 0]


def test_scripts_do_not_matter():
    assert leads("艾克美宣布四月一日起全面免費開放", "艾克美宣布四月一日起全面免费开放") == [0, 0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme lifts profit by 5% in the spring quarter", "Acme lifts profit by 9% in the spring quarter"),
        ("Acme shares rise after the meeting of owners", "Acme shares fall after the meeting of owners"),
        ("Acme confirms talks about a sale of its unit", "Acme denies talks about a sale of its unit"),
        ("艾克美确认将出售其汽车业务", "艾克美否认将出售其汽车业务"),
        (FIRST, "Bolt closes a bank in the south after a fire"),
    ],
)
def test_other_figures_or_a_turned_meaning_are_another_story(one, other):
    assert leads(one, other) == [0, 1]


def test_a_figure_more_is_no_contradiction():
    assert leads(FIRST, f"{FIRST} 2025") == [0, 0]


def test_beyond_the_window_it_is_news_again():
    assert leads(FIRST, FIRST, FIRST, hours=[0, 71, 80]) == [0, 0, 2]


def test_the_first_telling_wins_and_stories_do_not_drift():
    # Each is like the one before, the last no longer like the first.
    words = FIRST.split()
    chain = [" ".join([*words[at:], *(f"word{n}" for n in range(at))]) for at in range(6)]
    found = leads(*chain)
    assert found[0] == 0
    assert found[-1] != 0
    for lead in found:
        assert found[lead] == lead


def test_the_same_issuers_need_fewer_words_in_common():
    one = "Acme said to plan the opening of a plant for cars"
    other = "Acme said to plan to open a big car plant in May"
    assert leads(one, other) == [0, 1]
    assert leads(one, other, issuers=[("Acme",), ("Acme",)]) == [0, 0]
    assert leads(one, other, issuers=[("Acme",), ("Acme", "Bolt")]) == [0, 1]
    assert leads(one, f"{other} 2025", issuers=[("Acme",), ("Acme",)]) == [0, 1]  # it tells something more


def test_nothing_and_empty_titles():
    assert leads() == []
    assert leads("", "") == [0, 0]


def test_progress_is_told():
    told = []
    find_duplicates(
        [FIRST, f"{FIRST}s"], np.array([0, 1]), report=lambda label, share: told.append((label, share))
    )
    assert {label for label, _ in told} == {"Reading headlines", "Hashing headlines", "Comparing headlines"}
    assert all(0 <= share <= 1 for _, share in told)
