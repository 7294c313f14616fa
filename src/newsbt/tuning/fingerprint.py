"""One number for each trial, the same whenever and however the same trial is run (pure)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from newsbt.records import FloatArray
from newsbt.runs import RunSpec
from newsbt.specs import spec_to_json

__all__ = ["HashArray", "describe_trial", "fingerprint", "fingerprints"]

HashArray = npt.NDArray[np.uint64]

#: Fields of a specification that change no trade.
IDLE = ("strategy", "params", "signal_params", "broker_params", "benchmark")


def describe_trial(spec: RunSpec, code: str = "") -> dict[str, Any]:
    """What makes a trial the one it is: axis name (``hold``, ``signal.half_life``, ``run.entry``) to value.

    Parameters
    ----------
    spec : RunSpec
        Its benchmark is left out: it changes no trade.
    code : str
        Hash of the files of the strategy and the signal: a rule that was edited is another trial.
    """
    plain = spec_to_json(spec)
    return {
        "": f"{spec.strategy}\n{code}",
        **spec.params,
        **{f"signal.{name}": value for name, value in spec.signal_params.items()},
        **{f"broker.{name}": value for name, value in spec.broker_params.items()},
        **{f"run.{name}": value for name, value in plain.items() if name not in IDLE},
    }


def fingerprint(base: Mapping[str, Any], defaults: Mapping[str, Any] | None = None) -> int:
    """Fingerprint of a single trial; see :func:`fingerprints`."""
    return int(fingerprints(base, pd.DataFrame(index=[0]), defaults)[0])


def fingerprints(
    base: Mapping[str, Any], batch: pd.DataFrame, defaults: Mapping[str, Any] | None = None
) -> HashArray:
    """Fingerprint of each point of a sweep, without a specification for each.

    Parameters
    ----------
    base : mapping
        As :func:`describe_trial` gives it for the specification that the points change.
    batch : DataFrame
        One row a point, one column an axis; a column wins over the same name in `base`.
    defaults : mapping, optional
        Default of each parameter: a parameter at its default is as good as not given.

    Returns
    -------
    array of uint64, shape (len(batch),)
        Uniform over 64 bits, of equal trials equal. 1 and 1.0 are equal, a list is as its items with commas.

    Notes
    -----
    The sum of one 64-bit hash for each name and value, mixed at the end (splitmix64, Steele et al. 2014), so
    that the order of names and which of them are swept does not matter.
    """
    known = defaults or {}
    total = np.zeros(len(batch), dtype=np.uint64)
    for name, value in base.items():
        if name not in batch.columns:
            total += _parts(name, [value], known)
    for name in batch.columns:
        total += _parts(str(name), batch[name], known)
    return _mix(total)


def _parts(name: str, values: Sequence[Any] | pd.Series[Any], defaults: Mapping[str, Any]) -> HashArray:
    """Hash of `name` with each value; 0 where the value is the default or None."""
    if isinstance(values, pd.Series) and values.dtype.kind in "biuf":
        bits, idle = _numbers(values.to_numpy(dtype=np.float64)), np.zeros(len(values), dtype=bool)
    else:
        seen: dict[Any, int] = {}
        items = [tuple(item) if isinstance(item, list) else item for item in values]
        for item in items:
            if item not in seen:
                seen[item] = _value(item)
        bits = np.array([seen[item] for item in items], dtype=np.uint64)
        idle = np.array([item is None for item in items], dtype=bool)
    if name in defaults:
        idle = idle | (bits == np.uint64(_value(defaults[name])))
    mixed = _mix(bits + np.uint64(_text(name)))
    mixed[idle] = 0
    return mixed


def _value(item: Any) -> int:
    if isinstance(item, bool | int | float | np.number | np.bool_):
        return int(_numbers(np.array([item], dtype=np.float64))[0])
    return _text(",".join(map(str, item)) if isinstance(item, tuple) else str(item))


def _numbers(values: FloatArray) -> HashArray:
    """Bits of floats, mixed; -0.0 is 0.0."""
    return _mix((values + 0.0).view(np.uint64))


def _text(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def _mix(values: HashArray) -> HashArray:
    """The finalizer of splitmix64."""
    mixed = values + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
