"""The probes: what each does to the future, what it needs, and how a finding says so (pure)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from newsbt.evidence.leaks import news, prices
from newsbt.evidence.leaks.parts import Cut, Parts
from newsbt.evidence.leaks.trace import utc

__all__ = ["PROBES", "Ahead", "Probe", "narrower", "probes_for"]

#: Stories after a cut that are tried one by one.
STORIES = 6
#: What a strategy may say that it takes from the whole run.
Ahead: TypeAlias = Literal["news", "sessions"]


@dataclass(frozen=True, slots=True)
class Probe:
    """One way to change what comes after a cut.

    Parameters
    ----------
    name : str
    change : callable
        Parts, cut and seed to the parts with another future.
    because : callable
        The cut, in words that end the sentence of a finding.
    touches : frozenset
        ``"prices"``, ``"news"``, ``"sessions"``.
    """

    name: str
    change: Callable[[Parts, Cut, int], Parts]
    because: Callable[[Cut], str]
    touches: frozenset[str]


def _bars(change: Callable[[Parts, Cut, int], object], name: str, because: str, *more: str) -> Probe:
    return Probe(
        name,
        lambda parts, cut, seed: dataclasses.replace(parts, bars=change(parts, cut, seed)),  # type: ignore[arg-type]
        lambda cut: because.format(at=utc(cut.at), day=cut.day),
        frozenset({"prices", *more}),
    )


def _news(change: Callable[[Parts, Cut, int], object], name: str, because: str) -> Probe:
    return Probe(
        name,
        lambda parts, cut, seed: dataclasses.replace(parts, catalysts=change(parts, cut, seed)),  # type: ignore[arg-type]
        lambda cut: because.format(at=utc(cut.known), day=cut.day),
        frozenset({"news"}),
    )


def _end(parts: Parts, cut: Cut, seed: int) -> Parts:
    return dataclasses.replace(parts, bars=prices.cut_bars(parts, cut), last_day=cut.day)


PROBES: tuple[Probe, ...] = (
    _bars(
        lambda parts, cut, seed: prices.replace_bar(parts, cut),
        "same-bar",
        "when the bar of {day} does, which opened after the decision",
    ),
    _bars(
        lambda parts, cut, seed: prices.poison_bars(parts, cut, seed),
        "poison-prices",
        "when prices from {at} on are replaced",
    ),
    _bars(
        lambda parts, cut, seed: prices.scramble_bars(parts, cut, seed),
        "scramble-prices",
        "when prices from {at} on are put in another order",
    ),
    _bars(
        lambda parts, cut, seed: prices.delay_bars(parts, cut),
        "delay-prices",
        "when prices from {at} on come a session later",
    ),
    Probe(
        "end",
        _end,
        lambda cut: f"when the run and its prices end on {cut.day}",
        frozenset({"prices", "sessions"}),
    ),
    _bars(
        lambda parts, cut, seed: prices.end_listings(parts, cut, bool(seed % 2)),
        "listings",
        "when some listings stop trading after {day}",
        "sessions",
    ),
    _news(lambda parts, cut, seed: news.cut_news(parts, cut), "cut-news", "when news after {at} is cut off"),
    _news(
        lambda parts, cut, seed: news.delay_news(parts, cut), "delay-news", "when news after {at} is late"
    ),
    _news(
        lambda parts, cut, seed: news.scramble_news(parts, cut, seed),
        "scramble-news",
        "when news after {at} is put in another order",
    ),
    _news(
        lambda parts, cut, seed: news.poison_news(parts, cut),
        "poison-news",
        "when news after {at} says the opposite and revises what came before",
    ),
)  # fmt: skip


def probes_for(engine: bool, ahead: Iterable[str], reads: bool) -> list[Probe]:
    """The probes that can show something.

    Parameters
    ----------
    engine : bool
        Whether a strategy is run. Without one, prices matter only to a model that reads their files.
    ahead : iterable of str
        What the strategy says it takes from the whole run.
    reads : bool
        Whether files of the workspace's data are read.
    """
    barred = frozenset(ahead)
    return [
        probe
        for probe in PROBES
        if not probe.touches & barred and (engine or reads or "news" in probe.touches)
    ]


def narrower(parts: Parts, cut: Cut, symbol: str, touches: frozenset[str]) -> Iterable[tuple[str, Parts]]:
    """Smaller changes, in the order in which they are tried, that may be all that a finding needs.

    Yields
    ------
    str
        The change in words.
    Parts
        Parts with it.
    """
    if "prices" in touches and symbol in parts.bars:
        yield from _one_bar(parts, cut, symbol)
    if "news" in touches:
        yield from _one_story(parts, cut)


def _one_bar(parts: Parts, cut: Cut, symbol: str) -> Iterable[tuple[str, Parts]]:
    """One figure of the next bar, or the next bar of another listing."""
    here = [name for name, opens in parts.opens.items() if bool((opens == cut.at).any())]
    own = [symbol] if symbol in here else here
    whose = "" if own == [symbol] else f" {' and '.join(own)} on"
    for name in ("close", "high", "low", "open", "volume"):
        for turn in (True, False):
            bars = prices.replace_bar(parts, cut, (name,), own, turn=turn)
            yield f"when the {name} of{whose} {cut.day} does", dataclasses.replace(parts, bars=bars)
    for other, frame in parts.bars.items():
        later = parts.opens[other] >= cut.at
        if other in own or not later.any():
            continue
        at = int((~later).sum())
        day, first = frame.index[at].date(), int(parts.opens[other][at])
        for turn in (True, False):
            bars = prices.replace_bar(parts, Cut(first, first, day, cut.venue), only=(other,), turn=turn)
            yield f"when the bar of {other} on {day} does", dataclasses.replace(parts, bars=bars)


def _one_story(parts: Parts, cut: Cut) -> Iterable[tuple[str, Parts]]:
    """One of the next stories taken away, or turned round where its date may have been announced."""
    later = sorted(
        (row for row in parts.catalysts if parts.known.get(row.id, 0) > cut.known),
        key=lambda row: parts.known[row.id],
    )
    for row in later[:STORIES]:
        when = f"news {row.id}, known at {utc(parts.known[row.id])},"
        if row.scheduled or row.role == "calendar":
            changed = news.blank_news(parts, {row.id})
            yield f"when {when} has no outcome", dataclasses.replace(parts, catalysts=changed)
        else:
            changed = news.drop_news(parts, {row.id})
            yield f"when {when} is taken away", dataclasses.replace(parts, catalysts=changed)
