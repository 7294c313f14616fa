"""``newsbt placebo``: a run again on news that was moved, turned or swapped at random."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Any

import backtrader as bt
import numpy as np
import pandas as pd

from newsbt.adapters.compilation import PLACEBO, compile_once, keep_compiled
from newsbt.adapters.plugins import describe, load
from newsbt.adapters.rule_files import compiled_kind
from newsbt.adapters.workspace import Workspace
from newsbt.api.groups import GroupedRuns, Prepared
from newsbt.engine.news_layout import moved_world, news_layout
from newsbt.engine.strategy import NewsStrategy
from newsbt.errors import InputError, ParameterError, UnknownNameError
from newsbt.evidence.placebo.chance import chance_of
from newsbt.evidence.placebo.draws import BATCH, KINDS, Draws
from newsbt.evidence.placebo.study import KindResult, PlaceboStudy
from newsbt.hindsight import label_counts
from newsbt.metrics.table import METRICS
from newsbt.records import FloatArray, IntArray, ParamValue
from newsbt.runs import RunSpec
from newsbt.specs import spec_to_json
from newsbt.tuning.objective import MINIMISED

__all__ = ["MOST_IN_BACKTRADER", "check_placebo", "placebo"]

#: Worlds of each kind in Backtrader, which takes seconds for one; the least p-value is 0.01 with them.
MOST_IN_BACKTRADER = 99
MOST_WORLDS = 1_000_000
#: Shipped strategies whose trades moved news cannot change, and why.
UNMOVED = {
    "hold": "buys and holds whatever the news",
    "cash": "does not trade",
    "random": "draws its own dates",
    "parity": "trades on prices",
    "runup": "trades ahead of announced dates, which are no signals",
}
KEYS = [metric.key for metric in METRICS]
Progress = Callable[[str, float], None]
Measure = Callable[[IntArray, FloatArray], FloatArray]


def check_placebo(kinds: Sequence[str], worlds: int, statistic: str) -> tuple[str, ...]:
    """The kinds that ``all`` or a list of names stands for, after everything is checked.

    Raises
    ------
    InputError
        For a kind or statistic that there is none of, or a number of worlds out of bounds.
    """
    for kind in kinds:
        if kind not in (*KINDS, "all"):
            raise UnknownNameError("kind of placebo", kind, (*KINDS, "all"))
    if statistic not in KEYS:
        raise UnknownNameError("statistic", statistic, KEYS)
    if not 19 <= worlds <= MOST_WORLDS:
        raise ParameterError(f"{worlds:,} worlds cannot be used; take 19 to {MOST_WORLDS:,}")
    return KINDS if "all" in kinds or not kinds else tuple(kind for kind in KINDS if kind in kinds)


def placebo(
    spec: RunSpec,
    workspace: Workspace,
    *,
    kinds: Sequence[str] = ("all",),
    worlds: int = 1000,
    statistic: str = "sharpe",
    two_sided: bool = False,
    engine: str = "auto",
    progress: Progress | None = None,
) -> PlaceboStudy:
    """Run `spec` on its own news and on placebo worlds of them.

    Parameters
    ----------
    spec : RunSpec
        Its ``seed`` is that of the worlds.
    workspace : Workspace
    kinds : sequence of str
        Some of :data:`newsbt.evidence.placebo.draws.KINDS`, or ``all``.
    worlds : int
        Of each kind, 19 to a million; at most :data:`MOST_IN_BACKTRADER` for a strategy without a
        compiled rule.
    statistic : str
        Key of a metric; smaller is better for those of :data:`newsbt.tuning.objective.MINIMISED`.
    two_sided : bool
        Ask whether the figure is unusual either way, rather than better.
    engine : {"auto", "fast", "backtrader"}
    progress : callable, optional

    Raises
    ------
    InputError
        For what cannot be used: also a strategy that does not trade on signals, a run without signals, and
        kinds that cannot change anything about its news, when no other is asked for.
    DataUnavailableError
        For prices that are not to be had.
    """
    chosen = check_placebo(kinds, worlds, statistic)
    keep_compiled()
    groups = GroupedRuns(spec, workspace)
    prepared = groups.prepare(spec)
    _check_strategy(prepared)
    layout = news_layout(prepared.world)
    if not len(layout.bars):
        raise InputError(
            "the run has no signals on sessions with prices, so there is nothing to move; take a longer"
            " period, other symbols or other catalysts"
        )
    measure, name, params = _measure(groups, prepared, engine)
    count = min(worlds, MOST_IN_BACKTRADER) if name == "backtrader" else worlds
    as_it_is = layout.bars[None, :], layout.scores[None, :]
    if name == "fast":
        compile_once(PLACEBO, lambda: measure(*as_it_is))
    own = measure(*as_it_is)[0]
    place, less = KEYS.index(statistic), statistic in MINIMISED
    results, skipped, frames = [], {}, []
    for number, kind in enumerate(chosen):
        try:
            draws = Draws(layout, kind, spec.seed)
        except InputError as error:
            if len(chosen) == 1:
                raise
            skipped[kind] = str(error)
            continue

        def tell(done: float, number: int = number, kind: str = kind) -> None:
            if progress:
                progress(f"placebo worlds: {kind}", (number + done) / len(chosen))

        figures = _run(draws, measure, count, name, tell)
        chance = chance_of(float(own[place]), figures[:, place], less=less, two_sided=two_sided)
        results.append(KindResult(kind, chance, draws.spread))
        frame = pd.DataFrame(figures, columns=KEYS)
        frame.insert(0, "world", np.arange(count))
        frame.insert(0, "kind", kind)
        frames.append(frame)
    if not results:
        raise InputError("; ".join(dict.fromkeys(skipped.values())))
    return PlaceboStudy(
        statistic=statistic,
        less=less,
        two_sided=two_sided,
        engine=name,
        asked=worlds,
        worlds=count,
        signals=len(layout.bars),
        stories=layout.stories,
        listings=len(np.unique(layout.listing)),
        metrics={key: None if math.isnan(v) else float(v) for key, v in zip(KEYS, own, strict=True)},
        results=tuple(results),
        skipped=skipped,
        null=pd.concat(frames, ignore_index=True),
        info={
            "spec": spec_to_json(spec),
            "params": params,
            "period": [str(prepared.inputs.first_day), str(prepared.inputs.last_day)],
            "hindsight": label_counts(prepared.audit),
            "files": dict(prepared.inputs.hashes),
            "prices": {symbol: dict(row) for symbol, row in prepared.inputs.book.provenance.items()},
        },
    )


def _check_strategy(prepared: Prepared) -> None:
    ref = prepared.inputs.strategy
    kind = compiled_kind(ref.path)[0]
    if kind in UNMOVED:
        raise InputError(
            f"{ref.name} {UNMOVED[kind]}, so moved news would change nothing; take a strategy that trades on"
            " signals"
        )
    if not issubclass(load(ref, bt.Strategy), NewsStrategy):
        raise InputError(
            f"{ref.name} is a plain Backtrader strategy and does not see signals, so moved news would change"
            " nothing; take a strategy that trades on signals"
        )


def _measure(
    groups: GroupedRuns, prepared: Prepared, engine: str
) -> tuple[Measure, str, dict[str, ParamValue]]:
    """A function from bars and scores of worlds to metrics, the engine's name, the strategy's parameters."""
    if engine not in ("auto", "fast", "backtrader"):
        raise UnknownNameError("engine", engine, ("auto", "fast", "backtrader"), where="--engine")
    defaults: dict[str, Any] = {p.name: p.default for p in describe(prepared.inputs.strategy).params}
    params = {**defaults, **prepared.spec.params}
    if engine != "backtrader":
        from newsbt.api.evaluate_fast import FastEvaluator, why_not_fast

        if engine == "fast" or not why_not_fast(groups):
            packed = FastEvaluator(groups).packed(prepared.spec)
            return (lambda bars, scores: packed.news_metrics(params, bars, scores)), "fast", params
    from newsbt.api.evaluate_backtrader import point_metrics

    def each(bars: IntArray, scores: FloatArray) -> FloatArray:
        return np.array(
            [
                point_metrics(
                    dataclasses.replace(prepared, world=moved_world(prepared.world, one, score)), params
                )
                for one, score in zip(bars, scores, strict=True)
            ]
        )

    return each, "backtrader", params


def _run(
    draws: Draws, measure: Measure, count: int, engine: str, tell: Callable[[float], None]
) -> FloatArray:
    """Metrics of the first `count` worlds."""
    out = np.empty((count, len(KEYS)))
    batches = range(math.ceil(count / BATCH))

    def one(number: int) -> None:
        first = number * BATCH
        size = min(BATCH, count - first)
        bars, scores = draws.batch(number)
        for begin, end in _pieces(size, 1 if engine == "backtrader" else BATCH):
            out[first + begin : first + end] = measure(bars[begin:end], scores[begin:end])
            if engine == "backtrader":
                tell((first + end) / count)

    if engine == "backtrader":
        for number in batches:
            one(number)
        return out
    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(one, number) for number in batches]
        try:
            for done, future in enumerate(as_completed(waiting), 1):
                future.result()
                tell(done / len(waiting))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return out


def _pieces(size: int, width: int) -> Iterator[tuple[int, int]]:
    return ((begin, min(begin + width, size)) for begin in range(0, size, width))
