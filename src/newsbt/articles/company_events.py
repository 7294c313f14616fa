"""English words for what companies do and what is done to them (pure)."""

from __future__ import annotations

from newsbt.articles.triggers import Trigger, trigger

__all__ = ["COMPANY"]

_OFFICE = r"(?:CEO|CFO|chief(?: \w+){0,2} officer|chief executive|chair(?:man|woman|person)?|president|head)"
_AUTHORITY = (
    r"(?:regulators?|regulatory|authorit\w+|governments?|Beijing|Brussels|Washington|SAMR|CSRC|NPPA|CAC|SEC|FTC|watchdog"
    r"|ministry|commission|administration|antitrust|exchange|congress|lawmakers?|Trump|Biden|White House|court)"
)
_THING = (
    r"(?:models?|chatbots?|apps?|applications?|services?|products?|versions?|chips?|smartphones?|phones?|devices?"
    r"|cars?|EVs?|SUVs?|vehicles?|features?|assistants?|platforms?|tools?|agents?|updates?|technolog\w+|glasses|games?|titles?"
    r"|robotaxis?|robots?|laptops?|tablets?|processors?|benchmarks?|systems?|subscriptions?|programmes?|programs?|line-?up|series)"
)
_SHARE_MOVE = r"\b(?:shares?|stocks?|index|ADRs?)\b[^;\n]{0,25}\b(?:rose|fell|jump|surg|slump|soar|climb|drop|slid|gain)"

