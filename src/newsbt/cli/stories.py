"""``newsbt catalysts link`` and ``newsbt catalysts chain``: news to a catalogue, each story once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsbt.cli import options, render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsbt.adapters.linked_files import LinkReport
    from newsbt.stories.catalogue import Chain, Stories

__all__ = ["chain", "link"]

#: Chains that are shown without --all.
SHOWN = 10


class Known(StrEnum):
    """When an item enters a backtest."""

    published = "published"
    fetched = "fetched"


Output = Annotated[
    Path,
    typer.Option("-o", "--output", metavar="OUT", help="Catalogue to write, .csv, .jsonl or .parquet."),
]


def link(
    news: Annotated[Path, typer.Argument(metavar="NEWS", help="News file, as import and fetch write it.")],
    output: Output,
    known: Annotated[
        Known,
        typer.Option("--known", help="When a story enters: as its feed says, or not before a poll saw it."),
    ] = Known.published,
    min_relevance: Annotated[
        float,
        typer.Option("--min-relevance", metavar="R", min=0.0, max=1.0, help="Least relevance of an issuer."),
    ] = 0.3,
    funds: Annotated[bool, typer.Option("--funds", help="Funds and indices count as issuers.")] = False,
    rejects: Annotated[
        Path | None, typer.Option("--rejects", metavar="FILE", help="CSV of items left out, with reasons.")
    ] = None,
    as_json: options.AsJson = False,
    workspace: options.WorkspaceDir = None,
) -> None:
    """Find whom news is about; write a catalogue.

    Names, brands, people and symbols are found by data/aliases.toml, in English and Chinese. Every item
    becomes a row or is counted with the reason; --rejects lists those.

    Example: newsbt catalysts link week.jsonl -o linked.csv
    """
    from newsbt.adapters.aliases import load_linker
    from newsbt.adapters.linked_files import link_file
    from newsbt.cli.progress import ProgressBar
    from newsbt.cli.story_lines import linked_json

    place = options.open_workspace(workspace)
    with ProgressBar() as bar:
        found = link_file(
            news,
            output,
            load_linker(place),
            place.universe(),
            rejects=rejects,
            known=known.value,
            min_relevance=min_relevance,
            funds=funds,
            report=lambda count: bar(f"Linking, {count:,} items", 0.0) if count % 1000 == 0 else None,
        )
    if as_json:
        render.json_value(linked_json(found))
        return
    _show_linked(found, output)


def chain(
    catalogues: Annotated[
        list[Path], typer.Argument(metavar="IN...", help="Catalogues, .csv, .jsonl or .parquet.")
    ],
    output: Output,
    window: Annotated[
        float,
        typer.Option("--window", metavar="DAYS", min=0.0, max=60.0, help="Most days between two of a story."),
    ] = 3.0,
    keep_repeated: Annotated[
        bool, typer.Option("--keep-repeated", help="Only name chains, leave nothing out.")
    ] = False,
    rejects: Annotated[
        Path | None,
        typer.Option("--rejects", metavar="FILE", help="CSV of repetitions and of what they repeat."),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help=f"Show all chains, not the {SHOWN} longest.")
    ] = False,
    as_json: options.AsJson = False,
    workspace: options.WorkspaceDir = None,
) -> None:
    """Leave repetitions out; chain follow-ups.

    First seen wins. Works across sources and languages. A strategy trades the second story of a chain with
    half its score, the third with a quarter: what is known already moves prices less.

    Example: newsbt catalysts chain linked.csv -o stories.csv
    """
    from newsbt.adapters.catalogue_table import read_catalogue_table, write_catalogue_table
    from newsbt.cli.progress import ProgressBar
    from newsbt.cli.story_lines import repeated_csv, stories_json
    from newsbt.stories.of_table import find_table_stories

    options.open_workspace(workspace)
    seconds = round(window * 86_400)
    with ProgressBar() as bar:
        given = read_catalogue_table(catalogues, bar)
        table = find_table_stories(
            given, repeat_s=0 if keep_repeated else seconds, chain_s=seconds, report=bar
        )
        bar("Writing", 0.0)
        write_catalogue_table(output, given, table.rows, {"chain": table.chains})
    found = table.stories
    if rejects is not None:
        _write(rejects, repeated_csv(found))
    if as_json:
        render.json_value(stories_json(found, len(given)))
        return
    _show_stories(found, len(given), output, None if everything else SHOWN)


def _write(path: Path, text: str) -> None:
    from newsbt.adapters.report import write_text

    write_text(path, text)


def _show_linked(found: LinkReport, output: Path) -> None:
    from newsbt.cli.story_lines import issuer_rows, reason_rows

    render.lines([f"{found.linked} of {found.items} items are about an issuer; written to {output}", ""])
    if found.linked:
        render.table(["issuer", "items", "first"], issuer_rows(found), right=["items", "first"])
    if found.reasons:
        render.lines([""])
        render.table(["left out", "items"], reason_rows(found), right=["items"])


def _show_stories(found: Stories, total: int, output: Path, most: int | None) -> None:
    from newsbt.cli.story_lines import chain_rows

    joined = sum(len(item.catalysts) for item in found.chains)
    render.lines(
        [
            f"{total} rows: {len(found.repeated)} tell again what another has told;"
            f" {len(found.catalysts)} written to {output}",
            f"{joined} of them belong to {len(found.chains)} chains",
        ]
    )
    ranked: Sequence[Chain] = sorted(found.chains, key=lambda item: -len(item.catalysts))
    if not ranked:
        return
    render.lines([""])
    header = ["stories", "hours", "sources", "about", "first headline"]
    render.table(header, chain_rows(ranked[:most]), right=["stories", "hours", "sources"])
    if most is not None and len(ranked) > most:
        render.lines([f"and {len(ranked) - most} more; --all shows them"])
