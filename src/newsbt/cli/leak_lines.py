"""What ``newsbt leakcheck`` says, as lines and as JSON (pure)."""

from __future__ import annotations

import dataclasses
from typing import Any

from newsbt.cli import layout
from newsbt.evidence.leaks.report import LeakReport

__all__ = ["report_json", "report_lines", "unchecked_lines"]

#: Findings shown; the first ones are what matters, and all are in the JSON.
SHOWN = 5


def report_lines(report: LeakReport, width: int = 80) -> list[str]:
    """The verdict with the number of probes, the findings, and what could not be probed."""
    count = len(report.findings)
    if report.clean:
        verdict = "no leak found" + (" where it could be probed" if report.notes else "")
    else:
        verdict = f"{count} thing{'s' if count > 1 else ''} changed that must not"
    made = f"{report.probes} probes, {len(report.cuts)} cut{'s' if len(report.cuts) != 1 else ''}"
    lines = layout.paragraph(f"{report.subject}: {verdict} ({made})", width=width, hanging="  ")
    for leak in report.findings[:SHOWN]:
        lines += layout.paragraph(leak.text, width=width, indent="  ", hanging="  ")
    if count > SHOWN:
        lines.append(f"  and {count - SHOWN} more; --json has them")
    if report.hindsight:
        share = f"{report.hindsight} of {report.scores} scores rest on judgements made after publication"
        lines += layout.paragraph(f"{share}, and say so", width=width, indent="  ", hanging="  ")
    for note in report.notes:
        lines += layout.paragraph(f"note: {note}", width=width, indent="  ", hanging="  ")
    return lines


def unchecked_lines(signal: str, reason: str, width: int = 80) -> list[str]:
    """That a signal of the workspace could not be run at all, and why."""
    return layout.paragraph(f"signal {signal}: not checked: {reason}", width=width, hanging="  ")


def report_json(report: LeakReport) -> dict[str, Any]:
    """Everything, as JSON values."""
    whole = dataclasses.asdict(report)
    whole["findings"] = [{**dataclasses.asdict(leak), "text": leak.text} for leak in report.findings]
    return {"clean": report.clean, **whole}
