"""English date words: months, weekdays, weeks, "ago", "a day after" (pure)."""

from __future__ import annotations

from newsbt.articles.date_rules import DateRule, rule
from newsbt.articles.english_periods import (
    ago,
    anchor_day,
    anchor_period,
    later,
    overnight,
    quarter,
    recent,
    relative_day,
    same,
    this_period,
    upcoming,
    vaguely_later,
    weekend,
    year,
)
from newsbt.articles.english_resolvers import (
    bare_month,
    day_of_month,
    full,
    holiday,
    iso,
    month_of_year,
    month_that_year,
    month_year,
    weekday,
    weekday_of_date,
)

__all__ = ["ENGLISH"]

MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
DAY = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?"
YEAR = r"(?P<year>(?:19|20)[0-9]{2})\b"
WEEKDAY = (
    r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat"
    r"|Sun)\.(?! [A-Z][a-z]))"
)
WEEKDAY_BESIDE_DATE = (
    r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\b\.?)"
)
PART = (
    r"(?P<part>[Ee]arly|[Ll]ate|[Mm]id|[Tt]he (?:beginning|start|middle|end) of|[Ee]nd of|[Ss]tart of)[\s-]"
)
COUNT = (
    r"(?P<count>[0-9]{1,3}|[Aa] couple of|[Aa] few|[Aa]n?|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix"
    r"|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Ee]leven|[Tt]welve|[Ss]everal|[Ss]ome)"
)
UNIT = r"(?P<unit>day|week|month|year|decade)s?"

