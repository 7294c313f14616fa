"""What sentences of our own are drafted as: who, when, which way."""

import datetime as dt

import pytest

from newsbt.articles.drafting import draft_article, headline_of, role_of
from newsbt.articles.model import Article
from newsbt.articles.outside_names import OutsideNames
from newsbt.articles.spans import When
from newsbt.linking.linker import Linker

# A Friday.
PUBLISHED = dt.date(2025, 2, 21)
TABLE = {
    "issuer": {
        "Alibaba": {"names": ["Alibaba", "阿里巴巴"], "units": ["Taobao"], "people": ["Jack Ma", "Eddie Wu"]},
        "Baidu": {"names": ["Baidu", "百度"]},
        "Lenovo": {"names": ["Lenovo"]},
        "Tencent": {"names": ["Tencent"], "people": ["Pony Ma"]},
    }
}
linker = Linker.from_table(TABLE)
outside = OutsideNames.of(["AAPL", "NVDA", "1211.HK"])


def drafts(text, published=PUBLISHED, least=0.1):
    return draft_article(Article(text, published), linker, outside, least=least)


def only(text, **how):
    (draft,) = drafts(text, **how)
    return draft


CASES = [
    # text, first, last, symbols, category, direction
    ("Baidu was fined 1.2 million yuan on Monday.", "2025-02-17", "2025-02-17", ("Baidu",), "regulation", -1),
    (
        "Regulators opened an investigation into Tencent last week.",
        "2025-02-10",
        "2025-02-16",
        ("Tencent",),
        "regulation",
        -1,
    ),
    (
        "On January 29, Alibaba released a new version of its model.",
        "2025-01-29",
        "2025-01-29",
        ("Alibaba",),
        "product",
        1,
    ),
    (
        "Lenovo jumped on Friday after it reported a 20% rise in quarterly revenue.",
        "2025-02-19",
        "2025-02-21",
        ("Lenovo",),
        "earnings",
        1,
    ),
    (
        "Baidu shares fell on Thursday, a day after it reported a loss.",
        "2025-02-19",
        "2025-02-19",
        ("Baidu",),
        "earnings",
        -1,
    ),
    (
        "Alibaba said yesterday it would invest $50 billion in AI over three years.",
        "2025-02-20",
        "2025-02-20",
        ("Alibaba",),
        "guidance",
        1,
    ),
    (
        "Tencent bought back shares worth HK$1 billion on Feb. 13.",
        "2025-02-13",
        "2025-02-13",
        ("Tencent",),
        "capital",
        1,
    ),
    (
        "Jefferies raised its price target on Alibaba on Wednesday.",
        "2025-02-19",
        "2025-02-19",
        ("Alibaba",),
        "analyst",
        1,
    ),
    (
        "Morgan Stanley downgraded Baidu to underweight on Tuesday.",
        "2025-02-18",
        "2025-02-18",
        ("Baidu",),
        "analyst",
        -1,
    ),
    (
        "In March 2023, Alibaba unveiled a plan to split itself into six units.",
        "2023-03-01",
        "2023-03-31",
        ("Alibaba",),
        "capital",
        1,
    ),
    (
        "Alibaba named a new chief financial officer on Monday.",
        "2025-02-17",
        "2025-02-17",
        ("Alibaba",),
        "leadership",
        0,
    ),
    ("Tencent will report its results on March 19.", "2025-03-19", "2025-03-19", ("Tencent",), "earnings", 0),
    ("阿里巴巴昨日宣布回购股份。", "2025-02-20", "2025-02-20", ("Alibaba",), "capital", 1),
    ("百度周三发布新模型。", "2025-02-19", "2025-02-19", ("Baidu",), "product", 1),
    ("2月13日，阿里巴巴公布业绩，营收同比增长8%。", "2025-02-13", "2025-02-13", ("Alibaba",), "earnings", 1),
]


@pytest.mark.parametrize(
    ("text", "first", "last", "symbols", "category", "direction"), CASES, ids=[case[0][:40] for case in CASES]
)
def test_one_event(text, first, last, symbols, category, direction):
    draft = only(text)
    assert (draft.when.first.isoformat(), draft.when.last.isoformat()) == (first, last)
    assert (draft.symbols, draft.category, draft.direction) == (symbols, category, direction)


