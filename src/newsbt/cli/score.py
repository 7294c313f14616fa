"""``newsbt catalysts score``: category, direction and strength from the text."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsbt.cli import options, render

if TYPE_CHECKING:
    from newsbt.sentiment.labels import Labelled

__all__ = ["score"]

#: Reasons that are shown.
SHOWN = 8


def score(
    catalogue: Annotated[Path, typer.Argument(metavar="IN", help="Catalogue, .csv or .jsonl.")],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="OUT", help="Catalogue to write, .csv or .jsonl.")
    ],
    model: Annotated[
        str,
        typer.Option("--model", metavar="NAME", help="Who reads: sentiment, headline, finbert, llm, yours."),
    ] = "headline",
    relabel: Annotated[
        bool, typer.Option("--relabel", help="Replace directions that rows have already.")
    ] = False,
    sets: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="Parameter of the model; repeatable."),
    ] = None,
    column: Annotated[
        str,
        typer.Option("--column", metavar="NAME", help="IN is any table, with headlines in this column."),
    ] = "",
    names: Annotated[
        str,
        typer.Option("--names", metavar="NAME", help="With --column: the column of whom to judge for."),
    ] = "",
    as_json: options.AsJson = False,
    workspace: options.WorkspaceDir = None,
) -> None:
    """Label a catalogue by what its headlines say.

    Fills category where it is empty, direction and strength where nobody has judged. labelled_at is the end
    of the model's training data, so that a label is hindsight exactly when the story is older. Every row is
    labelled, or counted with the reason. With --column any table gets a label, a value and probabilities;
    so does a .txt with a headline a line.

    Example: newsbt catalysts score stories.csv --model headline -o scored.csv
    """
    from newsbt.adapters.catalogue import write_catalogue
    from newsbt.adapters.headline_tables import HEADLINE
    from newsbt.api.label import label_news
    from newsbt.cli.progress import ProgressBar
    from newsbt.cli.score_table import score_table
    from newsbt.errors import InputError

    given = options.split_sets(sets)
    wrong = sorted(prefix for prefix in given if prefix not in ("", "signal"))
    if wrong:
        raise InputError(f"--set {wrong[0]}.... is for runs; write key=value with a parameter of the model")
    params = {**given.get("signal", {}), **given.get("", {})}
    if catalogue.suffix.lower() == ".txt":
        column = HEADLINE
    if column:
        score_table(catalogue, output, column, names, model, workspace, params, as_json)
        return
    if names:
        raise InputError("--names goes with --column; a catalogue says itself whom its rows are about")
    place = options.open_workspace(workspace)
    with ProgressBar() as bar:
        found = label_news(
            catalogue,
            model,
            relabel=relabel,
            workspace=place.root,
            report=lambda done, count: bar(f"Reading, {done:,} of {count:,} headlines", done / count),
            **params,
        )
    write_catalogue(output, found.catalysts)
    if as_json:
        render.json_value(_as_json(found))
        return
    render.lines(_lines(found, output))


def _as_json(found: Labelled) -> dict[str, object]:
    return {
        "rows": len(found.catalysts),
        "labelled": found.count,
        "directions": {str(sign): count for sign, count in found.directions().items()},
        "hindsight": found.hindsight,
        "scorer": found.scorer,
        "version": found.version,
        "by_words": found.by_words,
        "trained_until": found.trained_until.isoformat() if found.trained_until else None,
        "unlabelled": dict(found.unlabelled),
    }


def _lines(found: Labelled, output: Path) -> list[str]:
    signs = found.directions()
    lines = [
        f"{found.count} of {len(found.catalysts)} rows labelled by {found.scorer} {found.version}:"
        f" {signs[1]} good, {signs[-1]} bad, {signs[0]} neutral"
    ]
    if found.trained_until is not None:
        lines.append(
            f"training data end {found.trained_until:%Y-%m-%d}: {found.hindsight} labels are hindsight,"
            " their stories are older"
        )
    if found.by_words:
        lines.append(
            f"{found.by_words} of them are Chinese and read by the lexicon alone, which has no training data"
        )
    reasons = Counter(found.unlabelled.values()).most_common()
    lines += [f"{count} without a label: {reason}" for reason, count in reasons[:SHOWN]]
    if len(reasons) > SHOWN:
        lines.append(f"{len(reasons) - SHOWN} more reasons; --json has each row's")
    return [*lines, f"written to {output}"]
