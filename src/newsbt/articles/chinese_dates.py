"""Chinese date words, in both scripts: 2月13日, 上周三, 昨日, 三周前 (pure)."""

from __future__ import annotations

import datetime as dt
import re

from newsbt.articles import spans
from newsbt.articles.date_rules import Context, DateRule, nearest_occurrence, rule
from newsbt.articles.spans import When

__all__ = ["CHINESE"]

_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九十")} | {"零": 0, "两": 2, "兩": 2}
_WEEKDAYS = {sign: value for value, sign in enumerate("一二三四五六")} | {"日": 6, "天": 6, "末": 5}
NUMBER = r"[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
YEAR = r"(?P<year>(?:19|20)[0-9]{2}|二[〇零][一二三四五六七八九〇零]{2})年"
MONTH = rf"(?P<month>{NUMBER})月"
DAY = rf"(?P<day>{NUMBER})[日号號]"
WEEK = r"(?:周|週|星期|礼拜|禮拜)"
WHICH_YEAR = r"(?P<which>前年|去年|今年|明年|同年|当年|當年|次年)"
_YEAR_STEPS = {"前年": -2, "去年": -1, "今年": 0, "明年": 1, "同年": 0, "当年": 0, "當年": 0, "次年": 1}
_PARTS = {
    "初": "early",
    "上旬": "early",
    "中": "mid",
    "中旬": "mid",
    "下旬": "late",
    "底": "late",
    "末": "late",
}
PART = r"(?P<part>上旬|中旬|下旬|初|底|末)"


def _number(text: str) -> int:
    """Whole number to 99 in digits or signs; signs of a year (二〇二五) digit by digit."""
    if text.isdigit():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return 10 * (_DIGITS.get(tens, 1) if tens else 1) + (_DIGITS.get(ones, 0) if ones else 0)
    value = 0
    for sign in text:
        value = 10 * value + _DIGITS.get(sign, 0)
    return value


def _date(year: int, month: int, day: int) -> When | None:
    try:
        return spans.day(dt.date(year, month, day))
    except ValueError:
        return None


def _month(year: int, number: int, part: str | None) -> When | None:
    if not 1 <= number <= 12 or not 1900 <= year <= 2199:
        return None
    return spans.month_part(spans.month(year, number), _PARTS.get(part or "", ""))


def _given_year(match: re.Match[str], context: Context) -> int | None:
    """The year that stands in the words, or that they point to; None where they point to no anchor."""
    if match.groupdict().get("year"):
        return _number(match["year"])
    word = match["which"]
    if word in ("同年", "当年", "當年", "次年"):
        return None if context.anchor is None else context.anchor.last.year + _YEAR_STEPS[word]
    return context.published.year + _YEAR_STEPS[word]


def _full(match: re.Match[str], context: Context) -> When | None:
    year = _given_year(match, context)
    return None if year is None else _date(year, _number(match["month"]), _number(match["day"]))


def _year_month(match: re.Match[str], context: Context) -> When | None:
    year = _given_year(match, context)
    return None if year is None else _month(year, _number(match["month"]), match.groupdict().get("part"))


def _year(match: re.Match[str], context: Context) -> When | None:
    year = _given_year(match, context)
    if year is None or not 1900 <= year <= 2199:
        return None
    return spans.year_part(spans.year(year), _PARTS.get(match.groupdict().get("part") or "", ""))


def _month_day(match: re.Match[str], context: Context) -> When | None:
    return nearest_occurrence(_number(match["month"]), _number(match["day"]), context)


def _bare_month(match: re.Match[str], context: Context) -> When | None:
    number, today = _number(match["month"]), context.published
    if not 1 <= number <= 12:
        return None
    ahead = context.tense == "future"
    step = (number < today.month) if ahead else -(number > today.month)
    return _month(today.year + step, number, match.groupdict().get("part"))


def _this_month(match: re.Match[str], context: Context) -> When | None:
    step = {"上": -1, "本": 0, "这": 0, "這": 0, "下": 1, "当": 0, "當": 0}[match["which"][0]]
    moved_ = spans.add_months(context.published.replace(day=1), step)
    if match.groupdict().get("day"):
        return _date(moved_.year, moved_.month, _number(match["day"]))
    whole = spans.month_part(
        spans.month(moved_.year, moved_.month), _PARTS.get(match.groupdict().get("part") or "", "")
    )
    return whole.until(context.published) if step == 0 and context.tense != "future" else whole


def _bare_day(match: re.Match[str], context: Context) -> When | None:
    """``13日``: the day of this month or of the one before, as news agencies write it."""
    number = _number(match["day"])
    found = None
    for step in (0, 1) if context.tense == "future" else (0, -1):
        first = spans.add_months(context.published.replace(day=1), step)
        found = _date(first.year, first.month, number)
        if found and (
            (found.first >= context.published)
            if context.tense == "future"
            else (found.first <= context.published)
        ):
            return found
    return None


