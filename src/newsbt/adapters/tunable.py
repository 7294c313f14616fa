"""What can be tuned in a workspace: parameters of a strategy, its signals, the run and its costs."""

from __future__ import annotations

from collections.abc import Sequence

from newsbt.adapters.plugins import describe
from newsbt.adapters.settings import load_settings
from newsbt.adapters.workspace import Workspace
from newsbt.errors import InputError
from newsbt.params import Param
from newsbt.runs import RunSpec
from newsbt.tuning.axes import Axis, parse_axes
from newsbt.tuning.points import COST_PARAMS, FIELD_PARAMS

__all__ = ["axes_of", "tunable", "tunable_words"]


def tunable(spec: RunSpec, workspace: Workspace, *, signals: bool = False) -> dict[str, Param]:
    """Everything a search over `spec` may tune, by canonical name.

    With `signals`, the parameters of every signal in the workspace are there, not only of that of `spec`.
    """
    known = {param.name: param for param in describe(workspace.strategy(spec.strategy)).params}
    names = [ref.name for ref in workspace.signal_refs()]
    others = [name for name in names if name != spec.signal] if signals else []
    for name in (*others, spec.signal):
        known |= {f"signal.{param.name}": param for param in describe(workspace.signal(name)).params}
    known |= {f"run.{param.name}": param for param in FIELD_PARAMS}
    known["run.signal"] = Param("signal", spec.signal, choices=tuple(names))
    known["run.broker"] = Param("broker", spec.broker, choices=tuple(load_settings(workspace).broker))
    known |= {f"broker.{param.name}": param for param in COST_PARAMS}
    return known


def axes_of(texts: Sequence[str], spec: RunSpec, workspace: Workspace) -> tuple[Axis, ...]:
    """Axes as a user writes them, checked.

    Raises
    ------
    InputError
        As :func:`newsbt.tuning.axes.parse_axes`; for no axis with a list of what can be tuned, and for a
        parameter that one of the signals to be tried does not have.
    """
    if not texts:
        raise InputError(
            f"nothing is tuned; write --param NAME=LOW:HIGH for one of {tunable_words(spec, workspace)}"
        )
    several = any(text.partition("=")[0].strip() in ("signal", "run.signal") for text in texts)
    axes = parse_axes(texts, tunable(spec, workspace, signals=several))
    names = {axis.name: axis for axis in axes}
    signals = names["run.signal"].values if "run.signal" in names else (spec.signal,)
    for signal in signals:
        own = {f"signal.{param.name}" for param in describe(workspace.signal(str(signal))).params}
        for name in names:
            if name.startswith("signal.") and name not in own:
                listed = ", ".join(sorted(own)) or "it has none"
                raise InputError(
                    f"--param {name}: signal {signal} has no such parameter; choose from {listed}"
                )
    return axes


def tunable_words(spec: RunSpec, workspace: Workspace) -> str:
    """What can be tuned, in words: ``"hold (1 to 250), side (both, long, short)"`` and more."""
    own = [f"{param.name} ({param.accepts})" for param in describe(workspace.strategy(spec.strategy)).params]
    signal = [f"signal.{param.name}" for param in describe(workspace.signal(spec.signal)).params]
    fields = [param.name for param in FIELD_PARAMS if param.name not in {p.split(" ")[0] for p in own}]
    costs = [f"broker.{param.name}" for param in COST_PARAMS]
    return ", ".join([*own, *signal, "signal", "broker", *fields, *costs])
