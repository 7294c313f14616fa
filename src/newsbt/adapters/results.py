"""A run's folder under ``results/``: written whole or not at all, and read back."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import math
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from newsbt.adapters.tables import read_table, write_table
from newsbt.attribution import empty_attribution
from newsbt.capital import empty_capacity
from newsbt.errors import InputError, OutputError
from newsbt.records import Finding
from newsbt.runs import RunResult
from newsbt.specs import spec_from_json, spec_to_json

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["check_writable", "free_folder", "new_folder", "read_run", "write_json", "write_run"]

TABLES = ("equity", "fills", "trades", "signals", "orders", "attribution", "capacity", "hindsight")
#: Tables that a folder may lack; they have no rows then.
OPTIONAL = ("attribution", "capacity", "hindsight")
FORMAT = 1


def free_folder(parent: Path, name: str, *, exact: bool) -> Path:
    """A folder in `parent` that does not exist yet.

    Parameters
    ----------
    parent : Path
    name : str
    exact : bool
        The user asked for this very name: refuse it if it is taken, rather than append ``-2``, ``-3``, ...

    Raises
    ------
    OutputError
        If `exact` and the name is taken, or the name is none for a folder.
    """
    if not name or name in (".", "..") or "/" in name or os.sep in name or "\0" in name:
        raise OutputError(f"{name!r} is no name for a run's folder; write one without slashes")
    folder, number = parent / name, 1
    while os.path.lexists(folder):
        if exact:
            raise OutputError(f"{folder} exists already; choose another --name or delete it")
        number += 1
        folder = parent / f"{name}-{number}"
    return folder


def check_writable(parent: Path) -> None:
    """Make `parent` and try to write in it, so that a long run does not fail at its end.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    try:
        parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=parent):
            pass
    except OSError as error:
        raise _output_error(parent, error) from error


@contextlib.contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Give a temporary folder beside `folder`, and rename it to `folder` at the end.

    Raises
    ------
    OutputError
        If the disk is full, the place is read-only or `folder` exists. Nothing is left behind then, nor after
        any other exception.
    """
    temporary: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=f".{folder.name[:100]}.", dir=folder.parent))
        yield temporary
        temporary.chmod(0o777 & ~_umask())
        if os.path.lexists(folder):
            raise OutputError(f"{folder} exists already; choose another --name or delete it")
        temporary.rename(folder)
        temporary = None
    except OSError as error:
        raise _output_error(folder, error) from error
    finally:
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)


def write_run(
    result: RunResult,
    folder: Path,
    figures: Mapping[str, Figure] | None = None,
    pages: Mapping[str, str] | None = None,
) -> Path:
    """Write `result` to `folder`, which must not exist, with its pictures and pages by name.

    Everything goes to a temporary folder beside it, which is renamed at the end. Equal results give equal
    bytes. Times are ISO 8601 with Z, floats the shortest text that reads back equal, line ends LF.

    Returns
    -------
    Path
        `folder`.

    Raises
    ------
    OutputError
        If the disk is full, the folder is read-only or exists. Nothing is left behind.
    """
    with new_folder(folder) as temporary:
        _write_files(result, temporary)
        if figures:
            from newsbt.adapters.figures import save_figures

            save_figures(figures, temporary)
        for name, text in (pages or {}).items():
            (temporary / name).write_text(text, encoding="utf-8", newline="\n")
    return folder


def read_run(folder: Path) -> RunResult:
    """Read back what :func:`write_run` wrote; pictures, prices and the benchmark are not in it.

    Raises
    ------
    InputError
        If `folder` is none of a run, or a file in it is missing or damaged.
    """
    manifest = _read_json(folder, "run.json")
    metrics = _read_json(folder, "metrics.json")
    version = manifest.get("format")
    if version != FORMAT:
        raise InputError(
            f"{folder / 'run.json'} has format {version!r}; this version of newsbt reads {FORMAT}"
        )
    spec = manifest.get("spec")
    if not isinstance(spec, dict):
        raise InputError(f"{folder / 'run.json'} holds no specification; run the backtest again")
    tables = {
        name: read_table(folder / f"{name}.csv", name)
        for name in TABLES
        if name not in OPTIONAL or (folder / f"{name}.csv").exists()
    }
    for name, value in metrics.items():
        if not (value is None or isinstance(value, int | float)):
            raise InputError(f"{folder / 'metrics.json'}: {name} is {value!r}, not a number or null")
    findings = manifest.get("findings", [])
    try:
        found = tuple(Finding(**row) for row in findings)
    except TypeError as error:
        raise InputError(f"{folder / 'run.json'}: its findings cannot be read: {error}") from error
    return RunResult(
        name=str(manifest.get("name", folder.name)),
        spec=spec_from_json(spec, str(folder / "run.json")),
        metrics=metrics,
        findings=found,
        manifest={k: v for k, v in manifest.items() if k not in ("format", "name", "spec", "findings")},
        path=folder,
        equity=tables["equity"],
        fills=tables["fills"],
        trades=tables["trades"],
        signals=tables["signals"],
        orders=tables["orders"],
        attribution=tables.get("attribution", empty_attribution()),
        capacity=tables.get("capacity", empty_capacity()),
        hindsight=tables.get("hindsight", pd.DataFrame()),
    )


def _write_files(result: RunResult, folder: Path) -> None:
    manifest = {
        "format": FORMAT,
        "name": result.name,
        "spec": spec_to_json(result.spec),
        **{k: v for k, v in result.manifest.items() if k not in ("format", "name", "spec", "findings")},
        "findings": [dataclasses.asdict(finding) for finding in result.findings],
    }
    write_json(folder / "run.json", manifest)
    write_json(folder / "metrics.json", dict(result.metrics))
    for name in TABLES:
        frame: pd.DataFrame = getattr(result, name)
        if name in ("capacity", "hindsight") and frame.empty:
            continue
        write_table(frame, folder / f"{name}.csv")


def write_json(path: Path, value: object) -> None:
    """Write `value` as indented UTF-8 JSON; null stands for NaN and infinities."""
    text = json.dumps(_finite(value), indent=2, ensure_ascii=False, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _finite(value: Any) -> Any:
    """`value` with null for NaN and infinities, and Python's own numbers."""
    if isinstance(value, Mapping):
        return {str(key): _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    if hasattr(value, "item") and not isinstance(value, str):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _read_json(folder: Path, name: str) -> dict[str, Any]:
    path = folder / name
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        state = "is no folder of a run" if folder.is_dir() else "is not there"
        raise InputError(f"{folder} {state} (it has no {name}); name one such as results/RUN") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise InputError(f"{path} is damaged ({error}); run the backtest again") from error
    if not isinstance(value, dict):
        raise InputError(f"{path} is damaged (it is no JSON object); run the backtest again")
    return value


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _output_error(folder: Path, error: OSError) -> OutputError:
    reason = (error.strerror or str(error)).lower()
    return OutputError(
        f"{folder} cannot be written: {reason}; free some space or choose another place with --out"
    )
