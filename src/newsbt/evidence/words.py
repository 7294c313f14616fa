"""What the statistics of evidence say, in sentences for a trader (pure).

Every sentence gives its numbers and claims no more than they do: a low p-value is called rare under luck,
never proof, and a high one no difference shown, never equality.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from newsbt.evidence.sharpe_inference import (
    Deflated,
    SharpeSample,
    minimum_track_record,
    probabilistic_sharpe,
    sharpe_interval,
)

if TYPE_CHECKING:
    from newsbt.evidence.overfitting import Overfitting
    from newsbt.evidence.paired import MeanDifference, SharpeDifference
    from newsbt.evidence.superior import Superior
    from newsbt.evidence.trials import EffectiveTrials

__all__ = [
    "deflated_words",
    "few_days_words",
    "mean_words",
    "overfitting_words",
    "paired_words",
    "sharpe_words",
    "superior_words",
    "track_record_words",
    "trend_words",
    "trials_words",
]

#: p-values up to this are called rare.
RARE = 0.05


def chance(share: float) -> str:
    """A probability as a percentage: ``38 %``, ``3.1 %``, ``under 0.1 %``; never rounded to none or all."""
    if share < 0.001:
        return "under 0.1 %"
    if share > 0.999:
        return "over 99.9 %"
    return f"{share * 100:.1f} %" if share < 0.0995 or share > 0.9005 else f"{share * 100:.0f} %"


def sharpe_words(sample: SharpeSample, per_year: float, level: float = 0.95) -> str:
    """The Sharpe ratio a year with its interval, and how often luck alone shows as much."""
    low, high = sharpe_interval(sample, level)
    root = math.sqrt(per_year)
    sure = probabilistic_sharpe(sample)
    start = (
        f"Sharpe ratio {sample.sharpe * root:.2f}: {level * 100:.0f} % interval {low * root:.2f} to"
        f" {high * root:.2f}."
    )
    if not sample.sharpe > 0.0:
        return f"{start} It is not above zero: there is no edge to account for."
    return (
        f"{start} Luck without any edge shows as much in {chance(1.0 - sure)} of such periods, if"
        f" nothing else was tried (probabilistic Sharpe ratio {chance(sure)})."
    )


def few_days_words(moving: int, days: int, needed: int) -> str:
    """Why nothing is said of a Sharpe ratio."""
    return (
        f"The account moved on {moving} of {days:,} days only: too few to tell how sure its Sharpe ratio is"
        f" (that takes {needed})."
    )


def track_record_words(sample: SharpeSample, per_year: float, level: float = 0.95) -> str:
    """How long a record it takes to tell a Sharpe ratio like this one from none."""
    needed = minimum_track_record(sample, level=level)
    here = sample.count / per_year
    if needed is None:
        return "At this rate no length of record would show one."
    years = needed / per_year
    told = "over 100" if years > 100.0 else f"{years:.1f}"
    verdict = "long enough" if needed <= sample.count else "too short"
    return (
        f"Telling it from zero at {level * 100:.0f} % takes {told} years of returns like these; there are"
        f" {here:.1f}: {verdict}."
    )


def trend_words(sharpe: float, error: float, following: float, per_year: float) -> str:
    """The interval that allows for days that follow on one another; `error` and `sharpe` are per day."""
    reach, root = 1.96 * error, math.sqrt(per_year)
    low, high = (sharpe - reach) * root, (sharpe + reach) * root
    return (
        f"Its days follow on one another (correlation {following:.2f} from one to the next): with that"
        f" counted the interval is {low:.2f} to {high:.2f}."
    )


def deflated_words(
    sample: SharpeSample, deflated: Deflated, per_year: float, of_what: str = "settings tried"
) -> str:
    """The Sharpe ratio against the best of as many worthless trials."""
    root = math.sqrt(per_year)
    luck = 1.0 - deflated.probability
    if deflated.trials <= 1.0:
        return "Only one trial is on record, so nothing is taken off the Sharpe ratio for searching."
    verdict = "that is rare" if luck <= RARE else "searching alone can explain it"
    return (
        f"The best of {deflated.trials:,.0f} {of_what} would show a Sharpe ratio of about"
        f" {deflated.threshold * root:.2f} with no edge in any of them; this one shows"
        f" {sample.sharpe * root:.2f}. Against that, luck does as well in {chance(luck)} of cases (deflated"
        f" Sharpe ratio {chance(deflated.probability)}): {verdict}."
    )


def trials_words(trials: EffectiveTrials) -> str:
    """How many of the settings are different."""
    if trials.counted == 0:
        return "None of the settings traded."
    few, many = sorted((trials.by_participation, trials.by_correlation))
    if trials.counted == 1 or round(many) == 1:
        return f"{trials.counted:,} of the settings traded, all alike: one trial in effect."
    span = f"{few:.0f}" if round(few) == round(many) else f"{few:.0f} to {many:.0f}"
    return (
        f"{trials.counted:,} settings with returns that move, like {span} independent ones (their returns"
        f" have a mean correlation of {trials.mean_correlation:.2f})."
    )


def overfitting_words(found: Overfitting) -> str:
    """What became of the winner in the half that it was not chosen in."""
    splits = len(found.logits)
    halved = " (just the median counts half)" if (found.logits == 0.0).any() else ""
    if found.probability >= 0.5:
        verdict = "what was best in one half was a setting like any other in the next"
    elif found.probability > 0.1:
        verdict = "what is best here may well not be best elsewhere"
    else:
        verdict = "the choice mostly held up"
    return (
        f"Probability of overfitting {chance(found.probability)}: the period was halved in {splits:,} ways,"
        " and in that share of them the setting that was best in one half was no better than the median of"
        f" all {found.settings:,} in the other{halved}. It lost money there in {chance(found.loss)} of the"
        f" cases: {verdict}."
    )


def superior_words(found: Superior, against: str = "holding cash", level: float = RARE) -> str:
    """Whether any setting beats the benchmark once the search is counted."""
    count = len(found.adjusted)
    out = int((found.adjusted <= level).sum())
    verdict = "that is rare" if found.consistent <= level else "no setting is shown to be better"
    if out == 0:
        stand = "None stands out by itself"
    else:
        stand = f"{out:,} stand{'s' if out == 1 else ''} out by {'itself' if out == 1 else 'themselves'}"
    low, high = chance(found.lower), chance(found.upper)
    span = f"; between {low} and {high}" if low != high else ""
    return (
        f"If none of the {count:,} settings were better than {against}, the best would still look this good"
        f" in {chance(found.consistent)} of {found.draws:,} resamples (Hansen's test{span}): {verdict}."
        f" {stand} at {level * 100:.0f} % after counting all that were tried."
    )


def paired_words(found: SharpeDifference, per_year: float, first: str, second: str) -> str:
    """Whether the Sharpe ratios of two runs differ by more than chance."""
    root = math.sqrt(per_year)
    gap = found.difference * root
    if found.low == found.high:
        return f"{first} and {second} have the same Sharpe ratio, day by day: there is no difference to test."
    better, worse, low, high = first, second, found.low * root, found.high * root
    if gap < 0.0:
        better, worse, gap, low, high = second, first, -gap, -high, -low
    verdict = "rare by chance" if found.p_value <= RARE else "not shown to be a difference"
    size = f"{gap:.2f}" if gap >= 0.005 else "less than 0.01"
    span = f"{found.level * 100:.0f} % interval {low:.2f} to {high:.2f}"
    if not math.isfinite(low):
        span = "no interval: one of them moves on too few days"
    return (
        f"The Sharpe ratio of {better} is higher than that of {worse} by {size} ({span}). A difference of"
        f" this size or more comes by chance in {chance(found.p_value)} of {found.draws:,} resamples:"
        f" {verdict}."
    )


def mean_words(found: MeanDifference, per_year: float, first: str, second: str) -> str:
    """Whether the mean returns of two runs differ by more than chance."""
    better, worse = (first, second) if found.difference >= 0.0 else (second, first)
    verdict = "rare by chance" if found.p_value <= RARE else "not shown to be a difference"
    return (
        f"Mean return: {better} ahead of {worse} by {abs(found.difference) * per_year * 100:.2f} points a"
        f" year, give or take {1.96 * found.error * per_year * 100:.2f}; p = {found.p_value:.3f}: {verdict}."
    )
