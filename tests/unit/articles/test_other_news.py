"""News of no known kind, and experts whose words lean neither way; sentences of our own."""

import datetime as dt

import pytest

from newsbt.articles.drafting import draft_article
from newsbt.articles.model import Article
from newsbt.articles.other_news import LEAD_SENTENCES, MOST_DRAFTS, other_drafts
from newsbt.articles.outside_names import OutsideNames
from newsbt.articles.polarity import polarity
from newsbt.articles.reading import read
from newsbt.linking.linker import Linker

# A Friday.
PUBLISHED = dt.date(2025, 2, 21)
LINKER = Linker.from_table({"issuer": {"Alibaba": {"names": ["Alibaba"]}, "Tencent": {"names": ["Tencent"]}}})
OUTSIDE = OutsideNames.of(["AAPL"])


def others(text, made=()):
    return list(other_drafts(read(Article(text, PUBLISHED), LINKER, OUTSIDE), made))


def drafts(text):
    return draft_article(Article(text, PUBLISHED), LINKER, OUTSIDE)


@pytest.mark.parametrize(
    ("text", "direction", "category"),
    [
        ("Alibaba has reorganised its warehouses in the north.", 1, "product"),
        ("Alibaba has delayed its warehouses in the north.", -1, "product"),
        ("Beijing restricted the lanterns of Alibaba on Tuesday.", -1, "regulation"),
        ("Beijing has enhanced the harbours that Alibaba uses.", 1, "policy"),
        ("Alibaba joined hands with a maker of kites on Tuesday.", 1, "partnership"),
    ],
)
def test_what_is_built_is_good_and_what_is_hindered_is_bad(text, direction, category):
    (made,) = others(text)
    assert (made.direction, made.category, made.symbols) == (direction, category, ("Alibaba",))


@pytest.mark.parametrize(
    "text",
    [
        "Shares of Alibaba have accelerated their decline in the north.",
        "Alibaba may have reorganised its warehouses in the north.",
        "Alibaba has not reorganised its warehouses in the north.",
        "Alibaba will have reorganised its warehouses next year.",
        "“Alibaba has reorganised its warehouses,” a neighbour remarked.",
        "Alibaba is well-positioned and has reorganised its warehouses.",
        "Alibaba, a large company with many warehouses in the north.",
        "The town has reorganised its warehouses in the north.",
    ],
)
def test_prices_views_states_and_strangers_are_no_acts(text):
    assert others(text) == []


def test_the_day_is_that_of_the_words():
    (made,) = others("Alibaba reorganised its warehouses on Tuesday.")
    assert (made.when.first, made.when.last) == (dt.date(2025, 2, 18),) * 2
    assert made.date_words is not None
    assert made.date_words.text == "Tuesday"


def test_what_a_price_moved_after_has_the_direction_of_the_move():
    text = "Shares of Tencent tumbled 8 percent on Thursday after the giant revised its lantern rota."
    (made,) = others(text)
    assert (made.kind, made.direction, made.symbols) == ("cause of a move", -1, ("Tencent",))


def test_a_move_that_is_explained_is_explained_once():
    text = (
        "Tencent was fined 3 million yuan on Thursday. "
        "Shares of Tencent tumbled 8 percent on Thursday after the giant revised its lantern rota."
    )
    assert [item.kind for item in drafts(text)] == ["fine"]


def test_a_sentence_that_a_draft_rests_on_gives_no_other():
    text = "Alibaba has reorganised its warehouses in the north."
    made = others(text)
    assert others(text, made) == []


def test_the_surer_kinds_come_first_and_the_confidence_is_low():
    (made,) = drafts("Alibaba has enhanced its warehouses in the north.")
    assert made.kind == "other news"
    assert made.confidence < 0.25


def test_background_without_a_date_gives_none():
    assert len(others("Alibaba is big. Alibaba reorganised its warehouses.")) == 1
    ahead = " ".join(f"The weather was mild in town number {number}." for number in range(LEAD_SENTENCES))
    assert others(f"Alibaba is big. {ahead} Alibaba reorganised its warehouses.") == []


