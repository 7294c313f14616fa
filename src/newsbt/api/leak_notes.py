"""What a leak check could not change, although the run read it."""

from __future__ import annotations

from pathlib import Path

from newsbt.adapters.leak_stage import Stage
from newsbt.adapters.leak_watch import Watched, is_foreign_data

__all__ = ["unprobed"]

#: So many files of one folder are named one by one.
FEW = 3


def unprobed(seen: Watched, stage: Stage) -> tuple[bool, list[str]]:
    """Whether data is read that probes change, and a sentence for all that they cannot.

    Parameters
    ----------
    seen : Watched
        What the run opened.
    stage : Stage
        Where its plug-ins came from.
    """
    here = [Path(name) for name in sorted(seen.files)]
    reads = any(stage.reachable(path) and "data" in path.parts for path in here)
    # Another program may read the files of the copy, which then must hold the other future.
    reads = reads or any(text.startswith("another program") for text in seen.others)
    own = [folder.resolve() for folder in stage.own_files()]
    notes: list[str] = []
    foreign: dict[Path, list[Path]] = {}
    for path in here:
        if stage.reachable(path):
            continue
        if any(path.resolve().is_relative_to(root) for root in own):
            notes.append(
                f"{path} is read where it lies, by its full path, so nothing could be changed in it: read"
                " prices and news from what the run is given"
            )
        elif is_foreign_data(path.resolve()):
            foreign.setdefault(path.parent, []).append(path)
    for folder, paths in foreign.items():
        told = (
            f"{len(paths)} files in {folder} are read, which the run was not given: nothing could be changed"
        )
        one = "{} is read, which the run was not given: nothing could be changed in it"
        notes += [one.format(path) for path in paths] if len(paths) <= FEW else [told]
    notes += [f"{text} is asked, and its answers could not be changed" for text in sorted(seen.others)]
    return reads, notes
