"""The shipped table of aliases: everybody of the universe is in it, and what it must not fall for."""

import tomllib
from pathlib import Path

import pytest

from newsbt.linking.linker import Linker
from newsbt.universe_table import parse_universe

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture(scope="module")
def universe():
    return parse_universe(tomllib.loads((DATA / "universe.toml").read_text("utf-8")), "universe.toml")


@pytest.fixture(scope="module")
def linker(universe):
    table = tomllib.loads((DATA / "aliases.toml").read_text("utf-8"))
    return Linker.from_table(table, "aliases.toml", set(universe.issuers))


def test_every_issuer_and_listing_is_found_by_its_own_name(linker, universe):
    assert set(linker.issuers) == set(universe.issuers)
    for issuer in universe.issuers:
        assert issuer in {m.issuer for m in linker.link(f"Shares of {issuer} rise")}
    for symbol, listing in universe.listings.items():
        assert listing.issuer in {m.issuer for m in linker.link(f"{symbol} +2.1%")}, symbol


@pytest.mark.parametrize(
    ("text", "issuers"),
    [
        ("Ma Yun back at work, and Qwen gets a new version", {"Alibaba"}),
        ("馬雲談淘寶與天貓的下一步", {"Alibaba"}),
        ("通義千問新版發佈", {"Alibaba"}),
        ("Ant Group files for a listing in the city", {"Alibaba"}),
        ("蚂蚁集团拟回购股份", {"Alibaba"}),
        ("餓了麼與高德合併門店服務", {"Alibaba"}),
        ("微信支付在泰國上線", {"Tencent"}),
        ("Pony Ma says WeChat will stay free", {"Tencent"}),
        ("Temu sellers brace for new duties", {"PDD"}),
        ("拼多多黃崢減持", {"PDD"}),
        ("文心一言更名", {"Baidu"}),
        ("Robin Li: chatbots are only a start", {"Baidu"}),
        ("Apollo Go starts night rides", {"Baidu"}),
        ("雷军：SU7 下月交付", {"Xiaomi"}),
        ("美團騎手將有社保", {"Meituan"}),
        ("B站游戏收入创新高", {"Bilibili"}),
        ("攜程：暑期訂單翻倍", {"Trip.com"}),
        ("丁磊称网易将继续做游戏", {"NetEase"}),
        ("ThinkPad maker lifts forecast", {"Lenovo"}),
        ("刘强东来抢美团的生意", {"JD.com", "Meituan"}),
        ("恒指收升三百點，阿里系造好", {"Hang Seng Index", "Alibaba"}),
        ("JD gains share from Alibaba", {"JD.com", "Alibaba"}),
        ("$JD and NASDAQ:PDD lead Chinese names", {"JD.com", "PDD"}),
        ("9988.HK、（０９６１８）、HK:700 齐升", {"Alibaba", "JD.com", "Tencent"}),
        ("Alibaba.com sellers meet in town", {"Alibaba"}),
    ],
)
def test_names_brands_people_and_symbols_are_found(linker, text, issuers):
    assert {m.issuer for m in linker.link(text)} == issuers


@pytest.mark.parametrize(
    "text",
    [
        "Just baidu it, says the teacher",
        "不懂就百度一下",
        "自己去百度",
        "水烧到一百度",
        "Recruiters want a JD of one page",
        "Please attach the JD for the role of analyst",
        "JD Vance visits a plant",
        "JD Sports cuts its outlook",
        "He holds a JD from a law school",
        "JD(U) and BJP agree on seats",
        "The ant colony survives the flood",
        "Fire Ant species found near a school",
        "Ant-Man tops the box office",
        "ANT AND DEC RETURN",
        "蚂蚁森林种下新树",
        "Physicists weigh the top quark",
        "Quark star seen by a telescope, physicists say",
        "京东方出货量第一",
        "东京东部地区下雨",
        "南京东路步行街客流回升",
        "他由此联想到童年",
        "小米粥的做法",
        "林志玲现身阿里山",
        "拳王阿里的一生",
        "小微信贷利率下行",
        "全美团队合作奖揭晓",
        "王兴国当选会长",
        "商家：请添加微信号咨询",
        "Yoga classes fill up in spring",
        "A supercell storm hits the coast",
        "Motorola Solutions wins a police contract",
        "Hang Seng Bank names a new head",
        "恒生科技指数收涨",
        "Spy balloon: China SPY BALLOON seen over the sea",
        "Business trip.company launches",
        "Temuco hit by rain",
        "DIA is little changed",
        "The bill passes, biding time",
    ],
)
def test_lookalikes_are_left_alone(linker, text):
    assert linker.link(text) == ()


def test_names_of_a_whole_branch_can_be_switched_on():
    text = (DATA / "aliases.toml").read_text(encoding="utf-8")
    before, _, rest = text.partition("\n# [[several]]\n# names = [\n")
    block, _, after = rest.partition("\n[ignore]\n")
    switched = "\n".join(
        line.removeprefix("# ") for line in f"[[several]]\n# names = [\n{block}".splitlines()
    )
    shipped, on = (
        Linker.from_table(tomllib.loads(content))
        for content in (text, f"{before}\n{switched}\n[ignore]\n{after}")
    )
    assert shipped.issuers_of("中概股大涨") == {}
    found = on.issuers_of("中概股大涨")
    assert len(found) == 10 and set(found.values()) == {0.25}
    assert list(shipped.issuers_of("BAT rally")) == ["Baidu", "Alibaba", "Tencent"]
    assert shipped.issuers_of("BAT sells fewer cigarettes") == {}
