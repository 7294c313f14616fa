"""Simulated worlds for a workspace: to a folder, or by the thousand without disk."""

from __future__ import annotations

import dataclasses
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from newsbt.adapters.calendars import load_calendars
from newsbt.adapters.simulation import CATALOGUE, truth_of, write_world
from newsbt.adapters.workspace import Workspace
from newsbt.api.groups import Prepared
from newsbt.api.inputs import Inputs, gather
from newsbt.api.worlds import benchmark_index, build_world
from newsbt.errors import InputError, OutputError
from newsbt.evidence.simulation.settings import Simulation
from newsbt.evidence.simulation.worlds import SimulatedWorld, price_book, simulate_worlds
from newsbt.runs import RunSpec
from newsbt.universe import VENUES, Listing, Universe

__all__ = ["BENCHMARKS", "Scene", "scene_of", "simulate", "simulated_inputs", "simulated_runs"]

#: Written beside the listings, so that a study has something to hold them against.
BENCHMARKS = ("KWEB", "HSI")


@dataclasses.dataclass(frozen=True)
class Scene:
    """Where a simulation plays.

    Parameters
    ----------
    simulation : Simulation
    universe : Universe
    listings : tuple of Listing
        Shares in the order of the universe's table, then :data:`BENCHMARKS`.
    calendars : mapping of venue to VenueCalendar
        Every venue, from the first to the last day of the simulation, overlay applied.
    """

    simulation: Simulation
    universe: Universe
    listings: tuple[Listing, ...]
    calendars: dict[str, Any]

    def worlds(self, count: int = 1, *, seed: int = 0, first: int = 0) -> Iterator[SimulatedWorld]:
        """See :func:`newsbt.evidence.simulation.worlds.simulate_worlds`."""
        return simulate_worlds(
            self.simulation,
            self.universe,
            self.listings,
            self.calendars,
            worlds=count,
            seed=seed,
            first=first,
        )


def scene_of(simulation: Simulation, workspace: Workspace, symbols: Sequence[str] = ()) -> Scene:
    """The listings and calendars of `workspace` for `simulation`.

    Parameters
    ----------
    simulation : Simulation
    workspace : Workspace
    symbols : sequence of str
        Listings or issuers; every traded one where empty.

    Raises
    ------
    InputError
        For an unknown symbol, one that is no share, or a period without calendars.
    """
    universe = workspace.universe()
    chosen = [item for item in universe.select(symbols) if item.symbol not in BENCHMARKS]
    for item in chosen:
        if symbols and item.kind in ("etf", "index"):
            raise InputError(f"{item.symbol} is no share; simulated news is about shares, leave it out")
    shares = [item for item in chosen if item.kind not in ("etf", "index")]
    held = [universe.listings[name] for name in BENCHMARKS if name in universe.listings]
    calendars = load_calendars(tuple(VENUES), workspace.overlay_file, simulation.start, simulation.end)
    return Scene(simulation, universe, (*shares, *held), calendars)


def simulate(
    folder: Path,
    simulation: Simulation,
    workspace: Workspace,
    *,
    symbols: Sequence[str] = (),
    seed: int = 0,
) -> dict[str, Any]:
    """Write one world to `folder`, which must not exist.

    Returns
    -------
    dict
        ``folder`` and what ``truth.json`` holds.

    Raises
    ------
    InputError
        For settings that make no world.
    OutputError
        If it cannot be written. Nothing is left behind.
    """
    if os.path.lexists(folder):
        raise OutputError(f"{folder} exists already; name a new folder")
    if seed < 0:
        raise InputError(f"seed {seed} is negative; choose 0 or more")
    scene = scene_of(simulation, workspace, symbols)
    (world,) = scene.worlds(seed=seed)
    write_world(world, simulation, scene.universe, seed, folder)
    return {"folder": str(folder), **truth_of(world, simulation, seed)}


def simulated_inputs(
    scene: Scene, spec: RunSpec, workspace: Workspace, worlds: int, *, seed: int = 0, first: int = 0
) -> Iterator[tuple[SimulatedWorld, Inputs]]:
    """Inputs of `spec` in each of many worlds, as if each had been written and read.

    The first world is written to a temporary folder and gathered; the others are put in its place.
    Catalogues, prices and period of `spec` are those of the simulation. `worlds`, `seed` and `first` are as
    for :func:`newsbt.evidence.simulation.worlds.simulate_worlds`.
    """
    inputs: Inputs | None = None
    for world in scene.worlds(worlds, seed=seed, first=first):
        if inputs is None:
            with tempfile.TemporaryDirectory() as parent:
                place = write_world(world, scene.simulation, scene.universe, seed, Path(parent) / "world")
                inputs = gather(at_folder(spec, place), workspace)
        news = [story.catalyst for story in world.stories]
        news.sort(key=lambda item: (item.published_at, item.id))
        yield world, dataclasses.replace(inputs, book=price_book(world), catalysts=news)


def simulated_runs(
    scene: Scene, spec: RunSpec, workspace: Workspace, worlds: int, *, seed: int = 0, first: int = 0
) -> Iterator[tuple[SimulatedWorld, Prepared]]:
    """Engine worlds of `spec`, ready for either engine; see :func:`simulated_inputs`."""
    for world, inputs in simulated_inputs(scene, spec, workspace, worlds, seed=seed, first=first):
        audit, engine_world = build_world(spec, inputs)
        yield world, Prepared(spec, inputs, audit, engine_world, benchmark_index(spec, inputs))


def at_folder(spec: RunSpec, folder: Path) -> RunSpec:
    """`spec` on the prices and the catalogue of a simulated `folder`, over all of its days."""
    return dataclasses.replace(
        spec, prices=str(folder), catalysts=(str(folder / CATALOGUE),), start=None, end=None
    )
