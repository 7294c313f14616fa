"""Whether anything a run did changes when only its future does: the same run again, with other futures."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Final

from newsbt.adapters.leak_stage import Stage, staged
from newsbt.adapters.workspace import Workspace
from newsbt.api.inputs import gather
from newsbt.api.leak_moments import all_sessions, bar_times, pick_cuts
from newsbt.api.leak_notes import unprobed
from newsbt.api.leak_process import with_other_hashes
from newsbt.api.leak_runs import Outcome, Runner, another_day
from newsbt.errors import InputError, PluginError, UnknownNameError
from newsbt.evidence.leaks import news
from newsbt.evidence.leaks.parts import Cut, Parts
from newsbt.evidence.leaks.probes import PROBES, Probe, narrower, probes_for
from newsbt.evidence.leaks.report import Leak, LeakReport, first_of_each, leak_of, moments
from newsbt.evidence.leaks.trace import Change, compare, entry_key, utc
from newsbt.runs import RunSpec

__all__ = ["CUTS", "PROBE_NAMES", "leakcheck"]

CUTS: Final = 8
#: Of the run as a whole; those of a cut follow in the order of :data:`newsbt.evidence.leaks.probes.PROBES`.
WHOLE: Final = ("repeat", "clock", "hashes", "state")
PROBE_NAMES: Final = (*WHOLE, *(probe.name for probe in PROBES), "publication", "labels")
#: Probes for whose first finding the smallest change that shows it is looked for.
NARROWED: Final = 1
#: Changes kept of one probe: the first is what matters, the others follow from it.
KEPT: Final = 20
NEVER: Final = 1 << 62

Progress = Callable[[str, float], None]


def leakcheck(
    spec: RunSpec,
    workspace: Workspace,
    *,
    strategy: bool = True,
    cuts: int = CUTS,
    probes: Collection[str] = (),
    progress: Progress | None = None,
) -> LeakReport:
    """Run `spec` as it is and with other futures, and report whatever changed before them.

    Parameters
    ----------
    spec : RunSpec
    workspace : Workspace
        Left alone: plug-ins run in a copy, with copies of the data.
    strategy : bool
        Trade. Without it the signal model alone is checked: scores, audit and signals.
    cuts : int
        Moments after which the future is changed, at least 1.
    probes : collection of str
        Names of :data:`PROBE_NAMES`; all if empty.
    progress : callable, optional
        Called with what is being done and the fraction of it.

    Raises
    ------
    InputError
        For fewer cuts than 1, an unknown probe, a run too short to have a future, and whatever
        :func:`newsbt.api.inputs.gather` raises.
    """
    if cuts < 1:
        raise InputError(f"--cuts {cuts} cuts nothing; give 1 or more")
    for name in probes:
        if name not in PROBE_NAMES:
            raise UnknownNameError("probe", name, PROBE_NAMES)
    inputs = gather(spec, workspace)
    files = tuple(Path(name).resolve() for name in spec.catalysts) or tuple(workspace.catalogue_files())
    prices = workspace.prices / "sample" if spec.prices == "sample" else Path(spec.prices).expanduser()
    runner = Runner(spec, inputs, workspace, engine=strategy)
    with staged(workspace, prices if prices.is_dir() else None, files) as stage:
        return _Check(runner, stage, probes or PROBE_NAMES, progress).report(cuts)


class _Check:
    """One leak check at work."""

    def __init__(
        self, runner: Runner, stage: Stage, wanted: Collection[str], progress: Progress | None
    ) -> None:
        self._runner, self._stage, self._wanted, self._progress = runner, stage, wanted, progress
        self._started = time.monotonic()
        self._probes, self._narrowed, self._total = 0, 0, 1
        self._leaks: list[Leak] = []
        inputs = runner.inputs
        self._sessions = all_sessions(inputs, runner.spec.entry)
        self._parts = Parts(
            inputs.book.bars, bar_times(inputs, "opens"), tuple(inputs.catalysts), {}, inputs.last_day
        )
        self._base = runner.fresh(stage, self._parts, write=False)
        self._reads, self._notes = unprobed(self._base.watched, stage)
        if self._reads:  # so that every run reads files that were written in the same way
            self._base = runner.fresh(stage, self._parts, write=True)
        known = {entry.catalyst_ids[0]: entry.moment for entry in self._base.entries if entry.kind == "score"}
        self._parts = dataclasses.replace(self._parts, known=known)

    def report(self, count: int) -> LeakReport:
        """Make all probes, with at most `count` cuts."""
        runner, base = self._runner, self._base
        cuts = pick_cuts(self._sessions, base.entries, runner.inputs, self._parts.known, count)
        if not cuts:
            raise InputError("the run has too few sessions to have a future; give it a longer period")
        if base.ahead:
            self._notes.append(
                f"{runner.spec.strategy} says that it takes {' and '.join(base.ahead)} of the whole run"
                " on purpose; nothing of that was changed"
            )
        probes = [
            probe
            for probe in probes_for(runner.engine, base.ahead, self._reads)
            if probe.name in self._wanted
        ]
        own_news = "news" not in base.ahead
        self._total = len(cuts) * (len(probes) + own_news) + len(WHOLE) + 1
        if self._repeatable(cuts[0]):
            for number, cut in enumerate(cuts):
                for probe in probes:
                    self._probe(probe, cut, number)
                if own_news and "publication" in self._wanted:
                    self._move(cut)
            if own_news and "labels" in self._wanted:
                self._labels()
        scores = [entry for entry in base.entries if entry.kind == "score" and entry.value[0]]
        return LeakReport(
            strategy=runner.spec.strategy if runner.engine else "",
            signal=runner.spec.signal,
            cuts=moments([cut.at for cut in cuts]),
            probes=self._probes,
            findings=first_of_each(self._leaks),
            scores=len(scores),
            hindsight=sum(bool(entry.value[2]) for entry in scores),
            notes=tuple(self._notes),
            seconds=time.monotonic() - self._started,
        )

    # Probes of the whole run --------------------------------------------------------------------------

    def _repeatable(self, cut: Cut) -> bool:
        """Whether the same inputs give the same run: without that, no other probe tells anything."""
        because = {
            "repeat": "when the same run is made again",
            "clock": "when the run is made on another day",
            "hashes": "when Python hashes strings in another way (PYTHONHASHSEED)",
            "state": "when another run was made before it in the same process: something is kept",
        }
        for name in WHOLE:
            if name not in self._wanted:
                continue
            other = self._counted(lambda name=name: self._whole(name, cut), name)  # type: ignore[misc]
            changes = compare(self._base.entries, other.entries, NEVER, NEVER)[:KEPT]
            self._leaks += [leak_of(change, because[name], name) for change in changes]
            if changes:
                self._notes.append(
                    "the run does not repeat itself, so that no other probe could tell anything"
                )
                return False
        return True

    def _whole(self, name: str, cut: Cut) -> Outcome:
        """The run itself again, in other surroundings."""
        runner, stage, parts = self._runner, self._stage, self._parts
        if name == "repeat":
            return runner.fresh(stage, parts, write=self._reads)
        copy = stage.fresh(parts.bars, parts.catalysts) if self._reads else stage.fresh()
        if name == "clock":
            with another_day():
                return runner.within(copy, parts)
        if name == "hashes":
            return with_other_hashes(runner, copy, parts)
        bars = PROBES[1].change(parts, cut, 1).bars
        runner.within(copy, dataclasses.replace(parts, bars=bars, catalysts=news.poison_news(parts, cut)))
        return runner.within(copy, parts)

    def _labels(self) -> None:
        """Judgements made after publication turned round: only scores that say so may change."""
        flipped = dataclasses.replace(self._parts, catalysts=news.flip_hindsight(self._parts))
        other = self._run(flipped, "labels")
        declared = {
            entry_key(entry)
            for entry in (*self._base.entries, *other.entries)
            if entry.kind == "score" and entry.value[2]
        }
        changes = compare(self._base.entries, other.entries, NEVER, NEVER)
        if declared:  # what follows from a declared score changes rightly
            changes = [item for item in changes if item.entry.kind == "score"]
        because = "when labels made after publication do, and it does not say that it rests on one"
        self._leaks += [
            leak_of(item, because, "labels") for item in changes if entry_key(item.entry) not in declared
        ][:KEPT]

    # Probes of a cut ----------------------------------------------------------------------------------

    def _probe(self, probe: Probe, cut: Cut, seed: int) -> None:
        other = self._run(probe.change(self._parts, cut, seed), f"{probe.name} after {utc(cut.at)}")
        changes = self._earlier(other, cut)
        if not changes:
            return
        because = probe.because(cut)
        if self._narrowed < NARROWED:
            self._narrowed += 1
            because = self._narrow(changes[0], probe, cut) or because
        self._leaks += [leak_of(change, because, probe.name) for change in changes[:KEPT]]

    def _narrow(self, change: Change, probe: Probe, cut: Cut) -> str:
        """The smallest change tried that sets it off, in words; empty if none does."""
        wanted = entry_key(change.entry)
        for because, parts in narrower(self._parts, cut, change.entry.symbol, probe.touches):
            found = self._earlier(self._run(parts, "which of it"), cut)
            if wanted in {entry_key(item.entry) for item in found}:
                return because
        return ""

    def _move(self, cut: Cut) -> None:
        """The last catalyst behind a signal of the cut's session or before it came out later after all."""
        signals = [
            entry for entry in self._base.entries if entry.kind == "signal" and entry.moment <= cut.known
        ]
        rows = {row.id: row for row in self._parts.catalysts if not row.scheduled}
        names = [name for entry in reversed(signals) for name in entry.catalyst_ids if name in rows]
        if not names:
            return
        name = names[0]
        known = self._parts.known[name]
        later = dataclasses.replace(self._parts, catalysts=news.move_publication(self._parts, name))
        other = self._run(later, f"publication of {name}")
        because = f"when {name}, known at {utc(known)}, is published {news.MOVED.days} days later"
        changes = compare(self._base.entries, other.entries, self._decided(known), known)
        self._leaks += [leak_of(change, because, "publication") for change in changes[:KEPT]]
        moved = max(
            (e.moment for e in other.entries if e.kind == "score" and e.catalyst_ids == (name,)), default=0
        )
        stays = f"although {name} is published {news.MOVED.days} days later"
        citing = [
            e for e in other.entries if e.kind in ("signal", "order", "fill") and name in e.catalyst_ids
        ]
        early = compare(citing, (), self._decided(moved), moved)
        self._leaks += [leak_of(_Stays(item.before, None), stays, "publication") for item in early[:KEPT]]

    def _decided(self, known: int) -> int:
        """Open of the last session whose orders news known then came too late for."""
        return max((cut.at for cut in self._sessions if cut.known < known), default=0)

    def _earlier(self, other: Outcome, cut: Cut) -> list[Change]:
        return compare(self._base.entries, other.entries, cut.at, cut.known + 1)

    # Runs ---------------------------------------------------------------------------------------------

    def _run(self, parts: Parts, label: str) -> Outcome:
        return self._counted(lambda: self._runner.fresh(self._stage, parts, write=self._reads), label)

    def _counted(self, call: Callable[[], Outcome], label: str) -> Outcome:
        if self._progress:
            self._progress(label, min(self._probes / self._total, 1.0))
        self._probes += 1
        try:
            return call()
        except PluginError as error:  # another future can be one that a plug-in cannot take
            self._notes.append(f"{label}: the run fails, so this probe tells nothing: {error}")
            return self._base


class _Stays(Change):
    """An entry that should have moved and did not."""

    @property
    def what(self) -> str:
        """What is wrong with it."""
        return "is still there"
