"""English words for what companies do and how they fare (pure)."""

from __future__ import annotations

from newsbt.articles.triggers import Trigger, trigger

__all__ = ["BUSINESS"]

_OFFICE = r"(?:CEO|CFO|chief(?: \w+){0,2} officer|chief executive|chair(?:man|woman|person)?|president|head)"
_THING = (
    r"(?:models?|chatbots?|apps?|applications?|services?|products?|versions?|chips?|smartphones?|phones?"
    r"|devices?|cars?|EVs?|SUVs?|vehicles?|features?|assistants?|platforms?|tools?|agents?|updates?"
    r"|technolog\w+|glasses|games?|titles?|robotaxis?|robots?|bots?|headsets?|browsers?|laptops?|tablets?"
    r"|processors?|benchmarks?|systems?|subscriptions?|programmes?|programs?|line-?up|series|generation)"
)

BUSINESS: tuple[Trigger, ...] = (
    trigger(
        "deal off",
        "partnership",
        r"\b(?:end(?:s|ed)|terminat\w+|call(?:s|ed|ing)? off|walk(?:s|ed) away from|abandon\w*|scrap(?:s"
        r"|ped)|exit(?:s|ed))~(?:deal|talks|merger|partnership|tie-?up|alliance|joint venture|agreement"
        r"|takeover|bid)\b|\b(?:deal|talks|merger|partnership|tie-?up|alliance)~(?:walked away|broke off"
        r"|fall(?:s|en|ing)? apart|fell apart|collaps\w+|called off|ended|terminated)\b",
        -1,
        "both",
        weight=0.75,
    ),
    trigger(
        "takeover",
        "ownership",
        r"\b(?:acquir(?:e[sd]?|ing)|acquisition of|takeover|buy-?out|merg(?:e[sd]?|ing|er)|tak(?:e[sn]?"
        r"|ing) private|agree[sd]? to buy|to buy out|buy-?in)\b",
        0,
        "both",
        weight=0.65,
    ),
    trigger(
        "partnership",
        "partnership",
        r"\b(?:partner(?:s|ed|ing|ships?)? (?:with|between|to)|AI partnership|partnership|team(?:s|ed"
        r"|ing)? up|tie[- ]?up|collaborat\w+|joint venture|strategic alliance|join(?:s|ed)? forces"
        r"|work(?:s|ed|ing)? with|sign(?:s|ed)~(?:deal|agreement|pact|memorandum|contract)|(?:sign(?:s|ed)"
        r"|str(?:ikes?|uck)|reach(?:es|ed)|announc(?:es|ed)|confirm(?:s|ed)|clinch(?:es|ed)|secur(?:es|ed)"
        r"|w(?:ins?|on))~(?:deal|agreement|pact|contract)|\bdeal (?:to bring|bringing|to supply|to use"
        r"|with)|partner(?:s|ed)? (?:on|up)|embeds?~models?|(?:AI|models?|technolog\w+"
        r"|chips?)~be(?:ing)? used (?:in|on|by|for)|incorporat(?:e[sd]?|ing)~(?:AI|offerings?"
        r"|models?|technology)|integrat(?:e[sd]?|ing)~into|(?:us(?:e[sd]?|ing)|adopt(?:s|ed"
        r"|ing)?|powered by|rely(?:ing)? on)~(?:AI|artificial intelligence|language models?"
        r"|[’\']s (?:\w+ )?(?:models?|technolog\w+)) (?:in|on|for|from|to)|(?:select(?:s|ed)"
        r"|pick(?:s|ed)|cho(?:se|sen))~(?:AI|models?|supplier|partner|cloud))\b",
        1,
        "both",
        weight=0.75,
        without=r"\b(?:lack of|instead of|rather than) (?:a )?partner",
    ),
    trigger(
        "results ahead",
        "earnings",
        r"\b(?:results|earnings|quarterly figures)\b[^;\n]{0,40}\b(?:scheduled|due|set to be"
        r"|to be released|expected (?:on|in|to be)|will be (?:released|published|reported)|are on tap)\b"
        r"|\b(?:to|will|expected to|scheduled to|due to) (?:report|announce|release|publish|post"
        r"|unveil)~(?:results|earnings|figures)\b|\b(?:ahead of|before|upcoming)~(?:results|earnings)\b"
        r"|\bpost (?:results|earnings)\b|\b(?:may|might|could|likely to) (?:report|post)\b|\b(?:reports?"
        r"|reporting) (?:its \w+ )?(?:results |earnings )?(?:on|next|in) (?-i:[A-Zw])",
        0,
        "both",
        weight=0.7,
        undated="ahead",
    ),
    trigger(
        "results",
        "earnings",
        r"\b(?:report(?:s|ed|ing)?|post(?:s|ed|ing)?|publish(?:es|ed)|announc(?:es|ed)|deliver(?:s|ed)?"
        r"|book(?:s|ed)|releas(?:es|ed))~(?:results|earnings|revenues?|profits?|net income|net loss|loss"
        r"|quarter|sales|growth)\b|\b(?:revenues?|net profit|profits?|net income|net loss|earnings"
        r"|quarterly sales|sales)\b[^;\n]{0,60}\b(?:rose|rises?|grew|jump(?:s|ed)?|surg(?:e[sd]?)"
        r"|climb(?:s|ed)?|increas(?:e[sd]?)|fell|falls?|drop(?:s|ped)?|declin(?:e[sd]?)|slump(?:s|ed)?"
        r"|tripl(?:e[sd]|ing)|doubl(?:e[sd]|ing)|beat|beats|missed|misses|topp(?:ed|ing)|exceed(?:s|ed)"
        r"|shrank|swung)\b|\b(?:beat|beats|topped|missed)~(?:estimates?|expectations"
        r"|forecasts?)\b|\b(?:strong|weak|better|worse|blowout|upbeat|stellar|disappointing"
        r"|robust)[\w-]*(?: \w+){0,2} (?:results|earnings|quarter)\b|\b(?:quarterly"
        r"|latest) (?:results|earnings)\b",
        None,
        "actor",
        weight=0.75,
        without=r"\b(?:earnings growth prospects|price[- ]to[- ]earnings|times earnings|(?:past"
        r"|last) (?:\w+ )?years|average return|drop of|likely|consensus|projected|(?:shares?|stocks?"
        r"|index)[^;\n]{0,12} (?:advanced|rose|fell|gained|dropped|jumped|slid"
        r"|climbed)[^;\n]{0,80} (?:despite|after|on|following)\b|analysts? (?:estimate|expect|forecast))\b",
    ),
    trigger(
        "operating figures",
        "earnings",
        r"\b(?:transactions|users|subscribers|deliveries|shipments|orders|bookings|downloads"
        r"|gross merchandise volume|GMV)\b[^;\n]{0,60}\b(?:rose|grew|jump(?:s|ed)|surg(?:es|ed)|climb(?:s"
        r"|ed)|increas(?:es|ed)|fell|drop(?:s|ped)|declin(?:es|ed)|slump(?:s|ed)|doubled|tripled|topped"
        r"|hit)\b",
        None,
        "actor",
        weight=0.6,
    ),
    trigger(
        "profit warning",
        "guidance",
        r"\bprofit warning\b|\b(?:said|says|warned|warns)~margins?~(?:squeez\w+|compress\w+|narrow\w*"
        r"|shrink\w*|fall)\b|\b(?:warn(?:s|ed)|cuts?|lower(?:s|ed)|slash(?:es|ed)"
        r"|withdr[ae]w\w*)~(?:guidance|outlook|forecasts?|profit|sales target|delivery target"
        r"|lower revenue)\b",
        -1,
        "actor",
        weight=0.8,
        without=r"\banalysts?\b",
    ),
    trigger(
        "spending plan",
        "guidance",
        r"\b(?:invest(?:s|ed|ing|ment)?|spend(?:s|ing)?|plow(?:s|ing|ed)?|plough(?:s|ing|ed)?|pour(?:s|ing"
        r"|ed)?|commit(?:s|ted|ting)?|expenditures?|capex)\b[^;\n]{0,90}\b(?:AI|artificial intelligence"
        r"|data cent\w+|cloud|infrastructure|capacity|chips|factory|plant|next (?:\w+ )?years)\b",
        1,
        "actor",
        weight=0.65,
        needs=r"\b(?:billion|bn|million|trillion|yuan|dollars?|next (?:\w+ )?years|exceed|more than)\b|[$€£]",
        without=r"(?<!told\s)(?<!to\s)\b(?:analysts?|hedge funds?|investors?|fund)\b",
    ),
    trigger(
        "outlook",
        "guidance",
        r"\b(?:forecast(?:s|ed)?|guided?|guidance|projects?|expects?|sees|rais(?:e[sd]|ing)|reiterat\w+"
        r"|confirm(?:s|ed))~(?:revenues?|sales|profits?|margins?|losses|deliveries|earnings|outlook"
        r"|guidance|full-year)\b",
        None,
        "actor",
        weight=0.6,
        without=r"\b(?:analysts?|economists?|investors?|consensus)\b",
    ),
    trigger(
        "layoffs",
        "leadership",
        r"\b(?:lay(?:s|ing)? off|laid off|layoffs|cut(?:s|ting)?~jobs|job cuts)\b",
        -1,
        "actor",
        weight=0.65,
    ),
    trigger(
        "leaves",
        "leadership",
        r"\b(?:step(?:s|ped|ping)? down|resign(?:s|ed|ation)?|quit(?:s|ting)?|retir(?:es|ed|ing)|oust(?:s"
        r"|ed)?|depart(?:s|ed|ure))\b",
        -1,
        "actor",
        weight=0.75,
        needs=_OFFICE + r"|\bfounder\b|\bexecutive\b|\bboard\b",
    ),
    trigger(
        "appointed",
        "leadership",
        rf"\b(?:appoint(?:s|ed|ment)?|nam(?:es|ed|ing)|promot(?:es|ed)|hir(?:es|ed)|succeed(?:s|ed)"
        rf"|tak(?:es|ing) over as|took over as)~{_OFFICE}\b|\b{_OFFICE}~(?:appointed|named|succeeded)\b",
        0,
        "actor",
        weight=0.75,
    ),
    trigger(
        "unseen",
        "leadership",
        r"\b(?:disappear(?:s|ed|ance)?|vanish(?:es|ed)?|not (?:been )?seen in public"
        r"|out of (?:the )?(?:public (?:view|eye)|sight)|(?:political )?exile|kept a low profile|laid low"
        r"|went missing|stayed out of (?:sight|the (?:spotlight|limelight)))\b|\b(?:not|n[’\']t"
        r"|nor)~(?:seen|appear(?:ed)?)~public\b",
        -1,
        "actor",
        weight=0.65,
        lasts=92,
    ),
    trigger(
        "seen again",
        "leadership",
        r"\b(?:reappear(?:s|ed|ance)?|re-?emerg(?:es|ed|ence)|resurfac(?:es|ed)|public appearance"
        r"|first appearance|(?:return(?:s|ed)?|back) (?:to|in) (?:the )?(?:public|spotlight|limelight)"
        r"|made a comeback|back into the good graces)\b",
        1,
        "actor",
        weight=0.65,
    ),
    trigger(
        "arrest",
        "legal",
        r"\b(?:arrest(?:s|ed)?|detain(?:s|ed)|indict(?:s|ed|ment)|charged with|pleaded guilty)\b",
        -1,
        "target",
        weight=0.75,
    ),
    trigger(
        "case won",
        "legal",
        r"\b(?:w(?:ins?|on)~(?:lawsuit|case|appeal|ruling)|dismiss(?:es|ed)~(?:lawsuit|case|suit"
        r"|complaint)|settl(?:es|ed|ement)~(?:lawsuit|case|suit|claims|class action))\b",
        1,
        "target",
        weight=0.7,
    ),
    trigger(
        "lawsuit",
        "legal",
        r"\b(?:sue[sd]|suing|lawsuits?|class[- ]action|filed suit|loses? (?:the |a )?(?:case|appeal))\b",
        -1,
        "target",
        weight=0.7,
    ),
    trigger(
        "index",
        "listing",
        r"\b(?:join(?:s|ed)|added to|includ(?:ed|sion) in|enter(?:s|ed))~(?:index|Stock Connect"
        r"|benchmark)\b|\bprimary listing\b|\bdual[- ]primary\b|\bsecondary listing\b",
        1,
        "actor",
        weight=0.65,
    ),
    trigger(
        "listing plan",
        "listing",
        r"\b(?:fil(?:es|ed|ing)|appl(?:ies|ied)|plan(?:s|ned|ning)?|seek(?:s|ing)?|consider(?:s|ing)"
        r"|pric(?:es|ed)|complet(?:es|ed)|prepar(?:es|ing)|rais(?:es|ed))~(?:IPO|initial public offering"
        r"|Hong Kong listing|U\.?S\.? listing|list(?:ing)? (?:in|on))\b",
        1,
        "actor",
        weight=0.65,
    ),
    trigger(
        "conference ahead",
        "product",
        r"\b(?:upcoming|next|annual)~(?:conference|keynote|developer event|launch event)\b",
        0,
        "both",
        weight=0.5,
        undated="ahead",
    ),
    trigger(
        "mishap",
        "product",
        r"\b(?:recall(?:s|ed|ing)|outage|data (?:leak|breach)|(?:was|were|been) hacked|security flaw"
        r"|explosion|fatal crash)\b",
        -1,
        "actor",
        weight=0.65,
    ),
    trigger(
        "launch",
        "product",
        rf"\b(?:launch(?:es|ed|ing)?|releas(?:e[sd]?|ing)|unveil(?:s|ed|ing)?|roll(?:s|ed|ing)? out"
        rf"|introduc(?:e[sd]|ing)|debut(?:s|ed)?|open[- ]sourc(?:e[sd]?|ing)|show(?:s|ed|n|cases?"
        rf"|cased) off|publish(?:es|ed)|(?:start(?:s|ed)|beg[au]n|begins) (?:selling|shipping|taking"
        rf"|delivering)|arrival of|advent of|emergence of)~{_THING}\b"
        rf"|\b{_THING}~(?:was|were|is|are|been) (?:launched|released|unveiled|rolled out|introduced)\b"
        rf"|\bfit(?:s|ted|ting)?~across~{_THING}\b",
        1,
        "actor",
        weight=0.75,
    ),
    trigger(
        "launch",
        "product",
        r"\b(?:launch(?:es|ed)|releas(?:es|ed)|unveil(?:s|ed)|introduc(?:es|ed)|open[- ]sourc(?:es"
        r"|ed)) (?:(?:its|the|a|an|his|her|their|new|latest|updated|next-generation) ){0,3}(?-i:[A-Z])",
        1,
        "actor",
        weight=0.6,
        without=r"\b(?:probe|investigation|inquiry|review|lawsuit|results|earnings|report)\b",
    ),
    trigger(
        "expansion",
        "product",
        r"\b(?:enter(?:s|ed|ing)?|mov(?:e[sd]?|ing) into|expand(?:s|ed|ing)? (?:in|into|to)|break(?:s"
        r"|ing)? into|push(?:es|ed|ing)? into)~(?:market|segment|business|delivery|sector|service"
        r"|industry)\b|\bopen(?:s|ed|ing)? (?:a |an |its |the |new |first |\w+ ){0,4}(?:region"
        r"|data cent\w+|store|plant|factory|office|warehouse)\b|\bma(?:ke|kes|king|de)~(?:free"
        r"|open[- ]source)\b|\b(?:for free|free of charge|free from)\b",
        1,
        "actor",
        weight=0.6,
    ),
    trigger(
        "ground lost",
        "product",
        r"\b(?:los(?:e|es|t|ing)|ced(?:e|es|ed|ing))~(?:crown|lead|first place|top spot|market share"
        r"|number one spot|ground)\b",
        -1,
        "actor",
        weight=0.55,
    ),
    trigger(
        "ground won",
        "product",
        r"\b(?:gain(?:s|ed|ing)|w(?:ins?|on)|took|takes|regain(?:s|ed)|overt(?:ook|akes|aken))~(?:crown"
        r"|lead|first place|top spot|market share|number one spot)\b",
        1,
        "actor",
        weight=0.55,
    ),
    trigger(
        "subsidies",
        "product",
        r"\b(?:giv(?:e|es|ing)|gave|offer(?:s|ed|ing)?|hand(?:s|ed|ing)? out|spend(?:s|ing)?|pour(?:s|ed"
        r"|ing)?|pledg\w+)~(?:subsid(?:y|ies)|vouchers|coupons|discounts)\b",
        -1,
        "actor",
        weight=0.55,
    ),
    trigger(
        "arrival",
        "product",
        r"\b(?:arrival|advent|emergence|launch|release|debut|unveiling"
        r"|meteoric rise) of (?:[\w-]+ ){0,6}(?-i:[A-Z])|\b(?-i:[A-Z])[\w.-]{2,20}['’]s (?:launch|debut"
        r"|arrival|emergence|breakthrough|release)\b",
        None,
        "actor",
        weight=0.55,
    ),
)
