"""Finds issuers in texts: all aliases at once, the longest at a place wins, context decides (pure)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from newsbt.linking.aliases import Alias, AliasTable, parse_aliases, ticker_forms
from newsbt.linking.context import Hit, fits, is_word
from newsbt.linking.folding import fold
from newsbt.linking.relevance import combined, of_mentions

__all__ = ["Linker", "Mention"]


@dataclass(frozen=True, slots=True)
class Mention:
    """An issuer named in a text.

    Parameters
    ----------
    issuer : str
        As in ``universe.toml``.
    start, end : int
        Offsets into the text as it was given.
    alias : str
        As written in the table of aliases.
    relevance : float
        0 to 1; see :mod:`newsbt.linking.relevance`.
    """

    issuer: str
    start: int
    end: int
    alias: str
    relevance: float


class Linker:
    """A table of aliases, ready to read texts.

    Parameters
    ----------
    table : AliasTable
    """

    def __init__(self, table: AliasTable) -> None:
        from ahocorasick import Automaton

        self._aliases: list[tuple[Alias, str]] = []
        self._automaton = Automaton()
        for alias in table.aliases:
            for form in ticker_forms(alias.text) if alias.kind == "tickers" else (alias.text,):
                folded = fold(form)
                if folded not in self._automaton:
                    self._automaton.add_word(folded, len(self._aliases))
                    self._aliases.append((alias, folded))
        self._automaton.make_automaton()
        self.issuers = table.issuers

    @classmethod
    def from_table(
        cls, table: Mapping[str, Any], where: str = "aliases.toml", issuers: Collection[str] | None = None
    ) -> Linker:
        """A linker from the parsed TOML of ``data/aliases.toml``.

        Raises
        ------
        SettingsError, UnknownNameError
            As :func:`newsbt.linking.aliases.parse_aliases`.
        """
        return cls(parse_aliases(table, where, issuers))

    def link(self, text: str) -> tuple[Mention, ...]:
        """Every mention of an issuer in `text`, in order, without overlaps.

        A name that stands for several issuers is a mention of each, at one place.
        Offsets refer to `text` whatever it is written in; a text without issuers gives none.
        """
        folded = fold(text)
        hits = self._hits(text, folded)
        if not hits:
            return ()
        values = of_mentions([(hit.alias.issuer, hit.start, hit.end, hit.alias.kind) for hit in hits], folded)
        return tuple(
            Mention(issuer, hit.start, hit.end, hit.alias.text, round(value * hit.alias.weight, 4))
            for hit, value in zip(hits, values, strict=True)
            for issuer in hit.alias.members or (hit.alias.issuer,)
        )

    def issuers_of(self, title: str, summary: str = "") -> dict[str, float]:
        """Issuers of a story with their relevance, the most relevant first.

        A mention in the summary counts half; see :func:`newsbt.linking.relevance.combined`.
        """
        mentions = list(self.link(title))
        if summary:
            mentions += [replace(item, relevance=item.relevance / 2) for item in self.link(summary)]
        return combined([(item.issuer, item.relevance) for item in mentions])

    def _hits(self, text: str, folded: str) -> list[Hit]:
        found = []
        for last, number in self._automaton.iter(folded):
            alias, form = self._aliases[number]
            start, end = last + 1 - len(form), last + 1
            if is_word(folded, start, end):
                found.append(Hit(alias, start, end))
        return _apart(_fitting(found, text, folded), len(text)) if found else []


def _fitting(found: Sequence[Hit], text: str, folded: str) -> list[Hit]:
    """Hits whose context holds."""
    starts: dict[str, set[int]] = {}
    for hit in _apart(found, len(text)):
        if not hit.alias.context.require and fits(hit, text, folded, accompanied=False):
            starts.setdefault(hit.alias.issuer, set()).add(hit.start)
    kept = []
    for hit in found:
        others = starts.get(hit.alias.issuer, set())
        # Another than itself: no new set for each hit of a long text.
        if fits(hit, text, folded, accompanied=len(others) > (hit.start in others)):
            kept.append(hit)
    return kept


def _apart(hits: Sequence[Hit], length: int) -> list[Hit]:
    """The longest hits first, of equals the earliest, without overlaps and without phrases to ignore."""
    taken: list[Hit] = []
    covered = bytearray(length)
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start)):
        if not any(covered[hit.start : hit.end]):
            covered[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
            taken.append(hit)
    return sorted((hit for hit in taken if hit.alias.issuer), key=lambda hit: hit.start)
