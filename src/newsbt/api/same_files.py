"""What a search that is gone on with must find as it was."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from newsbt.errors import InputError

__all__ = ["check_same_files"]


def check_same_files(
    header: Mapping[str, Any], hashes: Mapping[str, str], prices: Mapping[str, Any], folder: Path
) -> None:
    """Refuse to mix trials of two versions of a file.

    Parameters
    ----------
    header : mapping
        ``tune.json`` of the search.
    hashes : mapping of str to str
        SHA-256 of every file that is read besides prices, as they are now.
    prices : mapping
        Provenance of every series, now.
    folder : Path
        Of the search, for the message.

    Raises
    ------
    InputError
        If one changed since.
    """
    changed = [name for name, digest in header["files"].items() if hashes.get(name) != digest]
    if not changed and header["prices"] != prices:
        changed = ["the prices"]
    if changed:
        raise InputError(
            f"{changed[0]} changed since the trials in {folder} were run; undo that, or start a new tuning"
        )
