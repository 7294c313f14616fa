"""Whether two installations give the same results: versions of packages and the code of newsbt itself."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import newsbt

__all__ = ["CODE", "PACKAGES", "code_digest", "disagreement", "installed"]

#: Packages whose version may change a result or what can be sent.
PACKAGES: Final = ("newsbt", "numpy", "pandas", "numba", "backtrader", "distributed", "dask", "cloudpickle")
#: What is said of an installation whose newsbt has this version and other files.
CODE: Final = "has another state of newsbt's code"
#: Parts of newsbt that change no result; strategies and signals are sent with the work.
ASIDE: Final = ("_workspace", "cli", "plots")


@cache
def code_digest() -> str:
    """Hash of the Python files of the installed newsbt that may change a result."""
    folder = Path(newsbt.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        name = path.relative_to(folder)
        if name.parts[0] not in ASIDE:
            digest.update(name.as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def installed() -> Mapping[str, str | None]:
    """Version of Python and of each of :data:`PACKAGES` here; None where one is missing."""
    found: dict[str, str | None] = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = None
    return found


def disagreement(
    ours: Mapping[str, str | None], theirs: Mapping[str, str | None], names: Iterable[str]
) -> str:
    """The first difference, as the end of a sentence about whose versions are `theirs`; empty for none.

    Of Python the first two numbers count: ``3.11``.
    """
    mine, other = (_minor(versions.get("python")) for versions in (ours, theirs))
    if mine != other:
        return f"has Python {other}, and this side {mine}"
    for name in names:
        here, there = ours.get(name), theirs.get(name)
        if here != there:
            return f"has {name} {there}, and this side {here}" if there else f"has no {name}"
    return ""


def _minor(text: str | None) -> str:
    return ".".join((text or "unknown").split(".")[:2])
