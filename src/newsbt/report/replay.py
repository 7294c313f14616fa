"""The command that runs a specification again (pure)."""

from __future__ import annotations

import shlex
from typing import Any

from newsbt.runs import RunSpec
from newsbt.specs import spec_to_json

__all__ = ["replay_command"]

#: Fields with an option of their own; the others go through ``--set run.FIELD=VALUE``.
OPTIONS = {
    "signal",
    "start",
    "end",
    "prices",
    "cash",
    "base",
    "broker",
    "benchmark",
    "entry",
    "latency",
    "seed",
}
PARAMS = {"params": "", "signal_params": "signal."}
#: What only a search over costs sets.
LEFT_OUT = ("strategy", "broker_params")


def replay_command(spec: RunSpec) -> str:
    """``newsbt run`` with everything in which `spec` differs from the defaults, quoted for a shell.

    A catalyst file is an option each. Figures that replace a broker's own, which only a search over costs
    sets, have no option and are left out.
    """
    words = ["newsbt", "run", spec.strategy]
    usual = spec_to_json(RunSpec(spec.strategy))
    for name, value in spec_to_json(spec).items():
        if name in LEFT_OUT or value == usual[name]:
            continue
        if name in PARAMS:
            for key, item in value.items():
                words += ["--set", f"{PARAMS[name]}{key}={_written(item)}"]
        elif name == "catalysts":
            for file in value:
                words += ["--catalysts", str(file)]
        elif name == "symbols":
            words += ["--symbols", ",".join(value)]
        elif name in OPTIONS:
            words += [f"--{name}", _written(value)]
        else:
            words += ["--set", f"run.{name}={_written(value)}"]
    return " ".join(shlex.quote(word) for word in words)


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value)
