"""Made-up layouts of news for tests of placebo worlds."""

from __future__ import annotations

import dataclasses
import datetime as dt

import numpy as np
from hypothesis import strategies as st

from newsbt.evidence.placebo.layout import NewsLayout

MONDAY = (dt.date(2024, 1, 1) - dt.date(1970, 1, 1)).days


def make_layout(
    seed: int, weeks: int = 40, issuers: int = 4, stories: int = 12, wide: float = 0.2
) -> NewsLayout:
    """Issuers on one venue or both, holidays of each venue, one that is listed late; stories at random dates.

    A story is about one issuer, or with probability `wide` about all; on the second venue it is a day later
    half of the time.
    """
    noise = np.random.default_rng(seed)
    holidays = [set(noise.choice(weeks * 5, weeks // 8, replace=False).tolist()) for _ in range(2)]
    lines = []
    for issuer in range(issuers):
        late = weeks // 3 if issuer == issuers - 1 else 0
        for venue in (0, 1) if issuer % 3 else (0,):
            open_days = [n for n in range(late * 5, weeks * 5) if n not in holidays[venue]]
            lines.append((issuer, venue, np.array([MONDAY + n // 5 * 7 + n % 5 for n in open_days])))
    offsets = np.concatenate([[0], np.cumsum([len(line[2]) for line in lines])])
    days = np.concatenate([line[2] for line in lines])
    usable = np.ones(len(days), dtype=np.bool_)
    usable[offsets[:-1]] = False
    taken: set[int] = set()
    bars, scores, story = [], [], []
    for number in range(stories):
        about = range(issuers) if noise.random() < wide else [int(noise.integers(issuers))]
        day = MONDAY + int(noise.integers(weeks * 7))
        later, score = int(noise.integers(2)), float(np.round(noise.uniform(-1, 1), 2)) or 0.5
        for place, (issuer, venue, own) in enumerate(lines):
            at = int(np.searchsorted(own, day + later * venue))
            bar = int(offsets[place]) + at
            if issuer in about and at < len(own) and usable[bar] and bar not in taken:
                taken.add(bar)
                bars.append(bar)
                scores.append(score)
                story.append(number)
    if not bars:
        return make_layout(seed + 1, weeks, issuers, stories, wide)
    order = np.argsort(bars)
    return NewsLayout(
        bars=np.array(bars, dtype=np.int64)[order],
        scores=np.array(scores)[order],
        story=np.unique(np.array(story, dtype=np.int64)[order], return_inverse=True)[1].astype(np.int64),
        offsets=offsets.astype(np.int64),
        days=days.astype(np.int64),
        usable=usable,
        volatility=np.exp(noise.normal(0.0, 0.3, len(days))),
        venue=np.array([line[1] for line in lines], dtype=np.int64),
        issuer=np.array([line[0] for line in lines], dtype=np.int64),
        fund=np.zeros(len(lines), dtype=np.int64),
    )


def drawn(layout: NewsLayout, bars: np.ndarray, scores: np.ndarray) -> NewsLayout:
    """The layout with its news where a placebo world has them."""
    order = np.argsort(bars)
    return dataclasses.replace(layout, bars=bars[order], scores=scores[order], story=layout.story[order])


layouts = st.builds(
    make_layout,
    st.integers(0, 2**32 - 1),
    st.integers(16, 60),
    st.integers(1, 6),
    st.integers(1, 25),
    st.sampled_from([0.0, 0.2, 0.6]),
)
