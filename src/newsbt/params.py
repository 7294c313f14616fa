"""Named, bounded parameters of strategies and signals, and the check of values given for them (pure)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from newsbt.errors import ParameterError, UnknownNameError
from newsbt.records import ParamValue

__all__ = ["COMMON", "Param", "check_params", "check_value", "make_param"]

TRUE = {"true", "yes", "on", "1"}
FALSE = {"false", "no", "off", "0"}


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter of a strategy or a signal.

    Parameters
    ----------
    name : str
        As in ``--set name=value``.
    default : bool, int, float, str or None
        Its kind is the kind that values must have; None takes whatever the text looks like.
    low, high : float or None
        Bounds, both inclusive; None is unbounded.
    choices : tuple of str
        The words a text parameter takes; empty for any.
    description : str
        What it does, with its unit.
    """

    name: str
    default: ParamValue | None
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    description: str = ""

    @property
    def accepts(self) -> str:
        """The accepted values in words: ``"1 to 250"``, ``"long, short"``, ``"yes or no"``."""
        if self.choices:
            return ", ".join(self.choices)
        if isinstance(self.default, bool):
            return "yes or no"
        if isinstance(self.default, str):
            return "text"
        if self.low is not None and self.high is not None:
            return f"{self.low:g} to {self.high:g}"
        if self.low is not None:
            return f"{self.low:g} or more"
        return f"{self.high:g} or less" if self.high is not None else "any"


COMMON: dict[str, Param] = {
    param.name: param
    for param in (
        Param("hold", 5, 1, 250, description="sessions to hold a position"),
        Param("stop", 0.0, 0, 1, description="stop loss, fraction of the entry price; 0 is off"),
        Param("take", 0.0, 0, 1, description="take profit, fraction of the entry price; 0 is off"),
        Param(
            "trail",
            0.0,
            0,
            1,
            description="trailing stop below the best close, fraction of the entry price; 0 is off",
        ),
        Param("weight", 0.5, 0, 5, description="share of equity for a score of 1"),
        Param("min_score", 0.0, 0, 1, description="smallest score, either way, that is traded"),
        Param("side", "both", choices=("both", "long", "short"), description="directions that are traded"),
        Param("delay", 0, 0, 20, description="sessions to wait after the first tradable one"),
        Param("half_life", 5.0, 0.1, 250, description="sessions until a score counts half"),
    )
}
"""The parameters that mean the same in every strategy and signal; a file need not give their bounds."""


def make_param(name: str, default: ParamValue | None, bounds: object, common: bool = True) -> Param:
    """Build one parameter from what a plug-in file says of it.

    Parameters
    ----------
    name : str
    default : ParamValue or None
    bounds : object
        ``(low, high, description)`` or ``(choices, description)``; the description may be left out.
        None for a parameter without.
    common : bool
        Take what is missing from :data:`COMMON`.

    Returns
    -------
    Param
        A default that is a whole number becomes a float where a bound, or the common parameter, is one.

    Raises
    ------
    ValueError
        If `bounds` has neither form, or the default lies outside it. The message does not name the file.
    """
    known = COMMON.get(name) if common else None
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    description = ""
    if bounds is None and known is not None:
        low, high, choices, description = known.low, known.high, known.choices, known.description
        if default is not None and _convert(default, known.default) is None:
            kind = "a whole number" if _is_whole(known.default) else "a number"
            raise ValueError(f"the default: {name} is {_show(default)}; write {kind}, {known.accepts}")
        if isinstance(known.default, float):
            default = _as_float(default)
    elif bounds is not None:
        low, high, choices, description = _split(name, bounds)
        if isinstance(low, float) or isinstance(high, float):
            default = _as_float(default)
    param = Param(name, default, low, high, choices, description)
    if default is not None:
        try:
            check_value(param, default, "the default")
        except ParameterError as error:
            raise ValueError(str(error)) from error
    return param