COMPANY: tuple[Trigger, ...] = (
    trigger(
        "offering stopped",
        "regulation",
        r"\b(?:suspend\w*|halt\w*|scrap\w*|pull(?:s|ed)|cancel\w*|shelv\w*|derail\w*|block\w*)~(?:IPO|initial public offering|listing|flotation|offering|share sale)\b"
        r"|\b(?:IPO|initial public offering|listing|flotation|offering|share sale)~(?:suspended|suspension|halted|scrapped|pulled|cancell?ed|shelved|blocked|derailed)\b",
        -1,
        "both",
        weight=0.9,
    ),
    trigger(
        "probe over",
        "regulation",
        r"\b(?:end(?:s|ed)?|clos(?:es|ed)|conclud\w+|drop(?:s|ped)|complet\w+|wrap(?:s|ped) up)~(?:probe|investigation|rectification|crackdown|inquiry)\b",
        1,
        "target",
        weight=0.8,
    ),
    trigger(
        "fine",
        "regulation",
        r"\bfin(?:ed|es|ing)\b(?! print)|\b(?:record|antitrust|hefty|[0-9.]+ ?(?:billion|bn|million|m))\b[^;\n]{0,25}\b(?:fine|penalty)\b|\bfine of\b|\bpenali[sz]ed\b|\bpenalty of\b",
        -1,
        "target",
        weight=0.9,
    ),
    trigger(
        "probe",
        "regulation",
        r"\b(?:opens?|opened|launch(?:es|ed)?|starts?|started|begins?|began|faces?|facing|under|announced|into)~(?:probe|investigation|inquiry|antitrust (?:case|review))\b"
        r"|\b(?:investigates?|investigated|is investigating|probing|summon(?:s|ed)|raided|interviewed by regulators)\b|\bunder a microscope\b|\bantitrust (?:probe|investigation|case)\b",
        -1,
        "target",
        weight=0.75,
    ),
    trigger(
        "criticism of the state",
        "regulation",
        r"\b(?:critici[sz]\w+|accus\w+|lambast\w+|blast(?:s|ed)|attack(?:s|ed))~(?:regulat\w+|Beijing|authorities|watchdogs?|state banks?|financial system)\b",
        -1,
        "actor",
        weight=0.7,
        without=r"\b(?:analyst|economist)\b",
    ),
    trigger(
        "blacklisted",
        "regulation",
        r"\b(?:blacklist\w*|entity list|delist(?:s|ed|ing)?|military list|sanction(?:s|ed)|ban(?:s|ned|ning)|barr(?:ed|ing)|prohibit(?:s|ed))\b(?! on)(?! (?:of|from) (?:the )?market)",
        -1,
        "target",
        weight=0.65,
        needs=_AUTHORITY,
        scope="market",
    ),
    trigger(
        "approval",
        "regulation",
        r"\b(?:approv(?:e[sd]?|al|ing)|clear(?:s|ed)|green[- ]?li(?:ght|t)\w*|won a licen[cs]e|grant(?:s|ed))\b",
        1,
        "target",
        weight=0.65,
        needs=_AUTHORITY,
        without=r"\b(?:without|awaiting|pending|subject to|seek\w*|need\w*)\b",
    ),
    trigger(
        "target raised",
        "analyst",
        r"\b(?:upgrad(?:e[sd]?|ing)|rais(?:e[sd]?|ing)|lift(?:s|ed|ing)?|hik(?:e[sd]?|ing)|boost(?:s|ed)?|increas\w+)~(?:price targets?|target prices?|targets?|rating|(?:to|from) (?:buy|overweight|outperform|neutral|hold|sell))\b"
        r"|\b(?:target|targets)~(?:raised|lifted)\b|\bupgraded~(?:buy|overweight|outperform)\b",
        1,
        "target",
        weight=0.85,
        without=r"\b(?:growth|GDP|sales|delivery|production) target",
    ),
    trigger(
        "target cut",
        "analyst",
        r"\b(?:downgrad(?:e[sd]?|ing)|cuts?|cutting|lower(?:s|ed|ing)?|trim(?:s|med)?|slash(?:es|ed)?|reduc\w+)~(?:price targets?|target prices?|targets?|rating|(?:to|from) (?:buy|overweight|outperform|neutral|hold|sell|underweight))\b",
        -1,
        "target",
        weight=0.85,
        without=r"\b(?:growth|GDP|sales|delivery|production) target",
    ),
    trigger(
        "price cut",
        "product",
        r"\b(?:cuts?|cutting|slash(?:es|ed|ing)?|lower(?:s|ed|ing)?|reduc(?:e[sd]?|ing))~pric(?:es?|ing)\b(?! targets?)|\bprice (?:cuts?|war)\b",
        -1,
        "actor",
        weight=0.7,
    ),
    trigger(
        "buyback",
        "capital",
        r"\b(?:share |stock )?(?:buy-?backs?|repurchas(?:e[sd]?|ing))\b|\bb(?:uy|uys|uying|ought) back\b",
        1,
        "actor",
        weight=0.8,
    ),
    trigger(
        "dividend cut",
        "capital",
        r"\b(?:cuts?|suspend\w*|scrap\w*|skip\w*|omit\w*|halv\w*)~dividends?\b",
        -1,
        "actor",
        weight=0.8,
    ),
    trigger(
        "dividend",
        "capital",
        r"\b(?:declar\w+|pay(?:s|ing)?|paid|rais\w+|special|announc\w+|propos\w+|hik\w+|first(?:-ever)?)~dividends?\b",
        1,
        "actor",
        weight=0.7,
    ),
    trigger(
        "split-up",
        "capital",
        r"\b(?:split(?:s|ting)?(?= (?:itself |up |the |its |into|off))|splitting into|break(?:s|ing)? (?:itself )?up|restructuring in|overhaul(?:s|ed)? (?:itself|its (?:business|structure))|reorgani[sz](?:e[sd]?|ing) (?:itself|into|its)|spin(?:s|ning)?[- ]?offs?|spun off|carve[- ]?out)\b"
        r"|\b(?:unveil\w*|announc\w+)~(?:restructuring|reorgani[sz]ation|break-?up)\b",
        1,
        "actor",
        weight=0.8,
        without=r"\b(?:stock|share) split\b",
    ),
    trigger(
        "new shares",
        "capital",
        r"\b(?:sell(?:s|ing)?|sold|issu(?:e[sd]?|ing)|rais(?:e[sd]?|ing)|plac(?:es|ed|ing)|offer(?:s|ed|ing)?|pric(?:es|ed))~(?:convertible|exchangeable|new shares|share (?:sale|placement|offering)|rights issue)\b",
        -1,
        "actor",
        weight=0.75,
    ),
    trigger(
        "bonds",
        "capital",
        r"\b(?:sell(?:s|ing)?|sold|issu(?:e[sd]?|ing)|rais(?:e[sd]?|ing)|pric(?:es|ed))~(?:bonds?|senior notes|loans?|debt)\b",
        0,
        "actor",
        weight=0.6,
    ),
    trigger(
        "stake cut",
        "ownership",
        r"\b(?:sold|sells?|selling|cuts?|cutting|trim(?:s|med)?|reduc(?:e[sd]?|ing)|dump(?:s|ed)?|exit(?:s|ed)?|offload(?:s|ed)?|slash(?:es|ed)?|unload\w*|divest\w*)~(?:stakes?|holdings?|positions?|(?:its|his|her|all|[0-9.,]+ ?\w*) shares (?:in|of)|shareholding)\b",
        -1,
        "target",
        weight=0.8,
    ),
    trigger(
        "stake raised",
        "ownership",
        r"\b(?:rais(?:e[sd]?|ing)|increas(?:e[sd]?|ing)|boost(?:s|ed|ing)?|add(?:s|ed|ing) to|lift(?:s|ed)?|buil(?:ds?|t|ding)|b(?:ought|uys?|uying)|acquir(?:e[sd]?|ing)|t(?:ook|akes?|aking)|disclos(?:e[sd]?|ing)|purchas(?:e[sd]?|ing)|accumulat\w+|grew|amass\w*)~(?:stakes?|holdings?|positions?|shares in)\b"
        r"|\bstakes?~(?:raised|boosted|increased|grew)\b",
        1,
        "target",
        weight=0.8,
    ),
    trigger(
        "buying everything",
        "ownership",
        r"\bbuy(?:ing)?\b[^.;\w]{0,4}everything\b|\bloading up on\b|\ball[- ]in on\b|\b(?:net )?(?:foreign )?inflows (?:into|to)\b",
        1,
        "market",
        weight=0.6,
        scope="market",
    ),
    trigger(
        "round led",
        "ownership",
        r"\b(?:led|leads?|leading|join(?:s|ed)|took part in|participat\w+ in)~(?:funding|financing|investment|fundraising)? ?round\b"
        r"|\binvest(?:s|ed|ing)?\b[^;\n]{0,60}\bin\b[^;\n]{0,60}\b(?:start-?ups?|unicorn|ventures?|developer|maker)\b|\bback(?:s|ed|ing)~start-?ups?\b",
        1,
        "actor",
        weight=0.7,
    ),
    trigger(
        "deal off",
        "partnership",
        r"\b(?:end(?:s|ed)|terminat\w+|call(?:s|ed|ing)? off|walk(?:s|ed) away from|abandon\w*|scrap(?:s|ped)|exit(?:s|ed))~(?:deal|talks|merger|partnership|tie-?up|alliance|joint venture|agreement|takeover|bid)\b"
        r"|\b(?:deal|talks|merger|partnership|tie-?up|alliance)~(?:fall(?:s|en|ing)? apart|fell apart|collaps\w+|called off|ended|terminated)\b",
        -1,
        "both",
        weight=0.75,
    ),
    trigger(
        "takeover",
        "ownership",
        r"\b(?:acquir(?:e[sd]?|ing)|acquisition of|takeover|buy-?out|merg(?:e[sd]?|ing|er)|tak(?:e[sn]?|ing) private|agree[sd]? to buy|to buy out|buy-?in)\b",
        0,
        "both",
        weight=0.65,
    ),
    trigger(
        "partnership",
        "partnership",
        r"\b(?:partner(?:s|ed|ing|ship)s? (?:with|between|to)|AI partnership|partnership|team(?:s|ed|ing)? up|tie[- ]?up|collaborat\w+|joint venture|strategic alliance|join(?:s|ed)? forces"
        r"|work(?:s|ed|ing)? with|sign(?:s|ed)~(?:deal|agreement|pact|memorandum|contract)|(?:deal|agreement|pact) with"
        r"|incorporat(?:e[sd]?|ing)~(?:AI|offerings?|models?|technology)|integrat(?:e[sd]?|ing)~into|use~(?:AI|models?|technology) (?:in|on|for)|(?:select(?:s|ed)|pick(?:s|ed)|cho(?:se|sen))~(?:AI|models?|supplier|partner|cloud))\b",
        1,
        "both",
        weight=0.75,
        without=r"\b(?:lack of|instead of|rather than) (?:a )?partner",
    ),
    trigger(
        "results ahead",
        "earnings",
        r"\b(?:results|earnings|quarterly figures)\b[^;\n]{0,40}\b(?:scheduled|due|expected (?:on|to be)|will be (?:released|published|reported)|are on tap)\b"
        r"|\b(?:to|will|expected to|scheduled to|due to) (?:report|announce|release|publish|post|unveil)~(?:results|earnings|figures)\b|\b(?:ahead of|before|post|upcoming)~(?:results|earnings)\b",
        0,
        "both",
        weight=0.7,
        undated="ahead",
    ),
    trigger(
        "results",
        "earnings",
        r"\b(?:report(?:s|ed|ing)?|post(?:s|ed|ing)?|publish(?:es|ed)|announc(?:es|ed)|deliver(?:s|ed)?|book(?:s|ed)|releas(?:es|ed))~(?:results|earnings|revenues?|profits?|net income|net loss|loss|quarter|sales)\b"
        r"|\b(?:revenues?|net profit|profits?|net income|net loss|earnings|quarterly sales|sales)\b[^;\n]{0,60}\b(?:rose|rises?|grew|jump(?:s|ed)?|surg(?:e[sd]?)|climb(?:s|ed)?|increas(?:e[sd]?)|fell|falls?|drop(?:s|ped)?|declin(?:e[sd]?)|slump(?:s|ed)?|tripl(?:e[sd]|ing)|doubl(?:e[sd]|ing)|beat|beats|missed|misses|topp(?:ed|ing)|exceed(?:s|ed)|shrank|swung)\b"
        r"|\b(?:beat|beats|topped|missed)~(?:estimates|expectations|forecasts)\b|\b(?:strong|weak|better|worse|blowout|upbeat|stellar|disappointing|robust)[\w-]*(?: \w+){0,2} (?:results|earnings|quarter)\b|\b(?:quarterly|latest|its) (?:results|earnings)\b",
        None,
        "actor",
        weight=0.75,
        without=r"\b(?:earnings growth prospects|price[- ]to[- ]earnings|times earnings|analysts? (?:estimate|expect|forecast))\b",
    ),
    trigger(
        "profit warning",
        "guidance",
        r"\bprofit warning\b|\b(?:warn(?:s|ed)|cuts?|lower(?:s|ed)|slash(?:es|ed)|withdr[ae]w\w*)~(?:guidance|outlook|forecasts?|profit|sales target|delivery target|lower revenue)\b",
        -1,
        "actor",
        weight=0.8,
        without=r"\banalysts?\b",
    ),
    trigger(
        "spending plan",
        "guidance",
        r"\b(?:invest(?:s|ed|ing|ment)?|spend(?:s|ing)?|plow(?:s|ing|ed)?|plough(?:s|ing|ed)?|pour(?:s|ing|ed)?|commit(?:s|ted|ting)?|expenditures?|capex)\b[^;\n]{0,90}\b(?:AI|artificial intelligence|data cent\w+|cloud|infrastructure|capacity|chips|factory|plant|next (?:\w+ )?years)\b",
        1,
        "actor",
        weight=0.65,
        needs=r"\b(?:billion|bn|million|trillion|yuan|dollars?|next (?:\w+ )?years|exceed|more than)\b|[$€£]",
        without=r"\b(?:analysts?|hedge funds?|investors?|fund)\b",
    ),
    trigger(
        "outlook",
        "guidance",
        r"\b(?:forecast(?:s|ed)?|guided?|guidance|projects?|expects?|sees|rais(?:e[sd]|ing)|reiterat\w+|confirm(?:s|ed))~(?:revenues?|sales|profits?|margins?|losses|deliveries|earnings|outlook|guidance|full-year)\b",
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
        r"\b(?:step(?:s|ped|ping)? down|resign(?:s|ed|ation)?|quit(?:s|ting)?|retir(?:es|ed|ing)|oust(?:s|ed)?|depart(?:s|ed|ure))\b",
        -1,
        "actor",
        weight=0.75,
        needs=_OFFICE + r"|\bfounder\b|\bexecutive\b|\bboard\b",
    ),
    trigger(
        "appointed",
        "leadership",
        rf"\b(?:appoint(?:s|ed|ment)?|nam(?:es|ed|ing)|promot(?:es|ed)|hir(?:es|ed)|succeed(?:s|ed)|tak(?:es|ing) over as|took over as)~{_OFFICE}\b|\b{_OFFICE}~(?:appointed|named|succeeded)\b",
        0,
        "actor",
        weight=0.75,
    ),
    trigger(
        "unseen",
        "leadership",
        r"\b(?:disappear(?:s|ed|ance)?|vanish(?:es|ed)?|not (?:been )?seen in public|out of (?:the )?(?:public (?:view|eye)|sight)|(?:political )?exile|kept a low profile|laid low)\b",
        -1,
        "actor",
        weight=0.65,
    ),
    trigger(
        "seen again",
        "leadership",
        r"\b(?:reappear(?:s|ed|ance)?|re-?emerg(?:es|ed|ence)|resurfac(?:es|ed)|public appearance|back into the good graces)\b",
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
        r"\b(?:w(?:ins?|on)~(?:lawsuit|case|appeal|ruling)|dismiss(?:es|ed)~(?:lawsuit|case|suit|complaint)|settl(?:es|ed|ement)~(?:lawsuit|case|suit|claims|class action))\b",
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
        r"\b(?:join(?:s|ed)|added to|includ(?:ed|sion) in|enter(?:s|ed))~(?:index|Stock Connect|benchmark)\b|\bprimary listing\b|\bdual[- ]primary\b|\bsecondary listing\b",
        1,
        "actor",
        weight=0.65,
    ),
    trigger(
        "listing plan",
        "listing",
        r"\b(?:fil(?:es|ed|ing)|appl(?:ies|ied)|plan(?:s|ned|ning)?|seek(?:s|ing)?|consider(?:s|ing)|pric(?:es|ed)|complet(?:es|ed)|prepar(?:es|ing)|rais(?:es|ed))~(?:IPO|initial public offering|Hong Kong listing|U\.?S\.? listing|list(?:ing)? (?:in|on))\b",
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
        r"\b(?:recall(?:s|ed|ing)|outage|data (?:leak|breach)|(?:was|were|been) hacked|security flaw|explosion|fatal crash)\b",
        -1,
        "actor",
        weight=0.65,
    ),
    trigger(
        "launch",
        "product",
        rf"\b(?:launch(?:es|ed|ing)?|releas(?:e[sd]?|ing)|unveil(?:s|ed|ing)?|roll(?:s|ed|ing)? out|introduc(?:e[sd]|ing)|debut(?:s|ed)?|open[- ]sourc(?:e[sd]?|ing)|show(?:s|ed|n|cases?|cased) off|publish(?:es|ed)|start(?:s|ed) (?:selling|shipping|taking)|arrival of|advent of|emergence of)~{_THING}\b"
        rf"|\b{_THING}~(?:was|were|is|are|been) (?:launched|released|unveiled|rolled out|introduced)\b|\bfit(?:s|ted|ting)?~across~{_THING}\b",
        1,
        "actor",
        weight=0.75,
    ),
    trigger(
        "arrival",
        "product",
        r"\b(?:arrival|advent|emergence|launch|release|debut|unveiling|meteoric rise) of (?:[\w-]+ ){0,6}(?-i:[A-Z])|\b(?-i:[A-Z])[\w.-]{2,20}['’]s (?:launch|debut|arrival|emergence|breakthrough|release)\b",
        None,
        "actor",
        weight=0.55,
    ),
)