def _weekday(match: re.Match[str], context: Context) -> When:
    number, which = _WEEKDAYS[match["weekday"]], (match["which"] or "")[:1]
    if number == 5 and match["weekday"] == "末":
        base = spans.weekday_on_or_before(context.published, 5)
        if which in ("上", "本", "这", "這", "下"):
            base = spans.shift(
                spans.weeks_from(context.published, {"上": -1, "下": 1}.get(which, 0)).first, 5
            )
        return When(base, spans.shift(base, 1), "days")
    if which in ("上", "本", "这", "這", "下"):
        week = spans.weeks_from(context.published, {"上": -1, "下": 1}.get(which, 0))
        return spans.day(week.first, number)
    latest = spans.weekday_on_or_before(context.published, number)
    if context.tense == "future" and latest < context.published:
        return spans.day(latest, 7)
    return spans.day(latest)


def _week(match: re.Match[str], context: Context) -> When:
    step = {"上": -1, "下": 1}.get(match["which"][0], 0)
    whole = spans.weeks_from(context.published, step)
    return whole.until(context.published) if step == 0 and context.tense == "past" else whole


def _relative_day(match: re.Match[str], context: Context) -> When:
    steps = {"今": 0, "昨": -1, "前": -2, "明": 1, "后": 2, "後": 2}
    return spans.day(context.published, steps[match["which"] or match["later"]])


def _anchor_day(match: re.Match[str], context: Context) -> When | None:
    if context.anchor is None:
        return None
    step = 1 if match.group()[0] in "次翌隔" else 0
    return When(
        spans.shift(context.anchor.first, step), spans.shift(context.anchor.last, step), context.anchor.unit
    )


def _ago(match: re.Match[str], context: Context) -> When:
    unit = {
        "天": "day",
        "日": "day",
        "周": "week",
        "週": "week",
        "星": "week",
        "个": "month",
        "個": "month",
        "年": "year",
    }
    return spans.moved(
        context.published, unit[match["unit"][0]], -_number(match["count"]), vague=False
    ).until(context.published)


def _later(match: re.Match[str], context: Context) -> When | None:
    if context.anchor is None:
        return None
    unit = {
        "天": "day",
        "日": "day",
        "周": "week",
        "週": "week",
        "星": "week",
        "个": "month",
        "個": "month",
        "年": "year",
    }
    count = _number(match["count"])
    first = spans.moved(context.anchor.first, unit[match["unit"][0]], count, vague=False)
    last = spans.moved(context.anchor.last, unit[match["unit"][0]], count, vague=False)
    return When(first.first, last.last, first.unit)


def _recent(match: re.Match[str], context: Context) -> When:
    return When(spans.shift(context.published, -14), context.published, "open")


def _overnight(match: re.Match[str], context: Context) -> When:
    return When(spans.shift(context.published, -1), context.published, "days")


COUNT = r"(?P<count>[0-9]{1,3}|[一二三四五六七八九十两兩]{1,3})"
UNIT = r"(?P<unit>天|日|周|週|星期|个星期|個星期|个月|個月|年)"

CHINESE: tuple[DateRule, ...] = (
    rule("full date", rf"(?:{YEAR}|{WHICH_YEAR}){MONTH}{DAY}", _full),
    rule("month and year", rf"(?:{YEAR}|{WHICH_YEAR}){MONTH}{PART}?", _year_month),
    rule("day of month", rf"(?<![0-9年个個]){MONTH}{DAY}", _month_day),
    rule("day of month", rf"(?P<which>上个?月|上個月|本月|下个?月|下個月){DAY}", _this_month),
    rule(
        "month",
        rf"(?<![0-9年个個])(?<!年)(?P<month>[0-9]{{1,2}}|[一二三四五六七八九十]{{1,2}})月(?!份?至|-){PART}?",
        _bare_month,
    ),
    rule(
        "period",
        rf"(?P<which>上个?月|上個月|本月|这个月|這個月|下个?月|下個月|当月|當月){PART}?",
        _this_month,
    ),
    rule("year", rf"(?:{YEAR}|{WHICH_YEAR})(?P<part>初|底|末)?", _year),
    rule(
        "weekday", rf"(?P<which>上|本|这|這|下)?个?個?{WEEK}(?P<weekday>[一二三四五六日天末])(?!期)", _weekday
    ),
    rule("week", rf"(?P<which>上|本|这|這|下)一?(?:个|個)?{WEEK}(?![一二三四五六日天末])", _week),
    rule(
        "relative day", r"(?P<which>今|昨|前|明)[日天晚早夜晨](?!报|報|股)|(?P<later>后|後)天", _relative_day
    ),
    rule(
        "same day", r"[当當同][日天](?!时|時)|同一[日天]|[次翌]日|隔天|第二天", _anchor_day, relative="anchor"
    ),
    rule("overnight", r"隔夜", _overnight, past=True),
    rule("ago", rf"{COUNT}{UNIT}(?:之?前|以前)", _ago, past=True),
    rule("later", rf"{COUNT}{UNIT}(?:之?后|之?後|以后|以後)", _later, relative="anchor"),
    rule("day of month", rf"(?<![0-9月年]){DAY}(?![0-9]|线|線|均|元|内|內)", _bare_day),
    rule("recently", r"近日|日前|最近|近期|刚刚|剛剛", _recent, past=True),
)
