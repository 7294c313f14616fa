"""``newsbt catalysts extract``: articles to drafts of catalysts, and their review."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsbt.cli import options, render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsbt.adapters.workspace import Workspace
    from newsbt.api.extract import Ask, Extracted
    from newsbt.articles.draft_rows import DraftRow

__all__ = ["extract"]


class Backend(StrEnum):
    """Who drafts."""

    rules = "rules"
    llm = "llm"


def extract(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Articles (text, HTML), or drafts to review.")
    ],
    published: Annotated[
        str | None,
        typer.Option("--published", metavar="DATE", help="When, for articles that do not say: 2025-02-13."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="FILE", help="Write drafts here, .jsonl or .csv.")
    ] = None,
    review: Annotated[
        bool, typer.Option("--review", help="Walk through the drafts: accept, edit, skip, quit.")
    ] = False,
    into: Annotated[
        Path | None,
        typer.Option("--into", metavar="CATALOGUE", help="Catalogue that accepted drafts are appended to."),
    ] = None,
    min_confidence: Annotated[
        float,
        typer.Option("--min-confidence", metavar="C", min=0.0, max=1.0, help="Leave out less sure drafts."),
    ] = 0.15,
    backend: Annotated[
        Backend, typer.Option("--backend", help="rules, or llm: a language model, through the same checks.")
    ] = Backend.rules,
    as_json: options.AsJson = False,
    workspace: options.WorkspaceDir = None,
) -> None:
    """Draft catalysts from articles.

    Finds dated events, resolves the words that date them against the day of publication, and says on which
    characters each draft rests. Nothing enters a catalogue without --review.

    Example: newsbt catalysts extract article.txt --published 2025-02-13 --review --into mine.csv
    """
    from newsbt.adapters.drafts import is_draft_file, keep_decisions, read_drafts, write_drafts
    from newsbt.api.extract import extract as extract_
    from newsbt.cli import draft_lines
    from newsbt.cli.progress import ProgressBar
    from newsbt.errors import InputError

    if review and into is None:
        raise InputError("--review appends what you accept to a catalogue; name it with --into mine.csv")
    if review and as_json:
        raise InputError("--review asks on the terminal and cannot print JSON; give one of the two")
    place = options.open_workspace(workspace)
    drafted = [path for path in files if is_draft_file(path)]
    articles = [path for path in files if path not in drafted]
    found: list[Extracted] = []
    if articles:
        with ProgressBar() as bar:
            found = extract_(
                articles,
                published=published,
                workspace=place.root,
                min_confidence=min_confidence,
                ask=_model(backend),
                report=bar,
            )
    rows = [row for item in found for row in item.rows]
    target = out or _default_target(articles, drafted, review=review)
    if target is not None and articles:
        rows = keep_decisions(rows, target)
        write_drafts(target, rows)
    for path in drafted:
        rows += read_drafts(path)
    if review:
        _review(rows, target or drafted[0], into or Path(), place)
        return
    if as_json:
        render.json_value(draft_lines.extracted_json(found, rows))
        return
    for row in rows:
        render.lines([*draft_lines.draft_lines(row, render.screen_width()), ""])
    for item in found:
        for reason in item.refused:
            render.note(f"refused: {reason}")
    render.lines([draft_lines.tally(rows, target)])


def _default_target(articles: Sequence[Path], drafted: Sequence[Path], *, review: bool) -> Path | None:
    """Where a review is kept, so that it can be taken up again."""
    if not review or not articles:
        return None
    if drafted:
        return drafted[0]
    return Path(f"{articles[0].stem}.drafts.jsonl")


def _model(backend: Backend) -> Ask | None:
    if backend is Backend.rules:
        return None
    from newsbt.adapters.llm_client import from_environment

    return from_environment().answer


def _review(rows: list[DraftRow], drafts: Path, into: Path, place: Workspace) -> None:
    from newsbt.cli.review import walk

    walk(rows, drafts, into, place.universe())
