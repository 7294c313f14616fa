"""What a leak check found, in words (pure)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from newsbt.evidence.leaks.trace import Change, EntryKind, utc

__all__ = ["Leak", "LeakReport", "first_of_each", "leak_of", "moments"]


@dataclass(frozen=True, slots=True)
class Leak:
    """Something that changed although only what came later did, or nothing at all.

    Parameters
    ----------
    kind : {"score", "audit", "signal", "order", "fill"}
    moment : datetime
        The last moment it may rest on, UTC.
    symbol : str
    session : date or None
    catalyst_ids : tuple of str
    what : str
        ``"order to buy 300 BABA for 2025-02-12 changes"``.
    because : str
        ``"when the close of 2025-02-12 does"``.
    before, after : str
        The entry in both runs; empty where it is not there.
    probe : str
        Name of the first probe that showed it; see ``docs/leakcheck.md``.
    """

    kind: EntryKind
    moment: dt.datetime
    symbol: str
    session: dt.date | None
    catalyst_ids: tuple[str, ...]
    what: str
    because: str
    before: str
    after: str
    probe: str

    @property
    def text(self) -> str:
        """The sentence."""
        turned = f" to {self.after}" if self.before and self.after and self.before != self.after else ""
        news = f" (news {', '.join(self.catalyst_ids)})" if self.catalyst_ids and self.kind != "score" else ""
        return f"{self.what}{turned} {self.because}{news}"


@dataclass(frozen=True)
class LeakReport:
    """Outcome of a leak check.

    Parameters
    ----------
    strategy : str
        Empty where only a signal model was checked.
    signal : str
    cuts : tuple of str
        The moments after which the future was changed.
    probes : int
        Runs that were made with something changed.
    findings : tuple of Leak
        Oldest first.
    scores, hindsight : int
        Scores that are not 0, and how many of them say themselves that they rest on judgements made after
        publication.
    notes : tuple of str
        What could not be probed, and why.
    seconds : float
    """

    strategy: str
    signal: str
    cuts: tuple[str, ...]
    probes: int
    findings: tuple[Leak, ...]
    scores: int = 0
    hindsight: int = 0
    notes: tuple[str, ...] = field(default=())
    seconds: float = 0.0

    @property
    def clean(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    @property
    def subject(self) -> str:
        """What was checked: ``"strategy drift with signal catalogue"``."""
        return (
            f"strategy {self.strategy} with signal {self.signal}"
            if self.strategy
            else f"signal {self.signal}"
        )

    def _repr_html_(self) -> str:
        """Show itself in a notebook."""
        from newsbt.notebook.studies import leak_card

        return leak_card(self)


def leak_of(change: Change, because: str, probe: str) -> Leak:
    """A change that should not be, with what set it off."""
    entry = change.entry
    return Leak(
        kind=entry.kind,
        moment=dt.datetime.fromtimestamp(entry.moment // 1_000_000_000, dt.UTC),
        symbol=entry.symbol,
        session=entry.session,
        catalyst_ids=entry.catalyst_ids,
        what=f"{entry.text} {change.what}",
        because=because,
        before=change.before.text if change.before else "",
        after=change.after.text if change.after else "",
        probe=probe,
    )


def first_of_each(leaks: Iterable[Leak]) -> tuple[Leak, ...]:
    """Oldest first, one for each thing that changed: the first probe that showed it."""
    found: dict[tuple[object, ...], Leak] = {}
    for leak in leaks:
        found.setdefault((leak.kind, leak.moment, leak.symbol, leak.before or leak.after), leak)
    return tuple(sorted(found.values(), key=lambda leak: leak.moment))


def moments(ats: Sequence[int]) -> tuple[str, ...]:
    """UTC nanoseconds as texts."""
    return tuple(map(utc, ats))