#: Longest and surest first: of two that begin at one place, the earlier in this list is read.
ENGLISH: tuple[DateRule, ...] = (
    rule(
        "weekday date",
        rf"\b{WEEKDAY_BESIDE_DATE},? (?:the )?{MONTH} {DAY}\b(?:,? {YEAR})?",
        weekday_of_date,
        relative="published",
    ),
    rule(
        "weekday date",
        rf"\b{WEEKDAY_BESIDE_DATE},? (?:the )?{DAY} (?:of )?{MONTH}(?:,? {YEAR})?",
        weekday_of_date,
    ),
    rule("full date", rf"\b{MONTH} ?{DAY},? {YEAR}", full, relative="none"),
    rule("full date", rf"\b{DAY} (?:of )?{MONTH},? {YEAR}", full, relative="none"),
    rule("iso date", rf"\b{YEAR}[-/.](?P<m>[01]?[0-9])[-/.](?P<day>[0-3]?[0-9])\b", iso, relative="none"),
    rule(
        "day of that year",
        rf"\b{MONTH} {DAY},? (?:of )?(?:that|the (?P<how>next|following|same|previous)) year\b",
        month_that_year,
        relative="anchor",
    ),
    rule("day of month", rf"\b{MONTH} {DAY}\b(?![:%.,]?[0-9])", day_of_month),
    rule("day of month", rf"\b{DAY} (?:of )?{MONTH}(?![a-z])", day_of_month),
    rule("month and year", rf"\b(?:{PART})?{MONTH},?(?: of)? {YEAR}", month_year, relative="none"),
    rule(
        "month that year",
        rf"\b(?:{PART})?{MONTH},? (?:of )?(?:that|the (?P<how>next|following|same|previous)) year\b",
        month_that_year,
        relative="anchor",
    ),
    rule("month of year", rf"\b(?:{PART})?{MONTH},? (?:of )?(?P<which>last|this|next) year\b", month_of_year),
    rule("month of year", rf"\b(?P<which>last|this|next) year in (?:{PART})?{MONTH}", month_of_year),
    rule("part of month", rf"\b{PART}{MONTH}(?![a-z])", bare_month),
    rule("month", rf"\b(?P<which>[Ll]ast|[Tt]his|[Nn]ext|[Cc]oming) {MONTH}(?![a-z])", bare_month),
    rule("month", rf"(?<=[Ii]n\s){MONTH}(?![a-z])", bare_month),
    rule(
        "month",
        rf"(?:(?<=[Ss]ince\s)|(?<=[Uu]ntil\s)|(?<=[Bb]y\s)|(?<=[Ff]rom\s)|(?<=[Dd]uring\s)"
        rf"|(?<=[Bb]ack\sin\s)|(?<=months\sto\s)|(?<=months\sended\s)){MONTH}(?![a-z])",
        bare_month,
    ),
    rule(
        "month",
        r"(?:(?<=[Tt]he\s)|(?<=[Ii]ts\s)|(?<=[Hh]is\s)|(?<=[Tt]heir\s))(?P<month>January|February|April"
        r"|June|July|August|September|October|November|December)(?= [a-z])",
        bare_month,
    ),
    rule(
        "holiday",
        r"\b(?P<holiday>New Year[’']s (?:Day|Eve)|Christmas(?: Day| Eve)?)(?:,? (?:(?P<year>(?:19"
        r"|20)[0-9]{2})|(?P<which>this|last|next) year))?",
        holiday,
    ),
    rule("weekday of week", rf"\b{WEEKDAY} (?:of )?(?P<week>last|this|next) week\b", weekday),
    rule(
        "weekday",
        rf"\b(?:(?P<which>[Ll]ast|[Tt]his|[Nn]ext|[Pp]ast"
        rf"|[Cc]oming) )?(?<!Black\s)(?<!Cyber\s){WEEKDAY}(?![a-z])",
        weekday,
    ),
    rule("yesterday", r"\b[Tt]he day before yesterday\b", relative_day(-2), past=True),
    rule("tomorrow", r"\b[Tt]he day after tomorrow\b", relative_day(2), future=True),
    rule(
        "yesterday",
        r"\b(?:[Ll]ate |[Ee]arl(?:y|ier) )?[Yy]esterday\b|\b[Ll]ast night\b",
        relative_day(-1),
        past=True,
    ),
    rule("tomorrow", r"\b[Tt]omorrow\b", relative_day(1), future=True),
    rule(
        "today",
        r"\b[Ee]arlier (?:today|in the day)\b|\b[Tt]oday\b(?!['’]s (?:world|digital|economy))"
        r"|\b[Tt]his (?:morning|afternoon|evening)\b|\b[Tt]onight\b|\b[Ll]ater in the day\b",
        relative_day(0),
    ),
    rule("overnight", r"\b[Oo]vernight\b(?! (?:success|rate|lending|funding))", overnight, past=True),
    rule(
        "weekend",
        r"\b(?:[Oo]ver|[Aa]t|[Oo]n|[Tt]his) the weekend\b|\b(?P<which>[Ll]ast|[Tt]his|[Nn]ext) weekend\b",
        weekend,
    ),
    rule(
        "same day",
        r"\b[Tt]he (?P<how>same|next|following|previous) day\b|\b[Tt]hat (?:very )?day\b",
        lambda m, c: anchor_day(m, c) if m["how"] else c.anchor,
        relative="anchor",
    ),
    rule(
        "anchor period",
        r"\b(?:(?<=[Tt]he\s)(?=[NnPp])|(?![NnPp]))(?P<how>[Ss]ame|[Nn]ext|[Ff]ollowing|[Pp]revious"
        r"|[Tt]hat) (?P<unit>week|month|year|quarter)\b",
        anchor_period,
        relative="anchor",
    ),
    rule("ago", rf"\b{COUNT} {UNIT} ago\b", ago, past=True),
    rule(
        "ago",
        rf"(?:(?<=\b[Cc]omes\s)|(?<=\b[Cc]ame\s)|(?<=\b[Cc]oming\s))(?:just |only |barely |less than )?"
        rf"{COUNT} {UNIT} after\b",
        ago,
        past=True,
    ),
    rule(
        "later",
        rf"\b{COUNT} {UNIT} (?P<way>later|earlier|before|previously|after)\b(?! the\b)",
        later,
        relative="anchor",
    ),
    rule(
        "vaguely later",
        r"\b(?P<unit>[Dd]ay|[Ww]eek|[Mm]onth)s (?P<way>later|earlier|before|after)\b",
        vaguely_later,
        relative="anchor",
    ),
    rule(
        "period",
        r"\b(?P<part>[Ee]arlier|[Ll]ater|[Ee]arly|[Ll]ate|(?:[Tt]he )?(?:[Ss]tart|[Bb]eginning|[Ee]nd"
        r"|[Mm]iddle) of|[Ee]arlier in|[Ll]ater in) (?P<which>last|this|next|the coming) (?P<unit>week"
        r"|month|quarter|year)\b",
        this_period,
    ),
    rule(
        "period",
        r"\b(?P<which>[Ll]ast|[Pp]revious|[Tt]his|[Nn]ext|[Cc]oming) (?P<unit>week|month|quarter"
        r"|year)\b(?!['’]s earnings season)(?!(?<=year)['’]s\b)",
        this_period,
    ),
    rule(
        "quarter",
        rf"\b(?P<quarter>Q[1-4]|(?:[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth) quarter)(?:,? (?:of )?{YEAR})?",
        quarter,
    ),
    rule("part of year", rf"\b{PART}{YEAR}", year, relative="none"),
    rule(
        "year",
        rf"(?:(?<=[Ii]n\s)|(?<=[Ss]ince\s)|(?<=[Uu]ntil\s)|(?<=[Dd]uring\s)|(?<=[Ff]rom\s)"
        rf"|(?<=[Bb]y\s))(?:the year )?{YEAR}(?![-/.][0-9])(?! (?:[a-z]+ )?(?:results|earnings|target"
        rf"|budget|level))",
        year,
        relative="none",
    ),
    rule(
        "year",
        rf"\b{YEAR}(?= (?:GDP|results|revenues?|sales|profits?|growth|full-year|fiscal|annual|earnings))",
        year,
        relative="none",
    ),
    rule(
        "year",
        rf"(?<=\b[Aa]\s){YEAR}(?= (?:speech|address|interview|letter|memo|deal|report|ruling|decision"
        rf"|crackdown|fine|probe)\b)",
        year,
        relative="none",
    ),
    rule("year", rf"(?<=\(){YEAR}(?=\))", year, relative="none"),
    rule("year", rf"(?<=\n){YEAR}(?=\s*[\n:–—])", year, relative="none"),
    rule(
        "recently",
        r"\b[Rr]ecent (?=(?:[\w’'-]+ ){0,2}(?:meeting|symposium|launch|release|unveiling|partnership|decision"
        r"|announcement|order|directive|memo|report|results|earnings|fine|ruling|deal)\b)"
        r"|\b[Oo]ngoing (?=(?:[\w'’]+ ){0,4}(?:meeting|[Cc]ongress|session|conference)\b)"
        r"|\b[Rr]ecently\b|\b[Ii]n recent (?:days|weeks)\b|\b[Tt]hese days\b"
        r"|\b[Oo]ver the past (?:few )?(?:days|week|weeks)\b",
        recent(14),
        past=True,
    ),
    rule(
        "now",
        r"\b[Jj]ust\b(?=[\s“\"]+(?:[a-z]+ed|delivered|announced|unveiled|reported|released))"
        r"|\b[Nn]ow\b(?= (?:comes|came))",
        recent(7),
        past=True,
    ),
    rule(
        "upcoming",
        r"\b[Uu]pcoming\b|\b[Ii]n the coming (?:days|weeks)\b|\b[Nn]ear future\b",
        upcoming,
        future=True,
    ),
    rule("at the time", r"\b[Aa]t the time\b(?! of)|\b[Aa]t that time\b", same, relative="anchor"),
)
