"""The linker of a workspace, from its table of aliases."""

from __future__ import annotations

from newsbt.adapters.workspace import Workspace
from newsbt.linking.linker import Linker

__all__ = ["ALIASES", "load_linker"]

#: File of ``data/`` that says under which names news speaks of the issuers.
ALIASES = "aliases.toml"


def load_linker(place: Workspace) -> Linker:
    """The linker of a workspace, from its ``data/aliases.toml``.

    Raises
    ------
    SettingsError, UnknownNameError
        If the table is missing or wrong; see :func:`newsbt.linking.aliases.parse_aliases`.
    """
    issuers = {listing.issuer for listing in place.universe().listings.values()}
    return Linker.from_table(place.table(ALIASES), str(place.data / ALIASES), issuers)
