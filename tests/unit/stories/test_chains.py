"""Follow-ups of a matter, within a language and across, without wandering."""

import numpy as np
import pytest

from newsbt.stories.chains import find_chains
from newsbt.stories.terms import TERMS, TURNS

HOUR = 3600


def chains(*titles, hours=None, who="Alibaba", category="partnership"):
    count = len(titles)
    issuers = [(who,)] * count if isinstance(who, str) else who
    times = np.array(hours if hours is not None else range(count), np.int64) * HOUR
    return find_chains(list(titles), times, issuers, [category] * count).tolist()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Apple teams up with Alibaba for phones in China", "蘋果與阿里合作，為內地手機加功能"),
        ("JD.com enters food delivery", "京东宣布进军外卖"),
        ("Baidu to make its Ernie model open source", "百度：文心大模型将开源"),
        ("Tencent Cloud opens data centre in Saudi Arabia", "騰訊雲在沙特設數據中心"),
        ("Alibaba fined 18.2bn in antitrust probe", "阿里巴巴反垄断案罚款182亿"),
    ],
)
def test_one_matter_in_two_languages(one, other):
    assert chains(one, other) == [0, 0]
    assert chains(other, one) == [0, 0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Alibaba opens a school", "阿里巴巴派息"),
        ("Apple teams up with Alibaba", "Alibaba buys back shares"),
        ("Alibaba shares up 3% in Hong Kong", "阿里巴巴港股涨5%"),  # every day has such
    ],
)
def test_other_matters_stay_apart(one, other):
    assert chains(one, other) == [0, 1]


def test_chains_are_those_of_an_issuer_and_end_after_the_window():
    title = "Food delivery: a price war for riders begins"
    assert chains(title, title, who=[("JD.com",), ("Meituan",)]) == [0, 1]
    assert chains(title, title, who=[("JD.com",), ("Meituan", "JD.com")]) == [0, 0]
    assert chains(title, title, who=[(), ()]) == [0, 1]
    assert chains(title, title, title, hours=[0, 70, 140]) == [0, 0, 0]  # since the last, not the first
    assert chains(title, title, hours=[0, 73]) == [0, 1]


def test_every_term_can_be_read():
    for line in (TURNS + TERMS).splitlines():
        if line:
            weight, words = line.split(None, 1)
            assert weight in {"1", "2", "3"}
            assert words.count(" = ") <= 1
            assert words == words.lower()
