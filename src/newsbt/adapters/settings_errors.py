"""Validation failures of settings as one sentence: where, which key, its value, what to write."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from newsbt.errors import SettingsError

__all__ = ["nearest", "validate"]

M = TypeVar("M", bound=BaseModel)


def validate(model: type[M], values: object, place: str) -> M:
    """Build `model` from `values`.

    Parameters
    ----------
    model : type
    values : object
        A mapping of field to value; anything else is refused.
    place : str
        File and table for the message, or empty for values given by the caller.

    Raises
    ------
    SettingsError
        For the first thing that is wrong.
    """
    if not isinstance(values, Mapping):
        raise SettingsError(f"{place} is {values!r}; write it as a table, in [brackets]")
    try:
        return model.model_validate(dict(values))
    except ValidationError as error:
        raise SettingsError(_sentence(error, model, place)) from error


def nearest(name: str, choices: Iterable[str]) -> str:
    """A clause that helps: the nearest of `choices`, or all of them."""
    known = sorted(choices)
    near = difflib.get_close_matches(name, known, n=1)
    if near:
        return f"did you mean {near[0]!r}?"
    return f"choose from {', '.join(known)}" if known else "there is none"


def _sentence(error: ValidationError, model: type[BaseModel], place: str) -> str:
    first = error.errors(include_url=False)[0]
    name = str(first["loc"][0]) if first["loc"] else "it"
    if first["type"] == "extra_forbidden":
        subject = f"{place} has" if place else "there is"
        return f"{subject} no setting {name!r}; {nearest(name, model.model_fields)}"
    value: Any = first["input"]
    shown = repr(value) if isinstance(value, str | list | dict | tuple) else str(value)
    return f"{place} {name} is {shown}; {_remedy(str(first['msg']))}".strip()


def _remedy(message: str) -> str:
    """Pydantic's message as the end of a sentence of ours."""
    for old, new in (
        ("Input should be a valid number", "write a number such as 250000 or 0.5"),
        ("Input should be a valid integer", "write a whole number such as 100"),
    ):
        if message.startswith(old):
            return new
    for old, new in (("Input should be ", "it should be "), ("Value error, ", "")):
        if message.startswith(old):
            return new + message[len(old) :]
    return message[:1].lower() + message[1:]
