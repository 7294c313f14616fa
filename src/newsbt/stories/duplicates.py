"""Near-duplicates: the same story told again in nearly the same words, first seen wins (pure)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, TypeAlias

import numpy as np

from newsbt.records import FloatArray
from newsbt.stories.minhash import Places, candidates, signatures
from newsbt.stories.normal import figures, normal
from newsbt.stories.subjects import turns

__all__ = ["ALIKE", "ALIKE_OF_SAME", "WINDOW_S", "Report", "find_duplicates", "normalised"]

#: Similarity (rapidfuzz ``ratio``, 0 to 100) from which two headlines are the same.
ALIKE = 80.0
#: The same for two headlines about the same issuers of which the later has no figure of its own.
ALIKE_OF_SAME = 72.0
WINDOW_S = 3 * 86_400
CHUNK = 200_000
Pairs: TypeAlias = tuple[Places, Places, FloatArray]
Report: TypeAlias = Callable[[str, float], None]


def find_duplicates(
    titles: Sequence[str],
    times: np.ndarray[Any, np.dtype[np.int64]],
    issuers: Sequence[Collection[str]] | None = None,
    *,
    window_s: int = WINDOW_S,
    report: Report | None = None,
    texts: Sequence[str] | None = None,
) -> Places:
    """The story that each headline repeats.

    Two headlines are the same if their normal forms (:func:`newsbt.stories.normal.normal`) are alike, their
    figures do not contradict one another (those of one are among those of the other), both or neither deny,
    rise, fall and so on (:data:`newsbt.stories.terms.TURNS`), and they are at most `window_s` apart. Alike
    means :data:`ALIKE`, or :data:`ALIKE_OF_SAME` where both are about the same issuers and the later has no
    figure that the earlier lacks.

    Parameters
    ----------
    titles : sequence of str
        In order of time: of two headlines the one that stands first was seen first.
    times : array of int64
        Seconds, not descending.
    issuers : sequence of collection of str, optional
        Whom each is about.
    window_s : int
        Most seconds between a story and its repetition.
    report : callable, optional
        Told what is done and the share of it.
    texts : sequence of str, optional
        What :func:`normalised` makes of the titles, if that is known.

    Returns
    -------
    array of int64, shape (n,)
        Position of the first telling; a headline's own where it is one. A repetition is alike that first
        telling itself, so that stories do not drift; what comes later changes nothing before it.
    """
    told = report or (lambda _label, _share: None)
    texts = normalised(titles, told) if texts is None else texts
    lead = np.arange(len(texts), dtype=np.int64)
    _collapse(texts, times, window_s, lead)
    firsts = np.flatnonzero(lead == np.arange(len(texts)))
    sketch = signatures([texts[at] for at in firsts.tolist()], lambda share: told("Hashing headlines", share))
    later, earlier = candidates(sketch, times[firsts], window_s)
    del sketch
    least = ALIKE if issuers is None else ALIKE_OF_SAME
    pairs = _alike(texts, firsts[later], firsts[earlier], least, told)
    del later, earlier
    led, moments = lead.tolist(), times.tolist()
    facts = _Facts(texts)
    for new, old, ratio in zip(*(part.tolist() for part in pairs), strict=True):
        first = led[old]
        if led[new] != new or moments[new] - moments[first] > window_s:
            continue
        same = issuers is not None and bool(issuers[new]) and set(issuers[new]) == set(issuers[first])
        if facts.same(new, first, same, ratio if first == old else None):
            led[new] = first
    return _rooted(np.array(led, dtype=np.int64))


def normalised(titles: Sequence[str], told: Report) -> list[str]:
    """Normal form of each title."""
    texts: list[str] = []
    for start in range(0, len(titles), CHUNK):
        texts += [normal(title) for title in titles[start : start + CHUNK]]
        told("Reading headlines", len(texts) / len(titles))
    return texts


def _collapse(texts: Sequence[str], times: Places, window_s: int, lead: Places) -> None:
    """Write into `lead` where the very same words stood before."""
    latest: dict[str, int] = {}
    for at, text in enumerate(texts):
        first = latest.setdefault(text, at)
        if first == at:
            continue
        if times[at] - times[first] > window_s:
            latest[text] = at
        else:
            lead[at] = first


def _alike(texts: Sequence[str], later: Places, earlier: Places, alike: float, told: Report) -> Pairs:
    """Those of the pairs whose texts are alike, and how much."""
    from rapidfuzz import fuzz, process

    kept, ratios = [], []
    for start in range(0, len(later), CHUNK):
        part = slice(start, start + CHUNK)
        scores = process.cpdist(
            [texts[at] for at in later[part]],
            [texts[at] for at in earlier[part]],
            scorer=fuzz.ratio,
            score_cutoff=alike,
            dtype=np.float64,
        )
        found = np.flatnonzero(scores)
        kept.append(start + found)
        ratios.append(scores[found])
        told("Comparing headlines", min(1.0, (start + CHUNK) / len(later)))
    chosen = np.concatenate(kept) if kept else np.empty(0, np.int64)
    return later[chosen], earlier[chosen], np.concatenate(ratios) if ratios else np.empty(0)


class _Facts:
    """What two headlines are compared by, worked out once for each."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._figures: dict[int, frozenset[str]] = {}
        self._turns: dict[int, int] = {}

    def same(self, later: int, first: int, same_issuers: bool, ratio: float | None) -> bool:
        """Alike enough, and neither figures nor the turn of the sentence contradict."""
        if ratio is None:
            from rapidfuzz import fuzz

            ratio = fuzz.ratio(self._texts[later], self._texts[first])
        if ratio < (ALIKE_OF_SAME if same_issuers else ALIKE):
            return False
        new, old = self._figures_of(later), self._figures_of(first)
        if not (new <= old or (ratio >= ALIKE and old <= new)):
            return False
        return self._turns_of(later) == self._turns_of(first)

    def _figures_of(self, at: int) -> frozenset[str]:
        found = self._figures.get(at)
        if found is None:
            found = self._figures[at] = figures(self._texts[at])
        return found

    def _turns_of(self, at: int) -> int:
        found = self._turns.get(at)
        if found is None:
            found = self._turns[at] = turns(self._texts[at])
        return found


def _rooted(lead: Places) -> Places:
    """Every repetition at the first telling, where its own first turned out to be a repetition itself."""
    while True:
        further = lead[lead]
        if np.array_equal(further, lead):
            return lead
        lead = further