@pytest.mark.parametrize(
    "text",
    [
        "Alibaba shares rose 8% on Wednesday.",
        "Baidu denied on Friday that it was under investigation.",
        "Tencent has no plans to spin off its cloud unit.",
        "The weather in Hangzhou was fine on Monday.",
    ],
)
def test_what_is_no_catalyst(text):
    assert drafts(text) == []


def test_a_pronoun_goes_back_to_the_company_and_the_same_day_to_the_date():
    text = "Lenovo opened a plant in Hungary on June 3, 2024. The next day, the company launched two laptops."
    launch = next(draft for draft in drafts(text) if "laptops" in draft.headline)
    assert launch.symbols == ("Lenovo",)
    assert launch.when == When(dt.date(2024, 6, 4), dt.date(2024, 6, 4))


def test_a_surname_stands_for_whom_the_article_has_named_in_full():
    text = "Jack Ma founded Alibaba. In October 2020, Ma criticised regulators in a speech."
    assert only(text).symbols == ("Alibaba",)


def test_one_event_told_twice_is_one_draft_with_both_sentences():
    text = (
        "Alibaba launched a chatbot on Monday.\n\nIt came early. On Monday, Alibaba released the chatbot app."
    )
    draft = only(text)
    assert len(draft.evidence) == 2
    assert draft.confidence > only("Alibaba launched a chatbot on Monday.").confidence


def test_a_month_is_no_day_and_does_not_trade():
    draft = only("Alibaba was fined in April 2021.")
    assert (draft.when.unit, draft.role) == ("month", "umbrella")
    assert draft.confidence < only("Alibaba was fined on Monday.").confidence


def test_what_is_ahead_is_a_calendar_row():
    assert only("Tencent will report its results on March 19.").role == "calendar"


def test_a_firm_that_nothing_trades_gives_peer_news_without_a_direction():
    draft = only("BYD unveiled a new electric car on Monday.")
    assert (draft.symbols, draft.category, draft.direction) == (("1211.HK",), "peer_news", 0)


def test_a_headline_is_one_line_and_no_longer_than_a_headline():
    assert headline_of("  after\n Alibaba   rose, ") == "After Alibaba rose"
    assert len(headline_of("word " * 100)) <= 200


def test_roles_by_width():
    day = dt.date(2025, 2, 3)
    assert role_of(When(day, day)) == role_of(When(day, day + dt.timedelta(6), "week")) == "event"
    assert role_of(When(day, day + dt.timedelta(27), "month")) == "umbrella"


def test_a_heading_of_a_timeline_dates_the_lines_below_it():
    text = "March 31, 2024\nAlibaba launched an app.\nApril 3\nBaidu was fined.\n"
    found = {draft.symbols[0]: draft.when for draft in drafts(text)}
    assert found == {
        "Alibaba": When(dt.date(2024, 3, 31), dt.date(2024, 3, 31)),
        "Baidu": When(dt.date(2024, 4, 3), dt.date(2024, 4, 3)),
    }


def test_an_entry_without_a_year_follows_the_entry_before():
    text = "October 21, 2022: Baidu was fined.\nNov. 2: Tencent was fined.\nJan. 9: Alibaba was fined.\n"
    assert [draft.when.first.isoformat() for draft in drafts(text)] == [
        "2022-10-21",
        "2022-11-02",
        "2023-01-09",
    ]


def test_lines_of_a_fixed_width_are_read_as_the_paragraph_they_are():
    lines = [
        "Shares in Hong Kong were little changed on Thursday, with",
        "turnover below its average. Tencent said on Wednesday it had",
        "launched a chatbot app for companies. Analysts had waited for",
        "it since the summer. Baidu was fined by the market",
        "regulator on Tuesday, its first fine in more than two",
        "years, which it paid.",
    ]
    text = "\n".join(lines)
    found = {draft.symbols[0]: draft.when.first.day for draft in drafts(text)}
    assert found == {"Tencent": 19, "Baidu": 18}


def test_funds_and_indices_make_no_news():
    article = Article("The Tencent index launched an app on Monday.", PUBLISHED)
    assert draft_article(article, linker, outside, ignored={"Tencent"}) == []
