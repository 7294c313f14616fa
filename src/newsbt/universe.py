"""Issuers, their listings, groups and peers: who stands for whom (pure)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from newsbt.errors import UnknownNameError

__all__ = ["VENUES", "Kind", "Listing", "Universe"]

Kind: TypeAlias = Literal["equity", "adr", "etf", "index"]
#: Venues to the currency they trade in.
VENUES: dict[str, str] = {"XNYS": "USD", "XHKG": "HKD"}


@dataclass(frozen=True, slots=True)
class Listing:
    """One line of an issuer on one venue.

    Parameters
    ----------
    symbol : str
        As Yahoo writes it: ``"BABA"``, ``"9988.HK"``.
    issuer : str
        Name of the issuer: ``"Alibaba"``.
    venue : str
        ``"XNYS"`` (also Nasdaq and OTC names) or ``"XHKG"``.
    currency : str
        Of its prices.
    kind : {"equity", "adr", "etf", "index"}
        An index cannot be traded.
    lots : tuple of (date, int)
        Board lot in shares from each date on, ascending.
    traded : bool
        Part of a run that names no symbols.
    shares_per_ads : float
        Ordinary shares one depositary share stands for; 1 for ordinary shares.
    yahoo : str
        Symbol to ask Yahoo for.
    verified : str
        How well the lot is known: ``yes``, ``partial`` or ``no``.
    adr_fee : float
        What the depositary takes of each dividend, local currency a share.
    """

    symbol: str
    issuer: str
    venue: str
    currency: str
    kind: Kind = "equity"
    lots: tuple[tuple[dt.date, int], ...] = ((dt.date.min, 1),)
    traded: bool = True
    shares_per_ads: float = 1.0
    yahoo: str = ""
    verified: str = "yes"
    adr_fee: float = 0.0

    def lot(self, day: dt.date) -> int:
        """Board lot in force on `day`; before the first date, the first lot."""
        size = self.lots[0][1]
        for start, value in self.lots:
            if start <= day:
                size = value
        return size


@dataclass(frozen=True, slots=True)
class Universe:
    """The table of issuers and listings.

    Parameters
    ----------
    listings : mapping of symbol to Listing
        In the order of the table; an issuer's first listing is its primary one.
    groups : mapping of group to issuers
        ``scope = sector`` or ``market`` stands for every listing of the group.
    peers : mapping of issuer to (peer issuer to weight)
        Shares of a company's score passed on under ``spillover``; weights in [0, 1].
    outside : mapping of symbol to venue
        Names that news mentions but nothing trades (``"NVDA"``); venue is empty where no calendar is kept.
    """

    listings: Mapping[str, Listing]
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    peers: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    outside: Mapping[str, str] = field(default_factory=dict)

    @property
    def issuers(self) -> tuple[str, ...]:
        """Issuer names, in the order of the table."""
        return tuple(dict.fromkeys(listing.issuer for listing in self.listings.values()))

    def of_issuer(self, issuer: str) -> tuple[Listing, ...]:
        """All listings of `issuer`, primary first; empty for an unknown name."""
        return tuple(listing for listing in self.listings.values() if listing.issuer == issuer)

    def resolve(self, name: str) -> tuple[Listing, ...]:
        """Listings that `name`, an issuer or a symbol, stands for; empty for an outside or unknown name."""
        if name in self.listings:
            return (self.listings[name],)
        return self.of_issuer(name)

    def knows(self, name: str) -> bool:
        """Whether `name` is a listing, an issuer or a known outside name."""
        return name in self.listings or name in self.outside or bool(self.of_issuer(name))

    def venue_of(self, name: str) -> str:
        """Venue of a listing, of an issuer's primary listing or of an outside name; empty if none."""
        found = self.resolve(name)
        return found[0].venue if found else self.outside.get(name, "")

    def group_of(self, issuer: str) -> tuple[str, ...]:
        """Issuers of every group that `issuer` belongs to, itself included, in table order."""
        members = {name for names in self.groups.values() if issuer in names for name in names}
        return tuple(name for name in self.issuers if name in members)

    def select(self, names: Iterable[str]) -> tuple[Listing, ...]:
        """Listings for the `names` a user wrote (symbols or issuers); all traded ones where empty.

        Raises
        ------
        UnknownNameError
            For a name that is neither a symbol nor an issuer.
        """
        chosen: dict[str, Listing] = {}
        for name in names:
            found = self.resolve(name)
            if not found:
                raise UnknownNameError(
                    "symbol", name, [*self.listings, *self.issuers], where="data/universe.toml"
                )
            chosen.update({listing.symbol: listing for listing in found})
        return tuple(chosen.values()) or tuple(item for item in self.listings.values() if item.traded)
