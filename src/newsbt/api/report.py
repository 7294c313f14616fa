"""The page and the pictures of a finished run or a tuning, made again from its folder."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from newsbt.adapters.report import REPORT, render_page, write_text
from newsbt.adapters.results import read_run
from newsbt.adapters.studies_beside import studies_beside
from newsbt.adapters.trial_files import HEADER, tuning_folder, unfinished
from newsbt.adapters.workspace import Workspace
from newsbt.api.inputs import Inputs, describe_book, gather
from newsbt.api.ledger import open_trial_log
from newsbt.api.tune_page import tuning_pictures, write_tuning_page
from newsbt.api.worlds import benchmark_index, traded_bars
from newsbt.errors import InputError, NewsbtError
from newsbt.report.page import report_page
from newsbt.runs import RunResult

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["report", "report_html", "with_prices"]


def report(
    folder: Path,
    workspace: Workspace,
    *,
    png: bool = False,
    pdf: bool = False,
    studies: Sequence[Path] = (),
) -> list[Path]:
    """Write the page of a run or of a tuning into its folder, replacing an older one.

    Parameters
    ----------
    folder : Path
        Of a run, such as ``results/reference``, which gets ``report.html``; or of a tuning, which gets
        ``tune.html``.
    workspace : Workspace
        Where its prices are. Prices that are gone or changed are not shown, and the page says so.
    png : bool
        Also draw the static pictures, as PNG and SVG.
    pdf : bool
        Also draw them into one ``report.pdf`` or ``tune.pdf``, a page each.
    studies : sequence of Path
        Folders of event studies and placebo tests to show; those inside `folder` are found.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    NewsbtError
        If `folder` is none of a run or a tuning, or cannot be written.
    """
    if _is_tuning(folder):
        if studies:
            raise InputError(
                f"{folder} is a tuning; studies are shown on the page of a run, so leave them out"
            )
        folder = tuning_folder(folder)
        page = write_tuning_page(folder, workspace)
        draw = partial(tuning_pictures, folder)
    else:
        run, notes = with_prices(read_run(folder), workspace)
        page = write_text(folder / REPORT, report_html(run, notes, studies))
        draw = partial(_run_pictures, run)
    if not (png or pdf):
        return [page]
    from newsbt.adapters.figures import save_figures, save_pdf

    figures = draw()
    drawn = save_figures(figures, folder) if png else []
    document = [save_pdf(figures, page.with_suffix(".pdf"), folder.name)] if pdf else []
    return [page, *document, *drawn]


def _is_tuning(folder: Path) -> bool:
    return any((place / HEADER).is_file() for place in (folder, unfinished(folder)))


def _run_pictures(run: RunResult) -> Mapping[str, Figure]:
    from newsbt.plots.figures import run_figures

    return run_figures(run, every=True)


def report_html(run: RunResult, notes: Sequence[str] = (), studies: Sequence[Path] = ()) -> str:
    """The page of `run` as a text; studies in its folder are on it."""
    beside = studies_beside(run.path, studies) if run.path else []
    return render_page(report_page(run, notes, beside))


def with_prices(run: RunResult, workspace: Workspace) -> tuple[RunResult, list[str]]:
    """A run that was read back, with the prices, benchmark and trials that its page shows.

    Returns
    -------
    run : RunResult
        Prices that are no longer those of the run are left out.
    notes : list of str
        What was left out, and why.
    """
    try:
        inputs = gather(run.spec, workspace)
    except NewsbtError as error:
        return run, [f"Prices are not shown, for the inputs of the run are not at hand: {error}."]
    changed = _changed(run, inputs)
    bars, closes = traded_bars(inputs)
    notes = []
    if changed:
        notes.append(f"Prices have changed since the run and are not shown: {', '.join(changed)}.")
    spoiled = inputs.benchmark is not None and {inputs.benchmark.symbol, "USDHKD"} & set(changed)
    return (
        dataclasses.replace(
            run,
            bars={symbol: frame for symbol, frame in bars.items() if symbol not in changed},
            closes={symbol: frame for symbol, frame in closes.items() if symbol not in changed},
            benchmark=None if spoiled else benchmark_index(run.spec, inputs),
            tried=open_trial_log(workspace, None).tried(run.spec),
        ),
        notes,
    )


def _changed(run: RunResult, inputs: Inputs) -> list[str]:
    """Symbols whose prices are not those that the run says it read."""
    then, now = run.manifest.get("prices") or {}, describe_book(inputs.book)
    return [
        symbol
        for symbol, row in now.items()
        if symbol not in then or then[symbol].get("sha256") != row.get("sha256")
    ]
