"""``newsbt.label_news``: category, direction and strength of catalogues by a signal that reads headlines."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from newsbt.adapters.catalogue import read_rows
from newsbt.adapters.plugins import describe
from newsbt.adapters.settings import load_settings
from newsbt.adapters.signal_models import ModelSource, build_model
from newsbt.adapters.workspace import Workspace, find_workspace
from newsbt.catalysts.columns import BROKEN
from newsbt.catalysts.parse import parse_row
from newsbt.errors import InputError
from newsbt.params import check_params
from newsbt.records import Catalyst
from newsbt.sentiment.categories import category_of
from newsbt.sentiment.labels import Labelled, label
from newsbt.sentiment.text_signal import TextSignalModel

__all__ = ["label_news", "read_without_category", "text_model"]


def label_news(
    catalogue: str | os.PathLike[str],
    model: str = "headline",
    *,
    relabel: bool = False,
    workspace: str | os.PathLike[str] | None = None,
    report: Callable[[int, int], None] | None = None,
    **params: object,
) -> Labelled:
    """Label the rows of a catalogue by what `model` reads in their headlines.

    Parameters
    ----------
    catalogue : path
        CSV or JSONL; cells of `category` may be empty and are filled from the headline.
    model : str
        A signal of the workspace that reads texts: sentiment, headline, finbert, llm, or one of your own.
    relabel : bool
        Replace directions that rows have already.
    workspace : path or None
        Default as for :func:`newsbt.run`.
    report : callable, optional
        Told, now and then, how many headlines of how many were read.
    **params
        Of the signal.

    Returns
    -------
    Labelled
        `catalysts`, every row, and `unlabelled` with the reason for each that got no label.

    Raises
    ------
    InputError
        If the catalogue, the model or a parameter cannot be used.
    DataUnavailableError
        If the model has to be asked and does not answer.
    """
    place = find_workspace(Path(workspace) if workspace is not None else None)
    reader = text_model(place, model, params)
    return label(read_without_category(Path(catalogue)), reader, relabel, report)


def text_model(place: Workspace, name: str, params: Mapping[str, object]) -> TextSignalModel:
    """The signal `name`, which must read texts, with `params` over those of newsbt.toml.

    Raises
    ------
    InputError
        For another kind of signal, and for a name or parameter that is not there.
    """
    ref = place.signal(name)
    given = {**load_settings(place).signal.get(name, {}), **params}
    checked = check_params(describe(ref).params, given, f"signal {name}")
    built = build_model(name, checked, ModelSource(place.universe(), place.signal, place.table)).model
    if not isinstance(built, TextSignalModel):
        raise InputError(
            f"signal {name!r} does not read texts; choose sentiment, headline, finbert or llm, or inherit"
            " from newsbt.sentiment.text_signal.TextSignalModel"
        )
    return built


def read_without_category(path: Path) -> list[Catalyst]:
    """Catalysts of a catalogue whose cells of `category` may be empty; those are filled from the headline.

    Raises
    ------
    CatalystError
        For a file or a row that cannot be read.
    """
    found = []
    for line, row in read_rows(path):
        if not row.get(BROKEN) and not row.get("category", "").strip():
            row = {**row, "category": category_of(row.get("headline", ""))}
        found.append(parse_row(row, f"{path}:{line}"))
    return found
