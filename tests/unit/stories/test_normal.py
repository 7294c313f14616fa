"""Normal forms of headlines and the figures in them."""

import pytest

from newsbt.stories.normal import figures, normal


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("Acme opens plant — Wire.com", "acme opens plant"),
        ("Acme opens plant - report", "acme opens plant"),
        ("Market Chatter: Acme opens plant", "acme opens plant"),
        ("艾克美(09988)開設工廠", "艾克美 开设工厂"),
        ("【快讯】艾克美(ACM.US)开设工厂", "艾克美 开设工厂"),
        ("港股异动 | 艾克美开设工厂", "艾克美开设工厂"),
        ("「艾克美」4月1日：開設！", "艾克美 4月1日 开设"),
        ("Profit up 3.5%, sales 1,200", "profit up 3.5% sales 1 200"),
        ("【快讯】", "快讯"),
        ("???", "???"),
        ("", "-"),
    ],
)
def test_labels_bylines_symbols_and_signs_go(title, plain):
    assert normal(title) == plain


@pytest.mark.parametrize("title", ["a | b", "Acme-made: a test | of things", "北京 | 上海"])
def test_nothing_becomes_empty(title):
    assert normal(title).strip()


def test_figures_are_read_alike():
    assert figures("up 3.50% to 10 in 2025") == {"3.5", "10", "2025"}
    assert figures("10 and 100") == {"10", "100"}
    assert figures("none") == frozenset()
