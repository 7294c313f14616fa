"""What ``newsbt catalysts`` shows: catalysts and findings as lines of text and as JSON values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from newsbt.catalysts.columns import NAMES
from newsbt.cli import layout
from newsbt.records import Catalyst, Finding

__all__ = ["catalyst_json", "catalyst_lines", "finding_json", "finding_text", "tally"]

INDENT = "  "


def catalyst_lines(item: Catalyst, width: int = 80) -> list[str]:
    """Moment in UTC, id, category, score and symbols; below them the headline.

    No line is wider than `width`, unless a single symbol or id is.
    """
    moment = f"{item.published_at.astimezone(dt.UTC):%Y-%m-%d %H:%M} UTC"
    precision = "" if item.time_precision == "minute" else f" ({item.time_precision})"
    role = "" if item.role == "event" else f"  {item.role}"
    facts = f"{moment}{precision}  {item.id}  {item.category}{role}  {_score(item)}"
    symbols = ", ".join(item.symbols)
    lines = _wrap(f"{facts}  {symbols}", width, INDENT * 2)
    return lines + [INDENT + line for line in _wrap(item.headline, width - len(INDENT), "")]


def catalyst_json(item: Catalyst) -> dict[str, Any]:
    """All columns as JSON values, and ``published_utc`` and ``hindsight``."""
    values: dict[str, Any] = {name: getattr(item, name) for name in NAMES}
    values["published_at"] = item.published_at.isoformat()
    values["labelled_at"] = item.labelled_at.isoformat() if item.labelled_at else None
    values["symbols"] = list(item.symbols)
    moment = item.published_at.astimezone(dt.UTC).replace(tzinfo=None).isoformat()
    return {**values, "published_utc": f"{moment}Z", "hindsight": item.hindsight}


def finding_text(item: Finding) -> str:
    """``file:line: severity: message; action [code]``."""
    action = f"; {item.action}" if item.action else ""
    return f"{item.where}: {item.severity}: {item.message}{action} [{item.code}]"


def finding_json(item: Finding) -> dict[str, Any]:
    """A finding with its file and line apart."""
    file, _, line = item.where.rpartition(":")
    return {
        "file": file,
        "line": int(line),
        "severity": item.severity,
        "code": item.code,
        "message": item.message,
        "action": item.action,
    }


def tally(rows: Mapping[str, int], found: Sequence[Finding]) -> str:
    """How much was checked, and how many findings there are of each severity."""
    words = {"error": "error", "warning": "warning", "info": "hint"}
    counts = {name: sum(item.severity == name for item in found) for name in words}
    told = ", ".join(_count(counts[name], word) for name, word in words.items())
    return f"{_count(len(rows), 'file')}, {_count(sum(rows.values()), 'row')}: {told}"


def _count(number: int, word: str) -> str:
    return f"{number or 'no'} {word}{'' if number == 1 else 's'}"


def _score(item: Catalyst) -> str:
    """Direction times strength, as signal ``catalogue`` reads them; a question mark where nobody judged."""
    if item.direction is None or (item.direction and item.strength is None):
        return "?"
    return f"{item.direction * (item.strength or 0.0):+.2g}" if item.direction else "0"


def _wrap(text: str, width: int, hanging: str) -> list[str]:
    """`text` in lines of at most `width` columns; a run of wide characters may break anywhere."""
    lines = [""]
    for word in layout.clean(text).split(" "):
        for number, piece in enumerate(_pieces(word, width - len(hanging))):
            space = " " if lines[-1].strip() and not number else ""
            if layout.width_of(lines[-1] + space + piece) <= width or not lines[-1].strip():
                lines[-1] += space + piece
            else:
                lines.append(hanging + piece)
    return [line.rstrip() for line in lines]


def _pieces(word: str, room: int) -> Iterable[str]:
    """The word itself; in single characters if it is East Asian text wider than `room`."""
    wide = layout.width_of(word) > max(room, 1) and layout.width_of(word) > len(word)
    return word if wide else (word,)
