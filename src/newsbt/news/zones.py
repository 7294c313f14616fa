"""Names of zones behind a written time, to offsets; only those with one meaning (pure)."""

from __future__ import annotations

from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

__all__ = ["offset_of", "region_of"]

#: Zone names with one meaning only, beyond those of RFC 822; minutes east of UTC.
ZONES: Final = {
    "HKT": 480,
    "JST": 540,
    "KST": 540,
    "SGT": 480,
    "CET": 60,
    "CEST": 120,
    "EET": 120,
    "EEST": 180,
}
#: Zone names of RFC 822: UTC and North America.
ZONES_822: Final = {
    "UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420,
    "MDT": -360, "PST": -480, "PDT": -420,
}  # fmt: skip
#: Names that stand for summer and winter time alike.
REGIONS: Final = {"ET": "America/New_York", "PT": "America/Los_Angeles"}


def offset_of(word: str, *, chinese: bool = False) -> str:
    """Offset that a zone's name stands for, as ``+0800``; empty for a name without one meaning.

    CST is North America's; where it may be China's (`chinese`), 14 hours away, it has none.
    """
    name = word.upper()
    minutes = ZONES.get(name, ZONES_822.get(name))
    if minutes is None or (name == "CST" and chinese):
        return ""
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def region_of(word: str) -> ZoneInfo | None:
    """The zone of ``ET`` and ``PT``, and of IANA's names (``Asia/Hong_Kong``); None for any other word."""
    name = REGIONS.get(word.upper(), word if "/" in word else "")
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