def check_params(params: Iterable[Param], values: Mapping[str, object], who: str) -> dict[str, ParamValue]:
    """Check and convert the `values` given for `params`.

    Parameters
    ----------
    params : iterable of Param
        What there is.
    values : mapping of name to value
        Texts, as ``--set name=value`` gives them, or values of the right kind.
    who : str
        For messages: ``"strategy drift"``.

    Returns
    -------
    dict
        The names of `values`, in their order, with values of the parameter's kind. Names that were not
        given are not in it.

    Raises
    ------
    UnknownNameError
        For a name that `params` does not have.
    ParameterError
        For a value of the wrong kind or out of bounds.
    """
    table = {param.name: param for param in params}
    checked: dict[str, ParamValue] = {}
    for name, value in values.items():
        if name not in table:
            raise UnknownNameError("parameter", name, table, where=who)
        checked[name] = check_value(table[name], value, who)
    return checked


def check_value(param: Param, value: object, who: str) -> ParamValue:
    """Convert `value` to the kind of `param` and check its bounds.

    Raises
    ------
    ParameterError
        Naming `who`, the parameter, the value and what would be accepted.
    """
    converted = _convert(value, param.default)
    wrong = converted is None
    if converted is not None and param.choices:
        wrong = converted not in param.choices
    elif isinstance(converted, int | float) and not isinstance(converted, bool):
        wrong = (
            not math.isfinite(converted)
            or (param.low is not None and converted < param.low)
            or (param.high is not None and converted > param.high)
        )
    if wrong or converted is None:
        kind = "a whole number" if _is_whole(param.default) else ""
        kind = "a number" if isinstance(param.default, float) else kind
        wanted = ", ".join(word for word in (kind, param.accepts) if word and word != "any")
        raise ParameterError(f"{who}: {param.name} is {_show(value)}; write {wanted or 'another value'}")
    return converted


def _convert(value: object, default: ParamValue | None) -> ParamValue | None:
    """`value` in the kind of `default`, or None where it cannot be."""
    text = value.strip() if isinstance(value, str) else None
    if isinstance(default, bool):
        if isinstance(value, bool):
            return value
        word = str(value).lower().strip()
        return True if word in TRUE else False if word in FALSE else None
    if isinstance(default, str):
        return str(value) if isinstance(value, str | int | float) else None
    if isinstance(value, bool):
        return value if default is None else None
    if isinstance(default, int | float):
        number = _number(text) if text is not None else value
        if not isinstance(number, int | float):
            return None
        if isinstance(default, float):
            return float(number)
        return int(number) if math.isfinite(number) and number == int(number) else None
    if text is None:
        return value if isinstance(value, int | float) else None
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    number = _number(text)
    return text if number is None else number


def _number(text: str) -> float | int | None:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return None


def _split(name: str, bounds: object) -> tuple[float | None, float | None, tuple[str, ...], str]:
    """Take apart a bounds entry of either form."""
    parts = list(bounds) if isinstance(bounds, tuple | list) else []
    description = parts.pop() if parts and isinstance(parts[-1], str) else ""
    if len(parts) == 1 and isinstance(parts[0], tuple | list) and all(isinstance(w, str) for w in parts[0]):
        return None, None, tuple(parts[0]), description
    if len(parts) == 2 and all(part is None or isinstance(part, int | float) for part in parts):
        low, high = parts
        if low is not None and high is not None and low > high:
            raise ValueError(f"bounds of {name} run from {low:g} down to {high:g}; write the lower one first")
        return low, high, (), description
    raise ValueError(
        f"bounds of {name} are {bounds!r}; write (low, high, 'description') or (('a', 'b'), 'description')"
    )


def _as_float(value: ParamValue | None) -> ParamValue | None:
    return float(value) if _is_whole(value) and value is not None else value


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _show(value: object) -> str:
    return repr(value) if isinstance(value, str) else str(value)
