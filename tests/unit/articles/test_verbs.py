"""Verbs in all their forms, and what is given up."""

import datetime as dt
import re

import pytest

from newsbt.articles.drafting import draft_article
from newsbt.articles.model import Article
from newsbt.articles.outside_names import OutsideNames
from newsbt.articles.rating_words import rating
from newsbt.articles.verbs import BUY, CUT, DROP, LAUNCH, RAISE, SELL, forms
from newsbt.linking.linker import Linker

# A Friday.
PUBLISHED = dt.date(2025, 2, 21)
LINKER = Linker.from_table(
    {"issuer": {"Baidu": {"names": ["Baidu"]}, "Lenovo": {"names": ["Lenovo"], "people": ["Jane Zhou"]}}}
)


def facts(text):
    found = draft_article(Article(text, PUBLISHED), LINKER, OutsideNames.of(["AAPL"]), least=0.1)
    return [(d.when.first.isoformat(), d.symbols, d.direction, d.category) for d in found]


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("halt", ["halt", "halts", "halted", "halting"]),
        ("raise", ["raise", "raises", "raised", "raising"]),
        ("scrap", ["scrap", "scraps", "scrapped", "scrapping"]),
        ("buy", ["buy", "buys", "bought", "buying"]),
        ("axe", ["axe", "axes", "axed", "axing"]),
        ("ditch", ["ditch", "ditches", "ditched", "ditching"]),
        ("call off", ["call off", "calls off", "called off", "calling off"]),
        ("carry", ["carry", "carries", "carried", "carrying"]),
    ],
)
def test_forms_of_a_verb(verb, expected):
    pattern = re.compile(forms(verb))
    assert all(pattern.fullmatch(word) for word in expected)
    assert pattern.fullmatch(f"un{verb}") is None


@pytest.mark.parametrize(
    ("group", "word"),
    [
        (BUY, "bought"),
        (CUT, "slashed"),
        (DROP, "scrapping"),
        (LAUNCH, "unveils"),
        (RAISE, "lifting"),
        (SELL, "sold"),
    ],
)
def test_groups_match_whole_forms_and_need_a_word(group, word):
    pattern = re.compile(group)
    assert pattern.fullmatch(word)
    assert pattern.fullmatch("") is None
    assert pattern.fullmatch("warehouse") is None


@pytest.mark.parametrize(
    "text",
    [
        "On Tuesday Baidu scrapped plans to spin off its maps unit.",
        "On Tuesday Baidu said it would no longer proceed with the spin-off of its maps unit.",
        "Baidu on Tuesday called off the spinoff of its maps unit.",
    ],
)
def test_a_plan_given_up_is_bad_news(text):
    assert facts(text) == [("2025-02-18", ("Baidu",), -1, "capital")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The fund doubled its stake in Lenovo on Monday.", 1),
        ("The fund bolstered its Lenovo position on Monday.", 1),
        ("The fund pared its holding in Lenovo on Monday.", -1),
        ("The fund closed out its position in Lenovo on Monday.", -1),
    ],
)
def test_stakes(text, expected):
    assert facts(text) == [("2025-02-17", ("Lenovo",), expected, "ownership")]


def test_a_caption_dates_the_picture_alone():
    text = "A shop of Lenovo, which launched a phone on July 10, 2022.\nJohn Doe | Reuters\n"
    text += "Lenovo won a patent case."
    assert facts(text) == [("2025-02-14", ("Lenovo",), 1, "legal")]


def test_a_warning_of_the_chair():
    assert facts("Lenovo chair Jane Zhou warned on Monday of slowing demand.") == [
        ("2025-02-17", ("Lenovo",), -1, "guidance")
    ]


def test_of_two_ratings_that_of_china_counts():
    assert rating("the bank downgraded US equities and upgraded China to overweight") == 1
    assert rating("the bank upgraded US equities and downgraded Chinese stocks") == -1


def test_a_high_that_was_reached_is_a_day_and_one_that_is_compared_with_none():
    reached = "Lenovo rose to a high in January after it launched a phone."
    ((first, *rest),) = facts(reached)
    assert "2024-12-01" < first < "2025-01-31", "January, or the weeks before it"
    assert rest == [("Lenovo",), 1, "product"]
    assert facts("Lenovo launched a phone, and rose to its highest since January 2023.")[0][0] == "2025-02-14"


def test_a_low_dates_nothing_where_results_move_the_price():
    text = (
        "Baidu shares fell to their lowest since March 2024 on Thursday after its results missed estimates."
    )
    assert facts(text) == [("2025-02-18", ("Baidu",), -1, "earnings")]
