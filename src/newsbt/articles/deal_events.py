"""English words for deals between companies, made and broken (pure)."""

from __future__ import annotations

from newsbt.articles.triggers import Trigger, trigger

__all__ = ["DEALS"]

DEALS: tuple[Trigger, ...] = (
    trigger(
        "deal off",
        "partnership",
        r"\b(?:end(?:s|ed)|terminat\w+|call(?:s|ed|ing)? off|walk(?:s|ed) away from|abandon\w*"
        r"|scrap(?:s|ped)|exit(?:s|ed))~(?:deal|talks|merger|partnership|tie-?up|alliance"
        r"|joint venture|agreement|takeover|bid)\b|\b(?:deal|talks|merger|partnership|tie-?up"
        r"|alliance)~(?:walked away|broke off|fall(?:s|en|ing)? apart|fell apart|collaps\w+"
        r"|called off|ended|terminated)\b",
        -1,
        "both",
        weight=0.75,
    ),
    trigger(
        "takeover",
        "ownership",
        r"\b(?:acquir(?:e[sd]?|ing)(?! (?:users|customers|data|new|more))|acquisition of|takeover|buy-?out"
        r"|merg(?:e[sd]?|ing|er)"
        r"|tak(?:e[sn]?|ing) private|agree[sd]? to buy|to buy out|buy-?in)\b",
        0,
        "both",
        weight=0.65,
    ),
    trigger(
        "partnership",
        "partnership",
        r"\b(?:partner(?:s|ed|ing|ships?)? (?:with|between|to)|AI partnership|partnership"
        r"|team(?:s|ed|ing)? up|tie[- ]?up|collaborat\w+|joint venture|strategic alliance"
        r"|join(?:s|ed)? forces|work(?:s|ed|ing)? with|sign(?:s|ed)~(?:deal|agreement|pact"
        r"|memorandum|contract)|(?:sign(?:s|ed)|str(?:ikes?|uck)|reach(?:es|ed)|announc(?:es"
        r"|ed)|confirm(?:s|ed)|clinch(?:es|ed)|secur(?:es|ed)|w(?:ins?|on))~(?:deal|agreement"
        r"|pact|contract)|\bdeal (?:to bring|bringing|to supply|to use|with)|partner(?:s"
        r"|ed)? (?:on|up)|embeds?~models?|(?:AI|models?|technolog\w+"
        r"|chips?)~be(?:ing)? used (?:in|on|by|for)|incorporat(?:e[sd]?|ing)~(?:AI|offerings?"
        r"|models?|technology)|integrat(?:e[sd]?|ing)~(?:into|with)|(?:choose|chose"
        r"|chosen) to (?:do business|work|partner)"
        r" with|wants? to use (?:our|its|their) (?:AI|models?|technology)|(?:us(?:e[sd]?|ing)|adopt(?:s|ed"
        r"|ing)?|powered by|rely(?:ing)? on)~(?:AI|artificial intelligence|language models?"
        r"|[’\']s (?:\w+ )?(?:models?|technolog\w+)) (?:in|on|for|from|to)|(?:select(?:s|ed)"
        r"|pick(?:s|ed)|cho(?:se|sen))~(?:AI|models?|supplier|partner|cloud))\b",
        1,
        "both",
        weight=0.75,
        without=r"\b(?:lack of|instead of|rather than) (?:a )?partner",
    ),
)
