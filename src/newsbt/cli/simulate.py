"""``newsbt simulate``: prices and news of a made-up world whose effect is known."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsbt.cli import options, render

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["simulate"]


def simulate(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder.", show_default=False)],
    events: Annotated[int, typer.Option("--events", metavar="N", help="Stories, 1 to 5000.")] = 60,
    effect: Annotated[
        float, typer.Option("--effect", metavar="X", help="Log return of each, -0.3 to 0.3; 0 for none.")
    ] = 0.015,
    over: Annotated[
        int, typer.Option("--over", metavar="N", help="Sessions it is spread over, 1 to 60.")
    ] = 1,
    half_life: Annotated[
        float, typer.Option("--half-life", metavar="N", help="Sessions in which its pace halves; 0: even.")
    ] = 0.0,
    delay: Annotated[
        int, typer.Option("--delay", metavar="N", help="Tradable sessions before it begins, 0 to 20.")
    ] = 0,
    gap: Annotated[
        float, typer.Option("--gap", metavar="X", help="Share in the gap that nobody can trade, 0 to 1.")
    ] = 0.0,
    leak: Annotated[
        float, typer.Option("--leak", metavar="X", help="Share before publication, 0 to 1.")
    ] = 0.0,
    leak_over: Annotated[
        int, typer.Option("--leak-over", metavar="N", help="Sessions that leak, 1 to 20.")
    ] = 5,
    wrong: Annotated[
        float, typer.Option("--wrong", metavar="X", help="Share of stories that point the wrong way.")
    ] = 0.0,
    dates: Annotated[
        int, typer.Option("--dates", metavar="N", help="Dates that stories share; 0: each its own.")
    ] = 0,
    apart: Annotated[
        int, typer.Option("--apart", metavar="N", help="Sessions between stories of an issuer, 1 to 250.")
    ] = 20,
    precision: Annotated[
        str, typer.Option("--precision", metavar="WORD", help="minute, session or day.")
    ] = "minute",
    quiet: Annotated[
        int, typer.Option("--quiet", metavar="N", help="Sessions before the first story, 0 to 1000.")
    ] = 160,
    symbols: Annotated[
        str | None,
        typer.Option("--symbols", metavar="A,B", help="Listings or issuers; default: every traded share."),
    ] = None,
    start: Annotated[str, typer.Option("--start", metavar="DATE", help="First day.")] = "2022-01-03",
    end: Annotated[str, typer.Option("--end", metavar="DATE", help="Last day.")] = "2025-12-31",
    volatility: Annotated[
        float, typer.Option("--volatility", metavar="X", help="Annual, of a listing, 0.01 to 1.")
    ] = 0.4,
    correlation: Annotated[
        float, typer.Option("--correlation", metavar="X", help="Between two issuers, 0 to 0.95.")
    ] = 0.4,
    sector: Annotated[
        float, typer.Option("--sector", metavar="X", help="Part of it that no benchmark holds.")
    ] = 0.1,
    overnight: Annotated[
        float, typer.Option("--overnight", metavar="X", help="Share of variance in the gap, 0.5 to 0.95.")
    ] = 0.55,
    tails: Annotated[
        float, typer.Option("--tails", metavar="N", help="Degrees of freedom, 4.5 to 1000 (normal).")
    ] = 6.0,
    arch: Annotated[
        float, typer.Option("--arch", metavar="X", help="GARCH: weight of the last squared return.")
    ] = 0.06,
    persistence: Annotated[
        float, typer.Option("--persistence", metavar="X", help="GARCH: that and the last variance's.")
    ] = 0.98,
    noise: Annotated[
        float, typer.Option("--noise", metavar="X", help="A listing's deviation from its issuer's value.")
    ] = 0.003,
    dividend: Annotated[
        float, typer.Option("--dividend", metavar="X", help="Share of the price paid in June, 0 to 0.1.")
    ] = 0.01,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="0 or more; same seed, same files.")] = 0,
    as_json: options.AsJson = False,
    workspace: options.WorkspaceDir = None,
) -> None:
    """Make prices and news with a known effect, or none.

    Listings and calendars are those of the workspace. truth.json says what was planted where.

    Example: newsbt simulate worlds/drift --events 120 --effect 0.04 --over 10 --seed 1
    """
    from newsbt.api.simple_simulate import build_simulation
    from newsbt.api.simulate import simulate as simulate_to

    simulation = build_simulation(
        events=events, effect=effect, over=over, half_life=half_life, delay=delay, gap=gap, leak=leak,
        leak_over=leak_over, wrong=wrong, dates=dates, apart=apart, precision=precision, quiet=quiet,
        start=start, end=end, volatility=volatility, correlation=correlation, sector=sector,
        overnight=overnight, tails=tails, arch=arch, persistence=persistence, noise=noise, dividend=dividend,
    )  # fmt: skip
    place = options.open_workspace(workspace)
    names = [name.strip() for name in (symbols or "").split(",") if name.strip()]
    told = simulate_to(folder, simulation, place, symbols=names, seed=seed)
    if as_json:
        render.json_value(told)
        return
    render.lines(_lines(told))


def _lines(told: Mapping[str, Any]) -> list[str]:
    """What was made, and how to use it."""
    folder, events, effect = told["folder"], told["events"], told["effect"]
    wrong = sum(event["direction"] != event["written"] for event in events)
    size = f"{effect['size']:.2%} over {effect['over']} session{'s' if effect['over'] > 1 else ''}"
    parts = [("gap", effect["gap"]), ("leak", effect["leak"])]
    aside = "".join(f", {share:.0%} of it {_WHERE[name]}" for name, share in parts if share)
    return [
        f"{folder}: {len(told['listings'])} listings, {told['start']} to {told['end']}, seed {told['seed']}",
        f"  {len(events)} stories, {wrong} of them the wrong way",
        f"  planted: {size}{aside}" if effect["size"] else "  planted: nothing",
        "Next:",
        f"  newsbt events --prices {folder} --catalysts {folder}/catalysts.csv",
        f"  newsbt run drift --prices {folder} --catalysts {folder}/catalysts.csv",
    ]


_WHERE = {"gap": "before the first open", "leak": "before publication"}
