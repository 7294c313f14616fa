"""``newsbt catalysts score --column``: labels for any table with a column of headlines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from newsbt.cli import render

__all__ = ["score_table"]


def score_table(
    path: Path,
    output: Path,
    column: str,
    names: str,
    model: str,
    workspace: Path | None,
    params: Mapping[str, object],
    as_json: bool,
) -> None:
    """Score the headlines in `column` of a table, for whom the column `names` says, and write all of it."""
    from newsbt.adapters.headline_tables import read_headline_table, write_headline_table
    from newsbt.api.headlines import score_headlines
    from newsbt.cli.progress import ProgressBar

    rows = read_headline_table(path, [column, *([names] if names else [])])
    texts = [str(row.get(column) or "") for row in rows]
    whom = [str(row.get(names) or "") for row in rows] if names else None
    with ProgressBar() as bar:
        bar(f"Reading {len(texts):,} headlines", 0.0)
        found = score_headlines(texts, model, names=whom, workspace=workspace, **params)
    shown = found.drop(columns=["headline", "name"]).round(4)
    # A table has an empty cell where there is no figure.
    cells = shown.astype("object").where(shown.notna(), None).to_dict("records")
    said = [{str(name): cell for name, cell in row.items()} for row in cells]
    write_headline_table(output, rows, said)
    labels = Counter(found["label"])
    silent = int((found["confidence"] == 0.0).sum())
    if as_json:
        render.json_value(
            {"rows": len(rows), "labels": dict(labels), "without_opinion": silent, "model": model}
        )
        return
    render.lines(
        [
            f"{len(rows)} headlines read by {model}: {labels['positive']} good, {labels['negative']} bad,"
            f" {labels['neutral']} neutral" + (f", {silent} of those without an opinion" if silent else ""),
            f"written to {output}",
        ]
    )
