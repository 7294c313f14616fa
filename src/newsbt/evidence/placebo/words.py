"""What a placebo test says, in sentences for a trader (pure)."""

from __future__ import annotations

import math

from newsbt.evidence.placebo.study import KindResult, PlaceboStudy
from newsbt.metrics.table import METRICS

__all__ = ["KIND_NAMES", "KIND_TEXTS", "figure", "label_of", "placebo_words", "probability"]

RARE = 0.05
KIND_NAMES = {
    "dates": "other dates",
    "signs": "signs by coin",
    "issuers": "issuers swapped",
    "shift": "all news shifted",
}
#: What each kind keeps, and what it breaks.
KIND_TEXTS = {
    "dates": "every story went whole weeks away, to a week of the same volatility: number of signals by"
    " listing, weekdays, venues, scores and about the spacing are kept; the tie to what"
    " happened then is broken",
    "signs": "a coin decided for each story whether good news became bad: dates, spacing and size are kept;"
    " the direction is broken, and so is any lean of the news to one side",
    "issuers": "the issuers changed places with others on the same venues: dates, scores and stories about"
    " the whole market are kept; who the news was about is broken",
    "shift": "all news moved by the same number of sessions, round and round within the run: number, spacing,"
    " scores and who it was about are kept; weekdays, volatility and the tie to what happened then are"
    " broken",
}


def label_of(statistic: str) -> str:
    """Label of a metric."""
    return next(metric.label for metric in METRICS if metric.key == statistic)


def figure(statistic: str, value: float) -> str:
    """Write a metric's value for a reader."""
    formatter = next(metric.formatter for metric in METRICS if metric.key == statistic)
    return formatter(None if math.isnan(value) else value)


def probability(value: float) -> str:
    """Write a p-value: three places, four where it is small."""
    if math.isnan(value):
        return "n/a"
    return f"{value:.3f}" if value >= 0.01 else f"{value:.4f}"


def placebo_words(study: PlaceboStudy) -> list[str]:
    """What came out, kind by kind, and how far it goes."""
    if study.metrics[study.statistic] is None:
        return [f"The run itself has no {label_of(study.statistic)}, so there is nothing to compare."]
    found = [_of_kind(study, item) for item in study.results]
    if study.few:
        found.append(
            f"{_count(study.stories, 'story', 'stories')} {'are' if study.stories != 1 else 'is'} few: one or"
            " two of them can make the result, and a real effect can easily be missed."
        )
    labels = study.info.get("hindsight") or {}
    if labels.get("hindsight"):
        share = labels["hindsight"] / labels["signals"]
        found.append(
            f"{share:.0%} of the signals rest on labels made after publication: whoever made them may have"
            " known what the prices did, and a p-value cannot tell that from an edge."
        )
    if len(study.results) > 1:
        found.append(
            "Each kind asks another question. Decide before looking which one counts; the lowest of several"
            " p-values is low by luck more often than it says."
        )
    if study.worlds < study.asked:
        found.append(
            f"{study.worlds:,} worlds of each kind instead of {study.asked:,}: this strategy runs in"
            " Backtrader, which takes seconds for a world, so p is known less well."
        )
    for kind, why in study.skipped.items():
        found.append(f"No worlds with {KIND_NAMES[kind]}: {why}.")
    return found


def _of_kind(study: PlaceboStudy, item: KindResult) -> str:
    chance, label = item.chance, label_of(study.statistic)
    if study.two_sided:
        what = f"was as far out, on either side, as the run's {figure(study.statistic, chance.value)}"
    else:
        at = "at most" if study.less else "at least"
        what = f"was {at} the run's {figure(study.statistic, chance.value)}"
    sides = " on its nearer side" if study.two_sided else ""
    verdict = "rare by chance" if chance.p_value <= RARE else "chance does as well often enough"
    if chance.low <= RARE < chance.high:
        verdict += f", but more worlds may say otherwise about the {RARE * 100:.0f} % line"
    text = (
        f"{KIND_NAMES[item.kind].capitalize()}: {label} {what} in {chance.as_good:,} of"
        f" {_count(chance.worlds, 'world')}{sides}, p = {probability(chance.p_value)}"
        f" ({probability(chance.low)} to {probability(chance.high)}): {verdict}."
    )
    return text + _limits(study, item)


def _limits(study: PlaceboStudy, item: KindResult) -> str:
    spread, texts = item.spread, []
    if spread.fixed:
        texts.append(
            f"{_count(spread.fixed, 'story', 'stories')} of {study.stories:,} had nowhere to go and stayed"
        )
    if spread.relaxed:
        texts.append(
            f"{_count(spread.relaxed, 'story', 'stories')} had too few weeks of the same volatility"
            " and went to any"
        )
    if spread.worlds < 20:
        texts.append(f"there are only about {spread.worlds:,.0f} different worlds, so p says little")
    elif spread.worlds < study.worlds:
        texts.append(f"only about {spread.worlds:,.0f} of the worlds are different")
    if item.chance.undefined:
        texts.append(f"{_count(item.chance.undefined, 'world')} had no figure and counted as just as good")
    return "".join(f" {text[0].upper()}{text[1:]}." for text in texts)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