def test_an_article_gives_a_few_at_most():
    towns = " ".join(f"Alibaba has reorganised warehouse number {number}." for number in range(40))
    assert len(others(towns)) == MOST_DRAFTS


def test_nothing_for_an_article_about_nobody():
    assert others("Beijing restricted the lanterns on Tuesday.") == []


@pytest.mark.parametrize(("move", "direction"), [("rose", 1), ("fell", -1)])
def test_an_expert_of_balanced_words_explains_the_price(move, direction):
    text = (
        f"Shares of Alibaba {move} 7 percent on Thursday.\n\n"
        "“It has strong stores and weak barns,” said Ann Lee, a strategist at Harbour."
    )
    (made,) = [item for item in drafts(text) if item.category == "analyst"]
    assert made.direction == direction


@pytest.mark.parametrize(
    ("text", "kind", "direction"),
    [
        ("The government accused Tencent of dodging duties on Tuesday.", "accused by the state", -1),
        (
            "On Tuesday the premier announced support for industries of the future in China.",
            "state support",
            1,
        ),
        ("China faces retaliatory tariffs, and Alibaba feels it.", "tariffs in the air", -1),
    ],
)
def test_acts_of_states(text, kind, direction):
    found = {item.kind: item.direction for item in drafts(f"Alibaba sells things.\n\n{text}")}
    assert found[kind] == direction


def test_a_firm_that_says_its_business_will_cool_warns_of_it():
    (made,) = drafts(
        "Shares of Tencent fell after the company said its lantern business will cool this quarter."
    )
    assert (made.category, made.direction) == ("guidance", -1)
    assert made.when.last <= PUBLISHED


def test_growth_at_the_slowest_pace_is_bad():
    assert polarity("Sales grew at the slowest pace ever") == -1
    assert polarity("Sales grew at a fast pace") == 1


def test_it_behind_an_after_is_who_moved_last():
    text = "Alibaba gained 4 percent, and Tencent rose 2 percent after it launched a lantern app on Tuesday."
    (made,) = [item for item in drafts(text) if item.category == "product"]
    assert made.symbols == ("Tencent",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rising costs", 0),
        ("rising sales", 1),
        ("growing competition", 0),
        ("potential bans", 0),
        ("it has potential for more", 1),
        ("underwhelming", -1),
    ],
)
def test_what_grows_decides_whether_that_is_good(text, expected):
    assert polarity(text) == expected


@pytest.mark.parametrize(
    ("text", "category", "direction"),
    [
        ("Alibaba sank amid concerns that the stimulus measures fall short in China.", "policy", -1),
        ("The stimulus measures in China help Alibaba.", "policy", 1),
        ("Alibaba shares fell amid reports that it has started a round of lay-offs.", "leadership", -1),
    ],
)
def test_help_that_falls_short_is_bad(text, category, direction):
    assert [(item.category, item.direction) for item in drafts(text) if item.category == category] == [
        (category, direction)
    ]


def test_the_end_of_a_month_ends_no_ban():
    text = "Alibaba must register with the authorities by the end of the month or face a ban."
    assert [item.direction for item in drafts(text)] == [-1]
    assert [item.direction for item in drafts("Alibaba welcomed the end of the ban.")] == [1]


def test_figures_that_results_tell_of_are_no_news_of_their_own():
    text = "Alibaba reported higher profit on Thursday. Alibaba has accelerated its growth to 26%."
    assert [item.kind for item in drafts(text)] == ["results"]


def test_who_lends_a_meeting_its_name_says_nothing():
    (view,) = drafts("HSBC said that Alibaba is big.")
    assert view.category == "analyst"
    text = "Speaking at the HSBC Global Summit, a mayor said that Alibaba is big."
    assert [item for item in drafts(text) if item.category == "analyst"] == []
