"""Categories of free text: each kind of story in English, simplified and traditional Chinese."""

import pytest

from newsbt.records import CATEGORIES
from newsbt.sentiment.categories import category_of

CASES = [
    ("Meituan's second quarter net profit doubles, revenue up a fifth", "earnings"),
    ("京东二季度净利同比增长一成，营收超预期", "earnings"),
    ("Xiaomi cuts its outlook for the year", "guidance"),
    ("小米发布盈利预警", "guidance"),
    ("Baidu unveils a faster chatbot", "product"),
    ("百度推出新一代大模型", "product"),
    ("Tencent and a car maker sign deal, become partners in maps", "partnership"),
    ("騰訊與車廠簽署戰略協議", "partnership"),
    ("Watchdog opens antitrust probe into PDD", "regulation"),
    ("市场监管总局约谈外卖平台", "regulation"),
    ("市場監管總局約談外賣平台", "regulation"),
    ("Politburo promises stimulus", "policy"),
    ("央行宣布降准", "policy"),
    ("US doubles tariffs on parcels", "macro"),
    ("美国加征关税", "macro"),
    ("JD.com announces a bigger buyback", "capital"),
    ("阿里巴巴宣布派息", "capital"),
    ("Hedge fund sells its stake in Bilibili", "ownership"),
    ("基金大股东减持哔哩哔哩", "ownership"),
    ("Broker lifts its price target for NetEase", "analyst"),
    ("大行上调网易目标价", "analyst"),
    ("Court throws out lawsuit against Trip.com", "legal"),
    ("携程胜诉，法院驳回起诉", "legal"),
    ("Lenovo names new chief executive", "leadership"),
    ("联想首席执行官辞职", "leadership"),
    ("Kuaishou to join the Hang Seng index", "listing"),
    ("快手被纳入港股通", "listing"),
    ("OpenAI shows a new assistant", "peer_news"),
    ("英伟达发布新芯片", "peer_news"),
]


@pytest.mark.parametrize(("text", "category"), CASES)
def test_each_kind_of_story(text: str, category: str) -> None:
    assert category_of(text) == category


@pytest.mark.parametrize("text", ["", " ", "!!!", "一", "x" * 10_000, "\x00"])
def test_anything_has_a_category(text: str) -> None:
    assert category_of(text) in CATEGORIES


def test_an_outsider_does_not_take_a_state_s_news_nor_an_insider_s() -> None:
    assert category_of("Nvidia barred from selling chips: new export curbs") == "regulation"
    assert category_of("Baidu unveils a model it calls better than OpenAI's") == "product"
