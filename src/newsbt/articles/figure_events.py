"""English words for results, figures and what a company expects of itself (pure)."""

from __future__ import annotations

from newsbt.articles.triggers import Trigger, trigger

__all__ = ["FIGURES"]

FIGURES: tuple[Trigger, ...] = (
    trigger(
        "results ahead",
        "earnings",
        r"\b(?:results|earnings|quarterly figures)\b[^;\n]{0,40}\b(?:scheduled|due|set to be"
        r"|to be released|expected (?:on|in|to be)|will be (?:released|published|reported)"
        r"|are on tap)\b"
        r"|\bfaces? (?:an? |its )?(?:\w+ )?(?:Q[1-4] )?(?:earnings|results)\b"
        r"|\b(?:to|will|expected to|scheduled to|due to) (?:report|announce"
        r"|release|publish|post|unveil)~(?:results|earnings|figures)\b|\b(?:ahead of|before"
        r"|upcoming)~(?:results|earnings)\b|\bpost (?:results|earnings)\b|\b(?:may|might|could"
        r"|likely to) (?:report|post)\b|\b(?:reports?|reporting) (?:its \w+ )?(?:results "
        r"|earnings )?(?:on|next|in) (?-i:[A-Zw])",
        0,
        "both",
        weight=0.7,
        undated="ahead",
    ),
    trigger(
        "results",
        "earnings",
        r"\b(?:fail(?:s|ed) to meet|lag(?:s|ged)|smash\w*|crush\w*|trounc\w*|undershot"
        r"|underwhelm\w*)~(?:estimates?|expectations|forecasts?)\b"
        r"|\b(?:revenues?|profits?|earnings|sales|results)~(?:above|below|ahead of|short of)~(?:estimates?"
        r"|expectations|forecasts?)\b"
        r"|\bearnings (?:disclosures?|release|beat|miss|announcement|report|surprise)\b"
        r"|\b(?:report(?:s|ed|ing)?|post(?:s|ed|ing)?|publish(?:es|ed)|announc(?:es|ed)"
        r"|deliver(?:s|ed)?|book(?:s|ed)|releas(?:es|ed))~(?:results|earnings|revenues?"
        r"|profits?|net income|net loss|loss|quarter|sales|growth)\b|\b(?:revenues?|net profit"
        r"|profits?|net income|net loss|earnings|quarterly sales|sales)\b[^;\n]{0,60}\b(?:rose"
        r"|rises?|grew|jump(?:s|ed)?|surg(?:e[sd]?)|climb(?:s|ed)?|increas(?:e[sd]?)|fell"
        r"|falls?|drop(?:s|ped)?|declin(?:e[sd]?)|slump(?:s|ed)?|tripl(?:e[sd]|ing)"
        r"|doubl(?:e[sd]|ing)|beat|beats|missed|misses|topp(?:ed|ing)|exceed(?:s|ed)|shrank"
        r"|swung|slowed|widened)\b|\b(?:beat|beats|topped|missed)~(?:estimates?|expectations|forecasts?)\b"
        r"|\b(?:better|higher|lower|weaker|stronger|worse|slower"
        r"|faster)[- ]than[- ](?:\w+[- ])?(?:expected|anticipated"
        r"|forecast|estimated|feared)\b|\b(?:fell|fall(?:s|ing)?|came in) (?:short|light|below|ahead|above)\b"
        r"|\b(?:strong(?:est)?|impressive|solid|record|lacklust\w+|weak|worse|blowout|upbeat|stellar"
        r"|disappointing"
        r"|underwhelming|downbeat|soft|mixed|robust)[\w-]*(?: \w+){0,2} (?:results|earnings"
        r"|quarter)\b|\b(?:quarterly"
        r"|latest) (?:results|earnings)\b",
        None,
        "actor",
        weight=0.75,
        without=(
            r"\b(?:earnings growth prospects|reporting period|price[- ]to[- ]earnings|times earnings|(?:past"
            r"|last) (?:\w+ )?years|average return|drop of|likely|(?:shares?"
            r"|stocks?|index)[^;\n]{0,12} (?:advanced|rose|fell|gained|dropped|jumped|slid"
            r"|climbed)[^;\n]{0,80} (?:despite|after|on|following)\b|analysts? (?:estimate|expect"
            r"|forecast))\b"
        ),
    ),
    trigger(
        "orders won",
        "earnings",
        r"\b(?:secur(?:ed|es|ing)|receiv(?:ed|es)|w(?:ins|on)|bagg(?:ed|ing)|attract(?:ed"
        r"|s))~(?:orders|pre-?orders|bookings|subscribers|users)\b",
        1,
        "actor",
        weight=0.6,
    ),
    trigger(
        "milestone",
        "earnings",
        r"\b(?:deliver|ship|produc|notch|garner|attract|log|cross|reach|surpass|exceed|topp|pass)(?:e?d"
        r"|es)~[0-9][0-9,.]* ?(?:thousand |million "
        r"|billion )?(?:\w+ )?(?:cars|vehicles|EVs|units|phones|downloads|users|subscribers|orders|members)\b"
        r"|\bsold~[0-9][0-9,.]* ?(?:thousand |million )?(?:\w+ )?(?:cars|vehicles|EVs|units|phones)\b",
        1,
        "actor",
        weight=0.6,
    ),
    trigger(
        "operating figures",
        "earnings",
        r"\b(?:transactions|users|subscribers|deliveries|shipments|orders|bookings|downloads"
        r"|gross merchandise volume|GMV)\b[^;\n]{0,60}\b(?:rose|grew|jump(?:s|ed)|surg(?:es|ed)"
        r"|climb(?:s|ed)|increas(?:es|ed)|fell|drop(?:s|ped)|declin(?:es|ed)|slump(?:s|ed)"
        r"|doubled|tripled|topped|hit)\b|\b(?:cross|reach|surpass|exceed|topp|pass)(?:es|ed)~(?:million"
        r"|billion)"
        r" (?:\w+ ){0,2}(?:downloads|users|subscribers|orders|members)\b",
        None,
        "actor",
        weight=0.6,
    ),
    trigger(
        "profit warning",
        "guidance",
        r"\bprofit warning\b"
        r"|\b(?:said|says|warn\w*|expects?)~(?:will|would|to) (?:cool|slow|shrink|decline|fall"
        r"|weaken|drop|narrow)\b"
        r"|\b(?:said|says|warn\w*|caution\w*)~(?:unsustainable|inevitable|black swan)\b"
        r"|\bwarn(?:s|ed|ing)?~(?:loss(?:es)?|weak\w*|slow\w*|pressure on (?:profits?|margins?))\b"
        r"|\bexpects?~(?:significant|heavy|large|steep|wider|big|more) losses\b|\b(?:said|says|warned"
        r"|warns)~margins?~(?:squeez\w+|compress\w+"
        r"|narrow\w*|shrink\w*|fall)\b|\b(?:warn(?:s|ed)|cuts?|lower(?:s|ed)|slash(?:es|ed)"
        r"|withdr[ae]w\w*)~(?:guidance|outlook|forecasts?|profit|sales target|delivery target"
        r"|lower revenue)\b",
        -1,
        "actor",
        weight=0.8,
        without=r"\banalysts?\b",
    ),
    trigger(
        "warning",
        "guidance",
        r"\b(?:warn(?:s|ed|ing)?|caution(?:s|ed)?|rais(?:es|ed|ing) concerns?|issued (?:his|her"
        r"|a) (?:caution|warning)"
        r"|sound(?:s|ed) the alarm)~(?:bubble|over-?spend\w*|over-?invest\w*|risks?|slow\w*|downturn"
        r"|shortages?|costs?|prices"
        r"|demand|uncertain\w*|headwinds?|challeng\w+|expansion|spending)\b",
        -1,
        "actor",
        weight=0.65,
        without=r"\b(?:analysts?|economists?|strategists?|regulators?|officials?)\b",
    ),
    trigger(
        "spending plan",
        "guidance",
        r"\b(?:invest(?:s|ed|ing|ments?)?|spend(?:s|ing)?|plow(?:s|ing|ed)?|plough(?:s|ing|ed)?"
        r"|pour(?:s|ing|ed)?|commit(?:s|ted|ting)?|expenditures?|capex)\b[^;\n]{0,90}\b(?:AI"
        r"|artificial intelligence|data cent\w+|cloud|infrastructure|capacity|chips|factory"
        r"|plant|next (?:\w+ )?years)\b|\b(?:invest|spend|plow|plough|pour|commit)(?:s|ed|ing)?~(?:billion"
        r"|bn|trillion)\b"
        r"|\b(?:rais|lift|increas|boost|hik|exceed)\w*~(?:spending|investments?|capex"
        r"|capital expenditures?)\b"
        r"|\b(?:spending|investment|capex) (?:hike|boost|increase|plans?|pledge|spree)\b",
        1,
        "actor",
        weight=0.65,
        needs=r"\b(?:AI|artificial intelligence|cloud|data cent\w+|chips?|infrastructure|billion|bn"
        r"|million|trillion|yuan|dollars?|next (?:\w+ )?years|exceed|more than)\b|[$€£]",
        without=r"(?<!told\s)(?<!to\s)(?<!with\s)\b(?:analysts?|hedge funds?|investors?|fund)\b",
    ),
    trigger(
        "outlook",
        "guidance",
        r"\b(?:forecast(?:s|ed)?|guided?|guidance|projects?|expects?|targets?|aims for|sees"
        r"|rais(?:e[sd]|ing)|reiterat\w+|confirm(?:s|ed))~(?:revenues?|sales|profits?|margins?"
        r"|losses|deliveries|earnings|outlook|guidance|full-year)\b",
        None,
        "actor",
        weight=0.6,
        without=r"(?<!told\s)(?<!to\s)(?<!with\s)\b(?:analysts?|economists?|investors?|consensus)\b",
    ),
)
