"""Who speaks, what set prices going, and what dates neither; sentences of our own."""

import datetime as dt

import pytest

from newsbt.articles.brokers import find_brokers
from newsbt.articles.drafting import draft_article
from newsbt.articles.model import Article
from newsbt.articles.outside_names import OutsideNames
from newsbt.articles.polarity import leaning, polarity
from newsbt.articles.speakers import person
from newsbt.linking.linker import Linker

# A Friday.
PUBLISHED = dt.date(2025, 2, 21)
LINKER = Linker.from_table(
    {
        "issuer": {
            "Alibaba": {"names": ["Alibaba"], "people": ["Jack Ma"]},
            "Tencent": {"names": ["Tencent"]},
        }
    }
)
OUTSIDE = OutsideNames.of(["AAPL", "NVDA"])


def drafts(text):
    return draft_article(Article(text, PUBLISHED), LINKER, OUTSIDE, least=0.1)


def of_category(text, category):
    return [item for item in drafts(text) if item.category == category]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“Cheap,” said Ann Lee, a strategist at Harbour.", "Lee"),
        ("As Ann Lee, chief market analyst at Harbour, shared, it is cheap.", "Lee"),
        ("“Cheap,” one fund manager told reporters.", "one fund manager"),
        ("Market analysts say it is cheap.", ""),
        ("“We expect more,” the note said.", ""),
        ("Xi said that firms should thrive.", ""),
    ],
)
def test_who_speaks(text, name):
    assert person(text, 0, ()) == name


def test_what_stands_behind_a_but_is_what_is_meant():
    text = "It is strong, but the outlook is weak."
    assert polarity(text) == 0
    assert leaning(text) == -1


def test_a_crackdown_that_is_over_is_good():
    assert polarity("the crackdown is over") == 1
    assert polarity("this is not enough to remove the overhang") == -1


@pytest.mark.parametrize("text", ["the source code", "the Golden Dragon gauge"])
def test_words_that_begin_like_bad_ones(text):
    assert polarity(text) == 0


def test_a_house_that_no_table_has():
    assert [item.key for item in find_brokers("Harbour Securities keeps its rating.")] == [
        "Harbour Securities"
    ]
    assert find_brokers("the China Securities Regulatory Commission") == []


def test_words_that_lean_neither_way_explain_the_prices():
    text = (
        "Alibaba shares fell 9% on Friday after it scrapped a listing.\n"
        "“It makes us wonder what else we have not been told,” said Ann Lee, a portfolio manager at Harbour."
    )
    (view,) = of_category(text, "analyst")
    assert view.direction == -1


def test_a_private_rival_that_set_a_rally_off_is_news_of_the_sector():
    (rival,) = of_category("Alibaba shares extended a rally sparked by DeepSeek.", "peer_news")
    assert (rival.scope, rival.direction, rival.symbols) == ("sector", 1, ("Alibaba",))
    assert rival.when.last == PUBLISHED


def test_a_rival_that_is_only_set_beside_is_no_news():
    assert of_category("Alibaba said its model scores above DeepSeek.", "peer_news") == []


def test_a_verdict_told_in_sum_is_the_one_of_the_named_house():
    text = (
        "Results prompted analysts to raise price targets on Alibaba.\n"
        "Jefferies raised its price target on Alibaba to $150."
    )
    assert [item.kind for item in of_category(text, "analyst")] == ["analyst Jefferies"]


def test_the_year_before_is_no_period_of_the_figures():
    (results,) = of_category("Alibaba's net income rose 20% from a year ago.", "earnings")
    assert results.when.last == PUBLISHED
    assert results.when.days <= 15


def test_a_date_behind_what_hit_the_shares_is_that_of_the_session():
    (halt,) = of_category(
        "The halt of Ant Group's IPO hammered shares of Alibaba on Wednesday.", "regulation"
    )
    assert (halt.when.first, halt.when.last) == (dt.date(2025, 2, 18), dt.date(2025, 2, 19))


def test_we_in_the_words_of_a_chief_is_the_firm():
    text = "“We launched a new AI model on Monday,” Alibaba chief executive Eddie Wu said."
    (launch,) = of_category(text, "product")
    assert (launch.symbols, launch.when.last) == (("Alibaba",), dt.date(2025, 2, 17))


def test_who_was_fined_stands_before_the_passive():
    text = "Regulators said that, like Alibaba before it, Tencent was fined on Monday."
    (fine,) = of_category(text, "regulation")
    assert fine.symbols == ("Tencent",)


def test_standing_curbs_are_no_event():
    lead = "Alibaba opened a shop.\n" * 5
    (new,) = of_category(f"{lead}The US announced export controls on chips to China on Monday.", "regulation")
    assert (new.direction, new.when.last) == (-1, dt.date(2025, 2, 17))
    assert of_category(lead + "It works amid US export controls on chips to China.", "regulation") == []
