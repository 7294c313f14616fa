"""How market reports are worded: houses, comparisons, lists, sessions; sentences of our own."""

import datetime as dt

import pytest

from newsbt.articles.brokers import find_brokers
from newsbt.articles.date_words import find_date_words
from newsbt.articles.drafting import draft_article
from newsbt.articles.model import Article
from newsbt.articles.outside_names import OutsideNames
from newsbt.articles.polarity import against_estimates
from newsbt.articles.price_moves import move_in
from newsbt.articles.rating_words import rating
from newsbt.articles.tense import begins_past
from newsbt.linking.linker import Linker

# A Friday.
PUBLISHED = dt.date(2025, 2, 21)
LINKER = Linker.from_table(
    {
        "issuer": {
            "Alibaba": {"names": ["Alibaba", "阿里巴巴"], "people": ["Jack Ma"]},
            "Baidu": {"names": ["Baidu"]},
            "Lenovo": {"names": ["Lenovo"]},
            "Tencent": {"names": ["Tencent"]},
        }
    }
)
OUTSIDE = OutsideNames.of(["AAPL", "NVDA"])


def drafts(text):
    return draft_article(Article(text, PUBLISHED), LINKER, OUTSIDE, least=0.1)


def facts(text):
    return sorted(
        (d.when.first.isoformat(), d.when.last.isoformat(), d.symbols[0], d.direction, d.category)
        for d in drafts(text)
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Goldman Sachs raised its price target on Baidu", 1),
        ("UBS cut its target price for the stock to HK$90", -1),
        ("the broker upgraded Lenovo", 1),
        ("Citi downgraded it to Neutral", -1),
        ("Nomura kept its Buy rating", 1),
        ("the firm raised its sales target", 0),
        ("estimates for cutting exports", 0),
        ("大摩上调目标价至150元", 1),
        ("野村下調評級", -1),
    ],
)
def test_a_rating_moves_up_or_down(text, expected):
    assert rating(text) == expected


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Citigroup and UBS lifted it", ["Citi+UBS"]),
        ("Goldman Sachs Group Inc., Nobody & Co. and Nomura cut it", ["Goldman Sachs+Nomura"]),
        ("Jefferies raised it to $90 and HSBC to $95", ["Jefferies", "HSBC"]),
        ("the Nomura Index fell", []),
        ("高盛与瑞银", ["Goldman Sachs", "UBS"]),
    ],
)
def test_houses_are_found_and_lists_kept_together(text, keys):
    assert [broker.key for broker in find_brokers(text)] == keys


def test_each_house_is_a_draft_of_its_own():
    text = (
        "Jefferies raised its price target on Baidu on Thursday. HSBC cut its price target on Baidu, too.\n"
        "The report by Jefferies praised the company."
    )
    assert facts(text) == [
        ("2025-02-14", "2025-02-21", "Baidu", -1, "analyst"),
        ("2025-02-20", "2025-02-20", "Baidu", 1, "analyst"),
    ]


def test_an_officer_who_speaks_to_analysts_is_none():
    (said,) = facts("Growth at Baidu is strong, Martin Someone, an analyst at Harbour, said.")
    assert said[2:] == ("Baidu", 1, "analyst")
    assert facts("Growth at Baidu is strong, Martin Someone told analysts.") == []


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("its highest close since October 2021", "level"),
        ("below a peak of about $90 in October 2020", "level"),
        ("gained 40% in the last month", "level"),
        ("faster than the 18% of last quarter", "fiscal"),
        ("effective from April 10", "fiscal"),
        ("since late 2020", "since"),
        ("on Thursday", "on"),
    ],
)
def test_what_a_date_is_for(text, role):
    (word,) = find_date_words(text)
    assert word.role == role


def test_a_record_since_dates_no_news():
    text = "Baidu shares rose to their highest since March 2022 after it launched a new chatbot."
    assert facts(text) == [("2025-02-18", "2025-02-21", "Baidu", 1, "product")]


def test_what_a_price_moved_after_is_news_of_the_session():
    text = "Stocks were mixed.\n" * 6 + "Lenovo rose 3% after winning a patent case. Tencent was flat."
    assert facts(text) == [("2025-02-18", "2025-02-21", "Lenovo", 1, "legal")]


def test_present_perfect_is_news_whatever_stood_before():
    text = (
        "Filler one.\nFiller two.\nFiller three.\nFiller four.\n"
        "In November 2020 regulators suspended the listing of Alibaba. This time they have fined Alibaba."
    )
    first, second = facts(text)
    assert first == ("2020-11-01", "2020-11-30", "Alibaba", -1, "regulation")
    assert second == ("2025-02-14", "2025-02-21", "Alibaba", -1, "regulation")


def test_items_of_a_list_are_events_each():
    found = facts(
        "Baidu jumped last week on news of a spending hike for AI, a new chip launch, and a buyback."
    )
    assert {row[4] for row in found} == {"guidance", "product", "capital"}


def test_it_goes_back_to_a_state_too():
    text = "Tencent fell.\n{} has hit back. Last month it launched a chatbot."
    assert facts(text.format("The company")) == [("2025-01-01", "2025-01-31", "Tencent", 1, "product")]
    assert facts(text.format("Beijing")) == []
    assert drafts("Tencent fell.\nBeijing has hit back. Last month it banned exports of metals.") == []


def test_a_month_of_a_plan_is_when_it_was_told():
    assert facts("Alibaba announced plans to spin off its cloud arm in January.") == [
        ("2025-01-01", "2025-01-31", "Alibaba", 1, "capital")
    ]


def test_a_flop_is_bad_news():
    assert facts("Baidu launched a chatbot on Monday that disappointed investors.")[0][3] == -1


def test_what_would_have_been_is_no_news():
    (plan,) = drafts("Monday's spin-off of Baidu will be the largest.")
    assert plan.category == "capital"
    assert drafts("Monday's spin-off of Baidu would have been the largest.") == []
    assert drafts("Monday's planned listing of Baidu would have been the largest.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("revenue rose 24%, missing estimates of $15bn", -1),
        ("profit beat the average forecast", 1),
        ("better-than-expected earnings", 1),
        ("sales fell short of expectations, profit topped estimates", 0),
        ("revenue rose 24%", 0),
    ],
)
def test_figures_against_estimates(text, expected):
    assert against_estimates(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Its shares jumped 4%", 1),
        ("the stock was down 3% in Hong Kong", -1),
        ("it slid 2 per cent", -1),
        ("the plan was announced", 0),
        ("股价大涨", 1),
        ("股价下跌", -1),
    ],
)
def test_which_way_a_price_moved(text, expected):
    assert move_in(text) == expected


def test_the_first_verb_tells_the_time():
    assert begins_past("the firm launched a plan that will help", 0, 40)
    assert not begins_past("the firm will report what it earned", 0, 35)
