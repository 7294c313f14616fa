"""Chinese words, in both scripts, for what states and markets do (pure)."""

from __future__ import annotations

from newsbt.articles.chinese_rules import chinese_rule
from newsbt.articles.triggers import Trigger

__all__ = ["CHINESE_MARKET"]

CHINESE_MARKET: tuple[Trigger, ...] = (
    chinese_rule(
        "leader meets business",
        "policy",
        r"座谈会|座談會|(?:会见|會見|接见)~(?:企业家|企業家)",
        1,
        "market",
        weight=0.75,
        scope="sector",
    ),
    chinese_rule(
        "tariff relief",
        "macro",
        r"(?:暂停|暫停|取消|下调|下調|豁免)~(?:关税|關稅)",
        1,
        "market",
        weight=0.7,
        scope="market",
    ),
    chinese_rule(
        "tariffs",
        "macro",
        r"(?:加征|加徵|上调|上調|征收|徵收|威胁|威脅)~(?:关税|關稅)|关税|關稅",
        -1,
        "market",
        weight=0.6,
        scope="market",
    ),
    chinese_rule(
        "rate cut",
        "policy",
        r"降准|降準|降息|下调~(?:存款准备金率|利率)",
        1,
        "market",
        weight=0.75,
        scope="market",
    ),
    chinese_rule("rate rise", "policy", r"加息|升息", -1, "market", weight=0.7, scope="market"),
    chinese_rule(
        "stimulus",
        "policy",
        r"(?:刺激|扶持|支持)(?:经济|經濟)?(?:措施|政策|方案)|稳经济|一揽子",
        1,
        "market",
        weight=0.6,
        scope="market",
    ),
    chinese_rule(
        "curbs",
        "regulation",
        r"(?:限制|收紧|收緊|禁止)~(?:出口|投资|投資|芯片|晶片|游戏|遊戲)|征求意见稿",
        -1,
        "market",
        weight=0.65,
        scope="sector",
    ),
    chinese_rule(
        "crackdown", "regulation", r"整顿|整頓|打压|打壓|强监管", -1, "market", weight=0.5, scope="sector"
    ),
)
