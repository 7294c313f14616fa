"""What ``newsbt events`` says of a study, as lines (pure)."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from newsbt.cli import layout
from newsbt.evidence.events.battery import TESTS
from newsbt.evidence.events.study import EventStudy
from newsbt.evidence.events.tables import GROUPINGS
from newsbt.evidence.events.words import count, leading_test, percent, study_words

__all__ = ["study_lines"]

#: Windows of the table of tests, and their headings.
WINDOWS = {
    "before": "before",
    "untradable": "untrad.",
    "first-session": "first",
    "drift": "drift",
    "tradable": "trad.",
    "reaction": "all",
    "bhar": "b&h",
}
PARTS = {
    "untradable": "last close to first tradable price",
    "first-session": "first session",
    "drift": "drift to session {after}",
}
CLOSE_PARTS = {**PARTS, "first-session": "first session after it"}


def study_lines(study: EventStudy, folder: Path | None, width: int = 80) -> list[str]:
    """The reaction in parts, the tests, the groups, what it means, and where it is."""
    lines = layout.paragraph(_title(study), width=width, hanging="  ")
    if len(study.events):
        lines += ["", *_parts(study, width), "", *_tests(study, width), "", *_groups(study, width)]
    lines.append("")
    for text in study_words(study):
        lines += layout.paragraph(text, width=width, hanging="  ")
    warnings = [item for item in study.findings if item.severity != "info"]
    for item in warnings[:5]:
        action = f"; {item.action}" if item.action else ""
        lines += layout.paragraph(
            f"{item.where}: {item.severity}: {item.message}{action}", width=width, indent="  ", hanging="  "
        )
    if len(warnings) > 5:
        lines.append(f"  and {len(warnings) - 5} more in events.json")
    return [*lines, "", f"saved in {folder}"] if folder is not None else lines


def _title(study: EventStudy) -> str:
    events, settings = study.events, study.settings
    benchmarks: dict[str, str] = study.info.get("benchmarks", {})
    against = " and ".join(f"{symbol} ({venue})" for venue, symbol in benchmarks.items())
    model = {"market": "market model", "mean": "mean-adjusted", "market-adjusted": "market-adjusted"}
    how = model[settings.model] + (f" against {against}" if settings.model != "mean" and against else "")
    if not len(events):
        return f"Event study, {how}: no events left"
    first, last = events["session"].min(), events["session"].max()
    dates, listings = int(events["cluster"].nunique()), int(events["symbol"].nunique())
    return (
        f"Event study of {count(len(events), 'event')} on {count(dates, 'separate date')} at"
        f" {count(listings, 'listing')}, {first} to {last}; {how}; log returns, plus is the way the"
        " news pointed"
    )


def _parts(study: EventStudy, width: int) -> list[str]:
    rows = study.split[study.split["grouping"] == "all"]
    names = PARTS if study.settings.entry == "open" else CLOSE_PARTS
    level = f"{study.settings.level * 100:.0f} % band by date"
    shown = [
        [
            names[row.part].format(after=study.settings.windows.after),  # type: ignore[index]
            percent(row.mean),  # type: ignore[arg-type]
            "" if pd.isna(row.low) else f"{percent(row.low)} to {percent(row.high)}",  # type: ignore[arg-type]
            percent(row.raw),  # type: ignore[arg-type]
        ]
        for row in rows.itertuples()
    ]
    if shown:
        total = ["sum", percent(rows["mean"].sum()), "", percent(rows["raw"].sum())]
        shown.append(total)
    header = ["reaction", "abnormal", level, "plain"]
    return layout.table(header, shown, right=header[1:], width=width)


def _tests(study: EventStudy, width: int) -> list[str]:
    rows = study.tests[study.tests["grouping"] == "all"]
    table = dict(zip(zip(rows["test"], rows["window"], strict=True), rows["p_value"], strict=True))
    shown = [
        [item.label, *(_p(table.get((key, window))) for window in WINDOWS)] for key, item in TESTS.items()
    ]
    header = ["p-values", *WINDOWS.values()]
    return layout.table(header, shown, right=header[1:], width=width)


def _groups(study: EventStudy, width: int) -> list[str]:
    split = study.split.pivot_table(
        index=["grouping", "group"], columns="part", values="mean", sort=False, observed=True
    )
    chosen = (study.tests["window"] == "tradable") & (study.tests["test"] == leading_test(study))
    tested = study.tests[chosen].set_index(["grouping", "group"])
    shown: list[list[str]] = []
    for grouping in GROUPINGS:
        for key in [key for key in tested.index if key[0] == grouping]:
            row, parts = tested.loc[key], split.loc[key]
            shown.append(
                [
                    "clustering" if grouping == "flags" else grouping,
                    key[1],
                    f"{row['events']:,}",
                    f"{row['dates']:,}",
                    *(percent(parts[part]).removesuffix(" %") for part in PARTS),
                    _p(row["p_value"]),
                    "small" if row["small"] else "",
                ]
            )
    last = ""
    for line in shown:
        line[0], last = ("" if line[0] == last else line[0]), line[0]
    header = ["by, in %", "group", "events", "dates", "untrad.", "first", "drift", "p trad.", ""]
    return layout.table(header, shown, right=header[2:-1], width=width)


def _p(value: float | None) -> str:
    return "" if value is None or pd.isna(value) else f"{value:.3f}"
