"""What ``newsbt catalysts import`` shows: a table of files, refused entries, warnings about times."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsbt.cli import layout, render

if TYPE_CHECKING:
    from newsbt.adapters.news_import import FileReport, ImportReport

__all__ = ["report_json", "show_report"]

#: Refused entries on screen.
SHOWN = 5
#: Columns of a file's name in the table.
WIDEST = 34


def report_json(report: ImportReport, output: str) -> dict[str, Any]:
    """Everything that a report holds, times in UTC."""
    values = asdict(report)
    for name in ("first", "last"):
        values[name] = f"{values[name].replace(tzinfo=None).isoformat()}Z" if values[name] else None
    return {"output": output, **values}


def show_report(report: ImportReport, output: str, rejects: str) -> None:
    """Print what was read, what was refused and why, and what is odd."""
    period = f", {report.first:%Y-%m-%d %H:%M} to {report.last:%Y-%m-%d %H:%M} UTC" if report.first else ""
    render.paragraph(f"{output}: {_count(report.items, 'item')}{period}")
    render.lines([""])
    short = [Path(file.path).name for file in report.files]
    names = short if len(set(short)) == len(short) else [file.path for file in report.files]
    rows = [
        (_short(name), _read_as(file), file.entries, file.items, file.duplicates, file.rejected)
        for name, file in zip(names, report.files, strict=True)
    ]
    figures = ("entries", "items", "duplicates", "refused")
    render.table(("file", "read as", *figures), [tuple(map(_cell, row)) for row in rows], right=figures)
    for columns in {tuple(file.columns.items()) for file in report.files if file.columns}:
        shown = ", ".join(ours if ours == theirs else f"{ours} = {theirs}" for ours, theirs in columns)
        render.paragraph(f"columns: {shown}", hanging="  ")
    if report.rejected:
        reasons = ", ".join(f"{count:,} {code}" for code, count in report.reasons.items())
        where = f"all in {rejects}" if rejects else "all with --rejects FILE"
        render.lines([""])
        render.paragraph(
            f"{_count(report.rejected, 'entry', 'entries')} refused: {reasons}; {where}", hanging="  "
        )
        for case in report.examples[:SHOWN]:
            title = f" ({case.title})" if case.title else ""
            start = f"{case.file}:{case.line}:"
            render.paragraph(f"{start} {case.reason}{title}", indent="  ", hanging="  ", unbroken=len(start))
    if report.warnings:
        render.lines([""])
        for warning in report.warnings:
            render.paragraph(f"warning: {warning.message}", hanging="  ")


def _short(name: str) -> str:
    """A name that leaves room for the figures beside it: its beginning and its end."""
    if layout.width_of(name) <= WIDEST:
        return name
    head, tail = name, ""
    while layout.width_of(tail) < WIDEST // 2 - 1:
        head, tail = head[:-1], head[-1] + tail
    while layout.width_of(f"{head}…{tail}") > WIDEST:
        head = head[:-1]
    return f"{head}…{tail}"


def _read_as(file: FileReport) -> str:
    return file.container if file.format == "table" else file.format


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
