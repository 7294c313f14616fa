"""Times in further written forms whose day and month cannot be mistaken: English, Chinese, ctime (pure)."""

from __future__ import annotations

import re
from typing import Final
from zoneinfo import ZoneInfo

from newsbt.news.outcome import EntryError
from newsbt.news.resolve import Moment, resolved, shown
from newsbt.news.zones import offset_of, region_of

__all__ = ["written"]

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = (
    r"(?P<word>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY: Final = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_CLOCK: Final = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"(?:\s*(?P<half>[ap])\.?m\.?(?![a-z]))?"
)
_ZONE: Final = (
    r"(?:\s*\(?(?P<zone>[+-]\d{2}(?::?\d{2})?|[a-z]{1,5}|[a-z_]{2,20}(?:/[a-z_+-]{2,20}){1,2})\)?"
    r"(?:\s?\[[a-z/_]+\])?)?"
)
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>\d{4})"
_MAY_CLOCK: Final = rf"(?:(?:,?\s+(?:at\s+)?|,\s*|t){_CLOCK}{_ZONE})?"
_FORMS: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # 2025/03/01 10:00 HKT, 2025-03-01T10:00:00-05:00[America/New_York]
        rf"{_YEAR}(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}}){_MAY_CLOCK}",
        # Saturday, March 1, 2025 at 10:00 AM ET
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}{_MAY_CLOCK}",
        # 1st March 2025, 10:00 am
        rf"{_WEEKDAY}{_DAY}\s+{_MONTH},?\s+{_YEAR}{_MAY_CLOCK}",
        # Sat Mar 01 10:00:00 UTC 2025
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY}\s+{_CLOCK}{_ZONE}\s+{_YEAR}",
        # Mar-01-25 10:00AM
        rf"{_MONTH}-{_DAY}-(?P<short>\d{{2}}){_MAY_CLOCK}",
        # 2025年3月1日 下午3:05, 2025年3月1日15时05分
        rf"{_YEAR}\s*年\s*(?P<month>\d{{1,2}})\s*月\s*(?P<day>\d{{1,2}})\s*[日号號]?"
        rf"(?:\s*(?P<noon>上午|下午)?\s*(?:{_CLOCK}|(?P<hours>\d{{1,2}})\s*[时時点點]\s*"
        rf"(?:(?P<minutes>\d{{1,2}})\s*分(?:\s*(?P<seconds>\d{{1,2}})\s*秒)?)?){_ZONE})?",
    )
)
_RELATIVE: Final = re.compile(
    r"\b(?:ago|yesterday|today|just now|an? (?:hour|minute|day))\b|刚刚|剛剛|[时時钟鐘天]前|昨天|今天|前天",
    re.IGNORECASE,
)


def written(
    text: str, zone: ZoneInfo | None, name: str = "the time", *, chinese: bool = False
) -> Moment | None:
    """A time as people write it, ``March 1, 2025, 10:00 AM ET``; None for a text in none of the forms.

    Parameters
    ----------
    text : str
        Without spaces around.
    zone : ZoneInfo or None
        Of times without an offset, and of those whose zone has a name without one meaning.
    name : str
        What to call it in messages.
    chinese : bool
        CST may mean China's time, and so counts as none.

    Raises
    ------
    EntryError
        ``bad-time`` for a moment that does not exist or that counts from another (``2 hours ago``);
        ``no-offset``.
    """
    match = next((found for form in _FORMS if (found := form.fullmatch(text))), None)
    if match is None:
        if _RELATIVE.search(text):
            raise EntryError(
                "bad-time",
                f"{name} is {shown(text)}, which counts from when it was read, and the file does not say when"
                " that was; export the news with dates",
            )
        return None
    parts = match.groupdict()
    month = parts.get("month") or str(1 + _MONTHS.index(parts["word"][:3].lower()))
    year = parts.get("year") or f"20{parts['short']}"
    hour = parts.get("hour") or parts.get("hours")
    minute = parts.get("minute") or parts.get("minutes") or ("0" if hour else None)
    second = parts.get("second") or parts.get("seconds")
    half = (parts.get("half") or {"上午": "a", "下午": "p"}.get(parts.get("noon") or "", "")).lower()
    if hour and half:
        if not 1 <= int(hour) <= 12:
            raise EntryError("bad-time", f"{name} is {shown(text)}, which does not exist")
        hour = str(int(hour) % 12 + (12 if half == "p" else 0))
    fields = [year, month, parts["day"], hour, minute, second]
    fraction = (parts.get("fraction") or "").ljust(6, "0")[:6]
    return _placed(fields, fraction, parts.get("zone") or "", zone, text, name, chinese)


def _placed(
    fields: list[str | None],
    fraction: str,
    word: str,
    zone: ZoneInfo | None,
    text: str,
    name: str,
    chinese: bool,
) -> Moment:
    offset = word if word[:1] in ("+", "-") else offset_of(word, chinese=chinese)
    place = zone if offset else region_of(word) or zone
    return resolved(fields, fraction, offset, place, text, name, word)
