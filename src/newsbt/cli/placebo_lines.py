"""What ``newsbt placebo`` says of a test, as lines (pure)."""

from __future__ import annotations

from pathlib import Path

from newsbt.cli import layout
from newsbt.evidence.events.words import count
from newsbt.evidence.placebo.study import PlaceboStudy
from newsbt.evidence.placebo.words import (
    KIND_NAMES,
    KIND_TEXTS,
    figure,
    label_of,
    placebo_words,
    probability,
)

__all__ = ["placebo_lines"]


def placebo_lines(study: PlaceboStudy, folder: Path | None, width: int = 80) -> list[str]:
    """The table of kinds, what each keeps and breaks, what it means, and where it is."""
    spec, period = study.info["spec"], study.info["period"]
    few = " (few)" if study.few else ""
    stories = "1 story" if study.stories == 1 else f"{study.stories:,} stories"
    title = (
        f"Placebo test of {spec['strategy']}, {period[0]} to {period[1]}: {count(study.signals, 'signal')}"
        f" of {stories}{few} at {count(study.listings, 'listing')}; {study.worlds:,} worlds of each kind"
    )
    lines = [*layout.paragraph(title, width=width, hanging="  "), ""]
    header = [label_of(study.statistic), "run", "median", "5 % to 95 %", "as good", "p", "95 % interval of p"]
    rows = []
    for item in study.results:
        chance = item.chance
        rows.append(
            [
                KIND_NAMES[item.kind],
                figure(study.statistic, chance.value),
                figure(study.statistic, chance.median),
                " to ".join(figure(study.statistic, value) for value in chance.spread),
                f"{chance.as_good:,}",
                probability(chance.p_value),
                f"{probability(chance.low)} to {probability(chance.high)}",
            ]
        )
    lines += [*layout.table(header, rows, right=header[1:], width=width), ""]
    for item in study.results:
        text = f"{KIND_NAMES[item.kind].capitalize()}: {KIND_TEXTS[item.kind]}."
        lines += layout.paragraph(text, width=width, hanging="  ")
    lines.append("")
    for text in placebo_words(study):
        lines += layout.paragraph(text, width=width, hanging="  ")
    return [*lines, "", f"saved in {folder}"] if folder is not None else lines
