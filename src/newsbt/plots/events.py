"""Compose the pictures of an event study, without pyplot."""

from __future__ import annotations

from matplotlib.figure import Figure

from newsbt.evidence.events.study import EventStudy
from newsbt.evidence.events.tables import is_small
from newsbt.evidence.events.words import count
from newsbt.plots import style
from newsbt.plots.events_data import caar_lines, heat_data, split_bars
from newsbt.plots.events_draw import draw_caar, draw_heat, draw_split

__all__ = ["caar_figure", "event_figures", "heat_figure", "split_figure"]

BY = {"direction": "direction", "category": "kind of news", "venue": "venue", "year": "year"}


def event_figures(study: EventStudy) -> dict[str, Figure]:
    """The pictures of a study by name: caar, caar_GROUPING, split, heatmap.

    Parameters
    ----------
    study : EventStudy
        With at least one event. A grouping with one group only has no picture.
    """
    figures = {"caar": caar_figure(study)}
    for grouping in BY:
        if study.caar.loc[study.caar["grouping"] == grouping, "group"].nunique() > 1:
            figures[f"caar_{grouping}"] = caar_figure(study, grouping)
    if len(study.split):
        figures["split"] = split_figure(study)
    figures["heatmap"] = heat_figure(study)
    return figures


def caar_figure(study: EventStudy, grouping: str = "all") -> Figure:
    """CAAR with its band: of all events, or of each group of `grouping`."""
    with style.applied():
        lines = caar_lines(study, grouping)
        alone = grouping == "all"
        widest = 0 if alone else max(len(line.label) for line in lines)
        right = style.MARGIN_RIGHT if alone else 0.9 + 0.085 * widest
        figure = style.new_figure(max(5.6, 2.4 + 0.26 * len(lines)), style.WIDTH if alone else 7.0 + right)
        what = "" if grouping == "all" else f" by {BY.get(grouping, grouping)}"
        level = f"{study.settings.level * 100:.0f} %"
        bands = len(lines) if len(lines) <= 3 else 0
        told = f"; band: {level}, by separate dates" if any(line.banded for line in lines[:bands]) else ""
        groups = study.caar.loc[study.caar["grouping"] == grouping, "group"].nunique()
        told += f"; {groups - len(lines)} groups not drawn, too small" if len(lines) < groups else ""
        style.header(figure, f"Abnormal return around the news{what}", _subtitle(study), _note(study) + told)
        ax = style.place(figure, 0.95, figure.get_size_inches()[1] - 0.95, right=right)
        draw_caar(lines, ax, bands=bands, by_open=study.settings.entry == "open", named=not alone)
        return figure


def split_figure(study: EventStudy) -> Figure:
    """What nobody could trade, the first session and the drift, by group."""
    with style.applied():
        data = split_bars(study, ("direction", "venue", "category", "scope"))
        height = 0.5 * len(data.labels)
        figure = style.new_figure(height + 2.3)
        left = 0.5 + 0.095 * max(
            len(label) + 7 * small for label, small in zip(data.labels, data.small, strict=True)
        )
        style.header(
            figure,
            "What could be traded of the reaction",
            _subtitle(study),
            f"In brackets: events / separate dates. Lines: {study.settings.level * 100:.0f} % bands by date."
            " Pale: small sample, without band.",
        )
        draw_split(data, style.place(figure, 0.95, 0.95 + height, left=left))
        return figure


def heat_figure(study: EventStudy) -> Figure:
    """Abnormal returns of the largest events by session."""
    with style.applied():
        data = heat_data(study)
        height = max(3.0, 0.2 * len(data.labels))
        figure = style.new_figure(height + 2.0)
        total = len(study.events)
        some = f": the {len(data.labels)} of {total:,} that moved most" if len(data.labels) < total else ""
        style.header(
            figure,
            f"Events by session{some}",
            _subtitle(study),
            f"{_note(study)}; + and −: direction of the news; the line: the close before day 0",
        )
        ax = style.place(figure, 0.95, 0.95 + height, left=2.1, right=1.35)
        draw_heat(data, ax, style.place(figure, 0.95, 0.95 + height, left=style.WIDTH - 1.15, right=0.95))
        return figure


def _subtitle(study: EventStudy) -> str:
    events = study.events
    first, last, dates = events["session"].min(), events["session"].max(), int(events["cluster"].nunique())
    small = "A small sample: " if is_small(len(events), dates) else ""
    said = f"{small}{count(len(events), 'event')} on {count(dates, 'separate date')}"
    period = f"{first}" if first == last else f"{first} to {last}"
    return f"{said}, {period}; up is the way the news pointed"


def _note(study: EventStudy) -> str:
    names: dict[str, str] = study.info.get("benchmarks", {})
    against = f" against {' and '.join(names.values())}" if names and study.settings.model != "mean" else ""
    model = {"market": "Market model", "mean": "Mean-adjusted", "market-adjusted": "Market-adjusted"}
    return f"{model[study.settings.model]}{against}; log returns"
