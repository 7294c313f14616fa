"""Follow-ups: stories about the same matter of the same issuer, across sources and languages (pure)."""

from __future__ import annotations

import functools
import math
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from newsbt.stories.normal import figures, normal
from newsbt.stories.subjects import Subject, particular, particular_terms, several, subject, weight_of

__all__ = ["WINDOW_S", "find_chains"]

WINDOW_S = 3 * 86_400
#: Most members of a chain that a story is compared with: its first and the latest.
COMPARED = 4
#: Weight of what is shared, and its share of what the two have (geometric mean), from which stories belong
#: together.
SHARED_WEIGHT = 5
SHARED_PART = 0.5
#: What figures, names and the category in common add to the weight.
FIGURE_WEIGHT = 2
NAME_WEIGHT = 2
CATEGORY_WEIGHT = 1
#: How much better a chain fits for each doubling of its stories: a matter that many report draws more.
CROWD = 0.1
#: Similarity (0 to 100) of the texts that suffices within a language.
ALIKE = 65.0
#: Stories between two words on progress.
STEP = 10_000


@dataclass(slots=True)
class _Story:
    text: str
    subject: Subject
    figures: frozenset[str]
    category: str


@dataclass(slots=True)
class _Chain:
    number: int
    last: int
    first: _Story
    #: Of the first story: what many pairs are told apart by at once.
    terms: int
    chinese: bool
    figures: frozenset[str]
    size: int = 1
    latest: deque[_Story] = field(default_factory=lambda: deque(maxlen=COMPARED - 1))


def find_chains(
    titles: Sequence[str],
    times: np.ndarray[Any, np.dtype[np.int64]],
    issuers: Sequence[Sequence[str]],
    categories: Sequence[str],
    *,
    window_s: int = WINDOW_S,
    report: Callable[[str, float], None] | None = None,
    texts: Sequence[str] | None = None,
) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The chain of each story: the position of its first story.

    A story joins the chain it fits best among those that began with one of its issuers and whose last story
    is at most `window_s` old. It fits a story there if both share two terms (:mod:`newsbt.stories.terms`) of
    which one is particular, and terms, figures, Latin names and category together weigh
    :data:`SHARED_WEIGHT` or more and :data:`SHARED_PART` or more of what the two have; or, in one language,
    if the texts are alike and their figures do not contradict one another. Later members of a chain count
    only for a story that shares a particular term with the first, so that chains do not wander.

    Parameters
    ----------
    titles : sequence of str
        In order of time.
    times : array of int64
        Seconds, not descending.
    issuers : sequence of sequence of str
        Whom each story is about; one without any is a chain of its own.
    categories : sequence of str
    window_s : int
        Most seconds since the last story of a chain.
    report : callable, optional
        Told what is done and the share of it.
    texts : sequence of str, optional
        Normal forms of the titles, if they are known.

    Returns
    -------
    array of int64, shape (n,)
        What comes later changes nothing before it.
    """
    found = np.arange(len(titles), dtype=np.int64)
    active: dict[str, list[_Chain]] = {}
    moments = times.tolist()
    for at, title in enumerate(titles):
        text, now = normal(title) if texts is None else texts[at], moments[at]
        story = _Story(text, subject(text), figures(text), categories[at])
        chosen = None
        best = 0.0
        for issuer in issuers[at]:
            chains = active.setdefault(issuer, [])
            for chain in _near(story, chains, now - window_s):
                fit = _fit(story, chain)
                if fit > best:
                    best, chosen = fit, chain
        if chosen is None:
            chosen = _Chain(at, now, story, story.subject.terms, story.subject.chinese, story.figures)
            for issuer in issuers[at]:
                active[issuer].append(chosen)
        else:
            chosen.latest.append(story)
            chosen.size += 1
            chosen.last, found[at] = now, chosen.number
        if report is not None and at % STEP == 0:
            report("Joining stories", at / len(titles))
    return found


def _near(story: _Story, chains: list[_Chain], since: int) -> list[_Chain]:
    """Chains that `story` may fit: the only place that is passed for each pair, so nothing is called in it.

    Chains whose last story is from before `since` are over; they leave the list when they are many.
    """
    near = []
    over = 0
    terms, chinese, own = story.subject.terms & particular_terms(), story.subject.chinese, story.figures
    for chain in chains:
        if chain.last < since:
            over += 1
            continue
        if terms & chain.terms or (
            chain.chinese == chinese and (own <= chain.figures or chain.figures <= own)
        ):
            near.append(chain)
    if 2 * over > len(chains):
        chains[:] = [chain for chain in chains if chain.last >= since]
    return near


def _fit(story: _Story, chain: _Chain) -> float:
    """How well a story belongs to a chain; 0 where it does not."""
    here, there = story.subject, chain.first.subject
    shared = here.terms & there.terms
    fit = 0.0
    if shared and particular(shared):
        fit = max(_by_terms(story, other) for other in (chain.first, *chain.latest))
    if not fit and here.chinese == there.chinese:
        fit = _by_words(story, chain.first)
    return fit * (1.0 + CROWD * math.log2(chain.size)) if fit else 0.0


def _by_terms(one: _Story, other: _Story) -> float:
    here, there = one.subject, other.subject
    shared = here.terms & there.terms
    if not (particular(shared) and several(shared)):
        return 0.0
    weight = weight_of(shared) + FIGURE_WEIGHT * bool(one.figures & other.figures)
    weight += NAME_WEIGHT * _names(one, other) + CATEGORY_WEIGHT * (one.category == other.category)
    part = weight / math.sqrt((here.weight + CATEGORY_WEIGHT) * (there.weight + CATEGORY_WEIGHT))
    return weight * min(part, 1.0) if weight >= SHARED_WEIGHT and part >= SHARED_PART else 0.0


def _by_words(one: _Story, other: _Story) -> float:
    if not (one.figures <= other.figures or other.figures <= one.figures):
        return 0.0
    return SHARED_WEIGHT * _ratio()(one.text, other.text, score_cutoff=ALIKE) / 100.0


@functools.cache
def _ratio() -> Callable[..., float]:
    from rapidfuzz import fuzz

    return fuzz.ratio


def _names(one: _Story, other: _Story) -> int:
    """Latin words that a Chinese headline shares with another that are no terms."""
    names = one.subject.names or other.subject.names
    text = other.text if one.subject.names else one.text
    return min(2, sum(name in text for name in names))
