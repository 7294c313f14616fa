"""English words for people, products and listings of companies (pure)."""

from __future__ import annotations

from newsbt.articles.triggers import Trigger, trigger

__all__ = ["BUSINESS"]

_OFFICE = r"(?:CEO|CFO|chief(?: \w+){0,2} officer|chief executive|chair(?:man|woman|person)?|president|head)"
_THING = (
    r"(?:models?|chatbots?|apps?|applications?|services?|products?|versions?|chips?"
    r"|smartphones?|phones?|devices?|cars?|EVs?|SUVs?|vehicles?|features?|assistants?"
    r"|platforms?|tools?|agents?|updates?|technolog\w+|glasses|games?|titles?|robotaxis?"
    r"|robots?|bots?|headsets?|browsers?|laptops?|tablets?|processors?|benchmarks?|systems?"
    r"|subscriptions?|programmes?|programs?|line-?up|series|generation)"
)

BUSINESS: tuple[Trigger, ...] = (
    trigger(
        "layoffs",
        "leadership",
        r"\b(?:lay(?:s|ing)? off|laid off|lay-?offs|redundanc\w+|cut(?:s|ting)?~jobs|job cuts)\b",
        -1,
        "actor",
        weight=0.65,
    ),
    trigger(
        "leaves",
        "leadership",
        r"\b(?:st(?:ep|and)(?:s|ped|ping|ing)? (?:down|aside)|stepping aside|resign(?:s|ed|ation)?"
        r"|quit(?:s|ting)?|retir(?:es|ed"
        r"|ing)|oust(?:s|ed)?|depart(?:s|ed|ure))\b",
        -1,
        "actor",
        weight=0.75,
        needs=_OFFICE + r"|\bfounder\b|\bexecutive\b|\bboard\b",
    ),
    trigger(
        "appointed",
        "leadership",
        rf"\b(?:appoint(?:s|ed|ment)?|nam(?:es|ed|ing)|promot(?:es|ed)|hir(?:es|ed)|succeed(?:s|ed)?"
        rf"|replac(?:e[sd]?|ing)"
        rf"|tak(?:es|ing) over as|took over as)~(?:{_OFFICE}|boss(?:es)?)\b|\b{_OFFICE}~(?:appointed|named"
        rf"|succeeded)\b",
        0,
        "actor",
        weight=0.75,
    ),
    trigger(
        "unseen",
        "leadership",
        r"\b(?:disappear(?:s|ed|ance)?|vanish(?:es|ed)?|not (?:been )?seen in public"
        r"|out of (?:the )?(?:public (?:view|eye)|sight)|(?:political )?exile"
        r"|kept a low profile|laid low|went missing|stayed out of (?:sight|the (?:spotlight"
        r"|limelight)))\b|(?:\bnot|n[’\']t|\bnor)~(?:seen|appear(?:ed)?)~public\b",
        -1,
        "actor",
        weight=0.65,
        lasts=92,
        undated="never",
    ),
    trigger(
        "left out",
        "leadership",
        r"\b(?:absent from|absence (?:of|from)|not (?:invited|spotted|seen|present)(?: to| at)?|left out of"
        r"|excluded from|snubbed|missing from)~(?:meeting|symposium|gathering|summit|guest list"
        r"|event|forum)\b"
        r"|\b(?:passed over|lost out to|snubbed by)\b",
        -1,
        "actor",
        weight=0.65,
    ),
    trigger(
        "seen again",
        "leadership",
        r"\b(?:return(?:s|ed)? to (?:mainland )?China\b|reappear(?:s|ed|ance)?|re-?emerg(?:es|ed|ence)"
        r"|resurfac(?:es|ed)"
        r"|public appearance|first appearance|\bsurfaced\b|\bemerged (?:after|from)"
        r"|appear(?:s|ed) on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|appear(?:s|ed) (?:in|at"
        r"|on) (?:an? |the )?(?:public|online"
        r"|video|event|stage|school|meeting)|(?:return(?:s|ed)?|back) (?:to"
        r"|in) (?:the )?(?:public|spotlight|limelight)|made a (?:\w+ )?(?:comeback|return)"
        r"|back into the good graces|(?:was|been|were|is) (?:finally |last )?(?:seen|spotted"
        r"|photographed) (?:again"
        r"|yesterday|today|at|on|in|visiting|with)(?! public since))\b",
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
        r"\b(?:w(?:ins?|on|inning)~(?:lawsuit|case|appeal|ruling)|dismiss(?:es|ed)~(?:lawsuit|case"
        r"|suit|complaint)|settl(?:es|ed|ement)~(?:lawsuit|case|suit|claims|class action))\b",
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
        r"\b(?:join(?:s|ed)|added to|includ(?:ed?|sion) in|include"
        r"|enter(?:s|ed))~(?:index|indices|Stock Connect"
        r"|benchmark)\b|\b(?:convert\w*|upgrad\w*|switch\w*|appl\w+|complet\w+|seek\w*|plan\w*|pric\w+"
        r"|start\w*|approv\w+|effective)~(?:primary|secondary) listing\b|\bdual[- ]primary\b",
        1,
        "actor",
        weight=0.65,
    ),
    trigger(
        "listing plan",
        "listing",
        r"\b(?:fil(?:es|ed|ing)|appl(?:ies|ied)|plan(?:s|ned|ning)?|seek(?:s|ing)?|consider(?:s"
        r"|ing)|aim(?:s|ed|ing)? for|pric(?:es|ed)|complet(?:es|ed)|prepar(?:es|ing)|rais(?:es|ed))~(?:IPO"
        r"|(?:initial )?public offering|listed (?:with)?in|Hong Kong listing|U\.?S\.? listing"
        r"|list(?:ing)? (?:in|on))\b",
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
        r"\b(?:recall(?:s|ed|ing)|outage|data (?:leak|breach)|(?:was|were|been) hacked"
        r"|security flaw|explosion (?:at|in|on)|fatal crash)\b",
        -1,
        "actor",
        weight=0.65,
    ),
    trigger(
        "subsidies",
        "product",
        r"\b(?:launch\w*|unveil\w*|announc\w+|roll(?:s|ed|ing)? out|giv(?:e|es|ing)|gave|offer(?:s|ed"
        r"|ing)?|hand(?:s|ed|ing)? out|spend(?:s|ing)?"
        r"|pour(?:s|ed|ing)?|pledg\w+)~(?:subsid(?:y|ies)|vouchers|coupons|discounts)\b"
        r"|\b(?:escalat\w+|intensif\w+|start\w*|fuel\w*)~price war\b",
        -1,
        "actor",
        weight=0.55,
    ),
    trigger(
        "launch",
        "product",
        rf"\b(?:launch(?:es|ed|ing)?(?! of\b)|releas(?:e[sd]?|ing)(?! of\b)|unveil(?:s|ed|ing)?|roll(?:s"
        rf"|ed|ing)? out"
        rf"|introduc(?:e[sd]|ing)|debut(?:s|ed)?|open[- ]sourc(?:e[sd]?|ing)"
        rf"|announc(?:es|ed|ing) (?:its|a|the) (?:new|latest|next)|show(?:s|ed|n|cases?"
        rf"|cased) off|publish(?:es|ed)|(?:start(?:s|ed)|beg[au]n|begins) (?:selling|shipping|taking"
        rf"|delivering)|arrival of|advent of|emergence of)~{_THING}\b"
        rf"|\b{_THING}~(?:was|were|is|are|been) (?:launched|released|unveiled|rolled out|introduced)\b"
        r"|\b(?:launch|release|debut|unveiling|rollout) of (?:its|their)\b"
        rf"|\b{_THING} (?:debuted|went live|made its debut|came out)\b"
        rf"|\b(?:chip|model|app|product|chatbot|service|phone|car) (?:launch|unveiling|release|debut"
        rf"|rollout)(?:es|s)?\b"
        rf"|\b(?:new|recent|latest|own|in-house) (?:\w+ ){{0,2}}(?:AI )(?:chip|model|app)s?\b"
        rf"|\bdevelop(?:s|ed|ing)? (?:its|their) own (?:\w+ ){{0,2}}(?:chip|model)s?\b"
        rf"|, (?:first |initially )?(?:launched|released|unveiled|introduced) (?:in|on|last|this|earlier)\b"
        rf"|\bfit(?:s|ted|ting)?~across~{_THING}\b",
        1,
        "actor",
        weight=0.75,
    ),
    trigger(
        "launch",
        "product",
        r"\b(?:launch(?:es|ed|ing)|releas(?:es|ed|ing)|unveil(?:s|ed|ing)|introduc(?:es|ed|ing)"
        r"|open[- ]sourc(?:es|ed)) (?:(?:its|the|a|an|his|her|their|new|latest|updated"
        r"|next-generation) ){0,3}(?-i:[A-Z])",
        1,
        "actor",
        weight=0.6,
        without=r"\b(?:probe|investigation|inquiry|review|lawsuit|results|earnings|report)\b",
    ),
    trigger(
        "expansion",
        "product",
        r"\b(?:enter(?:s|ed|ing)?|mov(?:e[sd]?|ing) into|expand(?:s|ed|ing)? (?:in|into|to)"
        r"|break(?:s|ing)? into|push(?:es|ed|ing)? into)~(?:market|segment|business|delivery"
        r"|sector|service|industry)\b|\bopen(?:s|ed|ing)? (?:a |an |its |the |new |first "
        r"|\w+ ){0,4}(?:region|data cent\w+|store|plant|factory|office|warehouse)\b|\bma(?:ke"
        r"|kes|king|de)~(?:free|open[- ]source)\b|\b(?:for free|free of charge|free from)\b",
        1,
        "actor",
        weight=0.6,
    ),
    trigger(
        "ground lost",
        "product",
        r"\blos(?:e|es|t|ing) out to\b|\b(?:los(?:e|es|t|ing)|ced(?:e|es|ed|ing))~(?:crown|lead"
        r"|first place|top spot"
        r"|market share|number one spot|ground)\b",
        -1,
        "actor",
        weight=0.55,
    ),
    trigger(
        "ground won",
        "product",
        r"\b(?:gain(?:s|ed|ing)|w(?:ins?|on)|took|takes|regain(?:s|ed)|overt(?:ook|akes"
        r"|aken)|bec(?:ame|omes)|rank(?:s|ed))~(?:most[- ]downloaded|best-?selling|No\. ?1|number one"
        r"|crown|lead|first place|top spot|market share|number one spot)\b",
        1,
        "actor",
        weight=0.55,
    ),
    trigger(
        "arrival",
        "product",
        r"\b(?:arrival|advent|emergence|launch|release|debut|unveiling"
        r"|meteoric rise) of (?:[\w-]+ ){0,6}[“\"‘]?(?-i:[A-Z])"
        r"|\b(?-i:[A-Z])[\w.-]{2,20}(?: (?-i:[A-Z])[\w.-]{1,12})?['’]s (?:AI |newest |latest |new )?"
        r"(?:launch|debut|arrival|emergence|breakthrough|release|models?|advances|advancements|success"
        r"|rise)\b",
        None,
        "actor",
        weight=0.55,
    ),
    trigger(
        "announcement",
        "product",
        r"\b(?:announced|unveiled|introduced|kicked off|rolled out|started|began|opened|vowed|decided|agreed"
        r"|went into|going into)~(?:schemes?|programme?s?|plans?|initiative|campaign|features?"
        r"|strategy|incentives?"
        r"|mode|expansion|overhaul|trials?|tests?)\b",
        None,
        "actor",
        weight=0.5,
        undated="never",
    ),
)
