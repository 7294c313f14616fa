"""From the names and values that a user gives to checked run specifications."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from newsbt.adapters.plugins import describe
from newsbt.errors import InputError, UnknownNameError
from newsbt.params import check_params

if TYPE_CHECKING:
    from newsbt.adapters.settings_tables import Settings
    from newsbt.adapters.workspace import Workspace
    from newsbt.params import Param
    from newsbt.runs import RunSpec

__all__ = ["build_specs", "change_spec"]

OWN_PREFIXES = ("", "signal", "run")


def build_specs(
    names: Sequence[str],
    workspace: Workspace,
    settings: Settings,
    given: Mapping[str, Any],
    sets: Mapping[str, Mapping[str, Any]],
    preset: str | None = None,
) -> list[RunSpec]:
    """One specification for each of `names`, with every parameter checked against its plug-in.

    Parameters
    ----------
    names : sequence of str
        Strategies, or presets that name one; empty for the strategy of `preset`.
    workspace, settings
    given : mapping
        Run fields as texts; None is not given.
    sets : mapping of prefix to mapping
        Parameters as texts or values, by prefix: empty, ``signal``, ``run`` or a strategy. With several
        strategies, a parameter without a prefix goes to those that have it; at least one must.
    preset : str or None
        Preset for all of `names`.

    Raises
    ------
    InputError
        For a missing strategy, an unknown name, a parameter of a strategy that is not named, a value out of
        bounds.
    """
    pairs = [_strategy_of(name, workspace, settings, preset) for name in names]
    if not names:
        pairs = [_strategy_of(preset, workspace, settings, None)] if preset else []
    if not pairs:
        raise InputError("no strategy is named; write one such as: newsbt run drift (newsbt list shows them)")
    known = {name: describe(workspace.strategy(name)).params for name, _ in pairs}
    strategies = {ref.name for ref in workspace.strategy_refs()}
    for prefix in sets:
        if prefix not in OWN_PREFIXES and prefix not in strategies:
            raise UnknownNameError("prefix", prefix, [*OWN_PREFIXES[1:], *known], where="--set")
    for prefix, values in sets.items():
        if prefix not in OWN_PREFIXES and prefix not in known:
            raise InputError(
                f"--set {prefix}.{next(iter(values), 'KEY')} is for strategy {prefix}, which does not run; "
                f"name one of {', '.join(known)}, or leave it out"
            )
    common = _shared(sets.get("", {}), known)
    fields = {**given, **sets.get("run", {})}
    return [
        _checked(
            settings.spec(
                name,
                fields,
                preset=chosen,
                params={**common[name], **sets.get(name, {})},
                signal_params=sets.get("signal", {}),
            ),
            workspace,
            known[name],
        )
        for name, chosen in pairs
    ]


def change_spec(
    spec: RunSpec, workspace: Workspace, given: Mapping[str, Any], sets: Mapping[str, Mapping[str, Any]]
) -> RunSpec:
    """`spec` with other fields and parameters, checked; `given` and `sets` are as for :func:`build_specs`.

    Raises
    ------
    InputError
        As :func:`build_specs`.
    """
    from newsbt.adapters.settings import load_settings
    from newsbt.adapters.settings_errors import validate
    from newsbt.adapters.settings_tables import RunDefaults

    allowed = [*OWN_PREFIXES, spec.strategy]
    for prefix in sets:
        if prefix not in allowed:
            raise UnknownNameError("prefix", prefix, allowed[1:], where="--set")
    fields = {k: v for k, v in {**given, **sets.get("run", {})}.items() if v is not None}
    changed = dataclasses.replace(
        spec,
        params={**spec.params, **sets.get("", {}), **sets.get(spec.strategy, {})},
        signal_params={**spec.signal_params, **sets.get("signal", {})},
        **validate(RunDefaults, fields, "").given(),
    )
    load_settings(workspace).broker_named(changed.broker)
    return _checked(changed, workspace, describe(workspace.strategy(spec.strategy)).params)


def _strategy_of(
    name: str, workspace: Workspace, settings: Settings, preset: str | None
) -> tuple[str, str | None]:
    """The strategy that `name` stands for, and the preset to use."""
    strategies = [ref.name for ref in workspace.strategy_refs()]
    if name in strategies:
        return name, preset
    if name not in settings.presets:
        raise UnknownNameError("strategy or preset", name, [*strategies, *settings.presets])
    if preset is not None:
        raise InputError(f"{name} is a preset, and --preset names {preset}; use one of the two")
    strategy = settings.presets[name].strategy
    if strategy is None:
        raise InputError(f"preset {name} names no strategy; write: newsbt run STRATEGY --preset {name}")
    return strategy, name


def _shared(values: Mapping[str, Any], known: Mapping[str, Sequence[Param]]) -> dict[str, dict[str, Any]]:
    """The parameters without a prefix, for each strategy that has them."""
    names = {strategy: {param.name for param in params} for strategy, params in known.items()}
    for key in values:
        if not any(key in own for own in names.values()):
            where = " or ".join(f"strategy {name}" for name in names)
            raise UnknownNameError("parameter", key, set().union(*names.values()), where=where)
    return {strategy: {k: v for k, v in values.items() if k in own} for strategy, own in names.items()}


def _checked(spec: RunSpec, workspace: Workspace, params: Sequence[Param]) -> RunSpec:
    signal = describe(workspace.signal(spec.signal))
    return dataclasses.replace(
        spec,
        params=check_params(params, spec.params, f"strategy {spec.strategy}"),
        signal_params=check_params(signal.params, spec.signal_params, f"signal {spec.signal}"),
    )
